import type { Page } from '@playwright/test';

import { expectAccessible } from '../support/a11y.ts';
import { failing, organization, organizationId } from '../support/accounts.ts';
import { expect, test } from '../support/test.ts';
import { newest } from '../support/variants.ts';

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

// O4: the choice of the last time is the first, and Enter opens it; also for who signed out in between.
test('the organization of the last time is chosen by Enter', async ({ page, signIn, organizations, launcher, accountMenu }) => {
  await signIn.as('morgan');
  await expect(organizations.all.filter({ hasText: 'Last used' })).toHaveCount(0);
  await organizations.choose(organization.chinese);
  await expect(launcher.heading).toBeVisible();
  // hostile.md 25: no name and no id stays on the device.
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage }));
  expect(kept).not.toMatch(/harbor|morgan/i);
  await accountMenu.signOut();
  await expect(signIn.heading).toBeVisible();
  await signIn.send('morgan');
  const last = organizations.all.first();
  await expect(last).toContainText(organization.chinese);
  await expect(last).toContainText('Last used');
  await expect(last).toBeFocused();
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  await expect(launcher.heading).toBeVisible();
  await expect(page.getByRole('banner')).toContainText(organization.chinese);

  // Another person on the same device has another last time.
  await accountMenu.signOut();
  await signIn.send('admin');
  await expect(organizations.heading).toBeVisible();
  await expect(organizations.all.filter({ hasText: 'Last used' })).toHaveCount(0);
});

// O4: where there is a search box, it keeps the focus; Enter in it while it is empty opens the last one.
test('the organization of the last time and the search box', async ({ page, signIn, organizations, launcher, accountMenu, openOn }) => {
  const many = Array.from({ length: 9 }, (_, index) => ({ id: `o-${index}`, name: `Company ${index}` }));
  await openOn({ ...newest, organizations: many });
  await signIn.send('kim', 'right');
  const search = page.getByRole('searchbox', { name: 'Search organizations' });
  await expect(search).toBeFocused();
  await page.keyboard.press('Enter');
  await page.waitForTimeout(300);
  await expect(organizations.heading, 'nothing was chosen before').toBeVisible();
  await organizations.choose('Company 6');
  await expect(launcher.heading).toBeVisible();
  await accountMenu.signOut();
  await signIn.send('kim', 'right');
  await expect(organizations.all.first()).toContainText('Company 6');
  await expect(search).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('banner')).toContainText('Company 6');
});

// hostile.md 74: two thousand organizations can be searched without waiting.
test('two thousand organizations', async ({ page, signIn, organizations, openOn }) => {
  const many = Array.from({ length: 2_000 }, (_, index) => ({ id: `o-${index}`, name: `Company ${index}` }));
  await openOn({ ...newest, organizations: many });
  await signIn.send('kim', 'right');
  await expect(organizations.all).toHaveCount(2_000);
  await page.getByRole('searchbox', { name: 'Search organizations' }).pressSequentially('1999');
  await expect(organizations.all).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('banner')).toContainText('Company 1999');
});

// O4: "always start here" skips the choice, and is taken back where it was given.
test('always start here: skips the choice, and can be taken back', async ({ page, signIn, organizations, launcher, accountMenu }) => {
  const always = page.getByRole('checkbox', { name: 'Always start here' });
  await signIn.as('morgan');
  await expect(always).not.toBeChecked();
  await always.check();
  await organizations.choose(organization.few);
  await expect(launcher.heading).toBeVisible();
  await accountMenu.signOut();
  await signIn.send('morgan');
  await expect(launcher.heading).toBeVisible();
  await expect(page.getByRole('banner')).toContainText(organization.few);
  await expect(organizations.heading).toBeHidden();

  await accountMenu.switchOrganization();
  await expect(always).toBeChecked();
  await expect(always).toHaveAccessibleDescription(new RegExp(`^${organization.few} opens by itself`));
  await always.uncheck();
  await page.getByRole('link', { name: 'Cancel' }).click();
  await expect(launcher.heading).toBeVisible();
  await accountMenu.signOut();
  await signIn.send('morgan');
  await expect(organizations.heading).toBeVisible();
});

