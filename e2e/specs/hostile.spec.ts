// hostile.md 5 A, B and E: names and addresses that mean harm, return paths that lead away, and pages in frames.
import http from 'node:http';

import type { Locator, Page } from '@playwright/test';

import { expectAccessible } from '../support/a11y.ts';
import { elsewhere, organization, sentinel, story } from '../support/accounts.ts';
import { Api, type WireMenu } from '../support/api.ts';
import { close, listen } from '../support/host.mjs';
import { inOrder, isDisabled, refusal, shownName, type WireApplication } from '../support/expected.ts';
import { expect, test } from '../support/test.ts';

/** Drags an entry; gives the address that goes along. */
async function draggedAddress(page: Page, entry: Locator): Promise<string> {
  await page.evaluate(() => {
    Reflect.set(globalThis, '__address', '');
    addEventListener('dragstart', (event) => Reflect.set(globalThis, '__address', event.dataTransfer?.getData('text/uri-list')), { once: true });
  });
  const box = await entry.boundingBox();
  if (box === null) throw new Error('nothing to drag');
  await page.mouse.move(box.x + 12, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + 40, box.y + box.height / 2 + 30, { steps: 4 });
  await page.mouse.up();
  return page.evaluate(() => String(Reflect.get(globalThis, '__address') ?? ''));
}

/** Does to an entry all that a person can do to a link; nothing may open, and no script may run. */
async function provoke(page: Page, entry: Locator): Promise<void> {
  const before = page.url();
  const alerts: string[] = [];
  const onDialog = (dialog: { message(): string; dismiss(): Promise<void> }) => {
    alerts.push(dialog.message());
    void dialog.dismiss();
  };
  page.on('dialog', onDialog);
  await entry.scrollIntoViewIfNeeded();
  // Playwright would wait for a disabled entry; a person just clicks.
  await entry.click({ force: true });
  await entry.click({ force: true, modifiers: ['Control'] });
  await entry.click({ force: true, modifiers: ['Shift'] });
  await entry.click({ force: true, button: 'middle' });
  await entry.focus();
  await expect(entry).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+Enter');
  // Dragged to the bar of tabs, a link would open there: this one has nothing to take along.
  expect(await draggedAddress(page, entry)).toBe('');
  page.off('dialog', onDialog);
  expect(alerts).toEqual([]);
  expect(page.url()).toBe(before);
  expect(page.context().pages()).toHaveLength(1);
}

function flat(entries: readonly WireMenu[]): WireMenu[] {
  return entries.flatMap((menu) => [menu, ...flat(menu.children ?? [])]);
}

async function expectRefused(entry: Locator): Promise<void> {
  await expect(entry).toHaveAttribute('aria-disabled', 'true');
  await expect(entry).not.toHaveAttribute('href');
  await expect(entry).toHaveAccessibleDescription(/Address refused: .+/);
  // The mark is also there for eyes.
  await expect(entry).toContainText(/refused|cannot|not/i);
}

