import { expect, type Locator, type Page } from '@playwright/test';

/** The sign-in of the sample company, another place than the portal. */
export class IdentityPage {
  readonly heading: Locator;

  constructor(private readonly page: Page) {
    this.heading = page.getByRole('heading', { name: 'Sample Identity' });
  }

  /** Signs in as somebody, or shows a failure, by the name on the button. */
  async choose(name: string): Promise<void> {
    await expect(this.heading).toBeVisible();
    await this.page.getByRole('button', { name }).click();
  }
}
