// The client of the bridge in a real frame, with a page in place of the portal that says what the test wants. Also the
// example of docs/embedding.md, so that it stays true.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { brotliCompressSync } from 'node:zlib';

import type { Frame } from '@playwright/test';
import { expect } from '@playwright/test';

import { places } from '../support/host.mjs';
import { answer, application, call, frame, messages, portal, say, test, welcome } from '../support/stand-in.ts';

declare global {
  interface Window {
    told: unknown[];
  }
}

const start = (inside: Frame, options: object): Promise<void> =>
  inside.evaluate((given) => {
    // The second time in a page, the handlers are there already.
    const again = Array.isArray(window.told);
    window.told = [];
    const note = (what: string) => (value: unknown) => void window.told.push([what, value]);
    portalBridge.connect(given).then(note('welcome'), (error: PortalBridge.PortalError) => note('refused')(error.code));
    for (const event of ['locale', 'theme', 'state'] as const) if (!again) portalBridge.on(event, note(event));
  }, options);

const told = (inside: Frame): Promise<unknown[]> => inside.evaluate(() => window.told);

test('is less than 3 KiB as it is sent', async () => {
  const { length } = brotliCompressSync(await readFile(path.join(places.repository, 'public/portal-bridge.js')));
  expect(length).toBeLessThan(3072);
});

test('outside a frame: says so at once', async ({ page, port }) => {
  await page.goto(`${application(port)}/bare`);
  const code = await page.evaluate(() => portalBridge.connect().then(() => 'welcome', (error: PortalBridge.PortalError) => [error.name, error.code]));
  expect(code).toEqual(['PortalError', 'not-embedded']);
  const early = await page.evaluate(() => portalBridge.getLocale().catch((error: PortalBridge.PortalError) => error.code));
  expect(early, 'a call before connect()').toBe('no-answer');
});

test('greets until it is welcomed, and gives up after two seconds', async ({ page, port }) => {
  const inside = await frame(page, port, `${application(port)}/bare`);
  await start(inside, { takes: ['state'] });
  await expect.poll(async () => (await messages(page)).length).toBeGreaterThan(2);
  expect((await messages(page))[0]).toEqual({ portal: 1, greet: { client: '1.0.0', page: expect.stringMatching(/^\w+$/), takes: ['state'] } });
  await expect.poll(() => told(inside)).toEqual([['refused', 'no-answer']]);
  // The next try begins anew.
  await start(inside, {});
  await say(page, welcome);
  await expect.poll(() => told(inside)).toEqual([['welcome', welcome.welcome]]);
});

// hostile.md 50: another window, another origin, and what is no message change nothing.
test('hears the portal alone', async ({ page, port }) => {
  const inside = await frame(page, port, `${application(port)}/bare`);
  await start(inside, { portals: [application(port)] });
  await say(page, welcome);
  await expect.poll(() => told(inside), 'the portal is at another origin than the list says').toEqual([['refused', 'no-answer']]);
  expect(await messages(page), 'a greeting goes to listed origins alone').toEqual([]);

  await start(inside, { portals: [portal(port), 'https://portal.example.com'] });
  for (const odd of ['', 'x', '{', 'null', '[]', '{"portal":2,"welcome":{}}', '{"welcome":{}}']) await say(page, odd);
  await page.evaluate(() => document.querySelector('iframe')?.contentWindow?.postMessage({ portal: 1, welcome: {} }, '*'));
  await inside.evaluate((text) => window.postMessage(text, '*'), JSON.stringify(welcome));
  expect(await told(inside)).toEqual([]);
  await say(page, welcome);
  await expect.poll(() => told(inside)).toEqual([['welcome', welcome.welcome]]);
  for (const event of ['constructor', '__proto__', 'nothing']) await say(page, { portal: 1, event, value: 1 });
  await say(page, { portal: 1, event: 'theme', value: 'DARK' });
  await expect.poll(() => told(inside)).toEqual([['welcome', welcome.welcome], ['theme', 'DARK']]);
});

