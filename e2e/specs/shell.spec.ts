// The application shell as experience.md has it, each test named by its number: frames that stay alive, deep links, unsaved
// work. The menu is in menu.spec.ts, what pages and portal say to each other in bridge.spec.ts.
import type { Frame, Page } from '@playwright/test';

import { ApplicationPage } from '../pages/application.ts';
import { expectAccessible } from '../support/a11y.ts';
import { howMany, organization, organizationId } from '../support/accounts.ts';
import { expect, test } from '../support/test.ts';

const turbines = './portal/wake-steering/set_points';
const form = './portal/turbine-monitor/reports.daily';

test.beforeEach(async ({ signIn, organizations, launcher }) => {
  await signIn.as('morgan');
  await organizations.choose(organization.many);
  await launcher.expectShown(howMany);
});

/** The frame that is shown, once its page is there. */
const inside = (page: Page, title: string): Promise<Frame> => new ApplicationPage(page).inside(title);

/** Comes back once the portal has heard what the page said before: messages keep their order. */
const heard = (frame: Frame): Promise<unknown> => frame.evaluate(() => portalBridge.getLocale());

/** Something that a page loses when it is loaded anew. */
const mark = (frame: Frame): Promise<void> => frame.evaluate(() => void Reflect.set(globalThis, 'marked', true));
const isMarked = (frame: Frame): Promise<boolean> => frame.evaluate(() => Reflect.get(globalThis, 'marked') === true);

test('S1: a deep link shows the same view after reload, in a new tab, and after signing in', async ({ page, context, signIn }) => {
  const link = `${turbines}?state=${encodeURIComponent(encodeURIComponent('turbine=A-07&kind=ü/%'))}`;
  const shows = async (where: Page): Promise<void> => {
    const frame = await inside(where, 'Set Points');
    const address = new URL(frame.url());
    expect(address.searchParams.get('state')).toBe('turbine=A-07&kind=ü/%');
    expect(address.searchParams.get('menuCode')).toBe('set_points');
    await expect(where.getByRole('treeitem', { name: 'Set Points', exact: true })).toHaveAttribute('aria-current', 'page');
  };
  await page.goto(link);
  await shows(page);
  await page.reload();
  await shows(page);
  const tab = await context.newPage();
  await tab.goto(new URL(link, page.url()).href.replace('/portal/wake-steering/portal', '/portal'));
  await shows(tab);
  await tab.close();

  await page.evaluate(() => sessionStorage.clear());
  await page.goto('about:blank');
  await page.goto(link);
  await expect(signIn.heading).toBeVisible();
  await signIn.send('morgan');
  await page.getByRole('button', { name: organization.many }).click();
  await shows(page);
});

test('S2: back and forward move between entries, and the pages behind them keep their state', async ({ page, application, launcher }) => {
  await launcher.tile('Wake Steering').click();
  const first = await inside(page, 'Wake Steering');
  await mark(first);
  await application.entry('Set Points').click();
  await inside(page, 'Set Points');
  await application.entry('Energy Gain').click();
  await inside(page, 'Energy Gain');
  await page.goBack();
  await expect(application.frames).toHaveAttribute('title', 'Set Points');
  await page.goBack();
  await expect(application.frames).toHaveAttribute('title', 'Wake Steering');
  expect(await isMarked(first)).toBe(true);
  await page.goForward();
  await expect(application.frames).toHaveAttribute('title', 'Set Points');
  // No frame added a step of its own: two steps back from here is the launcher.
  await page.goBack();
  await page.goBack();
  await expect(launcher.heading).toBeVisible();
});

test('S8: an unknown menu entry is a page inside the shell with two ways out', async ({ page, application }) => {
  await page.goto('./portal/wake-steering/there-is-none');
  await expect(page.getByText(/There is no such menu entry/)).toBeVisible();
  await expect(application.entries.first()).toBeVisible();
  await expect(application.main.getByRole('link', { name: 'Go to Wake Steering' })).toBeVisible();
  await expect(application.main.getByRole('link', { name: 'Back to applications' })).toBeVisible();
  await application.main.getByRole('link', { name: 'Go to Wake Steering' }).click();
  await inside(page, 'Wake Steering');
});

