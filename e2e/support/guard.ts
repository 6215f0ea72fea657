// What every test watches for while it does its own work: a page that complains fails the test.
import type { BrowserContext, ConsoleMessage } from '@playwright/test';

/** The browser's own line for an HTTP status: the page has no say in it. */
const statusLine = /^Failed to load resource: the server responded with a status of/;

/** Addresses that never leave the browser. */
const inside = /^(data|blob|about|chrome-error):/;

/** What tokens of the service look like. */
const token = /APP_PORTAL_S_|eyJ[A-Za-z0-9_-]{10,}\./;

/** The two calls that carry a refresh token in their address, by contract (contract.md 1.5, 1.6). */
const byContract = /token\/refresh|refreshToken\/revokeAll/;

/** Watches a browser context for complaints, violations of the policy and requests to strangers. */
export class Guard {
  readonly problems: string[] = [];
  /** Every console line of every page, for searches (hostile.md 24). */
  readonly said: string[] = [];
  /** The violations of the content security policy, as `directive blocked-address`. */
  readonly violations: string[] = [];
  /** Every address asked for, with its method. */
  readonly requests: string[] = [];
  private readonly allowed: RegExp[] = [];
  private readonly origins: Set<string>;

  private constructor(origins: readonly string[]) {
    this.origins = new Set(origins);
  }

  static async on(context: BrowserContext, origins: readonly string[]): Promise<Guard> {
    const guard = new Guard(origins);
    await context.exposeBinding('__violation', (_, line: string) => guard.violations.push(line));
    await context.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) => {
        const report = Reflect.get(globalThis, '__violation') as (line: string) => void;
        report(`${event.effectiveDirective} ${event.blockedURI} in ${event.documentURI}`);
      });
    });
    context.on('console', (message) => guard.console(message));
    context.on('weberror', (error) => guard.problems.push(`uncaught: ${String(error.error())}`));
    context.on('request', (request) => guard.request(request.method(), request.url()));
    return guard;
  }

  /** From here on, complaints that match are part of the test. */
  allow(...patterns: RegExp[]): void {
    this.allowed.push(...patterns);
  }

  /** From here on, pages may ask this origin. */
  allowOrigin(...origins: string[]): void {
    for (const origin of origins) this.origins.add(origin);
  }

  /** What is left to complain about. */
  complaints(): string[] {
    const all = [...this.problems, ...this.violations.map((line) => `policy: ${line}`)];
    return all.filter((line) => !this.allowed.some((pattern) => pattern.test(line)));
  }

  /** Looks for tokens in everything that can be seen of the open pages (hostile.md 24); part of every test. */
  async scan(context: BrowserContext): Promise<void> {
    const shown = await Promise.all(
      context.pages().map((page) =>
        page
          .evaluate(() => ({
            document: document.documentElement.outerHTML,
            address: location.href,
            title: document.title,
            history: JSON.stringify(history.state),
            timings: performance.getEntriesByType('resource').map(({ name }) => name).join(' '),
          }))
          // A page that is closed, or on its way elsewhere, shows nothing.
          .catch(() => ({})),
      ),
    );
    for (const [place, text] of shown.flatMap((page) => Object.entries(page))) {
      if (token.test(text)) this.problems.push(`a token in the ${place}`);
    }
    if (this.said.some((line) => token.test(line))) this.problems.push('a token in the console');
    const leaks = this.requests.filter((line) => token.test(line) && !byContract.test(line));
    if (leaks.length > 0) this.problems.push('a token in an address');
  }

  private console(message: ConsoleMessage): void {
    const text = message.text();
    this.said.push(text);
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    if (statusLine.test(text)) return;
    this.problems.push(`console ${message.type()}: ${text} (${message.location().url})`);
  }

  private request(method: string, url: string): void {
    this.requests.push(`${method} ${url}`);
    if (inside.test(url) || this.origins.has(new URL(url).origin)) return;
    this.problems.push(`request to a stranger: ${method} ${url}`);
  }
}
