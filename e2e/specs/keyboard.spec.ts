// The whole story without a mouse (WCAG 2.1.1), with focus where a person expects it.
import { howMany, organization, story } from '../support/accounts.ts';
import { hasFocus, tabTo } from '../support/keyboard.ts';
import { expect, test } from '../support/test.ts';

test('the whole story by keyboard only', async ({ page, signIn, organizations, launcher, application, accountMenu }) => {
  await page.goto('./');
  await expect(signIn.heading).toBeVisible();
  await tabTo(page, signIn.account);
  await page.keyboard.type('morgan');
  await tabTo(page, signIn.password);
  await page.keyboard.type('portal');
  await page.keyboard.press('Enter');

  await expect(organizations.heading).toBeVisible();
  const choice = organizations.button(organization.many);
  // A list may be one tab stop with arrows inside, or a stop for each.
  const row = page.locator('main li button:focus');
  for (let presses = 0; presses < 40 && !(await hasFocus(choice)); presses += 1) {
    await page.keyboard.press((await row.count()) > 0 ? 'ArrowDown' : 'Tab');
  }
  await expect(choice).toBeFocused();
  await page.keyboard.press('Enter');

  await launcher.expectShown(howMany);
  await page.keyboard.press('/');
  await expect(launcher.search).toBeFocused();
  await page.keyboard.type(story.application);
  await expect(launcher.tile(story.application)).toBeVisible();
  await tabTo(page, launcher.links.first());
  for (let presses = 0; presses < 10 && !(await hasFocus(launcher.tile(story.application))); presses += 1) {
    await page.keyboard.press('ArrowRight');
  }
  await page.keyboard.press('Enter');

  await expect(application.entries.first()).toBeVisible();
  await tabTo(page, application.tree.locator('[tabindex="0"]'));
  await page.keyboard.press('Home');
  for (let presses = 0; presses < 60 && !(await hasFocus(application.entry(story.entry))); presses += 1) {
    const closed = await page.evaluate(() => document.activeElement?.getAttribute('aria-expanded') === 'false');
    await page.keyboard.press(closed ? 'ArrowRight' : 'ArrowDown');
  }
  await expect(application.entry(story.entry)).toBeFocused();
  await page.keyboard.press('Enter');
  expect(await application.frameText(story.entry)).toMatch(story.words);

  // Back, as the banner stands before the menu. Forward leads through the frame and out of the page, into a toolbar that
  // a person has and a driven browser has not.
  await tabTo(page, accountMenu.button, 10, 'Shift+Tab');
  await page.keyboard.press('Enter');
  const out = accountMenu.entry('Sign out');
  await expect(out).toBeVisible();
  for (let presses = 0; presses < 20 && !(await hasFocus(out)); presses += 1) await page.keyboard.press('ArrowDown');
  await tabTo(page, out);
  await page.keyboard.press('Enter');
  await expect(signIn.heading).toBeVisible();
});

test('the skip link comes first and leads to the content', async ({ page, signIn, launcher }) => {
  await signIn.as('solo');
  await expect(launcher.links.first()).toBeVisible();
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.reload();
  await expect(launcher.links.first()).toBeVisible();
  const skip = page.getByRole('link', { name: 'Skip to content' });
  await tabTo(page, skip, 3);
  await expect(skip).toBeVisible();
  await page.keyboard.press('Enter');
  expect(await page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true);
});

test('the account menu takes the focus, closes on Escape and gives it back', async ({ page, signIn, launcher, accountMenu }) => {
  await signIn.as('solo');
  await expect(launcher.links.first()).toBeVisible();
  await accountMenu.button.focus();
  await page.keyboard.press('Enter');
  await expect(accountMenu.entry('Sign out')).toBeVisible();
  await expect(accountMenu.button).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('Escape');
  await expect(accountMenu.entry('Sign out')).toBeHidden();
  await expect(accountMenu.button).toBeFocused();
  await expect(accountMenu.button).toHaveAttribute('aria-expanded', 'false');
});

// S16: after going somewhere the focus is there, and not lost on the body.
test('the focus moves with the page', async ({ page, signIn, organizations, launcher }) => {
  await signIn.as('morgan');
  await organizations.choose(organization.many);
  await launcher.expectShown(howMany);
  const lost = () => page.evaluate(() => document.activeElement === document.body || document.activeElement === null);
  await expect.poll(lost).toBe(false);
  await launcher.tile(story.application).focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/portal\//);
  await expect.poll(lost).toBe(false);
});

// WCAG 2.4.7 and A6: what has the focus shows it.
test('the focus can be seen on every stop of the launcher', async ({ page, signIn, launcher }) => {
  await signIn.as('solo');
  await expect(launcher.links.first()).toBeVisible();
  for (let presses = 0; presses < 25; presses += 1) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      const at = document.activeElement;
      if (at === null || at === document.body) return undefined;
      const within = [at, ...at.querySelectorAll('*'), at.parentElement ?? at];
      const shown = within.some((element) => {
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
        return (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none';
      });
      return { what: `${at.localName} ${at.textContent?.slice(0, 40) ?? ''}`, shown };
    });
    if (stop !== undefined) expect(stop.shown, stop.what).toBe(true);
  }
});
