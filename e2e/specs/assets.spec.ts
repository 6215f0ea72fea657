// Assets: the tree of an application, what is known of one asset, and what may be done (contract.md 1.15 to 1.21).
import { expectAccessible, expectNoSidewaysScroll } from '../support/a11y.ts';
import { howMany, organization, story } from '../support/accounts.ts';
import { hasFocus, tabTo } from '../support/keyboard.ts';
import { performs } from '../support/operations.ts';
import { expect, test } from '../support/test.ts';

// North Sea Energy, Turbine Monitor: the sites of the category Wind. Prototype Field is restricted, Norderney is there after
// Sync Asset only.
const monitor = 'turbine-monitor';
const site = { open: 'Dogger Bank', row: 'Array A', leaf: 'T-05', mast: 'Met Mast', restricted: 'Prototype Field', late: 'Norderney' } as const;

test.describe('of an application', () => {
  test.beforeEach(async ({ signIn, organizations, launcher, assets }) => {
    await signIn.as('morgan');
    await organizations.choose(organization.many);
    await launcher.expectShown(howMany);
    await assets.open(monitor);
    await expect(assets.entry(site.open)).toBeVisible();
  });

  test('Get Assets by Application: the tree says levels and places, and opens by pointer', performs('Get Assets by Application'), async ({ assets }) => {
    await assets.expectSaid('20 assets');
    await expect(assets.entry(organization.many)).toHaveAttribute('aria-level', '1');
    await expect(assets.entry(site.open)).toHaveAttribute('aria-level', '2');
    await expect(assets.entry(site.open)).toHaveAttribute('aria-setsize', '3');
    await expect(assets.entry(site.open)).toHaveAttribute('aria-posinset', '1');
    const open = (await assets.entry(site.open).getAttribute('aria-expanded')) === 'true';
    await assets.twist(site.open).click();
    await expect(assets.entry(site.open)).toHaveAttribute('aria-expanded', String(!open));
    await expect(assets.entry(site.row)).toHaveCount(open ? 0 : 1);
    await expect(assets.entry(site.restricted)).toHaveCount(0);
  });

  test('the keys of the tree pattern: arrows, Home, End, letters, asterisk, Enter; one tab stop', async ({ page, assets }) => {
    await expect(assets.tree.locator('[tabindex="0"]')).toHaveCount(1);
    await tabTo(page, assets.tree.locator('[tabindex="0"]'));
    await page.keyboard.press('Home');
    await expect(assets.entry(organization.many)).toBeFocused();
    await page.keyboard.press('End');
    await expect(assets.entries.last()).toBeFocused();
    await page.keyboard.type('dog', { delay: 20 });
    await expect(assets.entry(site.open)).toBeFocused();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowRight');
    await expect(assets.entry(site.open)).toHaveAttribute('aria-expanded', 'true');
    await page.keyboard.press('ArrowRight');
    await expect(assets.entry(site.row)).toBeFocused();
    // The word that was typed is over.
    await expect(async () => {
      await page.keyboard.press('*');
      await expect(assets.entry('Array B')).toHaveAttribute('aria-expanded', 'true', { timeout: 500 });
    }).toPass();
    await expect(assets.entry(site.row)).toHaveAttribute('aria-expanded', 'true');
    await page.keyboard.press('ArrowDown');
    await expect(assets.entry('T-01').first()).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(assets.details('T-01')).toBeVisible();
    await expect(page).toHaveURL(/asset=dogger-bank-a-t01/);
    await expect(assets.tree.locator('[aria-selected="true"]')).toHaveCount(1);
    await expect(assets.tree.locator('[tabindex="0"]')).toHaveCount(1);
  });

  test('what was closed stays closed when the list comes anew', async ({ page, assets }) => {
    await expect(assets.entry(organization.many)).toHaveAttribute('aria-expanded', 'true');
    await assets.twist(organization.many).click();
    await expect(assets.entries).toHaveCount(1);
    await page.reload();
    await expect(assets.entries).toHaveCount(1);
    await assets.kinds.getByRole('button', { name: 'Met mast' }).click();
    await assets.expectSaid('1 asset');
    await assets.kinds.getByRole('button', { name: 'All kinds' }).click();
    await assets.expectSaid('20 assets');
    await expect(assets.entry(organization.many)).toHaveAttribute('aria-expanded', 'false');
  });

  test('a search keeps what is above and marks the letters; the address keeps it, and so does a reload', async ({ page, assets }) => {
    await assets.search.fill('mast');
    await assets.expectSaid('1 entry found');
    await expect(assets.entries).toHaveCount(3);
    await expect(assets.entry(site.mast).locator('mark')).toHaveText('Mast');
    await expect(page).toHaveURL(/q=mast/);
    await page.reload();
    await expect(assets.search).toHaveValue('mast');
    await expect(assets.entries).toHaveCount(3);
    await assets.search.press('ArrowDown');
    await expect(assets.entry(site.mast)).toBeFocused();
    // Right leads past the entries that the search leaves out.
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await expect(assets.entry(site.mast)).toBeFocused();
    await assets.search.fill('nothing is called so');
    await expect(page.getByText('Nothing fits “nothing is called so”.')).toBeVisible();
    await page.getByRole('main').getByRole('button', { name: 'Clear', exact: true }).click();
    await expect(assets.search).toBeFocused();
    await assets.expectSaid('20 assets');
  });

  test('a kind leaves all others out', async ({ page, assets }) => {
    await assets.kinds.getByRole('button', { name: 'Met mast' }).click();
    await assets.expectSaid('1 asset');
    await expect(page).toHaveURL(/kinds=mast/);
    await assets.kinds.getByRole('button', { name: 'Wind turbine' }).click();
    await assets.expectSaid('20 assets');
    await assets.kinds.getByRole('button', { name: 'All kinds' }).click();
    await expect(page).not.toHaveURL(/kinds=/);
    await assets.expectSaid('20 assets');
  });

  test('open branches and the selected asset are there again after a reload', async ({ page, assets }) => {
    await assets.twist(site.row).click();
    await assets.entry(site.leaf).click();
    await expect(assets.details(site.leaf)).toBeVisible();
    await page.reload();
    await expect(assets.entry(site.leaf)).toHaveAttribute('aria-selected', 'true');
    await expect(assets.entry(site.leaf)).toBeInViewport();
    await expect(assets.details(site.leaf)).toBeVisible();
  });

  test('Get Asset Structure: an asset shows its id, kind, path, and the structure it stands in', performs('Get Asset Structure'), async ({ assets }) => {
    await assets.twist(site.row).click();
    await assets.entry(site.leaf).click();
    const details = assets.details(site.leaf);
    await expect(details.getByText('dogger-bank-a-t05')).toBeVisible();
    await expect(details.getByText('Wind turbine', { exact: true })).toBeVisible();
    const levels = details.getByRole('list', { name: 'Structure' }).getByRole('listitem');
    await expect(levels).toHaveText([organization.many, site.open, site.row]);
    await details.getByRole('button', { name: 'Close details' }).click();
    await expect(details).toBeHidden();
    await expect(assets.entry(site.leaf)).toBeFocused();
  });

  test('a site shows its tags', async ({ assets }) => {
    await assets.entry(site.open).click();
    await expect(assets.details(site.open).getByRole('listitem').filter({ hasText: 'region' })).toContainText('UK');
  });

  test('Check Asset Permission: each pasted id gets yes or no in the order given, what is unknown is marked', performs('Check Asset Permission'), async ({ assets }) => {
    await assets.twist(site.row).click();
    await assets.entry(site.leaf).click();
    await expect(assets.details(site.leaf).getByText('You may see this')).toBeVisible();
    await assets.check.ask('hornsea-t01, test-field-p1\nno-such-asset\nborkum-t01');
    await expect(assets.check.dialog.getByText('You may see 2 of 4.')).toBeVisible();
    await expect(assets.check.answers).toHaveText([
      /^Yes\s*hornsea-t01\s*T-01$/,
      /^No\s*test-field-p1\s*Unknown/,
      /^No\s*no-such-asset\s*Unknown/,
      /^Yes\s*borkum-t01/,
    ]);
    await assets.check.dialog.getByRole('button', { name: 'Close' }).click();
    await expect(assets.check.dialog).toBeHidden();
    await expect(assets.check.opener).toBeFocused();
  });

  test('Check Asset Permission: without an id the dialog says so', async ({ assets }) => {
    await assets.check.ask(' , ');
    await expect(assets.check.dialog.getByText('Enter at least one id.')).toBeVisible();
  });

  test('Check Asset Permission: more ids than are taken at once are refused, and none vanishes', async ({ assets }) => {
    const many = Array.from({ length: 201 }, (_, n) => `asset-${n}`);
    await assets.check.ask(many.join(' '));
    await expect(assets.check.dialog.getByText('201 ids; 200 at most.')).toBeVisible();
    await expect(assets.check.ids).toHaveAttribute('aria-invalid', 'true');
    await expect(assets.check.answers).toHaveCount(0);
    await assets.check.ids.fill('hornsea-t01 hornsea-t01');
    await assets.check.dialog.getByRole('button', { name: 'Check', exact: true }).click();
    await expect(assets.check.dialog.getByText('You may see 1 of 1.')).toBeVisible();
  });

  test('Get Users with Asset Access: the details list who has access', performs('Get Users with Asset Access'), async ({ assets }) => {
    await assets.twist(site.row).click();
    await assets.entry(site.leaf).click();
    const users = assets.details(site.leaf).getByRole('list', { name: 'Users with access' });
    await expect(users.getByRole('listitem').filter({ hasText: 'u-morgan' })).toHaveCount(1);
  });

  test('an asset that is not there is said', async ({ page, assets }) => {
    await page.goto(`./assets/${monitor}?asset=test-field-p1`);
    await expect(assets.details('test-field-p1').getByText('is not among the assets that are shown')).toBeVisible();
  });

  test('no access to the application is another thing than no assets', async ({ page, assets }) => {
    await assets.open('no-rights');
    await expect(page.getByRole('heading', { name: "You don't have permission to see these assets." })).toBeVisible();
    await assets.open('no-such-application');
    await expect(page.getByRole('heading', { name: 'The service does not know what was asked for.' })).toBeVisible();
  });

  test('Get Assets by Organization: the assets of a user, in pages', performs('Get Assets by Organization'), async ({ page, assets }) => {
    await assets.views.getByRole('button', { name: 'By user' }).click();
    await expect(page).toHaveURL(/view=user/);
    await page.getByLabel('User id').fill('u-morgan');
    await page.getByRole('button', { name: 'Show assets' }).click();
    await expect(assets.list.getByRole('listitem').filter({ hasText: 'hornsea-t01' })).toContainText('Wind turbine');
    await expect(assets.list.getByRole('listitem').filter({ hasText: 'test-field-p1' })).toHaveCount(0);
    await page.getByLabel('User id').fill('u-admin');
    await page.getByRole('button', { name: 'Show assets' }).click();
    await expect(assets.list.getByRole('listitem').filter({ hasText: 'test-field-p1' })).toHaveCount(1);
    await page.getByLabel('User id').fill('u-nobody-here');
    await page.getByRole('button', { name: 'Show assets' }).click();
    await expect(page.getByRole('heading', { name: 'The service does not know what was asked for.' })).toBeVisible();
    await page.goBack();
    await expect(assets.entry(site.open)).toBeVisible();
  });

  test('G1 the screen has no axe violation and fits, in every look and at 320 px', async ({ page, assets }) => {
    await assets.open(monitor, '?asset=dogger-bank-a-t05');
    await expect(assets.details(site.leaf).getByRole('list', { name: 'Users with access' })).toBeVisible();
    await expectAccessible(page);
    await page.setViewportSize({ width: 320, height: 640 });
    await expect(assets.details(site.leaf)).toBeVisible();
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
    await assets.authorize.click();
    await expect(assets.authorizeDialog).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await page.goto('./assets');
    await expect(assets.applications.getByRole('link').first()).toBeVisible();
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
    await page.goto('./assets?view=user&user=u-morgan');
    await expect(assets.list).toBeVisible();
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
    await assets.check.ask('hornsea-t01 test-field-p1');
    await expect(assets.check.answers).toHaveCount(2);
    await expect(assets.check.dialog.getByText('You may see 1 of 2.')).toBeVisible();
    await expectAccessible(page);
  });

  test('on a phone the details come as a sheet, with the focus on its name, and Escape leads back', async ({ page, assets }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await assets.entry('Hornsea').click();
    const details = assets.details('Hornsea');
    await expect(details.getByRole('heading', { name: 'Hornsea' })).toBeFocused();
    await expect(details.getByRole('button', { name: 'Close details' })).toBeInViewport();
    await page.keyboard.press('Escape');
    await expect(details).toBeHidden();
    await expect(assets.entry('Hornsea')).toBeFocused();
  });
});

