// The wind farm that both pages show: made up once, the same at every visit.
"use strict";

words({
  en: { running: "Running", reduced: "Reduced", stopped: "Stopped", service: "In service", rpm: "rpm" },
  zh: { running: "运行", reduced: "限功率", stopped: "停机", service: "检修", rpm: "r/min" },
});

const RATED_MW = 3.6;

/** A day in steps of 15 minutes; wind in m/s. */
function dayOfWind() {
  const random = randomFrom("wind");
  let gust = 0;
  return Array.from({ length: 97 }, (_, step) => {
    gust = gust * 0.85 + (random() - 0.5) * 1.1;
    return Math.max(3, 9.2 + 1.9 * Math.sin((step - 70) / 15) + 0.9 * Math.sin(step / 6.1) + gust);
  });
}

/** What one turbine gives at a wind speed, in MW: a cubic curve between cut-in and rated speed. */
function powerAt(wind) {
  if (wind < 3) return 0;
  return Math.min(RATED_MW, RATED_MW * ((wind - 3) / 9.5) ** 2.2);
}

/** The states of a turbine, each with the kind of its mark. */
const STATES = { running: "good", reduced: "watch", stopped: "alert", service: "idle" };

const FARM = (() => {
  const wind = dayOfWind();
  const random = randomFrom("turbines");
  const special = { "T-04": "reduced", "T-07": "stopped", "T-11": "service" };
  const turbines = Array.from({ length: 12 }, (_, index) => {
    const name = `T-${String(index + 1).padStart(2, "0")}`;
    const state = special[name] || "running";
    const share = { running: 1, reduced: 0.55, stopped: 0, service: 0 }[state];
    const site = 0.9 + random() * 0.2;
    const day = wind.map((speed) => powerAt(speed * site) * (share === 0.55 ? 0.55 : 1));
    if (state === "stopped") day.fill(0, 62);
    if (state === "service") day.fill(0, 30);
    const speed = wind[wind.length - 1] * site;
    return {
      name,
      state,
      day,
      wind: speed,
      power: day[day.length - 1],
      rotor: share ? Math.min(15.5, 4 + speed * 0.95) * (share < 1 ? 0.8 : 1) : 0,
      pitch: share ? Math.max(0, (speed - 10) * 2.4) + (share < 1 ? 7.5 : 0.6) : 88,
      nacelle: 228 + random() * 16,
      gearbox: share ? 56 + random() * 9 : 31 + random() * 4,
      availability: { running: 97.5 + random() * 2.4, reduced: 94.1, stopped: 81.6, service: 88.2 }[state],
    };
  });
  const expected = wind.map((speed) => powerAt(speed) * turbines.length * 0.97);
  const power = wind.map((_, step) => turbines.reduce((sum, turbine) => sum + turbine.day[step], 0));
  return { wind, turbines, expected, power, rated: RATED_MW * turbines.length };
})();
