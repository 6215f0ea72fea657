//! A modal dialog: the browser's own element, so focus stays inside, the page behind is inert, and Escape closes.

use leptos::prelude::*;
use leptos::{ev, html};

use crate::browser::dom;

/// A dialog with a title, a body and, inside the body's end, `.actions`. The verb of a button says what will happen.
#[component]
pub fn Dialog(
    /// Whether it is shown.
    #[prop(into)]
    open: Signal<bool>,
    /// The id of its title; one of its kind on a page.
    id: &'static str,
    /// The title.
    #[prop(into)]
    title: Signal<String>,
    /// Called when it is dismissed: Escape, or a press beside it. The owner sets `open`; while that stays, so does the
    /// dialog.
    on_close: Callback<()>,
    /// Whether only its own buttons close it.
    #[prop(optional)]
    stays: bool,
    /// The class.
    #[prop(default = "dialog")]
    class: &'static str,
    /// Body and actions; made when the dialog opens.
    children: ChildrenFn,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    let begun = RwSignal::new(false);
    Effect::new(move || {
        if let Some(dialog) = node.get() {
            dom::show_dialog(&dialog, open.get());
        }
    });
    view! {
        <dialog
            node_ref=node
            class=class
            aria-labelledby=id
            closedby=stays.then_some("none")
            on:cancel=move |event: ev::Event| {
                // the owner decides; otherwise `open` and what is seen would part ways
                event.prevent_default();
                on_close.run(());
            }
            // A close that the owner knows nothing of. Chromium closes at a second Escape, however often `cancel` is
            // prevented, unless the person has done something else between (HTML, "close watchers").
            on:close=move |_: ev::Event| {
                let Some(dialog) = node.try_get_untracked().flatten() else { return };
                if open.get_untracked() && !dom::is_shown(&dialog) {
                    on_close.run(());
                    dom::show_dialog(&dialog, open.get_untracked());
                }
            }
            // A press beside it closes. One that begins inside and ends beside, as when a text is chosen, does not.
            on:pointerdown=move |event: ev::PointerEvent| begun.set(dom::is_beside(&event))
            on:click=move |event: ev::MouseEvent| {
                if begun.get_untracked() && dom::is_beside(&event) {
                    on_close.run(());
                }
            }
        >
            <h2 id=id>{title}</h2>
            {move || open.get().then(|| children())}
        </dialog>
    }
}
