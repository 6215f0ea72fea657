// The ways in besides the password: another place, the domain of an e-mail address, the second step; and what the form
// remembers. Failures are those of accounts and of the sample company's page.
import { expectAccessible } from '../support/a11y.ts';
import { organization } from '../support/accounts.ts';
import { performs } from '../support/operations.ts';
import { replaceTokens } from '../support/session.ts';
import { expect, test } from '../support/test.ts';

const viaCode = 'Log In via Authorization Code';
const domainCall = 'Get User Domain';

test.describe('single sign-on', () => {
  test.use({ own: {} });

  // L12, hostile.md 20: there and back to the deep link, and the code stays nowhere.
  test('leads there and back to where the person wanted to go', performs('Log In via Authorization Code'), async ({ page, site, signIn, identity, launcher, guard }) => {
    await page.goto('./?q=o&category=21');
    await expect(signIn.provider).toBeVisible();
    await expectAccessible(page);
    await signIn.provider.click();
    await expect(identity.heading).toBeVisible();
    const sent = new URL(page.url()).searchParams;
    expect(sent.get('redirect_uri')).toBe(`${site.url}login/callback`);
    expect(sent.get('state')).toMatch(/^[0-9a-f]{32}$/);
    await identity.choose('Sofia Lombardi');
    await expect(launcher.heading).toBeVisible();
    await expect(page).toHaveURL(/\?q=o&category=21$/);
    await expect(page.getByRole('banner')).toContainText(organization.few);
    expect((await site.calls())[viaCode]).toBe(1);

    const code = /demo\.solo\.\d+\.\w+/;
    const asked = guard.requests.filter((line) => code.test(line));
    expect(asked.every((line) => line.includes('/login/callback?')), asked.join('\n')).toBe(true);
    const left = await page.evaluate(() =>
      [document.documentElement.outerHTML, location.href, JSON.stringify(history.state), ...Object.values({ ...sessionStorage }), ...Object.values({ ...localStorage })].join(' '),
    );
    expect(left).not.toMatch(code);
    expect(left).not.toContain(sent.get('state'));
    expect(guard.said.join('\n')).not.toMatch(code);
  });

  // hostile.md 19: another state, no state, the right one a second time, another tab. No code goes to the service.
  test('refuses who was not sent by this tab', async ({ page, context, site, signIn, identity, launcher }) => {
    const code = (): string => `demo.morgan.${Math.floor(Date.now() / 1000)}.${Math.random().toString(36).slice(2)}`;
    const state = async (): Promise<string> => {
      await signIn.open();
      await signIn.provider.click();
      await expect(identity.heading).toBeVisible();
      return new URL(page.url()).searchParams.get('state') ?? '';
    };
    const refused = async (in_ = page): Promise<void> => {
      await expect(in_.getByText(/not begun in this tab/)).toBeVisible();
      await expect(in_).toHaveURL(`${site.url}login`);
    };

    const right = await state();
    await page.goto(`./login/callback?code=${code()}&state=${right}x`);
    await refused();
    await expectAccessible(page);
    await test.step('the transaction is spent', async () => {
      await page.goto(`./login/callback?code=${code()}&state=${right}`);
      await refused();
    });
    await test.step('no state', async () => {
      await state();
      await page.goto(`./login/callback?code=${code()}`);
      await refused();
    });
    await test.step('neither code nor error', async () => {
      const again = await state();
      await page.goto(`./login/callback?state=${again}`);
      await refused();
      await page.goto('./login/callback');
      await refused();
    });
    await test.step('another tab', async () => {
      const mine = await state();
      const other = await context.newPage();
      await other.goto(`${site.url}login/callback?code=${code()}&state=${mine}`);
      await refused(other);
      await other.close();
      expect((await site.calls())[viaCode] ?? 0).toBe(0);
      // The tab that asked is not disturbed.
      await identity.choose('Sofia Lombardi');
      await expect(launcher.heading).toBeVisible();
    });
    expect((await site.calls())[viaCode]).toBe(1);
  });

  // hostile.md 19: a return is good for ten minutes.
  test('refuses who comes back too late', async ({ page, site, signIn, identity }) => {
    await page.clock.install();
    await signIn.open();
    await signIn.provider.click();
    await expect(identity.heading).toBeVisible();
    await page.clock.fastForward('11:00');
    await identity.choose('Morgan Keller');
    await expect(page.getByText(/not begun in this tab/)).toBeVisible();
    expect((await site.calls())[viaCode] ?? 0).toBe(0);
  });

  test('says so when the other place signs nobody in', async ({ page, site, signIn, identity, launcher }) => {
    await page.goto('./?q=o');
    await signIn.provider.click();
    await identity.choose('Cancel');
    await expect(page.getByText('You did not sign in.')).toBeVisible();
    await expect(page).toHaveURL(/\/login\?next=%2F%3Fq%3Do$/);
    await signIn.provider.click();
    await identity.choose('Server error');
    await expect(signIn.failure).toContainText('The other place could not sign you in.');
    await expectAccessible(page);
    // An error of somebody else's making, with words that must not be shown.
    await page.goto('./login/callback?error=access_denied&error_description=Call+0800-EVIL');
    await expect(page.getByText(/not begun in this tab/)).toBeVisible();
    await expect(page.getByText(/EVIL/)).toBeHidden();
    expect((await site.calls())[viaCode] ?? 0).toBe(0);
    await signIn.send('solo');
    await expect(launcher.heading).toBeVisible();
  });

  // The code is spent: only the whole way is offered again, never the same call.
  test('tells failures of the exchange apart, each with a way out', async ({ page, site, signIn, identity }) => {
    const told = new Map<string, string>();
    await signIn.open();
    for (const [name, words] of [
      ['A code that has expired', 'no longer good'],
      ['Nora Tokarev', 'opened no session'],
      ['Lena Okafor', 'Too many attempts'],
      ['Logan Ivers', 'The service has a problem'],
    ] as const) {
      await signIn.provider.click();
      await identity.choose(name);
      await expect(signIn.failure).toContainText(words);
      await expect(signIn.failure.getByRole('button', { name: 'Try again' })).toBeHidden();
      told.set(name, await signIn.failure.innerText());
    }
    expect(new Set(told.values()).size).toBe(4);
    expect((await site.calls())[viaCode]).toBe(4);
    await expectAccessible(page);
    await signIn.failure.getByRole('button', { name: 'Start again' }).click();
    await expect(identity.heading).toBeVisible();
  });

  // What the browser keeps of a page that was left is a page that can be used.
  test('back from the other place leads to the form', async ({ page, signIn, identity }) => {
    await signIn.open();
    await signIn.provider.click();
    await expect(identity.heading).toBeVisible();
    await page.goBack();
    await expect(signIn.account).toBeVisible();
    await expect(signIn.provider).toBeEnabled();
  });
});

