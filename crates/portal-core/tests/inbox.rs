//! Messages that wait: whom to ask next, how often, what is new, what is marked, quiet hours, the draft of a new one.
#![expect(clippy::unwrap_used, reason = "helpers of tests are tests")]

use std::collections::BTreeMap;

use portal_api::message::{MOST_UPDATES, MessageKind};
use portal_api::{ApplicationId, Code, Error, ErrorKind, MessageId, OrganizationId, TransportFailure};
use portal_core::inbox::{
    AT_ONCE, Ask, Between, Burst, CLOSED_MS, Counts, Draft, EVERY_MS, Failure, Field, GATHER_MS, Known,
    LONGEST_MS, Mark, Marks, Preferences, Problem, REST_MS, WANTED_MS, Wants, batches, minute_of_day,
    produced_at, rows, time_of_day, tones,
};
use proptest::prelude::*;

fn id(name: &str) -> ApplicationId {
    ApplicationId::parse(name).unwrap()
}

fn ids(count: usize) -> Vec<ApplicationId> {
    (0..count).map(|number| id(&format!("app-{number:03}"))).collect()
}

fn messages(count: usize) -> Vec<MessageId> {
    (0..count).map(|number| MessageId::parse(&format!("m-{number}")).unwrap()).collect()
}

/// Asks for one application and hears a number.
fn hear(counts: &mut Counts, application: &ApplicationId, total: u64, now: i64) -> u64 {
    let asks = counts.next(std::slice::from_ref(application), now);
    counts.heard(asks.first().unwrap(), Known::Exactly(total), now)
}

mod asking {
    use super::*;

    // At most four calls at a time, whatever is on screen.
    #[test]
    fn a_few_at_a_time() {
        let (mut counts, wanted) = (Counts::default(), ids(30));
        let first = counts.next(&wanted, 0);
        assert_eq!(first.len(), AT_ONCE);
        assert_eq!(counts.next(&wanted, 0), []);
        counts.heard(&first[0], Known::Exactly(3), 10);
        let more = counts.next(&wanted, 10);
        assert_eq!(more.len(), 1);
        assert!(!first.contains(&more[0]));
    }

    // What was never asked comes first, then what waits the longest.
    #[test]
    fn the_one_that_waits_the_longest() {
        let (mut counts, wanted) = (Counts::default(), ids(3));
        hear(&mut counts, &wanted[1], 1, 0);
        hear(&mut counts, &wanted[0], 1, 100);
        let order: Vec<_> =
            counts.next(&wanted, EVERY_MS + 100).into_iter().map(|ask| ask.application).collect();
        assert_eq!(order, [wanted[2].clone(), wanted[1].clone(), wanted[0].clone()]);
    }

    #[test]
    fn not_again_before_its_time() {
        let (mut counts, wanted) = (Counts::default(), ids(1));
        hear(&mut counts, &wanted[0], 1, 1_000);
        assert_eq!(counts.wait(&wanted, 1_000), Some(EVERY_MS));
        assert_eq!(counts.next(&wanted, 1_000 + EVERY_MS - 1), []);
        assert_eq!(counts.next(&wanted, 1_000 + EVERY_MS).len(), 1);
        // While it is under way there is nothing to wait for.
        assert_eq!(counts.wait(&wanted, 1_000 + EVERY_MS), None);
        assert_eq!(counts.wait(&[], 0), None);
    }

    // hostile.md 80: a service in trouble is asked less and less often, by one call.
    #[test]
    fn trouble_is_met_with_patience() {
        let (mut counts, wanted) = (Counts::default(), ids(10));
        let mut now = 0;
        let mut pauses = Vec::new();
        for round in 0..12 {
            let asks = counts.next(&wanted, now);
            assert_eq!(asks.len(), if round == 0 { AT_ONCE } else { 1 });
            for ask in &asks {
                counts.failed(ask, Failure::Trouble, now, 0.0);
            }
            assert!(counts.is_failing());
            let wait = counts.wait(&wanted, now).unwrap();
            pauses.push(wait);
            now += wait;
        }
        assert_eq!(pauses[..3], [EVERY_MS, 2 * EVERY_MS, 4 * EVERY_MS]);
        assert_eq!(pauses.last(), Some(&LONGEST_MS));
        // One reply, and all is as before.
        let asks = counts.next(&wanted, now);
        counts.heard(&asks[0], Known::Exactly(1), now);
        assert!(!counts.is_failing());
        assert_eq!(counts.next(&wanted, now).len(), AT_ONCE);
    }

