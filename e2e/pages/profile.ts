import { expect, type Locator, type Page } from '@playwright/test';

/** `/profile`. */
export class ProfilePage {
  readonly heading: Locator;
  readonly password: Locator;
  readonly confirm: Locator;

  constructor(private readonly page: Page) {
    this.heading = page.getByRole('heading', { name: 'Profile', exact: true });
    this.password = page.getByRole('textbox', { name: 'Password', exact: true });
    this.confirm = page.getByRole('button', { name: 'Confirm', exact: true });
  }

  async open(): Promise<void> {
    await this.page.goto('./profile');
    await expect(this.heading).toBeVisible();
  }

  /** A part of the page, by its heading. */
  section(name: string): Locator {
    return this.page.getByRole('region', { name, exact: true });
  }

  /** The value beside a name. */
  fact(section: string, name: string): Locator {
    return this.section(section).locator('dt', { hasText: new RegExp(`^${name}$`) }).locator('xpath=following-sibling::dd');
  }
}
