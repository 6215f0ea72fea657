// Many tabs of one session: taking over, one refresh for all, a sign-out and a switch that reach every tab
// (hostile.md D, experience.md O9, P6 to P9).
import type { BrowserContext, Page } from '@playwright/test';

import { expectAccessible } from '../support/a11y.ts';
import { AccountMenu } from '../pages/account-menu.ts';
import { LauncherPage } from '../pages/launcher.ts';
import { OrganizationsPage } from '../pages/organizations.ts';
import { SignInPage } from '../pages/sign-in.ts';
import { askStore, everythingStored, storedSession } from '../support/session.ts';
import { expect, test } from '../support/test.ts';

/** Access tokens of the accounts that end early live five seconds. */
const longer = 6_000;

/** A tab, and the screens that it may show. */
interface Tab {
  page: Page;
  signIn: SignInPage;
  launcher: LauncherPage;
  organizations: OrganizationsPage;
  accountMenu: AccountMenu;
}

const tabOf = (page: Page): Tab => ({
  page,
  signIn: new SignInPage(page),
  launcher: new LauncherPage(page),
  organizations: new OrganizationsPage(page),
  accountMenu: new AccountMenu(page),
});

/** Opens another tab at the launcher; it needs no sign-in. */
async function open(context: BrowserContext, address = './'): Promise<Tab> {
  const tab = tabOf(await context.newPage());
  await tab.page.goto(address);
  return tab;
}

/** Waits until a tab hears the others: what it has to say on any screen stands in the document then. */
async function hears(tab: Tab): Promise<void> {
  await expect(tab.page.locator('dialog.curtain')).toBeAttached({ timeout: 20_000 });
}

async function signedIn(page: Page, account: string, organization?: string): Promise<Tab> {
  const tab = tabOf(page);
  await tab.signIn.as(account);
  if (organization !== undefined) await tab.organizations.choose(organization);
  await expect(tab.launcher.links.first()).toBeVisible();
  await hears(tab);
  return tab;
}

/** A tab that signed in, and a second one that took the session over; both hear each other. */
async function twoTabs(page: Page, context: BrowserContext, account: string, organization?: string): Promise<[Tab, Tab]> {
  const first = await signedIn(page, account, organization);
  const second = await open(context);
  await expect(second.launcher.links.first()).toBeVisible();
  await hears(second);
  return [first, second];
}

const dialog = (tab: Tab, name: RegExp) => tab.page.getByRole('dialog', { name });

