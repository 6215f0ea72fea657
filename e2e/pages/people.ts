import { expect, type Locator, type Page } from '@playwright/test';

/** `/people`. */
export class PeoplePage {
  readonly heading: Locator;
  readonly search: Locator;
  readonly pageSize: Locator;
  readonly table: Locator;
  /** The rows that stand in the document, without the head. */
  readonly rows: Locator;
  readonly status: Locator;
  readonly loadMore: Locator;
  readonly loadAll: Locator;
  /** What is known of a person: beside the table, or over it on a phone. */
  readonly details: Locator;

  constructor(private readonly page: Page) {
    this.heading = page.getByRole('heading', { name: 'People', exact: true });
    this.search = page.getByRole('searchbox', { name: 'Search people' });
    this.pageSize = page.getByRole('combobox', { name: 'Load at a time' });
    this.table = page.getByRole('grid', { name: 'People' });
    this.rows = this.table.getByRole('row').filter({ has: page.getByRole('gridcell') });
    this.status = page.getByRole('status').filter({ hasText: /\d.*(people|person)/ });
    this.loadMore = page.getByRole('button', { name: 'Load more' });
    this.loadAll = page.getByRole('button', { name: 'Load all' });
    this.details = page.getByRole('complementary').or(page.getByRole('dialog', { name: 'Details' }));
  }

  async open(query = ''): Promise<void> {
    await this.page.goto(`./people${query}`);
    await expect(this.heading).toBeVisible();
  }

  tab(name: string): Locator {
    return this.page.getByRole('tablist', { name: 'Lists of people' }).getByRole('tab', { name, exact: true });
  }

  row(name: string | RegExp): Locator {
    return this.rows.filter({ hasText: name });
  }

  head(name: string): Locator {
    return this.table.getByRole('columnheader', { name, exact: true });
  }

  sortBy(name: string): Locator {
    return this.head(name).getByRole('button');
  }

  /** The names in the rows, in the order of the table. */
  async names(): Promise<string[]> {
    const rows = await this.rows.evaluateAll((all) =>
      all.map((row) => ({
        place: Number(row.ariaRowIndex ?? row.getAttribute('aria-rowindex')),
        name: row.querySelector('[role=gridcell]')?.textContent?.trim() ?? '',
      })),
    );
    return rows.sort((a, b) => a.place - b.place).map(({ name }) => name);
  }

  /** The value that the details show beside a name. */
  fact(name: string): Locator {
    return this.details.locator('dt', { hasText: new RegExp(`^${name}$`) }).locator('xpath=following-sibling::dd');
  }

  section(name: string): Locator {
    return this.details.getByRole('region', { name, exact: true });
  }
}
