// What the portal tells an application of the person and the place, and the calls by which an application changes what
// stands around it. Whether there is a token is shown, the token never.
"use strict";

(() => {
  const WORDS = {
    en: {
      title: "Who am I",
      lead: "What the portal tells this page, and what this page may ask of it.",
      alone: "This page is not in the portal: nobody tells it who you are.",
      waiting: "Asking the portal…",
      told: "The portal says",
      calls: "Ask the portal",
      facts: {
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
      },
      none: "not told",
      granted: "granted; it is not shown",
      refused: (code) => `not granted (${code})`,
      pageTitle: "Page title",
      help: "Help address",
      notification: "Notification address",
      set: "Set",
      view: "View",
      modes: ["Everything", "Without the menu", "Page alone"],
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
      facts: {
        name: "姓名",
        account: "账号",
        email: "电子邮箱",
        organization: "组织",
        application: "应用",
        category: "类别",
        permissions: "权限",
        menus: "菜单项",
        assets: "资产",
        locale: "语言",
        theme: "主题",
        token: "访问令牌",
      },
      none: "未提供",
      granted: "已授予，不显示",
      refused: (code) => `未授予（${code}）`,
      pageTitle: "页面标题",
      help: "帮助地址",
      notification: "通知地址",
      set: "设置",
      view: "视图",
      modes: ["全部", "不显示菜单", "仅页面"],
      menu: "菜单",
      show: "显示",
      hide: "隐藏",
      logout: "退出登录",
      done: (call) => `${call}：完成`,
      failed: (call, code) => `${call}：${code}`,
    },
  };

  const byId = (id) => document.getElementById(id);
  const query = new URLSearchParams(location.search);
  let words = WORDS.en;
  /** `null` outside the portal, `undefined` while the portal is asked. */
  let told;
  speak(query.get("locale") ?? "en-US");
  follow("locale", async (locale) => {
    speak(locale);
    // Names come in the language of the portal.
    await ask();
  });
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

  function speak(locale) {
    const chinese = /^zh\b/i.test(locale.replace("_", "-"));
    words = chinese ? WORDS.zh : WORDS.en;
    document.documentElement.lang = chinese ? "zh-CN" : "en";
    document.title = words.title;
    byId("title").textContent = words.title;
    byId("told").textContent = words.told;
    byId("calls-title").textContent = words.calls;
    byId("said").textContent = "";
    byId("calls").replaceChildren(...controls());
    show();
  }

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
    byId("lead").textContent = told === null ? words.alone : told ? words.lead : words.waiting;
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
      menus: application.menus && String(count(application.menus)),
      assets: Array.isArray(assets) ? String(count(assets)) : assets,
      locale: user.locale,
      theme: user.theme,
      token: token === null ? words.granted : words.refused(token),
    };
    const pairs = Object.entries(words.facts).flatMap(([key, name]) => {
      const value = values[key] || words.none;
      return [element("dt", {}, name), element("dd", { class: values[key] ? undefined : "none" }, value)];
    });
    byId("facts").replaceChildren(...pairs);
  }

  function controls() {
    return [
      typed("page-title", words.pageTitle, "setPageTitle", (text) => text),
      chips(words.view, words.modes.map((mode, index) => [mode, "setViewMode", index])),
      chips(words.menu, [[words.show, "toggleMenu", true], [words.hide, "toggleMenu", false]]),
      typed("help", words.help, "setHelpUrl", (text) => text || null),
      typed("notification", words.notification, "setNotificationUrl", (text) => text || null),
      element("div", {}, button("button", words.logout, () => run("logout"))),
    ];
  }

  function typed(id, name, call, value) {
    const input = element("input", { id, autocomplete: "off" });
    const field = element("div", { class: "field" }, element("label", { for: id }, name), input);
    const form = element("form", { class: "row" }, field, element("button", { class: "button" }, words.set));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void run(call, value(input.value.trim()));
    });
    return form;
  }

  function chips(name, entries) {
    const buttons = entries.map(([text, call, value]) => button("chip", text, () => run(call, value)));
    return element("div", { role: "group", "aria-label": name }, element("p", {}, name), element("div", { class: "chips" }, ...buttons));
  }

  function button(kind, text, press) {
    const made = element("button", { type: "button", class: kind }, text);
    made.addEventListener("click", press);
    return made;
  }

  async function run(call, ...given) {
    const said = await portalBridge[call](...given).then(
      () => words.done(call),
      (error) => words.failed(call, error.code),
    );
    byId("said").textContent = said;
  }
})();
