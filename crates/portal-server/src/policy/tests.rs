//! The policy texts, byte for byte.

use super::*;

const INDEX: &str = "<!doctype html><title>x</title><style></style>";
const EMPTY_STYLE: &str = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

fn facts(settings: &str) -> SiteFacts {
    SiteFacts::from_texts(settings, INDEX).expect("good settings")
}

/// The text of the fenced block of docs/headers.md that follows a marker.
fn documented(marker: &str) -> String {
    let doc = include_str!("../../../../docs/headers.md");
    let block = doc.split_once(&format!("<!-- {marker} -->")).expect(marker).1;
    let block = block.split_once("```text\n").expect("a block").1.split_once("\n```").expect("its end").0;
    block.to_owned()
}

// hostile.md 57: the text that is sent equals the text that is documented.
#[test]
fn the_document_says_what_is_sent() {
    let print = |headers: Headers| {
        headers.iter().map(|(name, value)| format!("{name}: {value}")).collect::<Vec<_>>().join("\n")
    };
    let plain = headers(content_security_policy(&facts("{}")), Tls::Yes);
    assert_eq!(print(plain), documented("site headers"));

    let settings = r#"{"apiBase":"https://api.example.com/app-portal-service",
        "frameOrigins":["https://scada.example.com","https://maps.example.com:8443"]}"#;
    assert_eq!(content_security_policy(&facts(settings)), documented("policy with origins"));
    assert_eq!(meta_policy(&facts("{}")), documented("meta policy"));
    assert_eq!(sandboxed(&samples_policy(&[])), documented("samples policy"));
    assert_eq!(
        print(sandboxed_headers(&content_security_policy(&facts("{}")), Tls::Yes)),
        documented("other headers")
    );
    assert_eq!(SANDBOX, documented("sandbox"));
    assert_eq!(worker_policy(&facts("{}")), documented("worker policy"));
}

// hostile.md §2: no inline script and no eval in any policy; nobody frames the portal.
#[test]
fn the_policy_stays_strict() {
    let policy = content_security_policy(&facts("{}"));
    for forbidden in ["'unsafe-inline'", "'unsafe-eval'", "*", "http:", "https:", "'unsafe-hashes'"] {
        assert!(!policy.contains(forbidden), "{forbidden}");
    }
    for wanted in ["default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"] {
        assert!(policy.contains(wanted), "{wanted}");
    }
    assert!(policy.contains(&format!("style-src 'self' '{EMPTY_STYLE}'")));
}

// The portal's own origin is given to nobody else: neither to a page in a frame nor to one in a tab or a pop-up.
#[test]
fn the_sandbox_gives_no_origin() {
    for forbidden in ["allow-same-origin", "allow-popups-to-escape-sandbox", "allow-top-navigation"] {
        assert!(!SANDBOX.contains(forbidden), "{forbidden}");
    }
    let headers = sandboxed_headers("default-src 'none'", Tls::No);
    assert!(headers.contains(&("Content-Security-Policy", format!("default-src 'none'; {SANDBOX}"))));
    assert!(headers.iter().all(|(name, _)| *name != "Cross-Origin-Opener-Policy"));
}

#[test]
fn the_worker_talks_to_the_service() {
    let policy = worker_policy(&facts(
        r#"{"apiBase":"https://api.example.com/x","frameOrigins":["https://a.example"]}"#,
    ));
    assert_eq!(policy, "default-src 'none'; script-src 'self'; connect-src 'self' https://api.example.com");
}

// Browsers print a warning for frame-ancestors in a meta element, and a warning fails the browser tests.
#[test]
fn the_meta_policy_is_the_same_without_frame_ancestors() {
    let facts = facts(r#"{"frameOrigins":["https://a.example"]}"#);
    let expected = content_security_policy(&facts).replace("frame-ancestors 'none'; ", "");
    assert_eq!(meta_policy(&facts), expected);
}

#[test]
fn a_site_without_settings_or_style_talks_to_itself_alone() {
    let facts = SiteFacts::from_texts("{}", "<!doctype html>").expect("defaults");
    assert_eq!(facts, SiteFacts::default());
    let policy = content_security_policy(&facts);
    assert!(policy.contains("style-src 'self'; ") && policy.contains("connect-src 'self'; "));
    assert!(policy.contains("frame-src 'self'; "));
}

#[test]
fn own_addresses_add_no_origin() {
    assert_eq!(facts(r#"{"apiBase":"/gateway/app-portal-service"}"#).api_origin, None);
    let local = facts(r#"{"apiBase":"http://localhost:9000/x"}"#).api_origin;
    assert_eq!(local.as_ref().map(Origin::as_str), Some("http://localhost:9000"));
}

#[test]
fn a_repeated_frame_origin_stands_once() {
    let facts = facts(r#"{"frameOrigins":["https://a.example","https://A.example:443/"]}"#);
    assert_eq!(facts.frame_origins.len(), 1);
}

// A person who deploys must learn which key is wrong.
#[test]
fn errors_name_the_key() {
    for (settings, expected) in [
        ("[]", "portal.json is not a JSON object: it is not an object"),
        (r#"{"apiBase":5}"#, "portal.json: `apiBase` must be a text"),
        (
            r#"{"apiBase":"//evil.example"}"#,
            "portal.json: `apiBase` must be a path such as \"/app-portal-service\" or an https address",
        ),
        (
            r#"{"apiBase":"/\\evil.example"}"#,
            "portal.json: `apiBase` must be a path such as \"/app-portal-service\" or an https address",
        ),
        (
            r#"{"apiBase":"http://api.example.com/x"}"#,
            "portal.json: `apiBase` must be an https address, except on this machine",
        ),
        (r#"{"frameOrigins":"https://a.example"}"#, "portal.json: `frameOrigins` must be a list"),
        (
            r#"{"frameOrigins":["https://a.example","https://b.example; script-src *"]}"#,
            "portal.json: `frameOrigins[1]` must be an origin such as \"https://apps.example.com\", without a path",
        ),
        (r#"{"frameOrigins":[null]}"#, "portal.json: `frameOrigins[0]` must be a text"),
    ] {
        let error = SiteFacts::from_texts(settings, INDEX).expect_err(settings);
        assert_eq!(error.to_string(), expected);
    }
    let broken = SiteFacts::from_texts("{", INDEX).expect_err("no JSON").to_string();
    assert!(broken.starts_with("portal.json is not a JSON object: EOF"), "{broken}");
}

// hostile.md 58.
#[test]
fn two_styles_are_refused() {
    let error = SiteFacts::from_texts("{}", "<style>a{}</style><style>b{}</style>").expect_err("two");
    assert_eq!(error.to_string(), "index.html has 2 <style> elements; one is allowed");
}
