// Messages of applications: the bell, numbers on tiles, what is new, the page (experience.md M1 to M11, contract.md 1.22,
// 1.24, 1.25, 1.27, 1.28).
import type { Page } from '@playwright/test';

import { LauncherPage } from '../pages/launcher.ts';
import { MessagesPage } from '../pages/messages.ts';
import { expectAccessible, expectNoSidewaysScroll } from '../support/a11y.ts';
import { organization, organizationId } from '../support/accounts.ts';
import { performs } from '../support/operations.ts';
import { expect, test } from '../support/test.ts';

const asking = 'Get Unresolved Messages';
/** How many messages North Sea Energy begins with: those of Turbine Monitor, Alarm Center, Substation Patrol, Shift Book. */
const all = 7 + 1204 + 2 + 1;

/** Creates a message as a server would: over there, behind the page's back. */
async function elsewhere(url: string, application: string, id: string): Promise<void> {
  const reply = await fetch(new URL('app-portal-service/v2.2/message/produce', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      messages: [
        {
          messageId: id,
          orgId: organizationId.many,
          accessKey: application,
          produceTime: '2026-11-22 08:30:00',
          zoneOffset: '+01:00',
          state: 1,
          authUnitId: 'dogger-bank-a',
        },
      ],
    }),
  });
  expect(((await reply.json()) as { code: number }).code).toBe(0);
}

/** Marks messages as another person would. */
async function dealtWith(url: string, application: string, ids: string[]): Promise<void> {
  const reply = await fetch(new URL('app-portal-service/v2.2/message/update', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ messages: ids.map((messageId) => ({ messageId, accessKey: application, state: 1 })) }),
  });
  expect(((await reply.json()) as { code: number }).code).toBe(0);
}

/** Counts the tones that a page plays, from the next time that it is loaded. */
async function listen(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    const counted = globalThis as unknown as { tones: number };
    counted.tones = 0;
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (this: OscillatorNode, ...when: [number?]) {
      counted.tones += 1;
      return start.apply(this, when);
    };
  });
  return () => page.evaluate(() => (globalThis as unknown as { tones: number }).tones);
}

/** Half a minute, after which what is on screen is asked again. The clock is installed before the page is loaded. */
async function aRound(page: Page): Promise<void> {
  await page.clock.runFor(31_000);
}

/** Lets a test say whether a tab is seen, from the next time that it is loaded; the browser that runs it shows all. */
async function seenAsTold(page: Page): Promise<(seen: boolean) => Promise<void>> {
  await page.addInitScript(() => {
    let seen = true;
    Object.defineProperty(document, 'hidden', { get: () => !seen });
    Object.defineProperty(document, 'visibilityState', { get: () => (seen ? 'visible' : 'hidden') });
    (globalThis as unknown as { see: (now: boolean) => void }).see = (now) => {
      seen = now;
      document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    };
  });
  return (seen) => page.evaluate((now) => (globalThis as unknown as { see: (now: boolean) => void }).see(now), seen);
}

// What one test marks, another must not miss.
test.use({ own: {} });

test.beforeEach(async ({ signIn, organizations, launcher }) => {
  await signIn.as('morgan');
  await organizations.choose(organization.many);
  await expect(launcher.links.first()).toBeVisible();
});

test('the bell sums what is known, and says while that is not all', performs('Get Unresolved Messages'), async ({ page, launcher }) => {
  const messages = new MessagesPage(page);
  await expect(messages.bell).toBeVisible({ timeout: 20_000 });
  await page.setViewportSize({ width: 1280, height: 500 });
  await expect(messages.bell).toHaveAccessibleName(/^Messages, [\d,]+ unresolved messages, not all applications are counted$/, {
    timeout: 20_000,
  });
  // Who has seen all tiles knows all numbers. They are asked for while they are looked at.
  for (const name of ['Turbine Monitor', 'Alarm Center', 'Substation Patrol', 'Shift Book']) {
    await launcher.tile(name).scrollIntoViewIfNeeded();
    await expect(launcher.tile(name)).toHaveAccessibleDescription(/unresolved/, { timeout: 30_000 });
  }
  await messages.expectSum(all);
});

