// The console against services of other versions than the demonstration's.
import { expect, test } from '../support/test.ts';
import { newest, oldest } from '../support/variants.ts';

for (const variant of [newest, oldest]) {
  test(`the console, ${variant.name}`, async ({ page, signIn, organizations, launcher, console, openOn }) => {
    const server = await openOn(variant);
    await signIn.send('kim', 'right');
    await organizations.choose('Alpha Wind');
    await expect(launcher.links.first()).toBeVisible();
    await page.goto(`${server.url}console?operation=get-users-applications`);

    await test.step('a call as the session', async () => {
      await console.sendAndWait("Get User's Applications");
      await expect(console.verdict('Understood: this is a reply of this operation.')).toBeVisible();
      await expect(console.fact('Code')).toContainText(`${variant.success} Success.`);
    });
    await test.step('a token that has ended is renewed on the way', async () => {
      server.expire();
      await console.choose('Get Organization List');
      await console.sendAndWait('Get Organization List');
      await expect(console.verdict('Understood: this is a reply of this operation.')).toBeVisible();
      await expect(console.body).toContainText('Alpha Wind');
    });
    await test.step('a refusal, in whichever family of codes', async () => {
      await console.choose('Get User Domain');
      await console.sendAndWait('Get User Domain');
      await expect(console.verdict('Understood: the service refuses.')).toBeVisible();
      await expect(console.fact('Code')).toContainText(variant.oldCodes ? /\b4\d\d\b/ : /\b314\d\d\b/);
      await expect(console.fact('Code')).toContainText('The documentation names this code for this operation.');
    });
    await test.step('signing in beside it leaves the session alone', async () => {
      await console.choose('Log In');
      await console.fill({ account: 'kim', password: 'right' });
      await console.sendAndWait('Log In');
      await expect(console.body).toContainText('"accessToken": "…"');
      await console.choose('Get Token Information');
      await console.sendAndWait('Get Token Information');
      await expect(console.verdict('Understood: this is a reply of this operation.')).toBeVisible();
      await expect(console.body).toContainText('kim');
    });
  });
}