test.describe('applications', () => {
  let applications: WireApplication[] = [];

  test.beforeEach(async ({ site, signIn, launcher }) => {
    applications = inOrder(await (await Api.as(site.url, 'hostile')).applications(), 'en-US');
    await signIn.as('hostile');
    await launcher.expectShown(applications.length);
  });

  // A 1 to 6: applications and menus together show at least these kinds.
  test('the catalogue holds every kind of refused address', async ({ site }) => {
    const api = await Api.as(site.url, 'hostile');
    const addresses: unknown[] = applications.map((one) => one.url);
    for (const one of applications.filter((candidate) => /address/i.test(shownName(candidate, 'en-US')))) {
      addresses.push(...flat(await api.menus(String(one.id))).map((menu) => menu.url));
    }
    const kinds = addresses.map((address) => refusal(address, site.url));
    for (const kind of ['javascript:', 'data:', 'vbscript:', 'blob:', 'file:', 'credentials', 'too long']) expect(kinds).toContain(kind);
    // A 2 to 4 as applications, each way to write a script among them.
    const own = applications.map((one) => refusal(one.url, site.url));
    for (const kind of ['filesystem:', 'view-source:', 'about:', 'ms-word:', 'intent:']) expect(own).toContain(kind);
    expect(own.filter((kind) => kind === 'javascript:').length).toBeGreaterThan(7);
  });

  test('refused addresses are visible, marked, and open nothing', async ({ page, site, launcher }) => {
    const bad = applications
      .map((one, index) => ({ one, index, kind: refusal(one.url, site.url) }))
      .filter(({ one, kind }) => kind !== undefined && !isDisabled(one));
    expect(bad.length).toBeGreaterThan(18);
    for (const { one, index, kind } of bad) {
      const entry = launcher.list.locator(`[aria-posinset="${index + 1}"]`).getByRole('link');
      await test.step(`${kind} ${shownName(one, 'en-US').slice(0, 40)}`, async () => {
        await expectRefused(entry);
        await provoke(page, entry);
      });
    }
  });

  // A 1: the menu of a tile leads nowhere either.
  test('the menu of a refused application has no way to open it', async ({ page, site, launcher }) => {
    const bad = applications.map((one, index) => ({ one, index })).filter(({ one }) => refusal(one.url, site.url) !== undefined);
    for (const { index } of bad.slice(0, 6)) {
      await launcher.list.locator(`[aria-posinset="${index + 1}"]`).click({ button: 'right' });
      const menu = page.locator('.tile-menu').getByRole('menu');
      await expect(menu.getByRole('menuitem')).toHaveText(['Copy link', 'Details']);
      await expect(menu.locator('[href]')).toHaveCount(0);
      await expect(menu).toHaveAccessibleName(/Address refused: /);
      await page.keyboard.press('Escape');
      await expect(menu).toBeHidden();
    }
  });

  // A 5, 6: what is said of an address that hides its host, and where the odd ones lead.
  test('addresses that hide their host, are relative, empty or none', async ({ site, launcher }) => {
    const entry = (name: string) => launcher.tile(name);
    await expect(entry('Another host behind an at sign')).toHaveAccessibleDescription('Address refused: it carries a user name or a password');
    await expect(entry('Very long')).toHaveAccessibleDescription('Address refused: it is too long');
    // Read against the portal's own address, and not above it.
    await expect(entry('Relative address')).toHaveAttribute('href', `${new URL(site.url).pathname}portal/url-relative`);
    // Without an address the first menu entry opens; the application's page finds it.
    for (const name of ['Empty address', 'List as address']) await expect(entry(name)).toHaveAttribute('href', /\/portal\/url-(empty|list)$/);
    await expect(launcher.links).toHaveCount(applications.length);
  });

  // A 8, 9: the contract has no icons, so whatever a reply names as one is neither loaded nor shown.
  test('no icon of a reply is loaded', async ({ page, launcher, guard }) => {
    const tile = launcher.tile('Icons that the contract does not have');
    await tile.scrollIntoViewIfNeeded();
    await expect(tile).toBeVisible();
    expect(await page.locator('main :is(img, object, embed, image, use)').count()).toBe(0);
    expect(guard.requests.filter((line) => /evil\.example|^GET data:image/.test(line))).toEqual([]);
  });

  test('good addresses beside them still work', async ({ page, site, launcher }) => {
    const tiles = await launcher.tiles();
    const good = applications.map((one, index) => ({ one, index })).filter(({ one }) => refusal(one.url, site.url) === undefined && !isDisabled(one) && typeof one.url === 'string' && one.url !== '');
    for (const { index } of good) expect(tiles[index]?.href, tiles[index]?.name ?? '').not.toBeNull();
    // What a drag takes along can be seen by this test: see provoke.
    const number = launcher.tile('Number as id');
    await number.scrollIntoViewIfNeeded();
    expect(await draggedAddress(page, number)).toBe(new URL((await number.getAttribute('href')) ?? '', site.url).href);
  });

  // A 7: names byte for byte (ends trimmed), in the order of numbers however they are written (G 67).
  test('names stand literally and in order', async ({ page, launcher }) => {
    const tiles = await launcher.everyTile();
    expect(tiles.map(({ name }) => name)).toEqual(applications.map((one) => shownName(one, 'en-US')));
    expect(await page.locator('main img[src="x"], main script').count()).toBe(0);
    // Descriptions and categories as well: what was sent is what stands there.
    const markup = launcher.tile('<img src=x onerror=alert(1)>');
    await markup.scrollIntoViewIfNeeded();
    await expect(markup.locator('.tile-about')).toHaveText('</p></script><script>alert(1)</script>');
    await expect(launcher.categories.getByRole('button', { name: '<b>Other</b>' })).toBeVisible();
    await expect(launcher.tile('{{7*7}} ${7*7} &lt;b&gt; %3Cb%3E')).toHaveCount(1);
  });

  test('names are isolated from the text around them', async ({ launcher }) => {
    const loose = await launcher.links.evaluateAll((links) =>
      links.filter((link) => {
        const name = link.querySelector('bdi, [dir="auto"]');
        if (name === null) return true;
        const { unicodeBidi } = getComputedStyle(name);
        return name.localName !== 'bdi' && !/isolate|plaintext/.test(unicodeBidi);
      }).length,
    );
    expect(loose).toBe(0);
  });

  // "Ids in addresses": where an id repeats, each still has an address of its own.
  test('repeated ids keep addresses apart', async ({ launcher }) => {
    const ids = applications.map((one) => String(one.id));
    expect(new Set(ids).size, 'the catalogue repeats an id').toBeLessThan(ids.length);
    const hrefs = (await launcher.everyTile()).map(({ href }) => href).filter((href) => href?.includes('/portal/'));
    expect(new Set(hrefs).size).toBe(hrefs.length);
  });

  test('nothing breaks: search, filter, layout, axe', async ({ page, launcher }) => {
    for (const query of ['<img', '{{7*7}}', '&lt;', '</script>', '\\', '%', '.*']) {
      await launcher.search.fill(query);
      await expect(launcher.search).toHaveValue(query);
    }
    await launcher.search.fill('');
    await launcher.expectShown(applications.length);
    await expectAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)).toBe(true);
  });
});

