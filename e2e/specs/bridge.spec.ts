// What pages in frames and the portal say to each other, on the real portal (docs/embedding.md, experience.md S13, hostile.md
// 50 to 52 and 55). The client by itself is in bridge-client.spec.ts.
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';

import type { Frame, Page } from '@playwright/test';

import type { LauncherPage } from '../pages/launcher.ts';
import type { SignInPage } from '../pages/sign-in.ts';
import { howMany, organization } from '../support/accounts.ts';
import { close, contentType, fileAt, listen, places } from '../support/host.mjs';
import { expect, test } from '../support/test.ts';
import { newest, type Variant } from '../support/variants.ts';

/** On the second port, which is another origin; and on the portal's own. */
const other = './portal/wake-steering/who_am_i';
const own = './portal/turbine-monitor/who_am_i';

/** The page that shows what it is told, once it has greeted. */
async function who(page: Page, address: string): Promise<Frame> {
  await page.goto(address);
  const element = page.getByRole('main').getByTitle('Who am I', { exact: true });
  await expect(element.contentFrame().getByText(organization.many).first()).toBeVisible();
  const frame = await (await element.elementHandle())?.contentFrame();
  if (!frame) throw new Error('no frame');
  return frame;
}

/** What the page says to the portal by hand, past the client. */
const post = (frame: Frame, data: unknown): Promise<void> => frame.evaluate((sent) => window.parent.postMessage(sent, '*'), data as never);

/** How many messages the portal has ignored, as "About this page" says. */
async function ignored(page: Page): Promise<number> {
  await page.getByRole('main').getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'About this page' }).click();
  const dialog = page.getByRole('dialog', { name: 'About this page' });
  const count = await dialog.getByText('Messages ignored').locator('xpath=following-sibling::dd').innerText();
  await page.keyboard.press('Escape');
  return Number(count);
}

