import { expect, type Locator, type Page } from '@playwright/test';

/** `/messages`, and the bell of every screen. */
export class MessagesPage {
  readonly bell: Locator;
  readonly heading: Locator;
  readonly applications: Locator;
  readonly ids: Locator;
  readonly rows: Locator;
  readonly news: Locator;
  readonly create: Locator;
  readonly settings: Locator;
  readonly sum: Locator;

  constructor(private readonly page: Page) {
    this.bell = page.getByRole('banner').getByRole('link', { name: /^Messages, / });
    this.heading = page.getByRole('heading', { name: 'Messages', exact: true });
    this.applications = page.getByRole('list', { name: 'Applications', exact: true });
    this.ids = page.getByRole('list', { name: 'Messages that wait' });
    this.rows = this.ids.getByRole('listitem');
    this.news = page.getByRole('status').filter({ hasText: /new messages?/ });
    this.create = page.getByRole('button', { name: 'New message', exact: true });
    this.settings = page.getByRole('button', { name: 'Message settings', exact: true });
    this.sum = page.getByRole('main').getByText(/unresolved messages?(;|$)/).first();
  }

  async open(query = ''): Promise<void> {
    await this.page.goto(`./messages${query}`);
    await expect(this.heading).toBeVisible();
  }

  /** The entry of an application in the list. */
  application(name: string): Locator {
    return this.applications.getByRole('button', { name: new RegExp(`^${name}`) });
  }

  /** Shows the messages of an application. */
  async show(name: string): Promise<void> {
    await this.application(name).click();
    await expect(this.page.getByRole('heading', { name, exact: true })).toBeVisible();
  }

  /** How many messages the bell says. */
  async said(): Promise<number> {
    const name = (await this.bell.textContent()) ?? '';
    return Number((/Messages, ([\d,]+) unresolved/.exec(name)?.[1] ?? '').replace(/,/g, '') || Number.NaN);
  }

  /** The bell says so many, sooner or later. */
  async expectSum(count: number): Promise<void> {
    await expect.poll(() => this.said(), { message: 'the bell', timeout: 45_000 }).toBe(count);
  }

  /** The button of a message. */
  mark(id: string): Locator {
    return this.ids.getByRole('button', { name: `Mark as processed: ${id}`, exact: true });
  }

  /** Marks all of the application that is shown, and agrees. */
  async markAll(): Promise<void> {
    await this.page.getByRole('button', { name: /^Mark all as processed/ }).first().click();
    await this.page.getByRole('dialog', { name: 'Mark all as processed?' }).getByRole('button', { name: 'Mark all as processed' }).click();
  }

  /** Asks for the numbers of all applications, where they are not known. */
  async countAll(): Promise<void> {
    await this.page.getByRole('button', { name: 'Count them all' }).click();
    await expect(this.page.getByRole('button', { name: 'Count them all' })).toBeHidden({ timeout: 30_000 });
  }

  /** A field of the form for a new message. */
  field(name: string): Locator {
    const fields = this.page.getByRole('main').locator('form');
    return fields.getByRole('textbox', { name }).or(fields.getByRole('combobox', { name })).first();
  }

  /** Fills what a new message needs, and asks to create it. */
  async write(application: string, text: string, id?: string): Promise<void> {
    await this.field('Application').selectOption({ label: application });
    await this.field('Text for all languages').fill(text);
    await this.field('Authorization unit').fill('dogger-bank-a');
    if (id !== undefined) await this.field('Message id').fill(id);
    await this.page.getByRole('button', { name: 'Create message …' }).click();
  }

  async agree(): Promise<void> {
    await this.page.getByRole('dialog', { name: 'Create this message?' }).getByRole('button', { name: 'Create message' }).click();
  }
}
