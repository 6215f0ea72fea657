// A page whose files are not where it looks for them: a new version has replaced them, or the site stands at another path
// than it was built for.
import type { Page } from '@playwright/test';

import { places, startStatic } from '../support/host.mjs';
import { expect, test } from '../support/test.ts';

const newVersion = /A new version of the portal is available/;
const otherPath = /built for another base path/;

/** How often the page itself was asked for. */
function loads(page: Page): () => number {
  let count = 0;
  page.on('request', (request) => {
    if (request.isNavigationRequest() && request.frame() === page.mainFrame()) count += 1;
  });
  return () => count;
}

/** The start page of another version: its program has other names. */
const other = (html: string): string => html.replace(/(app-portal-)[0-9a-f]{4}/g, '$1ffff');

test.describe('files that a new version has replaced', () => {
  test.beforeEach(({ guard }) => guard.allow(/./));

  test('the page loads itself again, once, and starts', async ({ page, signIn }) => {
    const count = loads(page);
    await page.route(/\/$/, async (route) => {
      const reply = await route.fetch();
      await route.fulfill({ response: reply, body: count() === 1 ? other(await reply.text()) : await reply.text() });
    });
    await page.goto('./');
    await expect(signIn.heading).toBeVisible();
    expect(count()).toBe(2);
  });

  for (const [how, answer] of [
    ['nothing', { status: 404, contentType: 'text/plain', body: 'Not found' }],
    ['the start page', { status: 200, contentType: 'text/html', body: '<!doctype html><title>Portal</title>' }],
  ] as const) {
    test(`an old start page that comes again, its program answered by ${how}: said, without a loop`, async ({ page }) => {
      const count = loads(page);
      await page.route(/app-portal-ffff/, (route) => route.fulfill(answer));
      await page.route(/\/$/, async (route) => {
        const reply = await route.fetch();
        await route.fulfill({ response: reply, body: other(await reply.text()) });
      });
      await page.goto('./');
      await expect(page.getByRole('alert').getByText(newVersion)).toBeVisible();
      await page.waitForTimeout(1_500);
      expect(count()).toBe(2);
    });
  }

  for (const mends of [true, false]) {
    test(`a part of the program that is gone, and ${mends ? 'comes' : 'does not come'} with a page that is loaded again`, async ({ page, signIn }) => {
      const count = loads(page);
      await page.route(/part-entry-/, (route) => (mends && count() > 1 ? route.continue() : route.fulfill({ status: 404, body: '' })));
      // Asked for by the program, it names another version.
      await page.route(/\/$/, async (route) => {
        if (route.request().isNavigationRequest()) return route.continue();
        const reply = await route.fetch();
        return route.fulfill({ response: reply, body: other(await reply.text()) });
      });
      await page.goto('./');
      if (mends) await expect(signIn.heading).toBeVisible();
      else await expect(page.getByRole('heading', { name: newVersion })).toBeVisible();
      await page.waitForTimeout(1_000);
      expect(count()).toBe(2);
    });
  }
});

test('a site that stands at another path than it was built for says so within two seconds', async ({ page, guard }) => {
  guard.allow(/./);
  const site = await startStatic({ folder: places.site, base: '/portal/' });
  guard.allowOrigin(...site.origins);
  await page.goto(site.url);
  await expect(page.getByAltText(otherPath)).toBeVisible({ timeout: 2_000 });
  const drawn = await page.getByAltText(otherPath).evaluate((image: HTMLImageElement) => ({ loaded: image.naturalWidth > 0, height: image.clientHeight }));
  expect(drawn.loaded).toBe(false);
  expect(drawn.height, 'the words are drawn').toBeGreaterThan(60);
  await site.stop();
});

test('a site at its own path says nothing of paths, however slow the program is', async ({ page, guard }) => {
  guard.allow(/net::ERR_/);
  await page.route(/app-portal-.*\.(js|wasm)$/, () => undefined);
  await page.goto('./', { waitUntil: 'commit' });
  await page.waitForTimeout(2_500);
  await expect(page.getByAltText(otherPath)).toBeHidden();
});
