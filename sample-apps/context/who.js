// What the portal tells an application of the person and the place, and the calls by which an application changes what
// stands around it. Whether there is a token is shown, the token never.
"use strict";

words({
  en: {
    lead: "What the portal tells this page, and what this page may ask of it.",
    alone: "This page is not in the portal: nobody tells it who you are.",
    waiting: "Asking the portal…",
    name: "Name",
    account: "Account",
    email: "E-mail",
    organization: "Organization",
    application: "Application",
    category: "Category",
    permissions: "Permissions",
    menus: "Menu entries",
    assets: "Assets",
    locale: "Language",
    theme: "Theme",
    token: "Access token",
    none: "not told",
    granted: "granted; it is not shown",
    refused: (code) => `not granted (${code})`,
    pageTitle: "Page title",
    help: "Help address",
    notification: "Notification address",
    set: "Set",
    view: "View",
    everything: "Everything",
    noMenu: "Without the menu",
    pageAlone: "Page alone",
    menu: "Menu",
    show: "Show",
    hide: "Hide",
    logout: "Sign out",
    done: (call) => `${call}: done`,
    failed: (call, code) => `${call}: ${code}`,
  },
  zh: {
    title: "我是谁",
    lead: "门户告诉本页面的内容，以及本页面可以请求的操作。",
    alone: "本页面不在门户中：没有人告诉它您是谁。",
    waiting: "正在询问门户…",
    told: "门户提供的信息",
    calls: "请求门户",
    name: "姓名",
    account: "帐号",
    email: "电子邮箱",
    organization: "组织",
    application: "应用",
    category: "分类",
    permissions: "权限",
    menus: "菜单项",
    assets: "资产",
    locale: "语言",
    theme: "主题",
    token: "访问令牌",
    none: "未提供",
    granted: "已授予，不显示",
    refused: (code) => `未授予（${code}）`,
    pageTitle: "页面标题",
    help: "帮助地址",
    notification: "通知地址",
    set: "设置",
    view: "视图",
    everything: "全部",
    noMenu: "不显示菜单",
    pageAlone: "仅页面",
    menu: "菜单",
    show: "显示",
    hide: "隐藏",
    logout: "退出登录",
    done: (call) => `${call}：完成`,
    failed: (call, code) => `${call}：${code}`,
  },
});

(() => {
  const FACTS =
    "name account email organization application category permissions menus assets locale theme token".split(" ");
  const byId = (id) => document.getElementById(id);
  /** `null` outside the portal, `undefined` while the portal is asked. */
  let told;
  byId("calls").append(...controls());
  show();
  // Names come in the language of the portal.
  follow("locale", ask);
  follow("theme", (theme) => {
    if (!told) return;
    told.user.theme = theme;
    show();
  });
  welcomed.then((welcome) => {
    if (welcome) return;
    told = null;
    show();
  });

  async function ask() {
    const or = (otherwise) => (error) => otherwise ?? error.code;
    const [user, application, permissions, assets, token] = await Promise.all([
      portalBridge.getUserInfo().catch(or({})),
      portalBridge.getAppInfo().catch(or({})),
      portalBridge.getPermissions().catch(or([])),
      portalBridge.getAppAssets().catch(or(null)),
      // The token itself is thrown away at once.
      portalBridge.getAccessToken().then(() => null, or(null)),
    ]);
    told = { user, application, permissions, assets, token };
    show();
  }

  function show() {
    write(byId("lead"), () => say(told === null ? "alone" : told ? "lead" : "waiting"));
    byId("content").hidden = !told;
    if (!told) return;
    const { user, application, permissions, assets, token } = told;
    const count = (list) => (list ?? []).reduce((sum, entry) => sum + 1 + count(entry.children), 0);
    const values = {
      name: user.nickName ?? user.name,
      account: user.name,
      email: user.email,
      organization: user.organization?.name,
      application: application.name,
      category: application.category?.name,
      permissions: permissions.map(({ name, code, id }) => name ?? code ?? id).join(", "),
      menus: application.menus && (() => whole(count(application.menus))),
      assets: Array.isArray(assets) ? () => whole(count(assets)) : assets,
      locale: user.locale,
      theme: user.theme,
      token: () => (token === null ? say("granted") : say("refused", token)),
    };
    const pairs = FACTS.flatMap((name) => {
      const value = values[name] || (() => say("none"));
      return [element("dt", {}, () => say(name)), element("dd", { class: values[name] ? undefined : "none" }, value)];
    });
    byId("facts").replaceChildren(...pairs);
  }

  function controls() {
    return [
      typed("page-title", "pageTitle", "setPageTitle", (text) => text),
      chips("view", ["everything", "noMenu", "pageAlone"].map((mode, index) => [mode, "setViewMode", index])),
      chips("menu", [["show", "toggleMenu", true], ["hide", "toggleMenu", false]]),
      typed("help", "help", "setHelpUrl", (text) => text || null),
      typed("notification", "notification", "setNotificationUrl", (text) => text || null),
      element("div", {}, button("button", "logout", () => run("logout"))),
    ];
  }

  function typed(id, name, call, value) {
    const input = element("input", { id, autocomplete: "off" });
    const field = element("div", { class: "field" }, element("label", { for: id }, () => say(name)), input);
    const form = element("form", { class: "row" }, field, element("button", { class: "button" }, () => say("set")));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void run(call, value(input.value.trim()));
    });
    return form;
  }

  function chips(name, entries) {
    const buttons = entries.map(([word, call, value]) => button("chip", word, () => run(call, value)));
    const title = element("p", {}, () => say(name));
    return element("div", { role: "group", "aria-label": () => say(name) }, title, element("div", { class: "chips" }, ...buttons));
  }

  function button(kind, word, press) {
    const made = element("button", { type: "button", class: kind }, () => say(word));
    made.addEventListener("click", press);
    return made;
  }

  async function run(call, ...given) {
    const code = await portalBridge[call](...given).then(() => null, (error) => error.code);
    write(byId("said"), () => (code === null ? say("done", call) : say("failed", call, code)));
  }
})();
