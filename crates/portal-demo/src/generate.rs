//! Content that is computed, not stored: organizations with thousands of applications, and menus that no person
//! would write (hostile.md 69 to 71). The same seed gives the same.

mod crowd;

use portal_api::encoding::encode;
use serde_json::{Value, json};

use crate::catalogue::{Application, ApplicationSentinel, Menu, Names};
use crate::checksum::mix;
use crate::reply::{self, Answer};
pub(crate) use crowd::{assets, person, person_number};

type Pair = (&'static str, &'static str);

const SITES: &[Pair] = &[
    ("Aurora", "极光"),
    ("Bluewater", "碧水"),
    ("Cedar Ridge", "雪松岭"),
    ("Dune", "沙丘"),
    ("Eastgate", "东门"),
    ("Falcon Point", "猎鹰角"),
    ("Granite Pass", "花岗岩山口"),
    ("Highland", "高地"),
    ("Ivory Coast", "象牙湾"),
    ("Juniper", "杜松"),
    ("Kestrel Bay", "红隼湾"),
    ("Lakeside", "湖畔"),
    ("Meridian", "子午线"),
    ("Northwind", "北风"),
    ("Orchard", "果园"),
    ("Pine Valley", "松谷"),
    ("Quarry Hill", "采石山"),
    ("Riverside", "河岸"),
    ("Stonefield", "石原"),
    ("Tidewater", "潮汐"),
];

/// By category of contract.md 1.26, from 21 on: what applications of it are called.
const KINDS: [[Pair; 3]; 16] = [
    [("Turbine Monitor", "风机监控"), ("Wind Forecast", "风功率预测"), ("Blade Care", "叶片养护")],
    [("PV Monitor", "光伏监控"), ("Soiling Watch", "积灰监测"), ("Inverter Health", "逆变器健康")],
    [("Reservoir Planner", "水库调度"), ("Hydro Units", "水电机组"), ("Inflow Forecast", "来水预测")],
    [("Boiler Efficiency", "锅炉效率"), ("Heat Rate", "热耗分析"), ("Emission Report", "排放报告")],
    [("Battery Dispatch", "储能调度"), ("State of Health", "电池健康"), ("Peak Shaving", "削峰填谷")],
    [("Charging Sites", "充电站"), ("Charging Sessions", "充电会话"), ("Charging Tariffs", "充电资费")],
    [("Energy Trading", "电力交易"), ("Contract Book", "合同台账"), ("Price Forecast", "电价预测")],
    [("Grid Topology", "电网拓扑"), ("Feeder Losses", "线损分析"), ("Outage Desk", "停电管理")],
    [("Island Mode", "孤岛运行"), ("Microgrid Control", "微网控制"), ("Black Start", "黑启动")],
    [("Park Energy", "园区能源"), ("Tenant Billing", "租户账单"), ("Park Carbon", "园区碳管理")],
    [("Building Comfort", "楼宇舒适度"), ("Chiller Plant", "冷站"), ("Lift Watch", "电梯监测")],
    [("Street Lighting", "街道照明"), ("Water Network", "供水管网"), ("Traffic Energy", "交通能耗")],
    [("Anomaly Finder", "异常发现"), ("Image Inspection", "图像巡检"), ("Model Workshop", "模型工坊")],
    [("Documents", "文档"), ("Shift Book", "值班日志"), ("Spare Parts", "备件")],
    [("Asset Map", "资产地图"), ("Control Room", "集控中心"), ("KPI Board", "指标看板")],
    [("Substation Patrol", "变电站巡检"), ("Transformer Watch", "变压器监测"), ("Switchgear", "开关柜")],
];

const PAGES: &[(&str, Pair)] = &[
    ("overview", ("Overview", "总览")),
    ("history", ("History", "历史")),
    ("reports", ("Reports", "报表")),
    ("settings", ("Settings", "设置")),
];

/// So many applications, over all categories; without their menus, which the list does not send.
pub(crate) fn applications(seed: u64, count: u32) -> impl Iterator<Item = Application> {
    (0..count).map(move |index| build(seed, count, index))
}

/// One of them, by its id.
pub(crate) fn application(seed: u64, count: u32, id: &str) -> Option<Application> {
    let index: u32 = id.strip_prefix("generated-")?.parse().ok()?;
    let mut application = (index < count).then(|| build(seed, count, index))?;
    application.menus = menus(application.name.get("en_US"));
    (application.id == id).then_some(application)
}