// A 10: menu entries obey the same rule.
test('refused menu entries are visible, marked, and open nothing', async ({ page, site, signIn, organizations, launcher, application, guard }) => {
  // A relative address means this host; the portal's own page refuses to stand in a frame.
  guard.allow(/frame-ancestors/);
  const api = await Api.as(site.url, 'morgan', organization.many);
  const wanted = (await api.applications()).find((one) => shownName(one, 'en-US') === sentinel.hostile);
  const menus = flat(await api.menus(String(wanted?.id)));
  const bad = menus.filter((menu) => refusal(menu.url, site.url) !== undefined);
  expect(bad.length).toBeGreaterThan(3);

  await signIn.as('morgan');
  await organizations.choose(organization.many);
  const tile = launcher.tile(sentinel.hostile);
  if ((await tile.getAttribute('aria-disabled')) === 'true') await page.goto(`./portal/${encodeURIComponent(String(wanted?.id))}`);
  else await tile.click();
  await expect(application.entries.first()).toBeVisible();
  await application.expandAll();
  for (const menu of bad) {
    const entry = application.tree.getByRole('treeitem', { name: shownName(menu as Record<string, unknown>, 'en-US') }).first();
    await expect(entry).toHaveAttribute('aria-disabled', 'true');
    await expect(entry).toHaveAccessibleDescription(/Address refused: .+/);
    await expect(entry).not.toHaveAttribute('href');
    await provoke(page, entry);
  }
  const sources = await application.frames.evaluateAll((frames) => frames.map((frame) => frame.getAttribute('src') ?? ''));
  for (const source of sources) expect(source).toMatch(/^(https?:\/\/|\/(?!\/))/);
});

