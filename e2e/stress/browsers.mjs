// The browsers of the stress test, with tabs as people have them: one is in view, the others are in the background and
// have processes of their own. One adapter serves both; what only Chromium can do is marked.
import { existsSync } from 'node:fs';

import puppeteer from 'puppeteer-core';

import { browser as chromium } from '../support/host.mjs';
import { sleep } from './random.mjs';

/** @typedef {'chromium' | 'firefox'} BrowserName */
/** @typedef {import('puppeteer-core').Page} Page */
/** What the pages do without: a service worker, Web Locks. @typedef {{ worker: boolean, locks: boolean }} Abilities */

/** What keeps background tabs awake is what test drivers add; people's browsers throttle them. */
const throttling = ['--disable-background-timer-throttling', '--disable-backgrounding-occluded-windows', '--disable-renderer-backgrounding'];

/** Firefox, if it is there: FIREFOX names another. @returns {string | undefined} */
export const firefox = () => [process.env.FIREFOX, '/usr/bin/firefox-esr', '/usr/bin/firefox'].find((path) => path && existsSync(path));

/** @param {BrowserName} name */
function launch(name) {
  if (name === 'firefox') {
    const executablePath = firefox();
    if (executablePath === undefined) throw new Error('no Firefox: apt-get install firefox-esr, or name one in FIREFOX');
    return puppeteer.launch({ browser: 'firefox', executablePath, headless: true, defaultViewport: null });
  }
  const { executablePath, chromiumSandbox, args } = chromium();
  const all = [...args, ...(chromiumSandbox ? [] : ['--no-sandbox'])];
  const place = executablePath === undefined ? { channel: /** @type {const} */ ('chrome') } : { executablePath };
  return puppeteer.launch({ browser: 'chrome', ...place, headless: true, defaultViewport: null, args: all, ignoreDefaultArgs: throttling });
}

export class Browser {
  /** @param {BrowserName} name @param {Abilities} abilities @param {import('puppeteer-core').Browser} browser */
  constructor(name, abilities, browser) {
    this.name = name;
    this.abilities = abilities;
    this.browser = browser;
  }

  /** @param {BrowserName} name @param {Abilities} abilities */
  static async start(name, abilities) {
    return new Browser(name, abilities, await launch(name));
  }

  /** @param {string} url */
  async open(url) {
    return this.#tab(await this.browser.newPage(), url);
  }

  /**
   * A tab that takes over the session storage of another, as the browser's own "Duplicate" does.
   * @param {Tab} tab @param {string} url
   */
  async duplicate(tab, url) {
    /** @type {Promise<import('puppeteer-core').Target>} */
    const created = new Promise((done) => this.browser.once('targetcreated', done));
    await tab.run(() => void window.open('about:blank'), undefined);
    const target = await Promise.race([created, sleep(3_000)]);
    const page = await target?.page();
    return page ? this.#tab(page, url) : undefined;
  }

  /** @param {Page} page @param {string} url */
  async #tab(page, url) {
    await page.evaluateOnNewDocument((/** @type {Abilities} */ { worker, locks }) => {
      if (!worker) Reflect.deleteProperty(Navigator.prototype, 'serviceWorker');
      if (!locks) Reflect.deleteProperty(Navigator.prototype, 'locks');
    }, this.abilities);
    const tab = new Tab(page, this.name === 'chromium');
    await tab.goTo(url);
    return tab;
  }

  /** How many processes pages have; Firefox does not tell. @returns {Promise<number | undefined>} */
  async processes() {
    if (this.name === 'firefox') return undefined;
    const session = await this.browser.target().createCDPSession();
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    await session.detach();
    return processInfo.filter(({ type }) => type === 'renderer').length;
  }

  close() {
    return this.browser.close();
  }
}

/** A step that a later one may overtake: that is no failure. @param {Promise<unknown>} step @param {number} [limit] */
const begun = (step, limit = 3_000) => Promise.race([step.catch(() => undefined), sleep(limit)]).then(() => undefined);

export class Tab {
  /** @param {Page} page @param {boolean} isChromium */
  constructor(page, isChromium) {
    this.page = page;
    this.isChromium = isChromium;
    // A crash is an event that somebody has to listen to.
    page.on('error', () => undefined);
  }

  /** Runs a function in the page; `undefined` where the page is on its way elsewhere, frozen or gone.
   * @template Given, Result
   * @param {(given: Given) => Result | Promise<Result>} does @param {Given} given @param {number} [limit]
   * @returns {Promise<Awaited<Result> | undefined>}
   */
  run(does, given, limit = 3_000) {
    const asked = /** @type {Promise<Awaited<Result>>} */ (this.page.evaluate(/** @type {never} */ (does), given));
    return Promise.race([asked.catch(() => undefined), sleep(limit).then(() => undefined)]);
  }

  /** Waits until a function of the page says yes.
   * @template Given
   * @param {(given: Given) => boolean} does @param {Given} given @param {number} [limit] @returns {Promise<boolean>}
   */
  async until(does, given, limit = 20_000) {
    for (const end = Date.now() + limit; Date.now() < end; await sleep(40)) {
      if (await this.run(does, given)) return true;
    }
    return false;
  }

  /** @param {string} url */
  goTo(url) {
    return begun(this.page.goto(url, { waitUntil: 'domcontentloaded', timeout: 10_000 }));
  }

  reload() {
    return begun(this.page.reload({ waitUntil: 'domcontentloaded', timeout: 10_000 }));
  }

  /** One step back; the driver's own way fails where the page goes on meanwhile. */
  back() {
    return this.run(() => history.back(), undefined);
  }

  front() {
    return begun(this.page.bringToFront());
  }

  close() {
    return begun(this.page.close({ runBeforeUnload: false }));
  }

  /** The page's one thread does nothing else for so long. @param {number} milliseconds */
  stall(milliseconds) {
    return this.run((wait) => {
      for (const end = Date.now() + wait; Date.now() < end; );
    }, milliseconds, milliseconds + 5_000);
  }

  /** Chromium: timers, messages and replies stand still; the page is in the background. @param {number} milliseconds */
  async freeze(milliseconds) {
    const session = await this.page.createCDPSession();
    await begun(session.send('Page.setWebLifecycleState', { state: 'frozen' }));
    await sleep(milliseconds);
    await begun(session.send('Page.setWebLifecycleState', { state: 'active' }));
    await begun(session.detach());
  }

  /**
   * Chromium: the process of the tab ends at once, as when the browser discards it; it loads when it is looked at again.
   * Discarding proper (chrome://discards) spares tabs that a driver is attached to.
   * @param {number} milliseconds
   */
  async crash(milliseconds) {
    const session = await this.page.createCDPSession();
    await begun(session.send('Page.crash'), 200);
    await sleep(milliseconds);
    await this.reload();
  }

  /** Chromium: a slow processor, or the real one with 1. @param {number} rate */
  slow(rate) {
    return begun(this.page.emulateCPUThrottling(rate));
  }
}
