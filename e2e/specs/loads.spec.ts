// What was loaded once is shared by all pages: it is shown at once, and renewed behind (experience.md A1, S1; hostile.md 46,
// 76). The service of these tests is silent where a page must not wait for it.
import type { Page } from '@playwright/test';

import { expectAccessible } from '../support/a11y.ts';
import type { ContractServer } from '../support/contract-server.ts';
import { expect, test } from '../support/test.ts';
import { newest } from '../support/variants.ts';

const list = '/v2.2/user/app/list';
const menu = '/v2.2/user/app/resource/info';
const silent = { afterMs: Infinity };
const stale = 'What you see may be out of date.';
const serverOperations = ['Get Unresolved Messages'];
const variant = { ...newest, settings: { serverOperations } };

let server: ContractServer;

test.beforeEach(async ({ page, openOn, signIn, organizations, launcher }) => {
  server = await openOn(variant);
  await page.clock.install();
  await signIn.send('kim', 'right');
  await organizations.choose('Alpha Wind');
  await launcher.expectShown(newest.shown.length);
  // The parts of the program that come after the first screen.
  await expect(page.locator('.toasts.quiet')).toBeAttached({ timeout: 30_000 });
});

/** The list is older than a page is content with. */
const later = (page: Page, seconds = 60): Promise<void> => page.evaluate(() => Date.now()).then((now) => page.clock.setSystemTime(now + seconds * 1_000));

/** Goes to a place as a link of the portal would. */
const go = (page: Page, to: string): Promise<void> =>
  page.evaluate((to) => {
    history.pushState(null, '', to);
    dispatchEvent(new PopStateEvent('popstate'));
  }, to);

const home = (page: Page): Promise<void> => page.getByRole('link', { name: 'Application Portal' }).click();
const title = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true });

/** Counts the skeletons that are drawn from now on. */
async function watchSkeletons(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const counted = globalThis as unknown as { bones: number };
    counted.bones = 0;
    new MutationObserver(() => (counted.bones += document.querySelectorAll('main .skeleton').length)).observe(document.body, { subtree: true, childList: true });
  });
  return () => page.evaluate(() => (globalThis as unknown as { bones: number }).bones);
}

/** The applications with one of them changed. */
const changed = (change: Record<string, unknown>): string => {
  const apps = newest.applications.map((app) => ((app as { id: string }).id === 'k-same-b' ? { ...(app as object), ...change } : app));
  return JSON.stringify({ code: 0, data: { apps } });
};

test('an application is opened and left again without waiting for a silent service', async ({ page, launcher, application }) => {
  server.instead.set(list, silent);
  server.instead.set(menu, silent);
  const before = server.count(list);
  await launcher.tile('Wind Board').click();
  await expect(title(page, 'Wind Board')).toBeAttached();
  await expect(page).toHaveTitle(/Wind Board/);
  const bones = await watchSkeletons(page);
  await home(page);
  await launcher.expectShown(newest.shown.length);
  expect(await bones()).toBe(0);
  expect(server.count(list), 'the list is asked for once').toBe(before);
  // One with an address of its own opens its page.
  await launcher.tile('Beacon').click();
  await expect(application.frame('Beacon').getByRole('heading', { name: 'Page b' })).toBeVisible();
});

test('all pages use one list', async ({ page, launcher }) => {
  server.instead.set(list, silent);
  const before = server.count(list);
  await go(page, '/assets');
  await expect(page.getByRole('list', { name: 'Applications' }).getByRole('link', { name: /^\W*Beacon/ })).toBeVisible();
  await go(page, '/messages');
  await expect(page.getByRole('main').getByText('Beacon', { exact: true }).first()).toBeVisible();
  await go(page, '/portal/k-same-b');
  await expect(title(page, 'Beacon')).toBeAttached();
  await home(page);
  await launcher.expectShown(newest.shown.length);
  expect(server.count(list)).toBe(before);
});

test('offline, an application and the launcher show what is known', async ({ page, context, launcher, application, guard }) => {
  guard.allow(/net::ERR_/, /Failed to fetch/);
  await launcher.tile('Wind Board').click();
  await expect(application.entries.first()).toBeVisible();
  const names = await application.names();
  await home(page);
  await launcher.expectShown(newest.shown.length);
  await later(page);
  await context.setOffline(true);
  const bones = await watchSkeletons(page);
  await launcher.tile('Wind Board').click();
  await expect(page).toHaveTitle(/Wind Board/);
  await expect.poll(() => application.names()).toEqual(names);
  await home(page);
  await launcher.expectShown(newest.shown.length);
  await expect(page.getByRole('status').filter({ hasText: 'You are offline.' })).toBeVisible();
  expect(await bones()).toBe(0);
  await expect(page.getByRole('main').getByRole('alert')).toHaveCount(0);
});

test('two pages that want the same at the same time share one call', async ({ page }) => {
  server.instead.set(list, { afterMs: 2_000 });
  const before = server.count(list);
  const gaveUp = server.givenUp;
  await page.reload();
  await expect.poll(() => server.count(list)).toBe(before + 1);
  await expect(page.getByRole('heading', { name: 'Applications', exact: true })).toBeVisible();
  await go(page, '/assets');
  await expect(page.getByRole('list', { name: 'Applications' }).getByRole('link', { name: /^\W*Beacon/ })).toBeVisible();
  expect(server.count(list)).toBe(before + 1);
  expect(server.givenUp).toBe(gaveUp);
});

