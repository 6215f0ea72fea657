// About the portal, and what it keeps in this browser (experience.md P4, P5).
import { expectAccessible, expectNoSidewaysScroll } from '../support/a11y.ts';
import { organization } from '../support/accounts.ts';
import { expect, test } from '../support/test.ts';

const contact = 'Portal desk <desk@north-sea.example>';

test.use({
  own: { settings: { contact, privacyUrl: 'https://portal.example/privacy', helpUrl: 'https://portal.example/help' } },
});

test.beforeEach(async ({ page, signIn, organizations, launcher, accountMenu }) => {
  await signIn.as('morgan');
  await organizations.choose(organization.many);
  await expect(launcher.heading).toBeVisible();
  await accountMenu.open();
  await accountMenu.entry('About').click();
  await expect(page.getByRole('heading', { name: 'About', exact: true })).toBeFocused();
});

test('version, build, licence, contact, help and privacy', async ({ page }) => {
  const portal = page.getByRole('region', { name: 'This portal' });
  const fact = (name: string) => portal.locator('dt', { hasText: name }).locator('xpath=following-sibling::dd');
  await expect(fact('Version')).toHaveText(/^\d+\.\d+\.\d+/);
  await expect(fact('Build')).not.toBeEmpty();
  await expect(portal.getByRole('link', { name: /Apache License/ })).toHaveAttribute('rel', /noopener/);
  const help = page.getByRole('region', { name: 'Help' });
  await expect(help).toContainText(contact);
  await expect(help.getByRole('link', { name: 'Help for this portal' })).toHaveAttribute('href', 'https://portal.example/help');
  await expect(help.getByRole('link', { name: 'Privacy' })).toHaveAttribute('href', 'https://portal.example/privacy');
  await expectAccessible(page);
  await page.setViewportSize({ width: 320, height: 640 });
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
});

test('what this browser keeps is named, and erased only after a question; the session stays', async ({ page, accountMenu, launcher }) => {
  await accountMenu.set('Theme', 'Dark');
  await page.reload();
  const kept = page.getByRole('region', { name: 'Kept in this browser' });
  await expect(kept.getByRole('listitem').filter({ hasText: 'Theme' })).toContainText('this device');
  const erase = kept.getByRole('button', { name: 'Erase what this browser keeps' });
  const question = page.getByRole('dialog', { name: 'Erase what this browser keeps?' });
  await erase.click();
  await expectAccessible(page);
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(question).toBeHidden();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await erase.click();
  await question.getByRole('button', { name: 'Erase', exact: true }).click();
  await expect(kept.getByText('Erased. You are still signed in.')).toBeVisible();
  await expect(page.locator('html')).not.toHaveAttribute('data-theme', /./);
  await expect(kept.getByRole('listitem').filter({ hasText: 'Theme' })).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole('heading', { name: 'About', exact: true })).toBeVisible();
  await page.goto('./');
  await expect(launcher.heading).toBeVisible();
});
