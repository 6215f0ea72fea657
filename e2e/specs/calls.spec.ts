// How the page calls the service when something stands between: redirects, waits that the service asks for, silence,
// other origins.
import http from 'node:http';

import type { Locator, Page } from '@playwright/test';

import { expectAccessible } from '../support/a11y.ts';
import { organization } from '../support/accounts.ts';
import type { ContractServer, Reply } from '../support/contract-server.ts';
import { close, listen } from '../support/host.mjs';
import { expect, test } from '../support/test.ts';
import { newest, type Variant } from '../support/variants.ts';

const list = '/v2.2/user/app/list';
const menu = '/v2.2/user/app/resource/info';
const people = '/v2.2/organization/user/list';
const session = '/v2.2/session/info';

const expired = 'The sign-in in front of the portal has expired.';
const slow = 'This is taking longer than usual';
const reload = (part: Page | Locator) => part.getByRole('button', { name: 'Reload the page' });
const again = (part: Page | Locator) => part.getByRole('button', { name: /^Try again/ });
const main = (page: Page) => page.getByRole('main');

/** A host that the portal has nothing to do with. It lets every page read what it says, and notes what it is sent. */
class Stranger {
  readonly heard: string[] = [];
  private readonly server: http.Server;
  url = '';

  /** `open`: whether pages of other origins may read its replies. */
  private constructor(open: boolean) {
    this.server = http.createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { method = '', url = '', headers } = request;
        this.heard.push(`${method} ${url} ${headers.authorization ?? ''} ${Buffer.concat(chunks).toString()}`);
        const cors = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*', 'access-control-allow-methods': '*' };
        response.writeHead(200, { 'content-type': 'application/json', ...(open ? cors : {}) });
        response.end(JSON.stringify({ code: 0, data: { accessToken: 'made-up', apps: [{ id: 'x', name: 'Foreign', url: '/' }] } }));
      });
    });
  }

  static async start(open = true): Promise<Stranger> {
    const stranger = new Stranger(open);
    stranger.url = `http://127.0.0.1:${await listen(stranger.server)}`;
    return stranger;
  }

  stop(): Promise<void> {
    return close(this.server);
  }
}

interface Fixtures {
  /** The variant that the second service is. */
  variant: Variant;
  stranger: Stranger;
  /** The second service, with somebody at work in it. */
  server: ContractServer;
  redirect: Partial<Reply>;
}

const calls = test.extend<Fixtures>({
  variant: [{ ...newest, unprotected: true }, { option: true }],
  stranger: async ({ services, guard }, use) => {
    const stranger = await Stranger.start();
    services.push(stranger);
    // The browser reports a redirect that is not followed as a request; what counts is what the stranger hears.
    guard.allowOrigin(stranger.url);
    await use(stranger);
  },
  redirect: async ({ stranger }, use) => use({ status: 302, type: 'text/plain', body: '', headers: { location: `${stranger.url}/sign-in` } }),
  server: async ({ signIn, organizations, launcher, variant, openOn }, use) => {
    const server = await openOn(variant);
    await signIn.send('kim', 'right');
    await organizations.choose('Alpha Wind');
    await launcher.expectShown(variant.shown.length);
    await use(server);
  },
});