test('an application leads to its assets, and these are chosen from a list with a search', async ({ page, signIn, organizations, launcher, application, assets }) => {
  await signIn.as('morgan');
  await organizations.choose(organization.many);
  await launcher.expectShown(howMany);
  await launcher.tile(story.application).click();
  await expect(application.frames).toHaveCount(1);
  await application.main.getByRole('link', { name: 'Assets', exact: true }).click();
  await expect(assets.heading).toBeVisible();
  await expect(page.getByRole('heading', { name: story.application })).toBeVisible();
  await expect(assets.entry(site.open)).toBeVisible();
  await page.getByRole('main').getByRole('link', { name: 'Another application' }).click();
  await assets.applicationSearch.click();
  await page.keyboard.type('solar', { delay: 20 });
  await expect(assets.applicationSearch).toBeFocused();
  await expect(assets.applicationSearch).toHaveValue('solar');
  await expect(page.getByRole('status').filter({ hasText: /^\d+ of \d+ applications$/ })).toBeVisible();
  await assets.applicationSearch.fill('pv fore');
  await expect(assets.applications.getByRole('link')).toHaveCount(1);
  await assets.applications.getByRole('link', { name: /PV Forecast/ }).click();
  await expect(assets.entry('Emden Solar')).toBeVisible();
});

