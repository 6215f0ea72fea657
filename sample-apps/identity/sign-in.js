// The sign-in of a company, as single sign-on knows it: the portal sends people here with `redirect_uri` and `state`, and
// this page sends them back with a code of the reference service (docs/demo.md, "Single sign-on"). It asks nobody for
// anything, so it sends people only to the sign-in return of a portal on its own host, or on this computer.
"use strict";

words({
  en: {
    elsewhere: "This page sends people back to a portal on this host only. Open it from the sign-in page of the demonstration.",
    target: (host) => `for ${host}`,
    morgan: "five organizations",
    solo: "one organization",
    mfa: "a second step with a password; none from here",
    nobody: "no organization",
    "no-token": "the service opens no session",
    locked: "the account is locked",
    login500: "the service fails",
    expired: "A code that has expired",
    old: "the service refuses it",
    cancel: "Cancel",
    access_denied: "you did not want to",
    failure: "Server error",
    server_error: "this page fails",
  },
  zh: {
    lead: "在演示中扮演企业的登录页面，不需要任何人的密码。",
    who: "您是谁？",
    else: "或者出现问题",
    elsewhere: "本页面只会将您送回位于同一主机的门户。请从演示的登录页面打开它。",
    target: (host) => `用于 ${host}`,
    morgan: "五个组织",
    solo: "一个组织",
    mfa: "用密码登录时需要二次验证，从这里登录则不需要",
    nobody: "没有组织",
    "no-token": "服务没有建立会话",
    locked: "帐号已锁定",
    login500: "服务出现问题",
    expired: "已过期的授权码",
    old: "服务拒绝此授权码",
    cancel: "取消",
    access_denied: "您不想登录",
    failure: "服务器错误",
    server_error: "本页面出现问题",
  },
});

(() => {
  // What is sent back, which is also the key of what is said of it, and a name.
  const ACCOUNTS = [
    ["morgan", "Morgan Keller"],
    ["solo", "Sofia Lombardi"],
    ["mfa", "Mira Faulkner"],
    ["nobody", "Noah Brandt"],
  ];
  const FAILURES = [
    ["no-token", "Nora Tokarev"],
    ["locked", "Lena Okafor"],
    ["login500", "Logan Ivers"],
    ["old", () => say("expired")],
  ];
  const ERRORS = [
    ["access_denied", () => say("cancel")],
    ["server_error", () => say("failure")],
  ];

  const redirect = allowed(asked.get("redirect_uri"));
  if (!redirect) {
    write(document.getElementById("lead"), () => say("elsewhere"));
    for (const panel of document.querySelectorAll(".panel")) panel.hidden = true;
    return;
  }
  write(document.getElementById("target"), () => say("target", redirect.host));

  const list = (id, buttons) => document.getElementById(id).append(...buttons);
  list("accounts", ACCOUNTS.map(([account, name]) => button(name, account, () => back({ code: code(account) }))));
  list("failures", [
    ...FAILURES.map(([account, name]) =>
      button(name, account, () => back({ code: account === "old" ? code("morgan", 3600) : code(account) })),
    ),
    ...ERRORS.map(([error, name]) => button(name, error, () => back({ error }))),
  ]);

  /** The address to go back to, or null: http or https, of this host or, from this computer, of this computer. */
  function allowed(text) {
    let url;
    try {
      url = new URL(text);
    } catch {
      return null;
    }
    const local = (host) => /^(localhost|127\.0\.0\.1|\[::1\])$/.test(host);
    const near = url.origin === location.origin || (local(url.hostname) && local(location.hostname));
    const plain = /^https?:$/.test(url.protocol) && !url.username && !url.password;
    return near && plain && url.pathname.endsWith("/login/callback") ? url : null;
  }

  /** A code of the reference service, given so many seconds ago. */
  function code(account, age = 0) {
    const nonce = Array.from(crypto.getRandomValues(new Uint8Array(6)), (byte) => byte.toString(16).padStart(2, "0")).join("");
    return `demo.${account}.${Math.floor(Date.now() / 1000) - age}.${nonce}`;
  }

  function back(members) {
    const address = new URL(redirect);
    for (const [name, value] of Object.entries(members)) address.searchParams.set(name, value);
    const state = asked.get("state");
    if (state !== null) address.searchParams.set("state", state);
    location.assign(address);
  }

  function button(name, about, press) {
    const made = element("button", { class: "person", type: "button" }, element("b", {}, name), element("span", {}, () => say(about)));
    made.addEventListener("click", press);
    return made;
  }
})();