test.describe('single sign-on on a slow host', () => {
  // Long enough that the first of the two calls is still under way when the service goes.
  test.use({ own: { delayMs: 8000 } });

  test('shows that it signs in, and the network failing then', async ({ page, site, signIn, identity, guard }) => {
    guard.allow(/net::ERR_/, /Failed to fetch/);
    await signIn.open();
    await signIn.provider.click();
    await identity.choose('Sofia Lombardi');
    await expect(page.getByRole('status').filter({ hasText: 'Signing in' })).toBeVisible();
    await expect(signIn.account).toBeHidden();
    await expect(page).toHaveURL(`${site.url}login`);
    await site.stop();
    await expect(signIn.failure).toContainText('The service cannot be reached.');
    await expect(signIn.failure.getByRole('button', { name: 'Start again' })).toBeVisible();
    await expect(signIn.account).toBeVisible();
  });

});

test.describe('an address that is typed over', () => {
  test.use({ own: { delayMs: 1500 } });

  // A reply about another address than the one in the box comes too late.
  test('an offer for an address that is gone is dropped', async ({ page, site, signIn }) => {
    await signIn.open();
    await signIn.account.fill('morgan.keller@north-sea.example');
    await signIn.password.focus();
    await expect.poll(async () => (await site.calls())[domainCall] ?? 0).toBe(1);
    await signIn.account.fill('morgan');
    await page.waitForTimeout(3000);
    await expect(signIn.signInWith(organization.many)).toBeHidden();
  });
});

