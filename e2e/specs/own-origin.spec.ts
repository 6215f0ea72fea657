// Pages of the portal's own origin: in frames and in tabs of their own they must not become the portal.
import type { BrowserContext, Page } from '@playwright/test';

import type { LauncherPage } from '../pages/launcher.ts';
import type { SignInPage } from '../pages/sign-in.ts';
import { expect, test } from '../support/test.ts';
import { newest, type Variant } from '../support/variants.ts';

/** Takes what it can reach, and says what that is. */
const thief = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Thief</title>
<main><a href="/contract-apps/thief.html?popped" target="_blank" rel="opener">A page of ours</a></main>
<script>
const caught = (take) => { try { return take(); } catch (error) { return null; } };
const within = (promise) => Promise.race([promise, new Promise((none) => setTimeout(none, 1500, null))]).catch(() => null);
const heard = new Promise((told) => {
  const channel = caught(() => new BroadcastChannel('portal'));
  if (!channel) return told(null);
  channel.onmessage = ({ data }) => { if (/APP_PORTAL|refresh|token/i.test(JSON.stringify(data))) told(JSON.stringify(data)); };
  for (const ask of ['{"ask":null}', { ask: null }, { kind: 'ask' }, 'ask']) channel.postMessage(ask);
});
window.taken = (async () => ({
  origin: self.origin,
  local: caught(() => Object.keys(localStorage).filter((key) => key.startsWith('portal.')).join()),
  session: caught(() => sessionStorage.getItem('portal.session') ?? ''),
  databases: await within(caught(() => indexedDB.databases()) ?? null).then((list) => list && list.length),
  opened: await within(new Promise((done, failed) => {
    const asked = indexedDB.open('app-portal');
    asked.onsuccess = () => done(true);
    asked.onerror = failed;
  })),
  worker: await within(caught(() => navigator.serviceWorker.register('/contract-apps/worker.html', { scope: '/' })) ?? null).then(Boolean),
  opener: caught(() => opener && opener.parent && opener.parent.document.title),
  parent: caught(() => parent !== self && parent.document.title),
  told: await within(heard),
}))();
</script></html>`;

interface Taken {
  origin: string;
  local: string | null;
  session: string | null;
  databases: number | null;
  opened: true | null;
  worker: boolean;
  opener: string | null;
  parent: string | false | null;
  told: string | null;
}

declare global {
  interface Window {
    taken: Promise<Taken>;
  }
}

const isolated = { 'content-security-policy': "frame-ancestors 'self', sandbox allow-scripts allow-forms allow-popups" };

const variant = (headers: Record<string, string>, settings: Record<string, unknown> = {}): Variant => ({
  ...newest,
  organizations: newest.organizations.slice(0, 1),
  applications: [{ id: 'k-thief', name: 'Thief', order: 0, status: true, url: '/contract-apps/thief.html' }],
  pages: { thief: { body: thief, headers }, elsewhere: { status: 302, headers: { ...headers, location: '/contract-apps/thief.html' } } },
  settings,
});

async function enter(page: Page, signIn: SignInPage, launcher: LauncherPage): Promise<void> {
  await signIn.send('kim', 'right');
  await launcher.tile('Thief').click();
  await expect(page.locator('.kept iframe')).toBeVisible();
}

const openTab = (page: Page) => page.getByRole('main').locator('.bar').getByRole('button', { name: 'Open in a new tab' });
const reason = "Can't open in a new tab: this page shares the portal's address. Ask your administrator.";

/** Whatever it tries, it gets nothing of the portal. */
async function expectNothing(tab: { evaluate: Page['evaluate'] }): Promise<void> {
  const taken = await tab.evaluate(() => window.taken);
  expect(taken).toMatchObject({ origin: 'null', local: null, session: null, opened: null, worker: false, told: null });
  expect(taken.databases ?? 0).toBe(0);
  expect(taken.opener ?? null).toBeNull();
}

/** No page comes in this time. */
async function expectNoTab(context: BrowserContext, act: () => Promise<void>): Promise<void> {
  const before = context.pages().length;
  await act();
  await new Promise((later) => setTimeout(later, 1_000));
  expect(context.pages().length).toBe(before);
}

test.beforeEach(({ guard }) => guard.allow(/sandbox|Content Security Policy|service ?worker|unsupported MIME type|uncaught: undefined/i));

test('a window that a page in a frame opens has its sandbox', async ({ page, context, signIn, launcher, openOn }) => {
  await openOn(variant({}));
  await enter(page, signIn, launcher);
  const link = page.locator('.kept iframe').contentFrame().getByRole('link', { name: 'A page of ours' });
  const opened = context.waitForEvent('page');
  await link.click();
  const popped = await opened;
  await popped.waitForLoadState();
  expect(new URL(popped.url()).searchParams.has('popped')).toBe(true);
  await expectNothing(popped);
});

test('a page that its server does not isolate has no tab, and that is said', async ({ page, context, signIn, launcher, openOn }) => {
  await openOn(variant({ 'content-security-policy': "default-src 'self' 'unsafe-inline'" }));
  await enter(page, signIn, launcher);
  await expect(openTab(page)).toHaveAttribute('aria-disabled', 'true');
  await expect(openTab(page)).toHaveAttribute('title', reason);
  await expectNoTab(context, () => openTab(page).click({ force: true }));
  await expect(page.getByRole('status').filter({ hasText: reason })).toBeVisible();
  // No way to the raw address for a middle click, a drag or "Copy link address" of the browser.
  await expect(page.locator('a[href*="/contract-apps/"]')).toHaveCount(0);
  await page.getByRole('main').getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'About this page' }).click();
  await expect(page.getByRole('dialog').getByRole('button', { name: 'Open in a new tab' })).toHaveAttribute('aria-disabled', 'true');
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Application Portal' }).click();
  await launcher.tile('Thief').click({ button: 'right' });
  await expectNoTab(context, () => page.getByRole('menuitem', { name: 'Open in a new tab' }).click());
  await expect(page.getByRole('status').filter({ hasText: reason })).toBeVisible();
  await expect(page.locator('a[href*="/contract-apps/"]')).toHaveCount(0);
});

test('a page that its server isolates opens in a tab, and gets nothing there', async ({ page, context, signIn, launcher, openOn }) => {
  await openOn(variant(isolated));
  await enter(page, signIn, launcher);
  await expect(openTab(page)).toBeEnabled();
  for (const act of [
    () => openTab(page).click(),
    async () => {
      await page.getByRole('link', { name: 'Application Portal' }).click();
      await launcher.tile('Thief').click({ button: 'right' });
      await page.getByRole('menuitem', { name: 'Open in a new tab' }).click();
    },
  ]) {
    const opened = context.waitForEvent('page');
    await act();
    const tab = await opened;
    await tab.waitForLoadState();
    await expect(tab).toHaveURL(/\/contract-apps\/thief\.html$/);
    await expectNothing(tab);
    await tab.close();
  }
});

for (const [name, pages] of [
  ['keeps its origin by its own sandbox', { 'content-security-policy': 'sandbox allow-scripts allow-same-origin' }],
  ['lets windows out of its sandbox', { 'content-security-policy': 'sandbox allow-scripts allow-popups allow-popups-to-escape-sandbox' }],
] as const) {
  test(`a page that ${name} has no tab`, async ({ page, signIn, launcher, openOn }) => {
    await openOn(variant(pages));
    await enter(page, signIn, launcher);
    await expect(openTab(page)).toHaveAttribute('aria-disabled', 'true');
  });
}

for (const [name, address] of [
  ['a redirect', '/contract-apps/elsewhere.html'],
  ['another spelling', 'HTTP://127.0.0.1:PORT/other/../contract-apps/./plain.html#x'],
] as const) {
  test(`${name} to a page of the own origin is asked about as well`, async ({ page, signIn, launcher, openOn }) => {
    const served = variant(isolated);
    const { url } = await openOn(served);
    served.applications = [{ ...Object(served.applications[0]), url: address.replace('PORT', new URL(url).port) }];
    await enter(page, signIn, launcher);
    await expect(openTab(page)).toHaveAttribute('aria-disabled', 'true');
  });
}

test('tiles that open in a tab open such a page in the portal', async ({ signIn, launcher, openOn }) => {
  await openOn(variant({}, { openIn: 'tab' }));
  await signIn.send('kim', 'right');
  await expect(launcher.tile('Thief')).toHaveAttribute('href', '/portal/k-thief');
  await expect(launcher.tile('Thief')).not.toHaveAttribute('target');
});

// What the setting lets in, and that the page of these tests would find it.
test('an administrator can trust all pages of the host', async ({ page, context, signIn, launcher, openOn }) => {
  await openOn(variant({}, { ownOriginTabs: 'trusted' }));
  await enter(page, signIn, launcher);
  const opened = context.waitForEvent('page');
  await page.getByRole('main').getByRole('link', { name: 'Open in a new tab' }).click();
  const tab = await opened;
  await tab.waitForLoadState();
  const taken = await tab.evaluate(() => window.taken);
  expect(taken.origin).toBe(new URL(page.url()).origin);
  expect(taken.local).toContain('portal.');
});
