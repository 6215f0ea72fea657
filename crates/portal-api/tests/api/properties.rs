//! Laws that hold for every reply: reading is total, and one bad entry never loses the list.

use portal_api::application::{GetAppMenuAndPermission, GetUserApplications};
use portal_api::organization::GetOrganizationList;
use portal_api::{Code, Endpoint};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::common::{read_as_all, response, tree};

/// Any JSON value, with numbers beyond every machine type.
pub(crate) fn any_json() -> impl Strategy<Value = Value> {
    let number =
        prop::sample::select(vec!["0", "-1", "31401", "1e400", "-0.0", "98765432109876543210", "2.5e-7"]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        number.prop_map(|text| serde_json::from_str(text).unwrap()),
        any::<String>().prop_map(Value::from),
        prop::sample::select(vec![
            "",
            " ",
            "0",
            "true",
            "NaN",
            "Bearer",
            "{\"default\":1}",
            "{",
            "2019-02-31 9:9"
        ])
        .prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((member(), inner), 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

/// Names of members that replies have, so that readers look at the values.
fn member() -> impl Strategy<Value = String> {
    let known = vec![
        "id",
        "name",
        "nameJson",
        "displayName",
        "code",
        "identifier",
        "status",
        "type",
        "order",
        "url",
        "category",
        "isShortcut",
        "apps",
        "menus",
        "permissions",
        "children",
        "parentId",
        "tag",
        "displayOrder",
        "organizations",
        "user",
        "accessToken",
        "refreshToken",
        "refreshTokenExpire",
        "currentOrgId",
        "workingOrganizationId",
        "userId",
        "mfaType",
        "success",
        "descriptionJson",
        "default",
        "defaultValue",
        "i18nValue",
        "en_US",
        "phone",
        "phoneArea",
        "data",
        "message",
        "",
    ];
    prop_oneof![4 => prop::sample::select(known).prop_map(str::to_owned), 1 => any::<String>()]
}

proptest! {
    // hostile.md 65: any value as `data`, as the reply, and as an entry.
    #[test]
    fn any_json_is_a_reply_or_an_error(value in any_json(), status in 100_u16..600) {
        for body in [
            value.to_string(),
            json!({ "code": 0, "data": value }).to_string(),
            json!({ "code": value, "message": value, "msg": value, "requestId": value, "data": value }).to_string(),
        ] {
            for (operation, outcome) in read_as_all(&response(status, body)) {
                if let Err(error) = outcome {
                    prop_assert_eq!(error.operation, operation);
                }
            }
        }
    }

    // hostile.md 64: any bytes at all.
    #[test]
    fn any_bytes_are_a_reply_or_an_error(body in any::<Vec<u8>>(), status in any::<u16>()) {
        for (operation, outcome) in read_as_all(&response(status, body)) {
            if let Err(error) = outcome {
                prop_assert_eq!(error.operation, operation);
            }
        }
    }

    // Every member of an application but its id can be anything, and the entry stays.
    #[test]
    fn no_member_costs_the_entry(key in member(), value in any_json()) {
        prop_assume!(key != "id");
        let mut entry = json!({ "id": "a" });
        entry[&key] = value;
        let data = tree(&json!({ "apps": [entry], "menus": [entry], "organizations": [entry] }));
        prop_assert_eq!(GetUserApplications::decode(&data).unwrap().entries.len(), 1);
        prop_assert_eq!(GetAppMenuAndPermission::decode(&data).unwrap().menus.entries.len(), 1);
        prop_assert_eq!(GetOrganizationList::decode(&data).unwrap().entries.len(), 1);
    }

    // hostile.md 65: n good entries with k bad ones between them: n kept in order, k dropped and counted.
    #[test]
    fn one_bad_entry_never_loses_the_list(
        entries in prop::collection::vec(prop_oneof![
            any::<u32>().prop_map(|id| (true, json!({ "id": format!("good{id}"), "name": "n" }))),
            bad_entry().prop_map(|entry| (false, entry)),
        ], 0..40)
    ) {
        let good: Vec<String> = entries.iter().filter(|(good, _)| *good)
            .map(|(_, entry)| entry["id"].as_str().unwrap().to_owned()).collect();
        let bad = entries.len() - good.len();
        let list = Value::from(entries.into_iter().map(|(_, entry)| entry).collect::<Vec<_>>());
        let data = tree(&json!({ "apps": list, "organizations": list, "menus": list, "permissions": list }));
        let applications = GetUserApplications::decode(&data).unwrap();
        let ids: Vec<_> = applications.entries.iter().map(|entry| entry.id.as_str().to_owned()).collect();
        prop_assert_eq!((&ids, applications.dropped), (&good, bad));
        let organizations = GetOrganizationList::decode(&data).unwrap();
        let ids: Vec<_> = organizations.entries.iter().map(|entry| entry.id.as_str().to_owned()).collect();
        prop_assert_eq!((&ids, organizations.dropped), (&good, bad));
        let resources = GetAppMenuAndPermission::decode(&data).unwrap();
        let ids: Vec<_> = resources.menus.entries.iter().map(|entry| entry.id.as_str().to_owned()).collect();
        prop_assert_eq!((&ids, resources.menus.dropped), (&good, bad));
        prop_assert_eq!((resources.permissions.entries.len(), resources.permissions.dropped), (good.len(), bad));
    }

    // contract.md §6, 23: normalising twice is normalising once, and only two numbers are success.
    #[test]
    fn codes_are_normalised_once(number in prop_oneof![any::<i64>(), -1000_i64..40_000]) {
        let code = Code::from_number(number);
        prop_assert_eq!(Code::from_number(code.number()), code);
        prop_assert_eq!(code == Code::Success, number == 0 || number == 200);
    }

    // Numbers stay exactly as written when they become ids.
    #[test]
    fn digits_of_any_length_are_ids(digits in "[1-9][0-9]{0,60}") {
        let body = format!(r#"{{"code":0,"data":{{"apps":[{{"id":{digits}}}]}}}}"#);
        let list = crate::common::read_body::<GetUserApplications>(body).unwrap();
        prop_assert_eq!(list.entries[0].id.as_str(), digits.as_str());
    }
}

fn bad_entry() -> impl Strategy<Value = Value> {
    let no_id =
        prop_oneof![Just(json!(null)), Just(json!("")), Just(json!(true)), Just(json!({})), Just(json!([1]))];
    prop_oneof![
        Just(json!(null)),
        Just(json!([])),
        Just(json!([{ "id": "inside" }])),
        any::<i32>().prop_map(|number| json!(number)),
        any::<String>().prop_map(|text| json!(text)),
        any::<String>().prop_map(|name| json!({ "name": name })),
        no_id.prop_map(|id| json!({ "id": id, "name": "n" })),
    ]
}