test('a tile shows its number, which describes it and is not of its name', async ({ page, launcher }) => {
  const tile = launcher.tile('Turbine Monitor');
  await expect(tile).toHaveAccessibleDescription(/7 unresolved messages/, { timeout: 20_000 });
  await expect(tile).toHaveAccessibleName(/^Turbine Monitor/);
  await expect(tile).not.toHaveAccessibleName(/unresolved/);
  await expect(tile.getByText('7', { exact: true })).toBeVisible();
  // What describes it already stays.
  const disabled = launcher.tile('Street Lighting');
  await expect(disabled).toHaveAccessibleDescription(/Not enabled/);
  await expect(launcher.tile('Asset Map')).toHaveAccessibleDescription('');
  await expectAccessible(page);
});

test('only what is on screen is asked for, at most once in half a minute', async ({ page, site, launcher }) => {
  const messages = new MessagesPage(page);
  await expect(launcher.tile('Turbine Monitor')).toHaveAccessibleDescription(/7 unresolved/, { timeout: 20_000 });
  await messages.open();
  await messages.countAll();
  await site.resetCalls();
  await page.getByRole('link', { name: 'Application Portal' }).first().click();
  await expect(launcher.tile('Turbine Monitor')).toHaveAccessibleDescription(/7 unresolved/, { timeout: 20_000 });
  // All is known from a moment ago.
  const again = (await site.calls())[asking] ?? 0;
  expect(again).toBeLessThan(await launcher.links.count());
});

