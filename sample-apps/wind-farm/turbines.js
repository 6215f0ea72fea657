// Every turbine as an instrument of its own, filtered by state; one can be picked. Both stand in the state of the portal's
// address (`filter=stopped&turbine=T-07`), so that a link leads to the same view and the way back undoes a step.
"use strict";

words({
  en: {
    all: "All",
    count: (shown, all) => `${shown} of ${all} turbines. Made-up figures.`,
    wind: "Wind",
    rotor: "Rotor",
    pitch: "Pitch",
    nacelle: "Nacelle",
    gearbox: "Gearbox",
    power: (power, rated) => `${power} of ${rated} MW`,
  },
  zh: {
    title: "风机",
    state: "状态",
    all: "全部",
    count: (shown, all) => `显示 ${shown} 台，共 ${all} 台风机。数据为虚构。`,
    wind: "风速",
    rotor: "叶轮转速",
    pitch: "桨距角",
    nacelle: "机舱方位",
    gearbox: "齿轮箱油温",
    power: (power, rated) => `${power} MW，额定 ${rated} MW`,
  },
});

(() => {
  const { turbines } = FARM;
  const list = document.getElementById("turbines");
  const filters = document.getElementById("filters");
  let chosen = null;
  let picked = null;

  const kinds = Object.keys(STATES).filter((state) => turbines.some((turbine) => turbine.state === state));
  for (const state of [null, ...kinds]) {
    const count = turbines.filter((turbine) => state === null || turbine.state === state).length;
    const chip = element("button", { type: "button", class: "chip" }, () => say(state ?? "all"));
    chip.append(element("span", {}, () => whole(count)));
    chip.addEventListener("click", () => {
      chosen = state;
      show();
      keep();
    });
    chip.state = state;
    filters.append(chip);
  }
  read(new URLSearchParams(location.search).get("state"));
  follow("state", read);

  /** Shows what a state says; what it does not say, or says wrongly, is not chosen. */
  function read(state) {
    const members = new URLSearchParams(state ?? "");
    const [filter, turbine] = [members.get("filter"), members.get("turbine")];
    chosen = kinds.includes(filter) ? filter : null;
    picked = turbines.some(({ name }) => name === turbine) ? turbine : null;
    show();
    list.querySelector(".picked")?.scrollIntoView({ block: "nearest" });
  }

  /** Tells the portal what is shown, as a step of its history. */
  function keep() {
    const members = new URLSearchParams();
    if (chosen) members.set("filter", chosen);
    if (picked) members.set("turbine", picked);
    tell("setState", members.size ? String(members) : null, { step: true });
  }

  function show() {
    for (const chip of filters.children) chip.setAttribute("aria-pressed", String(chip.state === chosen));
    const shown = turbines.filter((turbine) => chosen === null || turbine.state === chosen);
    write(document.getElementById("lead"), () => say("count", whole(shown.length), whole(turbines.length)));
    list.replaceChildren(...shown.map(card));
  }

  function card(turbine) {
    const kind = STATES[turbine.state];
    const facts = element("dl");
    for (const [name, value] of [
      ["wind", () => `${fixed(turbine.wind)} m/s`],
      ["rotor", () => `${fixed(turbine.rotor)} ${say("rpm")}`],
      ["pitch", () => `${fixed(turbine.pitch)}°`],
      ["nacelle", () => `${whole(turbine.nacelle)}°`],
      ["gearbox", () => `${whole(turbine.gearbox)} °C`],
    ]) {
      facts.append(element("dt", {}, () => say(name)), element("dd", {}, value));
    }
    const own = turbine.name === picked;
    const pick = element("button", { type: "button", class: "pick", "aria-pressed": String(own) }, turbine.name);
    pick.addEventListener("click", () => {
      picked = own ? null : turbine.name;
      show();
      keep();
      // The button was drawn anew.
      list.querySelectorAll(".pick").forEach((button) => button.textContent === turbine.name && button.focus());
    });
    const heading = element("h2", {}, pick, stateMark(kind, () => say(turbine.state)));
    return element("li", { class: own ? "picked" : undefined }, heading, gauge(turbine, kind), facts);
  }

  /** An arc of 240 degrees: power as a share of what the turbine is rated for. */
  function gauge(turbine, kind) {
    const end = (angle) => [48 + 40 * Math.sin(angle), 46 - 40 * Math.cos(angle)];
    const arc = (share) => {
      const [from, to] = [(-2 * Math.PI) / 3, (-2 * Math.PI) / 3 + (4 * Math.PI * share) / 3];
      const [x, y] = end(to);
      return `${line([end(from)])}A40 40 0 ${share > 0.75 ? 1 : 0} 1 ${x.toFixed(1)} ${y.toFixed(1)}`;
    };
    const power = () => fixed(turbine.power, 2);
    const label = () => say("power", power(), fixed(RATED_MW));
    const dial = shape("svg", { class: "gauge", viewBox: "0 0 96 84", role: "img", "aria-label": label });
    dial.append(shape("path", { class: "track", d: arc(1) }));
    if (turbine.power > 0) dial.append(shape("path", { class: kind, d: arc(turbine.power / RATED_MW) }));
    dial.append(shape("text", { x: 48, y: 51 }, power), shape("text", { class: "unit", x: 48, y: 69 }, "MW"));
    return dial;
  }
})();
