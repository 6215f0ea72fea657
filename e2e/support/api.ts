// The service asked directly, from outside the browser, for what a screen must show.
import { password as usual } from './accounts.ts';
import type { WireApplication } from './expected.ts';

interface Envelope {
  code?: number | string;
  message?: string;
  data?: Record<string, unknown> | null;
}

/** A menu entry as the wire has it. */
export interface WireMenu {
  id?: string;
  identifier?: string;
  code?: string;
  name?: string;
  url?: string | null;
  parentId?: string | null;
  displayOrder?: unknown;
  children?: WireMenu[] | null;
}

/** One signed-in user of the service at a host. */
export class Api {
  private token = '';
  private constructor(private readonly service: string) {}

  /** Signs in at a host of the portal and chooses an organization. */
  static async as(host: string, account: string, organization?: string): Promise<Api> {
    const api = new Api(new URL('app-portal-service', host).href);
    const login = await api.ask('POST', '/v2.2/login', { account, password: usual });
    api.token = String(login.accessToken ?? '');
    const all = (login.organizations ?? []) as { id: string; name: string }[];
    const chosen = all.find((one) => one.name === organization) ?? all[0];
    if (chosen !== undefined) {
      const reply = await api.ask('POST', '/v2.2/session/set', { orgId: chosen.id });
      api.token = String(reply.accessToken ?? api.token);
    }
    return api;
  }

  async applications(): Promise<WireApplication[]> {
    const reply = await this.ask('GET', '/v2.2/user/app/list');
    return (reply.apps ?? []) as WireApplication[];
  }

  async menus(application: string): Promise<WireMenu[]> {
    const reply = await this.ask('GET', `/v2.2/user/app/resource/info?accessKey=${encodeURIComponent(application)}`);
    return (reply.menus ?? []) as WireMenu[];
  }

  async organizations(): Promise<{ id: string; name: string }[]> {
    const reply = await this.ask('GET', '/v2.2/user/organization/list');
    return (reply.organizations ?? []) as { id: string; name: string }[];
  }

  private async ask(method: string, path: string, body?: object): Promise<Record<string, unknown>> {
    const headers: Record<string, string> = {};
    if (this.token !== '') headers.authorization = `Bearer ${this.token}`;
    if (body !== undefined) headers['content-type'] = 'application/json';
    const response = await fetch(this.service + path, { method, headers, body: body === undefined ? null : JSON.stringify(body) });
    const envelope = (await response.json()) as Envelope;
    if (![0, 200].includes(Number(envelope.code))) throw new Error(`${method} ${path}: ${envelope.code} ${envelope.message}`);
    return envelope.data ?? {};
  }
}