// O5 before O4: a link that names an organization goes there, whatever is always.
test('a link that names an organization wins over "always start here"', async ({ page, signIn, organizations, launcher, accountMenu }) => {
  await signIn.as('morgan');
  await page.getByRole('checkbox', { name: 'Always start here' }).check();
  await organizations.choose(organization.few);
  await expect(launcher.heading).toBeVisible();
  await accountMenu.signOut();
  await expect(signIn.heading).toBeVisible();
  await page.goto(`./?org=${organizationId.many}`);
  await signIn.send('morgan');
  await expect(launcher.heading).toBeVisible();
  await expect(page.getByRole('banner')).toContainText(organization.many);
});

// It must not trap: an organization that is gone, or that refuses, leads to the choice with the reason.
test('always start here: not where the organization is gone or refuses', async ({ page, signIn, organizations, launcher, accountMenu, openOn }) => {
  const server = await openOn({ ...newest, organizations: [...newest.organizations] });
  await signIn.send('kim', 'right');
  await page.getByRole('checkbox', { name: 'Always start here' }).check();
  await organizations.choose('Beta Solar');
  await expect(launcher.heading).toBeVisible();
  await accountMenu.signOut();
  await expect(signIn.heading).toBeVisible();

  server.instead.set('/v2.2/session/set', { body: '{"code":31403,"message":"Closed today","data":null}' });
  await signIn.send('kim', 'right');
  await expect(page.getByRole('alert')).toContainText('Beta Solar could not be opened.');
  await expect(page.getByRole('alert')).toContainText('Closed today');
  await expect(organizations.all).toHaveCount(2);
  expect(server.count('/v2.2/session/set')).toBe(2);
  await page.getByRole('main').getByRole('button', { name: 'Sign out' }).click();
  server.instead.clear();

  server.organizations.splice(1, 1, { id: 'o-other', name: 'Gamma Storage' });
  await signIn.send('kim', 'right');
  await expect(page.getByText(/always start in is not offered to you any more/)).toBeVisible();
  await organizations.choose('Alpha Wind');
  await expect(page.getByRole('banner')).toContainText('Alpha Wind');
});

