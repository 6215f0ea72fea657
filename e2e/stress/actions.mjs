// What people and browsers do with tabs, one at a time at random.
import { sleep } from './random.mjs';
import { openFirst } from './screen.mjs';

/** @typedef {import('./session.mjs').Session} Session */
/** @typedef {import('./browsers.mjs').Tab} Tab */
/** `alone`: nothing else is done with the tab meanwhile. @typedef {{ name: string, weight: number, chromium?: true, alone?: true, act: (session: Session, tab: Tab) => Promise<unknown> }} Action */

/** @param {Session} session @param {Tab} tab */
const reload = (session, tab) => {
  session.noteLeaving();
  return tab.reload();
};

/** @type {Action[]} */
export const actions = [
  { name: 'reload', weight: 6, act: reload },
  {
    name: 'reload twice',
    weight: 3,
    act: async (session, tab) => {
      void reload(session, tab);
      await sleep(session.random.between(100, 1_500));
      await reload(session, tab);
    },
  },
  { name: 'open an application', weight: 3, act: (_, tab) => tab.run(openFirst, undefined) },
  {
    name: 'go elsewhere and back',
    weight: 2,
    act: async (session, tab) => {
      session.noteLeaving();
      await tab.goTo(session.service.elsewhere);
      await sleep(session.random.between(0, 2_000));
      await tab.back();
    },
  },
  {
    name: 'close, and open another',
    weight: 2,
    alone: true,
    act: async (session, tab) => {
      await session.close(tab);
      await session.open();
    },
  },
  {
    name: 'duplicate, and close the first',
    weight: 1,
    alone: true,
    act: async (session, tab) => {
      const copy = await session.browser.duplicate(tab, session.service.url);
      if (copy === undefined) return;
      session.tabs.push(copy);
      await session.close(tab);
    },
  },
  { name: 'come to the front', weight: 1, act: (_, tab) => tab.front() },
  { name: 'stall', weight: 2, act: (_, tab) => tab.stall(2_500) },
  { name: 'freeze', weight: 2, chromium: true, alone: true, act: (session, tab) => tab.freeze(session.random.between(1_000, 6_000)) },
  {
    name: 'crash',
    weight: 1,
    chromium: true,
    alone: true,
    act: (session, tab) => {
      session.noteLeaving();
      return tab.crash(session.random.between(200, 2_000));
    },
  },
  {
    name: 'slow processor',
    weight: 1,
    chromium: true,
    act: async (session, tab) => {
      await tab.slow(6);
      await sleep(session.random.between(1_000, 4_000));
      await tab.slow(1);
    },
  },
];

/** Tabs that something is done with alone. @type {WeakSet<Tab>} */
const taken = new WeakSet();

/** A random action on a random tab. @param {Session} session @returns {Promise<unknown>} its end */
export function actAtRandom(session) {
  const possible = actions.filter(({ chromium }) => !chromium || session.browser.name === 'chromium');
  const { name, alone, act } = session.random.pick(possible.flatMap((action) => Array.from({ length: action.weight }, () => action)));
  const tab = session.random.pick(session.tabs);
  if (taken.has(tab)) return Promise.resolve();
  session.service.note(`tab ${session.tabs.indexOf(tab)}: ${name}`);
  if (alone) taken.add(tab);
  return act(session, tab)
    .catch(() => undefined)
    .finally(() => alone && taken.delete(tab));
}
