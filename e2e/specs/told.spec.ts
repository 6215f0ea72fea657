// What a page says about itself, and what the person wants instead: the person has the last word, and what they use does not
// go away under their hands (experience.md S13).
import { howMany, organization } from '../support/accounts.ts';
import { expect, test } from '../support/test.ts';

const shown = './portal/wake-steering/who_am_i';

test.beforeEach(async ({ signIn, organizations, launcher, page }) => {
  await signIn.as('morgan');
  await organizations.choose(organization.many);
  await launcher.expectShown(howMany);
  await page.goto(shown);
});

test('a menu that the person brought back stays while the page goes on talking', async ({ application }) => {
  const frame = await application.inside('Who am I');
  await frame.evaluate(() => portalBridge.toggleMenu(false));
  await expect(application.menu).toBeHidden();
  await application.toggle.click();
  await expect(application.menu).toBeVisible();
  // The second is answered after the first has been counted, and what was counted is drawn.
  await frame.evaluate(() => portalBridge.getUserInfo());
  await frame.evaluate(() => portalBridge.getUserInfo());
  await expect(application.menu).toBeVisible();
});

test('the bar keeps focus and menus while the page talks and moves on', async ({ page, application }) => {
  const frame = await application.inside('Who am I');
  await frame.evaluate(() => portalBridge.setHelpUrl('https://help.example/'));
  const help = page.getByRole('link', { name: 'Help for this page' });
  const crumb = page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: 'Wake Steering' });
  for (const control of [application.toggle, help, crumb]) {
    await control.focus();
    await frame.evaluate(() => portalBridge.getUserInfo());
    await frame.evaluate(() => portalBridge.setPageTitle('Another'));
    await frame.evaluate(() => portalBridge.setPageTitle(''));
    await frame.evaluate(() => portalBridge.setState(String(Math.random())));
    await frame.evaluate(() => portalBridge.getUserInfo());
    await expect(control).toBeFocused();
  }
  await application.main.getByRole('button', { name: 'More' }).click();
  await frame.evaluate(() => portalBridge.setState('moved'));
  await expect(page).toHaveURL(/state=moved$/);
  await expect(page.getByRole('menuitem', { name: 'Copy link' })).toBeVisible();
});

test('a portal that the person brought back stays, whatever pages behind say or this one says again', async ({ page, application }) => {
  const behind = await application.inside('Who am I');
  await application.entry('Set Points').click();
  const frame = await application.inside('Set Points');
  await frame.evaluate(() => portalBridge.setViewMode(2));
  const banner = page.getByRole('banner');
  await expect(banner).toBeHidden();
  await page.getByRole('button', { name: 'Show the portal' }).click();
  await expect(banner).toBeVisible();
  await behind.evaluate(() => portalBridge.setViewMode(0));
  await frame.evaluate(() => portalBridge.setViewMode(2));
  await frame.evaluate(() => portalBridge.getUserInfo());
  await expect(banner).toBeVisible();
  await frame.evaluate(() => portalBridge.setViewMode(0));
  await frame.evaluate(() => portalBridge.setViewMode(2));
  await expect(banner).toBeHidden();
});

test('the way that a page left in a message ends with the session', async ({ page, context, application, accountMenu, signIn }) => {
  const frame = await application.inside('Who am I');
  const [opened] = await Promise.all([
    context.waitForEvent('page'),
    frame.evaluate(() => portalBridge.switchPage({ menuCode: 'gain', openOnNewTab: true })),
  ]);
  await opened.close();
  const way = page.getByRole('link', { name: 'Open it' });
  await expect(way).toBeVisible();
  await accountMenu.signOut();
  await expect(signIn.heading).toBeVisible();
  await expect(way).toBeHidden();
});

test('what a page said ends where its frame goes to another one by itself', async ({ page, application, launcher }) => {
  const frame = await application.inside('Who am I');
  await frame.evaluate(() => portalBridge.setPageTitle('Gone'));
  await frame.evaluate(() => portalBridge.setUnsaved(true));
  await expect(page).toHaveTitle(/^Gone/);
  await frame.evaluate(() => void setTimeout(() => location.assign('/sample-apps/wind-farm/turbines.html')));
  await expect(page).toHaveTitle(/^Who am I/);
  await page.getByRole('link', { name: 'Application Portal' }).click();
  await expect(launcher.heading).toBeVisible();
});

test('what a page said is over when its frame goes to one that does not speak', async ({ page, application }) => {
  const frame = await application.inside('Who am I');
  await frame.evaluate(() => portalBridge.setPageTitle('Before'));
  await frame.evaluate(() => portalBridge.setUnsaved(true));
  await expect(page).toHaveTitle(/^Before/);
  await frame.evaluate(() => void setTimeout(() => location.replace('/sample-apps/icon.svg')));
  await expect(page).toHaveTitle(/^Who am I/);
  await expect(application.main.getByRole('button', { name: 'Nothing here?' })).toBeVisible();
  await application.entry('Set Points').click();
  await application.inside('Set Points');
});

test('a menu that a page takes away while the focus is in it leaves the focus at the heading', async ({ page, application }) => {
  const frame = await application.inside('Who am I');
  await application.entry('Who am I').focus();
  await frame.evaluate(() => portalBridge.toggleMenu(false));
  await expect(application.menu).toBeHidden();
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await frame.evaluate(() => portalBridge.toggleMenu(true));
  await application.entry('Who am I').focus();
  await frame.evaluate(() => portalBridge.setViewMode(2));
  await expect(application.menu).toBeHidden();
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
});
