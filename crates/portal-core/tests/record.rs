//! Records and replies as text: what was written is read, and anything else is no record.
#![expect(clippy::unwrap_used, reason = "helpers of tests are tests")]

use portal_api::{AccessToken, Organization, RefreshToken, Response, UserId, Viewer};
use portal_core::session::{Began, Ended, Phase, Record, Snapshot, Tokens, read_reply, reply_text};
use proptest::option;
use proptest::prelude::*;

fn records() -> impl Strategy<Value = Record> {
    let began = (".*", any::<i64>(), any::<bool>());
    let tokens =
        ("[!-~]{1,40}", option::of("[!-~]{1,40}"), option::of(any::<i64>()), 0..i64::MAX.cast_unsigned());
    let viewer = (option::of("[a-z]{1,8}"), ".*", option::of(".*"));
    (began, tokens, viewer, option::of(("[a-z]{1,8}", "[A-Z].{0,8}[a-z]"))).prop_map(
        |((id, since, keep), (access, refresh, refresh_expires, pair), (user, name, email), organization)| {
            Record {
                began: Began { id, since, keep },
                tokens: Tokens {
                    access: AccessToken::parse(&access).unwrap(),
                    refresh: refresh.and_then(|refresh| RefreshToken::parse(&refresh)),
                    refresh_expires,
                    pair,
                    lost: false,
                },
                viewer: Viewer { id: user.and_then(|id| UserId::parse(&id)), name, email },
                organization: organization.and_then(|(id, name)| Organization::new(&id, Some(&name))),
            }
        },
    )
}

proptest! {
    #[test]
    fn records_are_read_as_written(record in records()) {
        let text = record.to_text("/service");
        prop_assert_eq!(Record::parse(&text, record.began.clone(), record.tokens.pair), Some(record));
    }

    #[test]
    fn replies_are_read_as_written(status: u16, name in "[a-z-]{1,10}", value in ".*", body in ".*") {
        let response = Response { status, headers: vec![(name, value)], body: body.into_bytes() };
        prop_assert_eq!(read_reply(&reply_text(&response)), Some(response));
    }

    // Another program, an older version, or a hand may have written there.
    #[test]
    fn reading_is_total(text in any::<String>()) {
        let _ = (Record::parse(&text, Began::default(), 1), Snapshot::parse(&text), read_reply(&text));
        let quoted = format!("{{\"v\":3,\"access\":{text:?}}}");
        let _ = Record::parse(&quoted, Began::default(), 1);
    }
}

/// A record of the version before, and one that lacks a token.
#[test]
fn records_of_another_version_are_not_taken_up() {
    for text in [
        r#"{"v":2,"apiBase":"/s","access":"a","user":{"name":"M"},"organization":null}"#,
        r#"{"v":3,"apiBase":"/s","user":{"name":"M"}}"#,
        r#"{"v":3,"apiBase":"/s","access":"","user":{"name":"M"}}"#,
        "null",
        "[]",
    ] {
        assert_eq!(Record::parse(text, Began::default(), 1), None, "{text}");
    }
}

// What session-store.js gives, in each phase; an answer that cannot be read counts as none.
#[test]
fn snapshots_are_read() {
    let snapshot = |phase: &str, reply: &str| {
        let text = format!(
            r#"{{"out":7,"ended":null,"session":{{"id":"ab","since":9,"keep":true,"pair":4,"phase":"{phase}","until":5,
            "text":"{{\"v\":3,\"access\":\"a\"}}","reply":{reply}}}}}"#
        );
        Snapshot::parse(&text).unwrap()
    };
    let stored = snapshot("ready", "null").stored.unwrap();
    assert_eq!((stored.record.began.id.as_str(), stored.record.tokens.pair), ("ab", 4));
    assert_eq!(stored.phase, Phase::Ready);
    assert_eq!(snapshot("sent", "null").stored.unwrap().phase, Phase::Sent { until: 5 });
    assert_eq!(snapshot("lost", "null").stored.unwrap().phase, Phase::Lost);
    assert_eq!(snapshot("replied", "\"?\"").stored.unwrap().phase, Phase::Lost);
    let reply = r#""{\"status\":200,\"headers\":[[\"date\",\"x\"]],\"body\":\"{}\"}""#;
    let Phase::Replied(response) = snapshot("replied", reply).stored.unwrap().phase else { panic!() };
    assert_eq!((response.status, response.header("date")), (200, Some("x")));
    let ended = Snapshot::parse(r#"{"out":7,"ended":"idle","session":null}"#).unwrap();
    assert_eq!((ended.ended, ended.out, ended.stored), (Some(Ended::Idle), 7, None));
}

// Another tab shows why the session ended from its own point of view.
#[test]
fn reasons_keep_their_meaning_in_other_tabs() {
    for (here, there) in [
        (Ended::SignedOut, Ended::SignedOutInOtherTab),
        (Ended::Idle, Ended::Idle),
        (Ended::Expired, Ended::Expired),
        (Ended::RenewalLost, Ended::RenewalLost),
        (Ended::Elsewhere, Ended::Elsewhere),
    ] {
        assert_eq!(Ended::from_name(here.name()), Some(there));
    }
    assert_eq!(Ended::from_name("?"), None);
}
