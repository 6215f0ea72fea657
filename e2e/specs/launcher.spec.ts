import { expectAccessible } from '../support/a11y.ts';
import { howMany, organization } from '../support/accounts.ts';
import { Api } from '../support/api.ts';
import { categoryName, categoryOf, found, inOrder, shownName, type WireApplication } from '../support/expected.ts';
import { expect, test } from '../support/test.ts';

const locale = 'en-US';
const names = (applications: readonly WireApplication[]) => applications.map((one) => shownName(one, locale));

const sizes = [
  { name: organization.many, count: howMany },
  { name: organization.threeHundred, count: 300 },
  { name: organization.threeThousand, count: 3000 },
] as const;

for (const { name, count } of sizes) {
  test.describe(`${count} applications`, () => {
    let expected: WireApplication[] = [];

    test.beforeEach(async ({ site, signIn, organizations, launcher }) => {
      expected = inOrder(await (await Api.as(site.url, 'morgan', name)).applications(), locale);
      expect(expected).toHaveLength(count);
      await signIn.as('morgan');
      await organizations.choose(name);
      await launcher.expectShown(count);
    });

    // A2 and "Order" of the rules under the words.
    test('stand in the administrator\'s order, then by name, then by id', async ({ launcher }) => {
      const tiles = await launcher.everyTile();
      expect(tiles.map(({ position }) => position)).toEqual(expected.map((_, index) => index + 1));
      expect(tiles.map((tile) => tile.name)).toEqual(names(expected));
      for (const tile of tiles) expect(tile.text.startsWith(tile.name), tile.text).toBe(true);
    });

    test('the filter shows exactly the applications of its category, and the counts say so', async ({ page, launcher }) => {
      const categories = [...new Set(expected.map((one) => categoryOf(one) ?? 'none'))];
      const buttons = launcher.categories.getByRole('button');
      await expect(buttons).toHaveCount(categories.length + 1);
      for (const category of categories.slice(0, 4)) {
        const members = expected.filter((one) => (categoryOf(one) ?? 'none') === category);
        const chip = launcher.category((members[0] && categoryName(members[0])) ?? 'Uncategorized');
        await expect(chip).toContainText(String(members.length));
        await chip.click();
        await expect(chip).toHaveAttribute('aria-pressed', 'true');
        await expect(page).toHaveURL(new RegExp(`[?&]category=${category}(&|$)`));
        await launcher.expectShown(members.length);
        expect((await launcher.everyTile()).map((tile) => tile.name)).toEqual(names(members));
        // One at a time.
        await expect(launcher.categories.locator('[aria-pressed="true"]')).toHaveCount(1);
      }
    });

    test('the search shows exactly what matches, in every language, and survives a reload', async ({ page, launcher }) => {
      for (const query of searches(expected)) {
        const hits = expected.filter((one) => found(one, query));
        await launcher.search.fill(query);
        await launcher.expectShown(hits.length);
        await expect.poll(() => new URL(page.url()).searchParams.get('q')).toBe(query);
        expect((await launcher.everyTile()).map((tile) => tile.name), query).toEqual(names(hits));
      }
      const last = searches(expected).at(-1) ?? '';
      await page.reload();
      await expect(launcher.search).toHaveValue(last);
      await launcher.expectShown(expected.filter((one) => found(one, last)).length);
    });

    test('search and filter hold together; counts respect the search', async ({ page, launcher }) => {
      const [query = ''] = searches(expected);
      const hits = expected.filter((one) => found(one, query));
      const one = hits.find((hit) => categoryName(hit) !== undefined);
      const category = one && categoryOf(one);
      const both = hits.filter((hit) => categoryOf(hit) === category);
      await launcher.search.fill(query);
      await launcher.expectShown(hits.length);
      const chip = launcher.category((one && categoryName(one)) ?? '');
      await expect(chip).toContainText(String(both.length));
      await chip.click();
      await launcher.expectShown(both.length);
      await page.reload();
      await launcher.expectShown(both.length);
      await expect(launcher.search).toHaveValue(query);
      await expect(chip).toHaveAttribute('aria-pressed', 'true');
      await chip.click();
      await expect(page).not.toHaveURL(/category=/);
      await launcher.expectShown(hits.length);
    });

    // A6 and "Large lists": one tab stop, every entry can be reached, the focused one stays.
    test('the keyboard reaches every tile through one tab stop', async ({ page, launcher }) => {
      await expect(launcher.list.locator('[tabindex="0"], a[href]:not([tabindex])')).toHaveCount(1);
      await launcher.links.first().focus();
      const at = () =>
        page.evaluate(() => Number(document.activeElement?.closest('[aria-posinset]')?.getAttribute('aria-posinset') ?? 0));
      const columns = await columnsOf();
      await page.keyboard.press('ArrowRight');
      await expect.poll(at).toBe(2);
      await page.keyboard.press('ArrowLeft');
      await expect.poll(at).toBe(1);
      await page.keyboard.press('ArrowDown');
      await expect.poll(at).toBe(1 + columns);
      await page.keyboard.press('ArrowUp');
      await expect.poll(at).toBe(1);
      await page.keyboard.press('End');
      await expect.poll(at).toBe(count);
      await expect(page.locator(':focus')).toBeInViewport();
      await page.keyboard.press('ArrowLeft');
      await expect.poll(at).toBe(count - 1);
      await page.keyboard.press('Home');
      await expect.poll(at).toBe(1);
      await expect(page.locator(':focus')).toBeInViewport();
      // Far away, the focused tile still stands in the document and goes on from where it was.
      await launcher.scrollTo(1_000_000);
      expect(await at()).toBe(1);
      await page.keyboard.press('ArrowRight');
      await expect.poll(at).toBe(2);

      function columnsOf(): Promise<number> {
        return launcher.items.evaluateAll((items) => {
          const top = items[0]?.getBoundingClientRect().top;
          return items.filter((item) => item.getBoundingClientRect().top === top).length;
        });
      }
    });

    test('only tiles near the view stand in the document where there are many', async ({ launcher }) => {
      const here = await launcher.items.count();
      if (count <= 200) expect(here).toBe(count);
      else expect(here).toBeLessThan(200);
      await launcher.scrollTo(1_000_000);
      await expect.poll(async () => (await launcher.tiles()).some((tile) => tile.position === count)).toBe(true);
      expect(await launcher.items.count()).toBeLessThanOrEqual(200);
    });

    test('has no axe violation, also while filtered and without a match', async ({ page, launcher }) => {
      await expectAccessible(page);
      await launcher.search.fill('no application is called so');
      await launcher.expectShown(0);
      await expectAccessible(page);
    });
  });
}

