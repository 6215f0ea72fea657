// A host in front of another one that notes which files of the portal are asked for, also by the browser itself and by
// the service worker, of which a page does not know.
import http from 'node:http';

import { close, listen, type Site } from './host.mjs';

export interface File {
  path: string;
  /** When it was asked for, in milliseconds since 1970. */
  at: number;
  /** How many bytes were sent, without headers. */
  bytes: number;
}

export class CountingHost {
  readonly files: File[] = [];
  private server = http.createServer();
  url = '';

  static async before(site: Site): Promise<CountingHost> {
    const host = new CountingHost();
    const target = new URL(site.url);
    host.server = http.createServer((request, response) => {
      const path = request.url ?? '/';
      const file = { path, at: Date.now(), bytes: 0 };
      // All else are files of the portal, whatever their kind.
      if (!/^\/(app-portal-service|__demo|sample-apps)\/|^\/portal-bridge\.js/.test(path)) host.files.push(file);
      const { method, headers } = request;
      const asked = http.request({ host: target.hostname, port: target.port, path, method, headers }, (reply) => {
        response.writeHead(reply.statusCode ?? 502, reply.headers);
        reply.on('data', (chunk: Buffer) => (file.bytes += chunk.length));
        reply.pipe(response);
      });
      asked.on('error', () => response.destroy());
      response.on('close', () => asked.destroy());
      request.pipe(asked);
    });
    host.url = `http://127.0.0.1:${await listen(host.server)}/`;
    return host;
  }

  stop(): Promise<void> {
    return close(this.server);
  }
}
