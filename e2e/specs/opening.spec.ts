// Where a tile opens: the menu of a tile (experience.md A5), and the setting `openIn`.
import type { CDPSession, Locator, Page } from '@playwright/test';

import { expectAccessible } from '../support/a11y.ts';
import { addressless, elsewhere, howMany, organization, organizationId, sentinel, story } from '../support/accounts.ts';
import { expect, test } from '../support/test.ts';

// "Shortcut applications mix menus; mobile applications are marked": both open as others do. What they are is said on the
// tile (tiles.spec.ts).
for (const [kind, name] of [['a mobile application', 'Substation Patrol'], ['a shortcut application', 'Documents']] as const) {
  test(`${kind} opens in the portal`, async ({ page, signIn, organizations, launcher, application }) => {
    await signIn.as('morgan');
    await organizations.choose(organization.many);
    await launcher.tile(name).click();
    await expect(page).toHaveURL(/\/portal\//);
    await expect(application.frames).toHaveCount(1);
  });
}

/** What the menu of a tile holds. */
class TileMenu {
  readonly menu: Locator;
  readonly items: Locator;
  readonly open: Locator;
  readonly openTab: Locator;
  readonly copy: Locator;

  constructor(page: Page, name: string) {
    this.menu = page.getByRole('menu', { name: new RegExp(`^${name}`) });
    this.items = this.menu.getByRole('menuitem');
    this.open = this.menu.getByRole('menuitem', { name: 'Open', exact: true });
    this.openTab = this.menu.getByRole('menuitem', { name: 'Open in a new tab', exact: true });
    this.copy = this.menu.getByRole('menuitem', { name: 'Copy link', exact: true });
  }
}

/** Short messages come some seconds after the first screen. */
const expectMessages = (page: Page) => expect(page.locator('.toasts:not(.quiet)').first()).toBeAttached({ timeout: 30_000 });

/** Whether a panel stands in the window as a whole. */
const isInside = (panel: Locator) =>
  panel.evaluate((element) => {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    return left >= 0 && top >= 0 && right <= document.documentElement.clientWidth && bottom <= innerHeight;
  });

/** A finger on the screen, as the browser gets it from a device. */
class Finger {
  private at = { x: 0, y: 0 };

  private constructor(private readonly device: CDPSession) {}

  static async on(page: Page): Promise<Finger> {
    return new Finger(await page.context().newCDPSession(page));
  }

  async put(target: Locator): Promise<void> {
    await target.scrollIntoViewIfNeeded();
    const box = await target.boundingBox();
    if (box === null) throw new Error('nothing to put a finger on');
    this.at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    await this.device.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [this.at] });
  }

  /** Down so far, in steps as a finger does. */
  async move(by: number): Promise<void> {
    for (let step = 0; step < 10; step += 1) {
      this.at = { x: this.at.x, y: this.at.y + by / 10 };
      await this.device.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [this.at] });
    }
  }

  /** Rests until the browser asks for a menu, as it does on a device; one without a screen never asks, so this asks for it. */
  async rest(target: Locator): Promise<void> {
    await target.evaluate((element, { x, y }) => {
      const menu = new PointerEvent('contextmenu', { bubbles: true, cancelable: true, pointerType: 'touch', clientX: x, clientY: y });
      element.dispatchEvent(menu);
    }, this.at);
  }

  /** Takes the finger away; after a long press it presses nothing. */
  async lift(long = false): Promise<void> {
    await this.device.send('Input.dispatchTouchEvent', { type: long ? 'touchCancel' : 'touchEnd', touchPoints: [] });
  }
}

