// The session: expiry, refresh, refusal, and what must never be seen of it (hostile.md C and D).
import type { Page } from '@playwright/test';

import { howMany, story } from '../support/accounts.ts';
import { performs } from '../support/operations.ts';
import { everythingStored } from '../support/session.ts';
import { expect, test } from '../support/test.ts';

/** Access tokens of the sentinels live five seconds. */
const longer = 6_000;

/** Everything of a token that must not be seen. */
const token = /APP_PORTAL_S_|eyJ[A-Za-z0-9_-]{10,}\./;

// portal.json, landing: people who know the original portal come back to the application that they used last.
test.describe('landing in the application used last', () => {
  test.use({ own: { settings: { landing: 'last-app' } } });

  test('after signing in again, but not for who loads the launcher anew', async ({ page, signIn, launcher, accountMenu }) => {
    await signIn.as('solo');
    const tile = launcher.links.and(page.locator('[href^="/portal/"]')).first();
    await expect(tile).toBeVisible();
    const application = new URL((await tile.getAttribute('href')) ?? '', page.url()).pathname;
    await tile.click();
    await expect(page).toHaveURL((url) => url.pathname.startsWith(application));
    await expect(page.getByRole('navigation', { name: 'Breadcrumb' })).not.toBeEmpty();
    await accountMenu.button.click();
    await accountMenu.entry('Sign out').click();
    await expect(signIn.heading).toBeVisible();
    await signIn.send('solo');
    await expect(page).toHaveURL((url) => url.pathname.startsWith(application));
    await page.goto('./');
    await expect(launcher.links.first()).toBeVisible();
    await page.reload();
    await expect(launcher.links.first()).toBeVisible();
  });
});

test.describe('an access token that expires', () => {
  test.use({ own: {} });

  // hostile.md 35: one refresh, the call replayed once, nobody notices.
  test('is refreshed exactly once and the call is replayed', async ({ page, site, signIn, launcher }) => {
    await signIn.as('expired');
    await expect(launcher.links.first()).toBeVisible();
    await page.waitForTimeout(longer);
    await site.resetCalls();
    await page.reload();
    await expect(launcher.links.first()).toBeVisible();
    const calls = await site.calls();
    expect(calls['Refresh Access Token']).toBe(1);
    expect(calls["Get User's Applications"]).toBeLessThanOrEqual(2);
    await expect(page).not.toHaveURL(/login/);
  });

  test('is refreshed while the person goes on working', performs('Refresh Access Token'), async ({ page, site, signIn, launcher, application }) => {
    await signIn.as('expired');
    await expect(launcher.links.first()).toBeVisible();
    const target = (await launcher.tiles()).find(({ href, disabled }) => !disabled && href?.includes('/portal/'));
    await page.waitForTimeout(longer);
    await site.resetCalls();
    await launcher.tile(target?.name ?? '').first().click();
    await expect(application.frames.or(application.entries).first()).toBeVisible();
    // The application stands at once, as it is known; its menu is asked for behind.
    await expect.poll(async () => (await site.calls())['Refresh Access Token']).toBe(1);
  });

  // hostile.md 37, L15: sign-in once, with the reason and the way back.
  test('with a refused refresh leads to sign-in, once, and back', async ({ page, site, signIn, launcher }) => {
    await signIn.as('refused');
    await launcher.search.fill('o');
    await expect(page).toHaveURL(/q=o/);
    await page.waitForTimeout(longer);
    await site.resetCalls();
    await page.reload();
    await expect(signIn.heading).toBeVisible();
    await expect(page.getByText('Your session expired. Sign in to pick up where you left off.')).toBeVisible();
    const calls = await site.calls();
    expect(calls['Refresh Access Token']).toBe(1);
    await page.waitForTimeout(1_000);
    expect((await site.calls())['Refresh Access Token']).toBe(1);
    await signIn.send('refused');
    await expect(launcher.search).toHaveValue('o');
  });

  // hostile.md 38: trouble at the service is no reason to sign anybody out.
  test('with a refresh that fails keeps the session', async ({ page, signIn, launcher }) => {
    test.setTimeout(120_000);
    await signIn.as('refresh500');
    await expect(launcher.links.first()).toBeVisible();
    await page.waitForTimeout(longer);
    await page.reload();
    // Either it tried again by itself, or it offers to; it never asks to sign in.
    const again = page.getByRole('button', { name: /Try again/ });
    for (let tries = 0; tries < 5; tries += 1) {
      await expect(launcher.links.first().or(again.first())).toBeVisible({ timeout: 20_000 });
      await expect(signIn.heading).toBeHidden();
      if (await launcher.links.first().isVisible()) break;
      await again.first().click();
      await page.waitForTimeout(500);
    }
    await expect(launcher.links.first()).toBeVisible({ timeout: 30_000 });
  });
});