test('calls are answered, refused, or end after two seconds', async ({ page, port }) => {
  const inside = await frame(page, port, `${application(port)}/bare`);
  await start(inside, { portals: [portal(port)] });
  await say(page, welcome);
  const locale = inside.evaluate(() => portalBridge.getLocale());
  await answer(page, 'getLocale', 'zh-CN');
  expect(await locale).toBe('zh-CN');
  const token = inside.evaluate(() => portalBridge.getAccessToken({ check: true }).catch((error: Error) => [error.name, (error as PortalBridge.PortalError).code, error.message]));
  const asked = await call(page, 'getAccessToken');
  expect(asked.with).toEqual({ check: true });
  await say(page, { portal: 1, id: asked.id, error: { code: 'not-allowed', message: 'No.' } });
  expect(await token).toEqual(['PortalError', 'not-allowed', 'getAccessToken: No.']);
  const begun = Date.now();
  const never = await inside.evaluate(() => portalBridge.setViewMode(2).catch((error: PortalBridge.PortalError) => error.code));
  expect(never).toBe('no-answer');
  expect(Date.now() - begun).toBeLessThan(4000);
  // What each function sends.
  await inside.evaluate(() => {
    const calls = [
      portalBridge.setPageTitle('T'), portalBridge.toggleMenu(false), portalBridge.switchPage({ menuCode: 'm', state: 's' }), portalBridge.setHelpUrl(null),
      portalBridge.setNotificationUrl('/n'), portalBridge.setUnsaved(true), portalBridge.setState('x', { step: true }), portalBridge.logout(),
    ];
    for (const one of calls) one.catch(() => undefined);
  });
  await call(page, 'logout');
  const sent = (await messages(page)).slice(-8).map((message) => [message.call, message.with]);
  expect(sent).toEqual([
    ['setPageTitle', { title: 'T' }], ['toggleMenu', { shown: false }], ['switchPage', { menuCode: 'm', state: 's' }], ['setHelpUrl', { url: null }],
    ['setNotificationUrl', { url: '/n' }], ['setUnsaved', { unsaved: true }], ['setState', { state: 'x', step: true }], ['logout', {}],
  ]);
});

test('use is told at most every five seconds', async ({ page, port }) => {
  const inside = await frame(page, port, `${application(port)}/bare`);
  await start(inside, {});
  await say(page, welcome);
  await expect.poll(() => told(inside)).toHaveLength(1);
  for (let press = 0; press < 5; press += 1) await page.mouse.click(50, 50);
  await expect.poll(async () => (await messages(page)).filter((message) => message.used)).toHaveLength(1);
});

test('the example of the documentation works in a portal and alone', async ({ page, port }) => {
  await page.goto(`${application(port)}/index.html`);
  await expect(page.getByRole('heading', { name: 'Pumps' })).toBeVisible();
  await page.getByLabel('Note').fill('x');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByLabel('Note')).toHaveValue('');

  const inside = await frame(page, port, `${application(port)}/index.html?portal=${encodeURIComponent(portal(port))}`);
  await say(page, { ...welcome, welcome: { ...welcome.welcome, theme: 'DARK', state: 'pump=P-2' } });
  const user = { name: 'morgan', nickName: 'Morgan Keller', organization: { id: 'o', name: 'North Sea Energy' } };
  await answer(page, 'getUserInfo', user);
  await expect(inside.getByText('Morgan Keller, North Sea Energy')).toBeVisible();
  await expect(inside.getByLabel('Pump')).toHaveValue('P-2');
  await expect(inside.locator('html')).toHaveAttribute('data-theme', 'dark');
  expect((await call(page, 'setPageTitle')).with).toEqual({ title: 'P-2' });
  await inside.getByLabel('Pump').selectOption('P-3');
  expect((await call(page, 'setState')).with).toEqual({ state: 'pump=P-3', step: true });
  await inside.getByLabel('Note').fill('leaks');
  expect((await call(page, 'setUnsaved')).with).toEqual({ unsaved: true });
  await say(page, { portal: 1, event: 'state', value: null });
  await expect(inside.getByLabel('Pump')).toHaveValue('P-1');
  await say(page, { portal: 1, event: 'locale', value: 'zh-CN' });
  await expect(inside.getByRole('heading', { name: '水泵' })).toBeVisible();
  await expect(inside.getByText('Morgan Keller，North Sea Energy')).toBeVisible();
});