fn build(seed: u64, count: u32, index: u32) -> Application {
    let chance = mix(seed ^ (u64::from(index) << 8));
    let at = |shift: u32, length: usize| {
        let length = u64::try_from(length).unwrap_or(1).max(1);
        usize::try_from((chance >> shift) % length).unwrap_or(0)
    };
    let category = at(0, KINDS.len());
    let kind = pick(KINDS.get(category).map_or(&[], |kinds| kinds.as_slice()), at(8, 3));
    let site = pick(SITES, at(16, SITES.len()));
    // A number only where names would be many times the same.
    let number = if count > 1000 { format!(" {}", index / 100 + 1) } else { String::new() };
    let name = (format!("{} {}{number}", site.0, kind.0), format!("{}{}{number}", site.1, kind.1));
    let description = (format!("{} for the site {}", kind.0, site.0), format!("{}站点的{}", site.1, kind.1));
    let id = format!("generated-{index}");
    Application {
        code: format!("generated_{index}"),
        id,
        menus: Vec::new(),
        url: Some(page(&name.0, "Overview")),
        name: names(name.0, name.1),
        display_name: None,
        description: Some(names(description.0, description.1)),
        category: i64::try_from(category).ok().map(|category| 21 + category),
        mobile: at(24, 40) == 0,
        enabled: at(32, 60) != 0,
        shortcut: at(40, 40) == 0,
        // Gaps and duplicates, as administrators leave them.
        order: i64::try_from(at(4, usize::try_from(count).unwrap_or(1).saturating_mul(2))).ok(),
        flat: index % 2 == 1,
        sentinel: ApplicationSentinel::None,
    }
}

fn pick(pairs: &[Pair], index: usize) -> Pair {
    pairs.get(index).copied().unwrap_or(("Application", "应用"))
}

fn names(english: String, chinese: String) -> Names {
    Names(vec![("en_US".to_owned(), english), ("zh_CN".to_owned(), chinese)])
}

fn menus(application: &str) -> Vec<Menu> {
    let entry = |(code, (english, chinese)): &(&str, Pair)| Menu {
        code: (*code).to_owned(),
        name: names((*english).to_owned(), (*chinese).to_owned()),
        url: Some(page(application, english)),
        menus: Vec::new(),
    };
    PAGES.iter().map(entry).collect()
}

fn page(application: &str, title: &str) -> String {
    format!("/sample-apps/generic/page.html?page={}", encode(&format!("{application}: {title}")))
}

/// Menus that a file asks for by `{"generate": …, "count": …}`; `None` for data to be sent as it stands.
pub(crate) fn strange_menus(stored: &Value) -> Option<Answer> {
    let count = stored.get("count").and_then(Value::as_u64).unwrap_or(0).min(100_000);
    match stored.get("generate")?.as_str()? {
        "chain" => {
            // A flat list in which each entry is the child of the one before: as deep as it is long.
            let entry = |n: u64| {
                let parent = n.checked_sub(1).map_or_else(String::new, |parent| format!("deep-{parent}"));
                flat_entry(&format!("deep-{n}"), &format!("Level {}", n + 1), &parent)
            };
            Some(Answer::Data(
                json!({ "menus": (0..count).map(entry).collect::<Vec<_>>(), "permissions": [] }),
            ))
        }
        "wide" => {
            let entry = |n: u64| flat_entry(&format!("wide-{n}"), &format!("Entry {}", n + 1), "");
            Some(Answer::Data(
                json!({ "menus": (0..count).map(entry).collect::<Vec<_>>(), "permissions": [] }),
            ))
        }
        "nested" => {
            // Brackets deeper than any JSON parser goes, so it cannot be made from a value.
            let count = usize::try_from(count).unwrap_or(0);
            let open = "{\"id\":\"nested\",\"name\":\"Nested\",\"children\":[".repeat(count);
            let body = format!("{{\"code\":0,\"data\":{{\"menus\":[{open}{}]}}}}", "]}".repeat(count));
            Some(Answer::Verbatim { content_type: reply::JSON, body })
        }
        _ => None,
    }
}

fn flat_entry(id: &str, name: &str, parent: &str) -> Value {
    let url = page("Red Team", name);
    json!({ "id": id, "identifier": id, "name": name, "displayOrder": 1, "url": url, "parentId": parent })
}

#[cfg(test)]
mod tests {
    use super::{application, applications};

    // Deep links into generated organizations must mean the same after a restart.
    #[test]
    fn the_same_seed_gives_the_same() {
        let first: Vec<_> = applications(1, 3000).collect();
        assert_eq!(first.len(), 3000);
        assert!(first == applications(1, 3000).collect::<Vec<_>>());
        for expected in first.iter().step_by(97) {
            let found = application(1, 3000, &expected.id).unwrap();
            assert_eq!((&found.name, found.order, found.menus.len()), (&expected.name, expected.order, 4));
        }
        for id in ["generated-3000", "generated-+1", "generated-01", "generated-", "other"] {
            assert!(application(1, 3000, id).is_none(), "{id}");
        }
    }

    // The scale organizations stand for real ones: every category, and every mark that a tile can have.
    #[test]
    fn everything_occurs() {
        for count in [300, 3000] {
            let all: Vec<_> = applications(1, count).collect();
            let categories: std::collections::BTreeSet<_> = all.iter().map(|entry| entry.category).collect();
            assert_eq!(categories.len(), 16);
            assert!(all.iter().any(|entry| entry.mobile));
            assert!(all.iter().any(|entry| !entry.enabled));
            assert!(all.iter().any(|entry| entry.shortcut));
        }
    }
}
