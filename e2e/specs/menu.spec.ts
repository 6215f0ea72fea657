// The menu of an application: tree, filter, rail, what is left out (experience.md S3 to S7; numbers in the names).
import { expectAccessible } from '../support/a11y.ts';
import { howMany, organization, story } from '../support/accounts.ts';
import { hasFocus, tabTo } from '../support/keyboard.ts';
import { expect, test } from '../support/test.ts';

// In Turbine Monitor: Overview, Farms (Dogger Bank and Hornsea have an address and entries below, Borkum Riffgrund has
// none below), Alarms, Reports (Daily, Monthly, Yearly), and some more.
const branch = { plain: 'Farms', linked: 'Dogger Bank', inside: 'Met Mast' } as const;

test.describe('in an application', () => {
  test.beforeEach(async ({ page, signIn, organizations, launcher, application }) => {
    await signIn.as('morgan');
    await organizations.choose(organization.many);
    await launcher.expectShown(howMany);
    await launcher.tile(story.application).click();
    await expect(application.frames).toHaveCount(1);
    // On a phone the menu is behind the button.
    if ((page.viewportSize()?.width ?? 0) <= 720) await application.toggle.click();
    await expect(application.entries.first()).toBeVisible();
  });

  test('S3 one tab stop, arrows, Home, End and letters; real links', async ({ page, application }) => {
    await expect(application.tree.locator('[tabindex="0"]')).toHaveCount(1);
    await application.entry('Overview').focus();
    await page.keyboard.press('End');
    await expect(application.entries.last()).toBeFocused();
    await page.keyboard.press('Home');
    await expect(application.entry('Overview')).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await expect(application.entry(branch.plain)).toBeFocused();
    await page.keyboard.type('rep', { delay: 20 });
    await expect(application.entry('Reports')).toBeFocused();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    await expect(application.entry('Monthly').or(application.entry('Daily')).first()).toBeVisible();
    await expect(application.entry('Alarms')).toHaveAttribute('href', /\/portal\/turbine-monitor\/alarms$/);
    await expect(application.tree.locator('[tabindex="0"]')).toHaveCount(1);
  });

  test('S4 opens at the current entry after a reload, scrolled into view and marked', async ({ page, application }) => {
    await page.goto('./portal/turbine-monitor/dogger_bank.met_mast');
    const current = application.entry(branch.inside);
    await expect(current).toBeInViewport();
    await expect(current).toHaveAttribute('aria-current', 'page');
    await expect(current).toHaveAttribute('tabindex', '0');
    await expect(application.current).toHaveCount(1);
    await page.reload();
    await expect(current).toBeInViewport();
  });

  test('S4 open branches survive a reload', async ({ page, application }) => {
    await expect(application.entry('Daily')).toBeVisible();
    await application.entry('Reports').click();
    await expect(application.entry('Daily')).toHaveCount(0);
    await application.entry(branch.linked).focus();
    await page.keyboard.press('ArrowRight');
    await expect(application.entry(branch.inside)).toBeVisible();
    await page.reload();
    await expect(application.entry(branch.inside)).toBeVisible();
    await expect(application.entry('Daily')).toHaveCount(0);
    // Nothing of what is kept says which branches these are.
    const kept = await page.evaluate(() => sessionStorage.getItem('portal.branches') ?? '');
    expect(kept).toMatch(/^[0-9a-f \n]+$/);
  });

  test('S5 the rail stands in for the menu, after a reload and a resize too', async ({ page, application }) => {
    await application.toggle.click();
    await expect(application.rail).toBeVisible();
    await expect(application.toggle).toHaveAttribute('aria-expanded', 'false');
    await expect(application.filter).toHaveCount(0);
    expect((await application.menu.boundingBox())?.width).toBe(72);
    await expect(application.railItem('Alarms')).toHaveAttribute('title', 'Alarms');
    await page.reload();
    await expect(application.rail).toBeVisible();
    await page.setViewportSize({ width: 390, height: 844 });
    await expect(application.rail).toHaveCount(0);
    await application.toggle.click();
    await expect(application.entry('Alarms')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(application.entry('Alarms')).toBeHidden();
    await page.setViewportSize({ width: 1280, height: 800 });
    await expect(application.rail).toBeVisible();
    await application.toggle.click();
    await expect(application.entry('Alarms')).toBeVisible();
    await page.reload();
    await expect(application.entry('Alarms')).toBeVisible();
  });

  test('S5 entries of the rail are links; the one that is open is marked, and the branch that holds it', async ({ application }) => {
    await application.toggle.click();
    await application.railItem('Alarms').click();
    expect(await application.frameText('Alarms')).toMatch(story.words);
    await expect(application.railItem('Alarms')).toHaveAttribute('aria-current', 'page');
    await application.railItem('Reports').click();
    await application.flyout.getByRole('treeitem', { name: 'Yearly' }).click();
    await application.frameText('Yearly');
    await expect(application.flyout).toHaveCount(0);
    await expect(application.railItem('Reports')).toBeFocused();
    await expect(application.railItem('Reports')).toHaveAttribute('aria-current', 'true');
    await expect(application.railItem('Alarms')).not.toHaveAttribute('aria-current');
  });

  test('S5 the rail by keyboard: one tab stop, arrows, a branch beside it that Escape closes', async ({ page, application }) => {
    await application.toggle.click();
    await expect(application.rail.locator('[tabindex="0"]')).toHaveCount(1);
    await tabTo(page, application.rail.locator('[tabindex="0"]'), 20, 'Shift+Tab');
    await page.keyboard.press('Home');
    await expect(application.railItem('Overview')).toBeFocused();
    await page.keyboard.press('ArrowDown');
    const item = application.railItem(branch.plain);
    await expect(item).toBeFocused();
    await expect(item).toHaveAttribute('aria-expanded', 'false');
    for (const key of ['ArrowRight', 'Enter']) {
      await page.keyboard.press(key);
      await expect(application.flyout).toHaveAccessibleName(branch.plain);
      await expect(item).toHaveAttribute('aria-expanded', 'true');
      await expect(application.entry(branch.linked)).toBeFocused();
      await expect(application.entry(branch.linked)).toHaveAttribute('aria-level', '1');
      await page.keyboard.press(key === 'Enter' ? 'Escape' : 'ArrowLeft');
      await expect(application.flyout).toHaveCount(0);
      await expect(item).toBeFocused();
    }
    await page.keyboard.press('ArrowRight');
    await expect(application.entry(branch.linked)).toBeFocused();
    await page.keyboard.press('ArrowRight');
    await expect(application.entry(branch.linked)).toHaveAttribute('aria-expanded', 'true');
    await page.keyboard.press('ArrowDown');
    await expect(application.entry('Turbines')).toBeFocused();
    // Out of it by Tab: it closes by itself.
    for (let presses = 0; presses < 4 && (await application.flyout.count()) > 0; presses += 1) await page.keyboard.press('Tab');
    await expect(application.flyout).toHaveCount(0);
  });

  test('S5 a press outside closes the branch, another entry of the rail changes it', async ({ page, application }) => {
    await application.toggle.click();
    await application.railItem(branch.plain).click();
    await expect(application.flyout).toHaveAccessibleName(branch.plain);
    await application.railItem('Reports').click();
    await expect(application.flyout).toHaveAccessibleName('Reports');
    await application.railItem('Reports').click();
    await expect(application.flyout).toHaveCount(0);
    await application.railItem('Reports').click();
    await page.getByRole('navigation', { name: 'Breadcrumb' }).click({ position: { x: 300, y: 5 } });
    await expect(application.flyout).toHaveCount(0);
    await application.railItem('Reports').click();
    await expect(application.entry('Daily')).toBeFocused();
    // The page inside is outside too. A hand moves there before it presses, which is how the portal knows that it was one.
    await application.frames.first().hover({ position: { x: 700, y: 500 } });
    await page.waitForTimeout(300);
    await application.frames.first().click({ position: { x: 700, y: 500 } });
    await expect(application.flyout).toHaveCount(0);
    await application.railItem('Reports').click();
    await application.toggle.click();
    await expect(application.flyout).toHaveCount(0);
    await expect(application.rail).toHaveCount(0);
  });

  test('S5 right to left: rail and branch are mirrored, the arrows too', async ({ page, application }) => {
    await application.toggle.click();
    await page.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'));
    const item = application.railItem(branch.plain);
    await item.focus();
    await page.keyboard.press('ArrowLeft');
    await expect(application.entry(branch.linked)).toBeFocused();
    const [rail, fly] = [await application.rail.boundingBox(), await application.flyout.boundingBox()];
    expect((fly?.x ?? 0) + (fly?.width ?? 0)).toBeLessThanOrEqual(rail?.x ?? 0);
    await page.keyboard.press('ArrowRight');
    await expect(item).toBeFocused();
  });

  test('S6 the filter keeps hits and what is above them, marks letters, says how many fit', async ({ page, application }) => {
    await page.getByRole('treeitem', { name: 'Reports' }).click();
    const before = await application.names();
    await application.filter.fill('TURB');
    await expect(application.entries).toHaveCount(5);
    expect(await application.names()).toEqual(['Farms', 'Dogger Bank', 'Turbines', 'Hornsea', 'Turbines']);
    await expect(application.fits).toHaveText('2 entries fit');
    await expect(application.tree.locator('mark').first()).toHaveText('Turb');
    // What is shown says its place among what is shown.
    await expect(application.entry('Hornsea')).toHaveAttribute('aria-setsize', '2');
    await expect(application.entry('Hornsea')).toHaveAttribute('aria-posinset', '2');
    await application.filter.press('ArrowDown');
    await expect(application.entry('Turbines').first()).toBeFocused();
    await page.keyboard.press('Enter');
    await application.frameText('Turbines');
    await expect(application.current).toHaveText('Turbines');

    await application.filter.fill('no such entry');
    await expect(application.menu.getByText('No entry matches “no such entry”.')).toBeVisible();
    await expect(application.tree).toHaveCount(0);
    await application.menu.getByRole('button', { name: 'Clear', exact: true }).click();
    await expect(application.filter).toBeFocused();
    await expect(application.filter).toHaveValue('');
    // The branches are as they were, but for those above what was opened meanwhile.
    const after = await application.names();
    expect(after.filter((name) => before.includes(name))).toEqual(before);
    expect(after).not.toContain('Daily');
    await expect(application.current).toBeInViewport();
    await application.filter.fill('rep');
    await expect(application.entries).toHaveCount(1);
    await page.keyboard.press('Escape');
    await expect(application.filter).toHaveValue('');
    await expect(application.filter).toBeFocused();
    expect(await application.names()).toEqual(after);
  });

  test('S6 a branch that fits can be opened while the filter stands', async ({ page, application }) => {
    await application.filter.fill('reports');
    await application.filter.press('Enter');
    await expect(application.entry('Reports')).toBeFocused();
    await expect(application.entry('Reports')).toHaveAttribute('aria-expanded', 'false');
    await page.keyboard.press('ArrowRight');
    await expect(application.entries).toHaveCount(4);
    await page.keyboard.press('Escape');
    await expect(application.filter).toBeFocused();
    await expect(application.entry('Overview')).toBeVisible();
  });

  test('S7 an entry with an address and entries below is link and toggle separately', async ({ page, application }) => {
    const linked = application.entry(branch.linked);
    const address = page.url();
    await expect(linked).toHaveAttribute('aria-expanded', 'false');
    await application.twist(branch.linked).click();
    await expect(linked).toHaveAttribute('aria-expanded', 'true');
    expect(page.url()).toBe(address);
    await linked.click();
    await expect(page).toHaveURL(/\/portal\/turbine-monitor\/dogger_bank$/);
    await expect(linked).toHaveAttribute('aria-expanded', 'true');
    await application.twist(branch.linked).click();
    await expect(linked).toHaveAttribute('aria-expanded', 'false');
  });

  test('S7 an entry without an address toggles by click and Enter', async ({ page, application }) => {
    const plain = application.entry(branch.plain);
    await expect(plain).not.toHaveAttribute('href');
    await expect(plain).toHaveAttribute('aria-expanded', 'true');
    await plain.click();
    await expect(plain).toHaveAttribute('aria-expanded', 'false');
    await plain.focus();
    await page.keyboard.press('Enter');
    await expect(plain).toHaveAttribute('aria-expanded', 'true');
    await page.keyboard.press('Space');
    await expect(plain).toHaveAttribute('aria-expanded', 'false');
    await expect(page).toHaveURL(/\/portal\/turbine-monitor$/);
  });

  test('S7 "Why don\'t I see an entry?" says whom to ask and what the person may do', async ({ page, application }) => {
    await application.whyButton.click();
    await expect(application.why).toBeVisible();
    await expect(application.why.getByText('Every entry that the service sent is shown.')).toBeVisible();
    await expect(application.why.getByText(/only what you have a permission for/)).toBeVisible();
    await expect(application.why.getByRole('heading', { name: 'Your permissions in Turbine Monitor' })).toBeVisible();
    await expect(application.why.getByRole('listitem').filter({ hasText: 'view' })).toHaveText(/View/);
    await page.keyboard.press('Escape');
    await expect(application.why).toBeHidden();
    await expect(application.whyButton).toBeFocused();
  });

  test('S3 S5 S6 S7 no axe violation in filter, rail, branch and dialog', async ({ page, application }) => {
    await application.filter.fill('turb');
    await expectAccessible(page);
    await application.filter.fill('no such entry');
    await expectAccessible(page);
    await application.filter.fill('');
    await application.whyButton.click();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await application.toggle.click();
    await application.railItem('Alarms').click();
    await expectAccessible(page);
    await application.railItem(branch.plain).click();
    await expect(application.flyout).toBeVisible();
    await expectAccessible(page);
  });

  test.describe('on a phone', () => {
    test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

    test('S5 S7 targets are large enough for a finger, the dialog fits', async ({ page, application }) => {
      const sizes = async () =>
        application.menu
          .getByRole('treeitem')
          .or(application.menu.getByRole('button'))
          .or(application.menu.locator('.twist > svg').locator('..'))
          .evaluateAll((all) => all.map((one) => one.getBoundingClientRect()).map(({ width, height }) => Math.min(width, height)));
      expect(Math.min(...(await sizes()))).toBeGreaterThanOrEqual(44);
      await application.whyButton.click();
      const box = await application.why.boundingBox();
      expect(box?.width).toBe(390);
      await expectAccessible(page);
    });
  });
});

test.describe('in a menu that wants to break the portal', () => {
  test.beforeEach(async ({ signIn, launcher }) => {
    await signIn.as('hostile');
    await expect(launcher.links.first()).toBeVisible();
  });

  test('S7 each entry that is left out is named with its rule', async ({ page, application }) => {
    await page.goto('./portal/menu-hidden');
    await expect(application.entry('Page').first()).toBeVisible();
    await expect(application.entry('Group without entries')).toHaveCount(0);
    await expect(application.menu.getByText('1 menu entry could not be read and is not shown.')).toBeVisible();
    await application.whyButton.click();
    const row = (name: string) => application.why.getByRole('listitem').filter({ hasText: name });
    await expect(row('Group without entries')).toHaveText(/no entry stands below it/);
    await expect(row('Group of empty groups').first()).toHaveText(/no entry below it can be shown/);
    await expect(row('Empty group inside')).toHaveText(/in Group of empty groups.*no entry stands below it/s);
    await expect(application.why.getByText(/could not be read/)).toBeVisible();
    await expect(application.why.getByText(/names itself/)).toBeVisible();
    await expect(application.why.getByText(/has the id of another one/)).toBeVisible();
    await expect(row('Read wind farms')).toHaveText(/wind\.read/);
    await expect(row('<b>Write</b>')).toBeVisible();
    await expect(row('bare')).toBeVisible();
    await expectAccessible(page);
    await application.why.getByRole('button', { name: 'Close' }).click();
    await expect(application.why).toBeHidden();
  });

  test('S5 a rail of 5,000 entries shows forty and leads to all', async ({ page, application }) => {
    await page.goto('./portal/menu-wide');
    await expect(application.entries.first()).toBeVisible();
    await application.toggle.click();
    await expect(application.rail.getByRole('link')).toHaveCount(40);
    await application.rail.getByRole('button', { name: 'All entries' }).click();
    await expect(application.rail).toHaveCount(0);
    await expect(application.tree.locator(':focus')).toHaveCount(1);
  });

  test('S6 5,000 entries are filtered without a long wait, and 1,000 levels are', async ({ page, application }) => {
    await page.goto('./portal/menu-wide');
    await expect(application.entries.first()).toBeVisible();
    await application.filter.fill('entry 4999');
    await expect(application.entries).toHaveCount(1);
    await application.filter.press('ArrowDown');
    await expect(application.entry('Entry 4999')).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(application.filter).toHaveValue('');
    await page.goto('./portal/menu-deep');
    await expect(application.entries.first()).toBeVisible();
    await application.filter.fill('level 1000');
    await expect(application.fits).toHaveText('1 entry fits');
    await application.filter.press('ArrowDown');
    await expect(application.entry('Level 1000')).toBeFocused();
    await expect.poll(() => hasFocus(application.entry('Level 1000'))).toBe(true);
  });
});