test('S9: the bar reloads, opens in a tab, fills the screen, copies the link and tells about the page', async ({ page, context, application }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(turbines);
  const frame = await inside(page, 'Set Points');
  await mark(frame);
  const bar = application.main;
  await bar.getByRole('button', { name: 'Reload' }).click();
  await expect.poll(async () => isMarked(await inside(page, 'Set Points'))).toBe(false);

  const open = bar.getByRole('link', { name: 'Open in a new tab' });
  await expect(open).toHaveAttribute('rel', 'noopener noreferrer');
  const [opened] = await Promise.all([context.waitForEvent('page'), open.click()]);
  await expect.poll(() => opened.evaluate(() => window.opener === null && location.pathname)).toBe('/sample-apps/wind-farm/turbines.html');
  await opened.close();

  await bar.getByRole('button', { name: 'Full screen' }).click();
  await expect.poll(() => page.evaluate(() => document.fullscreenElement?.className)).toBe('frame');
  await page.evaluate(() => document.exitFullscreen());

  await bar.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Copy link' }).click();
  await expect(page.getByText('Link copied')).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toBe(new URL(`/portal/wake-steering/set_points?org=${organizationId.many}`, page.url()).href);

  await bar.getByRole('button', { name: 'More' }).click();
  const [popped] = await Promise.all([context.waitForEvent('page'), page.getByRole('menuitem', { name: 'Open the portal here in a new tab' }).click()]);
  expect(popped.url()).toBe(copied);
  await inside(popped, 'Set Points');
  await popped.close();

  await bar.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'About this page' }).click();
  const about = page.getByRole('dialog', { name: 'About this page' });
  await expect(about).toContainText(new URL(frame.url()).origin);
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(about).toBeHidden();
});

test('S10: pressing the current entry does not load its page again', async ({ page, application }) => {
  await page.goto(turbines);
  const frame = await inside(page, 'Set Points');
  await mark(frame);
  const before = await page.evaluate(() => history.length);
  await application.entry('Set Points').click();
  await application.entry('Set Points').click();
  expect(await isMarked(frame)).toBe(true);
  expect(await page.evaluate(() => history.length)).toBe(before);
});

test.describe('with room for two pages', () => {
  test.use({ own: { settings: { keptFrames: 2 } } });

  test('S11: the last pages stay alive behind the launcher too, and the oldest makes room', async ({ page, application, launcher }) => {
    await launcher.tile('Wake Steering').click();
    const first = await inside(page, 'Wake Steering');
    await first.evaluate(() => window.scrollTo(0, 120));
    await mark(first);
    const scrolled = await first.evaluate(() => window.scrollY);
    await application.entry('Set Points').click();
    await mark(await inside(page, 'Set Points'));
    const all = page.locator('iframe');
    await expect(all).toHaveCount(2);
    await expect(application.frames).toHaveCount(1);
    // The one behind cannot be reached.
    await expect(page.locator('[inert] iframe')).toHaveCount(1);

    await page.getByRole('link', { name: 'Application Portal' }).click();
    await expect(launcher.heading).toBeVisible();
    await expect(all).toHaveCount(2);
    await expect(page.locator('iframe').filter({ visible: true })).toHaveCount(0);
    await expectAccessible(page);
    await launcher.tile('Wake Steering').click();
    await expect(application.frames).toHaveAttribute('title', 'Wake Steering');
    expect(await isMarked(first)).toBe(true);
    expect(await first.evaluate(() => window.scrollY)).toBe(scrolled);

    await application.entry('Energy Gain').click();
    await inside(page, 'Energy Gain');
    await expect(all).toHaveCount(2);
    await application.entry('Set Points').click();
    expect(await isMarked(await inside(page, 'Set Points')), 'it made room, and is loaded anew').toBe(false);
  });
});

test('S12: pages are sandboxed without top navigation, and no token is in an address', async ({ page, site, application }) => {
  for (const [address, title] of [[turbines, 'Set Points'], [form, 'Daily']] as const) {
    await page.goto(address);
    await inside(page, title);
    const rights = ((await application.frames.getAttribute('sandbox')) ?? '').split(' ');
    expect(rights.filter((right) => right.startsWith('allow-top'))).toEqual([]);
    const source = (await application.frames.getAttribute('src')) ?? '';
    expect(rights.includes('allow-same-origin')).toBe(new URL(source, site.url).origin !== new URL(site.url).origin);
    expect(await application.frames.getAttribute('allow')).toBe('fullscreen');
    expect(source).not.toMatch(/token/i);
  }
});

