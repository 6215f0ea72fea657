// A page that moves to another state all the time. Playwright switches off what Chromium has against those who write the
// address too often; here it is as people have it.
import { howMany, organization } from '../support/accounts.ts';
import { browser } from '../support/host.mjs';
import { expect, test } from '../support/test.ts';

const { executablePath, chromiumSandbox, args } = browser();

test.use({
  launchOptions: {
    chromiumSandbox,
    args,
    ...(executablePath === undefined ? {} : { executablePath }),
    ignoreDefaultArgs: ['--disable-ipc-flooding-protection'],
  },
});

test('a page that moves all the time leaves the links of the portal alone', async ({ page, signIn, organizations, launcher, application }) => {
  await signIn.as('morgan');
  await organizations.choose(organization.many);
  await launcher.expectShown(howMany);
  await page.goto('./portal/wake-steering/who_am_i');
  const frame = await application.inside('Who am I');
  await frame.evaluate(() => Promise.all(Array.from({ length: 400 }, (_, n) => portalBridge.setState(String(n)))));
  // The last is written all the same.
  await expect(page).toHaveURL(/state=399$/);
  await application.entry('Set Points').click();
  await expect(page).toHaveURL(/set_points$/);
  await application.inside('Set Points');
});
