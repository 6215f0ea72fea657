// G1, G2, G3: narrow windows, zoom, every look.
import { expectAccessible, expectNoSidewaysScroll } from '../support/a11y.ts';
import { howMany, organization, story } from '../support/accounts.ts';
import { expect, test } from '../support/test.ts';

const windows = [
  { name: '320 px', viewport: { width: 320, height: 640 } },
  { name: 'a phone', viewport: { width: 390, height: 844 } },
  // 200 % zoom of a window of 1280 × 800.
  { name: '200 % zoom', viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 },
] as const;

for (const { name, ...use } of windows) {
  test.describe(name, () => {
    test.use(use);

    test('every screen fits, works and has no axe violation', async ({ page, signIn, organizations, launcher, application }) => {
      const check = async () => {
        await expectNoSidewaysScroll(page);
        await expectAccessible(page);
      };
      await signIn.open();
      await check();
      await signIn.send('morgan', 'wrong');
      await expect(signIn.failure).toBeVisible();
      await check();
      await signIn.send('morgan');
      await expect(organizations.heading).toBeVisible();
      await check();
      await organizations.choose(organization.many);
      await launcher.expectShown(howMany);
      await check();
      await launcher.search.fill('no application is called so');
      await launcher.expectShown(0);
      await check();
      await launcher.search.fill('');
      await launcher.expectShown(howMany);
      await launcher.tile(story.application).click();
      await expect(application.frames).toHaveCount(1);
      // What sticks out of the shell is cut off without a bar to scroll it.
      const box = await application.frames.first().boundingBox();
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(use.viewport.width);
      await check();
      // The menu may be behind a button where there is no room beside the page.
      const opener = page.getByRole('button', { name: /^(Menu|Open menu|Expand menu)$/ });
      if (!(await application.entries.first().isVisible())) await opener.click();
      await expect(application.entries.first()).toBeVisible();
      await check();
      await page.goto('./nothing-here');
      await expect(page.getByRole('heading', { name: 'Page not found' })).toBeVisible();
      await check();
    });
  });
}

// G2: at least 24 px, measured on every control that is not inside a sentence; a label around a box is pressed like the box.
test('targets are large enough', async ({ page, signIn, organizations, launcher }) => {
  await signIn.open();
  await expectTargets();
  await signIn.send('morgan');
  await expect(organizations.heading).toBeVisible();
  await expectTargets();
  await organizations.choose(organization.many);
  await launcher.expectShown(howMany);
  await expectTargets();

  async function expectTargets(): Promise<void> {
    const small = await page.evaluate(() =>
      [...document.querySelectorAll('a[href], button, input, select, [role="link"]')]
        .filter((element) => element.checkVisibility() && element.closest('p') === null)
        .map((element) => ({ box: (element.closest('label') ?? element).getBoundingClientRect(), text: `${element.localName} ${element.textContent?.trim().slice(0, 30) ?? ''}` }))
        .filter(({ box }) => box.width > 1 && (box.width < 24 || box.height < 24))
        .map(({ box, text }) => `${text}: ${box.width} × ${box.height}`),
    );
    expect(small).toEqual([]);
  }
});

// A1 and the budget of performance.md: nothing jumps while the launcher comes.
test('the layout does not shift', async ({ page, signIn, launcher }) => {
  await signIn.as('solo');
  await expect(launcher.links.first()).toBeVisible();
  await page.addInitScript(() => {
    Reflect.set(globalThis, '__shifts', 0);
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const { value, hadRecentInput } = entry as PerformanceEntry & { value: number; hadRecentInput: boolean };
        if (!hadRecentInput) Reflect.set(globalThis, '__shifts', Number(Reflect.get(globalThis, '__shifts')) + value);
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.reload();
  await expect(launcher.links.first()).toBeVisible();
  await page.waitForTimeout(500);
  expect(await page.evaluate(() => Number(Reflect.get(globalThis, '__shifts')))).toBe(0);
});
