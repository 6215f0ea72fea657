//! Whether the person went into a frame, or its page took the focus.

use portal_core::grabs::{Act, Evidence, Grabs};

/// A page in view that has taken nothing yet, and a person who pressed something in it.
const PRESSED: Evidence = Evidence {
    in_view: true,
    active: Some(true),
    act: Act::Pointer,
    since: 2_000,
    toward: false,
    held: false,
    known: false,
};

#[test]
fn a_press_or_tab_into_a_page_is_wanted() {
    assert!(PRESSED.is_wanted());
    assert!(Evidence { active: None, ..PRESSED }.is_wanted());
    assert!(Evidence { toward: true, held: true, ..PRESSED }.is_wanted());
    let tab = Evidence { act: Act::Tab, since: 20, held: true, known: true, ..PRESSED };
    assert!(tab.is_wanted());
    assert!(!Evidence { since: 3_000, ..tab }.is_wanted());
}

#[test]
fn a_page_out_of_view_never_gets_the_focus() {
    for act in [Act::Key, Act::Tab, Act::Pointer] {
        assert!(!Evidence { in_view: false, act, since: 0, toward: true, ..PRESSED }.is_wanted());
    }
}

#[test]
fn a_page_that_takes_the_focus_is_not_wanted() {
    for taken in [
        // Nobody has pressed anything for seconds.
        Evidence { active: Some(false), ..PRESSED },
        Evidence { active: Some(false), toward: true, ..PRESSED },
        // The person types in the portal, or is in a menu.
        Evidence { held: true, ..PRESSED },
        Evidence { act: Act::Key, since: 150, ..PRESSED },
        // It has done so before, and the pointer is elsewhere.
        Evidence { known: true, ..PRESSED },
    ] {
        assert!(!taken.is_wanted(), "{taken:?}");
    }
}

#[test]
fn three_grabs_in_five_seconds_are_too_many() {
    let mut grabs = Grabs::default();
    assert!(!grabs.note(0, false) && !grabs.note(4_000, false) && !grabs.note(6_000, false));
    assert!(grabs.note(6_100, false));
    assert!(!grabs.note(6_200, false) && !grabs.note(6_300, false) && grabs.note(6_400, false));
    // Two are enough where a letter is lost.
    assert!(!grabs.note(6_500, true) && grabs.note(6_600, true));
    // A clock that is set back counts for nothing.
    assert!(
        !grabs.note(7_000, false)
            && !grabs.note(1_000, false)
            && !grabs.note(1_001, false)
            && grabs.note(1_002, false)
    );
}