    // One application that always fails does not hold up the numbers of the others.
    #[test]
    fn one_that_fails_leaves_the_others_their_turn() {
        let (mut counts, wanted) = (Counts::default(), ids(6));
        let (mut now, mut heard) = (0, BTreeMap::new());
        while now < 20 * EVERY_MS {
            for ask in counts.next(&wanted, now) {
                if ask.application == wanted[0] {
                    counts.failed(&ask, Failure::Trouble, now, 0.5);
                } else {
                    counts.heard(&ask, Known::Exactly(1), now);
                    *heard.entry(ask.application).or_insert(0) += 1;
                }
            }
            // The failing one stays due, for whoever wants it to be asked once.
            assert!(counts.is_due(&wanted[0]));
            now += counts.wait(&wanted, now).unwrap().max(1);
        }
        assert_eq!(heard.len(), wanted.len() - 1);
        assert!(heard.values().all(|times| *times >= 8), "{heard:?}");
    }

    // Who asks for many in parts goes on with those behind.
    #[test]
    fn one_that_failed_is_left_alone_for_a_while() {
        let (mut counts, wanted) = (Counts::default(), ids(1));
        let asks = counts.next(&wanted, 0);
        counts.failed(&asks[0], Failure::Trouble, 0, 0.0);
        assert!(counts.is_due(&wanted[0]) && counts.is_held(&wanted[0], EVERY_MS - 1));
        assert!(!counts.is_held(&wanted[0], EVERY_MS));
    }

    // 31429 is never tried again soon (contract.md 0.2).
    #[test]
    fn a_busy_service_is_left_alone() {
        let (mut counts, wanted) = (Counts::default(), ids(2));
        let asks = counts.next(&wanted, 0);
        counts.failed(&asks[0], Failure::Busy(30), 0, 0.0);
        assert!(counts.wait(&wanted, 0).unwrap() >= 5 * 60_000);
        counts.failed(&asks[1], Failure::Busy(3_600), 0, 0.0);
        assert_eq!(counts.wait(&wanted, 0), Some(3_600_000));
        counts.wake(1, 0);
        assert_eq!(counts.next(&wanted, 1), []);
    }

    // A network that is back is used at once, by one call.
    #[test]
    fn after_a_wake_failures_do_not_hold_up() {
        let (mut counts, wanted) = (Counts::default(), ids(5));
        for ask in counts.next(&wanted, 0) {
            counts.failed(&ask, Failure::Trouble, 0, 1.0);
        }
        assert_eq!(counts.next(&wanted, 1), []);
        counts.wake(1, 0);
        assert_eq!(counts.next(&wanted, 1).len(), 1);
    }

    #[test]
    fn what_may_not_be_seen_counts_as_known() {
        let (mut counts, wanted) = (Counts::default(), ids(1));
        let asks = counts.next(&wanted, 0);
        counts.failed(&asks[0], Failure::Closed, 0, 0.0);
        assert!(counts.is_closed(&wanted[0]) && !counts.is_failing());
        assert_eq!(counts.known(&wanted[0]), Some(Known::Closed));
        assert_eq!(counts.wait(&wanted, 0), Some(CLOSED_MS));
        assert!(!counts.sum(Some(1)).partial);
        // It may be opened again.
        assert_eq!(hear(&mut counts, &wanted[0], 4, CLOSED_MS), 0);
        assert_eq!(counts.number(&wanted[0]), Some(4));
    }

    #[test]
    fn a_call_that_was_given_up_is_made_again() {
        let (mut counts, wanted) = (Counts::default(), ids(1));
        let asks = counts.next(&wanted, 0);
        counts.failed(&asks[0], Failure::Dropped, 0, 0.0);
        assert_eq!(counts.next(&wanted, 0).len(), 1);
    }

