// Language and theme: they apply at once and stay.
import type { Page } from '@playwright/test';

import { expectAccessible } from '../support/a11y.ts';
import { howMany, organization } from '../support/accounts.ts';
import { expect, test } from '../support/test.ts';

const chinese = /\p{Script=Han}/u;

/** How light the page is, 0 to 1. */
const lightness = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const canvas = document.createElement('canvas').getContext('2d');
    if (canvas === null) return 0.5;
    for (const element of [document.body, document.documentElement]) {
      const { backgroundColor } = getComputedStyle(element);
      if (/^rgba\(.*, 0\)$|transparent/.test(backgroundColor)) continue;
      canvas.fillStyle = backgroundColor;
      canvas.fillRect(0, 0, 1, 1);
      const [red = 0, green = 0, blue = 0] = canvas.getImageData(0, 0, 1, 1).data;
      return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
    }
    return 0.5;
  });

/** Texts of controls and headings that still hold Latin words, without names from data and the names of languages. */
const stillEnglish = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('h1, h2, button, label, [role="menuitem"], [role="status"], [aria-label]')]
      .filter((element) => element.checkVisibility() && element.closest('[dir="auto"]') === null)
      .flatMap((element) => {
        const own = element.cloneNode(true) as Element;
        for (const data of own.querySelectorAll('[dir="auto"], option, bdi, kbd')) data.remove();
        return [own.textContent?.trim() ?? '', element.getAttribute('aria-label') ?? ''];
      })
      .filter((text) => /\b(Sign|Account|Password|Applications?|Search|Category|All|Menu|Theme|Language|Switch|organization)\b/.test(text)),
  );

test.describe('language', () => {
  test('switches on the sign-in page at once and survives a reload', async ({ page, signIn }) => {
    await signIn.open();
    await signIn.account.fill('morgan');
    await signIn.language.selectOption({ label: '简体中文' });
    await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
    await expect(page.getByRole('heading').first()).toHaveText(chinese);
    expect(await stillEnglish(page)).toEqual([]);
    await expect(page).toHaveTitle(chinese);
    // What was typed stays.
    await expect(page.getByRole('textbox').first()).toHaveValue('morgan');
    await page.reload();
    await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
    await expect(page.getByRole('heading').first()).toHaveText(chinese);
    await expectAccessible(page);
  });

  test('switches the launcher: words, names, order and search', async ({ page, signIn, organizations, launcher, accountMenu }) => {
    await signIn.as('morgan');
    await organizations.choose(organization.many);
    await launcher.expectShown(howMany);
    await accountMenu.set('Language', '简体中文');
    await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
    const list = page.getByRole('main').getByRole('list').last();
    await expect(list.getByRole('link').first()).toContainText(chinese);
    expect(await stillEnglish(page)).toEqual([]);
    await page.reload();
    await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
    await expect(list.getByRole('link').first()).toContainText(chinese);
    await expectAccessible(page);
  });

  test.describe('of the browser', () => {
    test.use({ locale: 'zh-CN' });
    test('is the first choice', async ({ page }) => {
      await page.goto('./login');
      await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
      await expect(page.getByRole('heading').first()).toHaveText(chinese);
    });
  });
});

test.describe('theme', () => {
  test('follows the system until something is chosen', async ({ page, signIn }) => {
    await page.emulateMedia({ colorScheme: 'dark' });
    await signIn.open();
    expect(await lightness(page)).toBeLessThan(0.35);
    await page.emulateMedia({ colorScheme: 'light' });
    await expect.poll(() => lightness(page)).toBeGreaterThan(0.65);
  });

  test('chosen on the sign-in page applies at once, stays, and goes on after sign-in', async ({ page, signIn, launcher }) => {
    await page.emulateMedia({ colorScheme: 'light' });
    await signIn.open();
    await signIn.theme.selectOption({ label: 'Dark' });
    await expect.poll(() => lightness(page)).toBeLessThan(0.35);
    await page.reload();
    await expect(signIn.heading).toBeVisible();
    expect(await lightness(page)).toBeLessThan(0.35);
    await expectAccessible(page);
    await signIn.send('solo');
    await expect(launcher.heading).toBeVisible();
    expect(await lightness(page)).toBeLessThan(0.35);
  });

  test('chosen in the account menu applies at once', async ({ page, signIn, launcher, accountMenu }) => {
    await page.emulateMedia({ colorScheme: 'dark' });
    await signIn.as('solo');
    await expect(launcher.heading).toBeVisible();
    await accountMenu.set('Theme', 'Light');
    await expect.poll(() => lightness(page)).toBeGreaterThan(0.65);
    await accountMenu.set('Theme', 'System');
    await expect.poll(() => lightness(page)).toBeLessThan(0.35);
    await accountMenu.open();
    await expectAccessible(page);
  });
});
