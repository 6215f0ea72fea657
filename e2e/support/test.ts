// The test that every spec uses: a running site, page objects, and a guard that fails the test on complaints.
import { test as base, expect } from '@playwright/test';

import { AccountMenu } from '../pages/account-menu.ts';
import { ApplicationPage } from '../pages/application.ts';
import { ConsolePage } from '../pages/console.ts';
import { AssetsPage } from '../pages/assets.ts';
import { IdentityPage } from '../pages/identity.ts';
import { LauncherPage } from '../pages/launcher.ts';
import { OrganizationsPage } from '../pages/organizations.ts';
import { SignInPage } from '../pages/sign-in.ts';
import { ContractServer } from './contract-server.ts';
import { isInstalled, startFront } from './fronts.ts';
import { Guard } from './guard.ts';
import { startPortal, startStatic, type PortalOptions, type Site } from './host.mjs';
import { missed } from './operations.ts';
import type { Variant } from './variants.ts';

export interface WorkerOptions {
  /** The host that a project's tests run on; `none` for those that start one themselves. */
  host: 'http' | 'static' | 'none' | 'upstream' | 'nginx' | 'caddy';
}

interface WorkerFixtures {
  /** One host for all tests of a worker. */
  shared: Site;
}

interface TestFixtures {
  /** Options of a host for these tests alone; without them the worker's host serves. */
  own: PortalOptions | undefined;
  /** The host under test. */
  site: Site;
  /** Servers of a test's own; they end after the guard has looked, so that no page misses what it asks for. */
  services: { stop: () => Promise<void> }[];
  guard: Guard;
  /** Starts the portal on the second service in one of its forms, and opens it. */
  openOn: (variant: Variant) => Promise<ContractServer>;
  signIn: SignInPage;
  identity: IdentityPage;
  organizations: OrganizationsPage;
  launcher: LauncherPage;
  application: ApplicationPage;
  assets: AssetsPage;
  accountMenu: AccountMenu;
  console: ConsolePage;
}

const nothing: Site = {
  url: 'http://127.0.0.1:9/',
  origins: [],
  calls: () => Promise.resolve({}),
  resetCalls: () => Promise.resolve(),
  stop: () => Promise.resolve(),
};

/** The host of a project; `nothing` where its program is not installed, which continuous integration does not accept. */
async function startHost(host: WorkerOptions['host']): Promise<Site> {
  if (host === 'none') return nothing;
  if (host === 'http') return startPortal();
  if (host === 'static') return startStatic();
  if (isInstalled(host)) return startFront(host);
  if (process.env.CI === undefined) return nothing;
  throw new Error(`${host} is not installed: apt-get install ${host}`);
}

export const test = base.extend<TestFixtures, WorkerOptions & WorkerFixtures>({
  host: ['http', { option: true, scope: 'worker' }],
  shared: [
    async ({ host }, use) => {
      const site = await startHost(host);
      await use(site);
      await site.stop();
    },
    { scope: 'worker' },
  ],
  own: [undefined, { option: true }],
  site: async ({ own, shared, host }, use, info) => {
    info.skip(shared === nothing && host !== 'none', `${host} is not installed`);
    const site = own === undefined ? shared : await startPortal(own);
    await use(site);
    if (own !== undefined) await site.stop();
  },
  baseURL: async ({ site }, use) => use(site.url),
  services: async ({}, use) => {
    const services: { stop: () => Promise<void> }[] = [];
    await use(services);
    for (const service of services) await service.stop();
  },
  guard: [
    // The services are named here so that they outlive it.
    async ({ context, site, host, services: _ }, use, { annotations }) => {
      const guard = await Guard.on(context, site.origins);
      await use(guard);
      await guard.scan(context);
      expect(guard.complaints(), 'what the pages complained about').toEqual([]);
      // Inside the page the service is asked without a request.
      if (host === 'http') expect(missed(annotations, guard.requests), 'operations that nothing has asked for').toEqual([]);
    },
    { auto: true },
  ],
  openOn: async ({ page, guard, services }, use) =>
    use(async (variant) => {
      const service = await ContractServer.start(variant);
      services.push(service);
      guard.allowOrigin(new URL(service.url).origin);
      await page.goto(service.url);
      return service;
    }),
  signIn: async ({ page }, use) => use(new SignInPage(page)),
  identity: async ({ page }, use) => use(new IdentityPage(page)),
  organizations: async ({ page }, use) => use(new OrganizationsPage(page)),
  launcher: async ({ page }, use) => use(new LauncherPage(page)),
  application: async ({ page }, use) => use(new ApplicationPage(page)),
  assets: async ({ page }, use) => use(new AssetsPage(page)),
  accountMenu: async ({ page }, use) => use(new AccountMenu(page)),
  console: async ({ page }, use) => use(new ConsolePage(page)),
});

export { expect };
