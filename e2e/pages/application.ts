import { expect, type FrameLocator, type Locator, type Page } from '@playwright/test';

/** `/portal/<application id>/<menu identifier>`. */
export class ApplicationPage {
  readonly main: Locator;
  readonly menu: Locator;
  readonly tree: Locator;
  readonly entries: Locator;
  readonly current: Locator;
  readonly frames: Locator;

  constructor(private readonly page: Page) {
    this.main = page.getByRole('main');
    this.menu = page.getByRole('navigation', { name: 'Menu', exact: true });
    this.tree = this.menu.getByRole('tree');
    this.entries = this.tree.getByRole('treeitem');
    this.current = this.tree.locator('[aria-current="page"], [aria-current="true"]');
    // Pages that stay alive behind the one that is shown are in the document, too.
    this.frames = this.main.locator('iframe').filter({ visible: true });
  }

  entry(name: string): Locator {
    return this.tree.getByRole('treeitem', { name, exact: true });
  }

  frame(title: string): FrameLocator {
    return this.main.getByTitle(title, { exact: true }).contentFrame();
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