test.describe('the menu of a tile', () => {
  test.beforeEach(async ({ signIn, organizations, launcher }) => {
    await signIn.as('morgan');
    await organizations.choose(organization.many);
    await launcher.expectShown(howMany);
  });

  test('opens by right click, with two links and a way to copy', async ({ page, launcher }) => {
    const tile = launcher.tile(elsewhere);
    const href = (await tile.getAttribute('href')) ?? '';
    await tile.click({ button: 'right' });
    const { menu, items, open, openTab, copy } = new TileMenu(page, elsewhere);
    await expect(menu).toBeVisible();
    await expect(items).toHaveText(['Open', 'Open in a new tab', 'Copy link', 'Details']);
    await expect(open).toHaveAttribute('href', href);
    await expect(open).not.toHaveAttribute('target');
    await expect(openTab).toHaveAttribute('href', /\/sample-apps\//);
    await expect(openTab).toHaveAttribute('target', '_blank');
    await expect(openTab).toHaveAttribute('rel', 'noopener noreferrer');
    await expect(open).toBeFocused();
    await expectAccessible(page);
    // One tab stop stays one, and a menu is none: Tab closes it and goes on from the tile.
    await page.keyboard.press('End');
    await expect(items.last()).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await expect(open).toBeFocused();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Home');
    await expect(open).toBeFocused();
    await page.keyboard.press('c');
    await expect(copy).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(menu).toBeHidden();
    await expect(tile).toBeFocused();
  });

  test('opens by the menu key and by Shift and F10', async ({ page, launcher }) => {
    const tile = launcher.tile(story.application);
    const { menu, open } = new TileMenu(page, story.application);
    for (const key of ['ContextMenu', 'Shift+F10']) {
      await tile.focus();
      await page.keyboard.press(key);
      await expect(menu, key).toBeVisible();
      await expect(open).toBeFocused();
      // At the tile, since no pointer says where.
      const [panel, box] = [await menu.boundingBox(), await tile.boundingBox()];
      expect((panel?.x ?? 0) < (box?.x ?? 0) + (box?.width ?? 0) && (panel?.x ?? 0) + (panel?.width ?? 0) > (box?.x ?? 0), key).toBe(true);
      await page.keyboard.press('Escape');
      await expect(tile).toBeFocused();
    }
  });

  test('"Open" opens in the portal, by Enter and by the space bar', async ({ page, launcher, application }) => {
    const { open } = new TileMenu(page, story.application);
    for (const key of ['Enter', ' ']) {
      await launcher.tile(story.application).click({ button: 'right' });
      await expect(open).toBeFocused();
      await page.keyboard.press(key);
      await expect(page).toHaveURL(/\/portal\/[^?]+$/);
      await expect(application.frames).toHaveCount(1);
      await page.goBack();
      await launcher.expectShown(howMany);
    }
  });

  test('its links open tabs as links do, and the pages have no hold on the portal', async ({ page, context, launcher }) => {
    const { menu, open, openTab } = new TileMenu(page, elsewhere);
    const opened = async (press: () => Promise<void>) => {
      await launcher.tile(elsewhere).click({ button: 'right' });
      await expect(menu).toBeVisible();
      const other = context.waitForEvent('page');
      await press();
      const found = await other;
      await found.waitForLoadState();
      await expect(page).toHaveURL(/\/(\?.*)?$/);
      return found;
    };
    const plain = await opened(() => openTab.click());
    expect(new URL(plain.url()).pathname).toContain('/sample-apps/');
    expect(await plain.evaluate(() => [window.opener === null, document.referrer])).toEqual([true, '']);
    await expect(menu).toBeHidden();
    const shell = await opened(() => open.click({ modifiers: ['Control'] }));
    await expect(shell).toHaveURL(/\/portal\/[^?]+$/);
    await expect(shell.getByRole('navigation', { name: 'Menu', exact: true })).toBeVisible();
    const middle = await opened(() => open.click({ button: 'middle' }));
    await expect(middle).toHaveURL(/\/portal\/[^?]+$/);
  });

  test('an application without an address of its own opens in the portal either way', async ({ page, launcher }) => {
    const href = (await launcher.tile(addressless).getAttribute('href')) ?? '';
    await launcher.tile(addressless).click({ button: 'right' });
    const { open, openTab } = new TileMenu(page, addressless);
    await expect(open).toHaveAttribute('href', href);
    await expect(openTab).toHaveAttribute('href', href);
    await expect(openTab).toHaveAttribute('target', '_blank');
  });

  test('what only a tab can show has no "Open"', async ({ page, launcher }) => {
    await launcher.tile('Market News').click({ button: 'right' });
    const { menu, items } = new TileMenu(page, 'Market News');
    await expect(items).toHaveText(['Open in a new tab', 'Copy link', 'Details']);
    await expect(menu).toHaveAccessibleName('Market News: Opens in a new tab');
  });

  test('what cannot be opened says why, and its link can be shown to the administrator', async ({ page, launcher }) => {
    await launcher.tile(sentinel.disabled).click({ button: 'right', force: true });
    const { menu, items } = new TileMenu(page, sentinel.disabled);
    await expect(items).toHaveText(['Copy link', 'Details']);
    await expect(menu).toHaveAccessibleName(`${sentinel.disabled}: Not enabled`);
    await expect(menu.locator('..')).toContainText('Not enabled');
  });

  test('"Copy link" copies the address in the portal with its organization', async ({ page, context, site, launcher }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await expectMessages(page);
    const tile = launcher.tile(story.application);
    const expected = new URL((await tile.getAttribute('href')) ?? '', site.url);
    expected.searchParams.set('org', organizationId.many);
    await tile.click({ button: 'right' });
    await new TileMenu(page, story.application).copy.click();
    await expect(page.getByRole('status').filter({ hasText: 'Link copied' })).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(expected.href);
    await expect(tile).toBeFocused();
  });

  test('a browser that lets nothing be copied: the link is shown', async ({ page, site, launcher }) => {
    await expectMessages(page);
    await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
    await launcher.tile(story.application).click({ button: 'right' });
    await new TileMenu(page, story.application).copy.click();
    const told = page.getByRole('status').filter({ hasText: 'did not let the link be copied' });
    await expect(told).toContainText(`${site.url}portal/`);
    await expect(told).toContainText(`org=${organizationId.many}`);
  });

  test('stays in the window, closes by a press beside it, and leaves the rest of the page to the browser', async ({ page, launcher }) => {
    for (const size of [{ width: 1280, height: 800 }, { width: 390, height: 500 }]) {
      await page.setViewportSize(size);
      // At the left edge of the first tile, and at the right one of a tile that stands lowest in the window.
      const boxes = (await Promise.all((await launcher.items.all()).map((item) => item.getByRole('link').boundingBox()))).flatMap((box) => box ?? []);
      const low = boxes.filter((box) => box.y < size.height - 12);
      const last = low[low.length - 1];
      const points = [
        { x: (low[0]?.x ?? 0) + 4, y: (low[0]?.y ?? 0) + 8 },
        { x: (last?.x ?? 0) + (last?.width ?? 0) - 8, y: Math.min((last?.y ?? 0) + (last?.height ?? 0), size.height) - 8 },
      ];
      for (const { x, y } of points) {
        await page.mouse.click(x, y, { button: 'right' });
        const panel = page.locator('.tile-menu > .menu');
        await expect(panel).toBeVisible();
        expect(await isInside(panel), `${size.width} at ${x}, ${y}`).toBe(true);
        await page.mouse.click(5, 300);
        await expect(panel).toBeHidden();
      }
    }
    const left = await page.evaluate(() => {
      const ask = (selector: string, shiftKey: boolean) => {
        const event = new MouseEvent('contextmenu', { bubbles: true, cancelable: true, button: 2, shiftKey });
        document.querySelector(selector)?.dispatchEvent(event);
        return !event.defaultPrevented;
      };
      return [ask('h1', false), ask('[role="list"]', false), ask('[role="list"] a', true)];
    });
    expect(left).toEqual([true, true, true]);
  });

  test('is read in the language of the person', async ({ page, launcher, accountMenu }) => {
    await accountMenu.button.click();
    await page.getByRole('menuitem', { name: /^Language/ }).click();
    await page.getByRole('menuitemradio', { name: '简体中文' }).click();
    await page.getByRole('list').getByRole('link').first().click({ button: 'right' });
    await expect(page.locator('.tile-menu').getByRole('menuitem')).toHaveText(['打开', '在新标签页中打开', '复制链接', '详细信息']);
    await expect(launcher.heading).toBeHidden();
  });
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test.beforeEach(async ({ signIn, organizations, launcher }) => {
    await signIn.as('morgan');
    await organizations.choose(organization.many);
    await launcher.expectShown(howMany);
  });

  test('a finger that rests on a tile opens its menu, which stays when it is lifted', async ({ page, launcher }) => {
    const finger = await Finger.on(page);
    const tile = launcher.links.first();
    const panel = page.locator('.tile-menu > .menu');
    await finger.put(tile);
    await finger.rest(tile);
    await expect(panel).toBeVisible();
    expect(await isInside(panel)).toBe(true);
    await expect(panel.getByRole('menuitem').first()).toBeFocused();
    await finger.lift(true);
    await expect(panel).toBeVisible();
    await expect(launcher.heading).toBeAttached();
    await expectAccessible(page);
    const heights = await panel.getByRole('menuitem').evaluateAll((items) => items.map((item) => item.getBoundingClientRect().height));
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(44);
    // Another tile's menu comes in its stead, and a tap on an entry opens that application.
    const other = launcher.links.nth(1);
    const href = (await other.getAttribute('href')) ?? '';
    await page.keyboard.press('Escape');
    await expect(panel).toBeHidden();
    await finger.put(other);
    await finger.rest(other);
    await expect(panel.getByRole('menuitem', { name: 'Open', exact: true })).toHaveAttribute('href', href);
    await finger.lift(true);
    await panel.getByRole('menuitem', { name: 'Open', exact: true }).tap();
    await expect(page).toHaveURL((url) => url.pathname === href);
  });

  test('a finger elsewhere closes the menu of a tile', async ({ page, launcher }) => {
    const finger = await Finger.on(page);
    const tile = launcher.links.first();
    const panel = page.locator('.tile-menu > .menu');
    await finger.put(tile);
    await finger.rest(tile);
    await finger.lift(true);
    await expect(panel).toBeVisible();
    await launcher.heading.tap();
    await expect(panel).toBeHidden();
    await expect(launcher.heading).toBeVisible();
  });

  test('a finger that moves on scrolls, and one that taps opens the application', async ({ page, launcher }) => {
    const finger = await Finger.on(page);
    await finger.put(launcher.links.nth(2));
    await finger.move(-300);
    await finger.lift();
    await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(100);
    await expect(page.locator('.tile-menu > .menu')).toHaveCount(0);
    await expect(launcher.heading).toBeVisible();
    // A tap while the page still glides stops it, and is no tap on what is below.
    let before = -1;
    const isStill = async (): Promise<boolean> => {
      const last = before;
      before = await page.evaluate(() => scrollY);
      return before === last;
    };
    await expect.poll(isStill, { intervals: [400] }).toBe(true);
    await launcher.links.nth(4).tap();
    await expect(page).toHaveURL(/\/portal\//);
  });
});

// "Opening in the shell or in a new tab is a setting per deployment and a choice of the person, never both by surprise."
test.describe('a deployment that opens applications in tabs', () => {
  test.use({ own: { settings: { openIn: 'tab' } } });

  test.beforeEach(async ({ signIn, organizations, launcher }) => {
    await signIn.as('morgan');
    await organizations.choose(organization.many);
    await launcher.expectShown(howMany);
  });

  test('a tile opens its own address in a tab, and says so', async ({ page, context, launcher }) => {
    const tile = launcher.tile(elsewhere);
    await expect(tile).toHaveAttribute('href', /^https?:\/\/[^/]+\/sample-apps\//);
    await expect(tile).toHaveAttribute('target', '_blank');
    await expect(tile).toHaveAttribute('rel', 'noopener noreferrer');
    await expect(tile).toContainText('Opens in a new tab');
    const other = context.waitForEvent('page');
    await tile.click();
    const opened = await other;
    await opened.waitForLoadState();
    expect(await opened.evaluate(() => window.opener === null)).toBe(true);
    await expect(launcher.heading).toBeVisible();
    await expect(page).toHaveURL(/\/(\?.*)?$/);
  });

  test('its menu opens it in the portal, and so does the address', async ({ page, launcher, application }) => {
    await launcher.tile(elsewhere).click({ button: 'right' });
    const { items, open } = new TileMenu(page, elsewhere);
    await expect(items).toHaveText(['Open', 'Open in a new tab', 'Copy link', 'Details']);
    await open.click();
    await expect(page).toHaveURL(/\/portal\/[^?]+$/);
    await expect(application.frames).toHaveCount(1);
    await page.reload();
    await expect(application.frames).toHaveCount(1);
  });

  test('one without an address of its own opens in the portal, where its menu is', async ({ launcher, application }) => {
    const tile = launcher.tile(addressless);
    await expect(tile).not.toHaveAttribute('target');
    await expect(tile).not.toContainText('Opens in a new tab');
    await tile.click();
    await expect(application.frames).toHaveCount(1);
  });
});
