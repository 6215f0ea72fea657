import { expect, type Locator, type Page } from '@playwright/test';

/** The button "Account menu" and what it opens, on every screen after sign-in. */
export class AccountMenu {
  readonly button: Locator;
  readonly menu: Locator;

  constructor(private readonly page: Page) {
    this.button = page.getByRole('button', { name: 'Account menu' });
    this.menu = page.getByRole('menu').or(page.getByRole('dialog', { name: 'Account menu' })).first();
  }

  async open(): Promise<void> {
    await this.button.click();
    await expect(this.entry('Sign out')).toBeVisible();
  }

  /** An entry by name, whatever kind of control it is. */
  entry(name: string): Locator {
    const roles = ['menuitem', 'button', 'link'] as const;
    const [first, ...others] = roles.map((role) => this.page.getByRole(role, { name, exact: true }));
    return others.reduce((all, one) => all.or(one), first ?? this.page.locator('nothing')).first();
  }

  async signOut(): Promise<void> {
    await this.open();
    await this.entry('Sign out').click();
  }

  async switchOrganization(): Promise<void> {
    await this.open();
    await this.entry('Switch organization').click();
  }

  /** Chooses a language or a theme by its shown name: in a combo box, or in a menu of radio items. */
  async set(setting: string | RegExp, value: string): Promise<void> {
    await this.button.click();
    const box = this.page.getByRole('combobox', { name: setting });
    const item = this.page.getByRole('menuitemradio', { name: value });
    const entry = this.page.getByRole('menuitem', { name: setting });
    await expect(box.or(entry).or(item).first()).toBeVisible();
    if (await box.isVisible()) {
      await box.selectOption({ label: value });
    } else {
      if (!(await item.isVisible())) await entry.click();
      await item.click();
    }
    if (await this.menu.isVisible()) await this.page.keyboard.press('Escape');
  }
}
