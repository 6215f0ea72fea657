// One session over eight tabs, on a service that takes each refresh token once and ends the family of one that is used
// twice. Replies come after 200 to 1,500 ms, and pages are left while a refresh is on its way. `cargo xtask stress` plays
// the same for as long as it is asked to.
import { expect, test } from '@playwright/test';

import { firefox, type BrowserName } from '../stress/browsers.mjs';
import { brokenBy, refreshThatFails } from '../stress/faults.mjs';
import { broken, play, variants } from '../stress/play.mjs';
import type { Kind } from '../stress/rounds.mjs';
import { Session } from '../stress/session.mjs';

const seed = Number(process.env.STRESS_SEED ?? Date.now() % 1_000_000);

/** A session in one of the variants; where something is wrong, the log of the service tells what happened. */
async function withSession(browser: BrowserName, variant: keyof typeof variants, then: (session: Session) => Promise<void>): Promise<void> {
  const abilities = variants[variant];
  if (abilities === undefined) throw new Error(`no variant ${variant}`);
  const session = await Session.start({ browser, abilities, seed, say: (line) => console.log(line) });
  try {
    await then(session);
  } catch (error) {
    console.log(`STRESS_SEED=${seed}\n${session.service.log.join('\n')}`);
    throw error;
  } finally {
    await session.stop();
  }
}

/** Plays some rounds by the rule of the variant. */
const expectNothingBroken = (browser: BrowserName, variant: string, kinds: Kind[]): Promise<void> =>
  withSession(browser, variant, async (session) => {
    const result = await play(session, kinds, (line) => console.log(line));
    expect(result.refreshes, 'the rounds led to refreshes').toBeGreaterThan(0);
    expect(broken(result, session.browser.abilities), `STRESS_SEED=${seed}`).toEqual([]);
  });

// One browser with eight tabs at a time is work enough for a machine.
test.describe.configure({ mode: 'default', timeout: 300_000 });

test('eight tabs that are loaded again together stay signed in', () =>
  expectNothingBroken('chromium', 'full', ['reload', 'random', 'switch', 'sign out']));

test('eight tabs without Web Locks stay signed in', () => expectNothingBroken('chromium', 'no-locks', ['reload']));

test('eight tabs without a service worker use no refresh token twice', () => expectNothingBroken('chromium', 'no-worker', ['reload']));

test('a refresh whose reply is lost costs one sign-in, which says why', () =>
  withSession('chromium', 'full', async (session) => {
    const outcome = await refreshThatFails(session, 'lost');
    expect(brokenBy(outcome, 'lost'), JSON.stringify(outcome)).toEqual([]);
  }));

test('eight tabs in Firefox stay signed in', async () => {
  const missing = firefox() === undefined && process.env.CI === undefined;
  if (missing) console.log('FIREFOX IS NOT INSTALLED: nothing is tested there (apt-get install firefox-esr, or name one in FIREFOX)');
  test.skip(missing, 'Firefox is not installed');
  await expectNothingBroken('firefox', 'full', ['reload']);
});