    #[test]
    fn errors_and_what_they_mean() {
        let error = |kind| Error { operation: "", kind, request_id: None };
        let refused = |code| {
            error(ErrorKind::Refused { code, number: code.number(), message: None, retry_after: Some(7) })
        };
        assert_eq!(Failure::of(&refused(Code::Forbidden)), Failure::Closed);
        assert_eq!(Failure::of(&refused(Code::NotFound)), Failure::Closed);
        assert_eq!(Failure::of(&refused(Code::TooManyAttempts)), Failure::Busy(7));
        assert_eq!(Failure::of(&refused(Code::Internal)), Failure::Trouble);
        assert_eq!(Failure::of(&error(ErrorKind::Transport(TransportFailure::Aborted))), Failure::Dropped);
        assert_eq!(Failure::of(&error(ErrorKind::Transport(TransportFailure::Offline))), Failure::Trouble);
        // Nobody has asked for it: it is quiet, and comes less and less often.
        assert_eq!(Failure::of(&error(ErrorKind::Transport(TransportFailure::Redirected))), Failure::Trouble);
    }
}

mod numbers {
    use super::*;

    #[test]
    fn a_first_number_is_no_news_and_a_growth_is() {
        let (mut counts, application) = (Counts::default(), id("a"));
        assert_eq!(hear(&mut counts, &application, 7, 0), 0);
        assert_eq!(hear(&mut counts, &application, 9, EVERY_MS), 2);
        assert_eq!(hear(&mut counts, &application, 4, 2 * EVERY_MS), 0);
    }

    // M6: what the person marks counts at once, comes back where it is refused, and is no news then.
    #[test]
    fn own_changes_are_no_news() {
        let (mut counts, application) = (Counts::default(), id("a"));
        hear(&mut counts, &application, 7, 0);
        counts.change(&application, -3);
        assert_eq!(counts.number(&application), Some(4));
        counts.change(&application, 3);
        counts.hurry(&application, true);
        assert_eq!(hear(&mut counts, &application, 7, 1), 0);
        assert_eq!(hear(&mut counts, &application, 8, EVERY_MS + 1), 1);
        counts.change(&application, -100);
        assert_eq!(counts.number(&application), Some(0));
    }

    // A reply that was asked for before the person marked something must not bring the old number back.
    #[test]
    fn a_late_reply_is_not_believed() {
        let (mut counts, application) = (Counts::default(), id("a"));
        hear(&mut counts, &application, 7, 0);
        let asks = counts.next(std::slice::from_ref(&application), EVERY_MS);
        counts.change(&application, -7);
        assert_eq!(counts.heard(&asks[0], Known::Exactly(7), EVERY_MS), 0);
        assert_eq!(counts.number(&application), Some(0));
        // It is asked again at once, also where it is on screen no more, and nobody is told the old number.
        assert!(counts.is_due(&application));
        assert_eq!(counts.fresh(&application, EVERY_MS), None);
        assert_eq!(counts.next(std::slice::from_ref(&application), EVERY_MS).len(), 1);
    }

    // The same where another tab did something, of which the person is to be told.
    #[test]
    fn a_reply_from_before_another_tab_changed_something_is_not_believed() {
        let (mut counts, application) = (Counts::default(), id("a"));
        hear(&mut counts, &application, 7, 0);
        let asks = counts.next(std::slice::from_ref(&application), EVERY_MS);
        counts.hurry(&application, false);
        assert_eq!(counts.heard(&asks[0], Known::Exactly(7), EVERY_MS), 0);
        assert!(counts.is_due(&application));
        assert_eq!(hear(&mut counts, &application, 9, EVERY_MS), 2);
        assert_eq!(counts.fresh(&application, EVERY_MS), Some(Known::Exactly(9)));
    }

    // The bell sums what is known, and says when that is not all.
    #[test]
    fn the_sum_says_when_it_is_partial() {
        let (mut counts, wanted) = (Counts::default(), ids(3));
        assert!(counts.sum(None).partial);
        hear(&mut counts, &wanted[0], 7, 0);
        hear(&mut counts, &wanted[1], 0, 0);
        let sum = counts.sum(Some(3));
        assert_eq!((sum.messages, sum.applications, sum.known, sum.partial), (7, 1, 2, true));
        hear(&mut counts, &wanted[2], u64::MAX, 0);
        let sum = counts.sum(Some(3));
        assert_eq!((sum.messages, sum.partial), (u64::MAX, false));
        let asks = counts.next(&wanted, EVERY_MS);
        counts.failed(&asks[0], Failure::Trouble, EVERY_MS, 0.5);
        assert!(counts.sum(Some(3)).partial);
        counts.learn(&wanted[0], Known::AtLeast(1_000), EVERY_MS);
        assert!(counts.sum(Some(3)).least);
    }

