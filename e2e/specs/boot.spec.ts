// When the portal cannot start: a page that says what is wrong, never a blank one (G6, G9; hostile.md 22, 82).
import { existsSync, readdirSync } from 'node:fs';
import { cp, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { expectAccessible } from '../support/a11y.ts';
import { places, startStatic, type Site } from '../support/host.mjs';
import { expect, test } from '../support/test.ts';

/** A copy of the site, spoilt by `spoil`, on a plain host; gone after `use`. */
async function spoilt(spoil: (folder: string) => Promise<void>, use: (site: Site) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'portal-spoilt-'));
  try {
    await cp(places.site, folder, { recursive: true });
    await spoil(folder);
    await cp(path.join(folder, 'index.html'), path.join(folder, '404.html'));
    const site = await startStatic({ folder, base: '/' });
    try {
      await use(site);
    } finally {
      await site.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function eachWasm(folder: string, then: (file: string) => Promise<void>): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile() && entry.name.endsWith('.wasm')) await then(path.join(entry.parentPath, entry.name));
  }
}

const endings: [string, (file: string) => Promise<void>][] = [
  ['is missing', (file) => rm(file)],
  ['is rubbish', (file) => writeFile(file, 'no program at all')],
  ['is cut off', async (file) => writeFile(file, (await readFile(file)).subarray(0, 1000))],
];
for (const [how, spoil] of endings) {
  test(`the program ${how}: the page says so and offers another try`, async ({ page, guard }) => {
    guard.allow(/./);
    await spoilt(
      (folder) => eachWasm(folder, spoil),
      async (site) => {
        guard.allowOrigin(...site.origins);
        await page.goto(site.url);
        await expect(page.getByRole('alert').or(page.getByRole('heading')).filter({ hasText: /start|working/i }).first()).toBeVisible();
        await expect(page.getByRole('button').or(page.getByRole('link')).first()).toBeVisible();
        await expectAccessible(page);
      },
    );
  });
}

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });
  test('the page says what it needs', async ({ page }) => {
    await page.goto('./');
    await expect(page.getByText(/JavaScript/).first()).toBeVisible();
  });
});

// G6: one source of truth, checked; the message names the bad key.
const settings: [string, string, RegExp][] = [
  ['an unknown key', '{"apiBsae":"/app-portal-service"}', /apiBsae/],
  ['a wrong type', '{"locales":"en-US"}', /locales/],
  ['a service elsewhere without encryption', '{"apiBase":"http://evil.example/app-portal-service"}', /apiBase/],
  ['a script for a scheme', '{"launchSchemes":["javascript"]}', /launchSchemes/],
  ['a token for pages that are in no frame', '{"tokenOrigins":["https://a.example"]}', /tokenOrigins\[0\].*frameOrigins/],
  ['a right that would open the sandbox', '{"frameOrigins":["https://a.example"],"frameRights":{"https://a.example":["top-navigation"]}}', /frameRights\.https:\/\/a\.example\[0\]/],
  ['no JSON', '{"title": ', /portal\.json/],
];
for (const [what, text, names] of settings) {
  test(`portal.json with ${what}: the message names it`, async ({ page, guard }) => {
    guard.allow(/./);
    await spoilt(
      (folder) => writeFile(path.join(folder, 'portal.json'), text),
      async (site) => {
        guard.allowOrigin(...site.origins);
        await page.goto(site.url);
        await expect(page.locator('body')).toContainText(names);
        await expect(page.locator('body')).toContainText(/portal\.json/);
        await expect(page.getByRole('heading', { name: 'Sign in', exact: true })).toBeHidden();
        expect(guard.requests.join('\n')).not.toContain('evil.example');
      },
    );
  });
}

// First paint is static HTML and CSS: something of the portal stands before any script has run.
// A proxy before the portal may want its cookie for every file.
test('the manifest is asked for with cookies', async ({ page, signIn }) => {
  await signIn.open();
  await expect(page.locator('link[rel=manifest]')).toHaveAttribute('crossorigin', 'use-credentials');
});

test('the first paint needs no program', async ({ page, guard }) => {
  guard.allow(/net::ERR_/);
  await page.route(/\.(wasm|js)(\?|$)/, () => undefined);
  await page.goto('./', { waitUntil: 'commit' });
  await expect.poll(() => page.evaluate(() => performance.getEntriesByName('first-contentful-paint').length)).toBe(1);
});

