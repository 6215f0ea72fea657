// The lists of users, and what is known of one person (contract.md 1.8, 1.10, 1.11, 2.2).
import type { Page } from '@playwright/test';

import { PeoplePage } from '../pages/people.ts';
import { expectAccessible, expectNoSidewaysScroll } from '../support/a11y.ts';
import { organization } from '../support/accounts.ts';
import { hasFocus, tabTo } from '../support/keyboard.ts';
import { performs } from '../support/operations.ts';
import { test as base, expect } from '../support/test.ts';

const test = base.extend<{ people: PeoplePage }>({
  people: async ({ page }, use) => use(new PeoplePage(page)),
});

/** How many people {@link organization.threeThousand} has besides those who can sign in. */
const crowd = 5000;
/** More rows than this never stand in the document, whatever the window. */
const most = 120;

test.describe('an administrator', () => {
  test.beforeEach(async ({ signIn, organizations, launcher }) => {
    await signIn.as('admin');
    await organizations.choose(organization.many);
    await expect(launcher.heading).toBeVisible();
  });

  test('Get Manageable User List: the people to manage stand in a table with all that is known', performs('Get Manageable User List'), async ({ page, people }) => {
    await people.open();
    await expect(people.tab('You manage')).toHaveAttribute('aria-selected', 'true');
    await expect(people.row('Ada Lindqvist')).toHaveCount(1);
    await expect(people.row('morgan.keller@')).toHaveCount(1);
    await expect(people.status).toHaveText(/^\d+ people$/);
    for (const column of ['Name', 'E-mail', 'Account', 'Phone', 'Joined', 'Last changed']) {
      await expect(people.head(column)).toBeVisible();
    }
    await expectAccessible(page);
  });

  test('Get Organization User List: everybody of the organization', performs('Get Organization User List'), async ({ page, people }) => {
    await people.open();
    await people.tab('Organization').click();
    await expect(people.row('Ada Lindqvist').or(people.row('admin')).first()).toBeVisible();
    await expect(page).toHaveURL(/view=organization/);
    await page.reload();
    await expect(people.tab('Organization')).toHaveAttribute('aria-selected', 'true');
    await expect(people.rows.first()).toBeVisible();
    await expectAccessible(page);
  });

  test('Get App User List: who uses the application that the portal calls as, and why no other can be asked for', performs('Get App User List'), async ({ page, people }) => {
    await people.open('?view=application');
    await expect(people.rows.first()).toBeVisible();
    await expect(people.head('Last changed')).toBeVisible();
    await expect(page.getByRole('tabpanel')).toContainText('the key that signs the call');
  });

  test('the details: every field given, Get User Roles, Get User Permissions, and no empty row', performs('Get User Roles', 'Get User Permissions'), async ({ page, people }) => {
    await people.open();
    await people.row('Ada Lindqvist').click();
    await expect(people.details.getByRole('heading', { name: 'Ada Lindqvist' })).toBeFocused();
    await expect(people.fact('E-mail')).toHaveText('ada.lindqvist@example.com');
    await expect(people.fact('Account made')).toHaveText(/2024/);
    await expect(people.fact('Joined')).toHaveText(/2024/);
    await expect(people.fact('Last changed')).toHaveText(/2026/);
    await expect(people.fact('Domain')).toHaveCount(0);
    await expect(people.fact('In the organization')).toHaveCount(0);
    for (const value of await people.details.locator('dd').all()) await expect(value).not.toBeEmpty();
    await expect(people.section('Roles')).toContainText('Administrator');
    await expect(people.section('Permissions')).toContainText('Manage users');
    await expect(page).toHaveURL(/person=/);
    await expectAccessible(page);
    await page.reload();
    await expect(people.details.getByRole('heading', { name: 'Ada Lindqvist' })).toBeVisible();
    await expect(people.row('Ada Lindqvist')).toHaveAttribute('aria-selected', 'true');
  });

  test('Get Structure by User: of oneself through an application, of others it is said that nobody can ask', performs('Get Structure by User'), async ({ people }) => {
    await people.open();
    await people.row('Ada Lindqvist').click();
    const structures = people.section('Structures');
    await structures.getByRole('combobox', { name: 'Application' }).selectOption({ label: 'Turbine Monitor' });
    await expect(structures.getByRole('list').first()).toContainText('Operations');
    await people.row('Morgan Keller').click();
    await expect(people.details.getByRole('heading', { name: 'Morgan Keller' })).toBeVisible();
    await expect(people.section('Structures')).toContainText('only of the person who is signed in');
  });

  test('times stand in the language of the person, and another language draws the page anew', async ({ page, people, accountMenu }) => {
    await people.open();
    await people.row('Ada Lindqvist').click();
    await expect(people.fact('Joined')).toHaveText(/Jun.* 2024/);
    await accountMenu.set('Language', '简体中文');
    await expect(page.getByRole('heading', { name: '人员', exact: true })).toBeVisible();
    await expect(people.table.or(page.getByRole('grid', { name: '人员' }))).toBeVisible();
    await expect(page.getByRole('complementary')).toContainText(/2024年6月/);
  });

  test('by keyboard: one tab stop, arrows over rows and heads, Enter opens, Escape comes back', async ({ page, people }) => {
    await people.open();
    await expect(people.rows.first()).toBeVisible();
    await tabTo(page, people.rows.first());
    await page.keyboard.press('ArrowDown');
    await expect(people.rows.nth(1)).toBeFocused();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    await expect(people.sortBy('Name')).toBeFocused();
    await page.keyboard.press('ArrowRight');
    await expect(people.sortBy('E-mail')).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(people.head('E-mail')).toHaveAttribute('aria-sort', 'ascending');
    await page.keyboard.press('ArrowDown');
    await expect(people.rows.first()).toBeFocused();
    const stops = await people.table.evaluate((table) => [...table.querySelectorAll('[tabindex="0"]')].length);
    expect(stops, 'tab stops of the table').toBe(1);
    await page.keyboard.press('End');
    await expect(people.rows.last()).toBeFocused();
    await page.keyboard.press('Home');
    await expect(people.rows.first()).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(people.details.getByRole('heading').first()).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(people.details).toHaveCount(0);
    await expect(people.rows.first()).toBeFocused();
  });

  test('the details of somebody whom the search leaves out close, and the focus goes to the table', async ({ people }) => {
    await people.open();
    await people.row('Ada Lindqvist').click();
    await expect(people.details.getByRole('heading', { name: 'Ada Lindqvist' })).toBeFocused();
    await people.search.fill('morgan');
    await expect(people.row('Ada Lindqvist')).toHaveCount(0);
    await people.details.getByRole('button', { name: 'Close details' }).click();
    await expect(people.details).toHaveCount(0);
    await expect(people.table.locator('[tabindex="0"]')).toBeFocused();
  });

  test('tabs follow the pattern: arrows move and choose, and one of them is a tab stop', async ({ page, people }) => {
    await people.open();
    await tabTo(page, people.tab('You manage'));
    await page.keyboard.press('ArrowRight');
    await expect(people.tab('Organization')).toBeFocused();
    await expect(people.tab('Organization')).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('End');
    await expect(people.tab('Application')).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('ArrowRight');
    await expect(people.tab('You manage')).toBeFocused();
    expect(await hasFocus(people.tab('Organization'))).toBe(false);
  });

  test('a search that nobody matches is another thing than an empty list, and leads back', async ({ page, people }) => {
    await people.open('?q=zzzz-nobody');
    await expect(page.getByRole('heading', { name: 'Nobody matches “zzzz-nobody”.' })).toBeVisible();
    await page.getByRole('button', { name: 'Show everybody' }).click();
    await expect(people.search).toBeFocused();
    await expect(people.rows.first()).toBeVisible();
  });

  test('on a phone rows are cards, the details cover the page, and nothing sticks out', async ({ page, people }) => {
    await page.setViewportSize({ width: 320, height: 640 });
    await people.open();
    await expect(people.row('Ada Lindqvist')).toBeVisible();
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
    await people.row('Ada Lindqvist').click();
    const sheet = page.getByRole('dialog', { name: 'Details' });
    await expect(sheet.getByRole('heading', { name: 'Ada Lindqvist' })).toBeVisible();
    await expect(sheet.getByRole('region', { name: 'Roles' })).toContainText('Administrator');
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
    await sheet.getByRole('button', { name: 'Close details' }).click();
    await expect(sheet).toBeHidden();
    await expect(people.row('Ada Lindqvist')).toBeFocused();
  });
});

