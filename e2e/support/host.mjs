// Hosts of the site under test, started on free ports of their own: the native server, and a plain static one.
// JavaScript with types in comments, because the specs (TypeScript) and the scripts (plain node) share it.
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('../../', import.meta.url));

/** @param {string[]} candidates */
const firstThatExists = (candidates) => candidates.find((candidate) => existsSync(candidate)) ?? candidates[0] ?? '';

/** Where the things under test stand; every one can be named by an environment variable. */
export const places = {
  repository,
  site: path.resolve(process.env.PORTAL_SITE ?? path.join(repository, 'dist')),
  staticSite: path.resolve(process.env.PORTAL_STATIC ?? path.join(repository, 'dist-static')),
  server: path.resolve(
    process.env.PORTAL_SERVER ??
      firstThatExists(['release', 'debug'].map((profile) => path.join(repository, 'target', profile, 'portal-server'))),
  ),
};

/** What Chromium needs here: /usr/bin/chromium if there is one, else the one that Playwright installed. */
export const browser = () => {
  const named = process.env.CHROMIUM ?? (existsSync('/usr/bin/chromium') ? '/usr/bin/chromium' : undefined);
  return {
    ...(named === undefined ? {} : { executablePath: named }),
    // The sandbox of Chromium refuses to start as root, as most containers run.
    chromiumSandbox: process.getuid?.() !== 0,
    // A closed network: nothing of the browser's own may look for the world.
    args: ['--disable-quic', '--disable-sync', '--no-first-run', '--disable-gpu', '--disable-component-update'],
  };
};

/** A port that was free a moment ago. @returns {Promise<number>} */
export const freePort = () =>
  new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))));
    });
  });

/** @param {string} file @param {string} hint */
const mustExist = (file, hint) => {
  if (!existsSync(file)) throw new Error(`${file} does not exist. ${hint}`);
};

/**
 * @typedef {object} PortalOptions
 * @property {string} [site] the folder to serve, else PORTAL_SITE
 * @property {boolean} [demo] with the reference service; true unless said
 * @property {number} [delayMs] every reply of the service waits so long
 * @property {number} [failPercent] so many replies of a hundred fail
 * @property {number} [tokenLifetime] seconds that an access token lives
 * @property {Record<string, unknown> | ((origins: { portal: string, samples: string }) => Record<string, unknown>)} [settings]
 *   keys of portal.json that differ from the site's own; the origins are those of the two ports
 */

/**
 * @typedef {object} Site a running host
 * @property {string} url the portal's address, with a slash at the end
 * @property {string[]} origins the origins that pages of it may ask
 * @property {() => Promise<Record<string, number>>} calls how often each operation was called since the last reset
 * @property {() => Promise<void>} resetCalls
 * @property {() => Promise<void>} stop
 */

/** Starts portal-server. @param {PortalOptions} [options] @returns {Promise<Site>} */
export async function startPortal(options = {}) {
  mustExist(places.server, 'Build it (cargo build -p portal-server) or name it in PORTAL_SERVER.');
  mustExist(options.site ?? places.site, 'Build the site (cargo xtask build) or name it in PORTAL_SITE.');
  let problem = '';
  // A port found free can be taken by somebody else before the server binds it: then once more.
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const started = await tryPortal(options);
    if (typeof started !== 'string') return started;
    problem = started;
  }
  throw new Error(problem);
}

/** @param {PortalOptions} options @returns {Promise<Site | string>} */
async function tryPortal(options) {
  const [port, samples] = [await freePort(), await freePort()];
  const demo = options.demo ?? true;
  const site = options.site ?? places.site;
  const own = { portal: `http://127.0.0.1:${port}`, samples: `http://127.0.0.1:${samples}` };
  const settings = typeof options.settings === 'function' ? options.settings(own) : options.settings;
  const folder = settings === undefined ? site : withSettings(site, settings);
  const args = ['--site', folder, '--address', '127.0.0.1', '--port', String(port)];
  if (demo) args.push('--demo', '--counters', '--samples-port', String(samples));
  if (options.delayMs !== undefined) args.push('--delay-ms', String(options.delayMs));
  if (options.failPercent !== undefined) args.push('--fail-percent', String(options.failPercent));
  if (options.tokenLifetime !== undefined) args.push('--token-lifetime', String(options.tokenLifetime));
  const child = spawn(places.server, args, { cwd: repository, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stdout.on('data', (chunk) => (said += String(chunk)));
  child.stderr.on('data', (chunk) => (said += String(chunk)));
  let ended = false;
  const end = new Promise((resolve) => child.once('exit', () => resolve((ended = true))));
  child.once('error', (error) => (said += error.message));
  const url = `http://127.0.0.1:${port}/`;
  const counters = `${url}__demo/calls`;
  const answers = await answersAt(url, () => ended);
  const stop = async () => {
    if (!ended) child.kill('SIGTERM');
    await end;
    if (folder !== site) rmSync(folder, { recursive: true, force: true });
  };
  if (!answers) {
    if (!ended) child.kill('SIGKILL');
    return `${places.server} ${args.join(' ')} did not start: ${said.trim()}`;
  }
  return {
    url,
    origins: [new URL(url).origin, ...(demo ? [`http://127.0.0.1:${samples}`, `http://localhost:${samples}`] : [])],
    calls: async () => /** @type {Promise<Record<string, number>>} */ ((await fetch(counters)).json()),
    resetCalls: async () => void (await fetch(counters, { method: 'POST' })),
    stop,
  };
}

/** A copy of a site with other settings. @param {string} site @param {Record<string, unknown>} settings */
function withSettings(site, settings) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'portal-settings-'));
  cpSync(site, folder, { recursive: true });
  const file = path.join(folder, 'portal.json');
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), ...settings }));
  return folder;
}