// hostile.md 24, 25, 28: scans of everything that can be read.
test('no token and no password anywhere that can be seen', async ({ page, signIn, organizations, launcher, application, guard }) => {
  await signIn.as('morgan');
  await expectNothingSecret(page);
  await organizations.choose('North Sea Energy');
  await launcher.expectShown(howMany);
  await expectNothingSecret(page);
  await launcher.tile(story.application).click();
  await expect(application.frames).toHaveCount(1);
  await expectNothingSecret(page);
  for (const line of guard.said) expect(line).not.toMatch(token);
  // The two calls of contract.md 1.5 and 1.6 carry the refresh token; no other address carries anything.
  for (const line of guard.requests) {
    if (!/token\/refresh|refreshToken\/revokeAll/.test(line)) expect(line).not.toMatch(token);
  }
});

async function expectNothingSecret(page: Page): Promise<void> {
  const seen = await page.evaluate(async () => {
    const databases = await indexedDB.databases();
    const caches_ = 'caches' in globalThis ? await caches.keys() : [];
    return {
      html: document.documentElement.outerHTML,
      url: location.href,
      state: JSON.stringify(history.state),
      title: document.title,
      local: JSON.stringify({ ...localStorage }),
      cookies: document.cookie,
      stores: [...databases.map(({ name }) => name ?? ''), ...caches_],
      session: JSON.stringify({ ...sessionStorage }),
      global: JSON.stringify(Reflect.get(globalThis, '__portal') ?? null),
    };
  });
  for (const [where, value] of Object.entries(seen)) expect(String(value), where).not.toMatch(token);
  // The shared store alone, encrypted with a key that no script can export.
  expect(seen.stores.filter((name) => !name.startsWith('app-portal /'))).toEqual([]);
  const stored = await everythingStored(page);
  expect(stored).not.toMatch(token);
  expect(stored).not.toContain('extractable: true');
  expect(seen.local).not.toContain('morgan');
  const typed = await page.locator('input[type="password"]').evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value));
  expect(typed.filter((value) => value !== '')).toEqual([]);
}

test.describe('sign out', () => {
  test.use({ own: {} });

  // contract.md 0.4; hostile.md 45: the service is told, then nothing private is left anywhere.
  test('tells the service and clears everything', async ({ page, site, signIn, launcher, application, accountMenu }) => {
    await signIn.as('solo');
    await expect(launcher.links.first()).toBeVisible();
    const [tile] = await launcher.tiles();
    // Something to go back to.
    await launcher.tile(tile?.name ?? '').first().click();
    await expect(application.frames).toHaveCount(1);
    await site.resetCalls();
    await accountMenu.signOut();
    await expect(signIn.heading).toBeVisible();
    await expect.poll(async () => (await site.calls())['Log Out'] ?? 0).toBe(1);
    expect((await site.calls())['Revoke Refresh Token']).toBe(1);
    const stored = await everythingStored(page);
    expect(stored).not.toMatch(token);
    expect(stored).not.toMatch(/"sealed"|extractable/);
    expect(stored).not.toContain('solo');
    await page.goBack();
    await expect(signIn.heading).toBeVisible();
    await expect(page.getByText(tile?.name ?? '', { exact: true })).toHaveCount(0);
    await page.goto('./');
    await expect(signIn.heading).toBeVisible();
  });

  // hostile.md 44: also when the service cannot be told.
  test('clears everything when the service is not there', async ({ page, context, signIn, launcher, accountMenu, guard }) => {
    // The menu itself may not have come yet; then there is a way to leave in its place. The browser may look for a newer
    // service worker meanwhile.
    guard.allow(/net::ERR_/, /Failed to fetch/, /when fetching the script/);
    await signIn.as('solo');
    await expect(launcher.links.first()).toBeVisible();
    await context.setOffline(true);
    await accountMenu.signOut();
    await expect(signIn.heading).toBeVisible({ timeout: 30_000 });
    expect(await page.evaluate(() => JSON.stringify({ ...sessionStorage }))).not.toMatch(token);
    await expect(page.getByText(/could not be told/)).toBeVisible();
    await context.setOffline(false);
  });
});

// hostile.md 84
test('rubbish in storage is ignored', async ({ page, signIn, launcher }) => {
  await page.addInitScript(() => {
    if (sessionStorage.getItem('seeded') !== null) return;
    sessionStorage.setItem('seeded', '1');
    sessionStorage.setItem('portal.session', '{"v":99,"access":[1,2],"user":null');
    localStorage.setItem('portal.locale', '\u0000xx-<b>');
    localStorage.setItem('portal.theme', '{}');
  });
  await signIn.open();
  await signIn.send('solo');
  await expect(launcher.heading).toBeVisible();
});
