// The main job from beginning to end, on both hosts: over HTTP with portal-server, and on a static host with the
// service inside the page.
import { ApplicationPage } from '../pages/application.ts';
import { expectAccessible } from '../support/a11y.ts';
import { howMany, organization, story } from '../support/accounts.ts';
import { performs } from '../support/operations.ts';
import { expect, test } from '../support/test.ts';

test.beforeEach(async ({ page, signIn }) => {
  await page.goto('./');
  await expect(signIn.heading).toBeVisible();
});

const performed = performs(
  'Log In',
  'Get Organization List',
  'Choose Organization',
  "Get User's Applications",
  'Get App Menu and Permission',
  'Get User Information',
  'Revoke Refresh Token',
  'Log Out',
);

test('sign in, choose an organization, find and open an application, switch, sign out', performed, async ({
  page,
  site,
  signIn,
  organizations,
  launcher,
  application,
  accountMenu,
}) => {
  await test.step('sign in', async () => {
    await expectAccessible(page);
    await signIn.send('morgan');
    await expect(page).toHaveURL(/\/organizations(\?|$)/);
  });

  await test.step('choose one of several organizations', async () => {
    for (const name of [organization.many, organization.few, organization.chinese]) {
      await expect(organizations.button(name)).toBeVisible();
    }
    await expectAccessible(page);
    await organizations.choose(organization.many);
    await expect(page.getByRole('banner')).toContainText(organization.many);
    await expect(page).toHaveTitle(new RegExp(organization.many));
  });

  await test.step('the applications of that organization stand as tiles', async () => {
    await expect(launcher.heading).toBeVisible();
    await launcher.expectShown(howMany);
    expect(await launcher.tiles()).toHaveLength(howMany);
    await expectAccessible(page);
  });

  const all = await launcher.tiles();

  await test.step('filter by category; a reload keeps it', async () => {
    const chip = launcher.category('Solar');
    await chip.click();
    await expect(chip).toHaveAttribute('aria-pressed', 'true');
    await expect(page).toHaveURL(/[?&]category=22(&|$)/);
    await expect.poll(() => launcher.said()).toBeLessThan(howMany);
    const shown = await launcher.tiles();
    await page.reload();
    await expect(chip).toHaveAttribute('aria-pressed', 'true');
    await launcher.expectShown(shown.length);
    expect((await launcher.tiles()).map(({ name }) => name)).toEqual(shown.map(({ name }) => name));
    await chip.click();
    await expect(chip).toHaveAttribute('aria-pressed', 'false');
    await expect(launcher.category('All')).toHaveAttribute('aria-pressed', 'true');
    await launcher.expectShown(howMany);
  });

  await test.step('filter by typing; a reload keeps it', async () => {
    await launcher.search.fill(story.application);
    await expect(page).toHaveURL(/[?&]q=/);
    await expect(launcher.tile(story.application)).toBeVisible();
    await expect.poll(() => launcher.said()).toBeLessThan(howMany);
    await page.reload();
    await expect(launcher.search).toHaveValue(story.application);
    await expect(launcher.tile(story.application)).toBeVisible();
  });

  await test.step('open an application and see its menu tree', async () => {
    await launcher.tile(story.application).click();
    await expect(page).toHaveURL(/\/portal\/[^/?]+/);
    await expect(application.tree).toBeVisible();
    await expect(application.entries.first()).toBeVisible();
    await expect(application.frames).toHaveCount(1);
  });

  await test.step('a menu entry shows that page of the application', async () => {
    await application.expandAll();
    await application.entry(story.entry).click();
    await expect(page).toHaveURL(/\/portal\/[^/?]+\/[^/?]+/);
    expect(await application.frameText(story.entry)).toMatch(story.words);
    await expectAccessible(page);
  });

  const deep = page.url();
  expect(deep.startsWith(site.url)).toBe(true);

  await test.step('a reload brings the same view back', async () => {
    await page.reload();
    await expect(application.entry(story.entry)).toHaveAttribute('aria-current', /page|true/);
    expect(await application.frameText(story.entry)).toMatch(story.words);
  });

  await test.step('a copied deep link brings the same view back in another tab', async () => {
    const other = await page.context().newPage();
    await other.goto(deep);
    expect(await new ApplicationPage(other).frameText(story.entry)).toMatch(story.words);
    expect(new URL(other.url()).pathname).toBe(new URL(deep).pathname);
    await other.close();
  });

  await test.step('go back to the launcher as it was', async () => {
    await page.goBack();
    await page.goBack();
    await expect(launcher.heading).toBeVisible();
    await expect(launcher.search).toHaveValue(story.application);
    await page.keyboard.press('Escape');
    await launcher.search.fill('');
    await launcher.expectShown(howMany);
    expect((await launcher.tiles()).map(({ name }) => name)).toEqual(all.map(({ name }) => name));
  });

  await test.step('switch to another organization', async () => {
    await accountMenu.switchOrganization();
    await organizations.choose(organization.few);
    await expect(page.getByRole('banner')).toContainText(organization.few);
    await expect(launcher.heading).toBeVisible();
    await expect.poll(() => launcher.said()).toBeLessThan(howMany);
  });

  await test.step('sign out; going back shows nothing private', async () => {
    const names = (await launcher.tiles()).map(({ name }) => name);
    await accountMenu.signOut();
    await expect(signIn.heading).toBeVisible();
    await page.goBack();
    await expect(signIn.heading).toBeVisible();
    const text = await page.locator('body').innerText();
    for (const name of names) expect(text).not.toContain(name);
  });
});
