// A second service, written from the wire contract alone: it shares no code with the reference service, so that a
// misreading of the contract cannot hide in both. It also serves the built site, so that both have one origin.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';

import { close, contentType, fileAt, listen, places, siteHeaders } from './host.mjs';
import type { Entry, Variant } from './variants.ts';

type Members = Record<string, unknown>;

/** One call as the server saw it. */
export interface Call {
  method: string;
  path: string;
  query: URLSearchParams;
  authorization: string | undefined;
  /** The other header for a token, which the page of Send Verification Code names (contract.md 2.1). */
  accessToken: string | undefined;
  contentType: string | undefined;
  body: string;
}

export interface Reply {
  status: number;
  type: string;
  body: string | Buffer;
  /** Besides the usual ones. */
  headers?: Record<string, string>;
  /**
   * What happens on the way: `reset` breaks the connection before anything was sent, `cut` after the body, `endless`
   * sends the body for ever.
   */
  broken?: 'reset' | 'cut' | 'endless';
  /** Milliseconds until it is sent; `Infinity` never sends it. */
  afterMs?: number;
}

interface Token {
  /** Undefined straight after Log In (contract.md 0.4). */
  organization: string | undefined;
  /** The code by e-mail that this sign-in still waits for. */
  code?: string;
}

const prefix = '/app-portal-service';
/** Where people sign in at another place. */
const provider = '/contract-sign-on';
const html = '<!doctype html><title>Sign in</title><h1>Corporate proxy</h1><form><input name="user"></form>';

