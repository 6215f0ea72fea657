// The renewal of the token pair: reloads in the middle of it, slow and silent services, and 401 replies that say nothing
// about the session. The service accepts each refresh token once.
import type { Page } from '@playwright/test';

import { LauncherPage } from '../pages/launcher.ts';
import { SignInPage } from '../pages/sign-in.ts';
import type { ContractServer } from '../support/contract-server.ts';
import { storedSession } from '../support/session.ts';
import { expect, test } from '../support/test.ts';
import { newest } from '../support/variants.ts';

const refresh = '/v2.2/token/refresh';
const applications = '/v2.2/user/app/list';

/** Waits until the service worker that finishes a refresh is there. */
const hasWorker = (page: Page) =>
  expect
    .poll(() => page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.active?.state), { timeout: 20_000 })
    .toBe('activated');

/** Ends the access token, and lets the page meet that. */
async function meetTheEnd(page: Page, server: ContractServer): Promise<void> {
  server.expire();
  await page.reload();
  await expect.poll(() => server.count(refresh), { timeout: 20_000 }).toBe(1);
}

test.describe('a renewal', () => {
  test.beforeEach(async ({ openOn, signIn, organizations, launcher }) => {
    server = await openOn(newest);
    await signIn.send('kim', 'right');
    await organizations.choose('Alpha Wind');
    await expect(launcher.links.first()).toBeVisible();
  });
  let server: ContractServer;

  test('survives reloads while the reply is on its way', async ({ page, launcher, signIn }) => {
    await hasWorker(page);
    server.instead.set(refresh, { afterMs: 3_000 });
    await meetTheEnd(page, server);
    await page.reload();
    await page.reload();
    await expect(launcher.links.first()).toBeVisible({ timeout: 20_000 });
    await expect(signIn.heading).toBeHidden();
    expect(server.count(refresh)).toBe(1);
  });

  test('survives the end of the page that asked for it', async ({ page, context }) => {
    await hasWorker(page);
    const other = await context.newPage();
    await other.goto(server.url);
    await expect(new LauncherPage(other).links.first()).toBeVisible();
    server.instead.set(refresh, { afterMs: 2_000 });
    await meetTheEnd(page, server);
    await page.close();
    await other.reload();
    await expect(new LauncherPage(other).links.first()).toBeVisible({ timeout: 20_000 });
    expect(server.count(refresh)).toBe(1);
  });

  test('is waited for by other tabs, however long it takes', async ({ page, context }) => {
    test.setTimeout(120_000);
    const other = await context.newPage();
    await other.goto(server.url);
    await expect(new LauncherPage(other).links.first()).toBeVisible();
    server.instead.set(refresh, { afterMs: 12_000 });
    await meetTheEnd(page, server);
    await other.reload();
    await expect(new LauncherPage(other).links.first()).toBeVisible({ timeout: 40_000 });
    await expect(new LauncherPage(page).links.first()).toBeVisible();
    expect(server.count(refresh)).toBe(1);
  });

  test('says that it takes long, keeps the page, and offers a choice', async ({ page, launcher, organizations, signIn }) => {
    test.setTimeout(120_000);
    server.instead.set(refresh, { afterMs: Infinity });
    server.expire();
    // The content stays while something is asked for behind it.
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await launcher.tile('Anchor').click();
    await expect(page.getByRole('status').getByText('Reconnecting…')).toBeVisible({ timeout: 8_000 });
    const choice = page.getByText('Reconnecting is taking longer than usual.');
    await expect(choice).toBeVisible({ timeout: 16_000 });
    await page.getByRole('button', { name: 'Keep waiting' }).click();
    await expect(choice).toBeHidden();
    expect(server.count(refresh)).toBe(1);
    // The reply never comes: the token counts as used, and the user is told what happened.
    await expect(page.getByText(/couldn't be renewed because the connection was interrupted/)).toBeVisible({ timeout: 40_000 });
    expect(server.count(refresh)).toBe(1);
    await signIn.send('kim', 'right');
    await organizations.choose('Alpha Wind');
    await expect(page).toHaveURL(/\/portal\//);
  });

  test('can be left for a new sign-in', async ({ page, launcher, signIn }) => {
    test.setTimeout(120_000);
    server.instead.set(refresh, { afterMs: Infinity });
    server.expire();
    await launcher.tile('Anchor').click();
    await page.getByRole('button', { name: 'Sign in again' }).click({ timeout: 30_000 });
    await expect(signIn.heading).toBeVisible();
    await expect(page.getByText('Your session expired.')).toBeVisible();
  });

  test('is tried again where the service did not use the token', async ({ page, launcher }) => {
    server.instead.set(refresh, { status: 500, type: 'application/json', body: '{"code":31500,"message":"busy"}' });
    await meetTheEnd(page, server);
    // The reply of the service itself: its token is still good. (The server of this test has used it, so it forgets that.)
    expect((await storedSession(page))?.phase).not.toBe('lost');
    await expect(launcher.heading.or(page.getByRole('button', { name: 'Try again' })).first()).toBeVisible({ timeout: 30_000 });
    await expect(page.getByText('Your session expired.')).toBeHidden();
  });

  test('that a proxy answered is not repeated', async ({ page, signIn }) => {
    server.instead.set(refresh, { status: 502, type: 'text/html', body: '<h1>Bad gateway</h1>' });
    await meetTheEnd(page, server);
    await expect(page.getByText(/couldn't be renewed because the connection was interrupted/)).toBeVisible({ timeout: 20_000 });
    expect(server.count(refresh)).toBe(1);
    await expect(signIn.heading).toBeVisible();
  });

  // A page that has no more tokens than an old one must not leave the refresh token valid at the service.
  test('is made once more for a sign-out with an access token that has ended', async ({ accountMenu, signIn }) => {
    server.expire();
    await accountMenu.signOut();
    await expect(signIn.heading).toBeVisible();
    await expect.poll(() => server.count('/v2.2/logout')).toBeGreaterThan(0);
    expect(server.count(refresh)).toBe(1);
    expect(server.count('/v2.2/refreshToken/revokeAll')).toBe(2);
  });
});

test.describe('without a service worker', () => {
  test('a reload during a refresh costs one sign-in, with its reason', async ({ page, context, openOn, signIn, organizations, launcher }) => {
    test.setTimeout(120_000);
    await context.addInitScript(() => {
      Object.defineProperty(Navigator.prototype, 'serviceWorker', { get: () => undefined });
    });
    const server = await openOn(newest);
    await signIn.send('kim', 'right');
    await organizations.choose('Alpha Wind');
    await expect(launcher.links.first()).toBeVisible();
    server.instead.set(refresh, { afterMs: 3_000 });
    await meetTheEnd(page, server);
    await page.reload();
    await expect(page.getByText(/couldn't be renewed because the connection was interrupted/)).toBeVisible({ timeout: 60_000 });
    expect(server.count(refresh)).toBe(1);
    await new SignInPage(page).send('kim', 'right');
    await organizations.choose('Alpha Wind');
    await expect(launcher.links.first()).toBeVisible();
  });
});

// One operation that answers 401 to everybody must not lock everybody out.
test.describe('a 401 that says nothing about the session', () => {
  test('leaves the user signed in and fails in its own place', async ({ page, openOn, signIn, organizations, launcher }) => {
    const server = await openOn(newest);
    await signIn.send('kim', 'right');
    await organizations.choose('Alpha Wind');
    await expect(launcher.links.first()).toBeVisible();
    const broken = '/v2.2/user/app/resource/info';
    server.instead.set(broken, { status: 401, type: 'application/json', body: '{"code":31401,"message":"Please login first"}' });
    await launcher.tile('Anchor').click();
    await expect(page).toHaveURL(/\/portal\//);
    await expect.poll(() => server.count('/v2.2/session/info')).toBeGreaterThan(0);
    await page.waitForTimeout(1_000);
    await expect(signIn.heading).toBeHidden();
    const refreshes = server.count(refresh);
    expect(refreshes).toBeLessThanOrEqual(1);
    // From now on its 401 does not even cause a renewal.
    await page.reload();
    await page.goBack();
    await expect(launcher.links.first()).toBeVisible();
    await launcher.tile('Anchor').click();
    await page.waitForTimeout(1_500);
    await expect(signIn.heading).toBeHidden();
    expect(server.count(refresh)).toBeLessThanOrEqual(refreshes + 1);
    expect(server.count(applications)).toBeGreaterThan(0);
  });

  // It carries no token of the user at the service: its 401 is confirmed before it means anything.
  test('of a background poll causes no renewal and no sign-out, sign-in after sign-in', async ({ page, openOn, signIn, organizations, launcher, accountMenu }) => {
    const poll = '/v2.2/message/unresolved/list';
    const server = await openOn({ ...newest, settings: { serverOperations: ['Get Unresolved Messages'] } });
    server.instead.set(poll, { status: 401, type: 'application/json', body: '{"code":31401,"message":"Please login first"}' });
    for (const round of [1, 2]) {
      await signIn.send('kim', 'right');
      await organizations.choose('Alpha Wind');
      await expect(launcher.links.first()).toBeVisible();
      const before = server.count(poll);
      await page.reload();
      await expect.poll(() => server.count(poll), { timeout: 20_000 }).toBeGreaterThan(before);
      await page.waitForTimeout(1_500);
      await expect(signIn.heading).toBeHidden();
      await expect(launcher.links.first()).toBeVisible();
      expect(server.count(refresh)).toBe(0);
      if (round === 1) {
        await accountMenu.signOut();
        await expect(signIn.heading).toBeVisible();
      }
    }
  });
});
