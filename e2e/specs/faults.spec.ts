// What the network and broken replies do to the portal (hostile.md G and H): words, a way out, and no storm of calls.
import { gzipSync } from 'node:zlib';

import type { Page } from '@playwright/test';

import { organization } from '../support/accounts.ts';
import { expectAccessible } from '../support/a11y.ts';
import type { ContractServer, Reply } from '../support/contract-server.ts';
import { expect, test } from '../support/test.ts';
import { newest, type Variant } from '../support/variants.ts';

const list = '/v2.2/user/app/list';
const json = 'application/json;charset=UTF-8';
const html = { type: 'text/html', body: '<!doctype html><title>Proxy</title><p>Who are you?</p>' };

const offline = 'You are offline. What you see stays, but may be out of date.';
const stale = 'What you see may be out of date.';
const again = (page: Page) => page.getByRole('main').getByRole('button', { name: 'Try again' });

/** The second service, with somebody at work in it. */
const inside = test.extend<{ server: ContractServer; variant: Variant }>({
  variant: [newest, { option: true }],
  server: async ({ signIn, organizations, launcher, variant, openOn }, use) => {
    const server = await openOn(variant);
    await signIn.send('kim', 'right');
    await organizations.choose('Alpha Wind');
    await launcher.expectShown(variant.shown.length);
    await use(server);
  },
});

// hostile.md 64 and 77: what is no reply of the service has words, and the next try works.
const broken: [what: string, reply: Partial<Reply>, words: RegExp][] = [
  ['no JSON', { body: 'certainly not', type: json }, /Something else answered in place of the service/],
  ['a page with HTTP 200', html, /Something else answered in place of the service/],
  ['nothing', { body: '' }, /sent a reply that the portal does not understand/],
  ['HTTP 204', { status: 204, body: '' }, /sent a reply that the portal does not understand/],
  ['UTF-16', { body: Buffer.from('\ufeff{"code":0,"data":{"apps":[]}}', 'utf16le') }, /Something else answered/],
  ['half a reply', { body: '{"code":0,"data":{"apps":[{"id":' }, /Something else answered/],
  ['another shape', { body: '[1,2,3]' }, /sent a reply that the portal does not understand/],
  ['HTTP 503 with a page', { ...html, status: 503 }, /The service has a problem/],
  ['HTTP 403 with a page', { ...html, status: 403 }, /no permission to see the applications/],
  ['an error with HTTP 200', { body: '{"code":31500,"msg":"Out of <b>memory</b>","data":null}' }, /The service has a problem/],
  ['an error that shows its inside', { body: JSON.stringify({ code: 31403, message: 'java.lang.IllegalStateException: x\n\tat com.a.B.c(B.java:1)' }) }, /no permission to see the applications/],
  ['a connection that breaks', { broken: 'reset' }, /The service cannot be reached/],
  ['a reply that breaks off', { broken: 'cut', headers: { 'content-length': '5000' }, body: '{"code":0,' }, /The service cannot be reached/],
  ['a wrong compression', { headers: { 'content-encoding': 'gzip' }, body: Buffer.from('no gzip at all') }, /The service cannot be reached/],
  ['a damaged compression', { headers: { 'content-encoding': 'gzip' }, body: gzipSync('{"code":0}'.repeat(500)).subarray(0, 30), broken: 'cut' }, /The service cannot be reached/],
  ['more than can be shown', { broken: 'endless', body: 'x'.repeat(1 << 20) }, /more than the portal can show/],
];
for (const [what, reply, words] of broken) {
  inside(`a broken reply, ${what}: words and a way out`, async ({ page, server, launcher, guard }) => {
    guard.allow(/net::ERR_/);
    server.instead.set(list, reply);
    const asked = () => guard.requests.filter((line) => line.endsWith(list)).length;
    const before = asked();
    await page.reload();
    const main = page.getByRole('main');
    await expect(main.getByRole('alert')).toContainText(words, { timeout: 30_000 });
    await expect(main.getByRole('alert')).not.toContainText(/<|\bat com\b|java|[{}]/);
    expect(asked() - before).toBeLessThanOrEqual(3);
    server.instead.delete(list);
    if (await again(page).isVisible()) await again(page).click();
    else await page.reload();
    await launcher.expectShown(newest.shown.length);
  });
}

