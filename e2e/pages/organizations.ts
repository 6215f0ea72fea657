import { expect, type Locator, type Page } from '@playwright/test';

/** `/organizations`. */
export class OrganizationsPage {
  readonly heading: Locator;
  /** The buttons that are organizations: those inside a list. */
  readonly all: Locator;

  constructor(private readonly page: Page) {
    this.heading = page.getByRole('heading', { name: 'Choose an organization' });
    this.all = page.getByRole('main').getByRole('listitem').getByRole('button');
  }

  button(name: string): Locator {
    // The name may be followed by what else the row says, such as "last used".
    return this.page.getByRole('main').getByRole('button', { name });
  }

  async choose(name: string): Promise<void> {
    await expect(this.heading).toBeVisible();
    await this.button(name).click();
    await expect(this.heading).toBeHidden();
  }
}