test.describe('an organization of five thousand', () => {
  test.beforeEach(async ({ signIn, organizations, launcher }) => {
    await signIn.as('admin');
    await organizations.choose(organization.threeThousand);
    await expect(launcher.heading).toBeVisible();
  });

  test('pages come one after the other or all at once, and the search says what it looks at', async ({ people }) => {
    await people.open();
    await expect(people.status).toHaveText(/^1000 people loaded of 50\d\d$/);
    await people.search.fill('ada lindqvist');
    await expect(people.status).toContainText('of the 1000 people that are loaded');
    await people.search.fill('');
    await people.loadMore.click();
    await expect(people.status).toHaveText(/^2000 people loaded of 50\d\d$/);
    await expect(people.loadMore).toBeFocused();
    await people.loadAll.click();
    await expect(people.status).toHaveText(/^50\d\d people$/);
    await expect(people.loadMore).toHaveCount(0);
    // With the last page the button goes; the focus goes to the table.
    await expect(people.table.locator('[role=row][tabindex="0"]')).toBeFocused();
    await people.pageSize.focus();
    await people.pageSize.selectOption('100');
    await expect(people.status).toHaveText(/^100 people loaded of 50\d\d$/);
    await expect(people.pageSize).toBeFocused();
  });

  test('the focus stays on the same person when others are put in before', async ({ page, people }) => {
    await people.open('?size=100');
    await expect(people.status).toHaveText(/^100 people loaded/);
    await tabTo(page, people.rows.first());
    await page.keyboard.press('End');
    const last = people.table.locator('[role=row][aria-rowindex="101"]');
    await expect(last).toBeFocused();
    const email = (await last.getByRole('gridcell').nth(1).textContent()) ?? '';
    // A press on the button itself would take the focus from the row.
    await people.loadMore.evaluate((button) => (button as HTMLElement).click());
    await expect(people.status).toHaveText(/^200 people loaded/);
    await expect(people.table.locator('[role=row]:focus')).toContainText(email);
  });

  test('only rows near the view stand in the document, and every row can be reached', async ({ page, people }) => {
    await people.open();
    await people.loadAll.click();
    await expect(people.status).toHaveText(/^50\d\d people$/);
    const count = Number((await people.status.textContent())?.match(/\d+/)?.[0]);
    expect(count).toBeGreaterThan(crowd);
    await expect(people.table).toHaveAttribute('aria-rowcount', String(count + 1));
    await bounded(people);
    await tabTo(page, people.rows.first());
    await page.keyboard.press('End');
    const last = people.table.locator(`[role=row][aria-rowindex="${count + 1}"]`);
    await expect(last).toBeFocused();
    await expect(last).toBeInViewport();
    await bounded(people);
    await page.keyboard.press('PageUp');
    await expect(last).not.toBeFocused();
    await page.keyboard.press('Home');
    await expect(people.table.locator('[role=row][aria-rowindex="2"]')).toBeFocused();
    await bounded(people);
    await scrollThrough(page, people);
    // The row with the focus stays, wherever the view is.
    await expect(people.table.locator('[role=row][aria-rowindex="2"]')).toBeFocused();
  });

  test('it is sorted both ways and searched while it stays quick', async ({ people }) => {
    await people.open();
    await people.loadAll.click();
    await expect(people.status).toHaveText(/^50\d\d people$/);
    await people.sortBy('Name').click();
    await expect(people.head('Name')).toHaveAttribute('aria-sort', 'descending');
    const down = await people.names();
    expect(down.slice(0, 20)).toEqual([...down.slice(0, 20)].sort((a, b) => b.localeCompare(a, 'en-US')));
    await people.sortBy('Name').click();
    await expect(people.head('Name')).toHaveAttribute('aria-sort', 'ascending');
    await expect.poll(async () => (await people.names())[0]).not.toBe(down[0]);
    const up = await people.names();
    expect(up.slice(0, 20)).toEqual([...up.slice(0, 20)].sort((a, b) => a.localeCompare(b, 'en-US')));
    await people.search.fill('ada lindqvist');
    await expect(people.rows).toHaveCount(1);
    await expect(people.status).toHaveText(/^1 of 50\d\d people$/);
    await people.search.press('Escape');
    await expect(people.status).toHaveText(/^50\d\d people$/);
    await bounded(people);
  });
});

