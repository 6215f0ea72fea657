// What a person types reaches the page that they went to, and no other: pages in frames that take the focus.
import type { Frame, Page } from '@playwright/test';

import type { LauncherPage } from '../pages/launcher.ts';
import type { SignInPage } from '../pages/sign-in.ts';
import { test } from '../support/grabby.ts';
import { expect } from '../support/test.ts';
import { newest, type Variant } from '../support/variants.ts';

/** An application with one page of the host, and enough entries for a filter of the menu. */
const variant = (host: string, path: string, settings: Record<string, unknown> = {}): Variant => ({
  ...newest,
  organizations: newest.organizations.slice(0, 1),
  applications: [
    { id: 'k-grabs', name: 'Grabs', order: 0, status: true, url: `${host}${path}` },
    { id: 'k-quiet', name: 'Quiet', order: 1, status: true, url: `${host}/quiet` },
  ],
  menus: {
    'k-grabs': Array.from({ length: 14 }, (_, at) => ({ id: `m${at}`, code: `e${at}`, name: `Entry ${at}`, displayOrder: at, url: `${host}/quiet?${at}`, parentId: '' })),
  },
  settings: { frameOrigins: [host], ...settings },
  framed: [host],
});

/** Opens the application, and gives its page. */
async function enter(page: Page, signIn: SignInPage, launcher: LauncherPage): Promise<Frame> {
  await signIn.send('kim', 'right');
  await launcher.tile('Grabs').click();
  const element = page.locator('.kept iframe').first();
  await expect(element).toBeAttached();
  const frame = await (await element.elementHandle())?.contentFrame();
  if (!frame) throw new Error('no frame');
  await expect.poll(() => frame.evaluate(() => document.title).catch(() => '')).toBe('Page');
  return frame;
}

/** What the page got: keys, or letters that an input method would put into its box. Asked again of a page that reloads. */
async function got(frame: Frame): Promise<string> {
  for (;;) {
    const keys = await frame.evaluate(() => window.keys + (document.querySelector('input')?.value ?? '')).catch(() => null);
    if (keys !== null) return keys;
    await frame.waitForLoadState();
  }
}

const inPortal = (page: Page): Promise<boolean> => page.evaluate(() => document.activeElement?.localName !== 'iframe');

for (const path of ['/grabs', '/renews', '/seldom']) {
  test.describe(`a page that takes the keyboard (${path.slice(1)})`, () => {
    test.beforeEach(async ({ stranger, openOn, guard }) => {
      guard.allowOrigin(stranger);
      await openOn(variant(stranger, path));
    });

    test('gets nothing of what is typed into the launcher', async ({ page, signIn, launcher }) => {
      const frame = await enter(page, signIn, launcher);
      const before = await got(frame);
      await page.getByRole('link', { name: 'Application Portal' }).click();
      await launcher.search.click();
      await page.keyboard.type('turbine monitor', { delay: 90 });
      await expect(launcher.search).toHaveValue('turbine monitor');
      expect(await got(frame)).toBe(before);
    });

    test('gets nothing of a password', async ({ page, signIn, launcher }) => {
      const frame = await enter(page, signIn, launcher);
      await page.getByRole('button', { name: 'Account menu' }).click();
      await page.getByRole('menuitem', { name: 'Profile' }).click();
      const box = page.getByLabel('Password', { exact: true });
      await box.click();
      await page.keyboard.type('Secret-Pass-1', { delay: 90 });
      await expect(box).toHaveValue('Secret-Pass-1');
      expect(await got(frame)).toBe('');
    });

    // The portal takes the focus back a moment after the page took it; the second time the page is put away.
    const lost = 2;
    test('in view: all but two letters reach the filter of the menu', async ({ page, signIn, launcher, application }) => {
      const frame = await enter(page, signIn, launcher);
      await application.filter.click();
      await page.keyboard.type('entry of twenty chars', { delay: 90 });
      await expect.poll(async () => (await application.filter.inputValue()).length).toBeGreaterThanOrEqual(21 - lost);
      expect((await got(frame)).length).toBeLessThanOrEqual(2 * lost);
    });

    test('in view: a dialog has the keyboard', async ({ page, signIn, launcher }) => {
      const frame = await enter(page, signIn, launcher);
      await page.getByRole('main').getByRole('button', { name: 'More' }).click();
      await page.getByRole('menuitem', { name: 'About this page' }).click();
      const dialog = page.getByRole('dialog', { name: 'About this page' });
      await expect(dialog).toBeVisible();
      await expect(page.locator('.kept iframe').first()).toBeHidden();
      await page.keyboard.type('typed into a dialog', { delay: 40 });
      expect(await got(frame)).toBe('');
      await page.keyboard.press('Escape');
      await expect(dialog).toBeHidden();
    });
  });
}

