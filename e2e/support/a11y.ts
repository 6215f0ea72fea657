// Accessibility of a screen (experience.md G1): axe in light, dark and forced colours, and no sideways scrolling.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

async function analyse(page: Page, look: string, without: string[] = []): Promise<void> {
  const found = await new AxeBuilder({ page })
    // What an application shows in its frame is not the portal's; axe would also load its styles anew, against its policy.
    .options({ iframes: false })
    .setLegacyMode()
    .withTags(rules)
    .disableRules(without)
    .analyze();
  const told = found.violations.map(({ id, help, nodes }) => ({
    rule: `${id}: ${help}`,
    where: nodes.slice(0, 5).map((node) => `${node.target.join(' ')} ${node.failureSummary ?? ''}`),
  }));
  expect(told, `axe, ${look}, ${page.url()}`).toEqual([]);
}

/** Fails on any axe violation of the screen as it stands, in every look. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await analyse(page, colorScheme);
  }
  // Forced colours are the system's: their contrast is not the page's.
  await page.emulateMedia({ colorScheme: 'dark', forcedColors: 'active', reducedMotion: 'reduce' });
  await analyse(page, 'forced colours', ['color-contrast']);
  await page.emulateMedia({ colorScheme: null, forcedColors: null, reducedMotion: 'reduce' });
}

/** Nothing may stick out sideways at the width that the window has now. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const widths = await page.evaluate(() => {
    const root = document.documentElement;
    const wide = [...document.body.querySelectorAll('*')].filter((element) => {
      const style = getComputedStyle(element);
      return style.position !== 'fixed' && element.getBoundingClientRect().right > root.clientWidth + 1;
    });
    const told = wide.slice(0, 5).map((element) => `${element.tagName.toLowerCase()}.${element.className}`);
    return { scroll: root.scrollWidth, client: root.clientWidth, told };
  });
  expect(widths.scroll, `wider than the window: ${widths.told.join(', ')}`).toBeLessThanOrEqual(widths.client);
}
