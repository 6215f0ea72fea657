// The console for integrators: every operation from its form, what goes out, what comes back, and no token in sight.
import { readFileSync } from 'node:fs';
import path from 'node:path';

import type { Page } from '@playwright/test';

import { ConsolePage } from '../pages/console.ts';
import { expectAccessible, expectNoSidewaysScroll } from '../support/a11y.ts';
import { organization } from '../support/accounts.ts';
import { places } from '../support/host.mjs';
import { performs } from '../support/operations.ts';
import { expect, test } from '../support/test.ts';

/** What tokens of the service look like. */
const token = /APP_PORTAL_S_|eyJ[A-Za-z0-9_-]{10,}\./;

/** Everything that the page shows or holds in its document, and what stands in fields. */
const everything = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const typed = [...document.querySelectorAll('input, textarea, select')].map((field) => (field as HTMLInputElement).value);
    return [document.documentElement.outerHTML, location.href, document.title, JSON.stringify(history.state), ...typed].join('\n');
  });

test.beforeEach(async ({ signIn, organizations, launcher }) => {
  await signIn.as('admin');
  await organizations.choose(organization.many);
  await expect(launcher.heading).toBeVisible();
});

/** How an operation is tried: what is typed into its form besides what stands there, and what has to be done before. */
interface Trial {
  operation: string;
  values?: () => Record<string, string>;
  /** It changes something, so that the console asks. */
  writes?: boolean;
  /** As the console's own session. */
  own?: boolean;
  before?: (console: ConsolePage) => Promise<void>;
  /** What the reply holds. */
  holds?: string | RegExp;
}

const application = () => ({ accessKey: 'turbine-monitor' });
const asset = () => ({ assetIds: 'dogger-bank-a-t01' });

const workIn = async (console: ConsolePage): Promise<void> => {
  await console.logIn('morgan');
  await console.choose('Choose Organization');
  await console.sendAndWait('Choose Organization');
  await console.expectSuccess();
};

/** The 28 operations of the overview, and the eight of newer versions. */
const trials: Trial[] = [
  { operation: 'Log In', values: () => ({ account: 'morgan', password: 'portal' }), holds: '"accessToken": "…"' },
  {
    operation: 'Log In via Authorization Code',
    values: () => ({ channel: 'Web', code: `demo.morgan.${Math.floor(Date.now() / 1000)}.${Math.random().toString(36).slice(2)}` }),
    holds: '"accessToken": "…"',
  },
  { operation: 'Get Token Information', holds: 'North Sea Energy' },
  { operation: 'Log Out', writes: true, before: (console) => console.logIn('morgan') },
  { operation: 'Refresh Access Token', before: workIn, holds: '"refreshToken": "…"' },
  { operation: 'Revoke Refresh Token', writes: true, before: workIn },
  { operation: 'Choose Organization', before: (console) => console.logIn('morgan'), holds: '"refreshToken": "…"' },
  { operation: 'Get Manageable User List', holds: '"users"' },
  { operation: 'Get Organization List', holds: 'Helios Solar Group' },
  { operation: 'Get Organization User List', holds: '"users"' },
  { operation: 'Get App User List', holds: '"users"' },
  { operation: 'Get User Information', holds: '"u-admin"' },
  { operation: 'Get User Domain', values: () => ({ email: 'morgan.keller@north-sea.example' }), holds: '"url"' },
  { operation: 'Get User Structures', holds: '"structures"' },
  { operation: 'Authorize Asset', values: () => ({ assetIds: 'test-field-p1\ntest-field-p2' }), writes: true },
  { operation: 'Check Asset Permission', values: asset, holds: '"data": true' },
  { operation: 'Get Assets by Application', values: application, holds: '"children"' },
  { operation: 'Get Assets by Organization', holds: '"assets"' },
  { operation: 'Get Asset Structure', values: () => ({ assetId: 'dogger-bank-a-t01' }), holds: '"structures"' },
  { operation: 'Sync Asset', writes: true },
  { operation: 'Get Users with Asset Access', values: () => ({ assetId: 'dogger-bank-a-t01' }), holds: '"u-morgan"' },
  { operation: 'Create Message', writes: true },
  { operation: 'Get App Menu and Permission', values: application, holds: '"menus"' },
  { operation: 'Get Colors of the Message Icon', holds: '"colors"' },
  { operation: 'Get Message Ringtones', holds: '"ringings"' },
  { operation: "Get User's Applications", holds: '"apps"' },
  { operation: 'Update Message', writes: true },
  { operation: 'Get Unresolved Messages', values: application, holds: '"ids"' },
  { operation: 'Confirm Password', values: () => ({ password: 'portal' }) },
  { operation: 'Send Verification Code', own: true, writes: true, before: (console) => console.logIn('mfa') },
  {
    operation: 'Verify Code',
    own: true,
    values: () => ({ code: '246810' }),
    before: async (console) => {
      await console.logIn('mfa');
      await console.choose('Send Verification Code');
      await console.caller.selectOption({ label: 'The console’s own session' });
      await console.sendAndWait('Send Verification Code', true);
      await console.expectSuccess();
    },
  },
  { operation: 'Get Organization Language List', holds: '"languages"' },
  { operation: 'Get Organization Roles', holds: '"roles"' },
  { operation: 'Get User Roles', values: () => ({ userId: 'u-morgan' }), holds: 'Operator' },
  { operation: 'Get User Permissions', values: () => ({ userId: 'u-morgan' }), holds: '"permissions"' },
  { operation: 'Get Structure by User', values: () => ({ appId: 'turbine-monitor' }), holds: '"children"' },
];

