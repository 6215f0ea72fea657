// Shared by all sample applications: the portal around the page, words and numbers in its language, building elements.
// The pages run in a sandbox without an origin: no storage, no requests; all text goes in by textContent.
"use strict";

/**
 * What the portal welcomed this page with; null outside a portal, where every page works alone. Whoever welcomes first is
 * taken for the portal, since the policy of these pages lets nobody else frame them; a real application names its portals.
 */
const welcomed = (globalThis.portalBridge?.connect({ takes: takenEvents(), wait: 10_000 }) ?? Promise.resolve(null)).catch(() => null);

/** The events that a page says it takes: `data-takes` of any of its elements. */
function takenEvents() {
  return document.querySelector("[data-takes]")?.dataset.takes.split(" ") ?? [];
}

/** Applies `locale`, `theme` or `state` of the portal, now and whenever it changes. */
function follow(what, apply) {
  welcomed.then((welcome) => {
    if (!welcome) return;
    apply(welcome[what]);
    portalBridge.on(what, apply);
  });
}

/** Calls the portal; undefined where there is none, or where it refuses. */
async function tell(call, ...given) {
  return (await welcomed) ? portalBridge[call](...given).catch(() => undefined) : undefined;
}

follow("theme", (theme) => (document.documentElement.dataset.theme = theme === "DARK" ? "dark" : "light"));

/**
 * Words, in English and in Chinese. English stands in the documents, beside the keys that `SPOKEN` names: `data-say="key"`.
 * Each script adds a table, by `words`, of what its document does not hold; a value is a text, or a function that gives one.
 */
const TABLES = { en: {}, "zh-CN": {} };
const SPOKEN = { "data-say": "textContent", "data-say-label": "aria-label", "data-say-placeholder": "placeholder" };
const asked = new URLSearchParams(location.search);

/** The locale of the shell, for numbers and dates; alone, that of the address or of the browser. */
let locale;
/** The language of the words: the one of the two that is nearest. */
let language;

for (const [name, where] of Object.entries(SPOKEN)) {
  for (const node of document.querySelectorAll(`[${name}]`)) {
    const key = node.getAttribute(name);
    TABLES.en[key] = where === "textContent" ? node.textContent : node.getAttribute(where);
    write(node, () => say(key), where);
  }
}
speak(asked.get("locale") || asked.get("ui_locales") || navigator.language);
follow("locale", speak);

/** Adds to the tables. */
function words({ en, zh }) {
  Object.assign(TABLES.en, en);
  Object.assign(TABLES["zh-CN"], zh);
  renew();
}

/** The words of a key. */
function say(key, ...given) {
  const found = TABLES[language]?.[key] ?? TABLES.en[key] ?? key;
  return typeof found === "function" ? found(...given) : found;
}

/** Writes words into a node, or into one of its attributes, now and whenever the language changes. */
function write(node, make, where = "textContent") {
  (node.written ??= {})[where] = make;
  set(node, make, where);
}

function set(node, make, where) {
  const text = make();
  if (where !== "textContent") node.setAttribute(where, text);
  else if (node.textContent !== text) node.textContent = text;
}

/** Writes all words of the page anew. No node is replaced, so focus, input and scroll positions stay as they are. */
function renew() {
  const nodes = document.createTreeWalker(document);
  while (nodes.nextNode()) {
    for (const [where, make] of Object.entries(nodes.currentNode.written ?? {})) set(nodes.currentNode, make, where);
  }
}

/** Goes on in the language and with the numbers of a locale, which may come from an address: anything is taken. */
function speak(tag) {
  try {
    [locale] = Intl.getCanonicalLocales(tag.trim().split(/\s/)[0].replaceAll("_", "-"));
  } catch {
    locale = "en";
  }
  language = /^zh\b/.test(locale) ? "zh-CN" : "en";
  document.documentElement.lang = language;
  renew();
}

const SVG = "http://www.w3.org/2000/svg";

/** An HTML element: attributes, then text or children. Words are given as functions, and follow the language. */
function element(name, attributes, ...children) {
  return fill(document.createElement(name), attributes, children);
}

/** The same in SVG. */
function shape(name, attributes, ...children) {
  return fill(document.createElementNS(SVG, name), attributes, children);
}

function fill(node, attributes, children) {
  for (const [key, value] of Object.entries(attributes || {})) {
    if (typeof value === "function") write(node, value, key);
    else if (value !== undefined && value !== null) node.setAttribute(key, value);
  }
  for (const child of children) {
    if (typeof child === "function") {
      const text = new Text();
      write(text, child);
      node.append(text);
    } else if (child !== null && child !== undefined) {
      node.append(child);
    }
  }
  return node;
}

/** Numbers between 0 and 1 that are the same for the same seed: the pages look alike at every visit. */
function randomFrom(seed) {
  let state = 2166136261;
  for (const letter of String(seed)) state = Math.imul(state ^ letter.codePointAt(0), 16777619);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A number in the locale of the shell. */
function fixed(number, digits = 1) {
  return number.toLocaleString(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** A whole number. */
function whole(number) {
  return fixed(number, 0);
}

/** A day and a time of day. */
function moment(date) {
  return date.toLocaleString(locale, { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit" });
}

/** A state as a shape and a word. */
function stateMark(kind, word) {
  const shapes = {
    good: shape("circle", { cx: 6, cy: 6, r: 5 }),
    watch: shape("path", { d: "M6 0.8 11.6 11H0.4Z" }),
    alert: shape("path", { d: "M6 0 12 6 6 12 0 6Z" }),
    idle: shape("rect", { x: 1, y: 5, width: 10, height: 2.5, rx: 1 }),
  };
  const mark = shape("svg", { viewBox: "0 0 12 12", "aria-hidden": "true" }, shapes[kind]);
  return element("span", { class: `state ${kind}` }, mark, word);
}

/** A thin bar for a share between 0 and 1. */
function meter(share, kind = "") {
  const width = Math.max(0, Math.min(1, share)) * 100;
  return shape(
    "svg",
    { class: "meter", viewBox: "0 0 100 4", preserveAspectRatio: "none", "aria-hidden": "true" },
    shape("rect", { class: "track", width: 100, height: 4, rx: 2 }),
    shape("rect", { class: `fill ${kind}`, width, height: 4, rx: 2 }),
  );
}

/** One key figure of a `dl.figures`. */
function figure(name, value, unit, bar) {
  const number = element("dd", {}, value, unit ? element("small", {}, unit) : null);
  return element("div", {}, element("dt", {}, name), number, bar);
}

/** Path data through points `[x, y]`. */
function line(points) {
  return points.map(([x, y], index) => `${index ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
}

/** Draws now and whenever the width changes. */
function drawAtWidth(node, draw) {
  let last = 0;
  const redraw = () => {
    const width = Math.round(node.getBoundingClientRect().width);
    if (width > 0 && width !== last) {
      last = width;
      draw(width);
    }
  };
  new ResizeObserver(redraw).observe(node);
  redraw();
}
