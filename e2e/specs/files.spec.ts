// How much a first visit loads, with nothing in the browser's cache (performance.md, "Files"). Every file of the portal
// counts, each time that it is asked for: the page, scripts, wasm, style sheets, settings, words, pictures, the manifest
// and the script of the service worker. Calls of the service and files of applications in frames do not.
import type { Page } from '@playwright/test';

import { CountingHost, type File } from '../support/counting-host.ts';
import { expect, test } from '../support/test.ts';

const untilUsable = 14;
const afterIdle = 25;

interface Journey {
  to: string;
  address: string;
  /** What is in the document as soon as the screen can be used. */
  usable: string;
  account?: string;
  locale?: string;
  /** At most so many KiB as they are sent, with what comes while nobody does anything. */
  kib?: number;
}

const journeys: Journey[] = [
  { to: 'sign-in', address: './', usable: 'input[type=password]', kib: 550 },
  { to: 'the launcher', address: './', usable: '[aria-setsize]', account: 'solo', kib: 550 },
  // Its words are two more files, of 12 KiB.
  { to: 'the launcher in Chinese', address: './', usable: '[aria-setsize]', account: 'solo', locale: 'zh-CN', kib: 562 },
  { to: 'an application', address: './portal/soiling-watch', usable: 'iframe', account: 'solo', kib: 550 },
  // The code of these screens comes with none of the others.
  { to: 'a further screen', address: './people', usable: 'main h1', account: 'solo' },
  { to: 'the console', address: './console', usable: 'main h1', account: 'solo' },
];

/** Notes when something is first in the document, in milliseconds since 1970. */
const noteUsable = (page: Page, selector: string): Promise<unknown> =>
  page.addInitScript((what) => {
    const look = () => {
      if (Reflect.has(globalThis, 'usable') || document.querySelector(what) === null) return;
      Reflect.set(globalThis, 'usable', Date.now());
    };
    new MutationObserver(look).observe(document, { childList: true, subtree: true });
  }, selector);

const usableAt = (page: Page): Promise<number> => page.evaluate(() => Number(Reflect.get(globalThis, 'usable') ?? 0));

const listed = (files: File[]): string => files.map(({ path, bytes }) => `${path} ${String(bytes)}`).join('\n');

const kibOf = (files: File[]): number => Math.ceil(files.reduce((sum, file) => sum + file.bytes, 0) / 1024);

for (const { to, address, usable, account, locale, kib } of journeys) {
  test(`a first visit to ${to} loads few files`, async ({ page, context, site, guard, services, signIn, launcher }, info) => {
    const host = await CountingHost.before(site);
    services.push(host);
    guard.allowOrigin(new URL(host.url).origin);
    if (account !== undefined) {
      await page.goto(host.url);
      await signIn.send(account);
      await expect(launcher.links.first()).toBeVisible();
    }
    await page.goto('about:blank');
    await (await context.newCDPSession(page)).send('Network.clearBrowserCache');
    await noteUsable(page, usable);
    if (locale !== undefined) await page.addInitScript((tag) => localStorage.setItem('portal.locale', tag), locale);
    host.files.length = 0;
    await page.goto(new URL(address, host.url).href);
    await expect.poll(() => usableAt(page)).toBeGreaterThan(0);
    const then = await usableAt(page);
    await page.waitForTimeout(then + 5_000 - Date.now());
    const all = [...host.files];
    const early = all.filter(({ at }) => at <= then);
    const figures = `${to}: ${String(early.length)} files, ${String(kibOf(early))} KiB; with idle ${String(all.length)} files, ${String(kibOf(all))} KiB`;
    info.annotations.push({ type: 'files', description: figures });
    expect.soft(early.length, `${figures}\n${listed(early)}`).toBeLessThanOrEqual(untilUsable);
    expect.soft(all.length, `${figures}\n${listed(all)}`).toBeLessThanOrEqual(afterIdle);
    if (kib !== undefined) expect(kibOf(all), `${figures}\n${listed(all)}`).toBeLessThanOrEqual(kib);
  });
}
