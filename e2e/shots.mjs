// Screenshots of every screen, in two sizes and both themes: node shots.mjs [--out folder] [--readme] [--only text]
// They go to shots/ at the root of the repository; --readme also renews the two pictures that the README shows.
import { chromium } from '@playwright/test';
import { copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { browser as chromiumOptions, places, startPortal } from './support/host.mjs';

const { values: options } = parseArgs({
  options: { out: { type: 'string' }, readme: { type: 'boolean', default: false }, only: { type: 'string', default: '' } },
});
const folder = path.resolve(options.out ?? path.join(places.repository, 'shots'));

const sizes = [
  { name: 'desktop', width: 1440, height: 900 },
  { name: 'phone', width: 390, height: 844 },
];

/** @typedef {import('@playwright/test').Page} Page */

/** @param {Page} page @param {string} account @param {string} [password] */
async function signIn(page, account, password = 'portal') {
  await page.goto('./login');
  await page.getByRole('textbox', { name: 'Account', exact: true }).fill(account);
  await page.getByRole('textbox', { name: 'Password', exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** @param {Page} page */
const tiles = (page) => page.getByRole('list', { name: 'Applications' }).getByRole('link').first().waitFor();

/** Signs in and chooses. @param {Page} page @param {string} [organization] */
async function launcher(page, organization = 'North Sea Energy') {
  await signIn(page, 'morgan');
  await page.getByRole('main').getByRole('button', { name: organization }).click();
  await tiles(page);
}

/** @param {Page} page @param {string} name */
const open = (page, name) => page.getByRole('list', { name: 'Applications' }).getByRole('link', { name: new RegExp(`^\\s*${name}`) }).click();

/** @param {Page} page @param {string} text */
async function search(page, text) {
  await page.getByRole('searchbox', { name: 'Search applications' }).fill(text);
  await page.waitForTimeout(300);
}

/** Opens a menu entry by its address, and waits for its page. @param {Page} page @param {string} address @param {string} title */
async function place(page, address, title) {
  await page.goto(`./portal/${address}`);
  await page.getByRole('main').getByTitle(title, { exact: true }).contentFrame().getByRole('heading').first().waitFor();
  await page.waitForTimeout(700);
}

/** Goes to one of the further screens, as somebody in an organization. @param {Page} page @param {string} address @param {string} account @param {string} [organization] */
async function further(page, address, account, organization = 'North Sea Energy') {
  await signIn(page, account);
  await page.getByRole('main').getByRole('button', { name: organization }).click();
  await tiles(page);
  await page.goto(`./${address}`);
  await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor();
  await page.waitForTimeout(1200);
}

/** Every screen by name. @type {Record<string, (page: Page) => Promise<unknown>>} */
const screens = {
  people: (page) => further(page, 'people', 'admin'),
  'people-details': (page) => further(page, 'people?person=u-morgan', 'admin'),
  'people-many': (page) => further(page, 'people?q=an', 'admin', 'Atlas Scale Test'),
  'people-refused': (page) => further(page, 'people', 'morgan'),
  profile: (page) => further(page, 'profile', 'morgan'),
  about: (page) => further(page, 'about', 'morgan'),
  console: (page) => further(page, 'console', 'admin'),
  'console-reply': async (page) => {
    await further(page, 'console?operation=get-user-information', 'admin');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByRole('heading', { name: /^Reply/, level: 2 }).scrollIntoViewIfNeeded();
    await page.waitForTimeout(800);
  },
  'console-error': async (page) => {
    await further(page, 'console?operation=get-app-menu-and-permission', 'admin');
    await page.getByRole('combobox', { name: /^accessKey/ }).fill('no-such-application');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByRole('heading', { name: /^Reply/, level: 2 }).scrollIntoViewIfNeeded();
    await page.waitForTimeout(800);
  },
  'sign-in': (page) => page.goto('./login'),
  'sign-in-error': async (page) => {
    await signIn(page, 'morgan', 'wrong');
    await page.getByRole('alert').filter({ hasText: /\S/ }).first().waitFor();
  },
  'sign-in-domain': async (page) => {
    await page.goto('./login');
    await page.getByRole('textbox', { name: 'Account', exact: true }).fill('morgan.keller@north-sea.example');
    await page.keyboard.press('Tab');
    await page.getByText('has a sign-in of its own').waitFor();
  },
  'second-step': async (page) => {
    await signIn(page, 'mfa');
    await page.getByText('We have sent a code').waitFor();
  },
  'second-step-other': async (page) => {
    await signIn(page, 'mfa-other');
    await page.getByRole('heading', { name: 'A second step is needed' }).waitFor();
  },
  organizations: async (page) => {
    await signIn(page, 'morgan');
    await page.getByRole('heading', { name: 'Choose an organization' }).waitFor();
  },
  'no-organization': async (page) => {
    await signIn(page, 'nobody');
    await page.getByText('You belong to no organization.').waitFor();
  },
  launcher: (page) => launcher(page),
  'launcher-chinese': (page) => launcher(page, 'Harbor City Utilities'),
  'launcher-empty': async (page) => {
    await signIn(page, 'empty');
    await page.getByText('There is no application for you').waitFor();
  },
  'launcher-3000': (page) => launcher(page, 'Atlas Scale Test'),
  'launcher-filtered': async (page) => {
    await launcher(page);
    await page.getByRole('group', { name: 'Category' }).getByRole('button', { name: /^Wind/ }).click();
    await search(page, 'turbine');
  },
  'launcher-no-match': async (page) => {
    await launcher(page);
    await search(page, 'no application is called so');
  },
  'launcher-hostile': async (page) => {
    await signIn(page, 'hostile');
    await tiles(page);
  },
  'launcher-tile-menu': async (page) => {
    await launcher(page);
    await page.getByRole('link', { name: /^Turbine Monitor/ }).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Copy link' }).waitFor();
  },
  'launcher-tile-menu-disabled': async (page) => {
    await launcher(page);
    await page.getByRole('link', { name: /^Street Lighting/ }).click({ button: 'right', force: true });
    await page.getByRole('menuitem', { name: 'Copy link' }).waitFor();
  },
  messages: async (page) => {
    await launcher(page);
    await page.getByRole('link', { name: /^Messages, \d/ }).click();
    await page.getByRole('button', { name: /^Alarm Center/ }).click();
    await page.getByRole('list', { name: 'Messages that wait' }).getByRole('listitem').first().waitFor();
  },
  'messages-new': async (page) => {
    await launcher(page);
    await page.goto('./messages?show=new');
    await page.getByRole('heading', { name: 'New message' }).waitFor();
  },
  'messages-settings': async (page) => {
    await launcher(page);
    await page.goto('./messages?show=settings');
    await page.getByRole('checkbox', { name: /^Quiet hours/ }).check();
  },
  'messages-hint': async (page) => {
    await launcher(page);
    await page.goto('./messages');
    await page.getByText(/unresolved messages/).first().waitFor();
  },
  'messages-badges': async (page) => {
    await launcher(page);
    await page.getByRole('link', { name: /^Messages, \d/ }).waitFor();
    await page.waitForTimeout(500);
  },
  // The service of this account takes three seconds for every reply.
  'launcher-loading': async (page) => {
    await signIn(page, 'slow');
    await page.getByRole('main').getByRole('button', { name: 'North Sea Energy' }).click({ timeout: 20_000 });
    await page.getByRole('heading', { name: 'Applications', exact: true }).waitFor({ timeout: 20_000 });
    await page.waitForTimeout(800);
  },
  'launcher-error': async (page) => {
    await launcher(page);
    // No demo account fails at this call alone.
    await page.route('**/app-portal-service/**', (route) => route.fulfill({ status: 503, body: '' }));
    await page.reload();
    await page.getByRole('button', { name: 'Try again' }).first().waitFor();
  },
  application: async (page) => {
    await launcher(page);
    await open(page, 'Turbine Monitor');
    await page.getByRole('main').locator('iframe').waitFor();
    await page.waitForTimeout(700);
  },
  'application-filter': async (page) => {
    await screens.application?.(page);
    const filter = page.getByRole('searchbox', { name: 'Filter menu' });
    if (!(await filter.isVisible())) await page.getByRole('main').getByRole('button', { name: 'Menu' }).click();
    await filter.fill('turb');
    await page.waitForTimeout(300);
  },
  'application-rail': async (page) => {
    await screens.application?.(page);
    await page.getByRole('main').getByRole('button', { name: 'Menu' }).click();
    const farms = page.getByRole('toolbar').getByRole('button', { name: 'Farms' });
    if (await farms.isVisible()) await farms.click();
    await page.waitForTimeout(300);
  },
  'application-why': async (page) => {
    await signIn(page, 'hostile');
    await tiles(page);
    await page.goto('./portal/menu-hidden');
    const why = page.getByRole('button', { name: "Why don't I see an entry?" });
    await page.getByRole('main').locator('iframe').waitFor();
    if (!(await why.isVisible())) await page.getByRole('main').getByRole('button', { name: 'Menu' }).click();
    await why.click();
    await page.waitForTimeout(300);
  },
  'application-other-origin': async (page) => {
    await launcher(page);
    await open(page, 'Battery Dispatch');
    await page.getByRole('main').locator('iframe').waitFor();
    await page.waitForTimeout(700);
  },
  'application-refused': async (page) => {
    await launcher(page);
    await open(page, 'Not Acquired');
    await page.waitForTimeout(500);
  },
  'application-hostile': async (page) => {
    await launcher(page);
    await open(page, 'Hostile Addresses');
    await page.waitForTimeout(700);
  },
  'application-who': async (page) => {
    await launcher(page);
    await place(page, 'wake-steering/who_am_i', 'Who am I');
  },
  'application-unsaved': async (page) => {
    await launcher(page);
    await place(page, 'turbine-monitor/reports.daily', 'Daily');
    await page.frameLocator('[data-shown] iframe').getByLabel('Reported by').click();
    await page.frameLocator('[data-shown] iframe').getByLabel('Reported by').fill('Morgan');
    await page.waitForTimeout(300);
    await page.getByRole('main').getByRole('button', { name: 'Reload' }).click();
    await page.getByRole('dialog', { name: 'Leave without saving?' }).waitFor();
  },
  'application-about': async (page) => {
    await launcher(page);
    await place(page, 'wake-steering/who_am_i', 'Who am I');
    await page.getByRole('main').getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'About this page' }).click();
  },
  'application-more': async (page) => {
    await launcher(page);
    await place(page, 'wake-steering/who_am_i', 'Who am I');
    await page.getByRole('main').getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Copy link' }).waitFor();
  },
  assets: async (page) => {
    await launcher(page);
    await page.goto('./assets/turbine-monitor?asset=dogger-bank-a-t02');
    await page.getByRole('list', { name: 'Users with access' }).waitFor();
  },
  'assets-site': async (page) => {
    await launcher(page);
    await page.goto('./assets/turbine-monitor?asset=dogger-bank&q=bank');
    await page.getByRole('list', { name: 'Users with access' }).waitFor();
  },
  'assets-choose': async (page) => {
    await launcher(page);
    await page.goto('./assets');
    await page.getByRole('list', { name: 'Applications' }).waitFor();
  },
  'assets-check': async (page) => {
    await launcher(page);
    await page.goto('./assets/turbine-monitor');
    await page.getByRole('treeitem').first().waitFor();
    await page.getByRole('main').getByRole('button', { name: 'Check permissions' }).click();
    await page.getByRole('textbox', { name: 'Asset ids' }).fill('hornsea-t01, test-field-p1\nno-such-asset\nborkum-t01');
    await page.getByRole('button', { name: 'Check', exact: true }).click();
    await page.getByText('You may see 2 of 4').waitFor();
  },
  'assets-authorize': async (page) => {
    await screens.assets?.(page);
    await page.getByRole('button', { name: 'Authorize a user' }).click();
    await page.getByLabel('User id').fill('u-morgan');
  },
  'assets-sync': async (page) => {
    await launcher(page);
    await page.goto('./assets/turbine-monitor');
    await page.getByRole('main').getByRole('button', { name: 'Synchronize' }).click();
  },
  'assets-user': async (page) => {
    await launcher(page);
    await page.goto('./assets?view=user&user=u-morgan');
    await page.getByRole('list', { name: 'Assets' }).waitFor();
  },
  'assets-refused': async (page) => {
    await launcher(page);
    await page.goto('./assets/no-rights');
    await page.getByText('You may not see these assets').waitFor();
  },
  'assets-5000': async (page) => {
    await launcher(page, 'Atlas Scale Test');
    await page.goto('./assets');
    await page.getByRole('list', { name: 'Applications' }).getByRole('link').first().click();
    await page.getByRole('treeitem').first().waitFor();
  },
  'application-alone': async (page) => {
    await launcher(page);
    await place(page, 'wake-steering/who_am_i', 'Who am I');
    await page.frameLocator('[data-shown] iframe').getByRole('button', { name: 'Page alone' }).click();
    await page.getByRole('button', { name: 'Show the portal' }).waitFor();
  },
  'account-menu': async (page) => {
    await launcher(page);
    await page.getByRole('button', { name: 'Account menu' }).click();
    await page.waitForTimeout(200);
  },
  'not-found': async (page) => {
    await launcher(page);
    await page.goto('./nothing-here');
    await page.getByRole('heading', { name: 'Page not found' }).waitFor();
  },
};

/** Which picture becomes which of the README. */
const readme = { 'messages-badges-desktop-light': 'launcher.png', 'application-desktop-light': 'shell.png' };

const { executablePath, chromiumSandbox, args } = chromiumOptions();
const site = await startPortal();
const chrome = await chromium.launch({ chromiumSandbox, args, ...(executablePath === undefined ? {} : { executablePath }) });
await mkdir(folder, { recursive: true });
let failed = 0;
try {
  for (const [name, show] of Object.entries(screens).filter(([screen]) => screen.includes(options.only))) {
    for (const { name: size, width, height } of sizes) {
      const context = await chrome.newContext({
        baseURL: site.url,
        viewport: { width, height },
        reducedMotion: 'reduce',
        locale: 'en-US',
        deviceScaleFactor: size === 'phone' ? 2 : 1,
      });
      const page = await context.newPage();
      page.setDefaultTimeout(10_000);
      try {
        await page.emulateMedia({ colorScheme: 'light' });
        await show(page);
        for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
          await page.emulateMedia({ colorScheme });
          await page.waitForTimeout(150);
          await page.screenshot({ path: path.join(folder, `${name}-${size}-${colorScheme}.png`) });
        }
        console.log(`${name} ${size}`);
      } catch (error) {
        // The other pictures are still worth having.
        failed += 1;
        console.error(`${name} ${size}: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)}`);
        await page.screenshot({ path: path.join(folder, `${name}-${size}-failed.png`) }).catch(() => undefined);
      }
      await context.close();
    }
  }
} finally {
  await chrome.close();
  await site.stop();
}
if (options.readme) {
  const images = path.join(places.repository, 'docs', 'images');
  await mkdir(images, { recursive: true });
  for (const [from, to] of Object.entries(readme)) await copyFile(path.join(folder, `${from}.png`), path.join(images, to));
}
console.log(`${folder}${failed === 0 ? '' : `, ${failed} failed`}`);
process.exitCode = failed === 0 ? 0 : 1;
