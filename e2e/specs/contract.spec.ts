// The whole story against a server that answers as the wire contract says, in every form that it allows.
import { expect, test } from '../support/test.ts';
import { newest, oldest, variants, type Variant } from '../support/variants.ts';

for (const variant of variants) {
  test(`the whole story, ${variant.name}`, async ({ page, signIn, organizations, launcher, application, accountMenu, openOn }) => {
    const server = await openOn(variant);

    await test.step('a wrong password', async () => {
      await signIn.send('kim', 'wrong');
      await expect(signIn.failure).toContainText('The account or password is wrong.');
      await expect(signIn.password).toHaveValue('');
    });
    await test.step('too many attempts', async () => {
      await signIn.send('busy', 'right');
      await expect(signIn.failure).toContainText(/wait|try again in/i);
    });

    await test.step('the right one, and one of two organizations', async () => {
      await page.goto(`${server.url}login`);
      await signIn.send('kim', 'right');
      await expect(organizations.button('Alpha Wind')).toBeVisible();
      await organizations.choose('Beta Solar');
      await expect(page.getByRole('banner')).toContainText('Beta Solar');
    });

    await test.step('the applications, in order, with what could not be read', async () => {
      await launcher.expectShown(variant.shown.length);
      expect((await launcher.tiles()).map(({ name }) => name)).toEqual(variant.shown);
      const lost = page.getByText(/could not be read and (is|are) not shown/);
      if (variant.dropped === 0) await expect(lost).toHaveCount(0);
      else await expect(lost).toContainText(String(variant.dropped));
      const hrefs = (await launcher.tiles()).flatMap(({ href }) => href ?? []);
      expect(new Set(hrefs).size).toBe(hrefs.length);
    });

    await test.step('categories', async () => {
      for (const [index, name] of variant.categories.entries()) {
        const chip = launcher.categories.getByRole('button').nth(index + 1);
        await expect(chip).toContainText(name);
        await chip.click();
        await expect(chip).toHaveAttribute('aria-pressed', 'true');
        await expect.poll(() => launcher.said()).toBeLessThan(variant.shown.length);
        await chip.click();
      }
      await launcher.expectShown(variant.shown.length);
    });

    await test.step('the search', async () => {
      await launcher.search.fill(variant.firstInChinese);
      await launcher.expectShown(1);
      await expect(launcher.tile(variant.open.application)).toBeVisible();
      await launcher.search.fill('');
      await launcher.expectShown(variant.shown.length);
    });

    await test.step('an application, its menu tree, a page of it; a reload keeps it', async () => {
      await launcher.tile(variant.open.application).click();
      await expect(application.entries.first()).toBeVisible();
      await application.expandAll();
      await application.entry(variant.open.entry).click();
      expect(await application.frameText(variant.open.entry)).toContain(variant.open.words);
      await page.reload();
      expect(await application.frameText(variant.open.entry)).toContain(variant.open.words);
    });

    await test.step('an expired token is refreshed once, and nobody notices', async () => {
      const before = server.count('/v2.2/token/refresh');
      server.expire();
      await page.goto(server.url);
      await launcher.expectShown(variant.shown.length);
      expect(server.count('/v2.2/token/refresh')).toBe(before + 1);
    });

    await test.step('the second refresh uses the token of the first', async () => {
      server.expire();
      await page.reload();
      await launcher.expectShown(variant.shown.length);
    });

    await test.step('an organization that went away leads to the choice, not to sign-in', async () => {
      server.unselect();
      await page.reload();
      await expect(organizations.heading).toBeVisible();
      await organizations.choose('Alpha Wind');
      await expect(page.getByRole('banner')).toContainText('Alpha Wind');
      await launcher.expectShown(variant.shown.length);
    });

    await test.step('signing out revokes in the query with nothing in the body, then logs out', async () => {
      await accountMenu.signOut();
      await expect(signIn.heading).toBeVisible();
      await expect.poll(() => server.count('/v2.2/logout')).toBe(1);
      const revoke = server.calls.find((call) => call.path.endsWith('/revokeAll'));
      expect(revoke?.query.get('refreshToken')).toMatch(/^eyJ/);
      expect(revoke?.body).toBe('');
    });

    // contract.md 0.3, 0.4: `Bearer ` exactly once, and the key pair of the gateway never.
    for (const call of server.calls) {
      if (call.authorization !== undefined) expect(call.authorization).toMatch(/^Bearer APP_PORTAL_S_[0-9a-f]{32}$/);
      expect(call.path.startsWith('/v2.2/')).toBe(true);
    }
  });
}

