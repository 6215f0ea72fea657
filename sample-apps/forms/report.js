// A form that checks itself in the page and shows what was entered; there is no server behind it. While something is typed
// and not submitted, the portal asks before it leaves the page.
"use strict";

(() => {
  const byId = (id) => document.getElementById(id);
  const [form, done, problems] = [byId("form"), byId("done"), byId("problems")];
  /** The fields that can be wrong: the element that gets the focus, and what to say. */
  const CHECKS = [
    ["reporter", "Reported by", () => "Enter who reports."],
    ["site", "Site", () => "Choose a site."],
    ["hours", "Hours worked", (field) => (field.value ? "Enter 0.5 to 24, in half hours." : "Enter the hours worked.")],
    ["severity", "Severity", () => "Choose a severity."],
    ["text", "What happened", (field) => (field.value.trim() ? "Write at least 10 characters." : "Say what happened.")],
  ];
  const controls = (name) => [...form.querySelectorAll(`[name="${name}"]`)];
  let submitted = false;
  let unsaved = false;

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submitted = true;
    if (check() === 0) finish();
    else problems.focus();
  });
  // Once somebody has tried, each mended answer takes its message away at once.
  form.addEventListener("input", () => submitted && check());
  form.addEventListener("input", () => keep(true));
  form.addEventListener("reset", () => keep(false));
  byId("again").addEventListener("click", () => {
    form.reset();
    [submitted, done.hidden, form.hidden] = [false, true, false];
    byId("reporter").focus();
  });

  /** Says whether leaving would lose something, when that changes. */
  function keep(typed) {
    if (typed !== unsaved) tell("setUnsaved", (unsaved = typed));
  }

  function valid(field) {
    return field.validity.valid && (field.type === "radio" || field.value.trim() !== "");
  }

  /** Shows a message beside each wrong field and a list of all on top; gives their number. */
  function check() {
    const wrong = CHECKS.filter(([name]) => !valid(controls(name)[0]));
    for (const [name, , message] of CHECKS) {
      const fields = controls(name);
      const bad = !valid(fields[0]);
      const holder = fields[0].closest(".field");
      const id = `${name}-error`;
      let text = byId(id);
      if (!text) holder.append((text = element("p", { class: "error", id })));
      text.hidden = !bad;
      text.textContent = bad ? message(fields[0]) : "";
      for (const field of fields) {
        const hint = name === "text" ? "text-hint" : "";
        if (bad) field.setAttribute("aria-invalid", "true");
        else field.removeAttribute("aria-invalid");
        const described = [hint, bad ? id : ""].filter(Boolean).join(" ");
        if (described) field.setAttribute("aria-describedby", described);
        else field.removeAttribute("aria-describedby");
      }
    }
    const links = wrong.map(([name, label]) => {
      const link = element("a", { href: `#${name}` }, label);
      link.addEventListener("click", (event) => {
        event.preventDefault();
        controls(name)[0].focus();
      });
      return element("li", {}, link);
    });
    problems.querySelector("ul").replaceChildren(...links);
    problems.hidden = wrong.length === 0;
    return wrong.length;
  }

  function finish() {
    keep(false);
    const data = new FormData(form);
    const answers = [
      ["Reported by", data.get("reporter").trim()],
      ["Site", data.get("site")],
      ["Hours worked", fixed(Number(data.get("hours")))],
      ["Severity", data.get("severity")],
      ["What happened", data.get("text").trim()],
      ["Back in service", data.has("back") ? "Yes" : "No"],
    ];
    const pairs = answers.flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, value)]);
    byId("answers").replaceChildren(...pairs);
    [form.hidden, done.hidden] = [true, false];
    byId("done-title").focus();
  }
})();
