import { defineConfig } from '@playwright/test';

import { browser } from './support/host.mjs';
import type { WorkerOptions } from './support/test.ts';

const { executablePath, chromiumSandbox, args } = browser();

export default defineConfig<object, WorkerOptions>({
  testDir: './specs',
  outputDir: './test-results',
  fullyParallel: true,
  forbidOnly: process.env.CI !== undefined,
  // A test that passes only now and then is a defect, of the test or of the product.
  retries: 0,
  workers: Number(process.env.E2E_WORKERS ?? 2),
  // On a machine that does other work too, E2E_TIMEOUT (milliseconds) gives a test longer.
  timeout: Number(process.env.E2E_TIMEOUT ?? 60_000),
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: {
    browserName: 'chromium',
    headless: true,
    locale: 'en-US',
    viewport: { width: 1280, height: 800 },
    // Nothing moves, so that nothing is measured half-way; the motion itself is decoration.
    contextOptions: { reducedMotion: 'reduce' },
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: { chromiumSandbox, args, ...(executablePath === undefined ? {} : { executablePath }) },
  },
  projects: [
    { name: 'http', testIgnore: /(contract|static|fronts|stress)\.spec/, use: { host: 'http' } },
    { name: 'static', testMatch: /(story|static)\.spec/, use: { host: 'static' } },
    { name: 'upstream', testMatch: /(story|fronts)\.spec/, use: { host: 'upstream' } },
    { name: 'nginx', testMatch: /(story|fronts)\.spec/, use: { host: 'nginx' } },
    { name: 'caddy', testMatch: /(story|fronts)\.spec/, use: { host: 'caddy' } },
    { name: 'contract', testMatch: /contract\.spec/, use: { host: 'none' } },
    { name: 'stress', testMatch: /stress\.spec/, use: { host: 'none' } },
  ],
});
