// The client of the portal bridge, version 1: an application in a frame of the portal talks to the portal by it. A classic
// script without dependencies that sets `portalBridge`; copy it beside your own scripts. See docs/embedding.md.
"use strict";

globalThis.portalBridge ??= (() => {
  const WAIT_MS = 2000;
  // The portal may begin to listen after this page has begun to speak.
  const GREET_MS = 250;
  // Every use counts against the portal's idle time-out; one message in five seconds says as much as a hundred.
  const USED_MS = 5000;

  class PortalError extends Error {
    constructor(code, message) {
      super(message);
      this.name = "PortalError";
      this.code = code;
    }
  }

  const shell = globalThis.parent;
  /** What waits for an answer: by number, how to settle it. */
  const waiting = new Map();
  const handlers = { locale: new Set(), theme: new Set(), state: new Set() };
  let link = null; // the promise of connect()
  let welcomed = null; // what a welcome does, while one is waited for
  let origins = null; // those that may be the portal; null: whoever welcomes first
  let portal = null; // the origin that is heard and spoken to, from the welcome on
  let last = 0;
  let usedAt = -USED_MS;

  const post = (message, target) => shell.postMessage(JSON.stringify({ portal: 1, ...message }), target);

  function hear(event) {
    if (event.source !== shell || typeof event.data !== "string") return;
    if (portal ? event.origin !== portal : origins && !origins.includes(event.origin)) return;
    let message;
    try {
      message = JSON.parse(event.data);
    } catch {
      return;
    }
    if (message?.portal !== 1) return;
    if (message.welcome) {
      portal ??= event.origin;
      welcomed?.(message.welcome);
    } else if (portal && waiting.has(message.id)) {
      waiting.get(message.id)(message);
    } else if (portal && Object.hasOwn(handlers, message.event)) {
      for (const handler of handlers[message.event]) handler(message.value);
    }
  }

  function used() {
    const now = performance.now();
    if (now - usedAt < USED_MS) return;
    usedAt = now;
    post({ used: true }, portal);
  }

  // Tells this page from others that come into the same frame.
  const page = Math.random().toString(36).slice(2);

  function greet({ portals, takes = [], wait = WAIT_MS }) {
    return new Promise((resolve, reject) => {
      if (shell === globalThis) throw new PortalError("not-embedded", "This page is not in a frame.");
      origins = portals ?? null;
      // Browsers complain in the console of every target that is not there; some tell which one is.
      const around = location.ancestorOrigins?.[0];
      const targets = origins?.includes(around) ? [around] : (origins ?? ["*"]);
      const say = () => targets.forEach((target) => post({ greet: { client: "1.0.0", page, takes } }, target));
      const again = setInterval(say, GREET_MS);
      const end = (settle, value) => {
        clearInterval(again);
        clearTimeout(late);
        welcomed = null;
        settle(value);
      };
      const late = setTimeout(end, wait, reject, new PortalError("no-answer", "No portal answers."));
      welcomed = (welcome) => {
        for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, used, { capture: true, passive: true });
        end(resolve, welcome);
      };
      addEventListener("message", hear);
      say();
    });
  }

  function connect(options = {}) {
    link ??= greet(options).catch((error) => {
      link = null; // the next try begins anew
      throw error;
    });
    return link;
  }

  async function call(name, args = {}) {
    if (!link) throw new PortalError("no-answer", "Call connect() first.");
    await link;
    return new Promise((resolve, reject) => {
      const id = ++last;
      const end = (settle, value) => {
        waiting.delete(id);
        clearTimeout(late);
        settle(value);
      };
      const late = setTimeout(end, WAIT_MS, reject, new PortalError("no-answer", `${name}: no answer.`));
      waiting.set(id, ({ result, error }) => {
        if (error) end(reject, new PortalError(error.code, `${name}: ${error.message}`));
        else end(resolve, result);
      });
      post({ id, call: name, with: args }, portal);
    });
  }

  function on(event, handler) {
    handlers[event].add(handler);
    return () => void handlers[event].delete(handler);
  }

  return Object.freeze({
    PortalError,
    connect,
    on,
    getUserInfo: () => call("getUserInfo"),
    getAppInfo: () => call("getAppInfo"),
    getPermissions: () => call("getPermissions"),
    getLocale: () => call("getLocale"),
    getAvailableLocales: () => call("getAvailableLocales"),
    getTheme: () => call("getTheme"),
    getAppAssets: () => call("getAppAssets"),
    getAccessToken: ({ check = false } = {}) => call("getAccessToken", { check }),
    setPageTitle: (title) => call("setPageTitle", { title }),
    setViewMode: (mode) => call("setViewMode", { mode }),
    toggleMenu: (shown) => call("toggleMenu", { shown }),
    switchPage: (place) => call("switchPage", place),
    setHelpUrl: (url) => call("setHelpUrl", { url }),
    setNotificationUrl: (url) => call("setNotificationUrl", { url }),
    setUnsaved: (unsaved) => call("setUnsaved", { unsaved }),
    setState: (state, { step = false } = {}) => call("setState", { state, step }),
    logout: () => call("logout"),
  });
})();