test('who is no administrator reads whose permission is needed', async ({ page, people, signIn, organizations, launcher }) => {
  await signIn.as('morgan');
  await organizations.choose(organization.many);
  await expect(launcher.heading).toBeVisible();
  await people.open();
  await expect(page.getByRole('alert')).toContainText('You need the permission of the primary administrator');
  await expect(page.getByRole('alert')).toContainText('Get Manageable User List');
  await expectAccessible(page);
  await people.tab('Organization').click();
  await expect(people.rows.first()).toBeVisible();
  await people.tab('Application').click();
  await expect(page.getByRole('alert')).toContainText('You need the permission of an administrator');
});

test.describe('where the deployment does not let the portal call operations for servers', () => {
  test.use({ own: { settings: { serverOperations: [] } } });

  test('the lists that need one say which, and the other list works', async ({ page, people, signIn, organizations, launcher }) => {
    await signIn.as('admin');
    await organizations.choose(organization.many);
    await expect(launcher.heading).toBeVisible();
    await people.open('?view=organization');
    await expect(page.getByRole('tabpanel')).toContainText('Get Organization User List is meant for servers');
    await people.tab('Application').click();
    await expect(page.getByRole('tabpanel')).toContainText('Get App User List is meant for servers');
    await people.tab('You manage').click();
    await expect(people.rows.first()).toBeVisible();
  });
});

