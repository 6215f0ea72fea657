// The address and the history, where the browser or the router does not do what is asked.
import type { Page } from '@playwright/test';

import { howMany, organization } from '../support/accounts.ts';
import { expect, test } from '../support/test.ts';

declare global {
  interface Window {
    /** Whether the browser refuses to write the address, and how often it was asked to. */
    refuses?: boolean;
    writes?: number;
  }
}

/** A browser that can refuse to write the address, as Safari does after 100 times in 30 s (HTML Standard, "shared history push/replace steps"). */
async function canRefuse(page: Page): Promise<void> {
  await page.addInitScript(() => {
    for (const name of ['pushState', 'replaceState'] as const) {
      const write = History.prototype[name];
      History.prototype[name] = function (...what) {
        window.writes = (window.writes ?? 0) + 1;
        if (window.refuses) throw new DOMException('Attempt to use history too often', 'SecurityError');
        write.apply(this, what);
      };
    }
  });
}

test.beforeEach(async ({ page, signIn, organizations, launcher }) => {
  await canRefuse(page);
  await signIn.as('morgan');
  await organizations.choose(organization.many);
  await launcher.expectShown(howMany);
});

test('a browser that refuses to write the address stops nobody, and the address follows', async ({ page, launcher, application }) => {
  await page.evaluate(() => (window.refuses = true));
  await launcher.tile('Wake Steering').click();
  await expect(application.entry('Energy Gain')).toBeVisible();
  await application.entry('Energy Gain').click();
  await expect(page).toHaveTitle(/Energy Gain/);
  await expect(page).not.toHaveURL(/wake-steering/);
  await page.evaluate(() => (window.refuses = false));
  await expect(page).toHaveURL(/\/portal\/wake-steering\//);
  await page.goBack();
  await launcher.expectShown(howMany);
});

test('a key that is held on a category writes the address for the first press and for the last', async ({ page, launcher }) => {
  const before = (await page.evaluate(() => window.writes)) ?? 0;
  await launcher.category('Wind').evaluate((button) => {
    for (let turn = 0; turn < 15; turn += 1) (button as HTMLElement).click();
  });
  await expect(page).toHaveURL(/category=/);
  expect(((await page.evaluate(() => window.writes)) ?? 0) - before).toBeLessThanOrEqual(2);
});

test('a link leads on after two steps back at once', async ({ page, launcher }) => {
  const open = async (name: string) => {
    await page.getByRole('button', { name: 'Account menu' }).click();
    await page.getByRole('menuitem', { name }).click();
    await expect(page).toHaveURL(new RegExp(name.toLowerCase()));
  };
  await open('Profile');
  await open('About');
  await page.evaluate(() => history.go(-2));
  await launcher.expectShown(howMany);
  await open('About');
  await page.goBack();
  await launcher.expectShown(howMany);
});

test('a link to the page that is shown makes no step, also after a step forward', async ({ page, launcher, application }) => {
  await launcher.tile('Wake Steering').click();
  await application.entry('Energy Gain').click();
  await expect(page).toHaveTitle(/Energy Gain/);
  await page.goBack();
  await expect(page).not.toHaveTitle(/Energy Gain/);
  await page.goForward();
  await expect(page).toHaveTitle(/Energy Gain/);
  const steps = await page.evaluate(() => history.length);
  await application.entry('Energy Gain').click();
  expect(await page.evaluate(() => history.length)).toBe(steps);
});