/** @param {string} url @param {() => boolean} gone */
async function answersAt(url, gone) {
  for (let attempt = 0; attempt < 200 && !gone(); attempt += 1) {
    try {
      const response = await fetch(url);
      await response.arrayBuffer();
      if (response.ok) return true;
    } catch {
      // Not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}

const types = /** @type {Record<string, string>} */ ({
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webmanifest': 'application/manifest+json',
});

/** The content type of a file, by its name. @param {string} file */
export const contentType = (file) => types[path.extname(file)] ?? 'application/octet-stream';

/** The file of a folder that a path names, or undefined. @param {string} folder @param {string} below */
export const fileAt = (folder, below) => {
  let name;
  try {
    name = path.join(folder, decodeURIComponent(below));
  } catch {
    return undefined;
  }
  if (name !== folder && !name.startsWith(folder + path.sep)) return undefined;
  const file = existsSync(name) && statSync(name).isDirectory() ? path.join(name, 'index.html') : name;
  return existsSync(file) ? file : undefined;
};

/**
 * The headers that the built site wants of other servers: headers.txt beside it, else what portal-server prints.
 * @returns {Record<string, string>}
 */
export function siteHeaders() {
  const file = path.join(places.site, 'headers.txt');
  const text = existsSync(file)
    ? readFileSync(file, 'utf8')
    : existsSync(places.server)
      ? execFileSync(places.server, ['--site', places.site, '--print-headers'], { encoding: 'utf8' })
      : '';
  // The first block is for the files of the site; the others are for the service worker and for all that is no file.
  const [site = ''] = text.trim().split(/\n\s*\n/);
  const pairs = site.split('\n').flatMap((line) => {
    const [, name, value] = /^([\w-]+):\s*(.+)$/.exec(line.trim()) ?? [];
    return name && value ? [[name.toLowerCase(), value]] : [];
  });
  return Object.fromEntries(pairs);
}

/**
 * A host like those that people put static sites on: files, a 404.html for everything else, no header of its own.
 * @param {{ folder?: string, base?: string }} [options]
 * @returns {Promise<Site>}
 */
export async function startStatic(options = {}) {
  const folder = options.folder ?? places.staticSite;
  const base = options.base ?? process.env.PORTAL_STATIC_BASE ?? '/demo/';
  mustExist(folder, 'Build it (cargo xtask demo --static --base /demo/) or name it in PORTAL_STATIC.');
  const server = http.createServer((request, response) => void answer(request, response).catch(() => response.destroy()));
  /** @param {http.IncomingMessage} request @param {http.ServerResponse} response */
  const answer = async (request, response) => {
    const asked = (request.url ?? '/').split('?')[0] ?? '/';
    const found = asked.startsWith(base) ? fileAt(folder, asked.slice(base.length)) : undefined;
    const file = found ?? (asked.startsWith(base) ? fileAt(folder, '404.html') : undefined);
    if (file === undefined) return void response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found');
    response.writeHead(found === undefined ? 404 : 200, { 'content-type': contentType(file) }).end(await readFile(file));
  };
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}${base}`,
    origins: [`http://127.0.0.1:${port}`],
    calls: () => Promise.reject(new Error('a static host counts nothing')),
    resetCalls: () => Promise.resolve(),
    stop: () => close(server),
  };
}

/** @param {http.Server} server @returns {Promise<number>} */
export const listen = (server) =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address && typeof address === 'object') resolve(address.port);
      else reject(new Error('no port'));
    });
  });

/** @param {http.Server} server @returns {Promise<void>} */
export const close = (server) =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
