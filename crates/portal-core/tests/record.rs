//! Records, markers and messages as text: what was written is read, and whatever else stands there is no record
//! (hostile.md 84).
#![expect(clippy::unwrap_used, reason = "helpers of tests are tests")]

use portal_api::{AccessToken, Organization, RefreshToken, UserId, Viewer};
use portal_core::session::{Began, Heard, Marker, Message, Record, Tokens};
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
        prop_assert_eq!(Record::parse(&record.to_text("/service")), Some(record.clone()));
        let message = Message::Told(record);
        prop_assert_eq!(Message::parse(&message.to_text("")), Some(message));
    }

    #[test]
    fn messages_are_read_as_written(id in option::of(".*"), at: i64, pair in 0..i64::MAX.cast_unsigned()) {
        for message in [
            Message::Ask(id.clone()),
            Message::SignedOut(at),
            Message::Over { id: id.clone().unwrap_or_default(), pair },
            Message::Claim(at),
            Message::Held,
            Message::Active(at),
        ] {
            prop_assert_eq!(Message::parse(&message.to_text("")), Some(message.clone()));
        }
    }

    #[test]
    fn markers_are_read_as_written(id in "[a-z0-9 ]*", pair: u64, out: i64) {
        let marker = Marker { id, pair, out };
        prop_assert_eq!(Marker::parse(&marker.to_text()), Some(marker));
    }

    // Another program, an older version, or a hand may have written there.
    #[test]
    fn reading_is_total(text in any::<String>()) {
        let _ = (Record::parse(&text), Message::parse(&text), Marker::parse(&text));
        prop_assert_eq!(Record::parse(&format!("{{\"v\":2,\"access\":{text:?}}}")), None);
    }

    // A late word of an older pair does not take the marker back, and no record touches the last sign-out.
    #[test]
    fn markers_only_go_on(records in proptest::collection::vec(records(), 1..5), out: i64) {
        let mut marker = Marker { out, ..Marker::default() };
        for record in &records {
            let before = marker.clone();
            marker = marker.with(record);
            prop_assert_eq!(marker.out, out);
            prop_assert!(marker.id != before.id || marker.pair >= before.pair);
        }
    }
}

/// A record of the version before, and one that lacks a token.
#[test]
fn records_of_another_version_are_not_taken_up() {
    for text in [
        r#"{"v":1,"apiBase":"/s","access":"a","user":{"name":"M"},"organization":null}"#,
        r#"{"v":2,"apiBase":"/s","id":"x","since":1,"pair":1,"user":{"name":"M"}}"#,
        r#"{"v":2,"apiBase":"/s","id":"x","since":1,"pair":-1,"access":"a"}"#,
        "null",
        "[]",
    ] {
        assert_eq!(Record::parse(text), None, "{text}");
    }
}

// Plain http has no Web Locks: turns are taken over messages. Two who claim at once: the smaller number goes first,
// and who comes later hears that the turn is taken.
#[test]
fn turns_are_taken_one_by_one() {
    use portal_core::session::Claims;
    let (mut one, mut two) = (Claims::new(1), Claims::new(2));
    one.claim();
    two.claim();
    assert_eq!((one.hear_claim(2), two.hear_claim(1)), (Heard::Claim, Heard::Silence));
    assert_eq!((one.settle(), two.settle()), (true, false));
    two.claim();
    assert_eq!(one.hear_claim(2), Heard::Held);
    two.hear_held();
    assert!(!two.settle());
    one.free();
    two.claim();
    assert_eq!(one.hear_claim(2), Heard::Silence);
    assert!(two.settle());
}