test.describe('every operation', () => {
  // What a call changes here must not reach other tests.
  test.use({ own: {} });

  for (const { operation, values, writes, own, before, holds } of trials) {
    test(`console: ${operation}`, performs(operation), async ({ page, console, guard }) => {
      await console.open();
      await before?.(console);
      await console.choose(operation);
      if (own) await console.caller.selectOption({ label: 'The console’s own session' });
      await console.fill(values?.() ?? {});
      await console.sendAndWait(operation, writes);
      await console.expectSuccess();
      if (holds !== undefined) await expect(console.body).toContainText(holds);
      await expect(console.replyHeading).toBeFocused();
      // The session of the page is what it was.
      await console.choose('Get Token Information');
      await console.sendAndWait('Get Token Information');
      await console.expectSuccess();
      await expect(console.body).toContainText('"u-admin"');
      expect(token.test(await everything(page))).toBe(false);
      expect(guard.said.filter((line) => token.test(line))).toEqual([]);
    });
  }

  test('the list names all operations of the table', async ({ console }) => {
    const table = readFileSync(path.join(places.repository, 'docs/operations.md'), 'utf8');
    const rows = table.split('\n').filter((line) => line.startsWith('| ') && line.includes('::'));
    const names = rows.map((line) => line.split('|')[1]?.trim() ?? '');
    expect(names.length).toBe(36);
    await console.open();
    for (const name of names) await expect(console.link(name)).toHaveCount(1);
    expect([...trials.map(({ operation }) => operation)].sort()).toEqual([...names].sort());
    const newer = console.list.getByRole('link').filter({ hasText: 'From version' });
    await expect(newer).toHaveCount(8);
  });
});

test.describe('the list', () => {
  test('is searched by name, path and parameter, and its entries are addresses', async ({ page, console }) => {
    await console.open();
    await console.search.fill('session/set');
    await expect(console.list.getByRole('link')).toHaveText([/Choose Organization/]);
    await console.search.fill('no such operation');
    await expect(console.list.getByRole('status')).toContainText('No operation matches');
    await console.search.press('Escape');
    await console.choose('Get Organization List');
    await expect(page).toHaveURL(/operation=get-organization-list$/);
    await expect(console.link('Get Organization List')).toHaveAttribute('aria-current', 'page');
    await page.reload();
    await expect(console.operation('Get Organization List')).toBeVisible();
    await page.goBack();
    await expect(console.operation('Get User Information')).toBeVisible();
  });

  test('an address of an unknown operation says so', async ({ page }) => {
    await page.goto('./console?operation=get-secret-key');
    await expect(page.getByRole('heading', { name: 'There is no operation of this name' })).toBeVisible();
  });
});

