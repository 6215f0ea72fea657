// A person without a mouse.
import { expect, type Locator, type Page } from '@playwright/test';

/** Presses Tab until the element has the focus, as a person would who looks for it. */
export async function tabTo(page: Page, target: Locator, most = 60, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let presses = 0; presses < most; presses += 1) {
    if (await hasFocus(target)) return;
    await page.keyboard.press(key);
  }
  expect(await hasFocus(target), `${target.toString()} within ${most} tab stops`).toBe(true);
}

export async function hasFocus(target: Locator): Promise<boolean> {
  return (await target.count()) > 0 && target.first().evaluate((element) => element === document.activeElement);
}
