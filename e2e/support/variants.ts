// The forms in which services of this contract answer (contract.md 0.1, 0.2, 0.4, 0.6 and §6), as data.

/** An entry of a list, as it may come. */
export type Entry = Record<string, unknown> | null;

export interface Variant {
  name: string;
  /** The success code (contract.md 0.1). */
  success: number | string;
  /** What stands for `message` in a good reply. */
  goodMessage: Record<string, unknown>;
  /** The member that holds the text of an error. */
  messageMember: 'message' | 'msg';
  /** What `data` is in an error. */
  failedData: unknown;
  /** What commands answer: `true` or `null`. */
  commands: boolean | null;
  /** Codes 400 … 512 instead of 31400 … 31512 (contract.md 0.2). */
  oldCodes: boolean;
  /** Error codes as texts. */
  textNumbers: boolean;
  /** A token that is not valid: HTTP 401 with a page instead of a code (contract.md §6, 4). */
  expiredByStatus: boolean;
  /** Choose Organization sends no token back, and the first stays good (contract.md §6, 5). */
  keepsToken: boolean;
  /** What stands before tokens in replies: nothing, or `Bearer `. */
  tokenPrefix: '' | 'Bearer ';
  chosenAs: 'current' | 'working' | 'none';
  refreshedAs: 'current' | 'working' | 'none';
  refreshTokenExpire: (milliseconds: number) => unknown;
  userAsList: boolean;
  mfaType?: string;
  /** Origins that the policy lets into frames, as a host prints it for `frameOrigins`. */
  framed?: string[];
  /** The host sends no security headers, as many do. */
  unprotected?: true;
  /** Pages of applications that are not the usual one, by their names: what is in them, and what is sent with them. */
  pages?: Record<string, { body?: string; status?: number; headers?: Record<string, string> }>;
  /** In the stead of portal.json. */
  settings?: Record<string, unknown>;
  organizations: Entry[];
  applications: unknown[];
  besideApplications: Record<string, unknown>;
  menus: Record<string, unknown[]>;
  /** What the launcher must show, in order. */
  shown: string[];
  /** What it must show in Simplified Chinese, first only. */
  firstInChinese: string;
  /** How many entries cannot be read. */
  dropped: number;
  /** Names of category chips in order, without "All". */
  categories: string[];
  /** The application to open, the entry to click, and the words of its page. */
  open: { application: string; entry: string; words: string };
}

const two: Entry[] = [
  { id: 'o15724268424841', name: 'Alpha Wind' },
  { id: 'o15724268424842', name: 'Beta Solar' },
];

/** As the 3.0.0 pages have it. */
export const newest: Variant = {
  name: 'newest: code 0, 31xxx, nested menus',
  success: 0,
  goodMessage: { message: 'OK' },
  messageMember: 'message',
  failedData: null,
  commands: true,
  oldCodes: false,
  textNumbers: false,
  expiredByStatus: false,
  keepsToken: false,
  tokenPrefix: '',
  chosenAs: 'current',
  refreshedAs: 'working',
  refreshTokenExpire: (milliseconds) => milliseconds,
  userAsList: false,
  mfaType: 'NONE',
  organizations: two,
  applications: [
    { id: 'k-late', code: 'late', name: 'Late', displayName: 'Last Word', type: 0, status: true, order: 6, isShortcut: false, category: { id: 34, name: 'Other' }, url: '/contract-apps/late.html', createdTime: '2019-05-28 07:49:39' },
    { id: 'k-wind', code: 'wind', name: 'Wind', nameJson: { default: 'Wind', en_US: 'Wind Board', zh_CN: '风电看板' }, description: 'x', type: 0, status: true, order: 0, isShortcut: false, category: { id: 21, name: 'Wind power' } },
    { id: 'k-same-b', code: 'b', name: 'Beacon', type: 0, status: true, order: 4, category: { id: 21, name: 'Wind power' }, url: '/contract-apps/b.html' },
    { id: 'k-same-a', code: 'a', name: 'Anchor', type: 1, status: true, order: 4, isShortcut: true, category: { id: 22, name: 'Solar' }, url: '/contract-apps/a.html' },
    { id: 'k-off', code: 'off', name: 'Switched off', type: 0, status: false, order: 5, category: { id: 22, name: 'Solar' }, url: '/contract-apps/off.html' },
  ],
  besideApplications: { pagination: null },
  menus: {
    'k-wind': [
      { id: 'm2', code: 'second', name: 'Second', displayOrder: 2, url: '/contract-apps/second.html', parentId: '', children: [] },
      {
        id: 'm1', code: 'first', name: 'First', nameJson: { default: 'First', zh_CN: '第一' }, displayOrder: 1, url: '', parentId: '',
        children: [{ id: 'm11', code: 'inner', name: 'Inner', displayOrder: 1, url: '/contract-apps/inner.html?own=1#/view', parentId: 'm1', children: null, additionType: 0 }],
      },
    ],
  },
  shown: ['Wind Board', 'Anchor', 'Beacon', 'Switched off', 'Last Word'],
  firstInChinese: '风电看板',
  dropped: 0,
  categories: ['Wind power', 'Solar', 'Other'],
  open: { application: 'Wind Board', entry: 'Second', words: 'Page second' },
};