    #[test]
    fn a_tab_that_comes_back_asks_what_is_old() {
        let (mut counts, wanted) = (Counts::default(), ids(2));
        hear(&mut counts, &wanted[0], 1, 0);
        hear(&mut counts, &wanted[1], 1, 18_000);
        counts.wake(20_000, 5_000);
        assert_eq!(counts.next(&wanted, 20_000).len(), 1);
        assert_eq!(counts.wait(&wanted[1..], 20_000), Some(3_000));
    }
}

mod news {
    use super::*;

    // M7, M11: one for a burst, and not twice in a short time.
    #[test]
    fn a_burst_is_told_once() {
        let mut burst = Burst::default();
        assert_eq!(burst.wait(0), None);
        burst.note(&id("a"), 0, 0);
        assert_eq!(burst.wait(0), None);
        burst.note(&id("a"), 2, 0);
        burst.note(&id("b"), 1, 500);
        assert_eq!(burst.take(500), None);
        assert_eq!(burst.wait(500), Some(GATHER_MS - 500));
        let news = burst.take(GATHER_MS).unwrap();
        assert_eq!((news.messages, news.applications), (3, vec![id("a"), id("b")]));
        assert_eq!(burst.take(GATHER_MS), None);
        burst.note(&id("a"), 1, GATHER_MS + 1);
        assert_eq!(burst.take(2 * GATHER_MS + 1), None);
        assert_eq!(burst.take(GATHER_MS + REST_MS).unwrap().messages, 1);
    }

    proptest! {
        // However messages come in, each is told once, and never two times within the rest.
        #[test]
        fn nothing_is_lost_or_told_twice(steps in prop::collection::vec((0_u64..4, 0_i64..9_000), 0..60)) {
            let (mut burst, mut now, mut came, mut told) = (Burst::default(), 0, 0, 0);
            let mut last: Option<i64> = None;
            for (number, pause) in steps {
                burst.note(&id("a"), number, now);
                came += number;
                now += pause;
                if let Some(news) = burst.take(now) {
                    prop_assert!(last.is_none_or(|last| now - last >= REST_MS));
                    last = Some(now);
                    told += news.messages;
                }
            }
            now += GATHER_MS + REST_MS;
            told += burst.take(now).map_or(0, |news| news.messages);
            prop_assert_eq!(came, told);
        }

        // At most so many calls are under way, none is about the same twice, and each is wanted.
        #[test]
        fn asking_stays_within_bounds(steps in prop::collection::vec((0_usize..40, 0_u8..5, 0_i64..40_000), 1..80)) {
            let (mut counts, all, mut now) = (Counts::default(), ids(40), 0);
            let mut under_way: Vec<Ask> = Vec::new();
            for (many, what, pause) in steps {
                now += pause;
                let wanted = &all[..many];
                let asks = counts.next(wanted, now);
                for ask in asks {
                    prop_assert!(wanted.contains(&ask.application));
                    prop_assert!(!under_way.iter().any(|other| other.application == ask.application));
                    under_way.push(ask);
                }
                prop_assert!(under_way.len() <= AT_ONCE);
                if !under_way.is_empty() {
                    let ask = under_way.remove(0);
                    match what {
                        0 => counts.failed(&ask, Failure::Trouble, now, 0.3),
                        1 => counts.failed(&ask, Failure::Closed, now, 0.3),
                        2 => counts.change(&ask.application, -1),
                        _ => {}
                    }
                    if what >= 2 {
                        counts.heard(&ask, Known::Exactly(u64::from(what)), now);
                    }
                }
                prop_assert!(counts.wait(wanted, now).is_none_or(|wait| (0..=2 * LONGEST_MS).contains(&wait)));
            }
        }
    }
}

mod sheets {
    use portal_api::{Listed, Page, Paged};
    use portal_core::inbox::Sheet;

    use super::*;

    fn sheet(number: u32, count: usize, total: Option<u64>, size: Option<u64>) -> Sheet {
        let listed = Listed { entries: messages(count), ..Listed::default() };
        Sheet::of(Page { number, ..Page::FIRST }, &Paged { listed, total, number: None, size })
    }

    // What was marked moves the rest up: nothing that waits is skipped.
    #[test]
    fn the_next_page_goes_on_where_this_one_ends() {
        let first = sheet(0, 1_000, Some(2_500), None);
        assert_eq!((first.next(0), first.next(5), first.next(1_000)), (1, 0, 0));
        let second = sheet(1, 1_000, Some(2_500), None);
        assert_eq!((second.next(0), second.next(5), second.next(1_000), second.next(2_500)), (2, 1, 1, 0));
    }