test.describe('a service that takes its time', () => {
  test.use({ own: { delayMs: 300 } });

  test('rows of the true height stand in until the list comes', async ({ page, people, signIn, organizations, launcher }) => {
    await signIn.as('admin');
    await organizations.choose(organization.many);
    await expect(launcher.heading).toBeVisible();
    await page.goto('./people');
    await expect(people.rows.first()).toBeVisible();
    await expect(page.getByRole('alert')).toHaveCount(0);
  });
});

async function bounded(people: PeoplePage): Promise<void> {
  await expect.poll(() => people.rows.count(), { message: 'rows in the document' }).toBeLessThanOrEqual(most);
}

/** Scrolls from top to bottom; what is seen is never empty for long, and never more than a window of rows stands. */
async function scrollThrough(page: Page, people: PeoplePage): Promise<void> {
  for (let part = 1; part <= 6; part += 1) {
    await people.table.evaluate((table, part) => (table.scrollTop = (table.scrollHeight * part) / 6), part);
    await expect.poll(() => seen(people), { message: `rows in view at part ${part}` }).toBeGreaterThan(2);
    await bounded(people);
  }
  expect(page.isClosed()).toBe(false);
}

/** How many rows are seen now. */
function seen(people: PeoplePage): Promise<number> {
  return people.table.evaluate((table) => {
    const view = table.getBoundingClientRect();
    const rows = [...table.querySelectorAll('[role=row]:has([role=gridcell])')];
    return rows.filter((row) => {
      const box = row.getBoundingClientRect();
      return box.bottom > view.top && box.top < view.bottom;
    }).length;
  });
}
