// The sample applications in a frame, with a page in place of the portal, under the policy that they are served with.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Frame, type Page } from '@playwright/test';

import { answer, application, call, frame, messages, portal, say, test, welcome } from '../support/stand-in.ts';

/** What `launch::sandbox` gives a page of the portal's own origin. */
const sandbox = 'allow-scripts allow-forms allow-popups allow-downloads';

const samples = (port: number): string => `${application(port)}/sample-apps`;
const greeted = (page: Page): Promise<void> => expect.poll(async () => (await messages(page)).some((message) => message.greet)).toBe(true);

/** Welcomes the page, and waits until it has taken it: the theme is not that of the browser. */
async function take(page: Page, inside: Frame): Promise<void> {
  await greeted(page);
  await say(page, { ...welcome, welcome: { ...welcome.welcome, theme: 'DARK' } });
  await expect(inside.locator('html')).toHaveAttribute('data-theme', 'dark');
}

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

/** Every page in a frame, with its title in Chinese. */
const chinese = { 'context/who': '我是谁', 'wind-farm/overview': '风电场总览', 'wind-farm/turbines': '风机', 'alarms/list': '告警', 'forms/report': '值班报告' };

/** Words of controls, headings and tables that are in no Chinese, but for the names of turbines and of parameters. */
const unspoken = (inside: Frame): Promise<string[]> =>
  inside.evaluate(() => {
    const parts = 'h1, h2, label, legend, option, thead th, dt, button, .hint, .lead, .state, .error, .source, strong, a';
    const texts = [...document.querySelectorAll(parts)].map((part) => part.getAttribute('aria-label') ?? part.textContent);
    return texts.filter((text) => text !== '' && !/^T-\d+$|\p{Script=Han}/u.test(text));
  });

test('every page is in Chinese where the portal is, and in English again', async ({ page, port }) => {
  for (const [one, title] of Object.entries(chinese)) {
    const inside = await frame(page, port, `${samples(port)}/${one}.html?locale=zh-CN`);
    const heading = inside.getByRole('heading', { level: 1 });
    await expect(heading).toHaveText(title);
    await greeted(page);
    await say(page, { ...welcome, welcome: { ...welcome.welcome, locale: 'zh-CN' } });
    if (one === 'forms/report') await inside.getByRole('button', { name: '提交报告' }).click();
    await expect(inside.locator('html')).toHaveAttribute('lang', 'zh-CN');
    expect(await unspoken(inside), one).toEqual([]);
    await say(page, { portal: 1, event: 'locale', value: 'en-US' });
    await expect(heading).toHaveText(/^[A-Z][a-zA-Z ]+$/);
    await expect(inside.locator('html')).toHaveAttribute('lang', 'en');
    await expect(inside.getByText(/\p{Script=Han}/u)).toHaveCount(0);
  }
});

