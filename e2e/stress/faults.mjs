// A refresh whose reply is lost, never comes, or comes after twelve seconds, with eight tabs that want it.
import { sleep } from './random.mjs';
import { openFirst } from './screen.mjs';

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
 * One tab refreshes, the others are loaded again meanwhile.
 * @param {Session} session
 * @param {import('./service.mjs').RefreshMode} mode how that refresh is answered
 * @param {{ alsoTheFirst: boolean, limit: number }} how whether the tab that refreshes is loaded again, too; how long the tabs have to come to rest
 * @returns {Promise<Outcome>}
 */
export async function refreshThatFails(session, mode, { alsoTheFirst, limit }) {
  const { random, service } = session;
  const [first, ...others] = session.tabs;
  const before = { ...service.counters };
  await sleep(Math.max(0, service.families.lastEnds - Date.now() + 200));
  service.mode = mode;
  service.note(`--- a refresh is answered: ${mode}`);
  await first?.run(openFirst, undefined);
  for (let left = 100; left > 0 && service.counters.refreshes === before.refreshes; left -= 1) await sleep(100);
  // It is only this refresh.
  if (mode !== 'lost') service.mode = 'usual';
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
