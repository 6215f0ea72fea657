// Measures the launcher beside a page without any framework, in one run (performance.md):
//   node bench/run.mjs [--rounds 5] [--sizes 30,300,3000,10000] [--peers portal,blocks,all] [--throttled] [--json file]
// Every peer once per round, medians; only ratios within a run mean anything. --throttled: CPU/4 and a slow 4G network.
import { chromium } from '@playwright/test';
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { browser as chromiumOptions } from '../support/host.mjs';
import { applications, startHost } from './host.mjs';
import { probe } from './probe.mjs';

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    sizes: { type: 'string', default: '30,300,3000,10000' },
    peers: { type: 'string', default: 'portal,blocks,all' },
    throttled: { type: 'boolean', default: false },
    json: { type: 'string' },
  },
});
const rounds = Number(options.rounds);
const sizes = options.sizes.split(',').map(Number);
const peers = options.peers.split(',');
/** @type {Record<string, string>} */
const addresses = { portal: '', blocks: 'bench/blocks.html', all: 'bench/all.html' };

/** Ten letters typed and taken back, one by one. */
const query = 'monitor 00';

/**
 * @typedef {{ paint: number, tiles: number, median: number, worst: number, category: number, slowest: number,
 *   scroll: number, memory: number, shift: number }} Figures
 */

/** @param {number[]} values */
const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
};

/** Private memory of the page's renderer in MB, where the system tells. @param {import('@playwright/test').Browser} chrome */
async function memory(chrome) {
  try {
    const session = await chrome.newBrowserCDPSession();
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    await session.detach();
    const all = processInfo
      .filter(({ type }) => type === 'renderer')
      .map(({ id }) => {
        const text = readFileSync(`/proc/${id}/smaps_rollup`, 'utf8');
        return [...text.matchAll(/^Private_(?:Clean|Dirty):\s+(\d+)/gm)].reduce((sum, [, kilobytes]) => sum + Number(kilobytes), 0) / 1024;
      });
    return Math.max(...all);
  } catch {
    return Number.NaN;
  }
}

/** @param {string} text @param {number} count */
const matches = (text, count) => {
  const words = text.toLowerCase().split(' ').filter(Boolean);
  return applications(count).filter(({ nameJson, code }) => {
    const key = [...Object.values(nameJson), code].join('\n').toLowerCase();
    return words.every((word) => key.includes(word));
  }).length;
};

const host = await startHost();
const { executablePath, chromiumSandbox, args } = chromiumOptions();
const launch = () => chromium.launch({ chromiumSandbox, args, ...(executablePath === undefined ? {} : { executablePath }) });

/** @typedef {{ id: string, text: string }} StoredSession */

/** Signs in once through the portal's own form and takes the session that it stores. @returns {Promise<StoredSession>} */
async function signIn() {
  const chrome = await launch();
  const page = await chrome.newPage();
  await page.goto(`${host.url}login`);
  await page.getByRole('textbox', { name: 'Account', exact: true }).fill('bench');
  await page.getByRole('textbox', { name: 'Password', exact: true }).fill('bench');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('heading', { name: 'Applications', exact: true }).waitFor();
  const { session } = JSON.parse(await page.evaluate(() => Reflect.get(globalThis, '__portal').store.call('snapshot', '{}')));
  await chrome.close();
  return session;
}

const storeScript = readFileSync(new URL('../../public/session-store.js', import.meta.url), 'utf8');

/** Stores the session as another tab would have, without asking the host for anything. @param {import('@playwright/test').BrowserContext} context @param {StoredSession} session */
async function seed(context, session) {
  const page = await context.newPage();
  await page.route('**/*', (route) => route.fulfill({ contentType: 'text/html', body: '' }));
  await page.goto(`${host.url}seed`);
  await page.evaluate(storeScript);
  await page.evaluate(
    (text) => Reflect.get(globalThis, 'openSessionStore')('/').call('save', text),
    JSON.stringify({ ...session, supersede: false }),
  );
  await page.close();
}

