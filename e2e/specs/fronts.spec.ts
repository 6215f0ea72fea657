// The duties of whatever serves the portal before a real gateway, held for portal-server, nginx and Caddy alike: headers,
// caching, compression, deep links, and calls that arrive signed or not at all.
import { readdir } from 'node:fs/promises';

import { MessagesPage } from '../pages/messages.ts';
import { organization } from '../support/accounts.ts';
import type { Fronted } from '../support/fronts.ts';
import { places } from '../support/host.mjs';
import { expect, test } from '../support/test.ts';

const hashed = async (kind: string): Promise<string> => {
  const names = await readdir(places.site);
  return names.find((name) => new RegExp(`-[0-9a-f]{12,16}(_bg)?\\.${kind}$`).test(name)) ?? `no hashed ${kind}`;
};

const sandbox = 'sandbox allow-scripts allow-forms allow-popups allow-downloads';

// hostile.md 57: once, and the same with every kind of answer; with what is no file of the site the sandbox besides, in the
// same policy or in one more.
test('security headers come once with every kind of answer', async ({ request, site }) => {
  const first = (await request.get('./')).headers()['content-security-policy'] ?? '';
  expect(first).toContain("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'");
  expect(first).not.toContain('sandbox');
  const script = await hashed('js');
  for (const address of ['', 'index.html', 'login', 'portal.json', 'boot.js', script, 'gone.js', 'app-portal-service/v2.2/login']) {
    const reply = await fetch(new URL(address, site.url), { headers: { accept: '*/*' } });
    await reply.arrayBuffer();
    const headers = Object.fromEntries(reply.headers);
    const other = address === 'gone.js' || address.startsWith('app-portal-service');
    expect((headers['content-security-policy'] ?? '').replace(/[;,] (?=sandbox)/, '; '), address).toBe(other ? `${first}; ${sandbox}` : first);
    expect(headers['x-content-type-options'], address).toBe('nosniff');
    expect(headers['referrer-policy'], address).toBe('no-referrer');
    expect(headers['cross-origin-opener-policy'], address).toBe(other ? undefined : 'same-origin-allow-popups');
    expect(headers['set-cookie'], address).toBeUndefined();
    expect(headers['server'] ?? '', address).not.toMatch(/\d/);
  }
});

test('files are kept by their names', async ({ request }) => {
  const cases = [
    [await hashed('js'), 'public, max-age=31536000, immutable', /^text\/javascript|^application\/javascript/],
    [await hashed('wasm'), 'public, max-age=31536000, immutable', /^application\/wasm$/],
    ['boot.js', 'no-cache', /javascript/],
    ['portal.json', 'no-cache', /^application\/json/],
    ['manifest.webmanifest', 'no-cache', /^application\/manifest\+json$/],
    ['portal-bridge.d.ts', 'no-cache', /^text\/plain/],
    ['', 'no-store', /^text\/html; charset=utf-8$/],
    ['index.html', 'no-store', /^text\/html; charset=utf-8$/],
    ['deep/link', 'no-store', /^text\/html; charset=utf-8$/],
  ] as const;
  for (const [address, kept, type] of cases) {
    const reply = await request.get(`./${address}`);
    expect(reply.status(), address).toBe(200);
    expect(reply.headers()['cache-control'], address).toBe(kept);
    expect(reply.headers()['content-type'], address).toMatch(type);
  }
  const call = await request.get('./app-portal-service/v2.2/session/info');
  expect(call.headers()['cache-control']).toBe('no-store');
});

test('what the build compressed is sent compressed', async ({ request }) => {
  for (const address of ['boot.js', await hashed('wasm'), '']) {
    const reply = await request.get(`./${address}`, { headers: { 'accept-encoding': 'gzip' } });
    // A debug build has no copies to send.
    const copies = await readdir(places.site);
    const copy = `${address === '' ? 'index.html' : address}.gz`;
    if (copies.includes(copy)) expect(reply.headers()['content-encoding'], address).toBe('gzip');
    else expect(reply.status(), address).toBe(200);
  }
});

