// What a tab shows, and what a person does there. These functions run inside the page, so each holds all that it needs.

/**
 * @typedef {'launcher' | 'signIn' | 'moved' | 'choosing' | 'application' | 'elsewhere' | 'ended' | 'failed' | 'loading'} Screen
 */
/**
 * @typedef {object} Look
 * @property {Screen} screen
 * @property {string} organization the one in the banner
 * @property {string} said what notices and headings say
 */

/** @returns {Look} */
export function look() {
  const shown = (/** @type {Element} */ element) => element.checkVisibility({ visibilityProperty: true });
  const words = (/** @type {string} */ selector) =>
    [...document.querySelectorAll(selector)].filter(shown).map((element) => (element.textContent ?? '').replace(/\s+/g, ' ').trim());
  const headings = words('h1, h2');
  const has = (/** @type {RegExp} */ pattern) => headings.some((text) => pattern.test(text));
  const organization = words('header').join(' ');
  const said = [...headings, ...words('[role=alert], [role=status], .notice, main p')].filter(Boolean).join(' | ').slice(0, 400);
  const is = (/** @type {Screen} */ screen) => ({ screen, organization, said });
  if (location.pathname === '/stress-elsewhere.html') return is('elsewhere');
  if (has(/^Another tab works in/)) return is('moved');
  if (location.pathname === '/login') return is(has(/^Sign in$/) ? 'signIn' : 'loading');
  if (has(/^Choose an organization$/)) return is('choosing');
  const controls = words('button, a');
  if (controls.includes('Sign in')) return is('ended');
  if (controls.some((text) => text.startsWith('Try again'))) return is('failed');
  if (location.pathname.startsWith('/portal/')) return is('application');
  const tiles = document.querySelectorAll('main :is(li, [role=listitem]) a').length;
  return is(has(/^Applications$/) && tiles > 0 ? 'launcher' : 'loading');
}

/** Presses what has this name, if it is there. @param {string} name how the name begins @returns {boolean} */
export function press(name) {
  const named = (/** @type {Element} */ element) => {
    const copy = /** @type {Element} */ (element.cloneNode(true));
    for (const decoration of copy.querySelectorAll('[aria-hidden=true]')) decoration.remove();
    return element.getAttribute('aria-label') ?? (copy.textContent ?? '').replace(/\s+/g, ' ').trim();
  };
  const all = [...document.querySelectorAll('button, a, [role=menuitem]')];
  const one = all.find((element) => element.checkVisibility({ visibilityProperty: true }) && named(element).startsWith(name));
  if (!(one instanceof HTMLElement)) return false;
  one.click();
  return true;
}

/** Fills the form of sign-in and sends it. @param {{ account: string, password: string }} given @returns {boolean} */
export function signIn({ account, password }) {
  const box = document.querySelector('input[type=password]');
  if (!(box instanceof HTMLInputElement) || box.form === null) return false;
  const name = [...box.form.querySelectorAll('input')].find(({ type }) => type === 'text' || type === 'email');
  if (name === undefined) return false;
  /** @param {HTMLInputElement} input @param {string} text */
  const type = (input, text) => {
    input.value = text;
    for (const event of ['input', 'change']) input.dispatchEvent(new Event(event, { bubbles: true }));
  };
  type(name, account);
  type(box, password);
  box.form.requestSubmit();
  return true;
}

/** Opens the first application by its tile, which asks the service. @returns {boolean} */
export function openFirst() {
  const tile = document.querySelector('main :is(li, [role=listitem]) a[href*="/portal/"]');
  if (!(tile instanceof HTMLElement)) return false;
  tile.click();
  return true;
}

/** Notes when sign-in is shown; timers of background tabs are too slow for that. */
export function watchForSignIn() {
  const see = () => {
    const shown = location.pathname === '/login' && document.querySelector('input[type=password]') !== null;
    if (shown) Reflect.set(window, 'stressSignedOutAt', Date.now());
    return shown;
  };
  Reflect.deleteProperty(window, 'stressSignedOutAt');
  const observer = new MutationObserver(() => see() && observer.disconnect());
  if (!see()) observer.observe(document, { childList: true, subtree: true });
}

/** When sign-in was shown, since {@link watchForSignIn}. @returns {number} */
export function signedOutAt() {
  return Number(Reflect.get(window, 'stressSignedOutAt') ?? 0);
}

/** Where a token, or a sealed record, is left in what the browser keeps. @returns {Promise<string[]>} */
export async function leftovers() {
  const token = /APP_PORTAL_S_|eyJ[A-Za-z0-9_-]{10,}\.|"sealed"/;
  /** @type {Record<string, string>} */
  const kept = { sessionStorage: JSON.stringify({ ...sessionStorage }), localStorage: JSON.stringify({ ...localStorage }), cookies: document.cookie };
  /** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
  const done = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  for (const { name } of await indexedDB.databases()) {
    if (name === undefined) continue;
    const database = await done(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const all = await done(database.transaction(store).objectStore(store).getAll());
      kept[`IndexedDB ${name}/${store}`] = JSON.stringify(all);
    }
    database.close();
  }
  for (const name of await caches.keys()) {
    const requests = await (await caches.open(name)).keys();
    kept[`cache ${name}`] = requests.map(({ url }) => url).join(' ');
  }
  return Object.entries(kept).flatMap(([place, text]) => (token.test(text) ? [place] : []));
}