// A 4: a scheme is allowed where the deployment names it, and then says that it leaves the browser.
test.describe('a deployment that allows a scheme', () => {
  test.use({ own: { settings: { launchSchemes: ['ms-word'] } } });

  test('opens this one, and no other', async ({ signIn, launcher }) => {
    await signIn.as('hostile');
    const word = launcher.tile('Scheme of a program');
    await expect(word).toHaveAttribute('href', 'ms-word:ofe|u|https://example.com/a.docx');
    await expect(word).toHaveAttribute('target', '_blank');
    await expect(word).toHaveAttribute('rel', 'noopener noreferrer');
    await expect(word).toContainText('Opens in another program');
    await expectRefused(launcher.tile('Scheme of a phone'));
  });
});

// A 12, 13: what opens is a link, and the page that it opens has no hold on the portal. `switchPage` has tests of its own.
test('launches are links, and the pages see no opener', async ({ page, context, signIn, organizations, launcher, application }) => {
  await signIn.as('morgan');
  await organizations.choose(organization.many);
  for (const tile of await launcher.tiles()) expect(tile.disabled, tile.name).toBe(tile.href === null);
  expect(await launcher.links.evaluateAll((links) => links.every((link) => link.localName === 'a'))).toBe(true);
  const loose = page.locator('a[target]:not([rel~="noopener"][rel~="noreferrer"])');
  expect(await loose.count()).toBe(0);
  await launcher.tile(elsewhere).click();
  await expect(application.frames).toHaveCount(1);
  expect(await loose.count()).toBe(0);
  const opened = context.waitForEvent('page');
  await application.main.getByRole('link', { name: 'Open in a new tab' }).first().click();
  const other = await opened;
  await other.waitForLoadState();
  expect(await other.evaluate(() => [window.opener === null, document.referrer])).toEqual([true, '']);
});

// A 14: from an https portal, what is not encrypted opens in a tab of its own and says so.
test('an address without encryption from an https portal', async ({ page, context, site, guard, launcher, signIn }) => {
  const secure = 'https://portal.test';
  guard.allowOrigin(secure);
  await context.route(`${secure}/**`, async (route) => {
    const { pathname, search } = new URL(route.request().url());
    const headers = { ...route.request().headers(), host: new URL(site.url).host };
    await route.fulfill({ response: await route.fetch({ url: new URL(`${pathname}${search}`, site.url).href, headers }) });
  });
  await page.goto(`${secure}/`);
  await signIn.send('hostile');
  const tile = launcher.tile('Not encrypted');
  await expect(tile).toHaveAttribute('href', 'http://example.com/scada');
  await expect(tile).toHaveAttribute('target', '_blank');
  await expect(tile).toHaveAttribute('rel', 'noopener noreferrer');
  await expect(tile).toContainText('Opens in a new tab, not encrypted');
});

// E 49: nobody shows the portal in a frame, and nobody but the portal the samples of the demonstration.
test('a foreign page cannot frame the portal', async ({ page, site, guard, services }) => {
  guard.allow(/frame-ancestors/);
  const samples = `${site.origins[1] ?? ''}/sample-apps/generic/page.html`;
  const server = http.createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end(`<!doctype html><title>x</title><iframe title="portal" src="${site.url}"></iframe><iframe title="sample" src="${samples}"></iframe>`);
  });
  const port = await listen(server);
  services.push({ stop: () => close(server) });
  guard.allowOrigin(`http://127.0.0.1:${port}`);
  await page.goto(`http://127.0.0.1:${port}/`);
  await expect.poll(() => guard.problems.filter((line) => /frame-ancestors/.test(line)).length).toBe(2);
  for (const frame of page.frames().slice(1)) expect(frame.url()).toMatch(/^chrome-error:/);
});

