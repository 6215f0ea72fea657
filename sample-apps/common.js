// Shared by all sample applications: the portal around the page, building elements, shapes and numbers.
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

const SVG = "http://www.w3.org/2000/svg";

/** An HTML element: attributes, then text or children. */
function element(name, attributes, ...children) {
  return fill(document.createElement(name), attributes, children);
}

/** The same in SVG. */
function shape(name, attributes, ...children) {
  return fill(document.createElementNS(SVG, name), attributes, children);
}

function fill(node, attributes, children) {
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value !== undefined && value !== null) node.setAttribute(key, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
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

function fixed(number, digits = 1) {
  return number.toLocaleString(document.documentElement.lang, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
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
