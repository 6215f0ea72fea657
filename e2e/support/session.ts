// What the portal stores of a session: the shared store in IndexedDB, and the id in the tab's own sessionStorage.
import type { Page } from '@playwright/test';

/** A session in the shared store. */
export interface StoredSession {
  id: string;
  since: number;
  keep: boolean;
  pair: number;
  phase: 'ready' | 'sent' | 'replied' | 'lost';
  /** JSON with the tokens. */
  text: string;
}

interface Store {
  call(method: string, input: string): Promise<string>;
}

/** Asks the store of a page that the portal stands in. */
export const askStore = async <T>(page: Page, method: string, input: object = {}): Promise<T> =>
  JSON.parse(
    await page.evaluate(
      ([name, text]) => (Reflect.get(globalThis, '__portal') as { store: Store }).store.call(name, text),
      [method, JSON.stringify(input)] as const,
    ),
  ) as T;

/** The newest session in the store. */
export async function storedSession(page: Page): Promise<StoredSession | null> {
  return (await askStore<{ session: StoredSession | null }>(page, 'snapshot')).session;
}

/** Replaces the tokens of the stored session; the next load of the page takes them up. */
export async function replaceTokens(page: Page, tokens: { access: string; refresh: string }): Promise<void> {
  const session = await storedSession(page);
  if (session === null) throw new Error('no session is stored');
  const text = JSON.stringify({ ...(JSON.parse(session.text) as object), ...tokens });
  await askStore(page, 'save', { ...session, text, supersede: false });
}

/** Everything that the browser stores for the portal, bytes as text, for searches. */
export const everythingStored = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const asText = (_: string, value: unknown): unknown => {
      if (value instanceof ArrayBuffer || value instanceof Uint8Array) {
        return new TextDecoder('latin1').decode(value as ArrayBuffer);
      }
      return value instanceof CryptoKey ? `key, extractable: ${String(value.extractable)}` : value;
    };
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(new Error(String(request.error)));
      });
    const found: unknown[] = [{ ...localStorage }, { ...sessionStorage }, document.cookie];
    for (const { name } of await indexedDB.databases()) {
      const database = await done(indexedDB.open(name ?? ''));
      for (const store of database.objectStoreNames) {
        const objects = database.transaction(store).objectStore(store);
        found.push(name, store, await done(objects.getAllKeys()), await done(objects.getAll()));
      }
      database.close();
    }
    return JSON.stringify(found, asText);
  });