test.describe('many tabs', () => {
  test.use({ own: {} });

  test('a new tab takes the session over', async ({ page, context }) => {
    await signedIn(page, 'solo');
    const second = await open(context);
    await expect(second.launcher.links.first()).toBeVisible();
    await expect(second.signIn.heading).toBeHidden();
    // Also where sign-in stood already.
    const third = await open(context, './login?next=%2F%3Fq%3Do');
    await expect(third.launcher.search).toHaveValue('o');
  });

  // hostile.md 35, 39: tokens end in five tabs at once, each refresh token is good once, and using one twice would end
  // the session for all. One refresh, and everything works on.
  test('hostile.md 39: a storm of 401 in five tabs is one refresh', async ({ page, context, site }) => {
    test.setTimeout(120_000);
    const first = await signedIn(page, 'rotating', 'North Sea Energy');
    const tabs = [first];
    for (let count = 1; count < 5; count += 1) tabs.push(await open(context));
    for (const tab of tabs) {
      await expect(tab.launcher.links.first()).toBeVisible();
      await hears(tab);
    }
    await page.waitForTimeout(longer);
    await site.resetCalls();
    // Each asks the service for something at the same time.
    const addresses = await first.launcher.links.evaluateAll((links) =>
      links.map((link) => link.getAttribute('href') ?? '').filter((href) => href.includes('/portal/')),
    );
    await Promise.all(
      tabs.map((tab) => tab.page.evaluate((href) => document.querySelector<HTMLAnchorElement>(`a[href="${href}"]`)?.click(), addresses[0] ?? '')),
    );
    for (const tab of tabs) {
      await expect(tab.page.getByRole('navigation', { name: 'Breadcrumb' })).toContainText('North Sea Energy');
    }
    expect((await site.calls())['Refresh Access Token']).toBe(1);
    for (const tab of tabs) {
      await expect(tab.signIn.heading).toBeHidden();
      await expect(tab.page.getByRole('alert')).toHaveCount(0);
    }
  });

  // hostile.md 42, 45: within a second, and also for a tab that comes back later.
  test('hostile.md 42: a sign-out reaches every tab', async ({ page, context }) => {
    const [first, second] = await twoTabs(page, context, 'solo');
    await first.accountMenu.signOut();
    await expect(second.signIn.heading).toBeVisible({ timeout: 1_500 });
    await expect(second.page.getByText('You have signed out in another tab.')).toBeVisible();
    expect(await second.page.evaluate(() => sessionStorage.getItem('portal.session'))).toBeNull();
    // Signing in again in one is enough for both.
    await first.signIn.send('solo');
    await expect(first.launcher.links.first()).toBeVisible();
    await expect(second.launcher.links.first()).toBeVisible();
  });

  // hostile.md 45: a tab that was frozen heard nothing; it finds out before it shows anything.
  test('hostile.md 45: a session that was signed out is not taken up', async ({ page, context }) => {
    const first = await signedIn(page, 'solo');
    const kept = await storedSession(page);
    if (kept === null) throw new Error('nothing is stored');
    await first.accountMenu.signOut();
    await expect(first.signIn.heading).toBeVisible();
    expect(await storedSession(page)).toBeNull();
    // A tab that still works with it cannot store it again.
    expect(await askStore(page, 'save', { ...kept, supersede: false })).toMatchObject({ outcome: 'over' });
    const second = tabOf(await context.newPage());
    await second.page.goto('./login');
    await second.page.evaluate((id) => sessionStorage.setItem('portal.session', id), kept.id);
    await second.page.goto('./');
    await expect(second.signIn.heading).toBeVisible();
    expect(await second.page.evaluate(() => sessionStorage.getItem('portal.session'))).toBeNull();
    // The same for one that wakes.
    await second.page.evaluate((id) => {
      sessionStorage.setItem('portal.session', id);
      document.title = 'awake';
      document.dispatchEvent(new Event('resume'));
    }, kept.id);
    await expect(second.page).not.toHaveTitle('awake');
    await expect(second.signIn.heading).toBeVisible();
  });

  // hostile.md 43, 48: another account in one tab is another account in all; nothing of the first is left.
  test('hostile.md 43: another person in one tab is another person in all', async ({ page, context }) => {
    const [first, second] = await twoTabs(page, context, 'solo');
    const before = await second.launcher.tiles();
    await first.accountMenu.signOut();
    await expect(second.signIn.heading).toBeVisible();
    await first.signIn.send('rotating');
    await first.organizations.choose('Harbor City Utilities');
    await expect(second.launcher.links.first()).toBeVisible();
    await expect(second.page.getByRole('banner')).toContainText('Harbor City Utilities');
    const after = await second.launcher.tiles();
    expect(after.map(({ name }) => name)).not.toEqual(before.map(({ name }) => name));
  });

  // experience.md O9: the service has one working organization per session.
  test('a switch covers the other tabs, which go along or switch everything back', async ({ page, context, site }) => {
    const [first, second] = await twoTabs(page, context, 'rotating', 'North Sea Energy');
    await first.accountMenu.switchOrganization();
    await first.organizations.choose('Harbor City Utilities');
    await expect(first.page.getByRole('banner')).toContainText('Harbor City Utilities');
    const moved = dialog(second, /Another tab works in Harbor City Utilities/);
    await expect(moved).toBeVisible();
    await expectAccessible(second.page);
    // Nothing behind it can be reached or seen, Escape is no way around, and nothing is asked.
    await site.resetCalls();
    await second.page.keyboard.press('Escape');
    await expect(moved).toBeVisible();
    expect(await second.launcher.links.first().evaluate((link) => document.elementFromPoint(link.getBoundingClientRect().x + 4, link.getBoundingClientRect().y + 4) === link)).toBe(false);
    await second.page.waitForTimeout(500);
    expect(await site.calls()).not.toHaveProperty("Get User's Applications");

    await moved.getByRole('button', { name: 'Switch everything back to North Sea Energy' }).click();
    await expect(moved).toBeHidden();
    await expect(second.page.getByRole('banner')).toContainText('North Sea Energy');
    const back = dialog(first, /Another tab works in North Sea Energy/);
    await expect(back).toBeVisible();
    await back.getByRole('button', { name: 'Go to North Sea Energy' }).click();
    await expect(first.page.getByRole('banner')).toContainText('North Sea Energy');
    await expect(first.launcher.links.first()).toBeVisible();
  });

  test('a covered tab that is reloaded follows', async ({ page, context }) => {
    const [first, second] = await twoTabs(page, context, 'rotating', 'North Sea Energy');
    await first.accountMenu.switchOrganization();
    await first.organizations.choose('Harbor City Utilities');
    await expect(dialog(second, /Another tab works/)).toBeVisible();
    await second.page.reload();
    await expect(second.page.getByRole('banner')).toContainText('Harbor City Utilities');
    await expect(dialog(second, /Another tab works/)).toBeHidden();
  });
});

