// What must not leak: by the referrer, the caches, the address of a call, or what a person takes along (hostile.md C).
import { password } from '../support/accounts.ts';
import { expect, test } from '../support/test.ts';
import { newest } from '../support/variants.ts';

// hostile.md 27: neither a page in a frame nor one in a tab of its own learns where the person came from.
test('pages that are opened get no referrer', async ({ page, context, signIn, organizations, launcher, application, openOn }) => {
  const pages = { a: { headers: { 'content-security-policy': 'sandbox allow-scripts' } } };
  const server = await openOn({ ...newest, pages });
  await signIn.send('kim', 'right');
  await organizations.choose('Alpha Wind');
  await launcher.tile('Anchor').click();
  await application.frameText('Anchor');
  const opened = context.waitForEvent('page');
  await page.getByRole('main').getByRole('button', { name: 'Open in a new tab' }).click();
  await (await opened).waitForLoadState();
  // In the frame, asked whether it may have a tab, and in the tab.
  expect(server.pages.map(({ path }) => path)).toEqual(Array(3).fill('/contract-apps/a.html'));
  expect(server.pages.map(({ referrer }) => referrer)).toEqual(Array(3).fill(undefined));
});

// hostile.md 30: nothing that the service said is kept by the browser.
test('no reply of the service is kept', async ({ page, signIn, launcher }) => {
  const asked: Record<string, string>[] = [];
  page.on('response', async (response) => {
    if (!response.url().includes('/app-portal-service/')) return;
    expect(response.headers()['cache-control']).toContain('no-store');
    asked.push(await response.request().allHeaders());
  });
  await signIn.as('solo');
  await expect(launcher.links.first()).toBeVisible();
  // With the cache of the browser passed over, the request says so as well.
  await expect.poll(() => asked.length).toBeGreaterThan(2);
  for (const headers of asked) expect(headers['cache-control']).toBe('no-cache');
  expect(await page.evaluate(() => caches.keys())).toEqual([]);
});

// The service worker finishes a refresh and does nothing else: it stands in the way of no request.
test('the service worker handles no request and caches nothing', async ({ page, signIn, launcher }) => {
  await signIn.as('solo');
  await expect(launcher.links.first()).toBeVisible();
  const scripts = () =>
    page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).map(({ active }) => active?.scriptURL));
  await expect.poll(scripts).toEqual([new URL('refresh-worker.js', page.url()).href]);
  for (const name of ['refresh-worker.js', 'session-store.js']) {
    const text = await (await page.request.get(name)).text();
    expect(text).not.toMatch(/addEventListener\(["']fetch|onfetch|caches\b/);
  }
});

// hostile.md 31: the password goes in the body of one call, and in no address.
test('the password is sent in the body alone', async ({ page, signIn, launcher, guard }) => {
  await signIn.open();
  const sent = page.waitForRequest((request) => request.url().endsWith('/v2.2/login'));
  await signIn.send('solo');
  const request = await sent;
  expect(request.method()).toBe('POST');
  expect(request.postDataJSON()).toEqual({ account: 'solo', password });
  expect(new URL(request.url()).search).toBe('');
  await expect(launcher.heading).toBeVisible();
  expect(guard.requests.filter((line) => line.includes(`=${password}`))).toEqual([]);
});

// hostile.md 34: who drags a tile, or copies its link, takes its address along and nothing else.
test('a tile that is dragged carries its address alone', async ({ page, signIn, launcher }) => {
  await signIn.as('solo');
  const tile = launcher.links.and(page.locator('[href]')).first();
  await expect(tile).toBeVisible();
  await page.evaluate(() => {
    addEventListener('dragstart', (event) => {
      const all = [...(event.dataTransfer?.types ?? [])].map((type) => [type, event.dataTransfer?.getData(type)]);
      Reflect.set(globalThis, '__dragged', all);
    });
  });
  const box = await tile.boundingBox();
  if (box === null) throw new Error('no tile');
  await page.mouse.move(box.x + 20, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(box.x + 80, box.y + 60, { steps: 5 });
  await expect.poll(() => page.evaluate(() => Reflect.get(globalThis, '__dragged') !== undefined)).toBe(true);
  const dragged = (await page.evaluate(() => Reflect.get(globalThis, '__dragged'))) as [string, string][];
  await page.mouse.up();
  const text = JSON.stringify(dragged);
  expect(text).not.toMatch(/APP_PORTAL_S_|eyJ[A-Za-z0-9_-]{10,}\.|token/i);
  const href = new URL((await tile.getAttribute('href')) ?? '', page.url()).href;
  for (const [type, data] of dragged) if (/uri|plain/.test(type)) expect(data).toBe(href);
});

// hostile.md 18: a category that no list holds is text like any other.
test('a hostile category in the address is no category', async ({ page, signIn, launcher }) => {
  await page.goto(`./?category=${encodeURIComponent('"><script>alert(1)</script>')}&q=${encodeURIComponent('<img src=x onerror=alert(1)>')}`);
  await signIn.send('solo');
  await expect(launcher.search).toHaveValue('<img src=x onerror=alert(1)>');
  await expect(page.getByText('No application matches')).toBeVisible();
  await page.getByRole('button', { name: 'Show all applications' }).click();
  await expect(launcher.links.first()).toBeVisible();
});
