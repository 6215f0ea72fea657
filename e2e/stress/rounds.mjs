// The rounds of the stress test. Each ends with all tabs at rest, and says what it found.
import { actAtRandom } from './actions.mjs';
import { sleep } from './random.mjs';
import { leftovers, look, press, signedOutAt, watchForSignIn } from './screen.mjs';
import { organizations } from './service.mjs';
import { explains } from './session.mjs';

/** @typedef {import('./session.mjs').Session} Session */
/** @typedef {'reload' | 'random' | 'switch' | 'sign out'} Kind */
/** @type {readonly Kind[]} */
export const kinds = ['reload', 'random', 'switch', 'sign out'];
/**
 * @typedef {object} Found
 * @property {Kind} kind
 * @property {boolean} signedOut a tab was signed out, and nobody had asked for it
 * @property {number} reused refresh tokens that were used twice
 * @property {number} revoked families that ended by it
 * @property {number} lost pairs of a refresh that no page came to use
 * @property {number} stuck tabs that came to no rest
 * @property {number} signIns how often somebody had to sign in again
 * @property {string[]} problems what else is wrong
 */

/** After a switch all tabs come to the same organization; one that was being loaded asks the service first. @param {Session} session */
async function sameOrganization(session) {
  let names = new Set(['none']);
  for (const end = Date.now() + 10_000; Date.now() < end; await sleep(500)) {
    await session.settle(10_000);
    const looks = await Promise.all(session.tabs.map((tab) => tab.run(look, undefined)));
    names = new Set(looks.map((one) => organizations.find(({ name }) => one?.organization.includes(name))?.name ?? one?.screen ?? 'none'));
    if (names.size === 1) return [];
  }
  return [`the tabs work in ${[...names].join(' and ')}`];
}

/** Waits until the access token is about to end, or has just ended. @param {Session} session */
const untilTheEnd = ({ random, service }) => sleep(Math.max(0, service.families.lastEnds - Date.now() + random.between(-1_000, 1_500)));

/** Access tokens end, and all tabs are loaded again at about the same time; some once more. @param {Session} session */
async function reloadTogether(session) {
  const { random } = session;
  await untilTheEnd(session);
  const all = random.shuffled(session.tabs).map(async (tab) => {
    await sleep(random.between(0, 400));
    for (let times = random.pick([1, 1, 2, 2, 3]); times > 0; times -= 1) {
      session.noteLeaving();
      void tab.reload();
      await sleep(random.between(150, 1_800));
    }
  });
  await Promise.all(all);
  return [];
}

/** A dozen actions around the end of access tokens. @param {Session} session */
async function actRandomly(session) {
  const running = [];
  for (let left = 12; left > 0; left -= 1) {
    await sleep(session.random.between(0, 700));
    running.push(actAtRandom(session));
  }
  await Promise.all(running);
  return [];
}

/** One tab switches the organization while others are loaded again and refresh. @param {Session} session */
async function switchOrganization(session) {
  const { random } = session;
  const [one, ...others] = random.shuffled(session.tabs);
  if (one === undefined) return [];
  await untilTheEnd(session);
  const now = await one.run(look, undefined);
  const to = now?.organization.includes('Alpha Wind') ? 'Beta Solar' : 'Alpha Wind';
  const reloads = others.map(async (tab) => {
    await sleep(random.between(0, 3_000));
    session.noteLeaving();
    await tab.reload();
  });
  // Another tab may switch everything back or be faster: whether the way can be gone to its end is not asked here.
  await one.until(press, 'Account menu', 3_000);
  await one.until(press, 'Switch organization', 3_000);
  await one.until(press, to, 8_000);
  await Promise.all(reloads);
  // The others hear of it once the service has answered.
  const arrived = (/** @type {string} */ name) => location.pathname === '/' && (document.querySelector('header')?.textContent ?? '').includes(name);
  await one.until(arrived, to, 8_000);
  await sleep(1_000);
  return [];
}

/** One tab signs out: all are at sign-in within a second, and nothing is left. @param {Session} session */
async function signOut(session) {
  const one = session.random.pick(session.tabs);
  const asked = Date.now();
  await Promise.all(session.tabs.map((tab) => tab.run(watchForSignIn, undefined)));
  // What a machine with other work needs to reach all tabs comes on top of the second.
  const limit = 1_000 + 2 * (Date.now() - asked);
  await one.front();
  await one.until(press, 'Account menu', 5_000);
  if (!(await one.until(press, 'Sign out', 5_000))) return ['there was no way to sign out'];
  session.service.note(`tab ${session.tabs.indexOf(one)}: sign out`);
  const pressed = Date.now();
  await sleep(3_000);
  const at = await Promise.all(session.tabs.map(async (tab) => (await tab.run(signedOutAt, undefined)) ?? 0));
  const slowest = Math.max(...at) - pressed;
  const problems = at.some((when) => when === 0) ? ['a tab was not signed out within three seconds'] : [];
  if (problems.length === 0 && slowest > limit) problems.push(`the last tab was signed out after ${slowest} ms, not ${limit}`);
  const left = await Promise.all(session.tabs.map((tab) => tab.run(leftovers, undefined)));
  for (const place of new Set(left.flatMap((places) => places ?? ['a page that did not answer']))) problems.push(`left in ${place}`);
  return problems;
}

/** @type {Record<Kind, (session: Session) => Promise<string[]>>} */
const does = { reload: reloadTogether, random: actRandomly, switch: switchOrganization, 'sign out': signOut };

/** @param {Session} session @param {Kind} kind @returns {Promise<Found>} */
export async function round(session, kind) {
  const { service } = session;
  const before = { ...service.counters };
  const { lost } = service.families;
  service.note(`--- round: ${kind}`);
  const problems = await does[kind](session);
  const rest = await session.settle();
  const count = (/** @type {keyof typeof before} */ name) => service.counters[name] - before[name];
  const wanted = kind === 'sign out';
  const isOut = rest.includes('signIn');
  if (wanted && rest.some((one) => one !== 'signIn')) problems.push(`after the sign-out the tabs are at ${rest.join(' ')}`);
  if (!isOut && !wanted) problems.push(...(kind === 'switch' ? await sameOrganization(session) : []));
  /** @type {Found} */
  const found = {
    kind,
    signedOut: isOut && !wanted,
    reused: count('reused'),
    revoked: count('revoked'),
    lost: service.families.lost - lost,
    stuck: rest.filter((one) => one === 'stuck').length,
    signIns: 0,
    problems,
  };
  if (found.signedOut) {
    const words = await session.words();
    if (!words.some((text) => explains.test(text))) problems.push(`sign-in does not say why: ${words[0] ?? ''}`);
  }
  if (isOut || found.stuck > 0) {
    const signIns = service.counters.logIns;
    if (!(await session.recover())) problems.push('signing in did not bring all tabs back');
    found.signIns = service.counters.logIns - signIns;
  }
  return found;
}
