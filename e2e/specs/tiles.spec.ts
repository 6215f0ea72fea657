// What a tile is and says, and the launcher's other states.
import { expectAccessible } from '../support/a11y.ts';
import { howMany, organization } from '../support/accounts.ts';
import { Api } from '../support/api.ts';
import { isDisabled, shownName } from '../support/expected.ts';
import { expect, test } from '../support/test.ts';

const locale = 'en-US';

test.describe('tiles', () => {
  test.beforeEach(async ({ signIn, organizations, launcher }) => {
    await signIn.as('morgan');
    await organizations.choose(organization.many);
    await launcher.expectShown(howMany);
  });

  // A5
  test('are real links: Control and a click open a tab', async ({ page, context, launcher, signIn }) => {
    const tile = (await launcher.tiles()).find(({ href }) => href?.includes('/portal/'));
    expect(tile).toBeDefined();
    const opened = context.waitForEvent('page');
    await launcher.tile(tile?.name ?? '').click({ modifiers: ['Control'] });
    const other = await opened;
    await other.waitForLoadState();
    expect(other.url()).toMatch(/\/portal\/|\/login\?next=/);
    await expect(launcher.heading).toBeVisible();
    await expect(signIn.heading).toBeHidden();
    await expect(page).toHaveURL(/\/(\?.*)?$/);
  });

  test('each item holds exactly one link, and no two links nest', async ({ launcher }) => {
    const counts = await launcher.items.evaluateAll((items) => items.map((item) => item.querySelectorAll('a, [role="link"]').length));
    expect(new Set(counts)).toEqual(new Set([1]));
    expect(await launcher.list.locator('a a').count()).toBe(0);
  });

  // "What can be opened": disabled is shown and said, mobile is marked and launchable.
  test('say what they are', async ({ site, launcher }) => {
    const applications = await (await Api.as(site.url, 'morgan', organization.many)).applications();
    const disabled = applications.filter(isDisabled);
    const mobile = applications.filter((one) => Number(one.type) === 1 && !disabled.includes(one));
    const shortcut = applications.filter((one) => one.isShortcut === true || one.isShortcut === 1);
    for (const kind of [disabled, mobile, shortcut]) expect(kind.length).toBeGreaterThan(0);
    for (const one of disabled) {
      const link = launcher.tile(shownName(one, locale)).first();
      await expect(link).toHaveAttribute('aria-disabled', 'true');
      await expect(link).not.toHaveAttribute('href');
      await expect(link).toHaveAccessibleDescription(/Not enabled/);
    }
    for (const one of mobile) {
      const link = launcher.tile(shownName(one, locale)).first();
      await expect(link).toContainText(/mobile/i);
      await expect(link).toHaveAttribute('href');
    }
    for (const one of shortcut) await expect(launcher.tile(shownName(one, locale)).first()).toContainText(/shortcut/i);
  });

  // A7: the whole name is always to be had.
  test('never truncate a name without telling it', async ({ launcher }) => {
    const cut = await launcher.links.evaluateAll((links) =>
      links
        .map((link) => link.querySelector('bdi, [dir="auto"]') ?? link)
        .map((name) => (getComputedStyle(name).display === 'inline' ? (name.parentElement ?? name) : name))
        .filter((name) => name.scrollHeight > name.clientHeight + 1 || name.scrollWidth > name.clientWidth + 1)
        .filter((name) => !name.closest('[title]') && !name.querySelector('[title]'))
        .map((name) => name.textContent),
    );
    expect(cut).toEqual([]);
  });
});

// A12 and "Every state": no application is not the same as no match.
test('an organization without applications says so', async ({ page, signIn }) => {
  await signIn.as('empty');
  await expect(page.getByText('There is no application for you in this organization.')).toBeVisible();
  await expectAccessible(page);
});

test('a slow service shows a skeleton, not an empty page', async ({ page, signIn, launcher }) => {
  test.setTimeout(120_000);
  await signIn.open();
  await signIn.send('slow');
  await expect(launcher.heading.or(page.getByRole('heading', { name: 'Choose an organization' }))).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText('There is no application for you')).toBeHidden();
  await expect(launcher.links.first().or(page.getByRole('main').getByRole('button').first())).toBeVisible({ timeout: 20_000 });
});