calls.describe('a redirect', () => {
  for (const status of [302, 307, 308]) {
    calls(`HTTP ${status} of Log In: the password goes nowhere else`, async ({ page, openOn, signIn, variant, stranger, redirect }) => {
      const server = await openOn(variant);
      server.instead.set('/v2.2/login', { ...redirect, status });
      await signIn.send('kim', 'right');
      await expect(signIn.failure).toContainText(expired);
      expect(stranger.heard).toEqual([]);
      await expectAccessible(page);
      server.instead.delete('/v2.2/login');
      await reload(page).click();
      await expect(signIn.heading).toBeVisible();
      await expect(signIn.failure).toHaveCount(0);
    });
  }

  calls('of the early call and of the list: not believed, said at once, and mended by a reload', async ({ page, server, launcher, stranger, redirect }) => {
    server.instead.set(list, redirect);
    const before = server.count(list);
    await page.reload();
    await expect(main(page).getByRole('alert')).toContainText(expired);
    await expect(again(page)).toHaveCount(0);
    await expect(main(page).getByText('Foreign')).toHaveCount(0);
    expect(server.count(list) - before).toBe(1);
    expect(stranger.heard).toEqual([]);
    await expectAccessible(page);
    server.instead.delete(list);
    await reload(main(page)).click();
    await launcher.expectShown(newest.shown.length);
  });

  calls('of a menu, of a list, of a part of a page, of a write: each says so', async ({ page, server, launcher, stranger, redirect }) => {
    for (const path of [menu, people, session, '/v2.2/session/set']) server.instead.set(path, redirect);
    await launcher.tile('Wind Board').click();
    await expect(main(page).getByText(expired).first()).toBeVisible();
    await page.goto(`${server.url}people`);
    await expect(main(page).getByRole('alert')).toContainText(expired);
    await page.goto(`${server.url}profile`);
    await expect(page.getByRole('region', { name: 'This sign-in', exact: true })).toContainText(expired);
    await page.goto(`${server.url}organizations`);
    await page.getByText('Beta Solar').click();
    await expect(main(page).getByRole('alert')).toContainText(expired);
    await expect(reload(main(page))).toBeVisible();
    expect(stranger.heard).toEqual([]);
  });

  calls('of portal.json, to this host as well: the page does not start on it', async ({ page, openOn, variant, signIn }) => {
    const server = await openOn(variant);
    await expect(signIn.heading).toBeVisible();
    server.instead.set('/settings.json', { type: 'application/json', body: '{"title":"Another portal"}' });
    server.instead.set('/portal.json', { status: 302, headers: { location: '/settings.json' } });
    await page.reload();
    await expect(page.getByRole('heading', { name: expired })).toBeVisible();
    await expect(page).not.toHaveTitle(/Another portal/);
    server.instead.delete('/portal.json');
    await reload(page).click();
    await expect(signIn.heading).toBeVisible();
  });
});

calls.describe('a wait that the service asks for', () => {
  const busy = (retryAfter: string): Partial<Reply> => ({
    status: 429,
    body: '{"code":31429,"message":"Slow down","data":null}',
    headers: { 'retry-after': retryAfter },
  });

  calls('of the early call is counted down, and then the button works', async ({ page, server, launcher }) => {
    server.instead.set(list, busy('4'));
    const before = server.count(list);
    await page.reload();
    await expect(main(page).getByRole('alert')).toContainText('Too many requests.');
    await expect(again(page)).toHaveText(/^Try again in [1-4] seconds?$/);
    await expect(again(page)).toHaveAttribute('aria-disabled', 'true');
    await again(page).click({ force: true });
    expect(server.count(list) - before, 'not before the time is up').toBe(1);
    await expectAccessible(page);
    server.instead.delete(list);
    await expect(again(page)).toHaveText('Try again', { timeout: 6_000 });
    await expect(again(page)).not.toHaveAttribute('aria-disabled');
    await again(page).click();
    await launcher.expectShown(newest.shown.length);
  });

  calls('as a date, of a list and of a part of a page', async ({ page, server }) => {
    // The portal reads the time of the reply; this host sends it.
    const soon = () => busy(new Date(Date.now() + 60_000).toUTCString());
    server.instead.set(people, soon());
    await page.goto(`${server.url}people`);
    await expect(again(main(page))).toHaveText(/^Try again in [45]\d seconds$/);
    server.instead.set(session, { ...soon(), status: 503, body: '' });
    await page.goto(`${server.url}profile`);
    const part = page.getByRole('region', { name: 'This sign-in', exact: true });
    await expect(part).toContainText('The service has a problem.');
    await expect(again(part)).toHaveText(/^Try again in [45]\d seconds$/);
  });

  calls('at sign-in is counted down on its button', async ({ page, openOn, variant, signIn }) => {
    const server = await openOn(variant);
    server.instead.set('/v2.2/login', busy('3'));
    await signIn.send('kim', 'right');
    await expect(again(page)).toHaveText(/^Try again in [1-3] seconds?$/);
    await expect(again(page)).toHaveAttribute('aria-disabled', 'true');
    await expect(signIn.submit).toBeVisible({ timeout: 6_000 });
    await expect(signIn.submit).toHaveAttribute('aria-disabled', 'false');
  });
});

