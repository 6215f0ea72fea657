// What people and browsers do with tabs, one at a time at random.
import { sleep } from './random.mjs';
import { openFirst } from './screen.mjs';

/** @typedef {import('./session.mjs').Session} Session */
/** @typedef {import('./browsers.mjs').Tab} Tab */
/** @typedef {{ name: string, weight: number, chromium?: true, act: (session: Session, tab: Tab) => Promise<unknown> }} Action */

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
    act: async (session, tab) => {
      await session.close(tab);
      await session.open();
    },
  },
  {
    name: 'duplicate, and close the first',
    weight: 1,
    act: async (session, tab) => {
      const copy = await session.browser.duplicate(tab, session.service.url);
      if (copy === undefined) return;
      session.tabs.push(copy);
      await session.close(tab);
    },
  },
  { name: 'come to the front', weight: 1, act: (_, tab) => tab.front() },
  { name: 'stall', weight: 2, act: (_, tab) => tab.stall(2_500) },
  { name: 'freeze', weight: 2, chromium: true, act: (session, tab) => tab.freeze(session.random.between(1_000, 6_000)) },
  {
    name: 'crash',
    weight: 1,
    chromium: true,
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

/** A random action on a random tab; gives its name and its end. @param {Session} session */
export function actAtRandom(session) {
  const possible = actions.filter(({ chromium }) => !chromium || session.browser.name === 'chromium');
  const { name, act } = session.random.pick(possible.flatMap((action) => Array.from({ length: action.weight }, () => action)));
  const index = session.random.between(0, session.tabs.length - 1);
  const tab = session.tabs[index];
  if (tab === undefined) return { name, ended: Promise.resolve() };
  session.service.note(`tab ${index}: ${name}`);
  return { name, ended: act(session, tab).catch(() => undefined) };
}