// hostile.md 64: a byte order mark is no reason to refuse a good reply.
inside('a reply with a byte order mark is read', async ({ page, server, launcher }) => {
  const apps = [{ id: 'k-bom', name: 'Marked', url: '/contract-apps/b.html' }];
  server.instead.set(list, { body: `\ufeff${JSON.stringify({ code: 0, data: { apps } })}` });
  await page.reload();
  await launcher.expectShown(1);
});

// hostile.md 77: tried again by itself, and nobody notices; never for a lock (contract.md 0.2).
inside('a failure that passes is not shown', async ({ page, server, launcher }) => {
  const before = server.count(list);
  server.instead.set(list, { status: 502, ...html });
  await page.reload();
  await expect.poll(() => server.count(list) - before).toBe(1);
  server.instead.delete(list);
  await launcher.expectShown(newest.shown.length);
  expect(server.count(list) - before).toBe(2);
});

// hostile.md 80: every call fails; the page stays usable and the calls come to an end.
inside('a storm of errors: few calls, and the page still works', async ({ page, server, signIn, accountMenu }) => {
  for (const path of [list, '/v2.2/user/info', '/v2.2/session/info']) server.instead.set(path, { ...html, status: 500 });
  const before = server.calls.length;
  await page.reload();
  await expect(again(page)).toBeVisible({ timeout: 20_000 });
  await page.waitForTimeout(6_000);
  const calls = server.calls.length - before;
  expect(calls).toBeLessThanOrEqual(9);
  await page.waitForTimeout(3_000);
  expect(server.calls.length - before).toBe(calls);
  await accountMenu.signOut();
  await expect(signIn.heading).toBeVisible();
});

// hostile.md 79: one call without permission is no end of the rest, and nobody is signed out.
inside('no permission for one call leaves the rest', async ({ page, server, launcher, accountMenu }) => {
  server.instead.set('/v2.2/user/info', { body: '{"code":31403,"message":"no","data":null}' });
  await page.reload();
  await launcher.expectShown(newest.shown.length);
  await accountMenu.open();
  await expect(page.getByText('kim', { exact: true }).first()).toBeVisible();
});

// hostile.md 78: a page that is left gives its calls up, and nobody is told of it.
inside('a page that is left gives up its calls', async ({ page, server, launcher }) => {
  await page.waitForTimeout(3_000); // until the other parts of the program are here
  server.instead.set('/v2.2/user/app/resource/info', { afterMs: Infinity });
  await launcher.tile('Wind Board').click();
  await expect.poll(() => server.count('/v2.2/user/app/resource/info')).toBe(1);
  const before = server.givenUp;
  await page.goBack();
  await launcher.expectShown(newest.shown.length);
  await expect.poll(() => server.givenUp).toBe(before + 1);
  await expect(page.getByRole('alert')).toHaveCount(0);
});

// hostile.md 81: all that is under way ends, whatever it was.
inside('a host that goes away with calls under way: all of them end', async ({ page, server, guard }) => {
  guard.allow(/net::ERR_/);
  for (const path of [list, '/v2.2/user/info', '/v2.2/session/info']) server.instead.set(path, { afterMs: Infinity });
  const before = server.count(list);
  await page.reload();
  await expect.poll(() => server.count(list)).toBeGreaterThan(before);
  await page.waitForTimeout(1_000);
  for (const path of [list, '/v2.2/user/info', '/v2.2/session/info']) server.instead.set(path, { broken: 'reset' });
  server.drop();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('The service cannot be reached.', { timeout: 20_000 });
});

