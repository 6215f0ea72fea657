// A form that checks itself in the page and shows what was entered; there is no server behind it. While something is typed
// and not submitted, the portal asks before it leaves the page. Another language changes words only, not what was entered.
"use strict";

words({
  en: {
    reporterMissing: "Enter who reports.",
    siteMissing: "Choose a site.",
    hoursMissing: "Enter the hours worked.",
    hoursWrong: (least, most) => `Enter ${least} to ${most}, in half hours.`,
    severityMissing: "Choose a severity.",
    textMissing: "Say what happened.",
    textShort: (letters) => `Write at least ${letters} characters.`,
    inService: "Back in service",
    yes: "Yes",
    no: "No",
    submitted: "Submitted",
  },
  zh: {
    title: "值班报告",
    lead: "仅在本页面中检查，不会发送到任何地方。",
    problems: "有些内容尚未填写正确",
    reporter: "报告人",
    reporterMissing: "请输入报告人。",
    site: "场站",
    choose: "请选择场站",
    siteMissing: "请选择场站。",
    wind: "风电场",
    west: "西区光伏场",
    east: "东区光伏场",
    substation: "北变电站",
    hours: "工时（小时）",
    hoursMissing: "请输入工时。",
    hoursWrong: (least, most) => `请输入 ${least} 至 ${most}，以半小时为单位。`,
    severity: "严重程度",
    severityMissing: "请选择严重程度。",
    routine: "例行",
    disturbance: "异常",
    accident: "事故",
    text: "事件经过",
    hint: "至少 10 个字符。",
    textMissing: "请填写事件经过。",
    textShort: (letters) => `请至少填写 ${letters} 个字符。`,
    back: "设备已恢复运行",
    submit: "提交报告",
    done: "报告已提交",
    sample: "这是示例，内容没有离开本页面。",
    again: "再写一份报告",
    inService: "恢复运行",
    yes: "是",
    no: "否",
    submitted: "提交时间",
  },
});

(() => {
  const byId = (id) => document.getElementById(id);
  const [form, done, problems] = [byId("form"), byId("done"), byId("problems")];
  /** The fields that can be wrong, by name, which is also the key of their label; and what to say. */
  const CHECKS = {
    reporter: () => say("reporterMissing"),
    site: () => say("siteMissing"),
    hours: (field) => (field.value ? say("hoursWrong", fixed(0.5), whole(24)) : say("hoursMissing")),
    severity: () => say("severityMissing"),
    text: (field) => (field.value.trim() ? say("textShort", whole(10)) : say("textMissing")),
  };
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
    const wrong = Object.keys(CHECKS).filter((name) => !valid(controls(name)[0]));
    for (const [name, message] of Object.entries(CHECKS)) {
      const fields = controls(name);
      const bad = wrong.includes(name);
      const holder = fields[0].closest(".field");
      const id = `${name}-error`;
      let text = byId(id);
      if (!text) holder.append((text = element("p", { class: "error", id })));
      text.hidden = !bad;
      write(text, () => (bad ? message(fields[0]) : ""));
      for (const field of fields) {
        const hint = name === "text" ? "text-hint" : "";
        if (bad) field.setAttribute("aria-invalid", "true");
        else field.removeAttribute("aria-invalid");
        const described = [hint, bad ? id : ""].filter(Boolean).join(" ");
        if (described) field.setAttribute("aria-describedby", described);
        else field.removeAttribute("aria-describedby");
      }
    }
    const links = wrong.map((name) => {
      const link = element("a", { href: `#${name}` }, () => say(name));
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
    const now = new Date();
    const answers = {
      reporter: data.get("reporter").trim(),
      site: () => say(data.get("site")),
      hours: () => fixed(Number(data.get("hours"))),
      severity: () => say(data.get("severity")),
      text: data.get("text").trim(),
      inService: () => say(data.has("back") ? "yes" : "no"),
      submitted: () => moment(now),
    };
    const pairs = Object.entries(answers).flatMap(([name, value]) => [element("dt", {}, () => say(name)), element("dd", {}, value)]);
    byId("answers").replaceChildren(...pairs);
    [form.hidden, done.hidden] = [true, false];
    byId("done-title").focus();
  }
})();