test.describe('the domain of an e-mail address', () => {
  test.use({ own: {} });

  test('is offered with its name, and leads in', performs('Get User Domain'), async ({ page, signIn, identity, launcher }) => {
    await page.goto('./?q=o');
    await signIn.account.fill('Morgan.Keller@north-sea.example');
    await signIn.password.focus();
    const offer = signIn.signInWith(organization.many);
    await expect(offer).toBeVisible();
    await expect(signIn.password).toBeFocused();
    await expectAccessible(page);
    await test.step('another address takes it away', async () => {
      await signIn.account.fill('morgan');
      await expect(offer).toBeHidden();
    });
    await test.step('typing that pauses is enough', async () => {
      await signIn.account.fill('morgan.keller@north-sea.example');
      await expect(offer).toBeVisible();
    });
    await offer.click();
    await identity.choose('Sofia Lombardi');
    await expect(launcher.heading).toBeVisible();
    await expect(page).toHaveURL(/\?q=o$/);
  });

  // hostile.md 1: an address that must not be opened is not offered; nor is anything said of an unknown account.
  test('without a sign-in of its own, or with a bad one, nothing is offered', async ({ page, site, signIn, launcher }) => {
    await signIn.open();
    const asked = [
      'hal.ostile@red-team.example',
      'sofia.lombardi@helios.example',
      'nobody@nowhere.example',
    ];
    for (const [index, email] of asked.entries()) {
      await signIn.account.fill(email);
      await signIn.password.focus();
      await expect.poll(async () => (await site.calls())[domainCall]).toBe(index + 1);
      await page.waitForTimeout(300);
      await expect(page.getByText('has a sign-in of its own')).toBeHidden();
      await expect(signIn.failure).toBeHidden();
    }
    // What is no address is not asked about.
    await signIn.account.fill('solo');
    await signIn.password.focus();
    await page.waitForTimeout(1000);
    expect((await site.calls())[domainCall]).toBe(asked.length);
    await signIn.send('sofia.lombardi@helios.example');
    await expect(launcher.heading).toBeVisible();
  });
});

test.describe('a deployment with single sign-on only', () => {
  test.use({ own: { settings: { passwordSignIn: false } } });

  // L10
  test('goes straight there, and lands where the person wanted to go', async ({ page, identity, launcher, accountMenu, signIn }) => {
    await page.goto('./?q=o');
    await identity.choose('Sofia Lombardi');
    await expect(launcher.heading).toBeVisible();
    await expect(page).toHaveURL(/\?q=o$/);
    await test.step('but not after signing out', async () => {
      await accountMenu.signOut();
      await expect(page.getByText('You have signed out.')).toBeVisible();
      await expect(signIn.account).toBeHidden();
      await expect(signIn.provider).toBeFocused();
      await expectAccessible(page);
      await signIn.provider.click();
      await expect(identity.heading).toBeVisible();
    });
  });

  test('does not go in circles when it fails', async ({ page, identity, signIn }) => {
    await page.goto('./login');
    await identity.choose('Cancel');
    await expect(page.getByText('You did not sign in.')).toBeVisible();
    await signIn.provider.click();
    await identity.choose('A code that has expired');
    await expect(signIn.failure).toContainText('no longer good');
    await expect(signIn.account).toBeHidden();
    await page.goto('./login/callback?code=stolen&state=stolen');
    await expect(page.getByText(/not begun in this tab/)).toBeVisible();
    await expect(signIn.provider).toBeVisible();
  });

  // L10: the form is always to be had, with the way back.
  test('shows the form to who asks for it', async ({ page, signIn, launcher }) => {
    await page.goto('./login?next=%2F%3Fq%3Do&local=1');
    await expect(signIn.account).toBeVisible();
    await expect(signIn.provider).toBeVisible();
    await signIn.send('solo', 'wrong');
    await expect(signIn.failure).toBeVisible();
    await signIn.send('solo');
    await expect(launcher.heading).toBeVisible();
    await expect(page).toHaveURL(/\?q=o$/);
  });

  // hostile.md 44: a session that ends by itself says so before anybody is signed in again.
  test('says why a session ended', async ({ page, identity, signIn }) => {
    await page.goto('./');
    await identity.choose('Sofia Lombardi');
    await expect(page.getByRole('banner')).toContainText(organization.few);
    await replaceTokens(page, { access: 'gone', refresh: 'gone' });
    await page.reload();
    await expect(page.getByText(/session expired/)).toBeVisible();
    await expect(signIn.provider).toBeVisible();
  });
});

