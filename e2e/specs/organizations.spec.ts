import { expectAccessible } from '../support/a11y.ts';
import { organization, organizationId } from '../support/accounts.ts';
import { expect, test } from '../support/test.ts';

// O1
test('exactly one organization: no screen', async ({ page, signIn, launcher, organizations }) => {
  await signIn.as('solo');
  await expect(launcher.heading).toBeVisible();
  await expect(organizations.heading).toBeHidden();
  await expect(page).not.toHaveURL(/organizations/);
  await expect(page.getByRole('banner')).toContainText(organization.few);
});

// O2
test('no organization: text and a way out', async ({ page, signIn, accountMenu }) => {
  await signIn.as('nobody');
  await expect(page.getByText('You belong to no organization.')).toBeVisible();
  await expectAccessible(page);
  await signOut();
  await expect(signIn.heading).toBeVisible();

  async function signOut(): Promise<void> {
    const plain = page.getByRole('main').getByRole('button', { name: 'Sign out' });
    if (await plain.isVisible()) await plain.click();
    else await accountMenu.signOut();
  }
});

test('several: each is a button with its name', async ({ page, signIn, organizations, launcher }) => {
  await signIn.as('morgan');
  await expect(organizations.heading).toBeVisible();
  for (const name of [organization.many, organization.few, organization.chinese]) {
    await expect(organizations.button(name)).toBeVisible();
  }
  await expect(organizations.button(organization.hostile)).toHaveCount(0);
  await expectAccessible(page);
  await organizations.choose(organization.chinese);
  await expect(launcher.heading).toBeVisible();
  // O6
  await expect(page.getByRole('banner')).toContainText(organization.chinese);
  await expect(page).toHaveTitle(new RegExp(organization.chinese));
  await page.reload();
  await expect(page.getByRole('banner')).toContainText(organization.chinese);
});

test('a reload of the choice stays there', async ({ page, signIn, organizations }) => {
  await signIn.as('morgan');
  await expect(organizations.heading).toBeVisible();
  await page.reload();
  await expect(organizations.button(organization.few)).toBeVisible();
});

test('an address of the launcher leads to the choice first, then back', async ({ page, signIn, organizations, launcher }) => {
  await page.goto('./?q=a');
  await signIn.send('morgan');
  await organizations.choose(organization.many);
  await expect(launcher.search).toHaveValue('a');
});

test.describe('an address that names an organization', () => {
  test.beforeEach(async ({ signIn, organizations, launcher }) => {
    await signIn.as('morgan');
    await organizations.choose(organization.many);
    await expect(launcher.heading).toBeVisible();
  });

  test('the current one: goes on without a question', async ({ page, launcher }) => {
    await page.goto(`./?org=${organizationId.many}`);
    await expect(launcher.heading).toBeVisible();
    await expect(page.getByRole('banner')).toContainText(organization.many);
  });

  test('another one of the user: asks, then switches', async ({ page, launcher }) => {
    await page.goto(`./?org=${organizationId.few}&q=o`);
    const go = page.getByRole('button', { name: `Switch to ${organization.few}` });
    await expect(go).toBeVisible();
    await expectAccessible(page);
    await go.click();
    await expect(page.getByRole('banner')).toContainText(organization.few);
    await expect(launcher.search).toHaveValue('o');
  });

  test('another one of the user: asks, and one may stay', async ({ page, launcher }) => {
    await page.goto(`./?org=${organizationId.few}`);
    await page.getByRole('button', { name: `Stay in ${organization.many}` }).or(page.getByRole('link', { name: `Stay in ${organization.many}` })).click();
    await expect(launcher.heading).toBeVisible();
    await expect(page.getByRole('banner')).toContainText(organization.many);
  });

  test('not a member: a page with two ways out', async ({ page, launcher }) => {
    await page.goto(`./?org=${organizationId.hostile}`);
    const main = page.getByRole('main');
    await expect(main.getByText('You do not belong to the organization of this link.')).toBeVisible();
    const ways = main.getByRole('link').or(main.getByRole('button'));
    await expect(ways).toHaveCount(2);
    await expectAccessible(page);
    await ways.first().click();
    await expect(launcher.heading.or(page.getByRole('heading', { name: 'Choose an organization' }))).toBeVisible();
  });
});

test('an address that names an organization skips the choice', async ({ page, signIn, organizations, launcher }) => {
  await page.goto(`./?org=${organizationId.few}`);
  await signIn.send('morgan');
  await expect(launcher.heading).toBeVisible();
  await expect(organizations.heading).toBeHidden();
  await expect(page.getByRole('banner')).toContainText(organization.few);
});
