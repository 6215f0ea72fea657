import { expect, type Locator, type Page } from '@playwright/test';

import { password as usual } from '../support/accounts.ts';

/** The code by e-mail, after the password. */
class SecondStep {
  readonly heading: Locator;
  readonly code: Locator;
  readonly verify: Locator;
  readonly send: Locator;
  readonly back: Locator;

  constructor(page: Page) {
    this.heading = page.getByRole('heading', { name: 'Enter the code' });
    this.code = page.getByRole('textbox', { name: 'Verification code' });
    this.verify = page.getByRole('button', { name: 'Verify', exact: true });
    this.send = page.getByRole('button', { name: /^Send a new code/ });
    this.back = page.getByRole('button', { name: 'Back to sign-in' });
  }

  async enter(code: string): Promise<void> {
    await this.code.fill(code);
    await this.verify.click();
  }
}

/** `/login` (experience.md, words on screen). */
export class SignInPage {
  readonly heading: Locator;
  readonly account: Locator;
  readonly password: Locator;
  readonly submit: Locator;
  readonly language: Locator;
  readonly theme: Locator;
  readonly failure: Locator;
  /** The way to the provider of the demonstration's settings. */
  readonly provider: Locator;
  readonly remember: Locator;
  readonly forget: Locator;
  readonly forgotPassword: Locator;
  readonly second: SecondStep;

  constructor(private readonly page: Page) {
    this.heading = page.getByRole('heading', { name: 'Sign in', exact: true });
    this.account = page.getByRole('textbox', { name: 'Account', exact: true });
    this.password = page.getByRole('textbox', { name: 'Password', exact: true });
    this.submit = page.getByRole('button', { name: 'Sign in', exact: true });
    this.language = page.getByRole('combobox', { name: 'Language' });
    this.theme = page.getByRole('combobox', { name: 'Theme' });
    this.failure = page.getByRole('alert');
    this.provider = this.signInWith('Sample Identity');
    this.remember = page.getByRole('checkbox', { name: 'Remember my account' });
    this.forget = page.getByRole('button', { name: /^Forget the account/ });
    this.forgotPassword = page.getByRole('link', { name: 'Forgot password?' });
    this.second = new SecondStep(page);
  }

  /** The way to a sign-in at another place, by its name. */
  signInWith(name: string): Locator {
    return this.page.getByRole('button', { name: `Sign in with ${name}`, exact: true });
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