test.describe('what changes the service', () => {
  // What a call changes here must not be seen by other tests.
  test.use({ own: {} });

  test('Authorize Asset: the user appears among those with access, and sees the restricted site', performs('Authorize Asset'), async ({ signIn, organizations, accountMenu, assets }) => {
    await signIn.as('admin');
    await organizations.choose(organization.many);
    await assets.open(monitor, '?asset=test-field-p1');
    const details = assets.details('Prototype 1');
    const users = details.getByRole('list', { name: 'Users with access' }).getByRole('listitem');
    await expect(users.filter({ hasText: 'u-admin' })).toHaveCount(1);
    await expect(users.filter({ hasText: 'u-morgan' })).toHaveCount(0);
    await assets.authorize.click();
    await assets.authorizeDialog.getByRole('button', { name: 'Authorize for 1 asset' }).click();
    await expect(assets.authorizeDialog.getByText('Enter the id of a user.')).toBeVisible();
    await assets.authorizeDialog.getByLabel('User id').fill('u-morgan');
    await expect(assets.authorizeDialog).toContainText(`u-morgan will be able to see 1 asset of ${organization.many}`);
    await assets.authorizeDialog.getByRole('button', { name: 'Authorize for 1 asset' }).click();
    await expect(assets.authorizeDialog).toBeHidden();
    await expect(assets.message).toContainText('u-morgan may now see 1 asset.');
    await expect(users.filter({ hasText: 'u-morgan' })).toHaveCount(1);
    await accountMenu.signOut();
    await signIn.as('morgan');
    await organizations.choose(organization.many);
    await assets.open(monitor, '?asset=test-field-p1');
    await expect(assets.entry(site.restricted)).toBeVisible();
    await expect(assets.details('Prototype 1').getByText('You may see this')).toBeVisible();
    });

  test('Authorize Asset: an unknown user is said in the dialog, which stays', async ({ signIn, organizations, assets }) => {
    await signIn.as('morgan');
    await organizations.choose(organization.many);
    await assets.open(monitor, '?asset=hornsea-t01');
    await assets.authorize.click();
    await assets.authorizeDialog.getByLabel('User id').fill('u-nobody-here');
    await assets.authorizeDialog.getByRole('button', { name: 'Authorize for 1 asset' }).click();
    await expect(assets.authorizeDialog.getByText("The user or an asset wasn't found.")).toBeVisible();
    await assets.authorizeDialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(assets.authorizeDialog).toBeHidden();
  });

  test('Sync Asset: asked first, then the late site is there', performs('Sync Asset'), async ({ signIn, organizations, assets }) => {
    await signIn.as('morgan');
    await organizations.choose(organization.many);
    await assets.open(monitor);
    await expect(assets.entry(site.open)).toBeVisible();
    await expect(assets.entry(site.late)).toHaveCount(0);
    await assets.synchronize.click();
    await expect(assets.syncDialog).toContainText(organization.many);
    await assets.syncDialog.getByRole('button', { name: 'Synchronize' }).click();
    await expect(assets.syncDialog).toBeHidden();
    await expect(assets.message).toContainText('are synchronized');
    await expect(assets.entry(site.late)).toBeVisible();
  });
});