test.describe('the second step', () => {
  test.use({ own: {} });

  test('takes the code from the mail', performs('Send Verification Code', 'Verify Code'), async ({ page, site, signIn, launcher }) => {
    await page.goto('./?q=o');
    await signIn.send('mfa');
    await expect(signIn.second.heading).toBeVisible();
    await expect(page.getByText('We have sent a code to m•••@example.com.')).toBeVisible();
    await expect(signIn.second.code).toBeFocused();
    await expect(signIn.second.code).toHaveAttribute('autocomplete', 'one-time-code');
    await expect(signIn.second.code).toHaveAttribute('inputmode', 'numeric');
    await expectAccessible(page);
    await signIn.second.verify.click();
    await expect(page.getByText('Enter the code.', { exact: true })).toBeVisible();
    // As mails show it, and as it is pasted.
    await signIn.second.code.fill(' 246 810 ');
    await page.keyboard.press('Enter');
    await expect(launcher.heading).toBeVisible();
    await expect(page).toHaveURL(/\?q=o$/);
    const calls = await site.calls();
    expect([calls['Log In'], calls['Send Verification Code'], calls['Verify Code']]).toEqual([1, 1, 1]);
  });

  test('tells a wrong code from one that has expired', async ({ page, signIn, launcher }) => {
    await signIn.open();
    await signIn.send('mfa');
    await signIn.second.enter('111111');
    await expect(signIn.failure).toContainText('The verification code is wrong.');
    await expect(signIn.second.code).toBeFocused();
    await expect(signIn.second.code).toHaveValue('111111');
    await expectAccessible(page);
    await signIn.second.enter('000000');
    await expect(signIn.failure).toContainText('The code has expired.');
    await expect(signIn.second.code).toHaveValue('');
    await signIn.second.send.click();
    await expect(page.getByText(/We have sent a code/)).toBeVisible();
    await signIn.second.enter('246810');
    await expect(launcher.heading).toBeVisible();
  });

  test('locks after five wrong codes, and says for how long', async ({ page, site, signIn }) => {
    await signIn.open();
    await signIn.send('mfa');
    for (let times = 1; times <= 5; times += 1) {
      await signIn.second.enter(`11111${times}`);
      await expect.poll(async () => (await site.calls())['Verify Code']).toBe(times);
      await expect(signIn.failure).toBeVisible();
    }
    await expect(signIn.failure).toContainText('Too many attempts.');
    await expect(page.getByRole('button', { name: /^Try again in \d+ seconds?$/ })).toBeDisabled();
    await page.keyboard.press('Enter');
    await page.waitForTimeout(300);
    expect((await site.calls())['Verify Code']).toBe(5);
  });

  test('another code can be sent after a pause that is seen', async ({ page, site, signIn, launcher }) => {
    await page.clock.install();
    await signIn.open();
    await signIn.send('mfa');
    await expect(signIn.second.send).toHaveText(/^Send a new code in \d+ seconds$/);
    await expect(signIn.second.send).toBeDisabled();
    await page.clock.runFor(31_000);
    await expect(signIn.second.send).toHaveText('Send a new code');
    await signIn.second.send.click();
    await expect.poll(async () => (await site.calls())['Send Verification Code']).toBe(2);
    await signIn.second.enter('246810');
    await expect(launcher.heading).toBeVisible();
  });

  // L6: a typed code survives a network that fails, and can be tried again.
  test('a failing network loses nothing', async ({ context, signIn, launcher, guard }) => {
    // Files that come beside the screen fail too, and are asked for again when they are needed.
    guard.allow(/net::ERR_/, /Failed to fetch/);
    await signIn.open();
    await signIn.send('mfa');
    await expect(signIn.second.send).toHaveText(/ in /);
    await context.setOffline(true);
    await signIn.second.enter('246810');
    await expect(signIn.failure).toContainText(/offline|cannot be reached/);
    await expect(signIn.second.code).toHaveValue('246810');
    await context.setOffline(false);
    await signIn.failure.getByRole('button', { name: 'Try again' }).click();
    await expect(launcher.heading).toBeVisible();
  });

  // hostile.md 44: what waited is given up at the service too.
  test('can be left for the form', async ({ site, signIn, launcher }) => {
    await signIn.open();
    await signIn.send('mfa');
    await signIn.second.back.click();
    await expect(signIn.heading).toBeVisible();
    await expect(signIn.account).toHaveValue('mfa');
    await expect(signIn.password).toHaveValue('');
    await expect(signIn.password).toBeFocused();
    await expect.poll(async () => (await site.calls())['Log Out']).toBe(1);
    await signIn.send('solo');
    await expect(launcher.heading).toBeVisible();
  });

  // L13
  test('of another kind is explained, with the other ways in', async ({ page, signIn, identity, launcher }) => {
    await signIn.open();
    await signIn.send('mfa-other');
    await expect(page.getByRole('heading', { name: 'A second step is needed' })).toBeVisible();
    await expect(page.getByText('Wanted by the service: TOTP')).toBeVisible();
    await expectAccessible(page);
    await signIn.second.back.click();
    await expect(signIn.account).toHaveValue('mfa-other');
    await signIn.send('mfa-other');
    await signIn.provider.click();
    await identity.choose('Mira Faulkner');
    await expect(launcher.heading).toBeVisible();
  });
});

