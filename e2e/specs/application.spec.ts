import { expectAccessible } from '../support/a11y.ts';
import { addressless, howMany, organization, sentinel, story } from '../support/accounts.ts';
import { Api, type WireMenu } from '../support/api.ts';
import { shownName } from '../support/expected.ts';
import { expect, test } from '../support/test.ts';

test.beforeEach(async ({ signIn, organizations, launcher }) => {
  await signIn.as('morgan');
  await organizations.choose(organization.many);
  await launcher.expectShown(howMany);
});

/** The menu entries in tree order, with their depth. */
function flat(menus: readonly WireMenu[], depth = 0): { menu: WireMenu; depth: number }[] {
  return menus.flatMap((menu) => [{ menu, depth }, ...flat(menu.children ?? [], depth + 1)]);
}

test.describe('the menu tree', () => {
  test.beforeEach(async ({ launcher, application }) => {
    await launcher.tile(story.application).click();
    await expect(application.entries.first()).toBeVisible();
  });

  test('holds every entry that the service gives', async ({ site, application }) => {
    const api = await Api.as(site.url, 'morgan', organization.many);
    const wanted = (await api.applications()).find((one) => shownName(one, 'en-US') === story.application);
    const menus = await api.menus(String(wanted?.id));
    await application.expandAll();
    for (const { menu, depth } of flat(menus)) {
      const entry = application.entry(shownName(menu as Record<string, unknown>, 'en-US')).first();
      await expect(entry).toBeVisible();
      await expect(entry).toHaveAttribute('aria-level', String(depth + 1));
    }
  });

  test('follows the tree pattern by keyboard', async ({ page, application }) => {
    const level = (): Promise<number> => page.evaluate(() => Number(document.activeElement?.getAttribute('aria-level') ?? 0));
    const name = (): Promise<string> => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');
    await expect(application.tree.locator('[tabindex="0"]')).toHaveCount(1);
    const [first, last] = [application.entries.first(), application.entries.last()];
    await first.focus();
    await page.keyboard.press('End');
    await expect(last).toBeFocused();
    await page.keyboard.press('Home');
    await expect(first).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await expect(first).not.toBeFocused();
    await page.keyboard.press('ArrowUp');
    await expect(first).toBeFocused();

    const branch = application.tree.locator('[role="treeitem"][aria-expanded]').first();
    await branch.focus();
    if ((await branch.getAttribute('aria-expanded')) === 'true') await page.keyboard.press('ArrowLeft');
    await expect(branch).toHaveAttribute('aria-expanded', 'false');
    await page.keyboard.press('ArrowRight');
    await expect(branch).toHaveAttribute('aria-expanded', 'true');
    const top = await level();
    await page.keyboard.press('ArrowRight');
    await expect.poll(level).toBe(top + 1);
    await page.keyboard.press('ArrowLeft');
    await expect(branch).toBeFocused();

    // Type-ahead.
    await first.focus();
    await page.keyboard.type(story.entry.slice(0, 2), { delay: 20 });
    await expect.poll(name).toMatch(new RegExp(`^${story.entry.slice(0, 2)}`, 'i'));
  });

  test('opens an entry by Enter, marks it, and says where it is in the title', async ({ page, application }) => {
    await application.expandAll();
    await application.entry(story.entry).focus();
    await page.keyboard.press('Enter');
    expect(await application.frameText(story.entry)).toMatch(story.words);
    await expect(application.entry(story.entry)).toHaveAttribute('aria-current', /page|true/);
    await expect(application.current).toHaveCount(1);
    await expect(page).toHaveTitle(/.+ · .+/);
  });

  test('back and forward move between entries, never out by surprise', async ({ page, application, launcher }) => {
    await application.expandAll();
    const first = await application.frames.first().getAttribute('title');
    await application.entry(story.entry).click();
    await application.frameText(story.entry);
    await page.goBack();
    await expect(application.frames.first()).toHaveAttribute('title', first ?? '');
    await page.goForward();
    await expect(application.frames.first()).toHaveAttribute('title', story.entry);
    expect(await application.frameText(story.entry)).toMatch(story.words);
    await page.goBack();
    await page.goBack();
    await expect(launcher.heading).toBeVisible();
  });

  test('has no axe violation', async ({ page, application }) => {
    await application.expandAll();
    await expectAccessible(page);
  });
});

test.describe('the frame', () => {
  // contract.md 4.1; hostile.md 24, 26: what an application is told in its address, and that no token is.
  test('carries what the contract says and no token', async ({ launcher, application }) => {
    await launcher.tile(story.application).click();
    await application.expandAll();
    await application.entry(story.entry).click();
    const frame = application.main.getByTitle(story.entry, { exact: true });
    const source = new URL((await frame.getAttribute('src')) ?? '', 'http://portal.test/');
    expect(source.searchParams.get('appId')).toBeTruthy();
    expect(source.searchParams.get('menuCode')).toBeTruthy();
    expect(source.searchParams.get('locale')).toBe('en-US');
    expect(source.href).not.toMatch(/token|APP_PORTAL_S_|eyJ/i);
  });

  // hostile.md 53: an own-origin page never gets allow-same-origin, nor do the windows that it opens; another origin's page does.
  test('is sandboxed', async ({ site, launcher, application }) => {
    await launcher.tile(story.application).click();
    const frame = application.frames.first();
    const sandbox = ((await frame.getAttribute('sandbox')) ?? '').split(' ');
    for (const flag of ['allow-scripts', 'allow-forms', 'allow-popups', 'allow-downloads']) {
      expect(sandbox).toContain(flag);
    }
    for (const flag of ['allow-top-navigation', 'allow-top-navigation-by-user-activation', 'allow-modals']) {
      expect(sandbox).not.toContain(flag);
    }
    const own = new URL((await frame.getAttribute('src')) ?? '', site.url).origin === new URL(site.url).origin;
    expect(sandbox.includes('allow-same-origin')).toBe(!own);
    expect(sandbox.includes('allow-popups-to-escape-sandbox')).toBe(!own);
    await expect(frame).toHaveAttribute('referrerpolicy', /no-referrer/);
  });

  test('never shows the portal in the portal', async ({ launcher, application, page }) => {
    await launcher.tile(story.application).click();
    await expect(application.frames).toHaveCount(1);
    await application.frameText((await application.frames.first().getAttribute('title')) ?? '');
    const inside = application.frames.first().contentFrame();
    await expect(inside.getByRole('button', { name: 'Account menu' })).toHaveCount(0);
    await expect(inside.getByRole('heading', { name: 'Sign in' })).toHaveCount(0);
    expect(page.frames().length).toBe(2);
  });
});

