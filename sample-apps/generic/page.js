// A page that any menu entry of the demo can show: named by `?page=`, with figures made up from that name, and the
// parameters that the portal opened it with.
"use strict";

words({
  en: {
    page: "Page",
    current: "Current",
    average: "Average, 30 days",
    change: "Against last week",
    target: "Of the target",
    range: (low, high) => `${low} to ${high}`,
    none: "not given",
    joined: (names) => names.join(": "),
  },
  zh: {
    page: "页面",
    lead: "示例页面。数据由页面名称虚构。",
    current: "当前值",
    average: "30 天平均",
    change: "较上周",
    target: "目标完成率",
    trend: "最近 30 天",
    range: (low, high) => `${low} 至 ${high}`,
    opened: "打开参数",
    none: "未提供",
    joined: (names) => names.join("："),
  },
});

(() => {
  const byId = (id) => document.getElementById(id);
  /** The name in the address is English; in Chinese the portal knows it, of all but the page that sign-in leads to. */
  const title = (asked.get("page") || "").trim();
  let known = title === "Forgot password" ? ["忘记密码"] : [];
  const name = () => (language !== "en" && say("joined", known)) || title || say("page");
  write(byId("title"), name);
  write(document.querySelector("title"), name);
  draw();
  follow("locale", ask);

  async function ask() {
    if (language === "en") return;
    const application = await tell("getAppInfo");
    const entry = application && find(application.menus ?? [], asked.get("menuCode"));
    if (application) known = [application.name, entry?.name].filter(Boolean);
    renew();
  }

  function find(entries, code) {
    for (const entry of entries) {
      const found = entry.code === code ? entry : find(entry.children ?? [], code);
      if (found) return found;
    }
    return null;
  }

  /** The figures follow from the name in the address, so they are the same in every language. */
  function draw() {
    const random = randomFrom(title || "Page");
    const scale = [10, 100, 1000][Math.floor(random() * 3)];
    let level = 0.35 + random() * 0.3;
    const days = Array.from({ length: 30 }, () => {
      level = Math.max(0.12, Math.min(0.96, level + (random() - 0.47) * 0.16));
      return level * scale;
    });
    const digits = scale === 10 ? 1 : 0;
    const [low, high, now] = [Math.min(...days), Math.max(...days), days[29]];
    const average = days.reduce((sum, day) => sum + day, 0) / days.length;
    const change = (now / days[22] - 1) * 100;
    const range = () => say("range", fixed(low, digits), fixed(high, digits));
    write(byId("range"), range);
    byId("figures").append(
      figure(() => say("current"), () => fixed(now, digits), null, meter(now / scale)),
      figure(() => say("average"), () => fixed(average, digits), null, meter(average / scale)),
      figure(() => say("change"), () => `${change < 0 ? "−" : "+"}${fixed(Math.abs(change))}`, "%"),
      figure(() => say("target"), () => whole((now / (scale * 0.9)) * 100), "%", meter(now / (scale * 0.9))),
    );
    write(byId("bars"), () => `${say("trend")}: ${range()}`, "aria-label");
    drawBars(byId("bars"), days, scale);

    const shown = ["appId", "menuCode", "categoryId", "state", "locale"].flatMap((name) => {
      const value = asked.get(name);
      const text = element("dd", { class: value === null ? "none" : undefined }, value ?? (() => say("none")));
      return [element("dt", {}, name), text];
    });
    byId("parameters").append(...shown);
  }

  function drawBars(chart, days, scale) {
    const height = 220;
    drawAtWidth(chart, (width) => {
      const left = 40;
      const step = (width - left) / days.length;
      const y = (value) => height - 4 - (value / scale) * (height - 14);
      const levels = [0, 0.25, 0.5, 0.75, 1].flatMap((part) => {
        const at = Math.round(y(part * scale));
        const label = () => fixed(part * scale, scale === 10 ? 1 : 0);
        return [
          shape("line", { class: "grid", x1: left, x2: width, y1: at, y2: at }),
          shape("text", { x: left - 8, y: at + 4, "text-anchor": "end" }, label),
        ];
      });
      const bars = days.map((day, index) =>
        shape("rect", {
          class: index === days.length - 1 ? "bar" : "bar soft",
          x: (left + index * step + step * 0.16).toFixed(1),
          y: y(day).toFixed(1),
          width: (step * 0.68).toFixed(1),
          height: (y(0) - y(day)).toFixed(1),
          rx: 2,
        }),
      );
      chart.setAttribute("viewBox", `0 0 ${width} ${height}`);
      chart.replaceChildren(...levels, ...bars);
    });
  }
})();
