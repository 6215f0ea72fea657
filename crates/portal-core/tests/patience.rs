//! Calls are made again without being asked only where that is safe, a few times, and not for long (hostile.md 77, 80).

use portal_api::{Code, Error, ErrorKind, TransportFailure};
use portal_core::patience::{ATTEMPTS, BUDGET_MS, LONGEST_MS, next_try, next_wait, time_left};
use proptest::prelude::*;

fn error(kind: ErrorKind) -> Error {
    Error { operation: "Get User's Applications", kind, request_id: None }
}

fn refused(number: i64, retry_after: Option<u32>) -> Error {
    error(ErrorKind::Refused { code: Code::from_number(number), number, message: None, retry_after })
}

fn transport(failure: TransportFailure) -> Error {
    error(ErrorKind::Transport(failure))
}

// What may be gone in a moment is tried again; what would be the same again is told at once.
#[test]
fn only_what_may_pass_is_tried_again() {
    for passing in [
        transport(TransportFailure::Network),
        transport(TransportFailure::CrossOrigin),
        error(ErrorKind::Empty),
        refused(31_500, None),
        refused(504, None),
        refused(502, None),
        refused(503, Some(1)),
    ] {
        assert!(next_wait(1, &passing, true, 0.5).is_some(), "{passing:?}");
    }
    for lasting in [
        // Says itself when it is back.
        transport(TransportFailure::Offline),
        // The person has waited for half a minute.
        transport(TransportFailure::Timeout),
        transport(TransportFailure::Aborted),
        transport(TransportFailure::TooLarge),
        transport(TransportFailure::Redirected),
        transport(TransportFailure::Policy),
        error(ErrorKind::NotTheService { status: 200 }),
        error(ErrorKind::Malformed { place: "data".to_owned() }),
        refused(31_400, None),
        refused(31_401, None),
        refused(31_403, None),
        refused(31_404, None),
        refused(31_512, None),
        refused(1002, None),
    ] {
        assert_eq!(next_wait(1, &lasting, true, 0.5), None, "{lasting:?}");
    }
}

// contract.md 0.2: 31429 says to wait; nothing calls again by itself, whatever time it names.
#[test]
fn never_after_too_many_attempts() {
    for number in [429, 31_429] {
        for retry_after in [None, Some(0), Some(1)] {
            assert_eq!(next_wait(1, &refused(number, retry_after), true, 0.0), None);
        }
    }
}

// What the service asks for is honoured as far as a person would wait, and never undercut.
#[test]
fn retry_after_is_honoured_or_left_to_the_person() {
    let wait = |seconds| next_wait(1, &refused(503, Some(seconds)), true, 0.0);
    assert_eq!(wait(0), Some(250));
    assert_eq!(wait(3), Some(3_000));
    assert_eq!(wait(LONGEST_MS / 1_000), Some(LONGEST_MS));
    assert_eq!(wait(LONGEST_MS / 1_000 + 1), None);
    assert_eq!(wait(u32::MAX), None);
}

// All tries of a load together have one budget of time.
#[test]
fn no_try_begins_when_the_time_is_up() {
    assert_eq!(time_left(0.0), Some(BUDGET_MS));
    assert_eq!(time_left(-5.0), Some(BUDGET_MS));
    assert_eq!(time_left(f64::from(BUDGET_MS) - 500.0), Some(500));
    for late in [f64::from(BUDGET_MS) - 499.0, f64::from(BUDGET_MS), 1e12, f64::INFINITY] {
        assert_eq!(time_left(late), None, "{late}");
    }
}

// The waits grow, and so differ from each other however the chance falls.
#[test]
fn waits_grow() {
    let network = transport(TransportFailure::Network);
    assert_eq!(next_wait(1, &network, true, 0.0), Some(250));
    assert_eq!(next_wait(1, &network, true, 1.0), Some(750));
    assert_eq!(next_wait(2, &network, true, 0.0), Some(750));
    assert_eq!(next_wait(2, &network, true, 1.0), Some(2_250));
    assert_eq!(next_wait(3, &network, true, 0.0), None);
}

fn any_error() -> impl Strategy<Value = Error> {
    let number = prop_oneof![Just(31_500_i64), Just(31_429), 400_i64..600, 31_400_i64..31_600, any::<i64>()];
    prop_oneof![
        Just(transport(TransportFailure::Network)),
        Just(transport(TransportFailure::Timeout)),
        Just(error(ErrorKind::Empty)),
        (number, any::<Option<u32>>()).prop_map(|(number, after)| refused(number, after)),
    ]
}

proptest! {
    // hostile.md 80: whatever goes wrong, one load makes few calls and ends soon.
    #[test]
    fn few_and_soon(errors in proptest::collection::vec((any_error(), any::<f64>()), 20)) {
        let (mut calls, mut waited) = (0_u32, 0_u64);
        for (error, random) in &errors {
            calls += 1;
            let Some(wait) = next_wait(calls, error, true, *random) else { break };
            prop_assert!(wait <= LONGEST_MS);
            waited += u64::from(wait);
        }
        prop_assert!(calls <= ATTEMPTS);
        prop_assert!(waited <= u64::from(LONGEST_MS) * u64::from(ATTEMPTS - 1));
    }

    // contract.md §6, 21: a call with effects is never sent twice.
    #[test]
    fn never_with_effects(error in any_error(), attempt in any::<u32>(), random in any::<f64>()) {
        prop_assert_eq!(next_wait(attempt, &error, false, random), None);
    }

    #[test]
    fn spread_within_its_range(attempt in 1_u32..ATTEMPTS, random in 0.0_f64..1.0) {
        let plain = f64::from(500 * 3_u32.pow(attempt - 1));
        let wait = f64::from(next_wait(attempt, &transport(TransportFailure::Network), true, random).unwrap());
        prop_assert!(wait >= (plain * 0.5).floor() && wait <= plain * 1.5);
    }
}

// The wait counts, too: what comes after it has only the rest.
#[test]
fn a_try_has_what_the_tries_and_waits_before_it_left() {
    let broken = transport(TransportFailure::Network);
    assert_eq!(next_try(1, &broken, true, 0.5, 1_000.0), Some((500, BUDGET_MS - 1_500)));
    assert_eq!(next_try(1, &broken, true, 0.5, f64::from(BUDGET_MS) - 900.0), None);
    assert_eq!(next_try(ATTEMPTS, &broken, true, 0.5, 0.0), None);
    assert_eq!(next_try(1, &broken, false, 0.5, 0.0), None);
}
