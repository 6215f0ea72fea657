// A service for the stress test, written from the wire contract alone. It also serves the built site. Replies of the
// service come late, files at once. It counts what a portal must never do: use a refresh token twice.
import { readFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';

import { close, contentType, fileAt, listen, places, siteHeaders } from '../support/host.mjs';
import { Families } from './families.mjs';
import { random, sleep } from './random.mjs';

/**
 * How a refresh is answered: after the usual delay; the reply of the next one is lost (the service did its work), either
 * on its way or together with a connection that was in use before; never; or after twelve seconds.
 * @typedef {'usual' | 'lost' | 'reset' | 'silent' | 'late'} RefreshMode
 */
/**
 * @typedef {object} ServiceOptions
 * @property {number} seed for the delays
 * @property {number} [lifetimeMs] how long an access token lives
 * @property {readonly [number, number]} [delayMs] the shortest and the longest delay of a reply
 */
/**
 * @typedef {object} Counters
 * @property {number} calls
 * @property {number} logIns
 * @property {number} logOuts
 * @property {number} refreshes refresh tokens that were taken
 * @property {number} reused refresh tokens that were sent once more
 * @property {number} revoked families that a reuse ended
 * @property {number} refused other refreshes that were refused
 * @property {number} unauthorized replies with HTTP 401
 */
/** @typedef {{ status: number, data?: unknown, code?: number, message?: string }} Outcome */
/** @typedef {{ method: string, path: string, query: URLSearchParams, bearer: string, body: Record<string, unknown> }} Call */

const prefix = '/app-portal-service';
const lateMs = 12_000;

export const organizations = [
  { id: 'o-alpha', name: 'Alpha Wind' },
  { id: 'o-beta', name: 'Beta Solar' },
];
const applications = Array.from({ length: 12 }, (_, index) => ({
  id: `k-${index}`, code: `app-${index}`, name: `Application ${index}`, type: 0, status: true, order: index,
  category: { id: 21, name: 'Wind power' }, url: `/stress-apps/${index}.html`,
}));

/** @returns {Counters} */
const zero = () => ({ calls: 0, logIns: 0, logOuts: 0, refreshes: 0, reused: 0, revoked: 0, refused: 0, unauthorized: 0 });

export class StressService {
  counters = zero();
  /** What happened, for whoever looks for a cause. @type {string[]} */
  log = [];
  /** @type {RefreshMode} */
  mode = 'usual';
  /** How many refreshes wait for their reply now. */
  refreshing = 0;
  #started = Date.now();
  #headers = siteHeaders();
  #url = '';

  /** @param {ServiceOptions} options */
  constructor({ seed, lifetimeMs = 5_000, delayMs = [200, 1_500] }) {
    this.families = new Families(lifetimeMs);
    this.delayMs = delayMs;
    this.random = random(seed);
    this.server = http.createServer((request, response) => void this.#answer(request, response).catch(() => response.destroy()));
  }

  /** @param {ServiceOptions} options */
  static async start(options) {
    const service = new StressService(options);
    service.#url = `http://127.0.0.1:${await listen(service.server)}/`;
    return service;
  }

  get url() {
    return this.#url;
  }

  /** A page of another origin. */
  get elsewhere() {
    return `${this.#url.replace('127.0.0.1', 'localhost')}stress-elsewhere.html`;
  }

  stop() {
    return close(this.server);
  }

  /** @param {string} line */
  note(line) {
    this.log.push(`${String(Date.now() - this.#started).padStart(8)} ms  ${line}`);
    if (this.log.length > 4_000) this.log.splice(0, 1_000);
  }

  /** @param {http.IncomingMessage} request @param {http.ServerResponse} response */
  async #answer(request, response) {
    const url = new URL(request.url ?? '/', this.#url);
    if (!url.pathname.startsWith(`${prefix}/`)) return this.#file(response, url.pathname);
    const chunks = [];
    for await (const chunk of request) chunks.push(/** @type {Buffer} */ (chunk));
    /** @type {Call} */
    const call = {
      method: request.method ?? '',
      path: url.pathname.slice(prefix.length),
      query: url.searchParams,
      bearer: (request.headers.authorization ?? '').replace(/^Bearer /, ''),
      body: json(Buffer.concat(chunks).toString('utf8')),
    };
    this.counters.calls += 1;
    const isRefresh = call.path === '/v2.2/token/refresh';
    const mode = isRefresh ? this.mode : 'usual';
    const outcome = this.#operation(call);
    const delay = mode === 'late' ? lateMs : this.random.between(...this.delayMs);
    if (isRefresh) {
      const begun = Date.now();
      this.refreshing += 1;
      response.once('close', () => {
        this.refreshing -= 1;
        if (!response.writableFinished) this.note(`nobody heard the reply, after ${Date.now() - begun} ms`);
      });
    }
    if (mode === 'silent') return;
    await sleep(delay);
    if (mode === 'lost' || mode === 'reset') {
      this.mode = 'usual';
      // Without any reply a browser sends a GET once more, all by itself. After the headers it does not.
      if (mode === 'lost') await new Promise((sent) => response.writeHead(200, { 'content-length': 900 }).write('{', sent));
      response.destroy();
      return;
    }
    if (outcome.status === 401) this.counters.unauthorized += 1;
    const { code = 0, message = 'OK', data = null } = outcome;
    response.writeHead(outcome.status, { 'content-type': 'application/json;charset=UTF-8', 'cache-control': 'no-store' });
    response.end(JSON.stringify({ code, message, data }));
  }

  /** @param {http.ServerResponse} response @param {string} pathname */
  #file(response, pathname) {
    const page = /^\/stress-(apps\/\d+|elsewhere)\.html$/.exec(pathname)?.[1];
    if (page !== undefined) {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
      return void response.end(`<!doctype html><html lang="en"><meta charset="utf-8"><title>${page}</title><h1>Page ${page}</h1></html>`);
    }
    const found = fileAt(places.site, pathname.slice(1));
    const name = found ?? path.join(places.site, 'index.html');
    const cache = /-[0-9a-f]{16}(_bg)?\.\w+$/.test(name) ? 'public, max-age=31536000, immutable' : 'no-cache';
    response.writeHead(200, { ...this.#headers, 'cache-control': cache, 'content-type': contentType(name) });
    response.end(readFileSync(name));
  }

  /** @param {Call} call @returns {Outcome} */
  #operation(call) {
    switch (`${call.method} ${call.path}`) {
      case 'POST /v2.2/login':
        return this.#logIn(call);
      case 'POST /v2.2/session/set':
        return this.#choose(call);
      case 'GET /v2.2/token/refresh':
        return this.#renew(call);
      case 'GET /v2.2/user/organization/list':
        return this.#asUser(call, false, () => ({ status: 200, data: { organizations } }));
      case 'GET /v2.2/session/info':
        return this.#asUser(call, true, (family) => ({ status: 200, data: { ...user, ...working(family.organization) } }));
      case 'GET /v2.2/user/info':
        return this.#asUser(call, true, () => ({ status: 200, data: { id: 'u1', name: 'kim', nickName: 'Kim', email: '', phone: '', type: 0 } }));
      case 'GET /v2.2/user/app/list':
        return this.#asUser(call, true, () => ({ status: 200, data: { apps: applications, pagination: null } }));
      case 'GET /v2.2/user/app/resource/info':
        return this.#asUser(call, true, () => ({ status: 200, data: { permissions: [], menus: [] } }));
      case 'POST /v2.2/refreshToken/revokeAll':
        return this.#asUser(call, false, () => ({ status: 200, data: true }));
      case 'GET /v2.2/logout':
        return this.#asUser(call, false, (family) => {
          this.counters.logOuts += 1;
          this.note(`log out of family ${family.id}`);
          this.families.end(family);
          return { status: 200, data: true };
        });
      default:
        return { status: 200, code: 31404, message: 'Not found' };
    }
  }

  /** @param {Call} call @returns {Outcome} */
  #logIn({ body: { account, password } }) {
    if (account !== 'kim' || password !== 'right') return { status: 200, code: 31400, message: 'The user name or password is wrong' };
    this.counters.logIns += 1;
    this.note('log in');
    return { status: 200, data: { accessToken: this.families.begin(), organizations, user: { id: 'u1', name: 'kim' }, mfaType: 'NONE' } };
  }

  /** @param {Call} call @returns {Outcome} */
  #choose(call) {
    return this.#asUser(call, false, (family) => {
      const { orgId } = call.body;
      if (!organizations.some(({ id }) => id === orgId)) return { status: 200, code: 31404, message: 'Can not find this organization.' };
      this.note(`family ${family.id} chooses ${String(orgId)}`);
      return { status: 200, data: { ...user, ...working(String(orgId)), ...this.families.choose(family, String(orgId)) } };
    });
  }

  /** @param {Call} call @returns {Outcome} */
  #renew(call) {
    const outcome = this.families.renew(call.query.get('refreshToken') ?? '');
    if ('pair' in outcome) {
      this.counters.refreshes += 1;
      this.note(`refresh ${outcome.name}`);
      return { status: 200, data: { ...user, ...working(outcome.organization), ...outcome.pair } };
    }
    if (outcome.refused === 'reused') this.counters.reused += 1;
    else this.counters.refused += 1;
    if (outcome.ends) this.counters.revoked += 1;
    this.note(`refresh ${outcome.name} REFUSED: ${outcome.refused}${outcome.ends ? ', the family ends' : ''}`);
    return { status: 401, code: 31401, message: 'Please login first' };
  }

  /** @param {Call} call @param {boolean} chosen @param {(family: import('./families.mjs').Family) => Outcome} then @returns {Outcome} */
  #asUser(call, chosen, then) {
    const family = this.families.familyOf(call.bearer);
    if (family === undefined) {
      this.note(`401 for ${call.path}: ${this.families.describe(call.bearer)}`);
      return { status: 401, code: 31401, message: 'Please login first' };
    }
    return chosen && family.organization === undefined ? { status: 200, code: 31512, message: 'Organization unselected' } : then(family);
  }
}

const user = { userId: 'u1', userName: 'kim' };

/** @param {string | undefined} organization */
const working = (organization) => {
  const one = organizations.find(({ id }) => id === organization);
  return one === undefined ? {} : { workingOrganizationId: one.id, workingOrganizationName: one.name };
};

/** @param {string} body @returns {Record<string, unknown>} */
const json = (body) => {
  try {
    return JSON.parse(body);
  } catch {
    return {};
  }
};