test.describe('the form', () => {
  test.use({ own: { settings: { contact: 'Service desk, extension 1234' } } });

  // L7: off by default, the name only, and forgotten in sight.
  test('remembers the account, and forgets it', async ({ page, signIn, launcher, accountMenu }) => {
    const kept = () => page.evaluate(() => JSON.stringify({ ...localStorage }));
    await signIn.open();
    await expect(signIn.remember).not.toBeChecked();
    await expect(signIn.forget).toBeHidden();
    await signIn.send('solo');
    await expect(launcher.heading).toBeVisible();
    expect(await kept()).not.toContain('solo');
    await accountMenu.signOut();

    await signIn.remember.check();
    await signIn.send('solo');
    await expect(launcher.heading).toBeVisible();
    expect(await kept()).toContain('"portal.account":"solo"');
    expect(await kept()).not.toMatch(/"portal"|password/);
    await accountMenu.signOut();

    await expect(signIn.account).toHaveValue('solo');
    await expect(signIn.password).toBeFocused();
    await expect(signIn.remember).toBeChecked();
    await expectAccessible(page);
    await signIn.forget.click();
    await expect(signIn.account).toHaveValue('');
    await expect(signIn.account).toBeFocused();
    await expect(signIn.remember).not.toBeChecked();
    expect(await kept()).not.toContain('solo');

    await signIn.remember.check();
    await signIn.send('solo');
    await accountMenu.signOut();
    await signIn.remember.uncheck();
    await signIn.send('solo');
    await expect(launcher.heading).toBeVisible();
    expect(await kept()).not.toContain('solo');
  });

  // L8: a configured address; also where the account is locked, whether it exists or not.
  test('leads to a new password', async ({ page, signIn }) => {
    await signIn.open();
    await expect(signIn.forgotPassword).toHaveAttribute('target', '_blank');
    await expect(signIn.forgotPassword).toHaveAttribute('rel', 'noopener noreferrer');
    await signIn.send('locked');
    await expect(signIn.failure.getByRole('link', { name: 'Forgot password?' })).toBeVisible();
    const opened = page.waitForEvent('popup');
    await signIn.failure.getByRole('link').click();
    await expect((await opened).getByRole('heading', { name: 'Forgot password' })).toBeVisible();
  });

  // L13: whom to ask, where the deployment says so.
  test('says whom to ask about a second step of another kind', async ({ page, signIn }) => {
    await signIn.open();
    await signIn.send('mfa-other');
    await expect(page.getByText('Service desk, extension 1234')).toBeVisible();
  });
});

test.describe('without the settings', () => {
  test.use({ own: { settings: { signOn: null, userDomains: false, forgotPasswordUrl: null } } });

  test('there is the form alone, and a return is refused', async ({ page, site, signIn }) => {
    await signIn.open();
    await expect(signIn.provider).toBeHidden();
    await expect(signIn.forgotPassword).toBeHidden();
    await signIn.account.fill('morgan.keller@north-sea.example');
    await signIn.password.focus();
    await page.waitForTimeout(1200);
    const calls = await site.calls();
    expect(calls[domainCall] ?? 0).toBe(0);
    await signIn.send('mfa-other');
    await expect(page.getByRole('heading', { name: 'A second step is needed' })).toBeVisible();
    await expect(page.getByRole('button', { name: /^Sign in/ })).toBeHidden();
  });
});

test.describe('a provider that is not safe', () => {
  test.use({ own: { settings: { signOn: { url: 'http://sso.example/authorize' } } } });

  // hostile.md 22: the wrong key is named, and nobody is sent there.
  test('is refused with the settings', async ({ page }) => {
    await page.goto('./');
    await expect(page.getByText(/signOn\.url/)).toBeVisible();
  });
});
