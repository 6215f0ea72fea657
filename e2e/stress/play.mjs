// Many rounds in a row, their sum, and the rule that it is held against.
import { round } from './rounds.mjs';

/** @typedef {import('./browsers.mjs').Abilities} Abilities */
/** @typedef {import('./rounds.mjs').Kind} Kind */
/**
 * @typedef {object} Result
 * @property {number} rounds
 * @property {number} signOuts rounds in which somebody was signed out who had not asked for it
 * @property {number} reused refresh tokens that were used twice
 * @property {number} revoked families that ended by it
 * @property {number} refreshes
 * @property {number} leftInRefresh pages that were left while a refresh was on its way
 * @property {number} lost pairs of a refresh that no page came to use
 * @property {number} stuck
 * @property {string[]} problems
 */

/** What the pages of each variant have. @type {Record<string, Abilities>} */
export const variants = {
  full: { worker: true, locks: true },
  'no-locks': { worker: true, locks: false },
  'no-worker': { worker: false, locks: true },
  neither: { worker: false, locks: false },
};

/**
 * So many rounds of these kinds. Most load pages again: that is where pairs get lost.
 * @param {number} rounds @param {readonly Kind[]} kinds @returns {Kind[]}
 */
export function sequence(rounds, kinds) {
  /** @type {Kind[]} */
  const usual = ['reload', 'random', 'reload', 'random', 'switch', 'reload', 'random', 'sign out'];
  const order = usual.filter((kind) => kinds.includes(kind));
  return Array.from({ length: rounds }, (_, number) => order[number % order.length] ?? 'reload');
}

/**
 * @param {import('./session.mjs').Session} session @param {readonly Kind[]} rounds @param {(line: string) => void} say
 * @returns {Promise<Result>}
 */
export async function play(session, rounds, say) {
  const { counters } = session.service;
  const before = { ...counters };
  const left = session.leftInRefresh;
  const { lost } = session.service.families;
  /** @type {Result} */
  const result = { rounds: 0, signOuts: 0, reused: 0, revoked: 0, refreshes: 0, leftInRefresh: 0, lost: 0, stuck: 0, problems: [] };
  for (const [number, kind] of rounds.entries()) {
    const begun = Date.now();
    const found = await round(session, kind);
    result.rounds += 1;
    result.signOuts += Number(found.signedOut);
    result.reused += found.reused;
    result.stuck += found.stuck;
    const problems = [...found.problems, ...(found.signIns > 1 ? [`${found.signIns} sign-ins were needed`] : [])];
    result.problems.push(...problems.map((line) => `round ${number} (${kind}): ${line}`));
    const bad = found.signedOut || found.reused > 0 || found.stuck > 0 || problems.length > 0;
    if (bad) {
      const { signedOut, reused, revoked, lost, stuck } = found;
      say(`  round ${number} (${kind}, ${Date.now() - begun} ms): ${JSON.stringify({ signedOut, reused, revoked, lost, stuck })} ${problems.join('; ')}`);
    }
  }
  result.revoked = counters.revoked - before.revoked;
  result.refreshes = counters.refreshes - before.refreshes;
  result.lost = session.service.families.lost - lost;
  result.leftInRefresh = session.leftInRefresh - left;
  return result;
}

/**
 * What is against the rule. With a service worker nobody is ever signed out. Without one, a page that is left during a
 * refresh takes the reply with it: then one sign-in is needed, which says why, and no token is used twice.
 * @param {Result} result @param {Abilities} abilities @returns {string[]}
 */
export function broken(result, abilities) {
  const against = [...result.problems];
  if (result.reused > 0) against.push(`${result.reused} refresh tokens were used twice`);
  if (result.stuck > 0) against.push(`${result.stuck} tabs came to no rest`);
  if (result.signOuts > 0 && abilities.worker) against.push(`${result.signOuts} sign-outs that nobody had asked for`);
  return against;
}
