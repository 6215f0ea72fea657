// A menu that is loaded anew while a person is in it, and the entry that is open beside a filter (experience.md S4, S6).
import type { Page } from '@playwright/test';

import type { ContractServer } from '../support/contract-server.ts';
import { expect, test } from '../support/test.ts';
import { newest } from '../support/variants.ts';

const entry = (name: string, children: unknown[] = []) => {
  const code = name.toLowerCase().replace(/\W/g, '_');
  const url = children.length > 0 ? '' : `/contract-apps/${code}.html`;
  return { id: `m-${code}`, code, name, url, children };
};
const region = (name: string) => entry(name, [entry(`${name} pump`), entry(`${name} wind`)]);
const sheets = Array.from({ length: 60 }, (_, number) => entry(`Sheet ${number + 1}`));
const menu = [region('North'), region('South'), ...sheets];
/** The same entries at other places, and a new one before them. */
const changed = [region('East'), ...sheets.slice(0, 2), region('South'), region('North'), ...sheets.slice(2)];

const menus: Record<string, unknown[]> = {};
const variant = { ...newest, menus };

const told = '/v2.2/user/app/resource/info';
let server: ContractServer;

test.beforeEach(async ({ page, openOn, signIn, organizations, launcher, application }) => {
  menus['k-wind'] = menu;
  server = await openOn(variant);
  await page.clock.install();
  await signIn.send('kim', 'right');
  await organizations.choose('Alpha Wind');
  await launcher.tile('Wind Board').click();
  await expect(application.entry('North')).toBeVisible();
  // What looks at the time comes with the short messages, some seconds after the first screen.
  await expect(page.locator('.toasts.quiet')).toBeAttached({ timeout: 30_000 });
});

/** The tab comes into view after hours: what it shows is loaded anew. */
async function loadAnew(page: Page, now: unknown[] = changed, hours = 8): Promise<void> {
  menus['k-wind'] = now;
  await page.clock.setSystemTime(Date.now() + hours * 3_600_000);
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })));
}

test('S6 a branch that was closed under a filter is still the one that is closed', async ({ page, application }) => {
  await application.filter.fill('pump');
  await expect(application.entries).toHaveCount(4);
  await application.twist('North').click();
  await expect(application.entries).toHaveCount(3);
  await loadAnew(page);
  await expect(application.entry('East')).toBeVisible();
  expect(await application.names()).toEqual(['East', 'East pump', 'South', 'South pump', 'North']);
});

test('S3 who is at an entry stays at it', async ({ page, application }) => {
  await application.entry('Sheet 2').focus();
  await page.keyboard.press('ArrowDown');
  await expect(application.entry('Sheet 3')).toBeFocused();
  await loadAnew(page);
  await expect(application.entry('East')).toBeAttached();
  await expect(application.entry('Sheet 3')).toBeFocused();
  await expect(application.tree.locator('[tabindex="0"]')).toHaveText('Sheet 3');
  await page.keyboard.press('ArrowUp');
  await expect(application.entry('North wind')).toBeFocused();
});

test('S3 S6 who is at a hit stays at it', async ({ page, application }) => {
  await application.filter.fill('pump');
  await application.filter.press('ArrowDown');
  await expect(application.entry('North pump')).toBeFocused();
  await page.keyboard.press('End');
  await expect(application.entry('South pump')).toBeFocused();
  await loadAnew(page);
  await expect(application.entry('East')).toBeVisible();
  await expect(application.entry('South pump')).toBeFocused();
  await expect(application.tree.locator('[tabindex="0"]')).toHaveText('South pump');
});

