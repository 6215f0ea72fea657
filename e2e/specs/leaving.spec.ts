// Unsaved work where more than one thing happens: the session ends, the person is being asked already, nothing is left at
// all (experience.md S14). The plain ways out are in shell.spec.ts.
import type { Frame, Locator, Page } from '@playwright/test';

import type { ApplicationPage } from '../pages/application.ts';
import { MessagesPage } from '../pages/messages.ts';
import { howMany, organization } from '../support/accounts.ts';
import { expect, test } from '../support/test.ts';

const shown = './portal/wake-steering/who_am_i';

test.beforeEach(async ({ signIn, organizations, launcher }) => {
  await signIn.as('morgan');
  await organizations.choose(organization.many);
  await launcher.expectShown(howMany);
});

const question = (page: Page): Locator => page.getByRole('dialog', { name: 'Leave without saving?' });

/** The page that is shown holds unsaved work from now on. */
async function hold(application: ApplicationPage): Promise<Frame> {
  const frame = await application.inside('Who am I');
  await frame.evaluate(() => portalBridge.setUnsaved(true));
  return frame;
}

/** Signs out in another tab. */
async function endElsewhere(page: Page): Promise<void> {
  // Waits until both tabs hear each other.
  await expect(page.locator('dialog.curtain')).toBeAttached({ timeout: 20_000 });
  const other = await page.context().newPage();
  await other.goto('./');
  await expect(other.locator('dialog.curtain')).toBeAttached({ timeout: 20_000 });
  await other.getByRole('button', { name: 'Account menu' }).click();
  await other.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in', exact: true })).toBeVisible();
  await other.close();
}

test('a session that ends with unsaved work leaves nothing behind that asks or waits', async ({ page, signIn, organizations, launcher, application }) => {
  await page.goto(shown);
  await hold(application);
  await page.getByRole('link', { name: 'Application Portal' }).click();
  await expect(question(page)).toBeVisible();
  await endElsewhere(page);
  await expect(question(page)).toBeHidden();
  await signIn.send('morgan');
  await organizations.choose(organization.many);
  await launcher.tile('Wake Steering').click();
  await application.inside('Wake Steering');
  await expect(question(page)).toBeHidden();
});

test('a page does not put a wish of its own in the place of the one that is asked about', async ({ page, application }) => {
  await page.goto(shown);
  const frame = await hold(application);
  await application.entry('Energy Gain').click();
  await expect(question(page)).toBeVisible();
  const code = await frame.evaluate(() => portalBridge.switchPage({ menuCode: 'set_points' }).catch((error: PortalBridge.PortalError) => error.code));
  expect(code).toBe('not-allowed');
  await question(page).getByRole('button', { name: 'Leave without saving' }).click();
  await application.inside('Energy Gain');
});

test('who leaves by going back does not load the page once more that is left', async ({ page, application, launcher }) => {
  await launcher.tile('Wake Steering').click();
  await application.inside('Wake Steering');
  await application.entry('Who am I').click();
  const frame = await hold(application);
  let loaded = 0;
  page.on('framenavigated', (changed) => (loaded += Number(changed.parentFrame() !== null && changed.url().includes('who_am_i'))));
  await page.goBack();
  await question(page).getByRole('button', { name: 'Leave without saving' }).click();
  await expect(application.frames).toHaveAttribute('title', 'Wake Steering');
  await expect(page.locator('iframe')).toHaveCount(1);
  expect(frame.isDetached()).toBe(true);
  expect(loaded).toBe(0);
});

test('back once more while asked, and forward, go where they were going', async ({ page, application }) => {
  await page.goto('./portal/wake-steering/set_points');
  await application.inside('Set Points');
  await application.entry('Who am I').click();
  await hold(application);
  await page.goBack();
  await expect(question(page)).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(/who_am_i$/);
  await question(page).getByRole('button', { name: 'Leave without saving' }).click();
  const frame = await application.inside('Set Points');
  await frame.evaluate(() => portalBridge.setUnsaved(true));
  await page.goForward();
  await question(page).getByRole('button', { name: 'Leave without saving' }).click();
  await application.inside('Who am I');
});

test('who stays after a step back or forward has the same ways as before', async ({ page, application }) => {
  await page.goto('./portal/wake-steering/set_points');
  await application.inside('Set Points');
  await application.entry('Who am I').click();
  await application.inside('Who am I');
  await application.entry('Energy Gain').click();
  await application.inside('Energy Gain');
  await page.goBack();
  const frame = await hold(application);
  const length = await page.evaluate(() => history.length);
  for (const steps of [1, -1]) {
    await page.evaluate((steps) => history.go(steps), steps);
    await expect(question(page)).toBeVisible();
    await question(page).getByRole('button', { name: 'Stay' }).click();
    await expect(question(page)).toBeHidden();
    await expect(page).toHaveURL(/who_am_i$/);
  }
  expect(await page.evaluate(() => history.length)).toBe(length);
  await frame.evaluate(() => portalBridge.setUnsaved(false));
  await page.goForward();
  await application.inside('Energy Gain');
  await page.goBack();
  await application.inside('Who am I');
  await page.goBack();
  await application.inside('Set Points');
});

test('a step over several pages is made as it was meant once the person leaves', async ({ page, application }) => {
  await page.goto('./portal/wake-steering/set_points');
  await application.inside('Set Points');
  await application.entry('Energy Gain').click();
  await application.inside('Energy Gain');
  await application.entry('Who am I').click();
  const frame = await hold(application);
  // Steps of the page inside are steps of the same history.
  await frame.evaluate(() => history.pushState(null, '', '#inside'));
  await page.evaluate(() => history.go(-3));
  await expect(question(page)).toBeVisible();
  await expect(page).toHaveURL(/who_am_i$/);
  await question(page).getByRole('button', { name: 'Leave without saving' }).click();
  await application.inside('Set Points');
  await expect(page).toHaveURL(/set_points$/);
});

test('where the browser does not tell the place in the history, back is asked about all the same', async ({ page, application }) => {
  await page.addInitScript(() => Object.defineProperty(window, 'navigation', { value: undefined }));
  await page.goto('./portal/wake-steering/set_points');
  await application.inside('Set Points');
  await application.entry('Who am I').click();
  await hold(application);
  await page.goBack();
  await question(page).getByRole('button', { name: 'Stay' }).click();
  await expect(page).toHaveURL(/who_am_i$/);
  await page.goBack();
  await question(page).getByRole('button', { name: 'Leave without saving' }).click();
  await application.inside('Set Points');
});

test('a message half written and a page behind it are both asked about', async ({ page, application }) => {
  await page.goto(shown);
  const frame = await application.inside('Who am I');
  const messages = new MessagesPage(page);
  await messages.bell.click();
  await messages.create.click();
  await messages.field('Text for all languages').fill('Half written');
  await frame.evaluate(() => portalBridge.setUnsaved(true));
  const unfinished = page.getByRole('dialog', { name: 'Leave the message unfinished?' });
  await page.getByRole('link', { name: 'Application Portal' }).first().click();
  await expect(unfinished).toBeVisible();
  await unfinished.getByRole('button', { name: 'Stay' }).click();
  await expect(messages.field('Text for all languages')).toHaveValue('Half written');
  // What ends all pages asks about both, one after the other.
  await page.getByRole('button', { name: 'Account menu' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await unfinished.getByRole('button', { name: 'Leave without creating' }).click();
  await expect(question(page)).toBeVisible();
  await expect(unfinished).toBeHidden();
  await question(page).getByRole('button', { name: 'Leave without saving' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in', exact: true })).toBeVisible();
});