// E 53: a page in a frame cannot take the portal's own tab away, of whichever origin it is.
for (const name of [story.application, 'Battery Dispatch']) {
  test(`${name} cannot navigate the portal's tab`, async ({ page, signIn, organizations, launcher, application, guard }) => {
    guard.allow(/Unsafe attempt to initiate navigation|Failed to navigate|sandbox/i);
    await signIn.as('morgan');
    await organizations.choose(organization.many);
    await launcher.tile(name).click();
    await expect(application.frames).toHaveCount(1);
    await expect(application.frames.first().contentFrame().locator('body')).toHaveText(/\S/);
    const before = page.url();
    const frame = page.frames().find((one) => one.parentFrame() !== null);
    const tried = await frame?.evaluate(() => {
      const outcomes: string[] = [];
      for (const act of [() => { (top as Window).location.href = 'https://evil.example/'; }, () => (top as Window).location.replace('https://evil.example/'), () => window.open('https://evil.example/', '_top')]) {
        try {
          act();
          outcomes.push('silent');
        } catch {
          outcomes.push('refused');
        }
      }
      return outcomes;
    });
    expect(tried).toHaveLength(3);
    await page.waitForTimeout(500);
    expect(page.url()).toBe(before);
    await expect(application.main).toBeVisible();
    expect(guard.requests.filter((line) => line.includes('evil.example'))).toEqual([]);
  });
}

// E 54: what stands in a frame is looked up by the id of the application. No member of the address names it.
test('no member of an address becomes the address of a frame', async ({ page, signIn, organizations, application, guard }) => {
  await signIn.as('morgan');
  await organizations.choose(organization.many);
  for (const evil of ['https://evil.example/', 'javascript:alert(1)', '//evil.example/']) {
    const members = ['url', 'src', 'href', 'next', 'frame', 'address', 'redirect_url'].map((key) => `${key}=${encodeURIComponent(evil)}`);
    await page.goto(`./portal/turbine-monitor?${members.join('&')}#${encodeURIComponent(evil)}`);
    await expect(application.frames).toHaveCount(1);
    const source = (await application.frames.first().getAttribute('src')) ?? '';
    expect(source).toMatch(/\/sample-apps\/wind-farm\//);
    expect(decodeURIComponent(source)).not.toContain('evil');
    expect(source).not.toContain('javascript');
  }
  expect(guard.requests.filter((line) => /\/\/evil\.example/.test(line.replace(/\?.*/, '')))).toEqual([]);
});

// B 15 to 17: a return path never leaves the portal.
const attacks = [
  'https://evil.example/',
  '//evil.example/',
  '/\\evil.example/',
  '\\\\evil.example/',
  '/%5cevil.example',
  '/%2fevil.example',
  '/%09/evil.example',
  'https:evil.example',
  '\t//evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '/@evil.example',
  'javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  '/login?next=//evil.example',
  '/./\\evil.example',
  '/..//evil.example',
  `/${'a'.repeat(10_000)}`,
];
for (const next of attacks) {
  test(`the return path ${JSON.stringify(next.slice(0, 40))} stays at home`, async ({ page, site, signIn, launcher, guard }) => {
    const dialogs: string[] = [];
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    await page.goto(`./login?next=${encodeURIComponent(next)}`);
    await signIn.send('solo');
    // Home, or for a path that is harmless but unknown the portal's own not-found page.
    await expect(launcher.heading.or(page.getByRole('heading', { name: 'Page not found' }))).toBeVisible();
    expect(new URL(page.url()).origin).toBe(new URL(site.url).origin);
    expect(dialogs).toEqual([]);
    expect(guard.requests.filter((line) => /\/\/evil\.example/.test(line.replace(/\?.*/, '')))).toEqual([]);
  });
}

// B 19 and 20: a code that this tab did not ask for is refused, and does not stay in the address bar.
test('a sign-in code from elsewhere is refused and removed from the address', async ({ page, signIn, guard }) => {
  await page.goto('./login/callback?code=stolen-code&state=stolen-state');
  await expect(signIn.heading).toBeVisible();
  await expect(page).not.toHaveURL(/stolen/);
  await expect(page.getByText(/not begun in this tab/)).toBeVisible();
  expect(guard.requests.filter((line) => line.includes('loginViaCode'))).toEqual([]);
});

// B 21
test('no query or hash moves the service elsewhere', async ({ page, signIn, launcher }) => {
  await page.goto('./login?apiBase=https://evil.example/&api=https://evil.example/#apiBase=https://evil.example/');
  await signIn.send('solo');
  await expect(launcher.heading).toBeVisible();
});
