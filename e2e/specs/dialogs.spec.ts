// Dialogs that the browser closes although their owner did not: what is open and what is seen must not part.
import type { Page } from '@playwright/test';

import { organization } from '../support/accounts.ts';
import { expect, test } from '../support/test.ts';

/** Escape so often that no browser asks the page any more. */
async function escape(page: Page): Promise<void> {
  for (let time = 0; time < 4; time += 1) await page.keyboard.press('Escape');
}

/** Closes a dialog as the browser does by itself at a second Escape. */
async function closedByTheBrowser(page: Page, name: string): Promise<void> {
  await page.getByRole('dialog', { name }).evaluate((dialog: HTMLDialogElement) => dialog.close());
}

test.describe('a dialog', () => {
  test.use({ own: {} });

  test('that must be answered stays, however often Escape is pressed', async ({ page, context, signIn, organizations, launcher, accountMenu }) => {
    await signIn.as('morgan');
    await organizations.choose(organization.many);
    await expect(launcher.links.first()).toBeVisible();
    await expect(page.locator('dialog.curtain')).toBeAttached({ timeout: 20_000 });
    const other = await context.newPage();
    await other.goto('./');
    await expect(other.locator('dialog.curtain')).toBeAttached({ timeout: 20_000 });
    await accountMenu.switchOrganization();
    await organizations.choose(organization.chinese);
    const moved = other.getByRole('dialog', { name: /Another tab works in/ });
    await expect(moved).toBeVisible();
    await other.bringToFront();
    await escape(other);
    await expect(moved).toBeVisible();
    // In a browser that does not know the attribute, the second Escape closes it.
    await moved.evaluate((dialog) => dialog.removeAttribute('closedby'));
    await escape(other);
    await expect(moved).toBeVisible();
    await expect(moved).toHaveJSProperty('open', true);
    await moved.getByRole('button', { name: /^Switch everything back to/ }).click();
    await expect(moved).toBeHidden();
  });

  test('that is closed by the browser is closed for the page, too, and opens again', async ({ page, signIn, organizations, launcher, assets }) => {
    await signIn.as('morgan');
    await organizations.choose(organization.many);
    await expect(launcher.heading).toBeVisible();
    await assets.open('turbine-monitor', '?asset=hornsea-t01');
    await assets.authorize.click();
    await expect(assets.authorizeDialog).toBeVisible();
    await assets.authorizeDialog.getByLabel('User id').fill('u-half-typed');
    await assets.authorizeDialog.evaluate((dialog: HTMLDialogElement) => dialog.close());
    await expect(assets.authorizeDialog).toBeHidden();
    await assets.authorize.click();
    await expect(assets.authorizeDialog).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(assets.authorizeDialog).toBeHidden();
    await expect(assets.authorize).toBeFocused();
  });

  test('with a question that is closed by the browser counts as answered by staying', async ({ page, signIn, organizations, launcher }) => {
    await signIn.as('morgan');
    await organizations.choose(organization.many);
    await expect(launcher.links.first()).toBeVisible();
    await page.goto('./messages?show=new');
    const text = page.getByRole('textbox', { name: 'Text for all languages' });
    await text.fill('Fence is open');
    const home = page.getByRole('link', { name: 'Application Portal' }).first();
    const name = 'Leave the message unfinished?';
    await home.click();
    await closedByTheBrowser(page, name);
    await expect(page.getByRole('dialog', { name })).toBeHidden();
    await expect(text).toHaveValue('Fence is open');
    // It is asked again.
    await home.click();
    await page.getByRole('dialog', { name }).getByRole('button', { name: 'Leave without creating' }).click();
    await expect(launcher.heading).toBeVisible();
  });
});

test.describe('a service that takes its time', () => {
  test.use({ own: { delayMs: 1000 } });

  test('what a dialog has sent is told, although the browser closed it meanwhile', async ({ signIn, organizations, launcher, assets }) => {
    await signIn.as('morgan');
    await organizations.choose(organization.many);
    await expect(launcher.heading).toBeVisible();
    await assets.open('turbine-monitor', '?asset=hornsea-t01');
    await assets.authorize.click();
    await assets.authorizeDialog.getByLabel('User id').fill('u-nobody-here');
    await assets.authorizeDialog.getByRole('button', { name: 'Authorize for 1 asset' }).click();
    await assets.authorizeDialog.evaluate((dialog: HTMLDialogElement) => dialog.close());
    await expect(assets.authorizeDialog).toBeHidden();
    await expect(assets.message).toContainText("Authorize a user: The user or an asset wasn't found.");
  });
});