test('S5 the rail keeps its stop, and the branch beside it', async ({ page, application }) => {
  await application.toggle.click();
  await application.railItem('South').focus();
  await loadAnew(page);
  await expect(application.railItem('East')).toBeVisible();
  await expect(application.railItem('South')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(application.entry('South pump')).toBeFocused();
  await loadAnew(page, menu, 16);
  await expect(application.railItem('East')).toHaveCount(0);
  await expect(application.flyout).toHaveAccessibleName('South');
  await expect(application.entry('South pump')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(application.railItem('South')).toBeFocused();
});

test('S4 S6 the filter lists what fits alone, and the entry that is open is in view again after it', async ({ application }) => {
  await application.filter.fill('sheet 57');
  await application.entry('Sheet 57').click();
  await expect(application.current).toHaveText('Sheet 57');
  await application.filter.fill('pump');
  await expect(application.entries).toHaveCount(4);
  await expect(application.current).toHaveCount(0);
  // Tab reaches the first hit.
  await expect(application.tree.locator('[tabindex="0"]')).toHaveCount(1);
  await expect(application.tree.locator('[tabindex="0"]')).toHaveText('North pump');
  await application.filter.press('Escape');
  await expect(application.filter).toHaveValue('');
  await expect(application.filter).toBeFocused();
  await expect(application.current).toBeInViewport();
  await expect(application.tree.locator('[tabindex="0"]')).toHaveText('Sheet 57');
});

test('S4 S6 where the branch above the open entry is closed, that branch is in view after the filter', async ({ application }) => {
  await application.filter.fill('south wind');
  await application.entry('South wind').click();
  await expect(application.current).toHaveText('South wind');
  await application.filter.press('Escape');
  await application.twist('South').click();
  await expect(application.current).toHaveCount(0);
  await application.filter.fill('sheet 60');
  await expect(application.entries).toHaveCount(1);
  await application.filter.fill('');
  await expect(application.entry('South')).toBeInViewport();
  await expect(application.tree.locator('[tabindex="0"]')).toHaveText('South');
  await expect(application.entry('South')).toHaveAttribute('aria-expanded', 'false');
});

test('S3 the asterisk opens the branches beside an entry', async ({ page, application }) => {
  await application.twist('North').click();
  for (const name of ['North', 'South']) await expect(application.entry(name)).toHaveAttribute('aria-expanded', 'false');
  await application.entry('Sheet 1').focus();
  await page.keyboard.press('*');
  for (const name of ['North', 'South']) await expect(application.entry(name)).toHaveAttribute('aria-expanded', 'true');
  await expect(application.entry('Sheet 1')).toBeFocused();
});

test('S6 no filter stands where a menu has become too small for one', async ({ page, application }) => {
  await application.filter.fill('pump');
  await expect(application.entries).toHaveCount(4);
  await loadAnew(page, [region('East'), entry('Sheet 1')]);
  await expect(application.filter).toHaveCount(0);
  await expect(application.entry('Sheet 1')).toBeVisible();
});

test('S3 right to left: left goes in, right goes out', async ({ page, application }) => {
  await page.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'));
  const south = application.entry('South');
  await south.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(south).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('ArrowLeft');
  await expect(application.entry('South pump')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(south).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(south).toHaveAttribute('aria-expanded', 'false');
});

test('S3 one letter again and again goes from one entry to the next', async ({ page, application }) => {
  await application.entry('North').focus();
  for (const name of ['Sheet 1', 'Sheet 2', 'Sheet 3']) {
    await page.keyboard.press('s');
    if (name === 'Sheet 1') {
      await expect(application.entry('South')).toBeFocused();
      await page.keyboard.press('s');
    }
    await expect(application.entry(name)).toBeFocused();
  }
});

test('S8 an entry that came since the menu was loaded is waited for, and not called unknown', async ({ page, application, launcher }) => {
  await page.getByRole('link', { name: 'Application Portal' }).click();
  await expect(launcher.heading).toBeVisible();
  menus['k-wind'] = [...menu, entry('Fresh')];
  server.instead.set(told, { afterMs: 3_000 });
  const said = page.evaluate(() => {
    const unknown: string[] = [];
    new MutationObserver(() => unknown.push(...(/There is no such menu entry/.exec(document.body.innerText) ?? []))).observe(document.body, { subtree: true, childList: true });
    return new Promise<string[]>((told) => addEventListener('told', () => told(unknown)));
  });
  await page.evaluate(() => {
    history.pushState(null, '', '/portal/k-wind/fresh');
    dispatchEvent(new PopStateEvent('popstate'));
  });
  await expect(application.frames).toHaveAttribute('title', 'Fresh');
  await page.evaluate(() => dispatchEvent(new Event('told')));
  expect(await said).toEqual([]);
});
