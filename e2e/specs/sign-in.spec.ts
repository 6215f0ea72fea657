import { expectAccessible } from '../support/a11y.ts';
import { organization } from '../support/accounts.ts';
import { expect, test } from '../support/test.ts';

test.describe('the form', () => {
  test.beforeEach(({ signIn }) => signIn.open());

  // L1: what a password manager needs, and labels that can be seen.
  test('has visible labels and tells password managers what is what', async ({ page, signIn }) => {
    await expect(signIn.account).toHaveAttribute('autocomplete', 'username');
    await expect(signIn.password).toHaveAttribute('autocomplete', 'current-password');
    await expect(page.getByText('Account', { exact: true })).toBeVisible();
    await expect(page.getByText('Password', { exact: true })).toBeVisible();
    await expect(signIn.language).toBeVisible();
    await expect(signIn.theme).toBeVisible();
    await expectAccessible(page);
  });

  // L1: paste works.
  test('takes a pasted password', async ({ signIn }) => {
    await signIn.password.evaluate((input: HTMLInputElement) => {
      input.focus();
      const allowed = input.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, cancelable: true }));
      if (!allowed) throw new Error('paste was cancelled');
    });
  });

  // L2
  test('is sent by Enter', async ({ page, signIn, organizations }) => {
    await signIn.account.fill('morgan');
    await signIn.password.fill('portal');
    await page.keyboard.press('Enter');
    await expect(organizations.heading).toBeVisible();
  });

  // L3
  test('shows and hides the password', async ({ page, signIn }) => {
    await signIn.password.fill('portal');
    await expect(signIn.password).toHaveAttribute('type', 'password');
    await page.getByRole('button', { name: 'Show password' }).click();
    await expect(signIn.password).toHaveAttribute('type', 'text');
    await expect(signIn.password).toHaveValue('portal');
    await page.getByRole('button', { name: /(Hide|Show) password/ }).click();
    await expect(signIn.password).toHaveAttribute('type', 'password');
  });

  // L3
  test('hints at caps lock', async ({ page, signIn }) => {
    await signIn.password.focus();
    await signIn.password.evaluate((input) => {
      for (const type of ['keydown', 'keyup']) {
        input.dispatchEvent(new KeyboardEvent(type, { key: 'A', modifierCapsLock: true, bubbles: true }));
      }
    });
    await expect(page.getByText('Caps Lock is on.')).toBeVisible();
  });

  test('says what is missing before it asks the service', async ({ site, page, signIn, guard }) => {
    await signIn.submit.click();
    await expect(page.getByText(/Enter your account\.|Enter your password\./).first()).toBeVisible();
    expect(guard.requests.filter((line) => line.includes('/login') && line.startsWith('POST'))).toEqual([]);
    expect(page.url()).toContain(site.url);
  });

  // L4, hostile.md 28 and 32: one message, the same for an unknown account; the password goes, the account stays.
  for (const account of ['morgan', 'nobody-of-this-name']) {
    test(`a wrong password of "${account}" does not say which was wrong`, async ({ page, signIn }) => {
      await signIn.send(account, 'wrong');
      await expect(signIn.failure).toContainText('The account or password is wrong.');
      await expect(signIn.password).toHaveValue('');
      await expect(signIn.password).toBeFocused();
      await expect(signIn.account).toHaveValue(account);
      await expectAccessible(page);
    });
  }

  // L5
  test('a locked account is told to wait', async ({ page, signIn }) => {
    await signIn.send('locked');
    await expect(signIn.failure).toContainText(/wait|try again in/i);
    await expect(signIn.account).toHaveValue('locked');
    await expectAccessible(page);
  });
});