test.describe('the request', () => {
  test('follows what is typed, with the token masked', async ({ console }) => {
    await console.open('Get Assets by Application');
    await console.field('accessKey').fill("it's & more");
    await expect(console.request).toContainText('/app-portal-service/v2.2/user/app/asset/tree?accessKey=it%27s%20%26%20more');
    await expect(console.request).toContainText('Authorization: Bearer …');
    await expect(console.curl).toContainText("curl --globoff --request GET 'http");
    await expect(console.curl).toContainText(`--header 'Authorization: Bearer '"$ACCESS_TOKEN"`);
    await console.caller.selectOption({ label: 'Nobody, without a token' });
    await expect(console.request).not.toContainText('Authorization');
    await expect(console.curl).not.toContainText('ACCESS_TOKEN');
  });

  test('shows no password, neither while typing nor afterwards', async ({ page, console }) => {
    await console.open('Log In');
    await console.fill({ account: 'morgan', password: 'correct horse battery' });
    await expect(console.request).toContainText('{"account":"morgan","password":"…"}');
    await expect(console.curl).toContainText('"$PASSWORD"');
    await console.sendAndWait('Log In');
    await console.expectCode(31400, 'A parameter is missing or invalid');
    await expect(console.field('account')).toHaveValue('morgan');
    await expect(console.field('password')).toHaveValue('');
    await console.choose('Get Organization List');
    await console.past.first().click();
    await expect(console.field('password')).toHaveValue('');
    expect(await everything(page)).not.toContain('correct horse battery');
  });

  test('is filled in where the session knows what belongs there', async ({ console }) => {
    await console.open('Get User Roles');
    await expect(console.field('orgId')).toHaveValue('o-north-sea');
    await expect(console.field('userId')).toHaveValue('u-admin');
    await expect(console.field('locale', 'header')).toHaveValue('en_US');
    await console.choose('Get App Menu and Permission');
    await expect(console.field('accessKey')).not.toHaveValue('');
  });

  test('stays as typed when the language changes', async ({ page, console, accountMenu }) => {
    await console.open('Get User Domain');
    await console.fill({ email: 'someone@example.com' });
    await accountMenu.set('Language', '简体中文');
    await expect(page.getByRole('heading', { name: '控制台', level: 1 })).toBeVisible();
    await expect(page.getByRole('button', { name: '发送', exact: true })).toBeVisible();
    await expect(page.getByRole('textbox', { name: /^email/ })).toHaveValue('someone@example.com');
    await expect(page.getByRole('textbox', { name: /^email/ })).toHaveAccessibleDescription(/用户的电子邮件地址/);
    await expect(page.getByText('搜索操作')).toBeVisible();
  });

  test('what is not JSON is said at the field and not sent', async ({ console }) => {
    await console.open('Get Manageable User List');
    await console.field('pagination').fill('{pageNo: 0}');
    await expect(console.field('pagination')).toHaveAccessibleDescription(/This is not JSON\./);
    await expect(console.send).toHaveAttribute('aria-disabled', 'true');
  });

  test('asks before something is changed, and does nothing when told not to', async ({ page, console }) => {
    await console.open('Sync Asset');
    await console.send.click();
    await expect(console.question).toContainText('/v2.2/asset/sync?orgId=o-north-sea');
    await page.keyboard.press('Escape');
    await expect(console.question).toBeHidden();
    await expect(console.history).toContainText('Nothing yet.');
  });
});

