// The sign-in of a company, as single sign-on knows it: the portal sends people here with `redirect_uri` and `state`, and
// this page sends them back with a code of the reference service (docs/demo.md, "Single sign-on"). It asks nobody for
// anything, so it sends people only to the sign-in return of a portal on its own host, or on this computer.
"use strict";

(() => {
  const ACCOUNTS = [
    ["morgan", "Morgan Keller", "five organizations"],
    ["solo", "Sofia Lombardi", "one organization"],
    ["mfa", "Mira Faulkner", "a second step with a password; none from here"],
    ["nobody", "Noah Brandt", "no organization"],
  ];
  const FAILURES = [
    ["no-token", "Nora Tokarev", "the service opens no session"],
    ["locked", "Lena Okafor", "the account is locked"],
    ["login500", "Logan Ivers", "the service fails"],
    ["old", "A code that has expired", "the service refuses it"],
  ];
  const ERRORS = [
    ["access_denied", "Cancel", "you did not want to"],
    ["server_error", "Server error", "this page fails"],
  ];

  const query = new URLSearchParams(location.search);
  const redirect = allowed(query.get("redirect_uri"));
  const lead = document.getElementById("lead");
  if (!redirect) {
    lead.textContent =
      "This page sends people back to a portal on this host only. Open it from the sign-in page of the demonstration.";
    for (const panel of document.querySelectorAll(".panel")) panel.hidden = true;
    return;
  }
  document.getElementById("target").textContent = `for ${redirect.host}`;

  const list = (id, buttons) => document.getElementById(id).append(...buttons);
  list("accounts", ACCOUNTS.map(([account, name, about]) => button(name, about, () => back({ code: code(account) }))));
  list("failures", [
    ...FAILURES.map(([account, name, about]) =>
      button(name, about, () => back({ code: account === "old" ? code("morgan", 3600) : code(account) })),
    ),
    ...ERRORS.map(([error, name, about]) => button(name, about, () => back({ error }))),
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
    const state = query.get("state");
    if (state !== null) address.searchParams.set("state", state);
    location.assign(address);
  }

  function button(name, about, press) {
    const made = element("button", { class: "person", type: "button" }, element("b", {}, name), element("span", {}, about));
    made.addEventListener("click", press);
    return made;
  }
})();
