// A list of alarms: filtered by severity and text, acknowledged one by one. Nothing outlives the page. In the portal an alarm
// of a turbine leads to that turbine, which another application shows.
"use strict";

words({
  en: {
    all: "All",
    critical: "Critical",
    major: "Major",
    minor: "Minor",
    cleared: "Cleared",
    count: (shown, all, open) => `${shown} of ${all} alarms, ${open} not acknowledged. Made up.`,
    minutesAgo: (minutes) => `${minutes} min ago`,
    show: (turbine) => `Show ${turbine}`,
    acknowledge: "Acknowledge",
    acknowledgeOne: (alarm) => `Acknowledge: ${alarm}`,
    acknowledged: "Acknowledged",
    nowhere: "There is no page for turbines in this organization.",
  },
  zh: {
    title: "告警",
    severity: "级别",
    open: "未确认",
    search: "搜索告警",
    empty: "没有匹配的告警。",
    all: "全部",
    critical: "严重",
    major: "重要",
    minor: "次要",
    cleared: "已恢复",
    count: (shown, all, open) => `显示 ${shown} 条，共 ${all} 条告警，其中 ${open} 条未确认。数据为虚构。`,
    minutesAgo: (minutes) => `${minutes} 分钟前`,
    show: (turbine) => `查看 ${turbine}`,
    acknowledge: "确认",
    acknowledgeOne: (alarm) => `确认：${alarm}`,
    acknowledged: "已确认",
    nowhere: "此组织中没有风机页面。",
  },
});