/** Searches worth trying: part of a name, capitals, two words, another language, nothing. */
function searches(applications: readonly WireApplication[]): string[] {
  const [first = '', second = ''] = names(applications).filter((name) => name.includes(' '));
  const chinese = applications
    .map((one) => (one.nameJson as Record<string, string> | undefined)?.zh_CN)
    .find((name) => name !== undefined && name !== '');
  const word = first.split(' ')[0] ?? '';
  return [
    word.slice(0, 4),
    second.toUpperCase(),
    first.split(' ').reverse().join('  '),
    ...(chinese === undefined ? [] : [chinese.slice(0, 2)]),
    word,
  ];
}

test.describe('the search box', () => {
  test.beforeEach(async ({ signIn, organizations, launcher }) => {
    await signIn.as('morgan');
    await organizations.choose(organization.many);
    await launcher.expectShown(howMany);
  });

  // A4
  for (const key of ['/', 'Control+k'] as const) {
    test(`takes the focus by ${key}`, async ({ page, launcher }) => {
      await launcher.links.first().focus();
      await page.keyboard.press(key);
      await expect(launcher.search).toBeFocused();
      await expect(launcher.search).toHaveValue('');
    });
  }

  test('leaves other combinations of its keys to the browser', async ({ page, launcher }) => {
    await launcher.links.first().focus();
    await page.evaluate(() => {
      addEventListener('keydown', (event) => setTimeout(() => (document.title += event.defaultPrevented ? ' taken' : '')));
    });
    for (const key of ['Control+Shift+K', 'Control+Alt+k', 'Control+/', 'Alt+/']) await page.keyboard.press(key);
    await expect(launcher.links.first()).toBeFocused();
    await expect(page).not.toHaveTitle(/taken/);
  });

  // A4: a slash that is typed into the box is text.
  test('takes a slash as text', async ({ page, launcher }) => {
    await launcher.search.focus();
    await page.keyboard.type('a/b');
    await expect(launcher.search).toHaveValue('a/b');
  });

  test('marks what matched', async ({ launcher }) => {
    const [first] = await launcher.tiles();
    const word = first?.name.split(' ')[0] ?? '';
    await launcher.search.fill(word);
    await expect(launcher.links.first().locator('mark').first()).toHaveText(new RegExp(`^${word}$`, 'i'));
    expect((await launcher.tiles())[0]?.name).toContain(word);
  });

  test('is cleared by Escape', async ({ page, launcher }) => {
    await launcher.search.fill('zzz');
    await launcher.expectShown(0);
    await launcher.search.press('Escape');
    await expect(launcher.search).toHaveValue('');
    await launcher.expectShown(howMany);
    await expect(page).not.toHaveURL(/[?&]q=/);
  });

  // A4: no result offers a way back.
  test('without a match says so and offers to clear', async ({ page, launcher }) => {
    await launcher.search.fill('no application is called so');
    await launcher.expectShown(0);
    const main = page.getByRole('main');
    await expect(main.getByText(/No application matches/).first()).toBeVisible();
    await main.getByRole('button', { name: /Clear|Show all applications/ }).last().click();
    await launcher.expectShown(howMany);
    await expect(launcher.search).toHaveValue('');
  });

  // hostile.md 18
  test('shows hostile queries literally', async ({ page, launcher }) => {
    const query = '<script>alert(1)</script>';
    await page.goto(`./?q=${encodeURIComponent(query)}&category=${encodeURIComponent('"><img src=x>')}`);
    await expect(launcher.search).toHaveValue(query);
    await launcher.expectShown(0);
    expect(await page.locator('main img').count()).toBe(0);
  });

  test('a typed query does not flood the history', async ({ page, launcher }) => {
    await launcher.search.focus();
    const before = await page.evaluate(() => history.length);
    await page.keyboard.type('turbine');
    await expect(page).toHaveURL(/q=turbine/);
    expect((await page.evaluate(() => history.length)) - before).toBeLessThanOrEqual(1);
  });
});