    // A page that nothing is left of leads to the last that has something.
    #[test]
    fn an_empty_page_leads_back() {
        assert_eq!(sheet(1, 0, Some(1_000), None).back(), Some(0));
        assert_eq!(sheet(5, 0, Some(2_500), None).back(), Some(2));
        assert_eq!(sheet(5, 0, None, None).back(), Some(4));
        assert_eq!(sheet(5, 0, Some(u64::MAX), None).back(), Some(4));
        assert_eq!(sheet(3, 0, Some(0), None).back(), Some(0));
        assert_eq!(sheet(0, 0, Some(7), None).back(), None);
        assert_eq!(sheet(1, 5, Some(1_005), None).back(), None);
    }

    #[test]
    fn the_size_is_what_the_reply_says() {
        assert_eq!(sheet(0, 500, Some(1_204), Some(500)).pages(), Some(3));
        assert_eq!(sheet(0, 1_000, Some(1_204), None).pages(), Some(2));
        // Longer than asked for, and all of it.
        let all = sheet(0, 1_204, Some(1_204), Some(1_000));
        assert_eq!((all.pages(), all.has_next()), (Some(1), false));
        // A size that cannot be does not hide the rest.
        assert!(sheet(0, 1_000, Some(1_204), Some(u64::MAX)).has_next());
        assert!(sheet(0, 1_000, Some(1_204), Some(0)).has_next());
    }

    // contract.md §6, 16: without a sum a full page says that there may be more.
    #[test]
    fn without_a_sum_only_a_short_page_is_the_last() {
        let full = sheet(0, 1_000, None, None);
        assert_eq!((full.exact(), full.least(), full.pages(), full.has_next()), (None, 1_000, None, true));
        let short = sheet(1, 204, None, None);
        assert_eq!((short.exact(), short.pages(), short.has_next()), (Some(1_204), Some(2), false));
        assert_eq!(sheet(0, 0, None, None).exact(), Some(0));
        // Past the end nothing is known.
        assert_eq!(sheet(2, 0, None, None).exact(), None);
        let one = Listed { entries: messages(1), ..Listed::default() };
        let poll = Paged { listed: one, total: None, number: None, size: None };
        assert_eq!(Sheet::of(Page { number: 0, size: 1 }, &poll).exact(), None);
    }

    #[test]
    fn a_guess_is_no_news() {
        let (mut counts, application) = (Counts::default(), id("a"));
        hear(&mut counts, &application, 7, 0);
        let asks = counts.next(std::slice::from_ref(&application), EVERY_MS);
        assert_eq!(counts.heard(&asks[0], Known::AtLeast(1_000), EVERY_MS), 0);
        assert_eq!(counts.number(&application), Some(1_000));
        assert_eq!(hear(&mut counts, &application, 1_204, 2 * EVERY_MS), 0);
        assert_eq!(hear(&mut counts, &application, 1_205, 3 * EVERY_MS), 1);
    }

    proptest! {
        // Whatever a service says, going back ends, and the next page is never further than one on.
        #[test]
        fn steps_stay_within_bounds(
            number: u32, count in 0_usize..50, total: Option<u64>, size: Option<u64>, gone in 0_usize..5_000
        ) {
            let sheet = sheet(number, count, total, size);
            prop_assert!(sheet.back().is_none_or(|back| back < number));
            prop_assert!(u64::from(sheet.next(gone)) <= u64::from(number) + 1);
            prop_assert!(sheet.pages().is_none_or(|pages| pages > u64::from(number)));
        }
    }
}

mod marking {
    use super::*;

    #[test]
    fn batches_hold_at_most_a_thousand() {
        let all = messages(1_204);
        let sizes: Vec<_> = batches(&all).map(<[MessageId]>::len).collect();
        assert_eq!(sizes, [MOST_UPDATES, 204]);
        assert_eq!(batches(&[]).count(), 0);
    }