test.describe('errors are decoded', () => {
  for (const [operation, values, code, words] of [
    ['Get User Domain', { email: '' }, 31400, 'A parameter is missing or invalid'],
    ['Get User Domain', { email: 'who@nowhere.example' }, 31404, 'Not found'],
    ['Get App Menu and Permission', { accessKey: 'no-rights' }, 31403, 'No permission'],
    ['Get Structure by User', { appId: 'not-acquired' }, 31520, 'has not acquired the application'],
  ] as const) {
    test(`${code} of ${operation}`, async ({ console }) => {
      await console.open(operation);
      await console.fill(values);
      await console.sendAndWait(operation);
      await console.expectCode(code, words);
      await expect(console.fact('Code')).toContainText('The documentation names this code for this operation.');
    });
  }

  test('31401 without a token, and the session stays', async ({ console }) => {
    await console.open('Get User Information');
    await console.caller.selectOption({ label: 'Nobody, without a token' });
    await console.sendAndWait('Get User Information');
    await console.expectCode(31401, 'Not signed in');
    await console.caller.selectOption({ label: 'This session' });
    await console.send.click();
    await console.expectSuccess();
  });

  test('31512 of a session that has no organization yet', async ({ console }) => {
    await console.open();
    await console.logIn('morgan');
    await console.choose('Get User Structures');
    await console.caller.selectOption({ label: 'The console’s own session' });
    await console.sendAndWait('Get User Structures');
    await console.expectCode(31512, 'no organization is chosen');
  });

  test('what is no reply of the service is told apart', async ({ console }) => {
    await console.open('Get App Menu and Permission');
    await console.fill({ accessKey: 'menu-empty-reply' });
    await console.sendAndWait('Get App Menu and Permission');
    await expect(console.reply).toContainText('Not understood: the reply is empty.');
  });
});

test.describe('tokens', () => {
  test('are in neither view of a reply, and the page says so', async ({ page, console }) => {
    await console.open();
    await console.logIn('morgan');
    await expect(console.reply).toContainText('Secrets in this reply are replaced by “…”');
    await expect(console.body).toContainText('"accessToken": "…"');
    await console.reply.getByRole('button', { name: 'Raw' }).click();
    await expect(console.body).toContainText('"accessToken":"…"');
    await expect(console.body).toContainText('"mfaType"');
    expect(token.test(await everything(page))).toBe(false);
    await console.choose('Choose Organization');
    await console.sendAndWait('Choose Organization');
    expect(token.test(await everything(page))).toBe(false);
    await expect(console.body).toContainText('"refreshToken":"…"');
  });

  test('of the console’s own session are forgotten with it, and at sign-out', async ({ page, console, accountMenu, signIn }) => {
    await console.open();
    await workIn(console);
    await expect(page.getByText('The console’s own session: Morgan Keller, in North Sea Energy.')).toBeVisible();
    await page.getByRole('button', { name: 'End the console’s session' }).click();
    await expect(page.getByText('The console has no session of its own.')).toBeVisible();
    await expect(console.send).toHaveAttribute('aria-disabled', 'true');
    await console.logIn('morgan');
    await accountMenu.signOut();
    await expect(signIn.heading).toBeVisible();
    await signIn.send('solo');
    await expect(signIn.heading).toBeHidden();
    await console.open('Log Out');
    await expect(page.getByText('The console has no session of its own.')).toBeVisible();
    await expect(console.history).toContainText('Nothing yet.');
  });
});

test.describe('the history', () => {
  test('gives form and reply back, over other screens too, and can be cleared', async ({ page, console, launcher }) => {
    await console.open('Get User Domain');
    await console.fill({ email: 'hal.ostile@red-team.example' });
    await console.sendAndWait('Get User Domain');
    await console.choose('Get Organization List');
    await console.sendAndWait('Get Organization List');
    await expect(console.past).toHaveCount(2);
    await expect(console.past.first()).toContainText(/Get Organization List.*HTTP 200.*\d+ ms/);
    await page.getByRole('banner').getByRole('link').first().click();
    await expect(launcher.heading).toBeVisible();
    await page.goBack();
    await expect(console.past).toHaveCount(2);
    await console.past.last().click();
    await expect(console.operation('Get User Domain')).toBeVisible();
    await expect(console.field('email')).toHaveValue('hal.ostile@red-team.example');
    await expect(console.replyHeading).toHaveText('Reply to Get User Domain');
    await page.getByRole('button', { name: 'Clear the history' }).click();
    await expect(console.past).toHaveCount(0);
  });
});