test('on a phone the bell is there, on every screen', async ({ page, launcher }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  const messages = new MessagesPage(page);
  await expect(messages.bell).toBeVisible({ timeout: 20_000 });
  await expect(launcher.tile('Turbine Monitor')).toHaveAccessibleDescription(/7 unresolved/, { timeout: 20_000 });
  await expectNoSidewaysScroll(page);
  await messages.bell.click();
  await expect(messages.heading).toBeVisible();
  await expect(messages.bell).toBeVisible();
  await messages.show('Turbine Monitor');
  await expect(messages.rows.first()).toBeVisible();
  await expectNoSidewaysScroll(page);
  await page.getByRole('button', { name: 'Back to the applications' }).click();
  await expect(messages.application('Turbine Monitor')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Applications', exact: true })).toBeFocused();
  await page.goto('./portal/turbine-monitor');
  await expect(page.getByRole('navigation', { name: 'Breadcrumb' })).toBeVisible();
  await expect(messages.bell).toBeVisible({ timeout: 20_000 });
});

test('one tab asks for all, and another takes over when it goes', async ({ page, context, site, launcher }) => {
  await expect(launcher.tile('Turbine Monitor')).toHaveAccessibleDescription(/7 unresolved/, { timeout: 20_000 });
  await page.clock.install();
  const first = new MessagesPage(page);
  await first.open();
  await first.countAll();
  await first.expectSum(all);
  const known = (await site.calls())[asking] ?? 0;
  await site.resetCalls();
  const other = await context.newPage();
  const second = new MessagesPage(other);
  await second.open();
  // It is told what the first knows. Had it asked by itself, each application on screen would be a call.
  await expect(second.application('Turbine Monitor')).toContainText('7', { timeout: 20_000 });
  expect((await site.calls())[asking] ?? 0).toBeLessThan(known / 2);
  await page.close();
  await elsewhere(site.url, 'turbine-monitor', 'taken-over');
  await aRound(other);
  await expect(second.application('Turbine Monitor')).toContainText('8', { timeout: 20_000 });
});

test('a hidden tab asks nothing: another that is seen takes over, and what was missed is told later', async ({ page, context, site, launcher }) => {
  await page.clock.install();
  const see = await seenAsTold(page);
  await page.goto('./');
  const tile = launcher.tile('Turbine Monitor');
  await expect(tile).toHaveAccessibleDescription(/7 unresolved/, { timeout: 30_000 });
  await see(false);
  await site.resetCalls();
  await elsewhere(site.url, 'turbine-monitor', 'unseen-1');
  await page.clock.runFor(3 * 60_000);
  expect((await site.calls())[asking] ?? 0).toBe(0);
  await expect(tile).toHaveAccessibleDescription(/7 unresolved/);
  // Nothing hides this one: it leads, and the hidden tab hears of it.
  const other = await context.newPage();
  const messages = new MessagesPage(other);
  await messages.open();
  await expect(messages.application('Turbine Monitor')).toContainText('8', { timeout: 30_000 });
  await expect(tile).toHaveAccessibleDescription(/8 unresolved/);
  await expect(new MessagesPage(page).news).toHaveCount(0);
  await other.close();
  await elsewhere(site.url, 'turbine-monitor', 'unseen-2');
  await page.clock.runFor(60_000);
  await expect(tile).toHaveAccessibleDescription(/8 unresolved/);
  await see(true);
  await expect(tile).toHaveAccessibleDescription(/9 unresolved/, { timeout: 30_000 });
  await expect(new MessagesPage(page).news).toContainText('1 new message in Turbine Monitor', { timeout: 30_000 });
});

test('a tab that nobody uses asks nothing until somebody does, so that no session is kept alive', async ({ page, context, site, launcher }) => {
  // Every question that the driver asks the page counts as a use of it for the browser.
  await context.addInitScript(() => {
    Object.defineProperty(UserActivation.prototype, 'isActive', { get: () => false });
  });
  await page.clock.install();
  await page.goto('./');
  const tile = launcher.tile('Turbine Monitor');
  await expect(tile).toHaveAccessibleDescription(/7 unresolved/, { timeout: 30_000 });
  await site.resetCalls();
  await aRound(page);
  await expect.poll(async () => (await site.calls())[asking] ?? 0).toBeGreaterThan(0);
  await page.clock.fastForward('16:00');
  await aRound(page);
  await site.resetCalls();
  await elsewhere(site.url, 'turbine-monitor', 'while-away');
  await page.clock.runFor(3 * 60_000);
  expect((await site.calls())[asking] ?? 0).toBe(0);
  await page.mouse.move(300, 300);
  await page.mouse.move(310, 310);
  await expect(tile).toHaveAccessibleDescription(/8 unresolved/, { timeout: 30_000 });
});

test('what others create is told once, and sounds once', async ({ page, site, launcher }) => {
  const tones = await listen(page);
  await page.clock.install();
  await page.reload();
  await expect(launcher.tile('Turbine Monitor')).toHaveAccessibleDescription(/7 unresolved/, { timeout: 30_000 });
  // A press, as the browser wants one before a sound.
  await launcher.heading.click();
  const messages = new MessagesPage(page);
  for (const id of ['new-1', 'new-2', 'new-3']) await elsewhere(site.url, 'turbine-monitor', id);
  await aRound(page);
  await expect(messages.news).toContainText('3 new messages in Turbine Monitor', { timeout: 20_000 });
  await expect(launcher.tile('Turbine Monitor')).toHaveAccessibleDescription(/10 unresolved/);
  await expect.poll(tones).toBe(4);
  await expectAccessible(page);
  await messages.news.getByRole('link', { name: 'Show' }).click();
  await expect(messages.heading).toBeVisible();
  await expect(messages.news).toHaveCount(0);
});

test('a sound that the browser refuses is explained, and can be allowed', async ({ page, context, site, launcher }) => {
  await expect(launcher.tile('Turbine Monitor')).toHaveAccessibleDescription(/7 unresolved/, { timeout: 30_000 });
  await page.clock.install();
  // A tab in which nothing was pressed yet.
  const other = await context.newPage();
  const tones = await listen(other);
  // What drives the browser counts as a press for it, so that the page is told how it stands for a person.
  await other.addInitScript(() => {
    let pressed = false;
    addEventListener('pointerdown', () => (pressed = true), true);
    Object.defineProperty(navigator, 'userActivation', { get: () => ({ hasBeenActive: pressed, isActive: false }) });
  });
  await other.goto('./');
  const messages = new MessagesPage(other);
  await expect(new LauncherPage(other).tile('Turbine Monitor')).toHaveAccessibleDescription(/7 unresolved/, { timeout: 30_000 });
  await page.close();
  await elsewhere(site.url, 'turbine-monitor', 'unheard');
  await aRound(other);
  await expect(messages.news).toContainText('1 new message in Turbine Monitor', { timeout: 20_000 });
  await expect(messages.news).toContainText('The browser allows no sound before you press something here.');
  expect(await tones()).toBe(0);
  await messages.news.getByRole('button', { name: 'Allow sound' }).click();
  await expect.poll(tones).toBe(4);
  await expect(other.getByText('The browser allows no sound')).toHaveCount(0);
  // The button that was pressed is gone, and then the pop-up; the focus is not.
  const close = messages.news.getByRole('button', { name: 'Close' });
  await expect(close).toBeFocused();
  await close.press('Enter');
  await expect(messages.news).toHaveCount(0);
  await expect(other.getByRole('main')).toBeFocused();
});

test('a message is created: the number grows, and that is told', performs('Create Message'), async ({ page }) => {
  const messages = new MessagesPage(page);
  await messages.open();
  await expect(messages.application('Turbine Monitor')).toContainText('7', { timeout: 20_000 });
  await messages.create.click();
  await expect(page.getByRole('heading', { name: 'New message' })).toBeFocused();
  await expectAccessible(page);
  // What is wrong is said beside the field, and nothing typed is lost.
  await messages.field('Text for all languages').fill('Gearbox oil is hot');
  await messages.field('Time zone').fill('CET');
  await messages.field('Name of the button').fill('Confirm');
  await page.getByRole('button', { name: 'Create message …' }).click();
  await expect(messages.field('Application')).toBeFocused();
  await expect(messages.field('Application')).toHaveAccessibleDescription(/This is needed/);
  await expect(messages.field('Authorization unit')).toHaveAccessibleDescription(/This is needed/);
  await expect(messages.field('Time zone')).toHaveAccessibleDescription(/Write it as \+08:00/);
  await expect(messages.field('Address that the button calls')).toHaveAccessibleDescription(/Give both or none/);
  await messages.field('Time zone').fill('+01:00');
  await messages.field('Name of the button').fill('');
  await messages.field('Icon colour').selectOption({ label: 'Yellow' });
  await messages.field('Ringtone').selectOption({ index: 1 });
  await messages.write('Turbine Monitor', 'Gearbox oil is hot', 'made-here');
  // It is said what will happen.
  const question = page.getByRole('dialog', { name: 'Create this message?' });
  await expect(question).toContainText('Everybody in North Sea Energy who may use Turbine Monitor and see dogger-bank-a');
  await messages.agree();
  await expect(page.getByRole('status').filter({ hasText: 'The message made-here of Turbine Monitor was created.' })).toBeVisible();
  await expect(messages.application('Turbine Monitor')).toContainText('8');
  await expect(messages.news).toContainText('1 new message in Turbine Monitor');
  await expect(messages.field('Text for all languages')).toHaveValue('');
  await messages.show('Turbine Monitor');
  await expect(messages.ids).toContainText('made-here');
});

test('who may not create a message is told, and keeps what was typed', async ({ page }) => {
  const messages = new MessagesPage(page);
  await messages.open('?show=new');
  await messages.write('Substation Patrol', 'Fence is open');
  await messages.agree();
  await expect(page.getByRole('alert').filter({ hasText: 'You may not create messages for this application.' })).toBeVisible();
  await expect(messages.field('Text for all languages')).toHaveValue('Fence is open');
  // Leaving asks; staying keeps it.
  await page.getByRole('link', { name: 'Application Portal' }).first().click();
  const question = page.getByRole('dialog', { name: 'Leave the message unfinished?' });
  await expect(question).toBeVisible();
  await expectAccessible(page);
  await question.getByRole('button', { name: 'Stay' }).click();
  await expect(messages.field('Text for all languages')).toHaveValue('Fence is open');
  await page.getByRole('link', { name: 'Application Portal' }).first().click();
  await question.getByRole('button', { name: 'Leave without creating' }).click();
  await expect(new LauncherPage(page).heading).toBeVisible();
});

test('a message without its id keeps the rest, in another language too', async ({ page, accountMenu }) => {
  const messages = new MessagesPage(page);
  await messages.open('?show=new');
  await messages.field('Application').selectOption({ label: 'Turbine Monitor' });
  await messages.field('Icon colour').selectOption({ label: 'Gray' });
  await messages.field('Text for all languages').fill('Half written');
  await messages.field('Message id').fill('');
  await messages.settings.click();
  await expect(page.getByRole('heading', { name: 'Message settings', exact: true })).toBeVisible();
  await messages.create.click();
  await expect(messages.field('Text for all languages')).toHaveValue('Half written');
  await expect(messages.field('Message id')).toHaveValue(/^portal-/);
  await accountMenu.set('Language', '简体中文');
  await expect(page.getByRole('textbox', { name: '消息标识' })).toBeVisible();
  const form = page.getByRole('main').locator('form');
  await expect(form.getByRole('combobox').first()).toHaveValue('turbine-monitor');
  await expect(form.locator('#message-color')).toHaveValue('2');
});

test('one message is marked as processed, and those that were chosen', performs('Update Message'), async ({ page, site }) => {
  const messages = new MessagesPage(page);
  await messages.open();
  await messages.show('Turbine Monitor');
  await expect(messages.rows).toHaveCount(7);
  await expect(page.getByText('The service gives back the ids of messages and nothing else')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Open application' })).toHaveAttribute('href', /\/portal\/turbine-monitor$/);
  await expectAccessible(page);
  await site.resetCalls();
  const id = (number: number) => `o-north-sea.turbine-monitor.000${number}`;
  await messages.mark(id(2)).click();
  await expect(page.getByRole('status').filter({ hasText: '1 message is marked as processed.' })).toBeVisible();
  // It stays where it is, so that nothing moves under the pointer.
  await expect(messages.rows).toHaveCount(7);
  await expect(messages.rows.nth(1)).toContainText('Processed');
  await expect(messages.application('Turbine Monitor')).toContainText('6');
  await messages.ids.getByRole('checkbox', { name: `Choose ${id(4)}` }).check();
  await messages.ids.getByRole('checkbox', { name: `Choose ${id(5)}` }).check();
  await page.getByRole('button', { name: 'Mark chosen as processed (2)' }).click();
  await expect(page.getByRole('status').filter({ hasText: '2 messages are marked as processed.' })).toBeVisible();
  expect((await site.calls())['Update Message']).toBe(2);
  await page.getByRole('button', { name: 'Refresh' }).click();
  await expect(messages.rows).toHaveCount(4);
  await expect(messages.application('Turbine Monitor')).toContainText('4');
  await expect(messages.news).toHaveCount(0);
});

test('all 1,204 of an application are marked in two calls', async ({ page, site }) => {
  const messages = new MessagesPage(page);
  await messages.open();
  await messages.show('Alarm Center');
  await expect(messages.rows.first()).toBeVisible();
  // What is out of sight is not in the document.
  expect(await messages.rows.count()).toBeLessThan(80);
  await expect(messages.rows.first()).toHaveAttribute('aria-setsize', '1000');
  await expect(page.getByText('Page 1 of 2')).toBeVisible();
  await page.getByRole('button', { name: 'Next page' }).click();
  await expect(page.getByText('Page 2 of 2')).toBeVisible();
  await expect(messages.rows.first()).toHaveAttribute('aria-setsize', '204');
  await site.resetCalls();
  await messages.markAll();
  await expect(page.getByRole('status').filter({ hasText: '1,204 messages are marked as processed.' })).toBeVisible({ timeout: 30_000 });
  expect((await site.calls())['Update Message']).toBe(2);
  await expect(messages.application('Alarm Center')).toContainText('None');
  await page.getByRole('button', { name: 'Refresh' }).click();
  await expect(page.getByRole('heading', { name: 'No message waits' })).toBeVisible();
  await expectAccessible(page);
});

test('a page that others have emptied leads back to one that has messages', async ({ page, site }) => {
  const messages = new MessagesPage(page);
  await messages.open('?application=alarm-center');
  await page.getByRole('button', { name: 'Next page' }).click();
  await expect(page.getByText('Page 2 of 2')).toBeVisible();
  const numbers = Array.from({ length: 204 }, (_, number) => String(number + 1).padStart(4, '0'));
  await dealtWith(site.url, 'alarm-center', numbers.map((number) => `o-north-sea.alarm-center.${number}`));
  await page.getByRole('button', { name: 'Refresh' }).click();
  await expect(messages.rows.first()).toHaveAttribute('aria-setsize', '1000');
  await expect(page.getByRole('button', { name: 'Next page' })).toHaveCount(0);
  await expect(page.getByRole('heading', { name: 'No message waits' })).toHaveCount(0);
});

test('what is refused is taken back, with words', async ({ page }) => {
  const messages = new MessagesPage(page);
  await messages.open();
  await messages.show('Substation Patrol');
  const id = 'o-north-sea.substation-patrol.0001';
  await messages.mark(id).click();
  const alert = page.getByRole('alert').filter({ hasText: 'You may not mark messages of this application.' });
  await expect(alert).toContainText('1 message waits as before.');
  await expect(messages.mark(id)).toBeVisible();
  await expect(messages.application('Substation Patrol')).toContainText('2');
  await expectAccessible(page);
  await alert.getByRole('button', { name: 'Try again' }).press('Enter');
  await expect(alert).toContainText('1 message waits as before.');
  await expect(alert.getByRole('button', { name: 'Try again' })).toBeFocused();
});

test('a number that changes leaves the focus on the button that was pressed', async ({ page }) => {
  const messages = new MessagesPage(page);
  await messages.open();
  const countAll = page.getByRole('button', { name: 'Count them all' });
  await countAll.press('Enter');
  await expect(countAll).toBeHidden({ timeout: 30_000 });
  await expect(page.getByRole('heading', { name: 'Applications', exact: true })).toBeFocused();
  await messages.show('Turbine Monitor');
  await messages.ids.getByRole('checkbox').nth(1).check();
  await messages.ids.getByRole('checkbox').nth(2).check();
  await page.getByRole('button', { name: 'Mark chosen as processed (2)' }).press('Enter');
  await expect(page.getByRole('status').filter({ hasText: '2 messages are marked as processed.' })).toBeVisible();
  await expect(messages.application('Turbine Monitor')).toContainText('5');
  await expect(page.getByRole('button', { name: 'Mark chosen as processed (0)' })).toBeFocused();
});

test.describe('a service that takes its time', () => {
  test.use({ own: { delayMs: 1500 } });

  test('what is refused is told, also to who looked at something else meanwhile', async ({ page }) => {
    const messages = new MessagesPage(page);
    await messages.open();
    await messages.show('Substation Patrol');
    await messages.mark('o-north-sea.substation-patrol.0001').click();
    await expect(messages.application('Substation Patrol')).toContainText('1');
    await messages.settings.click();
    await expect(messages.application('Substation Patrol')).toContainText('2', { timeout: 20_000 });
    await messages.show('Substation Patrol');
    const alert = page.getByRole('alert').filter({ hasText: 'You may not mark messages of this application.' });
    await expect(alert).toContainText('1 message waits as before.');
    // The same with a message that is created.
    await messages.create.click();
    await messages.write('Substation Patrol', 'Fence is open');
    await messages.agree();
    await messages.settings.click();
    await expect(page.getByRole('heading', { name: 'Message settings', exact: true })).toBeVisible();
    await messages.create.click();
    await expect(page.getByRole('alert').filter({ hasText: 'You may not create messages for this application.' })).toBeVisible();
    await expect(messages.field('Text for all languages')).toHaveValue('Fence is open');
  });

  test('a message that was created meanwhile is told to who comes back, and its form is empty', async ({ page }) => {
    const messages = new MessagesPage(page);
    await messages.open('?show=new');
    await messages.write('Turbine Monitor', 'Gearbox oil is hot', 'made-meanwhile');
    await messages.agree();
    await messages.settings.click();
    await messages.create.click();
    await expect(page.getByRole('status').filter({ hasText: 'The message made-meanwhile of Turbine Monitor was created.' })).toBeVisible();
    await expect(messages.field('Text for all languages')).toHaveValue('');
    // What was told is not told again.
    await messages.settings.click();
    await messages.create.click();
    await expect(messages.field('Text for all languages')).toHaveValue('');
    await expect(page.getByText('made-meanwhile')).toHaveCount(0);
  });
});

test('empty, and not for you to see, are told apart', async ({ page }) => {
  const messages = new MessagesPage(page);
  await messages.open('?application=asset-map');
  await expect(page.getByRole('heading', { name: 'No message waits' })).toBeVisible();
  await messages.open('?application=market-news');
  await expect(page.getByRole('alert').filter({ hasText: 'You may not see the messages of this application' })).toBeVisible();
  await expectAccessible(page);
});

test('settings are kept, and quiet hours are quiet', performs('Get Colors of the Message Icon', 'Get Message Ringtones'), async ({ page, site }) => {
  await page.clock.install();
  const messages = new MessagesPage(page);
  await messages.open();
  await messages.settings.click();
  const box = (name: RegExp) => page.getByRole('checkbox', { name });
  await expect(box(/^A sound/)).toBeChecked();
  await box(/^A sound/).uncheck();
  await box(/^A pop-up/).uncheck();
  await page.getByRole('combobox', { name: 'Icon colour' }).selectOption({ label: 'Gray' });
  await page.getByRole('combobox', { name: 'Ringtone' }).selectOption('0');
  await expectAccessible(page);
  await page.reload();
  await expect(box(/^A sound/)).not.toBeChecked();
  await expect(box(/^A pop-up/)).not.toBeChecked();
  await expect(page.getByRole('combobox', { name: 'Icon colour' })).toHaveValue('2');
  await expect(page.getByRole('combobox', { name: 'Ringtone' })).toHaveValue('0');
  // Without a pop-up it is spoken all the same.
  await expect(messages.application('Turbine Monitor')).toContainText('7', { timeout: 20_000 });
  await elsewhere(site.url, 'turbine-monitor', 'spoken');
  await aRound(page);
  await expect(messages.news).toContainText('1 new message in Turbine Monitor', { timeout: 20_000 });
  await expect(messages.news.getByRole('link')).toHaveCount(0);
  // From now on it is quiet all day but for a minute that is over.
  await box(/^Quiet hours/).check();
  const past = await page.evaluate(() => {
    const at = (minutes: number) => new Date(Date.now() + minutes * 60_000).toTimeString().slice(0, 5);
    return [at(-10), at(-11)] as const;
  });
  await page.getByLabel('Quiet from').fill(past[0]);
  await expect(page.getByLabel('Quiet from')).toBeFocused();
  await page.getByLabel('Quiet until').fill(past[1]);
  await expect(page.getByLabel('Quiet until')).toBeFocused();
  await expect(page.getByLabel('Quiet from')).toHaveValue(past[0]);
  await elsewhere(site.url, 'turbine-monitor', 'quiet');
  await aRound(page);
  await expect(messages.application('Turbine Monitor')).toContainText('9', { timeout: 20_000 });
  await expect(messages.news).toContainText('1 new message in Turbine Monitor');
});

test('by keyboard alone: choose an application, walk its messages, mark one', async ({ page }) => {
  const messages = new MessagesPage(page);
  await messages.open();
  await messages.application('Turbine Monitor').focus();
  await page.keyboard.press('ArrowDown');
  await expect(messages.applications.getByRole('button').nth(1)).toBeFocused();
  await page.keyboard.press('End');
  await expect(messages.applications.getByRole('listitem').last().getByRole('button')).toBeFocused();
  await page.keyboard.press('Home');
  await expect(messages.application('Turbine Monitor')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Turbine Monitor', exact: true })).toBeFocused();
  await messages.ids.getByRole('checkbox').first().focus();
  await page.keyboard.press('ArrowDown');
  await expect(messages.ids.getByRole('checkbox', { name: /0002$/ })).toBeFocused();
  await page.keyboard.press('Space');
  await expect(messages.ids.getByRole('checkbox', { name: /0002$/ })).toBeChecked();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(messages.mark('o-north-sea.turbine-monitor.0002')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status').filter({ hasText: '1 message is marked as processed.' })).toBeVisible();
  // The button that was pressed is gone; the next row goes on, and the one that is done can be walked over.
  const choose = (number: number) => messages.ids.getByRole('checkbox', { name: new RegExp(`000${number}$`) });
  await expect(choose(3)).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(choose(2)).toBeFocused();
  await page.keyboard.press('Space');
  await expect(choose(2)).not.toBeChecked();
  await page.getByRole('button', { name: 'Refresh' }).press('Enter');
  await expect(messages.rows).toHaveCount(6);
  await expect(page.getByRole('heading', { name: 'Turbine Monitor', exact: true })).toBeFocused();
});

test('hostile.md 11: markup in ids and in what the service says is text', async ({ page, site }) => {
  const markup = '<img src=x onerror=alert(1)><a href="javascript:alert(1)">x</a>\u202e';
  await elsewhere(site.url, 'turbine-monitor', markup);
  const messages = new MessagesPage(page);
  await messages.open('?application=turbine-monitor');
  await expect(messages.rows.filter({ hasText: '<img src=x onerror=alert(1)>' })).toBeVisible();
  expect(await page.getByRole('main').locator('img').count()).toBe(0);
  expect(await page.getByRole('main').locator('a[href^="javascript:"]').count()).toBe(0);
  await messages.mark(markup).click();
  await expect(page.getByRole('status').filter({ hasText: '1 message is marked as processed.' })).toBeVisible();
});

test.describe('where the deployment does not allow it', () => {
  test.use({ own: { settings: { serverOperations: [] } } });

  test('nothing is asked, there is no bell, and the page says why', async ({ page, site, launcher }) => {
    // The parts that come later are here.
    await expect(page.locator('.toasts').first()).toBeAttached({ timeout: 20_000 });
    const messages = new MessagesPage(page);
    await expect(messages.bell).toHaveCount(0);
    await expect(launcher.tile('Turbine Monitor')).toHaveAccessibleDescription('');
    await messages.open();
    await expect(page.getByRole('heading', { name: 'Not available here' })).toBeVisible();
    await expect(page.getByText(/Get Unresolved Messages is meant for servers/)).toBeVisible();
    expect((await site.calls())[asking] ?? 0).toBe(0);
    await expectAccessible(page);
  });
});

test.describe('where only asking is allowed', () => {
  test.use({ own: { settings: { serverOperations: [asking] } } });

  test('nothing is marked or created, and it is said why', async ({ page }) => {
    const messages = new MessagesPage(page);
    await messages.open('?application=turbine-monitor');
    await expect(messages.rows.first()).toBeVisible();
    await expect(page.getByText(/Update Message is meant for servers/)).toBeVisible();
    await expect(page.getByRole('button', { name: /^Mark/ })).toHaveCount(0);
    await expect(messages.create).toHaveCount(0);
    await messages.open('?show=new');
    await expect(page.getByText(/Create Message is meant for servers/)).toBeVisible();
  });
});
