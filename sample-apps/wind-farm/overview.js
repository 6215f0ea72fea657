// Farm power over a day, its key figures, where the wind came from, and the turbines in a table.
"use strict";

(() => {
  const { wind, turbines, expected, power, rated } = FARM;
  const last = power.length - 1;
  const byId = (id) => document.getElementById(id);
  const energy = power.reduce((sum, value) => sum + value * 0.25, 0);
  const running = turbines.filter((turbine) => turbine.state === "running" || turbine.state === "reduced").length;
  const availability = turbines.reduce((sum, turbine) => sum + turbine.availability, 0) / turbines.length;

  byId("lead").textContent = `${turbines.length} turbines, ${fixed(rated)} MW installed. Made-up figures.`;
  byId("count").textContent = `${running} of ${turbines.length} give power`;
  byId("figures").append(
    figure("Active power", fixed(power[last]), "MW", meter(power[last] / rated)),
    figure("Of the expected", fixed((power[last] / expected[last]) * 100, 0), "%", meter(power[last] / expected[last])),
    figure("Wind speed", fixed(wind[last]), "m/s", meter(wind[last] / 25)),
    figure("Energy, 24 hours", fixed(energy, 0), "MWh", meter(energy / (rated * 24))),
    figure("Availability", fixed(availability), "%", meter(availability / 100, "good")),
  );

  /** Hours before now, as the axis and the reading name them. */
  const hours = (step) => {
    const before = (last - step) / 4;
    return before === 0 ? "now" : `−${Number.isInteger(before) ? before : fixed(before, 2)} h`;
  };
  const showReading = (step) => {
    const words = `${hours(step)}: ${fixed(power[step])} MW at ${fixed(wind[step])} m/s`;
    byId("reading").textContent = words;
  };

  const chart = byId("power-chart");
  const height = 260;
  const inner = { top: 8, bottom: height - 24, left: 34 };
  const top = Math.ceil(rated / 10) * 10;
  const y = (value) => inner.bottom - (value / top) * (inner.bottom - inner.top);
  chart.setAttribute(
    "aria-label",
    `Farm power over 24 hours: between ${fixed(Math.min(...power))} and ${fixed(Math.max(...power))} MW, ` +
      `now ${fixed(power[last])} MW.`,
  );

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
      shape("text", { x: inner.left - 8, y: y(level) + 4, "text-anchor": "end" }, fixed(level, 0)),
    ]);
    const times = [0, 24, 48, 72, last].map((step) => {
      const anchor = step === 0 ? "start" : step === last ? "end" : "middle";
      return shape("text", { x: step === last ? width : x(step), y: height - 4, "text-anchor": anchor }, hours(step));
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

  const sample = (kind, words) => {
    const stroke = shape("path", { class: kind, d: "M1 4H19" });
    return element("li", {}, shape("svg", { class: "chart", viewBox: "0 0 20 8", "aria-hidden": "true" }, stroke), words);
  };
  byId("legend").append(sample("curve", "measured"), sample("expected", "expected from the wind"));

  drawRose(byId("wind-rose"));

  byId("rows").append(
    ...turbines.map((turbine) => {
      const state = STATES[turbine.state];
      const number = (value, digits) => element("td", { class: "number" }, fixed(value, digits));
      return element(
        "tr",
        {},
        element("th", { scope: "row" }, turbine.name),
        element("td", {}, stateMark(state.kind, state.word)),
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
    const names = ["N", "NE", "E", "SE", "S", "SW", "W", "NW"];
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
    names.forEach((name, index) => {
      const [x, y] = at((index / 8) * 2 * Math.PI, 112);
      rose.append(shape("text", { x, y: y + 4, "text-anchor": "middle" }, name));
    });
    rose.setAttribute("aria-label", "Wind rose: over the last 24 hours the wind came mostly from the west and the southwest.");
  }
})();
