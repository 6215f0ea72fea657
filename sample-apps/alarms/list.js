// A list of alarms: filtered by severity and text, acknowledged one by one. Nothing outlives the page. In the portal an alarm
// of a turbine leads to that turbine, which another application shows.
"use strict";

(() => {
  const SEVERITIES = {
    critical: { kind: "alert", word: "Critical" },
    major: { kind: "watch", word: "Major" },
    minor: { kind: "idle", word: "Minor" },
    cleared: { kind: "good", word: "Cleared" },
  };
  // Severity, text, source, minutes ago, acknowledged.
  const ALARMS = [
    ["critical", "Generator bearing temperature above 95 °C", "Turbine T-07", 4, false],
    ["critical", "Grid frequency protection tripped", "Substation North", 11, false],
    ["major", "Yaw motor current above limit", "Turbine T-04", 18, false],
    ["minor", "Anemometer 2 differs from anemometer 1", "Turbine T-09", 26, false],
    ["major", "Inverter 14 lost communication", "Solar field West", 37, false],
    ["minor", "Gearbox oil filter due", "Turbine T-02", 49, true],
    ["critical", "Smoke detector in the transformer bay", "Substation North", 58, true],
    ["cleared", "Feeder 3 voltage back in range", "Substation North", 64, true],
    ["major", "Pitch battery voltage low, blade B", "Turbine T-11", 83, false],
    ["minor", "String current 12 % below its neighbours", "Solar field West", 95, false],
    ["minor", "Door open", "Turbine T-11", 121, true],
    ["cleared", "Meter M-2 answers again", "Harbor feeder", 134, true],
    ["major", "State of charge below reserve", "Battery B-1", 150, false],
    ["minor", "Tracker row 8 out of position", "Solar field East", 171, false],
    ["minor", "Hydraulic oil level low", "Turbine T-05", 214, true],
    ["major", "Cooling pump 2 runs without flow", "Battery B-1", 243, true],
    ["minor", "Clock differs by 3 seconds", "Gateway G-4", 302, true],
    ["cleared", "Icing on blades gone", "Turbine T-01", 388, true],
    ["minor", "Data gap of 10 minutes filled", "Harbor feeder", 447, true],
    ["minor", "Firmware is one version behind", "Gateway G-2", 1290, true],
  ].map(([severity, text, source, minutes, acknowledged]) => ({ severity, text, source, minutes, acknowledged }));

  const byId = (id) => document.getElementById(id);
  const TURBINES = { appId: "turbine-monitor", menuCode: "dogger_bank.turbines" };
  const [list, openOnly, search] = [byId("alarms"), byId("open-only"), byId("search")];
  let severity = null;
  let inPortal = false;

  for (const value of [null, ...Object.keys(SEVERITIES)]) {
    const count = ALARMS.filter((alarm) => value === null || alarm.severity === value).length;
    const chip = element("button", { type: "button", class: "chip" }, value ? SEVERITIES[value].word : "All");
    chip.append(element("span", {}, String(count)));
    chip.severity = value;
    chip.addEventListener("click", () => {
      severity = value;
      show();
    });
    byId("severities").append(chip);
  }
  openOnly.addEventListener("click", () => {
    openOnly.setAttribute("aria-pressed", String(openOnly.getAttribute("aria-pressed") !== "true"));
    show();
  });
  search.addEventListener("input", show);
  show();
  welcomed.then((welcome) => {
    inPortal = welcome !== null;
    if (inPortal) show();
  });

  function matches(alarm) {
    if (severity !== null && alarm.severity !== severity) return false;
    if (openOnly.getAttribute("aria-pressed") === "true" && alarm.acknowledged) return false;
    const text = `${alarm.text} ${alarm.source}`.toLowerCase();
    return search.value.toLowerCase().split(/\s+/).every((word) => text.includes(word));
  }

  function show() {
    for (const chip of byId("severities").children) {
      chip.setAttribute("aria-pressed", String(chip.severity === severity));
    }
    const shown = ALARMS.filter(matches);
    const open = ALARMS.filter((alarm) => !alarm.acknowledged).length;
    byId("count").textContent = `${shown.length} of ${ALARMS.length} alarms, ${open} not acknowledged. Made up.`;
    list.replaceChildren(...shown.map(row));
    list.hidden = shown.length === 0;
    byId("empty").hidden = shown.length > 0;
  }

  function ago(minutes) {
    if (minutes < 60) return `${minutes} min ago`;
    return minutes < 1440 ? `${Math.floor(minutes / 60)} h ${minutes % 60} min ago` : "yesterday";
  }

  function row(alarm) {
    const { kind, word } = SEVERITIES[alarm.severity];
    const text = element("div", { class: "text" }, element("strong", {}, alarm.text));
    text.append(element("span", { class: "source" }, alarm.source));
    const turbine = /T-\d+$/.exec(alarm.source)?.[0];
    if (inPortal && turbine) {
      const button = element("button", { type: "button", class: "button small" }, `Show ${turbine}`);
      button.addEventListener("click", () => lead(turbine));
      text.append(element("span", { class: "lead-on" }, button));
    }
    const end = element("div", { class: "end" });
    if (alarm.acknowledged) {
      end.append("Acknowledged");
    } else {
      const name = `Acknowledge: ${alarm.text}`;
      const button = element("button", { type: "button", class: "button small", "aria-label": name }, "Acknowledge");
      button.addEventListener("click", () => acknowledge(alarm));
      end.append(button);
    }
    const time = element("time", {}, ago(alarm.minutes));
    return element("li", { class: alarm.acknowledged ? "done" : undefined }, stateMark(kind, word), text, time, end);
  }

  async function lead(turbine) {
    const there = await tell("switchPage", { ...TURBINES, state: `turbine=${turbine}` });
    if (there) return;
    byId("said").textContent = "There is no page for turbines in this organization.";
    byId("said").hidden = false;
  }

  function acknowledge(alarm) {
    const place = [...list.querySelectorAll(".end button")].indexOf(document.activeElement);
    alarm.acknowledged = true;
    show();
    // The button is gone; the next one takes the focus, so that a row of alarms can be worked off by Enter.
    const buttons = list.querySelectorAll(".end button");
    (buttons[Math.min(place, buttons.length - 1)] || search).focus();
  }
})();
