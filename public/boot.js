// Starts the program: a file of its own, because the content security policy allows no inline script. It does what
// cannot wait for the program (hides sign-on codes, sets theme and language, asks for the applications at once) and
// shows plain words when the program cannot start. Nothing here may throw for want of storage or a broken record.
import "./session-store.js";

// Browsers refuse to write the address too often (Safari: 100 times in 30 s), and the router of the program does not
// expect it. The page goes on, and the latest address is written when the browser accepts it.
const writes = { pushState: history.pushState.bind(history), replaceState: history.replaceState.bind(history) };
let refused = null;
const forget = () => {
  clearTimeout(refused?.again);
  refused = null;
};
const write = (name, [state, , url]) => {
  // Of steps that were refused, the last one stays.
  const latest = refused?.name === "pushState" ? "pushState" : name;
  forget();
  try {
    writes[latest](state, "", url);
  } catch (error) {
    if (error.name !== "SecurityError" || new URL(url ?? "", location).origin !== location.origin) throw error;
    refused = { name: latest, again: setTimeout(() => write(latest, [state, "", url]), 1_000) };
  }
};
for (const name of Object.keys(writes)) history[name] = (...what) => write(name, what);
addEventListener("popstate", forget);

const base = new URL("./", import.meta.url).pathname;
const store = openSessionStore(base);
const portal = (globalThis.__portal = { base, store, early: null, signOn: null, session: null, settings: null, build: "" });

// Single sign-on returns with a one-time code, or an error: out of the address before anything can read or log it. The
// values stay raw (still encoded), so that the program decodes them once.
if (location.pathname === `${portal.base}login/callback`) {
  const kept = [];
  for (const part of location.search.slice(1).split("&").filter(Boolean)) {
    const at = part.indexOf("=");
    const name = at < 0 ? part : part.slice(0, at);
    if (/^(code|state|error)$/.test(name)) (portal.signOn ??= {})[name] = at < 0 ? "" : part.slice(at + 1);
    else kept.push(part);
  }
  if (portal.signOn) history.replaceState(history.state, "", location.pathname + (kept.length ? `?${kept.join("&")}` : ""));
}

// Two calls of the service carry a refresh token in their address, by contract: the browser shall not list addresses.
performance.setResourceTimingBufferSize(0);

const root = document.documentElement;
root.dataset.script = "here"; // this file came: the site stands at the path that it was built for
// This file is run as soon as it is there, perhaps before the body.
const parsed =
  document.readyState === "loading"
    ? new Promise((done) => document.addEventListener("DOMContentLoaded", done, { once: true }))
    : null;
const script = document.querySelector("script[data-wasm]");
// Both name their content: a new version has another of at least one.
portal.build = [script?.dataset.js, script?.dataset.wasm].filter(Boolean).join(" ");

// Storage may be switched off; then there is no theme, no language and no session to find.
const stored = (area, key) => {
  try {
    return globalThis[area].getItem(key);
  } catch {
    return null;
  }
};
// The id of this tab's session; the session itself is in the store that all tabs share.
const own = () => {
  const id = stored("sessionStorage", "portal.session");
  return /^[0-9a-f]{1,40}$/.test(id ?? "") ? id : null;
};
// Earlier versions kept tokens here.
try {
  if (own() === null) sessionStorage.removeItem("portal.session");
  for (const key of ["portal.session", "portal.tabs"]) localStorage.removeItem(key);
} catch {}

// What the store knows of this tab's session, or of the newest one. The program takes it from here.
portal.session = store.call("start", JSON.stringify({ id: own() })).catch(() => null);

// A tab that was frozen, or comes back from the history, has not heard of a sign-out: nothing of the session may be seen
// then. While such a page is looked at for the first time it is out of view.
const look = async (hide) => {
  const id = own();
  if (id === null || document.hidden) return;
  if (hide) root.hidden = true;
  const known = await store.call("snapshot", JSON.stringify({ id })).then(JSON.parse, () => null);
  if (known?.ended && own() === id) location.reload();
  else if (hide) root.hidden = false;
};
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  store.hold();
  look(true);
});
// A page that holds a lock is not kept in the history.
addEventListener("pagehide", () => store.letGo());
document.addEventListener("resume", () => look(true));
setInterval(() => {
  const id = own();
  if (id !== null) store.call("touch", JSON.stringify({ id })).catch(() => {});
}, store.seenEvery);

const theme = stored("localStorage", "portal.theme");
if (theme === "light" || theme === "dark") root.dataset.theme = theme;
const locale = stored("localStorage", "portal.locale");
if (/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(locale ?? "")) {
  root.lang = locale;
  if (/^(ar|fa|he|ur)\b/.test(locale)) root.dir = "rtl";
}

