//! Whatever comes in, a reply goes out.

use portal_api::{ENDPOINTS, encoding};
use portal_demo::{Portal, ServiceRequest, handle};
use proptest::prelude::{Just, Strategy, any, prop, prop_assert, prop_oneof, proptest};

use crate::support::{Host, START};

fn path() -> impl Strategy<Value = String> {
    let known: Vec<String> = ENDPOINTS.iter().map(|spec| spec.path.to_owned()).collect();
    prop_oneof![4 => prop::sample::select(known), 1 => any::<String>()]
}

fn query() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        any::<String>().prop_map(|text| format!("refreshToken={}", encoding::encode(&text))),
        any::<String>().prop_map(|text| format!("accessKey={}&accessKey=2", encoding::encode(&text))),
        Just("accessKey=turbine-monitor".to_owned()),
        Just("type=mfa".to_owned()),
        any::<String>().prop_map(|id| format!("orgId=o-north-sea&userId=u-{id}&assetId={id}&locale={id}")),
        Just("orgId=o-north-sea&userId=u-morgan&appId=turbine-monitor&assetId=hornsea-t01".to_owned()),
        any::<String>().prop_map(|text| format!("email={}@example.com&type={text}", encoding::encode(&text))),
    ]
}

fn body() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        any::<Vec<u8>>(),
        any::<(String, String)>().prop_map(|(account, password)| {
            serde_json::json!({ "account": account, "password": password }).to_string().into_bytes()
        }),
        any::<String>().prop_map(|id| serde_json::json!({ "orgId": id }).to_string().into_bytes()),
        (any::<String>(), any::<u32>(), any::<u32>()).prop_map(|(id, number, size)| {
            let page = serde_json::json!({ "pageNo": number, "pageSize": size });
            serde_json::json!({ "orgId": "o-north-sea", "userId": "u-morgan", "assetId": id, "assetIds": [id, "hornsea"],
                "accessKey": "turbine-monitor", "password": id, "pagination": page }).to_string().into_bytes()
        }),
        (any::<String>(), any::<i64>()).prop_map(|(id, state)| {
            serde_json::json!({ "messages": [{ "messageId": id, "orgId": "o-north-sea", "accessKey": "turbine-monitor",
                "produceTime": state, "zoneOffset": id, "authUnitId": id, "state": state & 1, "body": { "default": id } }] })
                .to_string().into_bytes()
        }),
        any::<(String, i64)>().prop_map(|(text, seconds)| {
            serde_json::json!({ "code": format!("demo.mfa.{seconds}.{text}") }).to_string().into_bytes()
        }),
        prop::sample::select(vec!["246810", "000000", "1", ""])
            .prop_map(|code| serde_json::json!({ "code": code }).to_string().into_bytes()),
        Just(b"{\"account\":\"morgan\",\"password\":\"portal\"}".to_vec()),
        Just(b"[".repeat(200_000)),
    ]
}

proptest! {
    // The service stands in a web page and in a server: a panic would take either down.
    #[test]
    fn handle_always_answers(
        calls in prop::collection::vec(
            (prop::sample::select(vec!["GET", "POST", "PUT", "", "get"]), path(), query(), body(), any::<Option<String>>(), any::<bool>()),
            1..8,
        ),
        account in prop::sample::select(vec![
            ("morgan", "o-north-sea"), ("legacy", "o-harbor"), ("hostile", "o-hostile"), ("slow", "o-helios"),
            ("mfa", "o-helios"),
        ]),
        now in prop_oneof![any::<i64>(), Just(START)],
        lifetime: u64,
        seed: u64,
    ) {
        let mut portal = Portal::new(portal_demo::Options { access_lifetime_seconds: lifetime, seed, ..Default::default() });
        let host = Host::new();
        let token = match account {
            ("mfa", _) => host.log_in("mfa", "portal").unwrap().token,
            (account, organization) => host.token(account, organization),
        };
        let token = token.header();
        for (method, path, query, body, authorization, signed_in) in &calls {
            let authorization = if *signed_in { Some(token.as_str()) } else { authorization.as_deref() };
            let headers = [("x", "y"), ("accesstoken", authorization.unwrap_or_default())];
            let request = ServiceRequest { method, path, query, authorization, headers: &headers, body };
            let reply = handle(&mut portal, &request, now);
            prop_assert!((200..600).contains(&reply.response.status));
            let snapshot = portal.snapshot();
            portal.restore(&snapshot);
        }
    }

    #[test]
    fn restoring_is_total(text: String, number: f64) {
        let mut portal = Portal::new(portal_demo::Options::default());
        portal.restore(&text);
        portal.restore(&format!("{{\"v\":1,\"serial\":{number},\"locked\":{{\"a\":{number}}},\"wrong\":[{number}]}}"));
        prop_assert!(handle(&mut portal, &ServiceRequest::default(), 0).response.status == 404);
    }
}