test.describe('a service that takes its time', () => {
  test.use({ own: { delayMs: 1000 } });

  test('Authorize Asset: what fails after its dialog was left is said at the edge of the page, not in another opening', async ({ page, signIn, organizations, assets }) => {
    await signIn.as('morgan');
    await organizations.choose(organization.many);
    await assets.open(monitor, '?asset=hornsea-t01');
    await assets.authorize.click();
    await assets.authorizeDialog.getByLabel('User id').fill('u-nobody-here');
    await assets.authorizeDialog.getByRole('button', { name: 'Authorize for 1 asset' }).click();
    await page.keyboard.press('Escape');
    await expect(assets.authorizeDialog).toBeHidden();
    await assets.authorize.click();
    await expect(assets.message).toContainText("Authorize a user: The user or an asset wasn't found.");
    await expect(assets.authorizeDialog).toBeVisible();
    await expect(assets.authorizeDialog.getByText("The user or an asset wasn't found.")).toHaveCount(0);
  });
});

test('3,000 applications and 5,000 assets stay bounded in the document, and End reaches the last', async ({ page, signIn, organizations, assets }) => {
  await signIn.as('morgan');
  await organizations.choose(organization.threeThousand);
  await page.goto('./assets');
  await expect(page.getByRole('status').filter({ hasText: '3000 of 3000 applications' })).toBeVisible();
  expect(await assets.applications.getByRole('link').count()).toBeLessThanOrEqual(200);
  const choices = assets.applications.getByRole('link');
  await expect(assets.applications.getByRole('listitem').first()).toHaveAttribute('aria-setsize', '3000');
  await assets.applicationSearch.press('ArrowDown');
  await expect(choices.first()).toBeFocused();
  await page.keyboard.press('End');
  await expect(assets.applications.locator('[aria-posinset="3000"] > a')).toBeFocused();
  await expect(assets.applications.locator('[aria-posinset="3000"] > a')).toBeInViewport();
  expect(await choices.count()).toBeLessThanOrEqual(200);
  await page.keyboard.press('Home');
  await expect(assets.applications.locator('[aria-posinset="1"] > a')).toBeFocused();
  await page.keyboard.press('Enter');
  await assets.expectSaid('5000 assets');
  await assets.entries.first().focus();
  // All sites, then all rows.
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('*');
  await page.keyboard.press('ArrowRight');
  await expect(assets.entry('Row 1').first()).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('End');
  await expect(assets.entries.last()).toBeFocused();
  await assets.search.fill('unit');
  await assets.expectSaid('5000 entries found');
  await assets.search.press('ArrowDown');
  await expect(assets.tree.locator('[role="treeitem"]:focus')).toHaveCount(1);
  await page.keyboard.press('End');
  await expect(assets.entry('Unit 5000')).toBeFocused();
  await expect(assets.entry('Unit 5000')).toBeInViewport();
  expect(await assets.entries.count()).toBeLessThanOrEqual(200);
  expect(await hasFocus(assets.entry('Unit 5000'))).toBe(true);
  await page.keyboard.press('Home');
  await expect(assets.entries.first()).toBeFocused();
});