    // Pressing twice sends once; what is refused can be sent again; what is done stays done.
    #[test]
    fn marks_are_idempotent_and_can_be_taken_back() {
        let (mut marks, all) = (Marks::default(), messages(3));
        assert_eq!(marks.begin(all[..2].to_vec()), all[..2]);
        assert_eq!(marks.begin(all.clone()), all[2..]);
        assert_eq!(marks.of(&all[0]), Some(Mark::Sending));
        marks.done(&all[..1]);
        marks.refused(&all);
        assert_eq!((marks.of(&all[0]), marks.of(&all[1])), (Some(Mark::Done), None));
        assert_eq!(marks.begin(all.clone()), all[1..]);
    }

    proptest! {
        // Whatever is taken and refused: what is shown as processed is what was taken or is on its way.
        #[test]
        fn the_number_follows_the_marks(count in 1_usize..3_000, taken in 0_usize..4) {
            let (mut marks, mut counts, all) = (Marks::default(), Counts::default(), messages(count));
            hear(&mut counts, &id("a"), count as u64, 0);
            let fresh = marks.begin(all.clone());
            counts.change(&id("a"), -(fresh.len() as i64));
            prop_assert_eq!(counts.number(&id("a")), Some(0));
            for (number, batch) in batches(&fresh).enumerate() {
                if number < taken {
                    marks.done(batch);
                } else {
                    marks.refused(batch);
                    counts.change(&id("a"), batch.len() as i64);
                }
            }
            let done = all.iter().filter(|id| marks.of(id).is_some()).count();
            prop_assert_eq!(counts.number(&id("a")), Some((count - done) as u64));
            prop_assert_eq!(done, count.min(taken * MOST_UPDATES));
        }
    }
}

mod preferences {
    use super::*;

    #[test]
    fn quiet_hours_go_over_midnight() {
        let hours = |from: &str, to: &str| Preferences {
            quiet: Some((minute_of_day(from).unwrap(), minute_of_day(to).unwrap())),
            ..Preferences::default()
        };
        let night = hours("22:00", "06:00");
        for (minute, quiet) in [
            ("21:59", false),
            ("22:00", true),
            ("23:59", true),
            ("00:00", true),
            ("05:59", true),
            ("06:00", false),
        ] {
            assert_eq!(night.is_quiet(minute_of_day(minute).unwrap()), quiet, "{minute}");
        }
        let noon = hours("12:00", "13:00");
        assert!(noon.is_quiet(12 * 60) && !noon.is_quiet(13 * 60) && !noon.is_quiet(0));
        assert!((0..1_440).all(|minute| !hours("08:00", "08:00").is_quiet(minute)));
        assert!(!Preferences::default().is_quiet(0));
    }

    #[test]
    fn times_are_read_strictly() {
        assert_eq!(minute_of_day("22:30"), Some(1_350));
        assert_eq!(minute_of_day("22:30:00"), Some(1_350));
        for wrong in ["", "24:00", "12:60", "1:00", "12", "12:5", "ab:cd", "+1:00"] {
            assert_eq!(minute_of_day(wrong), None, "{wrong}");
        }
    }

    // 0 is silent (contract.md 1.25); every other number sounds, in its own way.
    #[test]
    fn ringtones_by_their_number() {
        assert_eq!(tones(0), []);
        assert_eq!(tones(1).len(), 4);
        assert_ne!(tones(2), tones(3));
        assert_ne!(tones(1), tones(2));
    }

    proptest! {
        #[test]
        fn what_is_kept_is_read_again(sound: bool, popup: bool, quiet in prop::option::of((0_u16..1_440, 0_u16..1_440)), color: i64, ring: i64) {
            let kept = Preferences { sound, popup, quiet, color, ring };
            prop_assert_eq!(Preferences::parse(&kept.to_text()), kept);
        }

        #[test]
        fn reading_is_total(text in any::<String>()) {
            Preferences::parse(&text);
            minute_of_day(&text);
            Between::parse(&text, "");
        }

        #[test]
        fn a_minute_is_written_and_read(minute in 0_u16..1_440) {
            prop_assert_eq!(minute_of_day(&time_of_day(minute)), Some(minute));
        }

        #[test]
        fn every_ringtone_is_short(ring: i64) {
            prop_assert!(tones(ring).iter().all(|tone| tone.at + tone.length < 1_000 && tone.pitch > 100));
        }
    }
}

mod tabs {
    use super::*;