// A bearer token goes only to the portal's own host, an https address, or this machine.
const allowedBase = (text) => {
  if (typeof text !== "string" || text.length > 2048 || /[\\\s?#]/.test(text)) return false;
  if (/^\/(?!\/)/.test(text)) return true;
  try {
    const url = new URL(text);
    const local = /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname);
    return !url.username && !url.password && (url.protocol === "https:" || (url.protocol === "http:" && local));
  } catch {
    return false;
  }
};

// No more than the program itself would take (MAX_REPLY_BYTES): an endless reply must not fill the memory.
const whole = async (reply) => {
  const reader = reply.body.getReader();
  const parts = [];
  let length = 0;
  for (let part; !(part = await reader.read()).done; parts.push(part.value)) {
    length += part.value.length;
    if (length > 96 << 20) throw reader.cancel();
  }
  // Not by way of a blob: the browser would send the bytes to another process and back.
  const all = new Uint8Array(length);
  for (const part of parts.reverse()) all.set(part, (length -= part.length));
  return all;
};

// The settings are small and needed first: beside the program, not after it, and before the long list, so that the page
// stands when that comes. Always fresh (no administrator should have to ask people to empty a cache).
// No fetch here follows a redirect (src/browser/fetch.rs says why): then it is `false`.
portal.settings = fetch(`${portal.base}portal.json`, {
  cache: "no-store",
  redirect: "manual",
  signal: AbortSignal.timeout(30000),
}).then((reply) => (reply.ok ? reply.text() : reply.type !== "opaqueredirect" && null));
portal.settings.catch(() => {}); // the program says it

// The list is the first thing a signed-in person needs: ask while the program is still on its way, and hand the reply,
// whatever it says (also a 401), to the program's one client path. Not where the service lives in the page itself.
const askEarly = (text) => {
  if (script?.dataset.demo !== undefined || document.querySelector('meta[name="portal-demo"]')) return;
  const session = JSON.parse(text);
  const token = session?.access;
  if (typeof token !== "string" || !token || !session.organization || !allowedBase(session.apiBase)) return;
  if (!/^\/(portal\/.*)?$/.test(`/${location.pathname.slice(portal.base.length)}`)) return;
  const url = `${session.apiBase.replace(/\/+$/, "")}/v2.2/user/app/list`;
  const promise = fetch(url, {
    headers: { Accept: "application/json", Authorization: `Bearer ${token}` },
    cache: "no-store",
    credentials: "same-origin",
    redirect: "manual",
    signal: AbortSignal.timeout(30000),
  }).then(async (reply) => ({
    type: reply.type,
    status: reply.status,
    headers: reply.headers,
    body: reply.body ? await whole(reply) : new Uint8Array(),
  }));
  promise.catch(() => {}); // whoever takes it over sees the failure; nobody else needs to hear of it
  portal.early = { url, token, promise };
  if (location.pathname === portal.base) root.dataset.boot = "tiles";
};
// Shows the place of the tiles at once where there will be some.
if (own() !== null && location.pathname === base) root.dataset.boot = "tiles";
const sessionKnown = portal.session.then((text) => {
  let signedIn = false;
  try {
    const { session } = JSON.parse(text);
    signedIn = session !== null;
    // While a refresh is under way the token at hand is probably over, and the call would only be in its way.
    if (signedIn && session.phase !== "sent") askEarly(session.text);
  } catch {} // the program says what is wrong
  if (portal.early === null) delete root.dataset.boot;
  return signedIn;
});

// The program calls this once its first screen stands in the document.
portal.ready = () => {
  document.getElementById("boot")?.remove();
  delete root.dataset.boot;
};

// Called by the program's panic hook. One overlay, whatever follows (hostile.md 83); the message is for the console of
// whoever looks, it may hold data and is never shown. The words may be set by the program: portal.words.
portal.crashed = (message) => {
  if (portal.dead) return;
  portal.dead = true;
  console.error("The program stopped:", String(message).slice(0, 300));
  const add = (parent, tag, text) => {
    const made = parent.appendChild(document.createElement(tag));
    if (text) made.textContent = text;
    return made;
  };
  portal.ready();
  const cover = add(document.body, "div");
  cover.className = "crash";
  const box = add(cover, "div");
  box.setAttribute("role", "alertdialog");
  box.setAttribute("aria-modal", "true");
  box.setAttribute("aria-labelledby", "crash-title");
  const words = portal.words ?? {};
  add(box, "h2", words.title ?? "The portal has stopped").id = "crash-title";
  add(box, "p", words.detail ?? "Something went wrong inside the program. Reload the page to go on; you stay signed in.");
  const button = add(box, "button", words.reload ?? "Reload");
  button.className = "button go";
  button.type = "button";
  button.addEventListener("click", () => location.reload());
  button.focus();
  // what is left of the program must neither run into the next panic nor be reached by the keyboard
  for (const other of document.body.children) if (other !== cover) other.inert = true;
  for (const type of ["click", "input", "keydown", "submit", "popstate", "focusin"]) {
    addEventListener(type, (event) => !cover.contains(event.target) && event.stopImmediatePropagation(), true);
  }
};

const failed = (reason, error) => {
  console.error("The program could not start:", error);
  const text = document.getElementById("boot-failed");
  if (!text) return;
  root.dataset.boot = "failed";
  for (const part of text.querySelectorAll("[data-reason]")) part.hidden = part.dataset.reason !== reason;
  text.hidden = false;
  document.getElementById("boot-retry").addEventListener("click", () => location.reload());
};

let blocked = false;
addEventListener("securitypolicyviolation", () => (blocked = true));

let arrived = false;
const why = (error) => {
  if (typeof WebAssembly !== "object") return "unsupported";
  if (arrived) return "broken";
  if (blocked || /unsafe-eval|Content.?Security/i.test(error?.message)) return "blocked";
  if (error instanceof WebAssembly.CompileError || error instanceof WebAssembly.LinkError) return "unsupported";
  return "network";
};

// Files that are named by their content and are not there: the server has another version than this page, which is then
// old. The page loads itself again for that, but not twice within a minute: an old page may come again.
const isGone = async (address) => {
  try {
    const options = { cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(5000) };
    const reply = await fetch(address, options);
    return !reply.ok || /html/.test(reply.headers.get("content-type"));
  } catch {
    return false; // the network, which another version does not mend
  }
};
portal.renew = () => {
  if (Math.abs(Date.now() - stored("sessionStorage", "portal.renewed")) < 60_000) return false;
  try {
    sessionStorage.setItem("portal.renewed", Date.now());
  } catch {
    return false; // nothing would stop it from doing so for ever
  }
  location.reload();
  return true;
};

// Compiles while it arrives; a host that names the wrong content type costs that, not the start.
const compile = async (address) => {
  const reply = await fetch(address, { redirect: "manual" });
  if (!reply.ok) throw new TypeError(`HTTP ${reply.status} for ${address}`);
  const streams = WebAssembly.compileStreaming && reply.headers.get("content-type") === "application/wasm";
  return streams ? WebAssembly.compileStreaming(reply) : WebAssembly.compile(await reply.arrayBuffer());
};

// The first screen is drawn once, in its final shape: not before the style sheet is there. A style sheet that never
// comes must not stop the program.
const styles = async (selector) => {
  await parsed;
  await Promise.all(
    [...document.querySelectorAll(`link[rel="stylesheet"]${selector}`)].map((link) => {
      link.media = "all";
      if (link.sheet) return null;
      return new Promise((done) => {
        link.addEventListener("load", done);
        link.addEventListener("error", done);
      });
    }),
  );
};

// The style of the screens that come later. One that failed before anybody asked tells nobody any more.
portal.later = () => Promise.race([styles("[media]"), new Promise((done) => setTimeout(done, 3_000))]);

// What the first screen needs besides the program comes beside it, not after it: the parts that the build names.
sessionKnown.then((signedIn) => {
  const first = portal.early ? (location.pathname === base ? null : "partApplication") : signedIn ? null : "partEntry";
  for (const name of (script?.dataset[first ?? ""] ?? "").split(" ").filter(Boolean)) {
    const part = document.createElement("link");
    Object.assign(part, { rel: "preload", as: "fetch", crossOrigin: "anonymous", href: base + name });
    document.head.append(part);
  }
});

const manifest = document.head.appendChild(document.createElement("link"));
manifest.rel = "manifest";
manifest.crossOrigin = "use-credentials"; // a proxy before the portal may want its cookie for this file, too
manifest.href = `${portal.base}manifest.webmanifest`;

const { js, wasm } = script?.dataset ?? {};
try {
  const [program, module] = await Promise.all([import(js), compile(wasm), styles(":not([media])")]);
  arrived = true;
  await program.default({ module_or_path: module });
} catch (error) {
  await parsed;
  const reason = why(error);
  const gone = /network|unsupported/.test(reason) && (await Promise.all([js, wasm].map(isGone))).includes(true);
  if (!portal.dead && !(gone && portal.renew())) failed(gone ? "outdated" : reason, error);
}