test.describe('offline', () => {
  // hostile.md 76: what was loaded stays and is marked; the mark goes away by itself.
  test('in the middle of work: the content stays, with a quiet word', async ({ page, context, signIn, launcher, guard }) => {
    guard.allow(/net::ERR_/);
    await signIn.as('solo');
    await expect(launcher.links.first()).toBeVisible();
    const count = await launcher.said();
    const word = page.getByRole('status').filter({ hasText: offline });
    await page.waitForTimeout(3_000); // until the parts of the program that say so are here
    await context.setOffline(true);
    await expect(word).toBeVisible();
    await launcher.expectShown(count);
    await expectAccessible(page);
    await context.setOffline(false);
    await expect(word).toHaveCount(0);
    await launcher.expectShown(count);
  });

  // hostile.md 76: what could not be loaded is loaded once the network is back, without a press.
  test('what could not be loaded comes by itself when the network is back', async ({ page, context, signIn, organizations, launcher, application, guard }) => {
    guard.allow(/net::ERR_/, /Failed to fetch/);
    await signIn.as('morgan');
    await organizations.choose(organization.many);
    await expect(launcher.links.first()).toBeVisible();
    await page.waitForTimeout(3_000);
    await context.setOffline(true);
    await launcher.tile('PV Forecast').click();
    await expect(page.getByRole('main').getByText('You are offline.', { exact: true })).toBeVisible();
    await context.setOffline(false);
    await expect(application.entries.first()).toBeVisible();
    await expect(page.getByText('You are offline.')).toHaveCount(0);
  });
});

// hostile.md 46: after a long time what is seen is loaded anew, and marked as old until it came.
inside('a tab that comes into view after hours loads anew', async ({ page, server, launcher }) => {
  await page.clock.install();
  await page.reload();
  await launcher.expectShown(newest.shown.length);
  await page.clock.runFor(5_000);
  await page.waitForTimeout(1_500);
  const comes = () => page.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })));
  const before = server.count(list);
  await page.clock.runFor('05:00');
  await comes();
  await page.waitForTimeout(500);
  expect(server.count(list), 'not after five minutes').toBe(before);

  const apps = [...newest.applications, { id: 'k-new', name: 'Newcomer', order: 9, url: '/contract-apps/b.html' }];
  server.instead.set(list, { afterMs: 2_000, body: JSON.stringify({ code: 0, data: { apps } }) });
  await page.clock.setSystemTime(Date.now() + 8 * 3_600_000);
  await comes();
  const word = page.getByRole('status').filter({ hasText: stale });
  await expect(word).toBeVisible();
  await launcher.expectShown(newest.shown.length);
  await launcher.expectShown(newest.shown.length + 1);
  await expect(word).toHaveCount(0);
  expect(server.count(list)).toBe(before + 1);
});

// hostile.md 84: storage that is switched off, or full.
for (const [how, script] of [
  [
    'switched off',
    () => {
      for (const area of ['localStorage', 'sessionStorage']) {
        Object.defineProperty(globalThis, area, {
          get() {
            throw new DOMException('The operation is insecure.', 'SecurityError');
          },
        });
      }
    },
  ],
  [
    'full',
    () => {
      Storage.prototype.setItem = () => {
        throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
      };
    },
  ],
] as const) {
  test(`storage that is ${how}: sign-in, choice, launcher and application work`, async ({ page, signIn, organizations, launcher, application, accountMenu }) => {
    await page.addInitScript(script);
    await signIn.as('morgan');
    await page.getByRole('checkbox', { name: 'Always start here' }).check();
    await organizations.choose(organization.many);
    await expect(launcher.links.first()).toBeVisible();
    await launcher.search.fill('turbine');
    await launcher.tile('Turbine Monitor').click();
    await expect(application.entries.first()).toBeVisible();
    await accountMenu.signOut();
    await expect(signIn.heading).toBeVisible();
  });
}

