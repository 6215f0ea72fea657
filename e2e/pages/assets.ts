import { expect, type Locator, type Page } from '@playwright/test';

/** `/assets` and `/assets/<application id>`. */
export class AssetsPage {
  readonly heading: Locator;
  readonly views: Locator;
  /** The list to choose an application from. */
  readonly applications: Locator;
  readonly applicationSearch: Locator;
  readonly search: Locator;
  readonly kinds: Locator;
  readonly tree: Locator;
  readonly entries: Locator;
  /** How many assets there are, or how many entries the search finds. */
  readonly said: Locator;
  readonly check: CheckDialog;
  readonly authorize: Locator;
  readonly synchronize: Locator;
  readonly syncDialog: Locator;
  readonly authorizeDialog: Locator;
  /** The list of the assets of a user. */
  readonly list: Locator;

  constructor(private readonly page: Page) {
    const main = page.getByRole('main');
    this.heading = page.getByRole('heading', { name: 'Assets', exact: true, level: 1 });
    this.views = main.getByRole('group', { name: 'View' });
    this.applications = main.getByRole('list', { name: 'Applications' });
    this.applicationSearch = main.getByRole('searchbox', { name: 'Search applications' });
    this.search = main.getByRole('searchbox', { name: 'Search assets' });
    this.kinds = main.getByRole('group', { name: 'Kind' });
    this.tree = main.getByRole('tree', { name: 'Assets' });
    this.entries = this.tree.getByRole('treeitem');
    this.said = main.getByRole('status').filter({ hasText: /\d+ (asset|entr)/ });
    this.check = new CheckDialog(page);
    this.authorize = main.getByRole('button', { name: 'Authorize a user' });
    this.synchronize = main.getByRole('button', { name: 'Synchronize', exact: true });
    this.syncDialog = page.getByRole('dialog', { name: 'Synchronize assets' });
    this.authorizeDialog = page.getByRole('dialog', { name: 'Authorize a user' });
    this.list = main.getByRole('list', { name: 'Assets' });
  }

  /** Opens the assets of an application by its address. */
  async open(application: string, query = ''): Promise<void> {
    await this.page.goto(`./assets/${application}${query}`);
    await expect(this.heading).toBeVisible();
  }

  entry(name: string): Locator {
    return this.tree.getByRole('treeitem', { name, exact: true });
  }

  /** The panel of the selected asset. */
  details(name: string): Locator {
    return this.page.getByRole('main').getByRole('region', { name, exact: true });
  }

  /** What opens and closes a branch by pointer, beside its entry. */
  twist(name: string): Locator {
    return this.tree.locator('.branch').filter({ has: this.page.getByRole('treeitem', { name, exact: true }) }).locator('.twist');
  }

  async expectSaid(text: string | RegExp): Promise<void> {
    await expect(this.said).toHaveText(text);
  }

  /** What the page says at its edge. */
  get message(): Locator {
    return this.page.getByRole('status').locator('.toast');
  }
}

/** The question about many assets. */
class CheckDialog {
  readonly opener: Locator;
  readonly dialog: Locator;
  readonly ids: Locator;
  readonly answers: Locator;

  constructor(page: Page) {
    this.opener = page.getByRole('main').getByRole('button', { name: 'Check permissions' });
    this.dialog = page.getByRole('dialog', { name: 'Check permissions' });
    this.ids = this.dialog.getByRole('textbox', { name: 'Asset ids' });
    this.answers = this.dialog.getByRole('list', { name: 'Permissions' }).getByRole('listitem');
  }

  async ask(ids: string): Promise<void> {
    await this.opener.click();
    await this.ids.fill(ids);
    await this.dialog.getByRole('button', { name: 'Check', exact: true }).click();
  }
}