test.describe('in a browser that is set to Chinese', () => {
  test.use({ locale: 'zh-CN' });

  test('a page without a portal follows the browser, unless its address says otherwise', async ({ page, port }) => {
    await page.goto(`${samples(port)}/alarms/list.html`);
    await expect(page.getByRole('heading', { name: '告警' })).toBeVisible();
    await page.goto(`${samples(port)}/alarms/list.html?locale=en-US`);
    await expect(page.getByRole('heading', { name: 'Alarms' })).toBeVisible();
    const back = encodeURIComponent(`${application(port)}/login/callback`);
    await page.goto(`${samples(port)}/identity/sign-in.html?redirect_uri=${back}`);
    await expect(page.getByRole('heading', { name: '您是谁？' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Morgan Keller 五个组织' })).toBeVisible();
    await page.goto(`${samples(port)}/identity/sign-in.html?ui_locales=en%20zh-CN&redirect_uri=${back}`);
    await expect(page.getByRole('heading', { name: 'Who are you?' })).toBeVisible();
  });
});

test('numbers and dates follow the locale of the portal, whatever the words are in', async ({ page, port }) => {
  const inside = await frame(page, port, `${samples(port)}/wind-farm/overview.html?locale=en-US`);
  await take(page, inside);
  await expect(inside.getByText('12 turbines, 43.2 MW installed.')).toBeVisible();
  await say(page, { portal: 1, event: 'locale', value: 'de-DE' });
  await expect(inside.getByText('12 turbines, 43,2 MW installed.')).toBeVisible();
  await expect(inside.locator('html')).toHaveAttribute('lang', 'en');
  await say(page, { portal: 1, event: 'locale', value: 'zh-CN' });
  await expect(inside.getByText('12 台风机，装机容量 43.2 MW。')).toBeVisible();
  // A locale that is none does not stop the page.
  await say(page, { portal: 1, event: 'locale', value: '<x>' });
  await expect(inside.getByText('12 turbines, 43.2 MW installed.')).toBeVisible();

  const alarms = await frame(page, port, `${samples(port)}/alarms/list.html?locale=en-US`);
  await take(page, alarms);
  const time = alarms.getByRole('listitem').filter({ hasText: 'T-01' }).locator('time');
  await expect(time).toHaveText(/^[A-Z][a-z]{2} \d+, \d\d:\d\d\s[AP]M$/);
  await say(page, { portal: 1, event: 'locale', value: 'zh-CN' });
  await expect(time).toHaveText(/^\d+月\d+日 \d\d:\d\d$/);
});

test('another language leaves filter, search, focus and place of the list as they are', async ({ page, port }) => {
  const inside = await frame(page, port, `${samples(port)}/alarms/list.html?locale=en-US`);
  await take(page, inside);
  await inside.getByRole('button', { name: /^Major/ }).click();
  await inside.getByRole('searchbox').fill('battery');
  await expect(inside.getByRole('listitem')).toHaveCount(3);
  await inside.getByRole('button', { name: 'Acknowledge: State of charge below reserve' }).focus();
  await say(page, { portal: 1, event: 'locale', value: 'zh-CN' });
  await expect(inside.getByRole('button', { name: '确认：荷电状态低于备用值' })).toBeFocused();
  await expect(inside.getByRole('button', { name: /^重要/, pressed: true })).toBeVisible();
  await expect(inside.getByRole('searchbox', { name: '搜索告警' })).toHaveValue('battery');
  await expect(inside.getByRole('listitem')).toHaveCount(3);

  const rows = await frame(page, port, `${samples(port)}/wind-farm/turbines.html?locale=en-US`);
  await take(page, rows);
  await rows.getByRole('button', { name: 'T-12' }).click();
  const place = await rows.evaluate(() => document.scrollingElement?.scrollTop ?? 0);
  await say(page, { portal: 1, event: 'locale', value: 'zh-CN' });
  await expect(rows.getByRole('heading', { name: '风机', exact: true })).toBeAttached();
  await expect(rows.getByRole('button', { name: 'T-12', pressed: true })).toBeFocused();
  expect(await rows.evaluate(() => document.scrollingElement?.scrollTop ?? 0)).toBe(place);
});

test('a page that a menu entry names has its name from the portal in Chinese', async ({ page, port }) => {
  const inside = await frame(page, port, `${samples(port)}/generic/page.html?page=Patrol%20Routes&menuCode=routes&locale=zh-CN`);
  await greeted(page);
  await say(page, { ...welcome, welcome: { ...welcome.welcome, locale: 'zh-CN' } });
  await answer(page, 'getAppInfo', { name: '变电站巡检', menus: [{ code: 'all', children: [{ code: 'routes', name: '路线', children: [] }] }] });
  await expect(inside.getByRole('heading', { level: 1 })).toHaveText('变电站巡检：路线');
  await say(page, { portal: 1, event: 'locale', value: 'en-US' });
  await expect(inside.getByRole('heading', { level: 1 })).toHaveText('Patrol Routes');
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