    #[test]
    fn what_is_said_is_heard_in_its_scope_only() {
        let said = [
            Between::Wants { tab: 7, applications: ids(2) },
            Between::Changed(id("a\"b")),
            Between::Told(vec![
                (id("a"), Known::Exactly(1_204)),
                (id("b"), Known::Closed),
                (id("c"), Known::AtLeast(1_000)),
            ]),
        ];
        for said in said {
            let text = said.to_text("scope");
            assert_eq!(Between::parse(&text, "scope"), Some(said));
            assert_eq!(Between::parse(&text, "other"), None);
        }
    }

    // A service that names the sum only sometimes, and has more messages than a page: the tab that asks knows that it only
    // guesses, and so do those that it tells.
    #[test]
    fn a_guess_of_another_tab_is_no_news() {
        let (mut asks_for_all, mut hears, application) = (Counts::default(), Counts::default(), id("a"));
        let replies =
            [Known::AtLeast(1_000), Known::Exactly(1_204), Known::AtLeast(1_000), Known::Exactly(1_205)];
        for (known, now) in replies.into_iter().zip((0..).step_by(30_000)) {
            let asks = asks_for_all.next(std::slice::from_ref(&application), now);
            assert_eq!(asks_for_all.heard(&asks[0], known, now), 0);
            let told = vec![(application.clone(), asks_for_all.fresh(&application, now).unwrap())];
            let Some(Between::Told(told)) = Between::parse(&Between::Told(told).to_text("s"), "s") else {
                panic!("not what was said")
            };
            for (application, known) in told {
                assert_eq!(hears.learn(&application, known, now), 0, "{known:?}");
            }
        }
        assert_eq!(hears.number(&application), Some(1_205));
    }

    // A tab that was closed without a word is forgotten.
    #[test]
    fn what_tabs_want_ends() {
        let (mut wants, all) = (Wants::default(), ids(3));
        wants.hear(1, all[1..].to_vec(), 0);
        assert_eq!(wants.all(&all[..2], 1), all);
        assert_eq!(wants.all(&all[..1], WANTED_MS), all[..1]);
        wants.hear(2, all.clone(), 0);
        wants.hear(2, Vec::new(), 1);
        assert_eq!(wants.all(&[], 2), []);
    }
}

mod draft {
    use super::*;

    fn good() -> Draft {
        Draft {
            id: "m-1".to_owned(),
            application: "turbine-monitor".to_owned(),
            produced: "2026-11-22 08:30:00".to_owned(),
            zone: "+08:00".to_owned(),
            unit: "dogger-bank-a".to_owned(),
            ..Draft::default()
        }
    }

    fn wrong(draft: &Draft) -> BTreeMap<Field, Problem> {
        let organization = OrganizationId::parse("o-1").unwrap();
        draft.check(&organization).err().unwrap_or_default().into_iter().collect()
    }

    // Who empties the id and comes back finds all else as it was.
    #[test]
    fn what_the_form_begins_with_takes_nothing_away() {
        let begun = good();
        let mut draft = Draft::default();
        draft.complete(Draft { unit: String::new(), application: String::new(), ..begun.clone() });
        assert_eq!((draft.id.as_str(), draft.zone.as_str()), ("m-1", "+08:00"));
        let mut draft = Draft { id: " ".to_owned(), body: "Hot".to_owned(), zone: "x".to_owned(), ..good() };
        draft.complete(begun);
        assert_eq!((draft.id.as_str(), draft.body.as_str(), draft.zone.as_str()), ("m-1", "Hot", "x"));
    }

    #[test]
    fn every_field_arrives() {
        let draft = Draft {
            alert: true,
            body: " Hot ".to_owned(),
            body_by_locale: vec![
                ("en-US".to_owned(), "Hot oil".to_owned()),
                ("zh-CN".to_owned(), " ".to_owned()),
            ],
            color: Some(1),
            ring: Some(0),
            tags: "T-01\n\n oil ".to_owned(),
            resolved: true,
            linked_application: "a".to_owned(),
            linked_menu: "m".to_owned(),
            linked_state: "s=1".to_owned(),
            feature: "f".to_owned(),
            asset: "t01".to_owned(),
            callback: "https://x.example/done".to_owned(),
            action: "Confirm".to_owned(),
            ..good()
        };
        let message = draft.check(&OrganizationId::parse("o-1").unwrap()).unwrap();
        assert_eq!(message.kind, MessageKind::Alert);
        assert_eq!(message.body.fallback.as_deref(), Some("Hot"));
        assert_eq!(message.body.by_locale, [("en-US".to_owned(), "Hot oil".to_owned())]);
        assert_eq!(
            (message.color, message.ring, message.tags.len(), message.resolved),
            (Some(1), Some(0), 2, true)
        );
        assert_eq!(message.linked_application, ApplicationId::parse("a"));
        assert_eq!(
            (message.linked_menu.as_deref(), message.linked_state.as_deref()),
            (Some("m"), Some("s=1"))
        );
        assert_eq!(message.callback.as_deref(), Some("https://x.example/done"));
        assert!(!message.action.is_empty() && !message.feature.is_empty() && message.asset.is_some());
        assert_eq!(message.organization.as_str(), "o-1");
    }

