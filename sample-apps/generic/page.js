// A page that any menu entry of the demo can show: named by `?page=`, with figures made up from that name, and the
// parameters that the portal opened it with.
"use strict";

(() => {
  const WORDS = {
    en: {
      page: "Page",
      lead: "A sample page. The figures are made up from its name.",
      current: "Current",
      average: "Average, 30 days",
      change: "Against last week",
      target: "Of the target",
      trend: "Last 30 days",
      range: (low, high) => `${low} to ${high}`,
      opened: "Opened with",
      none: "not given",
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
    },
  };

  const query = new URLSearchParams(location.search);
  let words;
  speak(query.get("locale") || "");
  follow("locale", speak);

  /** Draws everything in the language of a locale. The figures follow from the name, so they stay. */
  function speak(locale) {
    const chinese = /^zh\b/i.test(locale.replace("_", "-"));
    words = chinese ? WORDS.zh : WORDS.en;
    document.documentElement.lang = chinese ? "zh-CN" : "en";
    draw();
  }

  function draw() {
    const title = (query.get("page") || "").trim() || words.page;
    const random = randomFrom(title);
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
    const range = words.range(fixed(low, digits), fixed(high, digits));

    const set = (id, text) => (document.getElementById(id).textContent = text);
    document.title = title;
    set("title", title);
    set("lead", words.lead);
    set("trend", words.trend);
    set("range", range);
    set("opened", words.opened);
    document.getElementById("figures").replaceChildren(
      figure(words.current, fixed(now, digits), null, meter(now / scale)),
      figure(words.average, fixed(average, digits), null, meter(average / scale)),
      figure(words.change, `${change < 0 ? "−" : "+"}${fixed(Math.abs(change))}`, "%"),
      figure(words.target, fixed((now / (scale * 0.9)) * 100, 0), "%", meter(now / (scale * 0.9))),
    );
    // A new chart in place of the old one, whose observer ends with it.
    const old = document.getElementById("bars");
    const chart = old.cloneNode(false);
    chart.setAttribute("aria-label", `${words.trend}: ${range}`);
    old.replaceWith(chart);
    drawBars(chart, days, scale);

    const shown = ["appId", "menuCode", "categoryId", "state", "locale"].flatMap((name) => {
      const value = query.get(name);
      const text = element("dd", { class: value === null ? "none" : undefined }, value === null ? words.none : value);
      return [element("dt", {}, name), text];
    });
    document.getElementById("parameters").replaceChildren(...shown);
  }

  function drawBars(chart, days, scale) {
    const height = 220;
    drawAtWidth(chart, (width) => {
      const left = 40;
      const step = (width - left) / days.length;
      const y = (value) => height - 4 - (value / scale) * (height - 14);
      const levels = [0, 0.25, 0.5, 0.75, 1].flatMap((part) => {
        const at = Math.round(y(part * scale));
        const label = fixed(part * scale, scale === 10 ? 1 : 0);
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
