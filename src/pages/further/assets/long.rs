//! A list that can be long: the first entries, and a button for more of them.

use leptos::prelude::*;
use portal_core::text::Assets;

use crate::browser::dom;
use crate::components::stable_for;
use crate::i18n::use_i18n;

/// So many entries come at once.
const STEP: usize = 100;

/// The entries, drawn by place. `serial` is another number for another list. The first of those that come by the button
/// gets the focus: `draw` gives it the id that `id` names.
pub(super) fn long(
    class: &'static str,
    label: Option<Signal<String>>,
    list: Memo<(usize, usize)>,
    id: &'static str,
    draw: impl Fn(usize) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let i18n = use_i18n();
    let shown = RwSignal::new(STEP);
    let rows = move || {
        let (serial, count) = list.get();
        (0..count.min(shown.get())).map(|place| (serial, place)).collect()
    };
    let more = move |_| {
        let first = shown.get_untracked();
        shown.set(first + STEP);
        dom::focus_id(&format!("{id}-{first}"));
    };
    let button = move || {
        let left = list.get().1.saturating_sub(shown.get());
        (left > 0).then(|| {
            let words = i18n.count(Assets::MoreOne, Assets::MoreOther, left.min(STEP));
            view! { <button type="button" class="button long-more" on:click=more>{words}</button> }
        })
    };
    view! {
        <ul class=class aria-label=label>
            {stable_for(rows, move |(_, place)| draw(place))}
        </ul>
        {button}
    }
    .into_any()
}