    // contract.md 1.22: what is mandatory, and what contradicts itself.
    #[test]
    fn each_mistake_has_its_words() {
        assert_eq!(wrong(&good()), BTreeMap::new());
        let empty = wrong(&Draft::default());
        for field in [Field::Id, Field::Application, Field::Produced, Field::Zone, Field::Unit] {
            assert_eq!(empty.get(&field), Some(&Problem::Missing), "{field:?}");
        }
        let mut draft = good();
        *draft.body_in("zh-CN") = "热".to_owned();
        assert_eq!(wrong(&draft), BTreeMap::from([(Field::Body, Problem::NoCommonText)]));
        *draft.body_in("en-US") = "Hot".to_owned();
        assert_eq!(wrong(&draft), BTreeMap::new());
        for time in ["2026-11-22", "2026-13-22 08:30:00", "2026-11-22T08:30:00", "22/11/2026 08:30:00"] {
            let draft = Draft { produced: time.to_owned(), ..good() };
            assert_eq!(wrong(&draft), BTreeMap::from([(Field::Produced, Problem::NoTime)]), "{time}");
        }
        for zone in ["8", "+8:00", "CET", "+19:00", "+08:00:00", "08:00"] {
            let draft = Draft { zone: zone.to_owned(), ..good() };
            assert_eq!(wrong(&draft), BTreeMap::from([(Field::Zone, Problem::NoZone)]), "{zone}");
        }
        let draft = Draft { linked_menu: "m".to_owned(), ..good() };
        assert_eq!(wrong(&draft), BTreeMap::from([(Field::Linked, Problem::NoLinkedApplication)]));
        for address in ["javascript:alert(1)", "//x", "https://", "https:///x", "http://a b"] {
            let draft = Draft { callback: address.to_owned(), action: "Go".to_owned(), ..good() };
            assert_eq!(wrong(&draft), BTreeMap::from([(Field::Callback, Problem::NoAddress)]), "{address}");
        }
        let draft = Draft { action: "Go".to_owned(), ..good() };
        assert_eq!(wrong(&draft), BTreeMap::from([(Field::Callback, Problem::HalfAction)]));
        let draft = Draft { callback: "http://x.example".to_owned(), ..good() };
        assert_eq!(wrong(&draft), BTreeMap::from([(Field::Action, Problem::HalfAction)]));
    }

    // What the portal fills in is nothing to lose.
    #[test]
    fn written_means_by_the_person() {
        let filled = Draft { unit: String::new(), application: String::new(), ..good() };
        assert!(!filled.is_written());
        assert!(Draft { tags: "x".to_owned(), ..filled }.is_written());
    }

    #[test]
    fn a_moment_as_the_service_wants_it() {
        let expected = |zone: &str| ("2026-11-22 08:30:00".to_owned(), zone.to_owned());
        assert_eq!(produced_at("2026-11-22T08:30:00.123Z", 480), expected("+08:00"));
        assert_eq!(produced_at("2026-11-22T08:30:00.123Z", -210), expected("-03:30"));
        assert_eq!(produced_at("", 0), (String::new(), "+00:00".to_owned()));
    }
}

proptest! {
    // What is in sight stands in the document, and never much more.
    #[test]
    fn rows_in_sight(count in 0_usize..20_000, top in 0_usize..2_000_000, height in 0_usize..2_000, row in 1_usize..100) {
        let shown = rows(count, top, height, row, 10);
        prop_assert!(shown.end <= count && shown.len() <= height / row + 22);
        let seen = |index: &usize| (index + 1) * row > top && index * row < top + height;
        for index in (0..count).filter(seen) {
            prop_assert!(shown.contains(&index));
        }
    }
}
