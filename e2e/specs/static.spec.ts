// What only a static host has: a sub-path, deep links by 404.html, the policy in a meta element.
import { organization, story } from '../support/accounts.ts';
import { expect, test } from '../support/test.ts';

test.skip(({ host }) => host !== 'static', 'on the static host only');

test('deep links work below the sub-path', async ({ page, site, signIn, organizations, launcher, application }) => {
  await page.goto('./login');
  await signIn.send('morgan');
  await organizations.choose(organization.many);
  await launcher.tile(story.application).click();
  await expect(application.frames).toHaveCount(1);
  expect(page.url().startsWith(`${site.url}portal/`)).toBe(true);
  await page.reload();
  await expect(application.frames).toHaveCount(1);
  const source = (await application.frames.first().getAttribute('src')) ?? '';
  expect(new URL(source, page.url()).href.startsWith(`${site.url}sample-apps/`)).toBe(true);
});

test('the policy stands in the page', async ({ page, guard }) => {
  guard.allow(/policy: script-src|Content Security Policy|Refused to/i);
  await page.goto('./');
  await expect(page.locator('meta[http-equiv="Content-Security-Policy" i]')).toHaveCount(1);
  await expect(page.locator('base')).toHaveCount(0);
  const ran = await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'globalThis.__inline = 1';
    document.head.append(script);
    return Reflect.has(globalThis, '__inline');
  });
  expect(ran).toBe(false);
});

test('no address of the service is asked for', async ({ guard, signIn, launcher }) => {
  await signIn.as('solo');
  await expect(launcher.links.first()).toBeVisible();
  expect(guard.requests.filter((line) => line.includes('app-portal-service'))).toEqual([]);
});

// Every way to sign in can be tried without a server: the service in the page remembers over the visit to another place.
test('signs in at another place, by the domain of an address, and by a second step', async ({ signIn, identity, launcher, accountMenu }) => {
  await signIn.open();
  await signIn.provider.click();
  await identity.choose('Sofia Lombardi');
  await expect(launcher.heading).toBeVisible();
  await accountMenu.signOut();
  await signIn.account.fill('morgan.keller@north-sea.example');
  await signIn.password.focus();
  await signIn.signInWith('North Sea Energy').click();
  await identity.choose('Mira Faulkner');
  await expect(launcher.heading).toBeVisible();
  await accountMenu.signOut();
  await signIn.send('mfa');
  await signIn.second.enter('246810');
  await expect(launcher.heading).toBeVisible();
});

// Below a path, too, the samples find the client of the bridge, and a page without an origin is told names and no token.
test('pages in frames talk with the portal', async ({ page, signIn, organizations, launcher, application }) => {
  await page.goto('./login');
  await signIn.send('morgan');
  await organizations.choose(organization.many);
  await launcher.tile('Turbine Monitor').click();
  await application.entry('Who am I').click();
  const inside = application.frame('Who am I');
  await expect(inside.getByText(organization.many).first()).toBeVisible();
  await expect(inside.getByText(/not granted/)).toBeVisible();
  await application.entry('Alarms').click();
  await expect(application.frame('Alarms').getByRole('heading').first()).toBeVisible();
});
