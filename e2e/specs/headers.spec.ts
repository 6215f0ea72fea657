// Headers and the policy of every kind of file (hostile.md F), and how long each is kept.
import { execFile } from 'node:child_process';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

import { places } from '../support/host.mjs';
import { expect, test } from '../support/test.ts';

/** Addresses of every kind of file that index.html names, and of what stands beside it. */
async function files(): Promise<{ html: string; hashed: string[]; plain: string[] }> {
  const html = await readFile(path.join(places.site, 'index.html'), 'utf8');
  const all = (await readdir(places.site, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && !/\.(br|gz)$/.test(entry.name) && !entry.name.endsWith('.html'))
    .map((entry) => path.relative(places.site, path.join(entry.parentPath, entry.name)))
    .filter((name) => !name.startsWith('sample-apps') && name !== 'headers.txt');
  const hashed = all.filter((name) => /[-_.][0-9a-f]{8,}[-_.]/.test(name));
  return { html, hashed, plain: all.filter((name) => !hashed.includes(name)) };
}

test.describe('with the plain site', () => {
  test.use({ own: { demo: false } });

  // hostile.md 57: the very header that `--print-headers` tells other servers to send.
  test('every kind of file carries the documented policy', async ({ request }) => {
    const printed = (await promisify(execFile)(places.server, ['--site', places.site, '--print-headers'])).stdout;
    const documented = /content-security-policy:\s*(.+)/i.exec(printed)?.[1]?.trim() ?? 'none printed';
    const worker = /# \/refresh-worker\.js.*\ncontent-security-policy:\s*(.+)/i.exec(printed)?.[1]?.trim() ?? 'none printed';
    const { hashed, plain } = await files();
    for (const address of ['', 'login', 'portal/x/y', 'nothing-here', ...hashed, ...plain]) {
      const reply = await request.get(`./${address}`);
      const headers = reply.headers();
      expect(headers['content-security-policy'], address).toBe(address === 'refresh-worker.js' ? worker : documented);
      expect(headers['x-content-type-options'], address).toBe('nosniff');
      expect(headers['referrer-policy'], address).toBe('no-referrer');
      expect(headers['cross-origin-opener-policy'], address).toBe('same-origin-allow-popups');
      expect(headers['permissions-policy'], address).toBeTruthy();
    }
  });

  test('the policy is strict', async ({ request }) => {
    const policy = (await request.get('./')).headers()['content-security-policy'] ?? '';
    const directives = new Map(policy.split(';').map((part) => [part.trim().split(/\s+/)[0] ?? '', part.trim().split(/\s+/).slice(1)]));
    expect(directives.get('default-src')).toEqual(["'none'"]);
    expect(directives.get('script-src')?.sort()).toEqual(["'self'", "'wasm-unsafe-eval'"]);
    expect(directives.get('object-src')).toEqual(["'none'"]);
    expect(directives.get('base-uri')).toEqual(["'none'"]);
    expect(directives.get('frame-ancestors')).toEqual(["'none'"]);
    expect(directives.get('form-action')).toEqual(["'self'"]);
    expect(policy).not.toMatch(/unsafe-inline|'unsafe-eval'|strict-dynamic|\*/);
  });

  test('there is no reference service and no counters', async ({ request }) => {
    expect((await request.get('./__demo/calls')).headers()['content-type'] ?? '').not.toMatch(/json/);
    const service = await request.post('./app-portal-service/v2.2/login', { data: { account: 'morgan', password: 'portal' } });
    expect(service.status()).toBeGreaterThanOrEqual(400);
  });
});

test('hashed files are kept for ever, the others are asked for again, HTML is not kept', async ({ request }) => {
  const { hashed, plain } = await files();
  expect(hashed.some((name) => name.endsWith('.wasm'))).toBe(true);
  for (const name of hashed) expect((await request.get(`./${name}`)).headers()['cache-control'], name).toMatch(/immutable/);
  for (const name of plain) expect((await request.get(`./${name}`)).headers()['cache-control'], name).toMatch(/no-cache/);
  for (const name of ['', 'login', 'portal/x']) {
    expect((await request.get(`./${name}`)).headers()['cache-control'], name).toMatch(/no-store/);
  }
});

// hostile.md 60
test('content types are right and everything large is compressed', async ({ request }) => {
  const { hashed } = await files();
  const types = { wasm: 'application/wasm', js: /javascript/, css: /text\/css/ } as const;
  for (const [kind, type] of Object.entries(types)) {
    const name = hashed.find((one) => one.endsWith(`.${kind}`)) ?? '';
    const reply = await request.get(`./${name}`, { headers: { 'accept-encoding': 'br' } });
    expect(reply.headers()['content-type'], name).toMatch(type);
    expect(reply.headers()['content-encoding'], name).toBe('br');
    expect((await request.get(`./${name}`, { headers: { 'accept-encoding': 'gzip' } })).headers()['content-encoding'], name).toBe('gzip');
  }
  expect((await request.get('./portal.json')).headers()['content-type']).toMatch(/json/);
});

test('a file that does not exist is no page', async ({ request }) => {
  for (const name of ['missing-0123456789abcdef.js', 'missing.wasm', 'style/missing.css']) {
    for (const headers of [{ 'sec-fetch-dest': 'script' }, { accept: '*/*' }, { accept: 'text/html,*/*;q=0.8' }]) {
      expect((await request.get(`./${name}`, { headers })).status(), name).toBe(404);
    }
  }
});

// A frame never shows the portal inside the portal.
test('the fallback answers documents only, and not below sample-apps', async ({ request }) => {
  expect((await request.get('./portal/x', { headers: { 'sec-fetch-dest': 'document' } })).status()).toBe(200);
  expect((await request.get('./portal/x')).status()).toBe(200);
  for (const dest of ['iframe', 'frame', 'embed', 'object', 'script', 'empty']) {
    expect((await request.get('./portal/x', { headers: { 'sec-fetch-dest': dest } })).status(), dest).toBe(404);
  }
  const sample = await request.get('./sample-apps/nothing.html');
  expect(sample.status()).toBe(404);
  expect(sample.headers()['content-security-policy']).toMatch(/frame-ancestors 'self'; sandbox allow-scripts/);
});

// The portal's origin is the portal's alone, wherever a page of its host is opened; on another origin it is itself.
test('an application of the portal’s host has no origin in a tab of its own either', async ({ page, site }) => {
  const address = 'sample-apps/generic/page.html';
  const origins: string[] = [];
  for (const origin of site.origins.slice(0, 2)) {
    const reply = await page.goto(new URL(address, `${origin}/`).href);
    expect(reply?.status()).toBe(200);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    origins.push(await page.evaluate(() => self.origin));
  }
  expect(origins).toEqual(['null', site.origins[1]]);
});

// hostile.md 58
test('index.html holds no inline script, handler or style attribute', async () => {
  const { html } = await files();
  for (const [, attributes = '', text = ''] of html.matchAll(/<script([^>]*)>([\s\S]*?)<\/script>/g)) {
    expect(attributes).toContain('src=');
    expect(text.trim()).toBe('');
  }
  expect(html).not.toMatch(/\son[a-z]+\s*=/i);
  expect(html).not.toMatch(/<[^>]+\sstyle\s*=/i);
  expect([...html.matchAll(/<style/g)].length).toBeLessThanOrEqual(1);
});

// hostile.md 59
test('injected scripts and eval are blocked', async ({ page, signIn, guard }) => {
  guard.allow(/policy: script-src|Content Security Policy|Refused to|EvalError/i);
  await signIn.open();
  const ran = await page.evaluate(async () => {
    const inline = document.createElement('script');
    inline.textContent = 'globalThis.__inline = 1';
    document.head.append(inline);
    const handler = document.createElement('img');
    handler.setAttribute('onerror', 'globalThis.__handler = 1');
    handler.src = 'data:image/png;base64,';
    document.body.append(handler);
    // Not inside the evaluation itself, which the policy lets pass.
    await new Promise((resolve) =>
      setTimeout(() => {
        try {
          (0, eval)('globalThis.__eval = 1');
        } catch {
          // As it must be.
        }
        setTimeout(resolve, 200);
      }, 0),
    );
    return ['__inline', '__handler', '__eval'].filter((name) => Reflect.has(globalThis, name));
  });
  expect(ran).toEqual([]);
  expect(guard.violations.length).toBeGreaterThanOrEqual(2);
});

// hostile.md 33: the production site holds no demo, no map, no secret.
test('the site holds no demo code, no source map and no secret', async () => {
  const { hashed, plain } = await files();
  for (const name of [...hashed, ...plain]) {
    expect(name).not.toMatch(/\.map$/);
    const text = await readFile(path.join(places.site, name), 'latin1');
    // Words on their own: texts stand side by side in a program, and "system" before "organization" is nobody's name.
    const secrets = /sourceMappingURL|\bmorgan\b|North Sea Energy|APP_PORTAL_S_[A-Za-z0-9]{20}|-----BEGIN/g;
    expect([...text.matchAll(secrets)].map(([found]) => found), name).toEqual([]);
  }
});
