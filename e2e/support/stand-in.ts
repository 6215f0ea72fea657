// A page that plays the portal, for tests of what stands in its frame: it says what the test wants and keeps what it hears.
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';

import { expect, type Frame, type Page, test as base } from '@playwright/test';

import { close, contentType, fileAt, listen, places } from './host.mjs';

interface Heard {
  text: string;
  origin: string;
}

export interface Message {
  portal: number;
  greet?: { client: string; takes: string[] };
  used?: boolean;
  id?: number;
  call?: string;
  with?: Record<string, unknown>;
}

declare global {
  interface Window {
    heard: Heard[];
  }
}

const example = path.join(places.repository, 'docs/examples/embedded-app');
const client = path.join(places.repository, 'public/portal-bridge.js');
/** What portal-server sends with sample pages, but for who may frame them. */
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; form-action 'none'; base-uri 'none'; object-src 'none'";
const bare = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Bare</title><script src="portal-bridge.js"></script></html>';
const shell = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Shell</title></html>';

/** The page that plays the portal is at 127.0.0.1, the application at localhost: two origins. */
export const test = base.extend<{ port: number }>({
  port: async ({}, use) => {
    const server = http.createServer((request, response) => {
      const name = (request.url ?? '/').split('?')[0]?.slice(1) ?? '';
      const send = (type: string, body: string | Buffer): unknown => response.writeHead(200, { 'content-type': type }).end(body);
      if (name === 'shell') return void send('text/html', shell);
      if (name === 'bare') return void send('text/html', bare);
      if (name === 'favicon.ico') return void response.writeHead(204).end();
      const sample = name.startsWith('sample-apps/');
      const file = name === 'portal-bridge.js' ? client : fileAt(sample ? path.resolve(places.repository) : example, name);
      if (file === undefined) return void response.writeHead(404).end();
      if (sample) response.setHeader('content-security-policy', policy);
      void readFile(file).then((body) => send(contentType(file), body));
    });
    const port = await listen(server);
    await use(port);
    await close(server);
  },
  // Begun after the server, so that it ends before: what a page still asks for is answered.
  page: async ({ port: _, page }, use) => use(page),
});

export const portal = (port: number): string => `http://127.0.0.1:${port}`;
export const application = (port: number): string => `http://localhost:${port}`;

/** Opens the page that plays the portal, with an application in a frame. */
export async function frame(page: Page, port: number, address: string, sandbox?: string): Promise<Frame> {
  await page.goto(`${portal(port)}/shell`);
  const handle = await page.evaluateHandle(({ src, sandbox }) => {
    window.heard = [];
    addEventListener('message', ({ data, origin }) => window.heard.push({ text: String(data), origin }));
    const made = document.createElement('iframe');
    made.title = 'Application';
    made.style.cssText = 'width: 100%; height: 700px';
    if (sandbox !== undefined) made.setAttribute('sandbox', sandbox);
    made.src = src;
    document.body.append(made);
    return new Promise<HTMLIFrameElement>((loaded) => made.addEventListener('load', () => loaded(made)));
  }, { src: address, sandbox });
  const found = await handle.asElement()?.contentFrame();
  if (!found) throw new Error('no frame');
  return found;
}

/** What the portal says. A text goes as it stands. */
export const say = (page: Page, message: unknown): Promise<void> =>
  page.evaluate(
    (text) => document.querySelector('iframe')?.contentWindow?.postMessage(text, '*'),
    typeof message === 'string' ? message : JSON.stringify(message),
  );

export const messages = (page: Page): Promise<Message[]> => page.evaluate(() => window.heard.map(({ text }) => JSON.parse(text) as never));

export const welcome = { portal: 1, welcome: { version: 1, locale: 'en-US', theme: 'LIGHT', state: null } };

/** The last call of this name, when it has come. */
export async function call(page: Page, name: string): Promise<Message> {
  let found: Message | undefined;
  await expect.poll(async () => (found = (await messages(page)).findLast((message) => message.call === name))).toBeTruthy();
  return found as Message;
}

export const answer = async (page: Page, name: string, result: unknown): Promise<void> => say(page, { portal: 1, id: (await call(page, name)).id, result });
