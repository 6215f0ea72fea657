// The profile: each part has its own call, and none shows a token (experience.md P1–P4).
import { ProfilePage } from '../pages/profile.ts';
import { expectAccessible, expectNoSidewaysScroll } from '../support/a11y.ts';
import { organization, organizationId, password, sentinel } from '../support/accounts.ts';
import { tabTo } from '../support/keyboard.ts';
import { performs } from '../support/operations.ts';
import { test as base, expect } from '../support/test.ts';

const test = base.extend<{ profile: ProfilePage }>({
  profile: async ({ page }, use) => use(new ProfilePage(page)),
});

test.beforeEach(async ({ signIn, organizations, launcher, profile }) => {
  await signIn.as('morgan');
  await organizations.choose(organization.many);
  await expect(launcher.heading).toBeVisible();
  await profile.open();
});

test('Get User Information: what is known of the person, and no empty row', performs('Get User Information'), async ({ page, profile }) => {
  await expect(profile.fact('You', 'E-mail')).toHaveText('morgan.keller@north-sea.example');
  await expect(profile.fact('You', 'Account')).toHaveText('Morgan Keller');
  await expect(profile.fact('You', 'Account made')).toHaveText(/\d{4}/);
  await expect(profile.fact('You', 'Domain')).toHaveCount(0);
  await expect(profile.section('Permissions').getByRole('listitem').first()).toBeVisible();
  for (const value of await page.getByRole('main').locator('dd').all()) await expect(value).not.toBeEmpty();
});

test('Get Token Information: whose sign-in it is and in which organization, and no token', performs('Get Token Information'), async ({ page, profile }) => {
  await expect(profile.fact('This sign-in', 'Organization')).toHaveText(organization.many);
  await expect(profile.fact('This sign-in', 'Organization id')).toHaveText(organizationId.many);
  await expect(profile.fact('This sign-in', 'User id')).not.toBeEmpty();
  await expect(page.getByRole('main')).not.toContainText('APP_PORTAL_S_');
});

test('Get User Structures: a tree, whose missing parents lose nobody', performs('Get User Structures'), async ({ profile }) => {
  const structures = profile.section('Structures');
  await expect(structures.getByRole('listitem').filter({ hasText: 'Trading' }).first()).toBeVisible();
  await expect(structures.getByRole('listitem').filter({ hasText: 'Control Room' }).getByRole('listitem')).toHaveText('Shift A');
});

test('Get User Roles, Get Organization Roles: the roles of the person, and all that there are', performs('Get User Roles', 'Get Organization Roles'), async ({ profile }) => {
  const lists = profile.section('Roles').getByRole('list');
  await expect(lists).toHaveCount(2);
  await expect(lists.nth(1)).toContainText('Administrator');
  await expect(lists.nth(0)).not.toContainText('Administrator');
  await expect(lists.nth(0).getByRole('listitem').first()).toBeVisible();
});

test('Get User Permissions: what the person may do', performs('Get User Permissions'), async ({ profile }) => {
  await expect(profile.section('Permissions')).toContainText('View');
  await expect(profile.section('Permissions')).not.toContainText('Manage users');
});

test('Get Organization Language List: the languages, with the one that is shown', performs('Get Organization Language List'), async ({ profile }) => {
  const languages = profile.section('Languages of the organization');
  await expect(languages.getByRole('listitem')).toHaveCount(2);
  await expect(languages.getByRole('listitem').filter({ hasText: 'English' })).toContainText('shown now');
  await expect(languages).toContainText('简体中文');
});

test('Get Structure by User: of the application that is chosen; one that fails takes nothing else with it', performs('Get Structure by User'), async ({ profile }) => {
  const assigned = profile.section('Assigned through an application');
  const application = assigned.getByRole('combobox', { name: 'Application' });
  await application.selectOption({ label: 'Turbine Monitor' });
  await expect(assigned.getByRole('list').first()).toContainText('Trading');
  await application.selectOption({ label: sentinel.notAcquired });
  await expect(assigned.getByText('Get Structure by User')).toBeVisible();
  await expect(assigned.getByText(/520/)).toBeVisible();
  await expect(profile.fact('You', 'Account')).toHaveText('Morgan Keller');
  await expect(profile.section('Roles').getByRole('list').first()).toBeVisible();
  await application.selectOption({ label: 'Turbine Monitor' });
  await expect(assigned.getByRole('list').first()).toContainText('Trading');
});

test('Confirm Password: right, wrong, and locked after too many', performs('Confirm Password'), async ({ page, profile }) => {
  const section = profile.section('Confirm your password');
  await expect(profile.password).toHaveAttribute('type', 'password');
  await section.getByRole('button', { name: 'Show password' }).click();
  await expect(profile.password).toHaveAttribute('type', 'text');
  await section.getByRole('button', { name: 'Hide password' }).click();
  await profile.confirm.click();
  await expect(section.getByText('Enter your password.')).toBeVisible();
  await profile.password.fill(password);
  await profile.confirm.click();
  await expect(section.getByText('This is your password.')).toBeVisible();
  await expect(profile.password).toHaveValue('');
  for (let tries = 0; tries < 4; tries += 1) {
    await profile.password.fill('wrong');
    await profile.confirm.click();
    await expect(section.getByText('This is not your password.')).toBeVisible();
  }
  await expectAccessible(page);
  await profile.password.fill('wrong');
  await profile.confirm.click();
  await expect(section.getByRole('alert')).toContainText('Too many wrong passwords');
  await expect(section.getByRole('button', { name: /^Try again in \d+ second/ })).toBeVisible();
  // The session goes on.
  await expect(profile.fact('You', 'Account')).toHaveText('Morgan Keller');
});

test('language and theme apply at once', async ({ page, profile }) => {
  const preferences = profile.section('Language and theme');
  await preferences.getByRole('combobox', { name: 'Theme' }).selectOption({ label: 'Dark' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await preferences.getByRole('combobox', { name: 'Language' }).selectOption({ label: '简体中文' });
  await expect(page.getByRole('heading', { name: '个人资料', exact: true })).toBeVisible();
  await expect(page.getByRole('region', { name: '角色', exact: true })).toContainText('管理员');
});

test('the whole page by keyboard, for axe in every look, and at 320 px', async ({ page, profile }) => {
  await expect(profile.section('Roles').getByRole('list').first()).toBeVisible();
  await expect(profile.section('Structures').getByRole('list').first()).toBeVisible();
  await tabTo(page, profile.confirm);
  await expectAccessible(page);
  await page.setViewportSize({ width: 320, height: 640 });
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
});

test('names that want to break the page do not', async ({ page, signIn, launcher, accountMenu, profile }) => {
  await accountMenu.signOut();
  await signIn.send('hostile');
  await expect(launcher.heading).toBeVisible();
  await page.setViewportSize({ width: 320, height: 640 });
  await profile.open();
  await expect(profile.section('You').locator('dd').first()).toBeVisible();
  await expect(profile.section('Assigned through an application').getByRole('combobox', { name: 'Application' })).toBeVisible();
  await expect(profile.section('Languages of the organization').getByRole('listitem').first()).toBeVisible();
  await expectNoSidewaysScroll(page);
  await page.goto('./people?view=organization');
  await expect(page.getByRole('grid', { name: 'People' }).getByRole('row').nth(1)).toBeVisible();
  await expectNoSidewaysScroll(page);
});