test('Get Assets by Organization: 5,000 assets of a user come page by page, and the address names the page', async ({ page, signIn, organizations, assets }) => {
  await signIn.as('morgan');
  await organizations.choose(organization.threeThousand);
  await page.goto('./assets?view=user&user=u-morgan');
  await expect(page.getByRole('status').filter({ hasText: '1 to 50 of 5000 assets' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Previous page' })).toHaveAttribute('aria-disabled', 'true');
  await page.getByRole('button', { name: 'Next page' }).click();
  await expect(page.getByRole('status').filter({ hasText: '51 to 100 of 5000 assets' })).toBeVisible();
  await expect(assets.list.getByRole('listitem').first()).toContainText('unit-51');
  await expect(page.getByRole('heading', { name: 'Assets of u-morgan' })).toBeFocused();
  await page.reload();
  await expect(page.getByRole('status').filter({ hasText: '51 to 100 of 5000 assets' })).toBeVisible();
  await page.getByRole('button', { name: 'Previous page' }).click();
  await expect(assets.list.getByRole('listitem').first()).toContainText('unit-1');
});

test('hostile assets: names are text, repeated ids are told apart, fifty levels are reached', async ({ page, signIn, launcher, assets }) => {
  await signIn.as('hostile');
  await expect(launcher.heading).toBeVisible();
  await assets.open('menu-hidden');
  await expect(assets.entry('<img src=x onerror=alert(1)>')).toBeVisible();
  await assets.entry('Second of two').click();
  await expect(page).toHaveURL(/asset=same&n=2/);
  await expect(assets.details('Second of two')).toBeVisible();
  await page.reload();
  await expect(assets.entry('Second of two')).toHaveAttribute('aria-selected', 'true');
  await expect(assets.entry('First of two')).toHaveAttribute('aria-selected', 'false');
  await assets.entry('{{7*7}} ${7*7} &lt;b&gt; %3Cb%3E').click();
  await expect(assets.details('{{7*7}} ${7*7} &lt;b&gt; %3Cb%3E').getByText('a/b?c=d&e#f')).toBeVisible();
  await assets.search.fill('level 50');
  await expect(assets.entry('Level 50')).toHaveAttribute('aria-level', '51');
  await assets.entry('Level 50').click();
  await expect(assets.details('Level 50')).toBeVisible();
  await page.setViewportSize({ width: 320, height: 640 });
  await expectNoSidewaysScroll(page);
});

test.describe('where no operation of servers is offered', () => {
  test.use({ own: { settings: { serverOperations: [] } } });

  test('what needs one says so, and the rest works', async ({ page, signIn, organizations, assets }) => {
    await signIn.as('morgan');
    await organizations.choose(organization.many);
    await assets.open(monitor, '?asset=hornsea-t01');
    const details = assets.details('T-01');
    await expect(details.getByText('You may see this')).toBeVisible();
    await expect(details.getByText(/Get Users with Asset Access/)).toBeVisible();
    await expect(assets.authorize).toHaveCount(0);
    await expect(assets.synchronize).toHaveCount(0);
    await assets.views.getByRole('button', { name: 'By user' }).click();
    await expect(page.getByRole('main').getByText(/Get Assets by Organization/)).toBeVisible();
  });
});