test.describe('on a host of its own', () => {
  test.use({ own: {} });

  // L5, contract.md 1.1 (31429): five wrong passwords lock; then even the right one has to wait.
  test('five wrong passwords lock the account', async ({ signIn }) => {
    await signIn.open();
    for (let times = 0; times < 5; times += 1) {
      await signIn.send('solo', `wrong ${times}`);
      await expect(signIn.failure).toBeVisible();
      await expect(signIn.password).toHaveValue('');
    }
    // Where the time is known, the button counts it down and has another name.
    if (await signIn.submit.isVisible()) await signIn.send('solo');
    await expect(signIn.failure).toContainText(/too many attempts|wait|try again in/i);
    await expect(signIn.heading).toBeVisible();
  });
});

test.describe('on a slow host', () => {
  test.use({ own: { delayMs: 700 } });

  // L2: pressing twice, by key and by mouse, posts once.
  test('never posts twice', async ({ site, page, signIn, organizations }) => {
    await signIn.open();
    await site.resetCalls();
    await signIn.account.fill('morgan');
    await signIn.password.fill('portal');
    await signIn.submit.evaluate((button: HTMLButtonElement) => {
      button.click();
      button.click();
      button.form?.requestSubmit();
    });
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: 'Signing in' }).or(signIn.submit)).toBeDisabled();
    await expect(organizations.heading).toBeVisible();
    expect((await site.calls())['Log In']).toBe(1);
  });
});

// L6: four different texts, the typed account survives, and the form can be sent again.
test.describe('when the service cannot answer', () => {
  test.use({ own: { delayMs: 0 } });

  test('network, time-out, failure and a stranger are told apart', async ({ page, context, signIn, guard }) => {
    guard.allow(/net::ERR_/, /Failed to fetch/);
    const told = new Map<string, string>();
    const note = async (what: string) => {
      await expect(signIn.failure).toBeVisible();
      told.set(what, await signIn.failure.innerText());
      await expect(signIn.account).not.toHaveValue('');
      await expect(signIn.submit).toBeEnabled();
    };

    await signIn.open();
    await context.setOffline(true);
    await signIn.send('morgan');
    await note('network');
    await context.setOffline(false);

    await signIn.open();
    await signIn.send('login500');
    await note('failure');

    await signIn.open();
    await signIn.send('html');
    await note('stranger');
    await expectAccessible(page);

    await page.clock.install();
    await signIn.open();
    await page.route('**/app-portal-service/v2.2/login', () => undefined);
    await signIn.send('morgan');
    // The longest that anybody waits.
    await page.clock.fastForward('02:00');
    await note('time-out');

    expect(new Set(told.values()).size, JSON.stringify([...told])).toBe(4);
  });

  test('a bad gateway is a failure, whatever HTML it sends', async ({ signIn }) => {
    await signIn.open();
    await signIn.send('gateway');
    await expect(signIn.failure).toBeVisible();
    expect(await signIn.failure.innerText()).not.toMatch(/<|html/i);
  });

  test('the next try works', async ({ context, signIn, organizations, guard }) => {
    guard.allow(/net::ERR_/, /Failed to fetch/);
    await signIn.open();
    await context.setOffline(true);
    await signIn.send('morgan');
    await expect(signIn.failure).toBeVisible();
    await context.setOffline(false);
    await signIn.send('morgan');
    await expect(organizations.heading).toBeVisible();
  });
});

// L12
test('after sign-in the person lands on the deep link asked for', async ({ page, signIn, launcher }) => {
  await page.goto('./?q=o&category=21');
  await expect(signIn.heading).toBeVisible();
  await expect(page).toHaveURL(/\/login\?next=/);
  await signIn.send('solo');
  await expect(launcher.heading).toBeVisible();
  await expect(page).toHaveURL(/[?&]q=o(&|$)/);
  await expect(page).toHaveURL(/[?&]category=21(&|$)/);
  await expect(launcher.search).toHaveValue('o');
});

// L14
test('who is signed in sees no form', async ({ page, signIn, launcher }) => {
  await signIn.as('solo');
  await expect(launcher.heading).toBeVisible();
  await page.goto('./login');
  await expect(launcher.heading).toBeVisible();
  await expect(page.getByRole('banner')).toContainText(organization.few);
  await expect(signIn.heading).toBeHidden();
});