/** One cold load and one round of work. @param {string} peer @param {number} count @param {StoredSession} session @returns {Promise<Figures>} */
async function measure(peer, count, session) {
  const chrome = await launch();
  try {
    const context = await chrome.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-US' });
    await seed(context, session);
    const page = await context.newPage();
    await page.addInitScript(probe, { id: session.id, token: JSON.parse(session.text).access });
    const tools = await context.newCDPSession(page);
    if (options.throttled) {
      await tools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
      await tools.send('Network.enable');
      const throughput = (1.44 * 1_000_000) / 8;
      await tools.send('Network.emulateNetworkConditions', { offline: false, latency: 562, downloadThroughput: throughput, uploadThroughput: throughput });
    }
    /** @param {string} name @returns {Promise<number>} */
    const value = (name) => page.evaluate((key) => Reflect.get(Reflect.get(globalThis, '__bench'), key), name);
    /** @param {string} name */
    const positive = async (name) => {
      await page.waitForFunction((key) => Reflect.get(Reflect.get(globalThis, '__bench'), key) > 0, name, { timeout: 60_000 });
      return value(name);
    };
    /** @param {string} type @param {number} expected @param {() => Promise<unknown>} act */
    const timed = async (type, expected, act) => {
      await page.evaluate(([event, number]) => Reflect.get(globalThis, '__bench').arm(event, number), /** @type {const} */ ([type, expected]));
      await act();
      return positive('press');
    };

    await page.goto(host.url + (addresses[peer] ?? ''), { waitUntil: 'commit' });
    const tiles = await positive('tiles');
    const shown = await page.evaluate(() => Reflect.get(globalThis, '__bench').shown());
    if (shown !== count) throw new Error(`${peer} shows ${shown} of ${count} applications: the run is void`);
    const paint = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN);
    await page.waitForTimeout(300);
    const used = await memory(chrome);

    const box = page.getByRole('searchbox', { name: 'Search applications' });
    await box.focus();
    const presses = [];
    for (let length = 1; length <= query.length; length += 1) {
      const expected = matches(query.slice(0, length), count);
      presses.push(await timed('keydown', expected, () => page.keyboard.press(query[length - 1] === ' ' ? 'Space' : (query[length - 1] ?? 'a'))));
    }
    for (let length = query.length - 1; length >= 0; length -= 1) {
      presses.push(await timed('keydown', matches(query.slice(0, length), count), () => page.keyboard.press('Backspace')));
    }
    const chip = page.getByRole('group', { name: 'Category' }).getByRole('button').nth(3);
    const members = Number(((await chip.innerText()).match(/[\d,]+\s*$/)?.[0] ?? '0').replace(/,/g, ''));
    const category = await timed('click', members, () => chip.click());
    await timed('click', count, () => chip.click());
    await page.waitForTimeout(200);
    const scroll = await page.evaluate(() => Reflect.get(globalThis, '__bench').scroll(2000));
    await page.waitForTimeout(200);
    return {
      paint, tiles, category, scroll,
      median: median(presses),
      worst: Math.max(...presses),
      slowest: await value('slowest'),
      memory: used,
      shift: await value('shifts'),
    };
  } finally {
    await chrome.close();
  }
}

const columns = /** @type {const} */ (['paint', 'tiles', 'median', 'worst', 'category', 'slowest', 'scroll', 'memory', 'shift']);
const heads = ['first paint', 'tiles', 'key median', 'key worst', 'category', 'INP', 'late frames %', 'memory MB', 'shift'];

/** @param {string[][]} rows */
const print = (rows) => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  for (const row of rows) console.log(row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  '));
};

/** @type {Record<string, Record<string, Figures>>} */
const results = {};
try {
  host.size(30);
  const session = await signIn();
  for (const count of sizes) {
    host.size(count);
    /** @type {Record<string, Figures[]>} */
    const runs = Object.fromEntries(peers.map((peer) => [peer, []]));
    for (let round = 0; round < rounds; round += 1) {
      for (const peer of peers) runs[peer]?.push(await measure(peer, count, session));
      process.stderr.write(`${count} applications, round ${round + 1} of ${rounds}\n`);
    }
    const medians = /** @type {Record<string, Figures>} */ (
      Object.fromEntries(peers.map((peer) => [peer, Object.fromEntries(columns.map((column) => [column, median((runs[peer] ?? []).map((run) => run[column]))]))]))
    );
    results[count] = medians;
    console.log(`\n${count.toLocaleString('en-US')} applications${options.throttled ? ', CPU/4 and slow 4G' : ''}, medians of ${rounds}, ms unless named`);
    const rows = [['', ...heads], ...peers.map((peer) => [peer, ...columns.map((column) => (medians[peer]?.[column] ?? Number.NaN).toFixed(column === 'shift' ? 3 : column === 'scroll' ? 1 : 0))])];
    const own = medians.portal;
    for (const peer of peers.filter((one) => one !== 'portal' && own !== undefined)) {
      rows.push([`portal / ${peer}`, ...columns.map((column) => ((own?.[column] ?? Number.NaN) / (medians[peer]?.[column] ?? Number.NaN)).toFixed(2))]);
    }
    print(rows);
  }
} finally {
  await host.stop();
}
if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(results, null, 2)}\n`);
