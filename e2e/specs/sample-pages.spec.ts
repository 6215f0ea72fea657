// The sample applications in a frame, with a page in place of the portal, under the policy that they are served with.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

import { answer, application, call, frame, messages, portal, say, test, welcome } from '../support/stand-in.ts';

/** What `launch::sandbox` gives a page of the portal's own origin. */
const sandbox = 'allow-scripts allow-forms allow-popups allow-popups-to-escape-sandbox allow-downloads';

const samples = (port: number): string => `${application(port)}/sample-apps`;
const greeted = (page: Page): Promise<void> => expect.poll(async () => (await messages(page)).some((message) => message.greet)).toBe(true);

test.beforeEach(({ page }) => {
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') throw new Error(message.text());
  });
  page.on('pageerror', (error) => {
    throw error;
  });
});

test('every page works without a portal', async ({ page, port }) => {
  for (const one of ['context/who', 'generic/page', 'wind-farm/overview', 'wind-farm/turbines', 'alarms/list', 'forms/report']) {
    await page.goto(`${samples(port)}/${one}.html?page=Alone`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  }
  await page.goto(`${samples(port)}/context/who.html`);
  await expect(page.getByText('This page is not in the portal')).toBeVisible();
});

test('language and theme follow the portal', async ({ page, port }) => {
  const inside = await frame(page, port, `${samples(port)}/generic/page.html?page=Pumps&locale=en-US`);
  await greeted(page);
  await say(page, { ...welcome, welcome: { ...welcome.welcome, theme: 'DARK' } });
  await expect(inside.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(inside.getByRole('heading', { name: 'Last 30 days' })).toBeVisible();
  await say(page, { portal: 1, event: 'locale', value: 'zh-CN' });
  await expect(inside.getByRole('heading', { name: '最近 30 天' })).toBeVisible();
  await expect(inside.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await expect(inside.locator('#bars rect')).toHaveCount(30);
  await say(page, { portal: 1, event: 'theme', value: 'LIGHT' });
  await expect(inside.locator('html')).toHaveAttribute('data-theme', 'light');
});

test('a form says that something is unsaved, once, and that it no longer is', async ({ page, port }) => {
  const inside = await frame(page, port, `${samples(port)}/forms/report.html`);
  await greeted(page);
  await say(page, welcome);
  await inside.getByLabel('Reported by').pressSequentially('Morgan');
  expect((await call(page, 'setUnsaved')).with).toEqual({ unsaved: true });
  await inside.getByLabel('Site').selectOption('Wind farm');
  await inside.getByLabel('Hours worked').fill('2');
  await inside.getByLabel('Routine').check();
  await inside.getByLabel('What happened').fill('Nothing of interest.');
  await inside.getByRole('button', { name: 'Submit report' }).click();
  await expect(inside.getByRole('heading', { name: 'Report submitted' })).toBeVisible();
  const said = (await messages(page)).filter((message) => message.call === 'setUnsaved').map((message) => message.with);
  expect(said).toEqual([{ unsaved: true }, { unsaved: false }]);
});

test('turbines keep their filter and the picked one in the state of the address', async ({ page, port }) => {
  const inside = await frame(page, port, `${samples(port)}/wind-farm/turbines.html?state=filter%3Dstopped`);
  await expect(inside.getByText('1 of 12 turbines')).toBeVisible();
  await greeted(page);
  expect((await messages(page)).find((message) => message.greet)?.greet?.takes).toEqual(['state']);
  await say(page, { ...welcome, welcome: { ...welcome.welcome, state: 'filter=stopped' } });
  await inside.getByRole('button', { name: /^All/ }).click();
  expect((await call(page, 'setState')).with).toEqual({ state: null, step: true });
  await inside.getByRole('button', { name: 'T-03' }).click();
  await expect(inside.getByRole('button', { name: 'T-03', pressed: true })).toBeFocused();
  await expect.poll(async () => (await call(page, 'setState')).with).toEqual({ state: 'turbine=T-03', step: true });
  await say(page, { portal: 1, event: 'state', value: 'filter=reduced&turbine=<x>' });
  await expect(inside.getByText('1 of 12 turbines')).toBeVisible();
  expect((await messages(page)).filter((message) => message.call === 'setState'), 'a state of the portal is not sent back').toHaveLength(2);
});

test('an alarm leads to its turbine', async ({ page, port }) => {
  const inside = await frame(page, port, `${samples(port)}/alarms/list.html`);
  await greeted(page);
  await expect(inside.getByRole('button', { name: 'Show T-07' })).toHaveCount(0);
  await say(page, welcome);
  await inside.getByRole('button', { name: 'Show T-07' }).click();
  expect((await call(page, 'switchPage')).with).toEqual({ appId: 'turbine-monitor', menuCode: 'dogger_bank.turbines', state: 'turbine=T-07' });
  await answer(page, 'switchPage', false);
  await expect(inside.getByText('There is no page for turbines in this organization.')).toBeVisible();
  await inside.getByRole('button', { name: /^Acknowledge: Generator/ }).press('Enter');
  await expect(inside.getByRole('button', { name: /^Acknowledge: Grid/ })).toBeFocused();
});

test('who am I shows what it is told, and never a token', async ({ page, port }) => {
  // In the sandbox of the portal's own origin, as most of the demonstration is.
  const inside = await frame(page, port, `${portal(port)}/sample-apps/context/who.html?locale=en-US`, sandbox);
  await greeted(page);
  expect((await page.evaluate(() => window.heard[0]))?.origin).toBe('null');
  await say(page, welcome);
  await answer(page, 'getUserInfo', { name: 'morgan', nickName: null, organization: { id: 'o', name: 'North Sea Energy' }, theme: 'LIGHT', locale: 'en-US', accessToken: 'APP-SECRET' });
  await answer(page, 'getAppInfo', { name: 'Turbine Monitor', category: { id: '21', name: 'Wind' }, menus: [{ children: [{ children: [] }] }, { children: [] }] });
  await answer(page, 'getPermissions', [{ id: '1', code: 'view', name: 'View' }]);
  const assets = await call(page, 'getAppAssets');
  await say(page, { portal: 1, id: assets.id, error: { code: 'not-allowed', message: 'No.' } });
  await answer(page, 'getAccessToken', 'APP-SECRET');
  const facts = inside.locator('#facts');
  for (const text of ['North Sea Energy', 'Turbine Monitor', 'View', 'not-allowed', 'granted; it is not shown']) await expect(facts).toContainText(text);
  expect(await inside.content()).not.toContain('APP-SECRET');
  await inside.getByLabel('Page title').fill('Hello');
  await inside.getByLabel('Page title').press('Enter');
  expect((await call(page, 'setPageTitle')).with).toEqual({ title: 'Hello' });
  await answer(page, 'setPageTitle', true);
  await expect(inside.getByText('setPageTitle: done')).toBeVisible();
  await inside.getByRole('button', { name: 'Page alone' }).click();
  expect((await call(page, 'setViewMode')).with).toEqual({ mode: 2 });
  for (const theme of ['DARK', 'LIGHT']) {
    await say(page, { portal: 1, event: 'theme', value: theme });
    await expect(inside.locator('html')).toHaveAttribute('data-theme', theme.toLowerCase());
    // Without loading its styles anew, which the policy of the page refuses.
    const found = await new AxeBuilder({ page }).options({ preload: false }).include(['iframe', 'main']).analyze();
    expect(found.violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
    expect(found.passes.length).toBeGreaterThan(10);
  }
});
