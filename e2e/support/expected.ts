// What the launcher must show for a reply, worked out from the documents alone (experience.md, rules under the
// words; contract.md 1.26 and §6, 11, 12, 15), so that it can be compared with what the portal shows.

/** An application as the wire has it. */
export type WireApplication = Record<string, unknown>;

const text = (value: unknown): string | undefined => {
  if (typeof value === 'number') return String(value);
  const trimmed = typeof value === 'string' ? value.trim() : '';
  // A text of which nobody sees anything is none: a link needs a name.
  return /^[\s\p{Cf}\p{Cc}]*$/u.test(trimmed) ? undefined : trimmed;
};

/** The texts of an I18nString by locale in hyphen form, with `default` for the fallback. */
function localized(value: unknown): Map<string, string> {
  const texts = new Map<string, string>();
  if (typeof value === 'string') {
    if (value.trimStart().startsWith('{')) {
      try {
        return localized(JSON.parse(value));
      } catch {
        // Plain text that happens to begin so.
      }
    }
    const plain = text(value);
    if (plain !== undefined) texts.set('default', plain);
    return texts;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return texts;
  for (const [key, member] of Object.entries(value)) {
    if (key === 'i18nValue') for (const [locale, inner] of localized(member)) texts.set(locale, inner);
    else if (key === 'defaultValue' || key === 'default') {
      const plain = text(member);
      if (plain !== undefined) texts.set('default', plain);
    } else {
      const plain = typeof member === 'string' ? text(member) : undefined;
      const [language = '', region] = key.split(/[_-]/);
      const tag = region === undefined ? language.toLowerCase() : `${language.toLowerCase()}-${region.toUpperCase()}`;
      if (plain !== undefined) texts.set(tag, plain);
    }
  }
  return texts;
}

/** The name that a person with this locale sees. */
export function shownName(application: WireApplication, locale: string): string {
  const preferred = text(application.displayName);
  if (preferred !== undefined) return preferred;
  const json = localized(application.nameJson);
  const plain = localized(application.name);
  const byLocale = [...json.keys()].some((key) => key !== 'default') ? json : plain;
  const language = locale.split('-')[0] ?? locale;
  const same = [...byLocale].find(([key]) => key === language || key.startsWith(`${language}-`))?.[1];
  const english = [...byLocale].find(([key]) => key === 'en' || key.startsWith('en-'))?.[1];
  const first = [...byLocale].find(([key]) => key !== 'default')?.[1];
  return (
    byLocale.get(locale) ??
    same ??
    json.get('default') ??
    plain.get('default') ??
    byLocale.get('en-US') ??
    english ??
    first ??
    text(application.code) ??
    text(application.identifier) ??
    text(application.id) ??
    ''
  );
}

/** `order` as a number; infinity where it is missing or unreadable: last. */
const order = (application: WireApplication): number => {
  const value = application.order;
  const number = typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? Number(value) : NaN;
  return Number.isFinite(number) ? number : Number.POSITIVE_INFINITY;
};

/** Drops what cannot be an application: entries without an id. */
export const readable = (applications: readonly unknown[]): WireApplication[] =>
  applications.filter(
    (entry): entry is WireApplication =>
      typeof entry === 'object' && entry !== null && !Array.isArray(entry) && text((entry as WireApplication).id) !== undefined,
  );

/** The applications in the order in which tiles must stand. */
export function inOrder(applications: readonly unknown[], locale: string): WireApplication[] {
  const { compare } = new Intl.Collator(locale);
  return readable(applications)
    .map((application, position) => ({ application, position, name: shownName(application, locale) }))
    .sort((a, b) => {
      const [first, second] = [order(a.application), order(b.application)];
      if (first !== second) return first < second ? -1 : 1;
      const byName = compare(a.name, b.name);
      if (byName !== 0) return byName;
      const [idA, idB] = [String(a.application.id), String(b.application.id)];
      return idA < idB ? -1 : idA > idB ? 1 : a.position - b.position;
    })
    .map(({ application }) => application);
}

/** Whether the administrator switched it off. */
export const isDisabled = (application: WireApplication): boolean =>
  [false, 0, '0', 'false'].some((off) => off === application.status);

const fold = (value: string): string =>
  value
    .normalize('NFKD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim();

/** Whether a search finds an application: every word stands in one of its names or in its code. */
export function found(application: WireApplication, query: string): boolean {
  const names = [application.displayName, ...localized(application.nameJson).values(), ...localized(application.name).values()];
  const hay = [...names, application.code, application.identifier].map((value) => fold(text(value) ?? ''));
  return fold(query)
    .split(' ')
    .every((word) => hay.some((one) => one.includes(word)));
}

/** The id of its category, or undefined. */
export function categoryOf(application: WireApplication): string | undefined {
  const category = application.category;
  return typeof category === 'object' && category !== null ? text((category as WireApplication).id) : text(category);
}

/** The name of its category as the reply gives it. */
export function categoryName(application: WireApplication): string | undefined {
  const category = application.category;
  return typeof category === 'object' && category !== null ? text((category as WireApplication).name) : undefined;
}

/** Why an address must not be opened (hostile.md A), or undefined where it may. */
export function refusal(address: unknown, base: string): string | undefined {
  const raw = text(address);
  if (raw === undefined) return undefined;
  if (raw.length > 8192) return 'too long';
  let url: URL;
  try {
    // Without what nobody sees around it, so that a byte order mark makes no path of a script (hostile.md 2).
    url = new URL(raw.replace(/^[\s\p{Cf}]+/u, ''), base);
  } catch {
    return 'unreadable';
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return url.protocol;
  return url.username !== '' || url.password !== '' ? 'credentials' : undefined;
}