test.describe('in the demonstration', () => {
  test.beforeEach(async ({ signIn, organizations, launcher }) => {
    await signIn.as('morgan');
    await organizations.choose(organization.many);
    await launcher.expectShown(howMany);
  });

  test('S13: a page of another origin completes all 13 calls, each with what it says', async ({ page, context, application }) => {
    const frame = await who(page, other);
    const user = await frame.evaluate(() => portalBridge.getUserInfo());
    expect(user).toMatchObject({ name: 'Morgan Keller', organization: { name: organization.many }, theme: 'LIGHT', locale: 'en-US' });
    expect(user.email).toMatch(/@/);
    const app = await frame.evaluate(() => portalBridge.getAppInfo());
    expect(app).toMatchObject({ name: 'Wake Steering', isEnable: true, category: { id: '21' } });
    expect(app.menus.map((menu) => menu.name)).toEqual(['Set Points', 'Energy Gain', 'Who am I']);
    expect(app.permissions).toEqual(await frame.evaluate(() => portalBridge.getPermissions()));
    expect(await frame.evaluate(() => portalBridge.getLocale())).toBe('en-US');
    expect(await frame.evaluate(() => portalBridge.getAvailableLocales())).toEqual(['en-US', 'zh-CN']);
    expect(await frame.evaluate(() => portalBridge.getTheme())).toBe('LIGHT');
    expect((await frame.evaluate(() => portalBridge.getAppAssets())).length).toBeGreaterThan(0);

    const crumbs = page.getByRole('navigation', { name: 'Breadcrumb' });
    await frame.evaluate(() => portalBridge.setPageTitle('  Seen\nby me\u202e '));
    await expect(crumbs).toHaveText(/Seen by me$/);
    await expect(page).toHaveTitle(/^Seen by me · Wake Steering/);
    await frame.evaluate(() => portalBridge.setPageTitle(''));
    await expect(page).toHaveTitle(/^Who am I/);

    await frame.evaluate(() => portalBridge.setViewMode(2));
    await expect(page.getByRole('banner')).toBeHidden();
    await expect(application.menu).toBeHidden();
    await page.getByRole('button', { name: 'Show the portal' }).click();
    await expect(page.getByRole('banner')).toBeVisible();
    await frame.evaluate(() => portalBridge.setViewMode(1));
    await expect(application.menu).toBeHidden();
    await expect(page.getByRole('banner')).toBeVisible();
    await frame.evaluate(() => portalBridge.setViewMode(0));
    await expect(application.menu).toBeVisible();
    await frame.evaluate(() => portalBridge.toggleMenu(false));
    await expect(application.menu).toBeHidden();
    await frame.evaluate(() => portalBridge.toggleMenu(true));
    await expect(application.tree).toBeVisible();

    await frame.evaluate(() => portalBridge.setHelpUrl('/help.html'));
    // Of the portal's own origin: a button that asks first whether it may have a tab. portal-server isolates such pages.
    await expect(page.getByRole('button', { name: 'Help for this page' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Help for this page' })).not.toHaveAttribute('aria-disabled', 'true');
    await frame.evaluate(() => portalBridge.setHelpUrl('https://help.example/pumps'));
    await expect(page.getByRole('link', { name: 'Help for this page' })).toHaveAttribute('href', 'https://help.example/pumps');
    await frame.evaluate(() => portalBridge.setNotificationUrl('https://news.example/'));
    await expect(page.getByRole('link', { name: 'Notifications of this page' })).toHaveAttribute('rel', 'noopener noreferrer');
    const script = frame.evaluate(() => portalBridge.setHelpUrl('java\tscript:alert(1)').catch((error: PortalBridge.PortalError) => error.code));
    expect(await script).toBe('bad-argument');
    await frame.evaluate(() => portalBridge.setHelpUrl(null));
    await expect(page.getByRole('link', { name: 'Help for this page' })).toHaveCount(0);

    expect(await frame.evaluate(() => portalBridge.switchPage({ menuCode: 'there_is_none' }))).toBe(false);
    expect(await frame.evaluate(() => portalBridge.switchPage({ appId: 'there-is-none' }))).toBe(false);
    // hostile.md 13: a new tab by script has no hold on this page, and leaves its link behind.
    const [opened] = await Promise.all([
      context.waitForEvent('page'),
      frame.evaluate(() => portalBridge.switchPage({ menuCode: 'gain', openOnNewTab: true, state: 'a b' })),
    ]);
    expect(await opened.evaluate(() => window.opener)).toBeNull();
    await opened.close();
    const link = page.getByRole('link', { name: 'Open it' });
    await expect(link).toHaveAttribute('href', /\/portal\/wake-steering\/gain\?state=a%2520b&org=o-north-sea$/);
    expect(await frame.evaluate(() => portalBridge.switchPage({ menuCode: 'set_points', state: 'turbine=A-03' }))).toBe(true);
    await expect(page).toHaveURL(/set_points\?state=turbine%253DA-03$/);
    await expect(application.frames).toHaveAttribute('title', 'Set Points');

    // Nobody sees that page any more: it does not move the portal.
    const hidden = await frame.evaluate(() => portalBridge.switchPage({ menuCode: 'gain' }).catch((error: PortalBridge.PortalError) => error.code));
    expect(hidden).toBe('not-allowed');
    await application.entry('Who am I').click();
    await expect(application.frames).toHaveAttribute('title', 'Who am I');
    void frame.evaluate(() => portalBridge.logout()).catch(() => undefined);
    await expect(page.getByRole('heading', { name: 'Sign in', exact: true })).toBeVisible();
  });

  test('S13: language and theme reach pages as they change', async ({ page, accountMenu }) => {
    const frame = await who(page, other);
    await accountMenu.set('Theme', 'Dark');
    await expect.poll(() => frame.evaluate(() => portalBridge.getTheme())).toBe('DARK');
    await expect.poll(() => frame.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toContain('dark');
    await accountMenu.set('Language', '简体中文');
    await expect(frame.getByRole('heading', { name: '我是谁' })).toBeVisible();
    await expect(frame.locator('html')).toHaveAttribute('lang', 'zh-CN');
  });

  test('S13: a form follows the language, and keeps what was typed and that it is not saved', async ({ page, accountMenu, application }) => {
    await page.goto('./portal/turbine-monitor/reports.daily');
    const frame = await application.inside('Daily');
    await frame.getByLabel('Reported by').click();
    await frame.getByLabel('Reported by').fill('Morgan');
    await frame.getByLabel('Site').selectOption({ label: 'Wind farm' });
    await frame.getByLabel('Routine').check();
    await accountMenu.set('Language', '简体中文');
    await expect(frame.getByRole('heading', { name: '值班报告' })).toBeVisible();
    await expect(frame.getByLabel('报告人')).toHaveValue('Morgan');
    await expect(frame.getByLabel('场站').locator('option:checked')).toHaveText('风电场');
    await expect(frame.getByLabel('例行')).toBeChecked();
    // The portal still knows that it would be lost.
    await page.getByRole('main').getByRole('button', { name: '重新加载' }).click();
    const question = page.getByRole('dialog', { name: '不保存就离开？' });
    await question.getByRole('button', { name: '留下' }).click();
    await expect(frame.getByLabel('报告人')).toHaveValue('Morgan');
    await frame.getByLabel('工时').click();
    await frame.getByLabel('工时').fill('7.5');
    await frame.getByLabel('事件经过').fill('更换齿轮箱油滤芯，运行正常。');
    await frame.getByRole('button', { name: '提交报告' }).click();
    await expect(frame.getByRole('heading', { name: '报告已提交' })).toBeVisible();
    await expect(frame.getByText(/^\d+月\d+日 \d\d:\d\d$/)).toBeVisible();
  });

  test('a page moves to another state by itself: the address follows, and back leads back', async ({ page, application }) => {
    await page.goto('./portal/wake-steering/set_points');
    const element = application.main.getByTitle('Set Points', { exact: true });
    await expect(element.contentFrame().getByRole('heading', { level: 2 }).first()).toBeVisible();
    const frame = await (await element.elementHandle())?.contentFrame();
    const buttons = element.contentFrame().getByRole('heading', { level: 2 }).getByRole('button');
    await buttons.nth(1).click();
    await expect(page).toHaveURL(/set_points\?state=/);
    const [first] = [page.url()];
    await buttons.nth(2).click();
    await expect(page).not.toHaveURL(first);
    await page.goBack();
    await expect(page).toHaveURL(first);
    await expect(buttons.nth(1)).toHaveAttribute('aria-pressed', 'true');
    // The page took it: it was not loaded anew.
    expect(await (await element.elementHandle())?.contentFrame()).toBe(frame);
    await page.reload();
    await expect(element.contentFrame().getByRole('heading', { level: 2 }).getByRole('button').nth(1)).toHaveAttribute('aria-pressed', 'true');
  });

  // hostile.md 52
  test('the access token goes to a listed origin, to be used at the service, and never into the document', async ({ page, site }) => {
    const frame = await who(page, other);
    const status = await frame.evaluate(async () => {
      const [user, token] = await Promise.all([portalBridge.getUserInfo(), portalBridge.getAccessToken({ check: true })]);
      return user.accessToken === token && token.startsWith('APP_PORTAL_S_');
    });
    expect(status).toBe(true);
    const answer = await page.request.get(new URL('/app-portal-service/v2.2/session/info', site.url).href, {
      headers: { authorization: `Bearer ${await frame.evaluate(() => portalBridge.getAccessToken())}` },
    });
    expect((await answer.json()).code).toBe(0);
  });

  test.describe('without token origins', () => {
    test.use({ own: { settings: { tokenOrigins: [] } } });

    test('a page of an origin that is not listed gets no token', async ({ page }) => {
      const frame = await who(page, other);
      expect((await frame.evaluate(() => portalBridge.getUserInfo())).accessToken).toBeNull();
      const code = await frame.evaluate(() => portalBridge.getAccessToken().catch((error: PortalBridge.PortalError) => error.code));
      expect(code).toBe('not-allowed');
    });
  });

  // hostile.md 51: known by its window alone, so told no more than name, organization and language.
  test('a page without an origin is told names only', async ({ page }) => {
    const frame = await who(page, own);
    const user = await frame.evaluate(() => portalBridge.getUserInfo());
    expect(user).toMatchObject({ id: null, name: 'Morgan Keller', email: null, phone: null, accessToken: null, organization: { name: organization.many } });
    for (const call of ['getAccessToken', 'getAppAssets'] as const) {
      expect(await frame.evaluate((name) => (portalBridge[name] as () => Promise<unknown>)().catch((error: PortalBridge.PortalError) => error.code), call)).toBe('not-allowed');
    }
  });

  // hostile.md 50
  test('messages of strangers, of the wrong origin, malformed, huge and cyclic ones are ignored and counted', async ({ page }) => {
    const frame = await who(page, other);
    const before = await ignored(page);
    // Whatever is no text is dropped before it is looked into: objects, cyclic ones too.
    await frame.evaluate(() => {
      const cyclic: Record<string, unknown> = { portal: 1, id: 1, call: 'logout' };
      cyclic.self = cyclic;
      window.parent.postMessage(cyclic, '*');
    });
    await post(frame, { portal: 1, id: 2, call: 'logout' });
    await post(frame, 'x'.repeat(70_000));
    await post(frame, '{"portal":1,"id":3,"call":"logout"');
    await post(frame, '['.repeat(30_000));
    await post(frame, '{"portal":2,"id":4,"call":"logout"}');
    // Right words, wrong window: the portal itself, and a frame inside the frame.
    await page.evaluate(() => window.postMessage('{"portal":1,"id":5,"call":"logout"}', '*'));
    await frame.evaluate(() => {
      const inner = document.createElement('iframe');
      document.body.append(inner);
      const inside = inner.contentWindow as (Window & { eval(code: string): unknown }) | null;
      Reflect.apply(window.parent.postMessage, inside, ['x', '*']);
    }).catch(() => undefined);
    await expect.poll(() => ignored(page)).toBeGreaterThanOrEqual(before + 7);
    await expect(page.getByRole('banner')).toBeVisible();
    expect(await frame.evaluate(() => portalBridge.getLocale()), 'and it goes on').toBe('en-US');
  });

  test.describe('with two origins in frames', () => {
    test.use({ own: { settings: ({ samples }) => ({ frameOrigins: [samples.replace('127.0.0.1', 'localhost')] }) } });

    test('a frame that went to another origin is not heard any more', async ({ page }) => {
      const frame = await who(page, other);
      const before = await ignored(page);
      await frame.evaluate(() => void setTimeout(() => location.replace(location.href.replace('127.0.0.1', 'localhost'))));
      await expect.poll(() => ignored(page)).toBeGreaterThan(before);
      await expect(page.getByRole('main').getByTitle('Who am I', { exact: true }).contentFrame().getByText(organization.many)).toHaveCount(0);
    });
  });

  test('calls that are unknown, wrong or too many are answered with a word for it', async ({ page }) => {
    const frame = await who(page, other);
    const answers = await frame.evaluate(
      () =>
        new Promise<Record<string, string>>((done) => {
          const codes: Record<string, string> = {};
          addEventListener('message', ({ data }) => {
            const { id, error } = JSON.parse(String(data)) as { id?: number; error?: { code: string } };
            if (id !== undefined && id >= 900_000) codes[id] = error?.code ?? 'answered';
            if (Object.keys(codes).length === 4) done(codes);
          });
          const say = (id: number, call: string, given?: unknown): void => window.parent.postMessage(JSON.stringify({ portal: 1, id, call, with: given }), '*');
          say(900_001, 'getEverything');
          say(900_002, 'setViewMode', { mode: 7 });
          say(900_003, 'switchPage', {});
          say(900_004, 'getLocale');
        }),
    );
    expect(answers).toEqual({ 900001: 'unknown-call', 900002: 'bad-argument', 900003: 'bad-argument', 900004: 'answered' });
    const flood = await frame.evaluate(() => Promise.all(Array.from({ length: 100 }, () => portalBridge.getUserInfo().then(() => 'answered', (error: PortalBridge.PortalError) => error.code))));
    expect(new Set(flood)).toEqual(new Set(['answered', 'busy']));
  });
});

const example = path.join(places.repository, 'docs/examples/embedded-app');

// The service of this account takes three seconds for every reply.
test('S13: a call that the service does not answer in time fails within two seconds', async ({ page, signIn, organizations, application }) => {
  test.slow();
  await signIn.open();
  await signIn.send('slow');
  await organizations.choose(organization.many);
  await page.goto(other);
  const element = application.main.getByTitle('Who am I', { exact: true });
  await expect(element).toBeVisible({ timeout: 20_000 });
  const frame = await (await element.elementHandle())?.contentFrame();
  await frame?.waitForFunction(() => 'portalBridge' in globalThis && portalBridge.getLocale().then(() => true, () => false));
  const [code, took] = (await frame?.evaluate(async () => {
    const begun = performance.now();
    const failed = await portalBridge.getUserInfo().then(() => 'answered', (error: PortalBridge.PortalError) => error.code);
    return [failed, performance.now() - begun] as const;
  })) ?? ['no frame', 0];
  expect(code).toBe('timeout');
  expect(took).toBeLessThan(2_000);
});

test.describe('with an idle time', () => {
  test.use({ own: { settings: { idleMinutes: 15 } } });

  // hostile.md 47: activity in any frame counts, and the pages of other origins say so themselves.
  test('use of a page in a frame keeps the session', async ({ page, context, signIn, organizations }) => {
    await context.addInitScript(() => {
      Object.defineProperty(UserActivation.prototype, 'isActive', { get: () => false });
    });
    await signIn.as('morgan');
    await organizations.choose(organization.many);
    await page.clock.install();
    const frame = await who(page, other);
    const asked = page.getByRole('dialog', { name: /Are you still there/ });
    await page.clock.runFor(13 * 60_000);
    await post(frame, '{"portal":1,"used":true}');
    await page.clock.runFor(5 * 60_000);
    await expect(asked).toBeHidden();
    await page.clock.runFor(9 * 60_000 + 30_000);
    await expect(asked).toBeVisible();
  });
});

/** Applications of a host of the test's own, on another origin than the portal. */
const strangers = test.extend<{ stranger: string }>({
  stranger: async ({ services }, use) => {
    const server = http.createServer((request, response) => {
      // One address never answers.
      if (request.url?.startsWith('/hangs')) return;
      const name = (request.url ?? '').split('?')[0]?.slice(1) ?? '';
      const file = name === 'portal-bridge.js' ? path.join(places.repository, 'public', name) : fileAt(example, name);
      if (name !== '' && file !== undefined) {
        void readFile(file).then((body) => response.writeHead(200, { 'content-type': contentType(file) }).end(body));
        return;
      }
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Quiet</title><p>Quiet page</p>');
    });
    const port = await listen(server);
    services.push({ stop: () => close(server) });
    await use(`http://localhost:${port}`);
  },
});

strangers.describe('a page that does not come or does not speak', () => {
  const opened = (host: string, path: string, settings: Record<string, unknown>, framed = [host]): Variant => ({
    ...newest,
    organizations: newest.organizations.slice(0, 1),
    applications: [{ id: 'k-odd', name: 'Odd One', order: 0, status: true, url: `${host}${path}` }],
    settings: { frameOrigins: [host], ...settings },
    framed,
  });
  const enter = async ({ page, signIn, launcher }: { page: Page; signIn: SignInPage; launcher: LauncherPage }): Promise<void> => {
    await signIn.send('kim', 'right');
    await launcher.tile('Odd One').click();
    await expect(page).toHaveURL(/\/portal\/k-odd/);
  };

  // docs/embedding.md: what an application developer has after ten minutes.
  strangers('the example of the documentation works in the portal', async ({ page, stranger: host, openOn, guard, signIn, launcher, application }) => {
    guard.allowOrigin(host);
    const variant = opened(host, '/index.html', { bridgeOrigins: [host] });
    const { url } = await openOn(variant);
    // The example trusts portals of this computer that its address names; where this one is, is known now.
    variant.applications = [{ ...Object(variant.applications[0]), url: `${host}/index.html?portal=${encodeURIComponent(new URL(url).origin)}` }];
    await enter({ page, signIn, launcher });
    await page.getByRole('button', { name: 'Account menu' }).waitFor();
    const inside = application.main.getByTitle('Odd One').contentFrame();
    await expect(inside.getByRole('heading', { name: 'Pumps' })).toBeVisible();
    await expect(inside.getByText('Alpha Wind')).toBeVisible();
    await expect(page).toHaveTitle(/^P-1 · Odd One/);
    await inside.getByLabel('Pump').selectOption('P-3');
    await expect(page).toHaveURL(/state=pump%253DP-3$/);
    await expect(page).toHaveTitle(/^P-3/);
    await page.goBack();
    await expect(inside.getByLabel('Pump')).toHaveValue('P-1');
    await inside.getByLabel('Note').click();
    await inside.getByLabel('Note').fill('leaks');
    // Messages arrive in their order: with this one answered, the portal knows of the note.
    await inside.locator('body').evaluate(() => portalBridge.setPageTitle('P-1'));
    await page.getByRole('link', { name: 'Application Portal' }).click();
    await expect(page.getByRole('dialog', { name: 'Leave without saving?' })).toBeVisible();
    await page.keyboard.press('Escape');
    await inside.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('link', { name: 'Application Portal' }).click();
    await expect(launcher.heading).toBeVisible();
  });

  strangers('S9: no word ten seconds after it has loaded, where its origin speaks with the portal', async ({ page, stranger: host, openOn, guard, signIn, launcher, application }) => {
    strangers.slow();
    guard.allowOrigin(host);
    await openOn(opened(host, '/quiet', { bridgeOrigins: [host] }));
    await enter({ page, signIn, launcher });
    await expect(application.main.getByTitle('Odd One').contentFrame().getByText('Quiet page')).toBeVisible();
    await expect(application.main.getByText('Odd One does not answer.')).toBeVisible({ timeout: 15_000 });
    await expect(application.main.getByRole('link', { name: 'Open in a new tab' }).first()).toHaveAttribute('href', `${host}/quiet`);
    await application.main.getByRole('button', { name: 'Wait' }).click();
    await expect(application.main.getByText('Odd One does not answer.')).toBeHidden();
  });

  strangers('S9: where nobody says that it speaks, a quiet question stands until it is used', async ({ page, stranger: host, openOn, guard, signIn, launcher, application }) => {
    guard.allowOrigin(host);
    await openOn(opened(host, '/quiet', {}));
    await enter({ page, signIn, launcher });
    const doubt = application.main.getByRole('button', { name: 'Nothing here?' });
    await doubt.click();
    await expect(page.getByRole('dialog', { name: 'About this page' })).toContainText('No word so far');
    await page.keyboard.press('Escape');
    await application.main.getByTitle('Odd One').contentFrame().getByText('Quiet page').click();
    await expect(doubt).toBeHidden();
  });

  strangers('S9: a page that does not load in fifteen seconds', async ({ page, stranger: host, openOn, guard, signIn, launcher, application }) => {
    strangers.slow();
    guard.allowOrigin(host);
    await openOn(opened(host, '/hangs', {}));
    await enter({ page, signIn, launcher });
    await expect(application.main.getByText('Odd One does not load.')).toBeVisible({ timeout: 20_000 });
    await expect(application.main.getByRole('link', { name: 'Open in a new tab' }).first()).toBeVisible();
  });

  strangers('S9: a page that the policy of the portal refuses', async ({ page, stranger: host, openOn, guard, signIn, launcher, application }) => {
    guard.allowOrigin(host);
    guard.allow(/frame-src/, /Content Security Policy|Framing/i);
    await openOn(opened(host, '/quiet', {}, []));
    await enter({ page, signIn, launcher });
    await expect(application.main.getByText('This portal may not show Odd One here.')).toBeVisible();
  });
});
