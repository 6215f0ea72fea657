//! People and assets by the thousand, for lists and trees that have to stand it.

use super::names;
use crate::catalogue::{Asset, User};
use crate::checksum::mix;

const FIRST: [&str; 16] = [
    "Aiko",
    "Bashir",
    "Carla",
    "Dmitri",
    "Esra",
    "Femi",
    "Greta",
    "Hugo",
    "Inés",
    "Jonas",
    "Kateřina",
    "Li Na",
    "Mateo",
    "Nadia",
    "Olu",
    "Priya",
];
const LAST: [&str; 16] = [
    "Abe", "Berg", "Castro", "Dahl", "Eriksen", "Ferrari", "García", "Haddad", "Ito", "Jansen", "Kowalski",
    "Larsen", "Müller", "Nguyen", "Okoye", "Park",
];
const PREFIX: &str = "u-crowd-";

/// One of the crowd of an organization. They have no password, so nobody signs in as one of them.
pub(crate) fn person(organization: &str, number: u32) -> User {
    let chance = mix(u64::from(number));
    let pick = |list: &[&str; 16], shift: u32| {
        let index = usize::try_from((chance >> shift) % 16).unwrap_or(0);
        list.get(index).copied().unwrap_or_default().to_owned()
    };
    let name = format!("{} {}", pick(&FIRST, 8), pick(&LAST, 16));
    User {
        id: format!("{PREFIX}{number:05}"),
        account: format!("crowd-{number:05}"),
        email: format!("crowd-{number:05}@example.com"),
        name,
        organizations: vec![organization.to_owned()],
        ..User::default()
    }
}

/// The number of one of the crowd, by id.
pub(crate) fn person_number(id: &str) -> Option<u32> {
    let number = id.strip_prefix(PREFIX)?.parse().ok()?;
    (id == format!("{PREFIX}{number:05}")).then_some(number)
}

/// So many assets: twenty in a row, ten rows on a site.
pub(crate) fn assets(count: u32) -> Vec<Asset> {
    let site = |site: u32| {
        let here = count.saturating_sub(site * 200).min(200);
        let row = |row: u32| {
            let units = (0..here.saturating_sub(row * 20).min(20)).map(|unit| {
                let number = site * 200 + row * 20 + unit + 1;
                let names = (format!("Unit {number}"), format!("{number} 号机组"));
                node(format!("unit-{number}"), names, Vec::new())
            });
            let names = (format!("Row {}", row + 1), format!("第 {} 排", row + 1));
            node(format!("site-{}-row-{}", site + 1, row + 1), names, units.collect())
        };
        let names = (format!("Site {}", site + 1), format!("{} 号场站", site + 1));
        node(format!("site-{}", site + 1), names, (0..here.div_ceil(20)).map(row).collect())
    };
    (0..count.div_ceil(200)).map(site).collect()
}

fn node(id: String, (english, chinese): (String, String), assets: Vec<Asset>) -> Asset {
    Asset::plain(id, names(english, chinese), assets)
}

#[cfg(test)]
mod tests {
    use super::{assets, person, person_number};
    use crate::catalogue::Asset;

    // People and assets are named by number in calls: the number has to lead back to the same.
    #[test]
    fn as_many_as_asked_for() {
        fn leaves(assets: &[Asset]) -> usize {
            assets.iter().map(|asset| if asset.is_leaf() { 1 } else { leaves(&asset.assets) }).sum()
        }
        for count in [0, 1, 20, 21, 200, 201, 5000] {
            assert_eq!(leaves(&assets(count)), usize::try_from(count).unwrap());
        }
        for number in [0, 17, 99_999, 100_000] {
            assert_eq!(person_number(&person("o", number).id), Some(number));
        }
        assert_eq!((person_number("u-crowd-017"), person_number("u-morgan")), (None, None));
    }
}
