// Farm power over a day, its key figures, where the wind came from, and the turbines in a table.
"use strict";

words({
  en: {
    lead: (turbines, rated) => `${turbines} turbines, ${rated} MW installed. Made-up figures.`,
    giving: (running, all) => `${running} of ${all} give power`,
    activePower: "Active power",
    ofExpected: "Of the expected",
    windSpeed: "Wind speed",
    energy: "Energy, 24 hours",
    availability: "Availability",
    now: "now",
    hours: (hours) => `−${hours} h`,
    reading: (when, power, wind) => `${when}: ${power} MW at ${wind} m/s`,
    chart: (least, most, now) => `Farm power over 24 hours: between ${least} and ${most} MW, now ${now} MW.`,
    measured: "measured",
    expected: "expected from the wind",
    directions: ["N", "NE", "E", "SE", "S", "SW", "W", "NW"],
    windRose: "Wind rose: over the last 24 hours the wind came mostly from the west and the southwest.",
  },
  zh: {
    title: "风电场总览",
    power: "全场功率",
    rose: "风向玫瑰图",
    day: "24 小时",
    turbines: "风机",
    table: "风机列表",
    turbine: "风机",
    state: "状态",
    powerColumn: "功率 MW",
    windColumn: "风速 m/s",
    rotorColumn: "叶轮转速 r/min",
    availabilityColumn: "可利用率 %",
    lastDay: "最近 24 小时",
    lead: (turbines, rated) => `${turbines} 台风机，装机容量 ${rated} MW。数据为虚构。`,
    giving: (running, all) => `${all} 台中有 ${running} 台在发电`,
    activePower: "有功功率",
    ofExpected: "占理论功率",
    windSpeed: "风速",
    energy: "24 小时发电量",
    availability: "可利用率",
    now: "现在",
    hours: (hours) => `${hours} 小时前`,
    reading: (when, power, wind) => `${when}：${power} MW，风速 ${wind} m/s`,
    chart: (least, most, now) => `24 小时全场功率：${least} 至 ${most} MW，现在 ${now} MW。`,
    measured: "实测",
    expected: "按风速推算",
    directions: ["北", "东北", "东", "东南", "南", "西南", "西", "西北"],
    windRose: "风向玫瑰图：最近 24 小时以西风和西南风为主。",
  },
});

