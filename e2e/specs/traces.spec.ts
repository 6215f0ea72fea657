// What a person leaves on a device (hostile.md 45): after a sign-out nothing says who was there.
import type { Page } from '@playwright/test';

import { howMany, organization, password } from '../support/accounts.ts';
import { everythingStored } from '../support/session.ts';
import { expect, test } from '../support/test.ts';

/** All that the page keeps, whatever keeps it. */
const kept = (page: Page): Promise<Record<string, string>> =>
  page.evaluate(async () => {
    const of = (area: Storage, name: string) => Object.entries(area).map(([key, value]) => [`${name} ${key}`, String(value)]);
    const databases = (await indexedDB.databases()).map(({ name }) => [`IndexedDB ${name}`, '']);
    const caches = (await globalThis.caches.keys()).map((name) => [`cache ${name}`, '']);
    return Object.fromEntries([...of(localStorage, 'localStorage'), ...of(sessionStorage, 'sessionStorage'), ...databases, ...caches]);
  });

/** What may stay: times, digests and what the person asked for. */
const stays = [
  ...['active', 'locale', 'menu', 'messages', 'organizations', 'theme'].map((key) => `localStorage portal.${key}`),
  // Whether the tab has shown its first page.
  'sessionStorage portal.landed',
  // Without a record: when somebody signed out, and why the last sessions ended.
  'IndexedDB app-portal /',
];

/** Every screen, each as a person would leave a trace in it. */
async function work(page: Page): Promise<void> {
  await page.goto('./portal/turbine-monitor');
  await expect(page.locator('.kept iframe').first()).toBeVisible();
  const main = page.getByRole('main');
  for (const path of ['profile', 'people', 'assets?app=turbine-monitor', 'messages', 'console', 'about', 'organizations', 'nowhere']) {
    await page.goto(`./${path}`);
    await expect(main.getByRole('heading').first()).toBeVisible();
  }
  await page.goto('./');
  await page.getByRole('searchbox').first().fill('o');
  await page.waitForTimeout(500);
}

test('after every screen and a sign-out, what stays on the device says nothing of the person', async ({ page, context, signIn, organizations, launcher, accountMenu }) => {
  test.setTimeout(120_000);
  await signIn.as('morgan');
  await organizations.choose(organization.many);
  await launcher.expectShown(howMany);
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(other.getByRole('searchbox').first()).toBeVisible();
  await work(page);
  await accountMenu.set('Theme', 'Dark');
  // There is something to erase.
  expect(Object.keys(await kept(page))).toEqual(expect.arrayContaining(['sessionStorage portal.session', 'sessionStorage portal.categories']));
  await accountMenu.signOut();
  await expect(signIn.heading).toBeVisible();
  for (const tab of [page, other]) {
    await expect(tab.getByRole('heading', { name: 'Sign in', exact: true })).toBeVisible();
    const left = await kept(tab);
    expect(Object.keys(left).filter((key) => !stays.includes(key))).toEqual([]);
    const text = Object.values(left).join('\n');
    const stored = await everythingStored(tab);
    expect(stored).not.toMatch(/"sealed"|extractable/);
    for (const named of ['morgan', 'Morgan', 'north-sea', organization.many, 'turbine', 'Wind']) expect(stored).not.toContain(named);
    expect(text).not.toContain(password);
  }
  await page.reload();
  await expect(signIn.heading).toBeVisible();
  expect(Object.keys(await kept(page)).filter((key) => !stays.includes(key))).toEqual([]);
});

test('what the person asked to keep stays', async ({ page, signIn, organizations, launcher, accountMenu }) => {
  await page.goto('./');
  await signIn.remember.check();
  await signIn.send('morgan');
  await organizations.choose(organization.many);
  await launcher.expectShown(howMany);
  await accountMenu.set('Theme', 'Dark');
  await accountMenu.signOut();
  await expect(signIn.heading).toBeVisible();
  expect(await kept(page)).toMatchObject({ 'localStorage portal.account': 'morgan', 'localStorage portal.theme': 'dark' });
});