// A screen whose part of the program does not arrive: words and another try, not a blank (hostile.md 82).
test('a part of the program that does not arrive: the page says so, and the next try works', async ({ page, guard, signIn }) => {
  guard.allow(/./);
  let part = '';
  await spoilt(
    async (folder) => {
      const name = (await readdir(folder)).find((file) => /^part-entry-.*\.wasm$/.test(file)) ?? '';
      part = path.join(folder, name);
      await rename(part, `${part}.away`);
    },
    async (site) => {
      guard.allowOrigin(...site.origins);
      await page.goto(site.url);
      await expect(page.getByRole('heading', { name: 'A part of the portal did not arrive' })).toBeVisible();
      await expect(page.getByRole('button', { name: 'Reload the page' })).toBeVisible();
      await expectAccessible(page);
      // As after a moment without network.
      await rename(`${part}.away`, part);
      await page.getByRole('button', { name: 'Try again' }).click();
      await expect(signIn.heading).toBeVisible();
    },
  );
});

/** A screen that each part of the program is needed for. */
const screens: Record<string, string> = {
  entry: './login',
  application: './portal/soiling-watch',
  further: './people',
  console: './console',
  rest: './there-is-none',
  // What several parts have in common.
  shared: './people',
};
const partFiles = existsSync(places.site) ? readdirSync(places.site).filter((file) => /^part-.*\.wasm$/.test(file)) : [];
// Those for two or three parts have the names of these.
const partNames = partFiles.map((file) => file.replace(/^part-(\w+)-\w+\.wasm$/, '$1')).sort();
for (const name of partNames) {
  test(`the part ${name} does not arrive: a page with another try, and no panic`, async ({ page, guard, signIn, launcher }) => {
    guard.allow(/./);
    const screen = name.split('_').map((part) => screens[part]).find((address) => address !== undefined);
    expect(screen, 'name a screen for the new part').toBeDefined();
    if (name !== 'entry') {
      await signIn.as('solo');
      await expect(launcher.links.first()).toBeVisible();
    }
    await page.route(`**/part-${name}-*.wasm`, (route) => route.abort());
    await page.goto(screen ?? '');
    const gone = page.getByRole('heading', { name: 'A part of the portal did not arrive' });
    await expect(gone).toBeVisible();
    await expect(page.getByRole('alertdialog')).toBeHidden();
    await page.unroute(`**/part-${name}-*.wasm`);
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(gone).toBeHidden();
    await expect(page.getByRole('main')).toBeVisible();
    await expect(page.getByRole('alertdialog')).toBeHidden();
    expect(guard.said.join('\n')).not.toMatch(/panicked|The program stopped/);
  });
}

test('every part of the program has a file of its own', () => {
  for (const part of Object.keys(screens)) expect(partNames).toContain(part);
});

// performance.md: the launcher waits for nothing that it does not show.
test('the launcher asks for no other part before its tiles stand, then for those that come next', async ({ page, signIn, launcher }) => {
  await signIn.as('solo');
  await expect(launcher.links.first()).toBeVisible();
  await page.addInitScript(() => {
    const seen = { parts: new Map<string, number>(), tiles: 0 };
    Object.assign(globalThis, { seen });
    new PerformanceObserver((list) => {
      for (const { name, startTime } of list.getEntries()) {
        const part = /part-(\w+)-\w+\.wasm$/.exec(name)?.[1];
        if (part !== undefined) seen.parts.set(part, startTime);
      }
    }).observe({ type: 'resource', buffered: true });
    new MutationObserver(() => {
      if (seen.tiles === 0 && document.querySelector('[aria-setsize]') !== null) seen.tiles = performance.now();
    }).observe(document, { childList: true, subtree: true });
  });
  await page.reload();
  await expect(launcher.links.first()).toBeVisible();
  const seen = () =>
    page.evaluate(() => {
      const { parts, tiles } = Reflect.get(globalThis, 'seen') as { parts: Map<string, number>; tiles: number };
      return { parts: [...parts.keys()], early: [...parts].filter(([, start]) => start < tiles).map(([part]) => part), tiles };
    });
  for (const part of ['rest', 'application']) {
    await expect.poll(async () => (await seen()).parts, { message: part }).toContain(part);
  }
  expect((await seen()).tiles).toBeGreaterThan(0);
  expect((await seen()).early).toEqual([]);
});