(() => {
  const { wind, turbines, expected, power, rated } = FARM;
  const last = power.length - 1;
  const byId = (id) => document.getElementById(id);
  const energy = power.reduce((sum, value) => sum + value * 0.25, 0);
  const running = turbines.filter((turbine) => turbine.state === "running" || turbine.state === "reduced").length;
  const availability = turbines.reduce((sum, turbine) => sum + turbine.availability, 0) / turbines.length;

  write(byId("lead"), () => say("lead", whole(turbines.length), fixed(rated)));
  write(byId("count"), () => say("giving", whole(running), whole(turbines.length)));
  const key = (name, value, digits, unit, bar) => figure(() => say(name), () => fixed(value, digits), unit, bar);
  byId("figures").append(
    key("activePower", power[last], 1, "MW", meter(power[last] / rated)),
    key("ofExpected", (power[last] / expected[last]) * 100, 0, "%", meter(power[last] / expected[last])),
    key("windSpeed", wind[last], 1, "m/s", meter(wind[last] / 25)),
    key("energy", energy, 0, "MWh", meter(energy / (rated * 24))),
    key("availability", availability, 1, "%", meter(availability / 100, "good")),
  );

  /** Hours before now, as the axis and the reading name them. */
  const hours = (step) => {
    const before = (last - step) / 4;
    return before === 0 ? say("now") : say("hours", fixed(before, Number.isInteger(before) ? 0 : 2));
  };
  const showReading = (step) => write(byId("reading"), () => say("reading", hours(step), fixed(power[step]), fixed(wind[step])));

  const chart = byId("power-chart");
  const height = 260;
  const inner = { top: 8, bottom: height - 24, left: 34 };
  const top = Math.ceil(rated / 10) * 10;
  const y = (value) => inner.bottom - (value / top) * (inner.bottom - inner.top);
  const [least, most] = [Math.min(...power), Math.max(...power)];
  write(chart, () => say("chart", fixed(least), fixed(most), fixed(power[last])), "aria-label");

  drawAtWidth(chart, (width) => {
    const x = (step) => inner.left + (step / last) * (width - inner.left - 6);
    const curve = power.map((value, step) => [x(step), y(value)]);
    const cross = shape("line", { class: "cross", y1: inner.top, y2: inner.bottom, visibility: "hidden" });
    const point = shape("circle", { class: "point", r: 4 });
    const mark = (step, visible) => {
      for (const end of ["x1", "x2"]) cross.setAttribute(end, x(step));
      cross.setAttribute("visibility", visible ? "visible" : "hidden");
      point.setAttribute("cx", x(step));
      point.setAttribute("cy", y(power[step]));
      showReading(step);
    };
    const levels = Array.from({ length: 6 }, (_, index) => (top / 5) * index).flatMap((level) => [
      shape("line", { class: "grid", x1: inner.left, x2: width, y1: Math.round(y(level)), y2: Math.round(y(level)) }),
      shape("text", { x: inner.left - 8, y: y(level) + 4, "text-anchor": "end" }, () => whole(level)),
    ]);
    // On a phone there is no room for five.
    const times = (width < 400 ? [0, 48, last] : [0, 24, 48, 72, last]).map((step) => {
      const anchor = step === 0 ? "start" : step === last ? "end" : "middle";
      return shape("text", { x: step === last ? width : x(step), y: height - 4, "text-anchor": anchor }, () => hours(step));
    });
    chart.setAttribute("viewBox", `0 0 ${width} ${height}`);
    chart.replaceChildren(
      ...levels,
      ...times,
      shape("path", { class: "area", d: `${line(curve)}L${x(last)} ${inner.bottom}L${x(0)} ${inner.bottom}Z` }),
      shape("path", { class: "expected", d: line(expected.map((value, step) => [x(step), y(value)])) }),
      shape("path", { class: "curve", d: line(curve) }),
      cross,
      point,
    );
    mark(last, false);
    chart.onpointermove = (event) => {
      const share = (event.clientX - chart.getBoundingClientRect().left - inner.left) / (width - inner.left - 6);
      mark(Math.round(Math.max(0, Math.min(1, share)) * last), true);
    };
    chart.onpointerleave = () => mark(last, false);
  });

  const sample = (kind, name) => {
    const stroke = shape("path", { class: kind, d: "M1 4H19" });
    return element("li", {}, shape("svg", { class: "chart", viewBox: "0 0 20 8", "aria-hidden": "true" }, stroke), () => say(name));
  };
  byId("legend").append(sample("curve", "measured"), sample("expected", "expected"));

  drawRose(byId("wind-rose"));

  byId("rows").append(
    ...turbines.map((turbine) => {
      const number = (value, digits) => element("td", { class: "number" }, () => fixed(value, digits));
      return element(
        "tr",
        {},
        element("th", { scope: "row" }, turbine.name),
        element("td", {}, stateMark(STATES[turbine.state], () => say(turbine.state))),
        number(turbine.power, 2),
        number(turbine.wind),
        number(turbine.rotor),
        number(turbine.availability),
        element("td", {}, spark(turbine.day)),
      );
    }),
  );

  function spark(day) {
    const points = day.filter((_, step) => step % 2 === 0).map((value, index, all) => [
      (index / (all.length - 1)) * 86 + 1,
      20 - (value / RATED_MW) * 18,
    ]);
    return shape("svg", { class: "spark", viewBox: "0 0 88 22", "aria-hidden": "true" }, shape("path", { d: line(points) }));
  }

  function drawRose(rose) {
    const random = randomFrom("rose");
    const shares = Array.from({ length: 16 }, (_, index) => {
      const distance = Math.min(Math.abs(index - 11), 16 - Math.abs(index - 11));
      return Math.exp(-(distance ** 2) / 7) + random() * 0.16 + 0.04;
    });
    const most = Math.max(...shares);
    const at = (angle, radius) => [124 + Math.sin(angle) * radius, 124 - Math.cos(angle) * radius];
    for (const radius of [32, 64, 96]) {
      rose.append(shape("circle", { class: "grid", cx: 124, cy: 124, r: radius, fill: "none" }));
    }
    shares.forEach((share, index) => {
      const middle = (index / 16) * 2 * Math.PI;
      const radius = 10 + (share / most) * 86;
      const [from, to] = [at(middle - 0.17, radius), at(middle + 0.17, radius)];
      const arc = `A${radius} ${radius} 0 0 1 ${to[0].toFixed(1)} ${to[1].toFixed(1)}`;
      rose.append(shape("path", { class: "petal", d: `${line([[124, 124], from])}${arc}Z` }));
    });
    say("directions").forEach((_, index) => {
      const [x, y] = at((index / 8) * 2 * Math.PI, 112);
      rose.append(shape("text", { x, y: y + 4, "text-anchor": "middle" }, () => say("directions")[index]));
    });
    write(rose, () => say("windRose"), "aria-label");
  }
})();