// hostile.md 37 in both families: one refresh, then sign-in with the reason.
for (const variant of [newest, oldest]) {
  test(`a refused refresh leads to sign-in once, ${variant.name}`, async ({ page, signIn, organizations, launcher, openOn }) => {
    const server = await openOn(variant);
    await signIn.send('kim', 'right');
    await organizations.choose('Alpha Wind');
    await launcher.expectShown(variant.shown.length);
    server.expire();
    server.revoke();
    await page.reload();
    await expect(signIn.heading).toBeVisible();
    await expect(page.getByText(/session expired|session has ended/)).toBeVisible();
    expect(server.count('/v2.2/token/refresh')).toBe(1);
  });
}

// O3: more than seven organizations; names that collide are told apart by id.
test('many organizations: a filter box with the focus, arrows and Enter, ids where names collide', async ({ page, signIn, launcher, openOn }) => {
  const organizations = Array.from({ length: 12 }, (_, index) => ({ id: `o-${index}`, name: index < 2 ? 'Twin Company' : `Company ${index}` }));
  await openOn({ ...newest, organizations });
  await signIn.send('kim', 'right');
  const filter = page.getByRole('searchbox', { name: 'Search organizations' }).or(page.getByRole('combobox', { name: 'Search organizations' }));
  await expect(filter).toBeFocused();
  const rows = page.getByRole('main').getByRole('button', { name: /Company/ });
  await expect(rows).toHaveCount(12);
  await expect(page.getByRole('main')).toContainText('o-0');
  await expect(page.getByRole('main')).toContainText('o-1');
  await page.keyboard.type('company 1');
  // The id is found as well: o-1 is the other twin's.
  await expect(rows).toHaveCount(3);
  await page.keyboard.type('0');
  await expect(rows).toHaveCount(1);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(launcher.heading).toBeVisible();
  await expect(page.getByRole('banner')).toContainText('Company 10');
});

// O1 and contract.md §6, 9: one, none, null and missing.
for (const [what, organizations] of [['null', null], ['missing', undefined], ['empty', []]] as const) {
  test(`organizations ${what}: words and a way out`, async ({ page, signIn, openOn }) => {
    await openOn({ ...newest, organizations: organizations as unknown as Variant['organizations'] });
    await signIn.send('kim', 'right');
    await expect(page.getByText('You belong to no organization.')).toBeVisible();
  });
}

test('exactly one organization is chosen at once', async ({ signIn, launcher, openOn }) => {
  const server = await openOn({ ...newest, organizations: newest.organizations.slice(0, 1) });
  await signIn.send('kim', 'right');
  await launcher.expectShown(5);
  expect(JSON.parse(server.calls.find((call) => call.path === '/v2.2/session/set')?.body ?? '{}')).toEqual({ orgId: 'o15724268424841' });
});

// contract.md 1.2, 1.13: the code comes back encoded, is decoded once, and is good once.
test('signing in at another place, by the settings and by the domain of an address', async ({ page, signIn, organizations, accountMenu, openOn }) => {
  const settings = { signOn: { url: '/contract-sign-on?client_id=portal', channel: 'Web' }, userDomains: true };
  const server = await openOn({ ...newest, settings });
  await page.getByRole('button', { name: 'Sign in with single sign-on' }).click();
  await organizations.choose('Beta Solar');
  await expect(page.getByRole('banner')).toContainText('Beta Solar');
  const exchange = server.calls.filter((call) => call.path === '/v2.2/loginViaCode');
  expect(exchange.map((call) => call.query.get('channel'))).toEqual(['Web']);
  await accountMenu.signOut();
  await signIn.account.fill('kim@example.com');
  await signIn.password.focus();
  await signIn.signInWith('Example Works').click();
  await expect(organizations.button('Alpha Wind')).toBeVisible();
});

// contract.md 2.1: both headers carry the token, and the purpose is mfa.
test('the second step', async ({ page, signIn, organizations, openOn }) => {
  for (const variant of [{ ...newest, mfaType: 'EMAIL' }, { ...oldest, mfaType: 'mail' }]) {
    const server = await openOn(variant);
    await signIn.send('kim', 'right');
    await expect(page.getByText('We have sent a code to k•••@example.com.').or(page.getByText(/We have sent a code to your/))).toBeVisible();
    await signIn.second.enter('1');
    await expect(signIn.failure).toContainText('The verification code is wrong.');
    await signIn.second.enter(server.sent);
    await organizations.choose('Beta Solar');
    await expect(page.getByRole('banner')).toContainText('Beta Solar');
    await page.evaluate(() => sessionStorage.clear());
  }
});
