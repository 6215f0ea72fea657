import { expect, type Frame, type FrameLocator, type Locator, type Page } from '@playwright/test';

/** `/portal/<application id>/<menu identifier>`. */
export class ApplicationPage {
  readonly main: Locator;
  readonly menu: Locator;
  readonly tree: Locator;
  readonly entries: Locator;
  readonly current: Locator;
  readonly frames: Locator;
  /** The button above the page that switches between the whole menu and the rail, or opens the sheet. */
  readonly toggle: Locator;
  readonly filter: Locator;
  /** In words how many entries fit the filter. */
  readonly fits: Locator;
  readonly rail: Locator;
  readonly flyout: Locator;
  readonly whyButton: Locator;
  readonly why: Locator;

  constructor(private readonly page: Page) {
    this.main = page.getByRole('main');
    this.menu = page.getByRole('navigation', { name: 'Menu', exact: true });
    this.tree = this.menu.getByRole('tree');
    this.entries = this.tree.getByRole('treeitem');
    this.current = this.tree.locator('[aria-current="page"], [aria-current="true"]');
    // Pages that stay alive behind the one that is shown are in the document, too.
    this.frames = this.main.locator('iframe').filter({ visible: true });
    this.toggle = this.main.getByRole('button', { name: 'Menu', exact: true });
    this.filter = this.menu.getByRole('searchbox', { name: 'Filter menu' });
    this.fits = this.menu.getByRole('status').filter({ hasText: /entr(y|ies) fit/ });
    this.rail = this.menu.getByRole('toolbar', { name: 'Menu' });
    this.flyout = this.menu.getByRole('dialog');
    this.whyButton = this.menu.getByRole('button', { name: "Why don't I see an entry?" });
    this.why = page.getByRole('dialog', { name: "Why don't I see an entry?" });
  }

  entry(name: string): Locator {
    return this.tree.getByRole('treeitem', { name, exact: true });
  }

  /** The names of the rows that stand in the document, in order. */
  names(): Promise<string[]> {
    return this.entries.evaluateAll((rows) => rows.map((row) => row.querySelector('bdi')?.textContent ?? ''));
  }

  /** What opens and closes a branch by pointer, beside its link. */
  twist(name: string): Locator {
    return this.tree.locator('.branch').filter({ has: this.page.getByRole('treeitem', { name, exact: true }) }).locator('.twist');
  }

  railItem(name: string): Locator {
    return this.rail.getByRole('link', { name, exact: true }).or(this.rail.getByRole('button', { name, exact: true }));
  }

  frame(title: string): FrameLocator {
    return this.main.getByTitle(title, { exact: true }).contentFrame();
  }

  /** The frame that is shown, once its page is there. */
  async inside(title: string): Promise<Frame> {
    const element = this.main.getByTitle(title, { exact: true });
    await expect(element.contentFrame().locator('body')).toHaveText(/\S/);
    const frame = await (await element.elementHandle())?.contentFrame();
    if (!frame) throw new Error(`no frame ${title}`);
    // Its words stand there before its scripts have run.
    await frame.waitForLoadState();
    return frame;
  }

  /** The frame's own words; waits until there are some. */
  async frameText(title: string): Promise<string> {
    const body = this.frame(title).locator('body');
    await expect(body).toHaveText(/\S/);
    return body.innerText();
  }

  /** Opens every branch, by keyboard as the ARIA tree pattern has it. */
  async expandAll(): Promise<void> {
    const closed = this.tree.locator('[role="treeitem"][aria-expanded="false"]');
    for (let left = 200; left > 0 && (await closed.count()) > 0; left -= 1) {
      await closed.first().focus();
      await this.page.keyboard.press('ArrowRight');
    }
  }
}