/** As the 2.0 and 2.1 pages have it: code 200, plain codes, texts for numbers, few members. */
export const oldest: Variant = {
  ...newest,
  name: 'oldest: code 200, plain codes, numbers as texts, flat menus',
  success: 200,
  goodMessage: { message: '' },
  failedData: '',
  commands: null,
  oldCodes: true,
  textNumbers: true,
  refreshedAs: 'current',
  refreshTokenExpire: (milliseconds) => new Date(milliseconds).toISOString(),
  userAsList: true,
  applications: [
    { id: 'k-late', identifier: 'late', name: 'Last Word', type: '0', status: '1', order: '6', category: 34, url: '/contract-apps/late.html' },
    { id: 'k-wind', identifier: 'wind', name: { default: 'Wind', 'en-US': 'Wind Board', 'zh-CN': '风电看板' }, type: '0', status: 1, order: '0', category: '21' },
    { id: 'k-same-b', identifier: 'b', name: 'Beacon', type: '0', status: 'true', order: '4', category: 21, url: '/contract-apps/b.html' },
    { id: 'k-same-a', identifier: 'a', name: 'Anchor', type: '1', status: 1, order: '4', isShortcut: '1', category: { id: '22' }, url: '/contract-apps/a.html' },
    { id: 'k-off', identifier: 'off', name: 'Switched off', type: '0', status: '0', order: '5', category: '22', url: '/contract-apps/off.html' },
  ],
  besideApplications: {},
  menus: {
    // Children before their parent, numbers as texts, a parent that is not in the list.
    'k-wind': [
      { id: 'm11', identifier: 'inner', name: 'Inner', displayOrder: '1', url: '/contract-apps/inner.html', parentId: 'm1' },
      { id: 'm2', identifier: 'second', name: 'Second', displayOrder: '2', url: '/contract-apps/second.html', parentId: '' },
      { id: 'm1', identifier: 'first', name: 'First', displayOrder: '1', url: '', parentId: '' },
      { id: 'm9', identifier: 'orphan', name: 'Orphan', displayOrder: '9', url: '/contract-apps/orphan.html', parentId: 'not-sent' },
    ],
  },
  // Names of contract.md 1.26 stand in where the reply names none.
  categories: ['Wind', 'Solar', 'Other'],
};

/** Success as a text, `msg`, HTTP 401 with a page, both other forms of names, no organization in replies. */
export const proxied: Variant = {
  ...newest,
  name: 'proxied: code "0", msg, HTTP 401 with HTML, I18n in its other forms',
  success: '0',
  goodMessage: { msg: null, requestId: 'r-1' },
  messageMember: 'msg',
  expiredByStatus: true,
  tokenPrefix: 'Bearer ',
  chosenAs: 'none',
  refreshedAs: 'none',
  refreshTokenExpire: (milliseconds) => String(Math.floor(milliseconds / 1000)),
  applications: newest.applications.map((entry) => {
    const one = entry as Record<string, unknown>;
    if (one.id === 'k-wind') return { ...one, name: ' Wind ', nameJson: { defaultValue: 'Wind', i18nValue: { en_US: ' Wind Board ', zh_CN: '风电看板' } } };
    if (one.id === 'k-same-b') return { ...one, nameJson: JSON.stringify({ default: 'Beacon', zh_CN: '灯塔' }) };
    return one;
  }),
};

/** Half of everything is missing: nulls in lists, repeated ids, tokens kept, unknown categories and members. */
export const sparse: Variant = {
  ...newest,
  name: 'sparse: missing members, nulls in lists, repeated ids, the token stays',
  success: 200,
  goodMessage: {},
  failedData: true,
  keepsToken: true,
  chosenAs: 'working',
  refreshTokenExpire: () => undefined,
  organizations: [null, ...two, { name: 'Without an id' }],
  applications: [
    null,
    { id: 'k-none', name: 'No Category', order: null, url: '/contract-apps/none.html' },
    { id: 'k-wind', name: 'Wind Board', nameJson: { zh_CN: '风电看板', en_US: 'Wind Board' }, order: 0, category: { id: 112, name: 'Marine' }, isNewNavigation: true, sourceApp: { a: [1] } },
    { id: 'k-twin', name: 'Twin One', order: 1, category: 112, url: '/contract-apps/twin-one.html' },
    { id: 'k-twin', name: 'Twin Two', order: 1, category: null, url: '/contract-apps/twin-two.html' },
    { name: 'Without an id', order: 0 },
    { id: 'k-number', code: 'only_a_code', order: 2.5, category: 987 },
    'no application',
  ],
  besideApplications: { pagination: { total: 5, currentPage: 0, limit: 1000 }, requestId: 'r-2' },
  menus: {
    'k-wind': [
      { id: 'm1', code: 'loop', name: 'Loop', parentId: 'm2', url: '/contract-apps/loop.html' },
      { id: 'm2', code: 'back', name: 'Back again', parentId: 'm1', url: '/contract-apps/back.html' },
      { id: 'm3', code: 'second', name: 'Second', url: '/contract-apps/second.html' },
      { id: 'm3', code: 'second', name: 'Second twin', url: '/contract-apps/twin.html' },
      null,
    ],
    'k-number': [{ id: 'n1', name: 'Only entry', url: '/contract-apps/only.html' }],
  },
  shown: ['Wind Board', 'Twin One', 'Twin Two', 'only_a_code', 'No Category'],
  firstInChinese: '风电看板',
  dropped: 3,
  categories: ['Marine', 'Uncategorized', '987'],
  open: { application: 'Wind Board', entry: 'Second', words: 'Page second' },
};

export const variants: readonly Variant[] = [newest, oldest, proxied, sparse];