test.describe('S14: unsaved work is asked about', () => {
  test.beforeEach(async ({ page }) => {
    await page.goto(form);
    const frame = await inside(page, 'Daily');
    await frame.getByLabel('Reported by').click();
    await frame.getByLabel('Reported by').fill('Morgan');
    await heard(frame);
  });

  const question = (page: Page): ReturnType<Page['getByRole']> => page.getByRole('dialog', { name: 'Leave without saving?' });

  test('by a menu entry: staying keeps it, leaving drops it', async ({ page, application }) => {
    await application.expandAll();
    await application.entry('Settings').click();
    await expect(question(page)).toContainText('Daily has changes that are not saved');
    await expectAccessible(page);
    await question(page).getByRole('button', { name: 'Stay' }).click();
    await expect(page).toHaveURL(/reports\.daily$/);
    await expect((await inside(page, 'Daily')).getByLabel('Reported by')).toHaveValue('Morgan');
    await application.entry('Settings').click();
    await question(page).getByRole('button', { name: 'Leave without saving' }).click();
    await inside(page, 'Settings');
    await application.entry('Daily').click();
    await expect((await inside(page, 'Daily')).getByLabel('Reported by')).toHaveValue('');
    await application.entry('Settings').click();
    await inside(page, 'Settings');
  });

  test('by loading the page anew', async ({ page, application }) => {
    await page.getByRole('main').getByRole('button', { name: 'Reload' }).click();
    await expect(question(page)).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(question(page)).toBeHidden();
    await expect((await inside(page, 'Daily')).getByLabel('Reported by')).toHaveValue('Morgan');
    await expect(application.current).toHaveText('Daily');
  });

  test('by switching the organization and by signing out', async ({ page, accountMenu, signIn }) => {
    await page.getByRole('link', { name: /Organization/ }).click();
    await question(page).getByRole('button', { name: 'Stay' }).click();
    await accountMenu.signOut();
    await question(page).getByRole('button', { name: 'Stay' }).click();
    await expect(page).toHaveURL(/reports\.daily$/);
    await accountMenu.signOut();
    await question(page).getByRole('button', { name: 'Leave without saving' }).click();
    await expect(signIn.heading).toBeVisible();
  });

  test('by closing the tab', async ({ page }) => {
    const asked = page.waitForEvent('dialog');
    void page.close({ runBeforeUnload: true });
    const dialog = await asked;
    expect(dialog.type()).toBe('beforeunload');
    await dialog.dismiss();
    await expect((await inside(page, 'Daily')).getByLabel('Reported by')).toHaveValue('Morgan');
  });

  test('not once it is saved', async ({ page, application }) => {
    const frame = await inside(page, 'Daily');
    await frame.getByLabel('Site').selectOption({ index: 1 });
    await frame.getByLabel('Hours worked').fill('8');
    await frame.getByLabel('Routine').check();
    await frame.getByLabel('What happened').fill('Nothing at all today.');
    await frame.getByRole('button', { name: 'Submit report' }).click();
    await expect(frame.getByRole('heading', { name: 'Report submitted' })).toBeVisible();
    await application.expandAll();
    await application.entry('Settings').click();
    await inside(page, 'Settings');
  });
});

test('S14: a step back is asked about, and goes where it was going', async ({ page, application, launcher }) => {
  await launcher.tile('Turbine Monitor').click();
  await inside(page, 'Turbine Monitor');
  await application.expandAll();
  await application.entry('Daily').click();
  const frame = await inside(page, 'Daily');
  await frame.getByLabel('Reported by').click();
  await frame.getByLabel('Reported by').fill('Morgan');
  await heard(frame);
  await page.goBack();
  const question = page.getByRole('dialog', { name: 'Leave without saving?' });
  await expect(question).toBeVisible();
  await question.getByRole('button', { name: 'Stay' }).click();
  await expect(page).toHaveURL(/reports\.daily$/);
  await expect((await inside(page, 'Daily')).getByLabel('Reported by')).toHaveValue('Morgan');
  await page.goBack();
  await question.getByRole('button', { name: 'Leave without saving' }).click();
  await expect(page).toHaveURL(/turbine-monitor$/);
  await inside(page, 'Turbine Monitor');
  await page.goBack();
  await expect(launcher.heading).toBeVisible();
});

