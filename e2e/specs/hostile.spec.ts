// hostile.md 5 A and B: names and addresses that mean harm, and return paths that lead away.
import type { Locator, Page } from '@playwright/test';

import { expectAccessible } from '../support/a11y.ts';
import { organization, sentinel } from '../support/accounts.ts';
import { Api, type WireMenu } from '../support/api.ts';
import { inOrder, isDisabled, refusal, shownName, type WireApplication } from '../support/expected.ts';
import { expect, test } from '../support/test.ts';

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
  });

  test('refused addresses are visible, marked, and open nothing', async ({ page, site, launcher }) => {
    const bad = applications
      .map((one, index) => ({ one, index, kind: refusal(one.url, site.url) }))
      .filter(({ one, kind }) => kind !== undefined && !isDisabled(one));
    expect(bad.length).toBeGreaterThan(8);
    for (const { one, index, kind } of bad) {
      const entry = launcher.list.locator(`[aria-posinset="${index + 1}"]`).getByRole('link');
      await test.step(`${kind} ${shownName(one, 'en-US').slice(0, 40)}`, async () => {
        await expectRefused(entry);
        await provoke(page, entry);
      });
    }
  });

  test('good addresses beside them still work', async ({ site, launcher }) => {
    const tiles = await launcher.tiles();
    const good = applications.map((one, index) => ({ one, index })).filter(({ one }) => refusal(one.url, site.url) === undefined && !isDisabled(one) && typeof one.url === 'string' && one.url !== '');
    for (const { index } of good) expect(tiles[index]?.href, tiles[index]?.name ?? '').not.toBeNull();
  });

  // A 7: names byte for byte (ends trimmed), in the order of numbers however they are written (G 67).
  test('names stand literally and in order', async ({ page, launcher }) => {
    const tiles = await launcher.everyTile();
    expect(tiles.map(({ name }) => name)).toEqual(applications.map((one) => shownName(one, 'en-US')));
    expect(await page.locator('main img[src="x"], main script').count()).toBe(0);
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