(() => {
  const KINDS = { critical: "alert", major: "watch", minor: "idle", cleared: "good" };
  const SOURCES = {
    turbine: ["Turbine", "风机"],
    substation: ["Substation North", "北变电站"],
    west: ["Solar field West", "西区光伏场"],
    east: ["Solar field East", "东区光伏场"],
    harbor: ["Harbor feeder", "港口馈线"],
    battery: ["Battery", "储能电池"],
    gateway: ["Gateway", "网关"],
  };
  // Severity, text in both languages, source and its number, minutes ago, acknowledged.
  const ALARMS = [
    ["critical", "Generator bearing temperature above 95 °C", "发电机轴承温度高于 95 °C", "turbine T-07", 4, false],
    ["critical", "Grid frequency protection tripped", "电网频率保护动作", "substation", 11, false],
    ["major", "Yaw motor current above limit", "偏航电机电流超限", "turbine T-04", 18, false],
    ["minor", "Anemometer 2 differs from anemometer 1", "2 号风速仪与 1 号偏差过大", "turbine T-09", 26, false],
    ["major", "Inverter 14 lost communication", "14 号逆变器通信中断", "west", 37, false],
    ["minor", "Gearbox oil filter due", "齿轮箱油滤芯到期待更换", "turbine T-02", 49, true],
    ["critical", "Smoke detector in the transformer bay", "变压器室烟雾探测器报警", "substation", 58, true],
    ["cleared", "Feeder 3 voltage back in range", "3 号馈线电压恢复正常", "substation", 64, true],
    ["major", "Pitch battery voltage low, blade B", "B 叶片变桨电池电压低", "turbine T-11", 83, false],
    ["minor", "String current 12 % below its neighbours", "组串电流比相邻组串低 12%", "west", 95, false],
    ["minor", "Door open", "舱门未关", "turbine T-11", 121, true],
    ["cleared", "Meter M-2 answers again", "电表 M-2 通信恢复", "harbor", 134, true],
    ["major", "State of charge below reserve", "荷电状态低于备用值", "battery B-1", 150, false],
    ["minor", "Tracker row 8 out of position", "第 8 排跟踪支架位置偏差", "east", 171, false],
    ["minor", "Hydraulic oil level low", "液压油位低", "turbine T-05", 214, true],
    ["major", "Cooling pump 2 runs without flow", "2 号冷却泵运行但无流量", "battery B-1", 243, true],
    ["minor", "Clock differs by 3 seconds", "时钟偏差 3 秒", "gateway G-4", 302, true],
    ["cleared", "Icing on blades gone", "叶片结冰已消除", "turbine T-01", 388, true],
    ["minor", "Data gap of 10 minutes filled", "10 分钟数据缺口已补齐", "harbor", 447, true],
    ["minor", "Firmware is one version behind", "固件落后一个版本", "gateway G-2", 1290, true],
  ].map(([severity, english, chinese, from, minutes, acknowledged]) => {
    const [kind, number] = from.split(" ");
    const source = SOURCES[kind].map((name) => (number ? `${name} ${number}` : name));
    return { severity, text: [english, chinese], source, turbine: kind === "turbine" ? number : null, minutes, acknowledged };
  });

  const byId = (id) => document.getElementById(id);
  const spoken = ([english, chinese]) => (language === "zh-CN" ? chinese : english);
  const TURBINES = { appId: "turbine-monitor", menuCode: "dogger_bank.turbines" };
  const [list, openOnly, search] = [byId("alarms"), byId("open-only"), byId("search")];
  const opened = Date.now();
  let severity = null;
  let inPortal = false;

  for (const value of [null, ...Object.keys(KINDS)]) {
    const count = ALARMS.filter((alarm) => value === null || alarm.severity === value).length;
    const chip = element("button", { type: "button", class: "chip" }, () => say(value ?? "all"));
    chip.append(element("span", {}, () => whole(count)));
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

  /** What was typed is looked for in both languages, so that the list stays when the language changes. */
  function matches(alarm) {
    if (severity !== null && alarm.severity !== severity) return false;
    if (openOnly.getAttribute("aria-pressed") === "true" && alarm.acknowledged) return false;
    const text = [...alarm.text, ...alarm.source].join(" ").toLowerCase();
    return search.value.toLowerCase().split(/\s+/).every((word) => text.includes(word));
  }

  function show() {
    for (const chip of byId("severities").children) {
      chip.setAttribute("aria-pressed", String(chip.severity === severity));
    }
    const shown = ALARMS.filter(matches);
    const open = ALARMS.filter((alarm) => !alarm.acknowledged).length;
    write(byId("count"), () => say("count", whole(shown.length), whole(ALARMS.length), whole(open)));
    list.replaceChildren(...shown.map(row));
    list.hidden = shown.length === 0;
    byId("empty").hidden = shown.length > 0;
  }

  /** The minutes of the last hour; before it, day and time. */
  function time(minutes) {
    const date = new Date(opened - minutes * 60_000);
    const text = () => (minutes < 60 ? say("minutesAgo", whole(minutes)) : moment(date));
    return element("time", { datetime: date.toISOString(), title: () => moment(date) }, text);
  }

  function row(alarm) {
    const text = element("div", { class: "text" }, element("strong", {}, () => spoken(alarm.text)));
    text.append(element("span", { class: "source" }, () => spoken(alarm.source)));
    if (inPortal && alarm.turbine) {
      const button = element("button", { type: "button", class: "button small" }, () => say("show", alarm.turbine));
      button.addEventListener("click", () => lead(alarm.turbine));
      text.append(element("span", { class: "lead-on" }, button));
    }
    const end = element("div", { class: "end" });
    if (alarm.acknowledged) {
      end.append(element("span", {}, () => say("acknowledged")));
    } else {
      const name = () => say("acknowledgeOne", spoken(alarm.text));
      const button = element("button", { type: "button", class: "button small", "aria-label": name }, () => say("acknowledge"));
      button.addEventListener("click", () => acknowledge(alarm));
      end.append(button);
    }
    const state = stateMark(KINDS[alarm.severity], () => say(alarm.severity));
    return element("li", { class: alarm.acknowledged ? "done" : undefined }, state, text, time(alarm.minutes), end);
  }

  async function lead(turbine) {
    const there = await tell("switchPage", { ...TURBINES, state: `turbine=${turbine}` });
    if (there) return;
    write(byId("said"), () => say("nowhere"));
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