test('S15: the breadcrumb says organization, application and entry, and the title mirrors it', async ({ page, application, launcher }) => {
  await page.goto(turbines);
  await inside(page, 'Set Points');
  const crumbs = page.getByRole('navigation', { name: 'Breadcrumb' });
  await expect(crumbs).toHaveText(/^North Sea Energy.*Wake Steering.*Set Points$/);
  await expect(crumbs.locator('[aria-current="page"]')).toHaveText('Set Points');
  await expect(page).toHaveTitle(/^Set Points · Wake Steering · North Sea Energy/);
  await crumbs.getByRole('link', { name: 'Wake Steering' }).click();
  await expect(application.frames).toHaveAttribute('title', 'Wake Steering');
  await expect(page).toHaveTitle(/^Wake Steering · North Sea Energy/);
  await crumbs.getByRole('link', { name: 'North Sea Energy' }).click();
  await expect(launcher.heading).toBeVisible();
  await expect(page).toHaveTitle(/^Applications/);
});

test('S16: the skip link leads to the page, and the focus goes to its heading after navigation', async ({ page, launcher }) => {
  await launcher.tile('Wake Steering').focus();
  await page.keyboard.press('Enter');
  await inside(page, 'Wake Steering');
  await expect(page.getByRole('heading', { level: 1, name: 'Wake Steering' })).toBeFocused();
  await page.getByRole('link', { name: 'Skip to content' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
  for (const landmark of ['banner', 'main'] as const) await expect(page.getByRole(landmark)).toHaveCount(1);
  await expect(page.getByRole('navigation', { name: 'Menu', exact: true })).toHaveCount(1);
});

test('a dialog closes by a press beside it, not by one at its edge or by choosing its text', async ({ page, launcher }) => {
  await launcher.tile('Wake Steering').click();
  await inside(page, 'Wake Steering');
  await page.getByRole('main').getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'About this page' }).click();
  const about = page.getByRole('dialog', { name: 'About this page' });
  const box = (await about.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  await page.mouse.click(box.x + 8, box.y + 8);
  await expect(about).toBeVisible();
  await page.mouse.move(box.x + box.width / 2, box.y + 40);
  await page.mouse.down();
  await page.mouse.move(box.x / 2, box.y + 40);
  await page.mouse.up();
  await expect(about).toBeVisible();
  await page.mouse.click(box.x / 2, box.y + 40);
  await expect(about).toBeHidden();
});

test('S2: back closes what speaks of the page that is left', async ({ page, launcher }) => {
  await launcher.tile('Wake Steering').click();
  await inside(page, 'Wake Steering');
  await page.getByRole('main').getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'About this page' }).click();
  const about = page.getByRole('dialog', { name: 'About this page' });
  await expect(about).toBeVisible();
  await page.goBack();
  await expect(launcher.heading).toBeVisible();
  await expect(about).toBeHidden();
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test('the page has the whole width, also with little in it and alone', async ({ page }) => {
    await page.goto('./portal/wake-steering/who_am_i');
    const frame = page.locator('[data-shown] iframe');
    const whole = async () => {
      const { x, width } = (await frame.boundingBox()) ?? { x: -1, width: 0 };
      return [x, width];
    };
    await expect.poll(whole).toEqual([0, 390]);
    await frame.contentFrame().getByRole('button', { name: 'Page alone' }).click();
    await expect(page.getByRole('button', { name: 'Show the portal' })).toBeVisible();
    await expect.poll(whole).toEqual([0, 390]);
  });

  test('S2: the sheet with the menu is closed for who comes back', async ({ page, application, launcher }) => {
    await launcher.tile('Wake Steering').click();
    await inside(page, 'Wake Steering');
    await application.toggle.click();
    await expect(application.entries.first()).toBeVisible();
    await page.goBack();
    await expect(launcher.heading).toBeVisible();
    await page.goForward();
    await inside(page, 'Wake Steering');
    await expect(application.entries.first()).toBeHidden();
  });
});