/** Pages of the applications, on the portal's own origin. */
const page = (name: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>${name}</title><main><h1>Page ${name}</h1></main></html>`;

export class ContractServer {
  readonly calls: Call[] = [];
  /** The pages of applications that were asked for, and from where the browser said that it came. */
  readonly pages: { path: string; referrer: string | undefined }[] = [];
  /** What is answered in place of the service's own reply, or of a file, by path; `undefined` changes only when. */
  readonly instead = new Map<string, Partial<Reply>>();
  /** How many calls were given up by the page before they were answered. */
  givenUp = 0;
  private readonly access = new Map<string, Token>();
  private readonly refresh = new Map<string, Token>();
  /** Codes of the sign-in at another place, good once. */
  private readonly codes = new Set<string>();
  private readonly server: http.Server;
  private readonly headers: Record<string, string>;
  private port = 0;
  /** The code of the last e-mail. */
  sent = '';

  private constructor(private readonly variant: Variant) {
    const headers = siteHeaders();
    const policy = headers['content-security-policy'] ?? '';
    const framed = policy.replace("frame-src 'self'", ["frame-src 'self'", ...(variant.framed ?? [])].join(' '));
    this.headers = variant.unprotected ? {} : { ...headers, 'content-security-policy': framed };
    this.server = http.createServer((request, response) => {
      response.on('close', () => (this.givenUp += response.writableFinished ? 0 : 1));
      void this.answer(request).then(
        ({ headers, reply }) => void this.send(response, headers, reply),
        () => response.destroy(),
      );
    });
  }

  static async start(variant: Variant): Promise<ContractServer> {
    const server = new ContractServer(variant);
    server.port = await listen(server.server);
    return server;
  }

  /** The organizations offered; they may change while the server runs. */
  get organizations(): Entry[] {
    return this.variant.organizations;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/`;
  }

  stop(): Promise<void> {
    return close(this.server);
  }

  count(path: string): number {
    return this.calls.filter((call) => call.path === path).length;
  }

  /** Every access token ends now, as time would have it. */
  expire(): void {
    this.access.clear();
  }

  /** No refresh token is known any more. */
  revoke(): void {
    this.refresh.clear();
  }

  /** The session stays, its organization goes. */
  unselect(): void {
    for (const token of this.access.values()) token.organization = undefined;
  }

  /** The host goes away in the middle of everything. */
  drop(): void {
    this.server.closeAllConnections();
  }

  private async send(response: http.ServerResponse, headers: Record<string, string>, reply: Reply): Promise<void> {
    if (reply.afterMs === Infinity) return;
    if (reply.afterMs !== undefined) await new Promise((done) => setTimeout(done, reply.afterMs));
    if (reply.broken === 'reset') return void response.destroy();
    response.writeHead(reply.status, { ...headers, ...reply.headers, 'content-type': reply.type });
    if (reply.broken === 'endless') {
      while (!response.destroyed) {
        if (!response.write(reply.body)) await new Promise((done) => setTimeout(done, 1));
      }
      return;
    }
    if (reply.broken === 'cut') return void response.write(reply.body, () => response.destroy());
    response.end(reply.body);
  }

  private async answer(request: http.IncomingMessage): Promise<{ headers: Record<string, string>; reply: Reply }> {
    const url = new URL(request.url ?? '/', this.url);
    if (url.pathname.startsWith(`${prefix}/`)) {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const call: Call = {
        method: request.method ?? '',
        path: url.pathname.slice(prefix.length),
        query: url.searchParams,
        authorization: request.headers.authorization,
        accessToken: [request.headers.accesstoken].flat()[0],
        contentType: request.headers['content-type'],
        body: Buffer.concat(chunks).toString('utf8'),
      };
      this.calls.push(call);
      const instead = this.instead.get(call.path);
      return { headers: { 'cache-control': 'no-store' }, reply: { ...this.operation(call), ...instead } };
    }
    if (url.pathname.startsWith('/contract-apps/')) this.pages.push({ path: url.pathname, referrer: request.headers.referer });
    if (url.pathname === provider) return this.signOn(url.searchParams);
    return this.file(url.pathname);
  }

  /** The sign-in at another place: signs everybody in and sends them back. */
  private signOn(query: URLSearchParams): { headers: Record<string, string>; reply: Reply } {
    const back = new URL(query.get('redirect_uri') ?? this.url);
    // Every sign that codes may have (RFC 6749 A.11), so that one decoded twice is found out.
    const code = `${randomBytes(8).toString('hex')} +%2B&=?/`;
    this.codes.add(code);
    back.searchParams.set('code', code);
    back.searchParams.set('state', query.get('state') ?? '');
    return { headers: { location: back.href, 'cache-control': 'no-store' }, reply: { status: 302, type: 'text/plain', body: '' } };
  }

  private file(pathname: string): { headers: Record<string, string>; reply: Reply } {
    const application = /^\/contract-apps\/([\w-]+)\.html$/.exec(pathname)?.[1];
    if (application !== undefined) {
      const { body = page(application), status = 200, headers: own = {} } = this.variant.pages?.[application] ?? {};
      return { headers: own, reply: { status, type: 'text/html; charset=utf-8', body } };
    }
    const headers = this.headers;
    const instead = this.instead.get(pathname);
    if (instead !== undefined) return { headers, reply: { status: 200, type: 'text/plain', body: '', ...instead } };
    if (pathname === '/portal.json' && this.variant.settings !== undefined) {
      return { headers, reply: { status: 200, type: 'application/json', body: JSON.stringify(this.variant.settings) } };
    }
    const found = fileAt(places.site, pathname.slice(1));
    const name = found ?? path.join(places.site, 'index.html');
    return { headers, reply: { status: 200, type: contentType(name), body: readFileSync(name) } };
  }

  private operation(call: Call): Reply {
    switch (`${call.method} ${call.path}`) {
      case 'POST /v2.2/login':
        return this.login(call);
      case 'POST /v2.2/loginViaCode':
        return this.loginViaCode(call);
      case 'GET /v2.2/user/domain':
        return this.domain(call.query.get('email') ?? '');
      case 'POST /v2.3/verificationCode/send':
        return this.withCode(call, call.accessToken, (token) => {
          this.sent = String(100_000 + Math.floor(Math.random() * 900_000));
          token.code = this.sent;
          return this.ok({ success: true });
        });
      case 'POST /v2.3/verificationCode/verify':
        return this.withCode(call, call.authorization, (token) => {
          if (token.code === 'wanted') return this.fail(31410, 'The verification code has expired');
          if (json(call.body).code !== token.code) return this.fail(31430, 'The verification code is wrong');
          delete token.code;
          return this.ok({ success: true });
        });
      case 'POST /v2.2/session/set':
        return this.choose(call);
      case 'GET /v2.2/user/organization/list':
        return this.withToken(call, false, () => this.ok({ organizations: this.variant.organizations }));
      case 'GET /v2.2/session/info':
        return this.withToken(call, true, (token) => this.ok({ userId: 'u1', userName: 'kim', ...this.named(token.organization, 'current') }));
      case 'GET /v2.2/token/refresh':
        return this.renew(call);
      case 'POST /v2.2/refreshToken/revokeAll':
        return this.withToken(call, false, () => {
          if (!call.query.get('refreshToken')) return this.fail(31400, 'Lack of necessary parameters');
          this.refresh.clear();
          return this.ok(null);
        });
      case 'GET /v2.2/logout':
        return this.withToken(call, false, () => {
          this.access.delete(bearer(call));
          return this.ok(this.variant.commands);
        });
      case 'GET /v2.2/user/info':
        return this.withToken(call, true, () => this.ok({ id: 'u1', name: 'kim', nickName: 'Kim', email: '', phone: '', createdTime: '2019-05-27 04:33:30.0', type: 0 }));
      case 'GET /v2.2/user/app/list':
        return this.withToken(call, true, () => this.ok({ apps: this.variant.applications, ...this.variant.besideApplications }));
      case 'GET /v2.2/user/app/resource/info':
        return this.withToken(call, true, () => this.resources(call.query.get('accessKey') ?? ''));
      case 'GET /v2.2/user/app/asset/tree':
        return this.withToken(call, true, () => this.assets(call.query.get('accessKey') ?? ''));
      default:
        return { status: 404, type: 'text/html', body: html };
    }
  }

  private login(call: Call): Reply {
    const { account, password } = json(call.body);
    if (account === 'busy') return this.fail(31429, 'Too many attempts');
    if (account !== 'kim' || password !== 'right') return this.fail(31400, 'The user name or password is wrong');
    const accessToken = this.token(undefined);
    const token = this.access.get(accessToken);
    if (token !== undefined && (this.variant.mfaType ?? 'NONE') !== 'NONE') token.code = 'wanted';
    const data = this.loggedIn(accessToken, { id: 'u1', name: 'kim', email: 'kim@example.com' });
    if (this.variant.mfaType !== undefined) data.mfaType = this.variant.mfaType;
    return this.ok(data);
  }

  private loginViaCode(call: Call): Reply {
    const { code } = json(call.body);
    if (typeof code !== 'string' || !this.codes.delete(code)) return this.fail(31400, 'Invalid authorization code');
    return this.ok(this.loggedIn(this.token(undefined), { id: 'u1', name: 'kim' }));
  }

  private loggedIn(accessToken: string, user: Members): Members {
    return { accessToken, organizations: this.variant.organizations, user: this.variant.userAsList ? [user] : user };
  }

  private domain(email: string): Reply {
    if (email === '') return this.fail(31400, 'Email is required');
    if (email !== 'kim@example.com') return this.fail(31404, 'The email address is not bound to an account');
    const names = { nameJson: { default: 'Example', en_US: 'Example Works' }, description: '', descriptionJson: null };
    return this.ok({ id: 'd1', name: 'Example', url: provider, ...names });
  }

  /** A call of the second step, with the token from the header that its page names. */
  private withCode(call: Call, header: string | undefined, then: (token: Token) => Reply): Reply {
    if (call.query.get('type') !== 'mfa') return this.fail(31400, 'type must be mfa');
    const token = this.access.get((header ?? '').replace(/^Bearer /, ''));
    return token?.code === undefined ? this.fail(31401, 'Please login first') : then(token);
  }

  private choose(call: Call): Reply {
    return this.withToken(call, false, (token) => {
      const { orgId } = json(call.body);
      if (typeof orgId !== 'string' || orgId === '') return this.fail(31400, 'orgId is required');
      if (!(this.variant.organizations ?? []).some((one) => String(one?.id) === orgId)) return this.fail(31404, 'Can not find this organization.');
      const data: Members = { userId: 'u1', userName: 'kim', ...this.named(orgId, this.variant.chosenAs) };
      if (this.variant.keepsToken) {
        token.organization = orgId;
      } else {
        // A live portal returned a token that clients must switch to: the first one ends.
        this.access.delete(bearer(call));
        data.accessToken = `${this.variant.tokenPrefix}${this.token(orgId)}`;
      }
      return this.ok({ ...data, ...this.refreshToken(orgId) });
    });
  }

  private renew(call: Call): Reply {
    const given = call.query.get('refreshToken');
    if (!given) return this.fail(31400, 'Refresh Token is required');
    const known = this.refresh.get(given);
    if (known === undefined) return this.fail(31401, 'Please login first');
    this.refresh.delete(given);
    this.access.clear();
    const data = { userId: 'u1', userName: 'kim', ...this.named(known.organization, this.variant.refreshedAs) };
    const accessToken = `${this.variant.tokenPrefix}${this.token(known.organization)}`;
    return this.ok({ ...data, accessToken, ...this.refreshToken(known.organization ?? '') });
  }

  private resources(application: string): Reply {
    if (application === '') return this.fail(31400, 'AccessKey is empty');
    if (!this.variant.applications.some((one) => String((one as Members | null)?.id) === application)) {
      return this.fail(31404, 'Can not find this application.');
    }
    return this.ok({ permissions: [], menus: this.variant.menus[application] ?? [] });
  }

  /** One root, or nothing at all in its place; assets have an empty parent (contract.md 1.17). */
  private assets(application: string): Reply {
    if (application === '') return this.fail(31400, 'AccessKey is empty');
    if (!this.variant.applications.some((one) => String((one as Members | null)?.id) === application)) {
      return this.fail(31404, 'Can not find this application.');
    }
    const asset = { id: 'as1', name: 'Pump', nameJson: { default: 'Pump', zh_CN: '泵' }, tag: 'asset', parentId: '', children: null };
    return this.ok({ id: 'root', name: 'Sites', tag: null, parentId: '', displayOrder: -1, children: [asset] });
  }

  private withToken(call: Call, chosen: boolean, then: (token: Token) => Reply): Reply {
    const token = /^Bearer (?!Bearer)\S+$/.test(call.authorization ?? '') ? this.access.get(bearer(call)) : undefined;
    if (token === undefined) {
      return this.variant.expiredByStatus ? { status: 401, type: 'text/html', body: html } : this.fail(31401, 'Please login first');
    }
    if (token.code !== undefined && call.path !== '/v2.2/logout') return this.fail(31403, 'No permission');
    return chosen && token.organization === undefined ? this.fail(31512, 'Organization unselected') : then(token);
  }

  private token(organization: string | undefined): string {
    const token = `APP_PORTAL_S_${randomBytes(16).toString('hex')}`;
    this.access.set(token, { organization });
    return token;
  }

  private refreshToken(organization: string): Members {
    const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const expires = Date.now() + 2_592_000_000;
    const claims = { sub: 'kim', userId: 'u1', iss: 'APP-PORTAL', workingOrganizationId: organization, exp: Math.floor(expires / 1000), jti: randomBytes(8).toString('hex') };
    const token = `${encoded({ alg: 'HS256' })}.${encoded(claims)}.${randomBytes(32).toString('base64url')}`;
    this.refresh.set(token, { organization });
    const refreshTokenExpire = this.variant.refreshTokenExpire(expires);
    return { refreshToken: token, ...(refreshTokenExpire === undefined ? {} : { refreshTokenExpire }) };
  }

  private named(organization: string | undefined, form: Variant['chosenAs']): Members {
    const one = (this.variant.organizations ?? []).find((candidate) => String(candidate?.id) === organization);
    if (form === 'none' || one === undefined || one === null) return {};
    const [id, name] = form === 'current' ? ['currentOrgId', 'currentOrgName'] : ['workingOrganizationId', 'workingOrganizationName'];
    return { [id]: one.id, [name]: one.name };
  }

  private ok(data: unknown): Reply {
    return this.envelope({ code: this.variant.success, ...this.variant.goodMessage, data });
  }

  private fail(code: number, message: string): Reply {
    const shown = this.variant.oldCodes ? code - 31000 : code;
    const error = this.variant.textNumbers ? String(shown) : shown;
    return this.envelope({ code: error, [this.variant.messageMember]: message, data: this.variant.failedData });
  }

  private envelope(members: Members): Reply {
    return { status: 200, type: 'application/json;charset=UTF-8', body: JSON.stringify(members) };
  }
}

const bearer = (call: Call): string => (call.authorization ?? '').replace(/^Bearer /, '');

const json = (body: string): Members => {
  try {
    return JSON.parse(body) as Members;
  } catch {
    return {};
  }
};