test('what an administrator changes appears once the list is renewed, without a skeleton before', async ({ page, launcher }) => {
  await launcher.tile('Wind Board').click();
  await later(page);
  server.instead.set(list, { body: changed({ name: 'Lighthouse' }), afterMs: 1_500 });
  const bones = await watchSkeletons(page);
  await home(page);
  await expect(launcher.tile('Beacon')).toBeVisible();
  await expect(launcher.tile('Lighthouse')).toBeVisible();
  await expect(launcher.tile('Beacon')).toHaveCount(0);
  await launcher.tile('Lighthouse').click();
  await expect(title(page, 'Lighthouse')).toBeAttached();
  // Switched off while it is open elsewhere.
  await home(page);
  await later(page);
  server.instead.set(list, { body: changed({ name: 'Lighthouse', status: false }) });
  await go(page, '/portal/k-same-b');
  await expect(page.getByRole('main').getByText('Lighthouse is not enabled.')).toBeVisible();
  expect(await bones()).toBe(0);
});

test('a renewal that changes nothing draws nothing again', async ({ page, launcher }) => {
  await launcher.tile('Wind Board').click();
  await expect(page).toHaveTitle(/Wind Board/);
  await later(page);
  const before = server.count(list);
  server.instead.set(list, { afterMs: 1_000 });
  await home(page);
  await launcher.tile('Beacon').evaluate((tile) => (tile.dataset.kept = 'kept'));
  await expect.poll(() => server.count(list)).toBe(before + 1);
  await page.waitForTimeout(2_000);
  await expect(launcher.tile('Beacon')).toHaveAttribute('data-kept', 'kept');
});

test('a renewal that fails leaves what is known, and says that it is old', async ({ page, launcher, guard }) => {
  guard.allow(/500|Failed to load/);
  await launcher.tile('Wind Board').click();
  await later(page);
  server.instead.set(list, { status: 500, body: JSON.stringify({ code: 31500, message: 'Out of order', data: null }) });
  const bones = await watchSkeletons(page);
  await home(page);
  const word = page.getByRole('status').filter({ hasText: stale });
  await expect(word).toBeVisible({ timeout: 15_000 });
  await launcher.expectShown(newest.shown.length);
  await expectAccessible(page);
  server.instead.delete(list);
  await word.getByRole('button').click();
  await expect(word).toHaveCount(0);
  await launcher.expectShown(newest.shown.length);
  expect(await bones()).toBe(0);
});

test('a renewal that is refused takes away what the user may not see any more', async ({ page, launcher, application, guard }) => {
  guard.allow(/403|Failed to load/);
  await launcher.tile('Wind Board').click();
  await expect(application.entries.first()).toBeVisible();
  await home(page);
  server.instead.set(menu, { status: 403, body: JSON.stringify({ code: 31403, message: 'Forbidden', data: null }), afterMs: 500 });
  await launcher.tile('Wind Board').click();
  await expect(application.entries.first()).toBeVisible();
  await expect(application.entries).toHaveCount(0);
  await expect(application.main.getByRole('heading', { level: 2 }).first()).toBeVisible();
});

test('an application that is newer than the list is waited for, and one that does not exist is asked for once', async ({ page }) => {
  const apps = [...newest.applications, { id: 'k-new', name: 'Newcomer', order: 9, url: '/contract-apps/b.html' }];
  server.instead.set(list, { body: JSON.stringify({ code: 0, data: { apps } }), afterMs: 1_000 });
  const before = server.count(list);
  await go(page, '/portal/k-new');
  await expect(title(page, 'Newcomer')).toBeAttached();
  expect(server.count(list)).toBe(before + 1);
  await go(page, '/portal/k-none');
  await expect(page.getByRole('main').getByRole('heading', { level: 2 }).first()).toBeVisible();
  await page.waitForTimeout(1_500);
  expect(server.count(list)).toBe(before + 2);
});

test('another organization shows nothing of the one before', async ({ page, accountMenu, organizations, launcher }) => {
  await accountMenu.switchOrganization();
  server.instead.set(list, silent);
  await organizations.choose('Beta Solar');
  await expect(launcher.heading).toBeVisible();
  await expect(page.locator('main .skeleton').first()).toBeVisible();
  await expect(launcher.links).toHaveCount(0);
  await go(page, '/portal/k-same-b');
  await expect(page.getByRole('heading', { level: 1, name: 'Beacon' })).toHaveCount(0);
});

test('another user shows nothing of the one before', async ({ page, accountMenu, signIn, organizations, launcher }) => {
  await accountMenu.signOut();
  server.instead.set(list, silent);
  await signIn.send('kim', 'right');
  await organizations.choose('Alpha Wind');
  await expect(launcher.heading).toBeVisible();
  await expect(page.locator('main .skeleton').first()).toBeVisible();
  await expect(launcher.links).toHaveCount(0);
});