test('only a browser that asks for a page gets one', async ({ request }) => {
  const get = async (address: string, headers: Record<string, string>) => (await request.get(`./${address}`, { headers })).status();
  expect(await get('portal/x/y', { 'sec-fetch-dest': 'document', accept: 'text/html' })).toBe(200);
  expect(await get('portal/x/y', { 'sec-fetch-dest': 'iframe', accept: 'text/html' })).toBe(404);
  expect(await get('gone.js', { 'sec-fetch-dest': 'script', accept: '*/*' })).toBe(404);
  expect(await get('gone.json', { 'sec-fetch-dest': 'empty', accept: 'application/json' })).toBe(404);
  // Whoever does not say what it is for: programs, older browsers.
  expect(await get('gone.js', { accept: '*/*' })).toBe(404);
  expect(await get('gone.js', { accept: 'text/html,*/*;q=0.8' })).toBe(404);
  expect(await get('portal/x/y', { accept: '*/*' })).toBe(200);
  expect(await get('apps/com.example.pumps', { accept: 'text/html,*/*;q=0.8' })).toBe(200);
});

test('no script of the host but the portal’s own becomes a service worker', async ({ request }) => {
  const worker = { 'service-worker': 'script', 'sec-fetch-dest': 'serviceworker' };
  for (const address of ['boot.js', 'portal-bridge.js', 'app-portal-service/v2.2/login', 'launcher']) {
    expect((await request.get(`./${address}`, { headers: worker })).status(), address).toBe(403);
  }
  expect((await request.get('./refresh-worker.js', { headers: worker })).status()).not.toBe(403);
});

test('only what a browser may call reaches the service, and everything that does is signed', async ({ request, site }) => {
  const codeOf = async (path: string, method = 'GET') => {
    const reply = await request.fetch(`./app-portal-service${path}`, { method, ...(method === 'POST' ? { data: {} } : {}) });
    return ((await reply.json()) as { code: number }).code;
  };
  expect(await codeOf('/v2.2/session/info')).toBe(31401);
  expect(await codeOf('/v2.2/login', 'POST')).toBe(31400);
  expect(await codeOf('/v2.2/asset/sync?orgId=o-north-sea')).toBe(31403);
  expect(await codeOf('/v2.2/message/produce', 'POST')).toBe(31403);
  expect(await codeOf('/v2.2//session/info')).toBe(31403);
  expect(await codeOf('/v2.2/%73ession/info')).toBe(31403);
  expect((site as Fronted).gateway.refused).toBe(0);
});

// contract.md 0.3: such a call is signed with the application's rights, and passes for this session alone.
test('operations of servers pass for who is signed in, for the own organization', async ({ page, site, signIn, organizations, launcher }) => {
  const messages = new MessagesPage(page);
  await page.goto('./');
  await signIn.send('morgan');
  await organizations.choose(organization.many);
  await expect(launcher.tile('Turbine Monitor')).toHaveAccessibleDescription(/7 unresolved messages/, { timeout: 30_000 });
  await messages.open();
  await messages.show('Turbine Monitor');
  await messages.mark('o-north-sea.turbine-monitor.0003').click();
  await expect(messages.application('Turbine Monitor')).toContainText('6', { timeout: 30_000 });
  await expect(messages.mark('o-north-sea.turbine-monitor.0003')).toHaveCount(0);
  // The same without a session, as somebody would who only knows the address.
  const body = { accessKey: 'turbine-monitor', orgId: 'o-north-sea' };
  const reply = await page.request.post(new URL('app-portal-service/v2.2/message/unresolved/list', site.url).href, { data: body });
  expect(((await reply.json()) as { code: number }).code).toBe(31403);
});

// A service that is gone, silent, garbage or endless: the page says what it can, with the name of the call for the help
// desk as the log of portal-server has it, and goes on when the service is back.
for (const [fault, words] of [
  ['closed', 'The service has a problem.'],
  ['garbage', 'The service has a problem.'],
  ['huge', 'The service has a problem.'],
  ['silence', 'The service took too long to answer.'],
] as const) {
  test(`a service that answers with ${fault} is explained, and found again`, async ({ page, site, signIn, launcher }) => {
    const { gateway } = site as Fronted;
    await page.goto('./');
    await signIn.send('solo');
    await expect(launcher.heading).toBeVisible();
    gateway.faults.set('/user/app/list', fault);
    const answered = page.waitForResponse(/\/user\/app\/list/);
    await page.reload();
    const id = (await answered).headers()['x-request-id'] ?? 'none';
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{6}$/);
    const main = page.getByRole('main');
    await expect(main).toContainText(words);
    await expect(main).toContainText(/Request id: [0-9a-f]{8}-[0-9a-f]{6}/);
    gateway.faults.clear();
    await main.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => launcher.said()).toBeGreaterThan(0);
  });
}