test.describe('a switch', () => {
  test.beforeEach(async ({ signIn, organizations, launcher }) => {
    await signIn.as('restless');
    await organizations.choose(organization.many);
    await expect(launcher.links.first()).toBeVisible();
  });

  // O6: where one still is stands on the page that leads elsewhere.
  test('names the organization that one still works in', async ({ page, accountMenu, organizations, launcher }) => {
    await accountMenu.switchOrganization();
    await expect(organizations.heading).toBeFocused();
    await expect(page.getByRole('banner')).toContainText(`Organization: ${organization.many}`);
    await expect(page).toHaveTitle(`Choose an organization · ${organization.many} · Application Portal`);
    await expect(organizations.button(organization.many)).toContainText('Current');
    await expectAccessible(page);
    await page.getByRole('banner').getByRole('link', { name: 'Application Portal' }).click();
    await expect(launcher.heading).toBeVisible();
  });

  // A switch that fails half-way leaves the old organization usable, and says what happened.
  for (const [name, words] of [
    [failing.forbidden, /no permission for this organization\. Ask your administrator\./],
    [failing.serverError, /The service has a problem\./],
  ] as const) {
    test(`that fails leaves the old one usable: ${name}`, async ({ page, accountMenu, organizations, launcher }) => {
      const count = await launcher.said();
      await accountMenu.switchOrganization();
      await organizations.button(name).click();
      const alert = page.getByRole('alert');
      await expect(alert).toContainText(`${name} could not be opened.`);
      await expect(alert).toContainText(words);
      await expect(alert).toContainText(`You are still working in ${organization.many}.`);
      await expect(page.getByRole('banner')).toContainText(organization.many);
      await expectAccessible(page);
      await page.getByRole('link', { name: 'Cancel' }).click();
      await launcher.expectShown(count);
      await page.reload();
      await launcher.expectShown(count);
      await expect(page.getByRole('banner')).toContainText(organization.many);
    });
  }

  // contract.md 0.2: 31512 leads to the choice, never to sign-in, and does not go round in circles.
  test('to an organization that the service forgets at once: back to the choice, with the reason', async ({ page, site, accountMenu, organizations, launcher, signIn }) => {
    await accountMenu.switchOrganization();
    await organizations.button(failing.unselected).click();
    await expect(page.getByText('No organization is chosen.')).toBeVisible();
    await expect(organizations.heading).toBeVisible();
    await expect(signIn.heading).toBeHidden();
    await site.resetCalls();
    await page.waitForTimeout(2_000);
    expect((await site.calls())['Choose Organization'] ?? 0).toBe(0);
    await organizations.choose(organization.many);
    await expect(launcher.links.first()).toBeVisible();
  });

  // contract.md 0.2: 31429 says to wait, and nothing asks again by itself.
  test('to an organization that is busy: says to wait, and asks no more', async ({ page, site, accountMenu, organizations }) => {
    await accountMenu.switchOrganization();
    await site.resetCalls();
    await organizations.choose(failing.busy);
    const alert = page.getByRole('main').getByRole('alert');
    await expect(alert).toContainText('Wait a moment before you try again.');
    await expect(alert).toContainText('Try again in 30 seconds.');
    await page.waitForTimeout(4_000);
    expect((await site.calls())["Get User's Applications"]).toBe(1);
  });

  /** Opens a menu entry of Documents. */
  async function openDocuments(page: Page, entry: string): Promise<void> {
    await page.goto('./portal/documents');
    await page.getByRole('treeitem', { name: entry, exact: true }).click();
    await expect(page).toHaveURL(new RegExp(`/portal/documents/${entry.toLowerCase()}$`));
  }

  // O7
  test('inside an application stays in it, where the other organization has it', async ({ page, accountMenu, organizations, application }) => {
    await openDocuments(page, 'Manuals');
    await accountMenu.switchOrganization();
    await organizations.choose(organization.chinese);
    await expect(page.getByRole('banner')).toContainText(organization.chinese);
    await expect(page).toHaveURL(/\/portal\/documents\/manuals$/);
    await expect(application.entry('Manuals')).toHaveAttribute('aria-current', /page|true/);
  });

  test('inside an application leads to the launcher with a word, where the other one lacks it', async ({ page, organizations, launcher }) => {
    await openDocuments(page, 'Certificates');
    await page.getByRole('banner').getByRole('link', { name: `Organization: ${organization.many}` }).click();
    await organizations.choose(organization.chinese);
    await expect(launcher.heading).toBeVisible();
    await expect(page.getByRole('status').filter({ hasText: `Certificates is not available in ${organization.chinese}.` })).toBeVisible();
    await expect(page).not.toHaveURL(/portal\/documents/);
  });

  test('that is given up leads back to where one was', async ({ page, accountMenu, organizations }) => {
    await openDocuments(page, 'Manuals');
    await accountMenu.switchOrganization();
    await expect(organizations.heading).toBeVisible();
    await page.getByRole('link', { name: 'Cancel' }).click();
    await expect(page).toHaveURL(/\/portal\/documents\/manuals$/);
  });
});

// A link that names an organization keeps its name where people land in their last application.
test.describe('with landing in the application used last', () => {
  test.use({ own: { settings: { landing: 'last-app' } } });

  test('an address of the launcher that names an organization leads there', async ({ page, signIn, organizations, launcher, application }) => {
    await signIn.as('morgan');
    await organizations.choose(organization.many);
    await launcher.tile('PV Forecast').click();
    await expect(application.entries.first()).toBeVisible();
    await page.evaluate(() => sessionStorage.removeItem('portal.landed'));
    await page.goto(`./?org=${organizationId.few}`);
    await expect(page.getByRole('button', { name: `Switch to ${organization.few}` })).toBeVisible();
  });
});