// Plain http has no Web Locks; turns are taken over the channel.
test.describe('without Web Locks', () => {
  test.use({ own: {} });

  test('two tabs still make one refresh', async ({ page, context, site }) => {
    await context.addInitScript(() => {
      Object.defineProperty(Navigator.prototype, 'locks', { get: () => undefined });
    });
    const [first, second] = await twoTabs(page, context, 'rotating', 'North Sea Energy');
    await page.waitForTimeout(longer);
    await site.resetCalls();
    const tabs = [first, second];
    await Promise.all(
      tabs.map((tab) => tab.page.evaluate(() => document.querySelector<HTMLAnchorElement>('main a[href*="/portal/"]')?.click())),
    );
    for (const tab of tabs) {
      await expect(tab.page.getByRole('navigation', { name: 'Breadcrumb' })).toContainText('North Sea Energy');
      await expect(tab.signIn.heading).toBeHidden();
    }
    await expect.poll(async () => (await site.calls())['Refresh Access Token'] ?? 0).toBe(1);
    await page.waitForTimeout(1_000);
    expect((await site.calls())['Refresh Access Token']).toBe(1);
  });
});

// hostile.md 47, experience.md P6.
test.describe('nobody is there', () => {
  test.use({ own: { settings: { idleMinutes: 15 } } });

  test('hostile.md 47: a minute before the end all tabs ask, and one answer does for all', async ({ page, context }) => {
    // Every question that the driver asks the page counts as a use of it for the browser.
    await context.addInitScript(() => {
      Object.defineProperty(UserActivation.prototype, 'isActive', { get: () => false });
    });
    await page.clock.install();
    const first = await signedIn(page, 'solo');
    await page.clock.runFor(13 * 60_000);
    await expect(dialog(first, /Are you still there/)).toBeHidden();
    await page.clock.runFor(65_000);
    const asked = dialog(first, /Are you still there/);
    await expect(asked).toBeVisible();
    await expect(asked.getByText(/You will be signed out in \d+ seconds/).first()).toBeVisible();
    await expectAccessible(page);
    // A mouse that is pushed is no answer.
    await page.mouse.move(200, 200);
    await page.clock.runFor(2_000);
    await expect(asked).toBeVisible();
    await asked.getByRole('button', { name: 'Stay signed in' }).click();
    await expect(asked).toBeHidden();
    await expect(first.launcher.links.first()).toBeVisible();

    // Used in another tab: this one does not ask.
    await page.clock.runFor(14 * 60_000 + 5_000);
    await expect(asked).toBeVisible();
    const second = await open(context);
    await second.page.evaluate((now) => localStorage.setItem('portal.active', String(now)), await page.evaluate(() => Date.now()));
    await page.clock.runFor(1_000);
    await expect(asked).toBeHidden();
    await second.page.close();

    await page.clock.runFor(15 * 60_000 + 1_000);
    await expect(first.signIn.heading).toBeVisible();
    await expect(page.getByText(/signed out because nobody used the portal/)).toBeVisible();
    expect(await page.evaluate(() => sessionStorage.getItem('portal.session'))).toBeNull();
  });

  // hostile.md 46: sleep counts, because times are compared.
  test('hostile.md 46: a sleep of eight hours ends the session before anything is shown', async ({ page }) => {
    const first = await signedIn(page, 'solo');
    await page.evaluate(() => localStorage.setItem('portal.active', String(Date.now() - 8 * 3_600_000)));
    await page.reload();
    await expect(first.signIn.heading).toBeVisible();
    await expect(page.getByText(/signed out because nobody used the portal/)).toBeVisible();
  });
});