test.describe('a slow service', () => {
  test.use({ own: { delayMs: 4000 } });

  test('a call can be given up', async ({ console }) => {
    await console.open('Get Organization List');
    await console.send.click();
    await console.cancel.click();
    await expect(console.reply).toContainText('Cancelled.');
    await expect(console.past).toContainText(['no reply']);
    await expect(console.send).not.toHaveAttribute('aria-disabled', 'true');
  });
});

test.describe('a long reply', () => {
  test('is cut with a word, and more is shown on demand', async ({ page, organizations, accountMenu, launcher, console }) => {
    await accountMenu.switchOrganization();
    await organizations.choose(organization.threeThousand);
    await expect(launcher.heading).toBeVisible();
    await console.open("Get User's Applications");
    await console.sendAndWait("Get User's Applications");
    await console.expectSuccess();
    await expect(console.reply.getByText(/^The first 1000 of \d+ lines are shown\.$/)).toBeVisible();
    await console.reply.getByRole('button', { name: 'Show more' }).click();
    await expect(console.reply.getByText(/^The first 2000 of \d+ lines are shown\.$/)).toBeVisible();
    await console.reply.getByRole('button', { name: 'Raw' }).click();
    await expect(console.reply.getByText(/characters are shown\.$/)).toBeVisible();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  });
});

test.describe('where operations for servers are not offered', () => {
  test.use({ own: { settings: { serverOperations: [] } } });

  test('the form and its curl line stand there, and sending is refused with the reason', async ({ console, page }) => {
    await console.open('Create Message');
    await expect(console.curl).toContainText('/v2.2/message/produce');
    await expect(page.getByText('apim-signature')).toBeVisible();
    await expect(page.getByText('Create Message is meant for servers, and this portal may not call it.')).toBeVisible();
    await expect(console.send).toHaveAttribute('aria-disabled', 'true');
    await expect(console.send).toHaveAccessibleDescription(/meant for servers/);
    // A person can press it all the same.
    await console.send.press('Enter');
    await console.field('messages').press('Control+Enter');
    await expect(console.question).toBeHidden();
    await expect(console.history).toContainText('Nothing yet.');
  });
});

test('everything can be done by the keyboard', async ({ page, console }) => {
  await console.open();
  await console.search.focus();
  await page.keyboard.type('user domain');
  await expect(console.list.getByRole('link')).toHaveCount(1);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(console.link('Get User Domain')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(console.operation('Get User Domain')).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(console.field('email')).toBeFocused();
  await page.keyboard.type('morgan.keller@north-sea.example');
  await page.keyboard.press('Control+Enter');
  await console.expectSuccess();
  await expect(console.replyHeading).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(console.reply.getByRole('button', { name: 'Formatted' })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await expect(console.reply.getByRole('button', { name: 'Raw' })).toHaveAttribute('aria-pressed', 'true');
});

test.describe('accessibility', () => {
  test('of form, question and reply, in every look', async ({ page, console }) => {
    await console.open('Create Message');
    await expectAccessible(page);
    await console.send.click();
    await expectAccessible(page);
    await console.question.getByRole('button', { name: 'Send Create Message' }).click();
    await console.expectSuccess();
    await console.logIn('morgan');
    await expectAccessible(page);
    await console.choose('Verify Code');
    await console.sendAndWait('Verify Code');
    await expectAccessible(page);
  });

  test.describe('at 320 px', () => {
    test.use({ viewport: { width: 320, height: 640 } });
    test('nothing sticks out', async ({ page, console }) => {
      await console.open('Create Message');
      await expectNoSidewaysScroll(page);
      await expectAccessible(page);
    });
  });
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });
  test('a box to choose from stands in the place of the list', async ({ page, console }) => {
    await console.open();
    await expect(console.list).toBeHidden();
    await console.choice.selectOption({ label: 'Get Message Ringtones' });
    await expect(console.operation('Get Message Ringtones')).toBeVisible();
    await expect(page).toHaveURL(/operation=get-message-ringtones$/);
    await console.sendAndWait('Get Message Ringtones');
    await console.expectSuccess();
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
  });
});
