// One session over many tabs: opens them, waits until they have come to rest, and signs in again after a sign-out.
import { Browser } from './browsers.mjs';
import { random, sleep } from './random.mjs';
import { look, press, signIn } from './screen.mjs';
import { organizations, StressService } from './service.mjs';

/** @typedef {import('./browsers.mjs').Tab} Tab */
/** @typedef {import('./screen.mjs').Look} Look */
/** @typedef {'launcher' | 'signIn' | 'stuck'} Rest where a tab came to rest */
/**
 * @typedef {object} Options
 * @property {import('./browsers.mjs').BrowserName} browser
 * @property {import('./browsers.mjs').Abilities} abilities
 * @property {number} seed
 * @property {number} [tabs]
 * @property {number} [lifetimeMs]
 * @property {(line: string) => void} [say]
 */

/** What sign-in says after a session that nobody wanted to end. */
export const explains = /\byour session\b/i;

/** A new tab may show sign-in for a moment, until another has answered. */
const signInStaysMs = 4_000;
const choiceStaysMs = 5_000;
/** After so long a person loads a page again that does nothing. */
const silenceMs = 10_000;
const credentials = { account: 'kim', password: 'right' };

export class Session {
  /** @type {Tab[]} */
  tabs = [];
  /** Pages that were left while a refresh was on its way: what this test is about. */
  leftInRefresh = 0;

  /** @param {Options} options @param {Browser} browser @param {StressService} service */
  constructor(options, browser, service) {
    this.options = options;
    this.browser = browser;
    this.service = service;
    this.random = random(options.seed);
    this.count = options.tabs ?? 8;
  }

  /** Signs in in one tab and opens the others. @param {Options} options */
  static async start(options) {
    const { seed, browser, abilities, lifetimeMs } = options;
    const service = await StressService.start({ seed: seed + 1, ...(lifetimeMs === undefined ? {} : { lifetimeMs }) });
    const session = new Session(options, await Browser.start(browser, abilities), service);
    try {
      const first = await session.browser.open(`${service.url}login`);
      session.tabs.push(first);
      await session.signIn(first);
      while (session.tabs.length < session.count) await session.open();
      const rest = await session.settle();
      if (rest.some((one) => one !== 'launcher')) throw new Error(`the tabs did not begin at the launcher: ${rest.join(' ')}`);
      return session;
    } catch (error) {
      await session.stop();
      throw error;
    }
  }

  async stop() {
    await this.browser.close().catch(() => undefined);
    await this.service.stop();
  }

  /** What runs here: how many processes the tabs have (Chromium tells), and how many have a service worker. */
  async describe() {
    const registered = (/** @type {undefined} */ _) => navigator.serviceWorker?.getRegistrations().then(({ length }) => length > 0);
    const workers = await Promise.all(this.tabs.map((tab) => tab.run(registered, undefined)));
    const processes = await this.browser.processes();
    const shared = processes === undefined ? '' : ` in ${processes} processes`;
    return `${this.tabs.length} tabs${shared}, ${workers.filter(Boolean).length} with a service worker`;
  }

  /** Another tab. */
  async open() {
    this.tabs.push(await this.browser.open(this.service.url));
  }

  /** Closes a tab. @param {Tab} tab */
  async close(tab) {
    this.noteLeaving();
    this.tabs = this.tabs.filter((one) => one !== tab);
    await tab.close();
  }

  /** A page is about to be left. */
  noteLeaving() {
    if (this.service.refreshing > 0) this.leftInRefresh += 1;
  }

  /** @param {Tab} tab */
  async signIn(tab) {
    if (!(await tab.until(signIn, credentials))) throw new Error('no form to sign in');
    const name = organizations[0]?.name ?? '';
    for (const end = Date.now() + 30_000; Date.now() < end; await sleep(100)) {
      const now = await tab.run(look, undefined);
      // Where it leads is where the tab was.
      if (now?.screen === 'launcher' || now?.screen === 'application') return;
      if (now?.screen === 'choosing') await tab.run(press, name);
    }
    throw new Error('signing in led nowhere');
  }

  /**
   * Waits until each tab shows the launcher, or stays at sign-in; does what a person would do on the way.
   * @param {number} [limit] @returns {Promise<Rest[]>}
   */
  settle(limit = 60_000) {
    return Promise.all(this.tabs.map((tab, index) => this.#rest(tab, index, limit)));
  }

  /** @param {Tab} tab @param {number} index @param {number} limit @returns {Promise<Rest>} */
  async #rest(tab, index, limit) {
    const end = Date.now() + limit;
    let atSignIn = 0;
    let choosing = 0;
    let silentSince = Date.now();
    let last = 'nothing';
    for (; Date.now() < end; await sleep(100)) {
      const now = await tab.run(look, undefined);
      if (now === undefined) {
        if (Date.now() - silentSince > silenceMs) await tab.reload();
        continue;
      }
      silentSince = Date.now();
      if (now.screen === 'launcher') return 'launcher';
      last = `${now.screen}: ${now.said}`;
      if (now.screen !== 'signIn') atSignIn = 0;
      else if (atSignIn === 0) atSignIn = Date.now();
      else if (Date.now() - atSignIn > signInStaysMs) return 'signIn';
      if (now.screen === 'moved') await tab.run(press, 'Go to ');
      // One tab makes the choice; another that shows it, too, follows when it is loaded.
      if (now.screen !== 'choosing') choosing = 0;
      else if (choosing === 0) choosing = Date.now();
      const left = choosing > 0 && Date.now() - choosing > choiceStaysMs;
      // A step back that was overtaken leaves a tab elsewhere.
      if (left || now.screen === 'application' || now.screen === 'elsewhere') await tab.goTo(this.service.url);
      if (now.screen === 'ended') await tab.run(press, 'Sign in');
      if (now.screen === 'failed') {
        await sleep(2_000);
        await tab.run(press, 'Try again');
      }
    }
    this.service.note(`tab ${index} is stuck at ${last}`);
    this.options.say?.(`  tab ${index} is not at rest after ${limit} ms: ${last}`);
    return 'stuck';
  }

  /** What the tabs say that are at sign-in. @returns {Promise<string[]>} */
  async words() {
    const looks = await Promise.all(this.tabs.map((tab) => tab.run(look, undefined)));
    return looks.flatMap((one) => (one?.screen === 'signIn' ? [one.said] : []));
  }

  /** One sign-in brings all tabs back; those that hear nothing are loaded again. @returns {Promise<boolean>} whether they all came back */
  async recover() {
    const looks = await Promise.all(this.tabs.map((tab) => tab.run(look, undefined)));
    const first = this.tabs.find((_, index) => looks[index]?.screen === 'signIn');
    if (first !== undefined) {
      await this.signIn(first);
      await sleep(500);
    }
    const heard = await this.settle(10_000);
    const deaf = this.tabs.filter((_, index) => heard[index] !== 'launcher');
    await Promise.all(deaf.map((tab) => tab.goTo(this.service.url)));
    return deaf.length === 0 || (await this.settle()).every((rest) => rest === 'launcher');
  }
}
