// Pages of another origin that take the keyboard, and harmless ones, on a host of their own.
import http from 'node:http';

import { test as base } from './test.ts';
import { close, listen } from './host.mjs';

/** What is typed into the page stands in its box, and all keys that it got in `window.keys`. */
const page = (script: string): string => `<!doctype html><html lang="en"><meta charset="utf-8"><title>Page</title>
<body><h1>The page</h1><label>Box <input id="box"></label><button>Next</button><script>
window.keys = '';
const box = document.getElementById('box');
addEventListener('keydown', ({ key }) => (window.keys += key));
${script}
</script></body></html>`;

const pages: Record<string, string> = {
  '/quiet': page(''),
  /** The page of the report: again and again, whatever is shown. */
  '/grabs': page('setInterval(() => box.focus(), 150);'),
  /** Seldom enough to be no nuisance by itself. */
  '/seldom': page('setInterval(() => box.focus(), 1200);'),
  /** Means no harm: it renews itself, and wants its box to be ready. What it got is kept over its renewals. */
  '/renews': page(`window.keys = window.name;
    addEventListener('keydown', () => (window.name = window.keys));
    box.focus();
    setTimeout(() => location.reload(), 700);`),
  /** Wants its box to be ready, once, when it has drawn itself. */
  '/ready': page('setTimeout(() => box.focus(), 400);'),
};

declare global {
  interface Window {
    keys: string;
  }
}

/** The host, on another origin than the portal. */
export const test = base.extend<{ stranger: string }>({
  stranger: async ({ services }, use) => {
    const server = http.createServer((request, response) => {
      const body = pages[new URL(request.url ?? '/', 'http://localhost').pathname];
      response.writeHead(body === undefined ? 204 : 200, { 'content-type': 'text/html' }).end(body);
    });
    const port = await listen(server);
    services.push({ stop: () => close(server) });
    await use(`http://localhost:${port}`);
  },
});