test.describe('deep links', () => {
  test('without a menu entry open the first one', async ({ page, launcher, application }) => {
    const href = (await launcher.tile(addressless).getAttribute('href')) ?? '';
    await page.goto(new URL(href, page.url()).pathname);
    await expect(application.frames).toHaveCount(1);
    await expect(application.current).toHaveCount(1);
    const first = await application.entries.first().innerText();
    await expect(application.frames.first()).toHaveAttribute('title', first.trim());
  });

  // S8
  test('to an unknown menu entry: a page in the shell with two ways out', async ({ page, launcher, application }) => {
    const href = (await launcher.tile(story.application).getAttribute('href')) ?? '';
    const { pathname } = new URL(href, page.url());
    await page.goto(`.${pathname}/there-is-none`);
    await expect(page.getByText(/There is no such menu entry/)).toBeVisible();
    await expect(application.frames).toHaveCount(0);
    await expect(application.entries.first()).toBeVisible();
    expect(await application.main.getByRole('link').or(application.main.getByRole('button')).count()).toBeGreaterThanOrEqual(2);
    await expectAccessible(page);
  });

  test('to an unknown application: a page with a way out', async ({ page, application, launcher }) => {
    await page.goto('./portal/there-is-none');
    await expect(page.getByText(/There is no such application|does not have this application/).first()).toBeVisible();
    await expect(application.frames).toHaveCount(0);
    await expectAccessible(page);
    await page.getByRole('link', { name: /applications/i }).first().click();
    await expect(launcher.heading).toBeVisible();
  });

  // hostile.md 23
  for (const path of ['nothing-here', 'portal', 'messages/', 'portal/a/b/c/d', '%ff%fe', '//']) {
    test(`to ${path}: not found, with a way home`, async ({ page, site, launcher }) => {
      await page.goto(new URL(site.url).origin + `/${path}`);
      const home = page.getByRole('link', { name: 'Go to applications' });
      // An address that means the launcher is no fault.
      await expect(home.or(launcher.heading)).toBeVisible();
      if (await home.isVisible()) {
        await expect(page.getByRole('heading', { name: 'Page not found' })).toBeVisible();
        await expectAccessible(page);
        await home.click();
      }
      await expect(launcher.heading).toBeVisible();
    });
  }
});

test.describe('what cannot be shown', () => {
  const cases = [
    { name: sentinel.notAcquired, says: /does not have this application/ },
    { name: sentinel.noRights, says: /no permission/ },
    { name: sentinel.withoutMenus, says: /nothing to open|no permission for any menu/ },
    { name: sentinel.serverError, says: /The service has a problem/ },
  ];
  for (const { name, says } of cases) {
    test(`${name}: words and a way out inside the portal`, async ({ page, launcher, application }) => {
      await launcher.tile(name).click();
      await expect(application.main.getByText(says).first()).toBeVisible();
      await expect(application.frames).toHaveCount(0);
      await expect(page.getByRole('button', { name: 'Account menu' })).toBeVisible();
      expect(await page.getByRole('main').getByRole('button').or(page.getByRole('main').getByRole('link')).count()).toBeGreaterThan(0);
      await expectAccessible(page);
      await page.goBack();
      await launcher.expectShown(howMany);
    });
  }

  test('slow menus: the shell stands, then the entries come', async ({ page, launcher, application }) => {
    await launcher.tile(sentinel.slow).click();
    await expect(page).toHaveURL(/\/portal\//);
    await expect(application.menu).toBeVisible();
    await expect(application.entries.first()).toBeVisible({ timeout: 15_000 });
    await expect(application.frames).toHaveCount(1);
  });

  test('leaving slow menus shows no error later', async ({ page, launcher }) => {
    await launcher.tile(sentinel.slow).click();
    await expect(page).toHaveURL(/\/portal\//);
    await page.goBack();
    await launcher.expectShown(howMany);
    await page.waitForTimeout(5_000);
    await expect(page.getByRole('alert').filter({ hasText: /\S/ })).toHaveCount(0);
  });

  test('a disabled application opens nothing', async ({ page, context, launcher }) => {
    const tile = launcher.tile(sentinel.disabled);
    await expect(tile).toHaveAttribute('aria-disabled', 'true');
    await expect(tile).toHaveAccessibleDescription(/Not enabled/);
    const before = page.url();
    // Playwright would wait for a disabled entry; a person just clicks.
    await tile.click({ force: true });
    await tile.focus();
    await page.keyboard.press('Enter');
    expect(page.url()).toBe(before);
    expect(context.pages()).toHaveLength(1);
  });
});