// hostile.md 83: one page over everything that offers a reload, whatever follows; no secret in what it says.
test('a program that stops says so once, and offers a reload', async ({ page, signIn, launcher, guard }) => {
  guard.allow(/The program stopped/);
  await signIn.as('solo');
  await expect(launcher.links.first()).toBeVisible();
  await page.evaluate(() => {
    const { crashed } = Reflect.get(globalThis, '__portal') as { crashed(message: string): void };
    for (let times = 0; times < 50; times += 1) crashed('made to stop');
  });
  const over = page.getByRole('alertdialog', { name: 'The portal has stopped' });
  await expect(over).toHaveCount(1);
  await expect(over.getByRole('button', { name: 'Reload' })).toBeFocused();
  expect(guard.said.filter((line) => line.includes('The program stopped'))).toHaveLength(1);
  await page.keyboard.press('/');
  await expect(over).toBeVisible();
  await over.getByRole('button', { name: 'Reload' }).click();
  await expect(launcher.links.first()).toBeVisible();
});

// The button of a failure goes away when it is pressed: the focus must not fall to the page, and is there where it fails
// again (experience.md S16).
const info = '/v2.2/session/info';

inside('another try of a part of a page: the focus waits on its heading, and comes back where it fails again', async ({ page, server }) => {
  server.instead.set(info, html);
  await page.goto(`${server.url}profile`);
  const part = page.getByRole('region', { name: 'This sign-in', exact: true });
  const heading = part.getByRole('heading', { name: 'This sign-in' });
  const button = part.getByRole('button', { name: 'Try again' });
  await button.focus();
  server.instead.set(info, { ...html, afterMs: 500 });
  await page.keyboard.press('Enter');
  await expect(heading).toBeFocused();
  await expect(button).toBeFocused();
  // Who has gone on meanwhile is left where they are.
  await page.keyboard.press('Enter');
  await expect(heading).toBeFocused();
  const home = page.getByRole('banner').getByRole('link').first();
  await home.focus();
  await expect(button).toBeVisible();
  await expect(home).toBeFocused();
  server.instead.delete(info);
  await button.focus();
  await page.keyboard.press('Enter');
  await expect(part.getByRole('term').first()).toBeVisible();
  await expect(heading).toBeFocused();
});

inside('another try of a whole page: the focus waits on its heading, and comes back where it fails again', async ({ page, server, launcher }) => {
  server.instead.set(list, html);
  await page.reload();
  await again(page).focus();
  server.instead.set(list, { ...html, afterMs: 500 });
  await page.keyboard.press('Enter');
  await expect(launcher.heading).toBeFocused();
  await expect(again(page)).toBeFocused();
  server.instead.delete(list);
  await page.keyboard.press('Enter');
  await launcher.expectShown(newest.shown.length);
  await expect(launcher.heading).toBeFocused();
});

inside('another try of an application: the focus waits on its name, and comes back where it fails again', async ({ page, server, launcher }) => {
  const menu = '/v2.2/user/app/resource/info';
  server.instead.set(menu, html);
  await launcher.tile('Wind Board').click();
  await again(page).focus();
  server.instead.set(menu, { ...html, afterMs: 500 });
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Wind Board', level: 1 })).toBeFocused();
  await expect(again(page)).toBeFocused();
});

inside('another try of the next page of people: the focus goes to the way to more beside it', async ({ page, server }) => {
  const users = '/v2.2/organization/user/list';
  const people = Array.from({ length: 20 }, (_, number) => ({ id: `u-${number}`, name: `user-${number}`, nickName: `User ${number}` }));
  const some = JSON.stringify({ code: 0, data: { users: people, pagination: { total: 60, pageNo: 0, pageSize: 20 } } });
  server.instead.set(users, { status: 200, type: json, body: some });
  await page.goto(`${server.url}people`);
  const more = page.getByRole('button', { name: 'Load more' });
  await expect(more).toBeVisible();
  server.instead.set(users, { ...html, status: 200 });
  await more.press('Enter');
  await again(page).focus();
  server.instead.set(users, { ...html, status: 200, afterMs: 500 });
  await page.keyboard.press('Enter');
  await expect(more).toBeFocused();
  await expect(again(page)).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(more).toBeFocused();
});
