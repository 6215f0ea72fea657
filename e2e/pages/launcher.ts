import { expect, type Locator, type Page } from '@playwright/test';

/** A tile as a person meets it. */
export interface Tile {
  /** `aria-posinset` and `aria-setsize` of the item. */
  position: number;
  size: number;
  /** The application's name: the first isolated text of the tile. */
  name: string;
  /** The accessible text of the whole tile, as written. */
  text: string;
  href: string | null;
  disabled: boolean;
}

/** `/`. */
export class LauncherPage {
  readonly heading: Locator;
  readonly search: Locator;
  readonly categories: Locator;
  readonly list: Locator;
  readonly items: Locator;
  readonly links: Locator;
  readonly status: Locator;

  constructor(private readonly page: Page) {
    this.heading = page.getByRole('heading', { name: 'Applications', exact: true });
    this.search = page.getByRole('searchbox', { name: 'Search applications' });
    this.categories = page.getByRole('group', { name: 'Category' });
    this.list = page.getByRole('list', { name: 'Applications' });
    this.items = this.list.getByRole('listitem');
    this.links = this.items.getByRole('link');
    this.status = page.getByRole('status').filter({ hasText: /\d.*application/i });
  }

  /** The toggle button of a category; its name may end with a count. */
  category(name: string): Locator {
    const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    return this.categories.getByRole('button', { name: new RegExp(`^${escaped}(\\W*\\d[\\d,]*\\W*\\w*)?$`) });
  }

  /** The tile whose name begins so. */
  tile(name: string): Locator {
    const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    return this.links.and(this.page.getByRole('link', { name: new RegExp(`^\\s*${escaped}`) }));
  }

  /** How many applications the status line says are shown: its first number. */
  async said(): Promise<number> {
    const text = (await this.status.first().innerText()).replace(/(?<=\d)[,.\u00a0\u202f\u2019](?=\d)/g, '');
    return /\bno\b/i.test(text) && !/\d/.test(text) ? 0 : Number(/\d+/.exec(text)?.[0] ?? Number.NaN);
  }

  async expectShown(count: number): Promise<void> {
    await expect.poll(() => this.said(), { message: 'the status line' }).toBe(count);
    if (count > 0) {
      const sizes = () => this.items.evaluateAll((items) => [...new Set(items.map((item) => item.ariaSetSize))]);
      await expect.poll(sizes, { message: 'aria-setsize' }).toEqual([String(count)]);
    } else {
      await expect(this.items).toHaveCount(0);
    }
  }

  /** The tiles that stand in the document now, in document order. */
  tiles(): Promise<Tile[]> {
    return this.items.evaluateAll((items) =>
      items.map((item) => {
        const link = item.querySelector('a, [role="link"]');
        const name = link?.querySelector('bdi, [dir="auto"]') ?? link;
        return {
          position: Number(item.ariaPosInSet),
          size: Number(item.ariaSetSize),
          name: (name?.textContent ?? '').trim(),
          text: (link?.textContent ?? '').trim(),
          href: link?.getAttribute('href') ?? null,
          disabled: link?.getAttribute('aria-disabled') === 'true',
        };
      }),
    );
  }

  /** Scrolls through the whole list and gives every tile by its position; fails where two claim one. */
  async everyTile(): Promise<Tile[]> {
    const all = new Map<number, Tile>();
    await this.scrollTo(0);
    for (let step = 0; step < 2000; step += 1) {
      for (const tile of await this.tiles()) {
        const known = all.get(tile.position);
        if (known !== undefined && known.name !== tile.name) {
          throw new Error(`place ${tile.position} is both "${known.name}" and "${tile.name}"`);
        }
        all.set(tile.position, tile);
      }
      if (!(await this.scrollOn())) break;
    }
    return [...all.values()].sort((a, b) => a.position - b.position);
  }

  async scrollTo(top: number): Promise<void> {
    await this.list.evaluate(async (list, y) => {
      scroller(list).scrollTop = y;
      await painted();

      function scroller(from: Element): Element {
        for (let at: Element | null = from; at; at = at.parentElement) {
          const style = getComputedStyle(at).overflowY;
          if (at.scrollHeight > at.clientHeight + 1 && (style === 'auto' || style === 'scroll')) return at;
        }
        return document.scrollingElement ?? document.documentElement;
      }
      async function painted(): Promise<void> {
        for (let frames = 0; frames < 3; frames += 1) await new Promise(requestAnimationFrame);
      }
    }, top);
  }

  /** Most of a page further down; false at the end. */
  private scrollOn(): Promise<boolean> {
    return this.list.evaluate(async (list) => {
      let target: Element = document.scrollingElement ?? document.documentElement;
      for (let at: Element | null = list; at; at = at.parentElement) {
        const style = getComputedStyle(at).overflowY;
        if (at.scrollHeight > at.clientHeight + 1 && (style === 'auto' || style === 'scroll')) {
          target = at;
          break;
        }
      }
      const before = target.scrollTop;
      target.scrollTop = before + target.clientHeight * 0.7;
      for (let frames = 0; frames < 3; frames += 1) await new Promise(requestAnimationFrame);
      return target.scrollTop > before;
    });
  }
}