calls.describe('a service that is silent', () => {
  const silent: Partial<Reply> = { afterMs: Infinity };

  calls('after a reload: said after five seconds, given up by the person, and asked again', async ({ page, server, launcher }) => {
    server.instead.set(list, silent);
    await page.reload();
    const said = main(page).getByRole('status').filter({ hasText: slow });
    await page.waitForTimeout(3_000);
    await expect(said).toHaveCount(0);
    await expect(said).toBeVisible({ timeout: 6_000 });
    await expect(said).toBeInViewport();
    await expectAccessible(page);
    await said.getByRole('button', { name: 'Cancel' }).click();
    await expect(main(page).getByRole('alert')).toContainText('Loading was stopped.');
    server.instead.delete(list);
    await again(main(page)).click();
    await launcher.expectShown(newest.shown.length);
  });

  calls('after a reload: the page says so after half a minute, and has asked once', async ({ page, server }) => {
    server.instead.set(list, silent);
    const before = server.count(list);
    const begun = Date.now();
    await page.reload();
    await expect(main(page).getByRole('alert')).toContainText('took too long', { timeout: 40_000 });
    expect(Date.now() - begun).toBeLessThan(36_000);
    expect(server.count(list) - before).toBe(1);
  });

  calls('under an application and a list: said, with a way out', async ({ page, server, launcher }) => {
    for (const path of [menu, people]) server.instead.set(path, silent);
    await launcher.tile('Wind Board').click();
    await expect(page.getByRole('status').filter({ hasText: slow })).toBeVisible({ timeout: 8_000 });
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(again(page).first()).toBeVisible();
    await page.goto(`${server.url}people`);
    await expect(main(page).getByRole('status').filter({ hasText: slow })).toBeVisible({ timeout: 10_000 });
    await main(page).getByRole('button', { name: 'Cancel' }).click();
    await expect(main(page).getByRole('alert')).toContainText('Loading was stopped.');
  });
});

calls.describe('a service of another origin', () => {
  calls('that does not let the page read its replies', async ({ page, openOn, signIn, services, guard }) => {
    guard.allow(/CORS policy|net::ERR_FAILED/);
    const other = await Stranger.start(false);
    services.push(other);
    guard.allowOrigin(other.url);
    await openOn({ ...newest, unprotected: true, settings: { apiBase: `${other.url}/app-portal-service` } });
    await signIn.send('kim', 'right');
    await expect(signIn.failure).toContainText("The service doesn't accept requests from this site.");
    await expect(signIn.failure).toContainText('Access-Control-Allow-Origin');
    await expectAccessible(page);
  });

  calls('that the policy of the page does not name', async ({ openOn, signIn, services, guard }) => {
    guard.allow(/Content Security Policy|connect-src/);
    const other = await Stranger.start();
    services.push(other);
    guard.allowOrigin(other.url);
    await openOn({ ...newest, settings: { apiBase: `${other.url}/app-portal-service` } });
    await signIn.send('kim', 'right');
    await expect(signIn.failure).toContainText("This site's security policy blocks the service.");
    await expect(signIn.failure).toContainText('connect-src');
    expect(other.heard).toEqual([]);
  });

  calls('that is not there', async ({ openOn, signIn, guard }) => {
    guard.allow(/net::ERR_/);
    const gone = await Stranger.start();
    await gone.stop();
    guard.allowOrigin(gone.url);
    await openOn({ ...newest, unprotected: true, settings: { apiBase: `${gone.url}/app-portal-service` } });
    await signIn.send('kim', 'right');
    await expect(signIn.failure).toContainText('The service cannot be reached.');
  });
});

