// A gateway as contract.md 0.3 describes it, before the reference service: it hands on what is signed, and nothing else.
// It shares no code with portal-server, which has to satisfy it.
import { createHash, randomBytes } from 'node:crypto';
import http from 'node:http';

import { close, listen } from './host.mjs';

export const applicationKey = '7f3c0d52-gateway-key';
export const secretKey = 'known-to-the-gateway-and-to-portal-server';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const refusal = (code: number) => JSON.stringify({ status: code, msg: 'refused', business: null, data: null });

export class SigningGateway {
  /** Calls that were not signed as they should be. */
  refused = 0;
  handedOn = 0;
  /** What becomes of calls of an operation, by the end of its path, in place of an answer. */
  readonly faults = new Map<string, 'garbage' | 'silence' | 'huge' | 'closed'>();
  url = '';
  private readonly tokens = new Map<string, number>();
  private readonly encryptions = new Set<string>();
  private readonly server = http.createServer((request, response) => {
    void this.answer(request, response).catch(() => response.destroy());
  });

  private constructor(
    private readonly service: string,
    /** Texts of replies that are replaced, such as an origin. */
    private readonly replaced: readonly [from: string, to: string][],
    private readonly tokenSeconds: number,
  ) {}

  static async before(service: string, replaced: readonly [string, string][] = [], tokenSeconds = 5): Promise<SigningGateway> {
    const gateway = new SigningGateway(service, replaced, tokenSeconds);
    gateway.url = `http://127.0.0.1:${await listen(gateway.server)}`;
    return gateway;
  }

  stop(): Promise<void> {
    return close(this.server);
  }

  private async answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const body = Buffer.concat(pieces).toString('utf8');
    const address = new URL(request.url ?? '/', 'http://gateway');
    const tokenCall = /^\/apim-token-service\/v2\.0\/token\/(get|refresh)$/.exec(address.pathname)?.[1];
    if (tokenCall !== undefined) {
      return void response.setHeader('content-type', 'application/json').end(this.token(tokenCall, body));
    }
    const code = this.fault(request, address, body);
    if (code !== undefined) {
      this.refused += 1;
      return void response.setHeader('content-type', 'application/json').end(refusal(code));
    }
    this.handedOn += 1;
    const fault = [...this.faults].find(([path]) => address.pathname.endsWith(path))?.[1];
    if (fault !== undefined) return this.misbehave(fault, response);
    await this.handOn(request, response, body);
  }

  private misbehave(fault: 'garbage' | 'silence' | 'huge' | 'closed', response: http.ServerResponse): void {
    if (fault === 'garbage') response.socket?.end('220 this is no web server\r\n\r\n');
    if (fault === 'closed') response.socket?.destroy();
    if (fault === 'huge') response.writeHead(200, { 'content-length': 200 * 2 ** 20 }).write('{"code":0,"data":"');
  }

  private token(kind: string, body: string): string {
    const { appKey, encryption, timestamp, accessToken } = JSON.parse(body) as Record<string, string>;
    if (appKey !== applicationKey) return refusal(1002);
    if (encryption !== sha256(`${appKey}${timestamp}${secretKey}`)) return refusal(1003);
    if (this.encryptions.has(encryption)) return refusal(1001);
    this.encryptions.add(encryption);
    if (kind === 'refresh' && !this.tokens.delete(accessToken ?? '')) return refusal(1204);
    const token = randomBytes(16).toString('hex');
    this.tokens.set(token, Date.now() + this.tokenSeconds * 1000);
    return JSON.stringify({ status: 0, msg: 'success', business: null, data: { accessToken: token, expire: this.tokenSeconds } });
  }

  /** The code that a call is refused with. */
  private fault(request: http.IncomingMessage, address: URL, body: string): number | undefined {
    const header = (name: string) => String(request.headers[name] ?? '');
    const token = header('apim-accesstoken');
    if ((this.tokens.get(token) ?? 0) < Date.now()) return 1203;
    const timestamp = header('apim-timestamp');
    if (Math.abs(Number(timestamp) - Date.now()) > 300_000) return 1004;
    const pairs = [...address.searchParams].sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0));
    const query = pairs.map(([key, value]) => key + value).join('');
    return header('apim-signature') === sha256(token + query + body + timestamp + secretKey) ? undefined : 1003;
  }

  private async handOn(request: http.IncomingMessage, response: http.ServerResponse, body: string): Promise<void> {
    const headers = Object.fromEntries(
      ['authorization', 'content-type', 'accesstoken', 'locale'].flatMap((name) => {
        const value = request.headers[name];
        return typeof value === 'string' ? [[name, value]] : [];
      }),
    );
    const answer = await fetch(`${this.service}${request.url}`, {
      method: request.method ?? 'GET',
      headers,
      redirect: 'manual',
      ...(request.method === 'POST' ? { body } : {}),
    });
    let text = await answer.text();
    for (const [from, to] of this.replaced) text = text.replaceAll(from, to);
    response.writeHead(answer.status, { 'content-type': 'application/json', 'set-cookie': 'gateway=1' }).end(text);
  }
}
