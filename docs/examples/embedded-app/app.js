// A whole application for the portal: who works with it, language and theme of the portal, a title, a state that survives
// a reload and can be sent as a link, and a warning before something typed is lost.
"use strict";

// Where this application trusts a portal. Without this list any page that frames this one could play the portal; the
// header `Content-Security-Policy: frame-ancestors` of this page's server must say the same.
const PORTALS = ["https://portal.example.com"];

const WORDS = {
  en: { title: "Pumps", pump: "Pump", note: "Note", save: "Save", who: (name, organization) => `${name}, ${organization}` },
  zh: { title: "水泵", pump: "水泵", note: "备注", save: "保存", who: (name, organization) => `${name}，${organization}` },
};

const byId = (id) => document.getElementById(id);
let user = null;

function speak(locale) {
  const words = WORDS[locale.split("-")[0]] ?? WORDS.en;
  document.documentElement.lang = locale;
  byId("title").textContent = document.title = words.title;
  byId("pump-label").textContent = words.pump;
  byId("note-label").textContent = words.note;
  byId("save").textContent = words.save;
  if (user) byId("who").textContent = words.who(user.nickName ?? user.name, user.organization.name);
}

function paint(theme) {
  document.documentElement.dataset.theme = theme === "DARK" ? "dark" : "light";
}

function show(state) {
  const pump = new URLSearchParams(state ?? "").get("pump");
  byId("pump").value = pump ?? "P-1";
}

async function start() {
  // `?portal=` is for trying the example out with a portal of this computer; a real application has its list.
  const tried = new URLSearchParams(location.search).get("portal");
  const portals = /^http:\/\/(localhost|127\.0\.0\.1):\d+$/.test(tried) ? [tried] : PORTALS;
  const { locale, theme, state } = await portalBridge.connect({ portals, takes: ["state"] });
  let language = locale;
  speak(language);
  paint(theme);
  show(state);
  portalBridge.on("locale", (changed) => speak((language = changed)));
  portalBridge.on("theme", paint);
  portalBridge.on("state", show);

  user = await portalBridge.getUserInfo();
  speak(language);

  const title = () => portalBridge.setPageTitle(byId("pump").value);
  byId("pump").addEventListener("change", () => {
    // A step: the way back leads to the pump before.
    void portalBridge.setState(`pump=${byId("pump").value}`, { step: true });
    void title();
  });
  byId("note").addEventListener("input", () => void portalBridge.setUnsaved(byId("note").value !== ""));
  await title();
}

byId("form").addEventListener("submit", (event) => {
  event.preventDefault();
  byId("note").value = "";
  // Outside the portal there is nobody to tell.
  portalBridge.setUnsaved(false).catch(() => {});
});

start().catch((error) => {
  // Outside the portal the page works alone; every other reason is worth a look.
  if (error.code !== "not-embedded") console.error(error);
});
