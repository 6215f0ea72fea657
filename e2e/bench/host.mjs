// One host for the portal and its peers: the same files compressed the same way, the same list from the same reply.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import zlib from 'node:zlib';

import { close, contentType, fileAt, listen, places, siteHeaders } from '../support/host.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const prefix = '/app-portal-service/v2.2';

const categories = ['Wind', 'Solar', 'Hydroelectricity', 'Thermal', 'Storage', 'Pile', 'Electricity Sale', 'Distribution Network', 'Micro Intelligent Network', 'Industry Park', 'Smart Building', 'Smart City', 'AI', 'Other', 'Comprehensive', 'Substation'];
const sites = ['Aurora', 'Bluewater', 'Cedar Ridge', 'Dune', 'Eastgate', 'Falcon Point', 'Granite Pass', 'Highland', 'Ivory Coast', 'Juniper'];
const kinds = ['Monitor', 'Forecast', 'Planner', 'Patrol', 'Ledger', 'Workshop', 'Inspection'];

/** The list as the service sends it; every entry has an address, names in two languages and a description. @param {number} count */
export const applications = (count) =>
  Array.from({ length: count }, (_, index) => {
    const category = index % categories.length;
    const name = `${sites[index % sites.length]} ${kinds[index % kinds.length]} ${String(index).padStart(5, '0')}`;
    return {
      id: `application-${index}`,
      code: `code_${index}`,
      name,
      nameJson: { default: name, en_US: name, zh_CN: `应用 ${index}` },
      description: `What ${name} is for: live values, reports and settings`,
      type: 0,
      createdTime: '2024-05-28 07:49:39',
      status: true,
      // Not as sent: sorting is part of the work.
      order: (index * 7919) % count,
      isShortcut: false,
      category: { id: 21 + category, name: categories[category] },
      url: `/sample-apps/generic/page.html?page=${index}`,
    };
  });

/** @param {Buffer | string} body @param {number} quality */
const brotli = (body, quality) =>
  zlib.brotliCompressSync(body, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: quality } });

/** @returns {Promise<{ url: string, size: (count: number) => void, stop: () => Promise<void> }>} */
export async function startHost() {
  /** Files ready to be sent. @type {Map<string, { type: string, body: Buffer }>} */
  const ready = new Map();
  const headers = siteHeaders();
  /** @type {Record<string, unknown>} */
  const small = {
    'POST /login': { accessToken: `APP_PORTAL_S_${'a'.repeat(32)}`, organizations: [{ id: 'o1', name: 'Bench' }], user: { id: 'u1', name: 'bench' }, mfaType: 'NONE' },
    'POST /session/set': { userId: 'u1', userName: 'bench', currentOrgId: 'o1', currentOrgName: 'Bench', accessToken: `APP_PORTAL_S_${'b'.repeat(32)}`, refreshToken: 'bench', refreshTokenExpire: Date.now() + 2_592_000_000 },
    'GET /session/info': { userId: 'u1', userName: 'bench', currentOrgId: 'o1', currentOrgName: 'Bench' },
    'GET /user/organization/list': { organizations: [{ id: 'o1', name: 'Bench' }] },
    'GET /user/info': { id: 'u1', name: 'bench', nickName: 'Bench', email: '', type: 0 },
  };
  /** @param {unknown} data */
  const envelope = (data) => brotli(JSON.stringify({ code: 0, message: 'OK', data }), 5);
  let list = envelope({ apps: [] });

  /** @param {string} pathname */
  const file = (pathname) => {
    const known = ready.get(pathname);
    if (known !== undefined) return known;
    const found = pathname.startsWith('/bench/')
      ? fileAt(here.replace(/[/\\]$/, ''), pathname.slice('/bench/'.length))
      : pathname === '/site.css'
        ? readdirSync(places.site).filter((name) => name.startsWith('portal-') && name.endsWith('.css')).map((name) => path.join(places.site, name))[0]
        : (fileAt(places.site, pathname.slice(1)) ?? path.join(places.site, 'index.html'));
    if (found === undefined) return undefined;
    const made = { type: contentType(found), body: existsSync(`${found}.br`) ? readFileSync(`${found}.br`) : brotli(readFileSync(found), 11) };
    ready.set(pathname, made);
    return made;
  };
  const server = http.createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://bench.test');
    const api = { 'content-type': 'application/json', 'content-encoding': 'br', 'cache-control': 'no-store' };
    if (pathname.startsWith(`${prefix}/`)) {
      request.resume();
      const operation = `${request.method} ${pathname.slice(prefix.length)}`;
      if (operation === 'GET /user/app/list') return void response.writeHead(200, api).end(list);
      if (operation in small) return void response.writeHead(200, api).end(envelope(small[operation]));
      return void response.writeHead(404).end();
    }
    const found = file(pathname);
    if (found === undefined) return void response.writeHead(404).end();
    // The peers have no policy to obey; their own would only cost the browser less.
    const own = pathname.startsWith('/bench/') ? {} : headers;
    response.writeHead(200, { ...own, 'content-type': found.type, 'content-encoding': 'br', 'cache-control': 'no-cache' }).end(found.body);
  });
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}/`,
    size: (count) => void (list = envelope({ apps: applications(count) })),
    stop: () => close(server),
  };
}
