//! Back and forward from unsaved work (experience.md S14): the step has been made when the page hears of it. The person is
//! led back to where they were, so that the history stays as it is, and the step is made once more if they leave.

use std::sync::Arc;

use leptos::prelude::*;

use crate::browser::history;
use crate::leaving::Leaving;
use crate::routes::Places;

/// Notes where in the history what is shown stands, as long as the screen lasts that holds unsaved work.
pub fn follow(places: Places, leaving: Leaving) {
    let route = places.route_memo();
    Effect::new(move || {
        route.track();
        let shown = history::entry();
        leaving.lead_back_by(Arc::new(move || lead_back(places, leaving, shown.as_deref())));
    });
}

fn lead_back(places: Places, leaving: Leaving, shown: Option<&str>) {
    match shown.zip(history::entry()) {
        Some((shown, there)) if shown != there => {
            history::go_to(shown);
            leaving.ask(move || history::go_to(&there));
        }
        // Where the browser does not tell: what lay ahead is lost, and a step back leads where they wanted to go.
        _ => {
            places.write_again();
            leaving.ask(history::back);
        }
    }
}
