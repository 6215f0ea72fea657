// A refresh whose reply is lost, never comes, or comes after twelve seconds, with eight tabs that want it.
import { sleep } from './random.mjs';
import { openFirst } from './screen.mjs';
import { explains } from './session.mjs';

/** @typedef {import('./session.mjs').Session} Session */
/**
 * @typedef {object} Outcome
 * @property {number} reused refresh tokens that were used twice
 * @property {number} refreshes
 * @property {import('./session.mjs').Rest[]} rest where the tabs came to rest
 * @property {string[]} words what sign-in says
 * @property {number} signIns how often somebody had to sign in until all tabs were back
 * @property {boolean} back whether all tabs came back
 */

/**
 * How each fault is played: whether the tab that refreshes is loaded again, too, and how long the tabs have until they
 * are at rest. A page waits half a minute for a reply.
 * @type {Record<Exclude<import('./service.mjs').RefreshMode, 'usual'>, { alsoTheFirst: boolean, limit: number }>}
 */
export const faults = {
  lost: { alsoTheFirst: false, limit: 60_000 },
  reset: { alsoTheFirst: false, limit: 60_000 },
  silent: { alsoTheFirst: false, limit: 100_000 },
  late: { alsoTheFirst: false, limit: 60_000 },
};

/**
 * One tab refreshes, the others are loaded again meanwhile.
 * @param {Session} session
 * @param {keyof typeof faults} mode how that refresh is answered
 * @returns {Promise<Outcome>}
 */
export async function refreshThatFails(session, mode) {
  const { alsoTheFirst, limit } = faults[mode];
  const { random, service } = session;
  const [first, ...others] = session.tabs;
  const before = { ...service.counters };
  await sleep(Math.max(0, service.families.lastEnds - Date.now() + 200));
  service.mode = mode;
  service.note(`--- a refresh is answered: ${mode}`);
  await first?.run(openFirst, undefined);
  for (let left = 100; left > 0 && service.counters.refreshes === before.refreshes; left -= 1) await sleep(100);
  // It is only this refresh.
  if (mode === 'silent' || mode === 'late') service.mode = 'usual';
  const reloads = (alsoTheFirst ? session.tabs : others).map(async (tab) => {
    await sleep(random.between(300, 8_000));
    session.noteLeaving();
    await tab.reload();
  });
  await Promise.all(reloads);
  const rest = await session.settle(limit);
  const refreshes = service.counters.refreshes - before.refreshes;
  const words = await session.words();
  const logIns = service.counters.logIns;
  const back = rest.every((one) => one === 'launcher') || (await session.recover());
  return { reused: service.counters.reused - before.reused, refreshes, rest, words, signIns: service.counters.logIns - logIns, back };
}

/**
 * What is against the rule: a reply that comes late is used; one that never comes costs one sign-in, which says why.
 * @param {Outcome} outcome @param {keyof typeof faults} mode @returns {string[]}
 */
export function brokenBy({ reused, refreshes, rest, words, signIns, back }, mode) {
  const against = [];
  // The second one is the browser's: no page can keep it from that.
  if (reused > (mode === 'reset' ? 1 : 0)) against.push(`${reused} refresh tokens were used twice`);
  if (!back) against.push('not all tabs came back');
  if (rest.includes('stuck')) against.push(`the tabs are at ${rest.join(' ')}`);
  if (mode === 'late') {
    if (rest.some((one) => one !== 'launcher')) against.push(`the reply came, yet the tabs are at ${rest.join(' ')}`);
    if (signIns > 0) against.push('a sign-in was needed');
    return against;
  }
  if (refreshes > 1) against.push(`${refreshes} refreshes without a sign-in`);
  if (signIns !== 1) against.push(`${signIns} sign-ins were needed`);
  if (!words.some((text) => explains.test(text))) against.push(`sign-in does not say why: ${words[0] ?? ''}`);
  return against;
}
