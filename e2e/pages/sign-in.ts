import { expect, type Locator, type Page } from '@playwright/test';

import { password as usual } from '../support/accounts.ts';

/** `/login` (experience.md, words on screen). */
export class SignInPage {
  readonly heading: Locator;
  readonly account: Locator;
  readonly password: Locator;
  readonly submit: Locator;
  readonly language: Locator;
  readonly theme: Locator;
  readonly failure: Locator;

  constructor(private readonly page: Page) {
    this.heading = page.getByRole('heading', { name: 'Sign in', exact: true });
    this.account = page.getByRole('textbox', { name: 'Account', exact: true });
    this.password = page.getByRole('textbox', { name: 'Password', exact: true });
    this.submit = page.getByRole('button', { name: 'Sign in', exact: true });
    this.language = page.getByRole('combobox', { name: 'Language' });
    this.theme = page.getByRole('combobox', { name: 'Theme' });
    this.failure = page.getByRole('alert');
  }

  async open(query = ''): Promise<void> {
    await this.page.goto(`./login${query}`);
    await expect(this.heading).toBeVisible();
  }

  /** Fills the form and sends it, from wherever the form stands. */
  async send(account: string, password: string = usual): Promise<void> {
    await this.account.fill(account);
    await this.password.fill(password);
    await this.submit.click();
  }

  /** Opens the form and signs in; where it leads depends on the account. */
  async as(account: string): Promise<void> {
    await this.open();
    await this.send(account);
    await expect(this.heading).toBeHidden();
  }
}