// portal.json, accessTokenLifetime: renewed before it ends, so that no call has to wait for it.
test.describe('a known life of access tokens', () => {
  test.use({ own: { settings: { accessTokenLifetime: 30 } } });

  test('is renewed in time, once for all tabs', async ({ page, context, site }) => {
    test.setTimeout(120_000);
    await twoTabs(page, context, 'solo');
    await site.resetCalls();
    await expect.poll(async () => (await site.calls())['Refresh Access Token'] ?? 0, { timeout: 40_000 }).toBe(1);
    await page.waitForTimeout(3_000);
    expect((await site.calls())['Refresh Access Token']).toBe(1);
  });
});

// hostile.md 25: tokens outlive the browser only where the administrator allows it and the person wants it.
test.describe('staying signed in', () => {
  test.use({ own: { settings: { keepSignedIn: true } } });

  test('hostile.md 25: only where it is allowed and chosen, and a sign-out ends it', async ({ page, context, signIn, launcher, accountMenu }) => {
    const keeps = async () => (await storedSession(page))?.keep;
    await signIn.as('solo');
    await expect(launcher.links.first()).toBeVisible();
    expect(await keeps()).toBe(false);
    await accountMenu.signOut();
    await expect(signIn.heading).toBeVisible();

    await page.getByRole('checkbox', { name: /Keep me signed in/ }).check();
    await signIn.send('solo');
    await expect(launcher.links.first()).toBeVisible();
    await expect.poll(keeps).toBe(true);
    // As after the browser was closed: no other tab, and nothing of this one.
    await page.goto('about:blank');
    await page.close();
    const again = tabOf(await context.newPage());
    await again.page.goto('./');
    await expect(again.launcher.links.first()).toBeVisible();
    await again.accountMenu.signOut();
    await expect(again.signIn.heading).toBeVisible();
    expect(await everythingStored(again.page)).not.toMatch(/APP_PORTAL_S_|"sealed"/);
  });
});

// What the user sees is stored: a reload a moment later finds it.
test('an organization that was chosen is still chosen after a reload at once', async ({ page, signIn, organizations, launcher }) => {
  await signIn.as('rotating');
  await organizations.choose('Harbor City Utilities');
  await page.reload();
  await expect(launcher.links.first()).toBeVisible();
  await expect(page.getByRole('banner')).toContainText('Harbor City Utilities');
});

// No event tells that the last tab was closed: the next start erases what was not to be kept, before it reads anything.
test('a session that is not kept ends with its last tab', async ({ page, context }) => {
  const first = await signedIn(page, 'solo');
  // Not just now: a tab that is being reloaded is given time to come back.
  await page.evaluate(async (base) => {
    const request = indexedDB.open(`app-portal ${base}`);
    await new Promise((resolve) => (request.onsuccess = resolve));
    const sessions = request.result.transaction('sessions', 'readwrite').objectStore('sessions');
    const all = sessions.getAll();
    await new Promise((resolve) => (all.onsuccess = resolve));
    for (const session of all.result) sessions.put({ ...session, seen: Date.now() - 600_000 });
    await new Promise((resolve) => (sessions.transaction.oncomplete = resolve));
    request.result.close();
  }, new URL(page.url()).pathname);
  await expect(first.launcher.heading).toBeVisible();
  await page.goto('about:blank');
  await page.close();
  const again = tabOf(await context.newPage());
  await again.page.goto('./');
  await expect(again.signIn.heading).toBeVisible();
  expect(await storedSession(again.page)).toBeNull();
  expect(await everythingStored(again.page)).not.toContain('"sealed"');
});
