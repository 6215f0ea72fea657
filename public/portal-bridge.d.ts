// Types of portal-bridge.js, for TypeScript and for editors:
// /// <reference path="portal-bridge.d.ts" />

declare namespace PortalBridge {
  type Theme = 'LIGHT' | 'DARK';

  type ErrorCode =
    | 'unknown-call'
    | 'bad-argument'
    | 'not-allowed'
    | 'not-found'
    | 'failed'
    | 'timeout'
    | 'busy'
    | 'not-embedded'
    | 'no-answer';

  /** Why a promise was rejected. */
  interface PortalError extends Error {
    readonly name: 'PortalError';
    readonly code: ErrorCode;
  }

  interface Options {
    /** The origins that may be the portal, such as `https://portal.example.com`. Without it, whoever welcomes first. */
    portals?: readonly string[];
    /** `state`: the page takes a new state without being loaded anew. */
    takes?: readonly 'state'[];
    /** How long to wait for a welcome, in milliseconds; 2,000 if not given. */
    wait?: number;
  }

  interface Welcome {
    version: number;
    /** Such as `en-US`. */
    locale: string;
    theme: Theme;
    state: string | null;
  }

  interface Events {
    locale: string;
    theme: Theme;
    state: string | null;
  }

  /** Members are `null` where they are not known, or where the page has no origin of its own. */
  interface UserInfo {
    id: string | null;
    name: string | null;
    nickName: string | null;
    description: string | null;
    domain: string | null;
    email: string | null;
    phone: string | null;
    phoneArea: string | null;
    createdTime: string | null;
    organization: { id: string; name: string };
    accessToken: string | null;
    theme: Theme;
    locale: string;
  }

  interface Permission {
    id: string;
    code: string | null;
    name: string | null;
  }

  interface Menu {
    id: string;
    code: string;
    name: string | null;
    url: string | null;
    displayOrder: number | null;
    parentId: string | null;
    children: Menu[];
  }

  interface AppInfo {
    id: string;
    code: string | null;
    name: string | null;
    category: { id: string; name: string | null } | null;
    isShortcut: boolean;
    isEnable: boolean;
    description: string | null;
    permissions: Permission[];
    menus: Menu[];
  }

  interface Asset {
    id: string;
    parentId: string | null;
    name: string | null;
    /** `asset` for an asset, `null` for a node of the structure. */
    tag: string | null;
    children: Asset[];
  }

  /** Names an application, a menu entry, or both. */
  interface Place {
    appId?: string;
    appCode?: string;
    menuCode?: string;
    openOnNewTab?: boolean;
    /** What the page there shall show; at most 2,000 characters. */
    state?: string;
  }
}

interface PortalBridge {
  readonly PortalError: new (code: PortalBridge.ErrorCode, message: string) => PortalBridge.PortalError;
  /** Says hello to the portal around this page. Rejects with `not-embedded` or `no-answer`. */
  connect(options?: PortalBridge.Options): Promise<PortalBridge.Welcome>;
  /** Hears what changes around the page; gives a function that ends it. */
  on<E extends keyof PortalBridge.Events>(event: E, handler: (value: PortalBridge.Events[E]) => void): () => void;

  getUserInfo(): Promise<PortalBridge.UserInfo>;
  getAppInfo(): Promise<PortalBridge.AppInfo>;
  getPermissions(): Promise<PortalBridge.Permission[]>;
  getLocale(): Promise<string>;
  getAvailableLocales(): Promise<string[]>;
  getTheme(): Promise<PortalBridge.Theme>;
  /** Rejects with `not-allowed` where the page has no origin of its own. */
  getAppAssets(): Promise<PortalBridge.Asset[]>;
  /** Rejects with `not-allowed` unless the origin of this page is in `tokenOrigins` of the portal. */
  getAccessToken(options?: { check?: boolean }): Promise<string>;

  /** At most 200 characters are shown; an empty text takes the title back. */
  setPageTitle(title: string): Promise<true>;
  /** 0: all, 1: without the menu, 2: the page alone below the thin bar. */
  setViewMode(mode: 0 | 1 | 2): Promise<true>;
  toggleMenu(shown: boolean): Promise<true>;
  /** `false`: there is no such place. */
  switchPage(place: PortalBridge.Place): Promise<boolean>;
  setHelpUrl(url: string | null): Promise<true>;
  setNotificationUrl(url: string | null): Promise<true>;
  /** While true, the portal asks before it leaves the page. */
  setUnsaved(unsaved: boolean): Promise<true>;
  /** Puts the state into the portal's address; `step` makes it a step of the history. At most 2,000 characters. */
  setState(state: string | null, options?: { step?: boolean }): Promise<true>;
  logout(): Promise<true>;
}

// `let` and `const` would not make a member of globalThis.
declare var portalBridge: PortalBridge;