test.describe('refusals', () => {
  const refused = { status: 200, contentType: 'application/json', body: '{"code":31403,"message":"no","data":null}' };

  test.beforeEach(async ({ signIn, organizations, launcher }) => {
    await signIn.as('morgan');
    await organizations.choose(organization.many);
    await expect(launcher.links.first()).toBeVisible();
  });

  test('of Authorize Asset, Sync Asset and Check Asset Permission say what is not allowed, with the code as sent', async ({ page, assets }) => {
    await page.route(/\/asset\/(append|sync|check)(\?|$)|\/user\/asset\/append|authorization\/asset\/check/, (route) => route.fulfill(refused));
    await assets.open('turbine-monitor', '?asset=hornsea-t01');
    await assets.authorize.click();
    await assets.authorizeDialog.getByLabel('User id').fill('u-sam');
    await assets.authorizeDialog.getByRole('button', { name: 'Authorize for 1 asset' }).click();
    await expect(assets.authorizeDialog).toContainText("You don't have permission to give users access to assets.");
    await expect(assets.authorizeDialog).toContainText('Code: 31403');
    await page.keyboard.press('Escape');
    await assets.synchronize.click();
    await assets.syncDialog.getByRole('button', { name: 'Synchronize' }).click();
    await expect(assets.syncDialog).toContainText("You don't have permission to synchronize assets.");
    await page.keyboard.press('Escape');
    await assets.check.ask('hornsea-t01');
    await expect(assets.check.dialog).toContainText("You don't have permission to check access to assets.");
    await expect(assets.check.dialog).not.toContainText('You may see 0 of 1');
  });

  test('of the colours and ringtones say the code, and can be tried again', async ({ page }) => {
    await page.route(/\/message\/enum\//, (route) => route.fulfill({ ...refused, body: '{"code":31500,"message":"no","data":null}' }));
    await page.goto('./messages?show=settings');
    await expect(main(page).getByText('The list could not be loaded.')).toHaveCount(2, { timeout: 20_000 });
    await expect(main(page).getByText(/Code: 31500/).first()).toBeVisible();
    await page.unroute(/\/message\/enum\//);
    await again(main(page)).first().click();
    await again(main(page)).first().click();
    await expect(main(page).getByText('The list could not be loaded.')).toHaveCount(0);
  });
});

test.describe('addresses and details', () => {
  test.beforeEach(async ({ signIn, organizations, launcher }) => {
    await signIn.as('morgan');
    await organizations.choose(organization.many);
    await expect(launcher.links.first()).toBeVisible();
  });

  test('no query ends with a sign that separates nothing', async ({ launcher, application, guard }) => {
    await launcher.tile('PV Forecast').click();
    await expect(application.entries.first()).toBeVisible();
    expect(guard.requests.filter((line) => line.includes('accessKey='))).not.toEqual([]);
    expect(guard.requests.filter((line) => /[&?]$/.test(line))).toEqual([]);
  });

  test('the menu of a tile leads to what is known of the application', async ({ page, launcher }) => {
    await launcher.tile('PV Forecast').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Details' }).click();
    const dialog = page.getByRole('dialog', { name: 'PV Forecast' });
    await expect(dialog.getByText('May 28, 2025')).toBeVisible();
    for (const term of ['Name', 'Category', 'Identifier', 'ID', 'Created']) await expect(dialog.getByRole('term').filter({ hasText: new RegExp(`^${term}$`) })).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    await expect(launcher.tile('PV Forecast')).toBeFocused();
  });
});
