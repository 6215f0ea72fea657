// The portal as it stands before a real gateway: the reference service behind a gateway that wants signatures, portal-server
// that signs, and, where asked, nginx or Caddy with the configuration of deploy/ before it.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';

import { close, contentType, fileAt, freePort, listen, places, type Site, startPortal } from './host.mjs';
import { applicationKey, secretKey, SigningGateway } from './signing-gateway.ts';

/** All operations of servers that screens of the portal use; portal-server and the page are told the same. */
const operations = [
  'Authorize Asset',
  'Create Message',
  'Get App User List',
  'Get Assets by Organization',
  'Get Organization User List',
  'Get Unresolved Messages',
  'Get Users with Asset Access',
  'Sync Asset',
  'Update Message',
];

export type Front = 'upstream' | 'nginx' | 'caddy';

const deploy = path.join(places.repository, 'deploy');

/** Whether the program of a front can be run here. */
export const isInstalled = (front: Front): boolean => {
  if (front === 'upstream') return true;
  try {
    execFileSync(front, [front === 'nginx' ? '-v' : 'version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

/** Applications of another origin: the sample pages, as anybody would serve them. */
async function startApplications(): Promise<{ origin: string; stop: () => Promise<void> }> {
  const samples = path.join(places.repository, 'sample-apps');
  const server = http.createServer((request, response) => {
    const asked = (request.url ?? '/').split('?')[0] ?? '/';
    const file = asked.startsWith('/sample-apps/')
      ? fileAt(samples, asked.slice('/sample-apps/'.length))
      : fileAt(places.site, asked === '/portal-bridge.js' ? 'portal-bridge.js' : 'no-such-file');
    if (file === undefined) return void response.writeHead(404).end();
    void readFile(file).then((bytes) => response.writeHead(200, { 'content-type': contentType(file) }).end(bytes));
  });
  const origin = `http://127.0.0.1:${await listen(server)}`;
  return { origin, stop: () => close(server) };
}

/** A program that serves at an address; ends when told. */
async function run(program: string, args: string[], address: string, env: Record<string, string>): Promise<() => Promise<void>> {
  const child: ChildProcess = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  let said = '';
  child.stdout?.on('data', (chunk) => (said += String(chunk)));
  child.stderr?.on('data', (chunk) => (said += String(chunk)));
  const state = { ended: false };
  const end = new Promise<void>((resolve) => child.once('exit', () => ((state.ended = true), resolve())));
  child.once('error', (error) => ((said += error.message), (state.ended = true)));
  for (let attempt = 0; attempt < 200 && !state.ended; attempt += 1) {
    const answer = await fetch(address).catch(() => undefined);
    await answer?.arrayBuffer();
    if (answer?.ok) {
      return async () => {
        if (!state.ended) child.kill('SIGTERM');
        await end;
      };
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  child.kill('SIGKILL');
  throw new Error(`${program} ${args.join(' ')} does not answer at ${address}: ${said.trim()}`);
}

/** The headers of a site, as deploy/headers.sh writes them. */
const headers = (server: 'nginx' | 'caddy', site: string): string =>
  execFileSync(path.join(deploy, 'headers.sh'), [server, site], {
    encoding: 'utf8',
    env: { ...process.env, PORTAL_SERVER: places.server, TLS: 'no' },
  });

function nginx(folder: string, site: string, port: number, service: string): [string, string[], Record<string, string>] {
  mkdirSync(path.join(folder, 'portal'), { recursive: true });
  for (const file of ['maps.conf', 'site.conf']) cpSync(path.join(deploy, 'nginx', file), path.join(folder, 'portal', file));
  writeFileSync(path.join(folder, 'portal', 'headers.conf'), headers('nginx', site));
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  writeFileSync(
    path.join(folder, 'nginx.conf'),
    `daemon off;
${process.getuid?.() === 0 ? 'user root;' : ''}
worker_processes 2;
pid ${folder}/pid;
error_log stderr warn;
events { worker_connections 512; }
http {
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    access_log off;
    ${temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join(' ')}
    include portal/maps.conf;
    upstream portal_service { server ${service}; keepalive 32; }
    server {
        listen 127.0.0.1:${port};
        root ${site};
        include portal/site.conf;
    }
}
`,
  );
  return ['nginx', ['-p', folder, '-c', path.join(folder, 'nginx.conf'), '-e', 'stderr'], {}];
}

function caddy(folder: string, site: string, port: number, service: string): [string, string[], Record<string, string>] {
  writeFileSync(path.join(folder, 'headers.caddy'), headers('caddy', site));
  const file = path.join(folder, 'Caddyfile');
  // Several run at once, and Caddy's own port for orders is one.
  writeFileSync(file, readFileSync(path.join(deploy, 'caddy', 'Caddyfile'), 'utf8').replace(/^\{$/m, '{\n\tadmin off'));
  const env = {
    PORTAL_RULES: path.join(deploy, 'caddy', 'portal.caddy'),
    PORTAL_HEADERS: path.join(folder, 'headers.caddy'),
    PORTAL_ROOT: site,
    PORTAL_SERVICE: service,
    PORTAL_SITE: `http://127.0.0.1:${port}`,
    XDG_DATA_HOME: folder,
    XDG_CONFIG_HOME: folder,
  };
  return ['caddy', ['run', '--config', file, '--adapter', 'caddyfile'], env];
}

/** A portal before a gateway, and the gateway, which knows what was not signed as it should be. */
export interface Fronted extends Site {
  gateway: SigningGateway;
}

/** Starts all that stands between a browser and the reference service. */
export async function startFront(front: Front): Promise<Fronted> {
  const service = await startPortal();
  const samples = service.origins[1] ?? '';
  const applications = await startApplications();
  const gateway = await SigningGateway.before(new URL(service.url).origin, [
    [samples, applications.origin],
    ['"/sample-apps/', `"${applications.origin}/sample-apps/`],
  ]);

  const folder = mkdtempSync(path.join(os.tmpdir(), 'portal-front-'));
  const site = path.join(folder, 'site');
  cpSync(places.site, site, { recursive: true });
  const settings = path.join(site, 'portal.json');
  const own = JSON.parse(readFileSync(settings, 'utf8')) as object;
  writeFileSync(settings, JSON.stringify({ ...own, frameOrigins: [applications.origin], serverOperations: operations }));

  const [port, inner] = [await freePort(), await freePort()];
  const signer = front === 'upstream' ? port : inner;
  const args = ['--site', site, '--port', String(signer), '--upstream', gateway.url, '--app-key', applicationKey, '--timeout', '2'];
  args.push('--operations', operations.join(','));
  if (front !== 'upstream') args.push('--proxies', '1');
  const stops = [await run(places.server, args, `http://127.0.0.1:${signer}/healthz`, { PORTAL__APP_SECRET: secretKey })];
  const url = `http://127.0.0.1:${port}/`;
  if (front !== 'upstream') {
    const [program, its, env] = (front === 'nginx' ? nginx : caddy)(folder, site, port, `127.0.0.1:${inner}`);
    stops.push(await run(program, its, url, env));
  }
  return {
    url,
    gateway,
    origins: [new URL(url).origin, applications.origin],
    calls: service.calls,
    resetCalls: service.resetCalls,
    stop: async () => {
      for (const stop of stops.reverse()) await stop();
      await gateway.stop();
      await applications.stop();
      await service.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