test('a page that goes on taking the keyboard is put away, says so, and comes back when it is wanted', async ({ page, stranger, openOn, guard, signIn, launcher, application }) => {
  guard.allowOrigin(stranger);
  await openOn(variant(stranger, '/grabs'));
  const frame = await enter(page, signIn, launcher);
  await application.filter.click();
  await expect(page.getByText('Grabs keeps taking the keyboard.')).toBeVisible();
  await expect(application.frames).toHaveCount(0);
  await expect(application.filter).toBeFocused();
  await page.getByRole('button', { name: 'Show page' }).click();
  await expect(application.frames).toHaveCount(1);
  await expect.poll(() => inPortal(page)).toBe(false);
  await page.keyboard.type('wanted', { delay: 40 });
  await expect.poll(() => frame.evaluate(() => document.querySelector('input')?.value)).toBe('wanted');
  // The person goes back to the portal, and the page begins again.
  await application.filter.click();
  await page.keyboard.type('entry', { delay: 90 });
  await expect(application.filter).toHaveValue('entry');
});

test('Tab leaves a page that takes the keyboard', async ({ page, stranger, openOn, guard, signIn, launcher }) => {
  guard.allowOrigin(stranger);
  await openOn(variant(stranger, '/grabs'));
  const frame = await enter(page, signIn, launcher);
  await frame.getByLabel('Box').click();
  await page.keyboard.press('Shift+Tab');
  await page.waitForTimeout(1_000);
  expect(await inPortal(page)).toBe(true);
});

test('a page that the person goes to has the keyboard: by a press, by Tab, and when it was opened to be used', async ({ page, stranger, openOn, guard, signIn, launcher, application }) => {
  guard.allowOrigin(stranger);
  await openOn(variant(stranger, '/ready'));
  const frame = await enter(page, signIn, launcher);
  const value = (): Promise<string | undefined> => frame.evaluate(() => document.querySelector('input')?.value);
  await expect.poll(() => inPortal(page)).toBe(false);
  await page.keyboard.type('opened');
  await expect.poll(value).toBe('opened');
  await application.filter.click();
  await page.keyboard.type('entry');
  await expect(application.filter).toHaveValue('entry');
  await page.getByRole('main').getByRole('button', { name: 'More' }).focus();
  await page.keyboard.press('Tab');
  await expect.poll(() => inPortal(page)).toBe(false);
  await application.filter.press('Escape');
  await application.entry('Entry 1').focus();
  // No hand is so quick that it presses a key here and a pointer there.
  await page.waitForTimeout(300);
  await frame.getByLabel('Box').click();
  await page.keyboard.type(' pressed');
  await expect.poll(value).toBe('opened pressed');
  await expect(page.getByText('keeps taking the keyboard')).toBeHidden();
});

test('a page behind another screen keeps what was typed and where it was scrolled to', async ({ page, stranger, openOn, guard, signIn, launcher, application }) => {
  guard.allowOrigin(stranger);
  await openOn(variant(stranger, '/quiet'));
  const frame = await enter(page, signIn, launcher);
  await frame.getByLabel('Box').click();
  await page.keyboard.type('kept');
  await frame.evaluate(() => {
    document.body.style.height = '4000px';
    window.scrollTo(0, 777);
  });
  await page.getByRole('link', { name: 'Application Portal' }).click();
  await expect(launcher.heading).toBeVisible();
  expect(await inPortal(page)).toBe(true);
  await launcher.tile('Grabs').click();
  await expect(application.frames).toHaveCount(1);
  await expect.poll(() => frame.evaluate(() => [scrollY, document.querySelector('input')?.value])).toEqual([777, 'kept']);
});
