import { expect, type Locator, type Page } from '@playwright/test';

/** `/console`. */
export class ConsolePage {
  readonly heading: Locator;
  readonly list: Locator;
  readonly search: Locator;
  /** In the place of the list on a phone. */
  readonly choice: Locator;
  readonly caller: Locator;
  readonly request: Locator;
  readonly curl: Locator;
  readonly send: Locator;
  readonly cancel: Locator;
  readonly question: Locator;
  /** The heading of the reply, and what stands below it. */
  readonly replyHeading: Locator;
  readonly reply: Locator;
  readonly body: Locator;
  readonly history: Locator;
  readonly past: Locator;

  constructor(private readonly page: Page) {
    this.heading = page.getByRole('heading', { name: 'Console', exact: true, level: 1 });
    this.list = page.getByRole('navigation', { name: 'Operations' });
    this.search = page.getByRole('searchbox', { name: 'Search operations' });
    this.choice = page.getByRole('combobox', { name: 'Operation', exact: true });
    this.caller = page.getByRole('combobox', { name: 'Send as' });
    this.request = page.getByRole('group', { name: 'Request', exact: true });
    this.curl = page.getByRole('group', { name: 'As a curl line' });
    this.send = page.getByRole('button', { name: 'Send', exact: true });
    this.cancel = page.getByRole('button', { name: 'Cancel', exact: true });
    this.question = page.getByRole('dialog', { name: /^Send .+\?$/ });
    this.replyHeading = page.getByRole('heading', { name: /^Reply/, level: 2 });
    this.reply = page.getByRole('region', { name: /^Reply/ });
    this.body = this.reply.getByRole('group', { name: 'Text of the reply' });
    this.history = page.getByRole('region', { name: 'History' });
    this.past = this.history.getByRole('listitem').getByRole('button');
  }

  /** The operation's name for an address. */
  static slug(operation: string): string {
    return operation.toLowerCase().replaceAll("'", '').replaceAll(' ', '-');
  }

  /** Opens the console at an operation; the person is signed in. */
  async open(operation?: string): Promise<void> {
    const query = operation === undefined ? '' : `?operation=${ConsolePage.slug(operation)}`;
    await this.page.goto(`./console${query}`);
    await expect(this.operation(operation ?? 'Get User Information')).toBeVisible();
  }

  /** Chooses an operation from the list. */
  async choose(operation: string): Promise<void> {
    await this.link(operation).click();
    await expect(this.operation(operation)).toBeVisible();
  }

  link(operation: string): Locator {
    return this.list.getByRole('link').filter({ has: this.page.getByText(operation, { exact: true }) });
  }

  /** The heading of the form. */
  operation(name: string): Locator {
    return this.page.getByRole('heading', { name, exact: true, level: 2 });
  }

  /** The field of a parameter; its label goes on with the place. */
  field(name: string, place = '(query|header|body)'): Locator {
    return this.page.getByLabel(new RegExp(`^\\s*${name}\\s+${place}\\b`));
  }

  async fill(values: Record<string, string>): Promise<void> {
    for (const [name, value] of Object.entries(values)) {
      const field = this.field(name);
      if ((await field.evaluate((element) => element.tagName)) === 'SELECT') await field.selectOption(value);
      else await field.fill(value);
    }
  }

  /** A fact of the reply, such as `HTTP status`. */
  fact(name: string): Locator {
    return this.reply.getByRole('definition').and(this.page.locator(`dt:text-is("${name}") + dd`));
  }

  /** What the portal made of the reply. */
  verdict(words: string): Locator {
    return this.reply.getByText(words);
  }

  /** Sends, says yes where it is asked, and waits for the reply. */
  async sendAndWait(operation: string, writes = false): Promise<void> {
    await expect(this.send).not.toHaveAttribute('aria-disabled', 'true');
    await this.send.click();
    if (writes) await this.question.getByRole('button', { name: `Send ${operation}`, exact: true }).click();
    await expect(this.replyHeading).toHaveText(`Reply to ${operation}`);
  }

  async expectSuccess(): Promise<void> {
    await expect(this.verdict('Understood: this is a reply of this operation.')).toBeVisible();
    await expect(this.fact('HTTP status')).toHaveText('200');
    await expect(this.fact('Code')).toContainText('Success.');
  }

  async expectCode(code: number, words: string): Promise<void> {
    await expect(this.verdict('Understood: the service refuses.')).toBeVisible();
    await expect(this.fact('Code')).toContainText(String(code));
    await expect(this.fact('Code')).toContainText(words);
  }

  /** Begins a session of the console's own. */
  async logIn(account: string, password = 'portal'): Promise<void> {
    await this.choose('Log In');
    await this.fill({ account, password });
    await this.sendAndWait('Log In');
    await this.expectSuccess();
  }
}
