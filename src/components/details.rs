//! What is known of one thing of a list, beside the list and not in the stead of it (look.md, "a details panel at the
//! right instead of page changes"). On a phone it is a dialog that fills the screen from below.

use leptos::ev;
use leptos::prelude::*;

use super::dialog::Dialog;
use super::icon::{Icon, IconName};
use crate::browser::dom;

/// The id of the panel's heading, for who opens it: the focus goes there.
pub const DETAILS_TITLE: &str = "details-title";

/// The panel.
#[component]
pub fn Details(
    /// The thing; drawn anew when it becomes another one.
    #[prop(into)]
    of: Signal<Option<String>>,
    /// Its name.
    #[prop(into)]
    title: Signal<String>,
    /// The words for what this is.
    #[prop(into)]
    label: Signal<String>,
    /// The name of the button that closes.
    #[prop(into)]
    close_label: Signal<String>,
    /// Called when it is dismissed. The owner sets `of`, and gives the focus back.
    on_close: Callback<()>,
    /// What is known.
    children: ChildrenFn,
) -> impl IntoView {
    // Which of the two it is stays while it is open.
    let shape = Memo::new(move |before: Option<&Option<bool>>| {
        of.with(Option::is_some).then(|| before.copied().flatten().unwrap_or_else(dom::is_narrow))
    });
    let inside = children.clone();
    let beside = move || {
        (shape.get() == Some(false)).then(|| {
            let children = inside.clone();
            let body = move || of.get().map(|_| children());
            view! {
                <aside
                    class="details"
                    aria-labelledby=DETAILS_TITLE
                    on:keydown=move |event: ev::KeyboardEvent| {
                        if event.key() == "Escape" {
                            event.prevent_default();
                            on_close.run(());
                        }
                    }
                >
                    <div class="details-head">
                        <h2 id=DETAILS_TITLE tabindex="-1" dir="auto">
                            {title}
                        </h2>
                        {close(close_label, on_close)}
                    </div>
                    <div class="details-body">{body}</div>
                </aside>
            }
        })
    };
    let body = move || {
        let children = children.clone();
        view! {
            <div class="details-head">
                <h3 dir="auto">{title}</h3>
                {close(close_label, on_close)}
            </div>
            <div class="details-body">{move || of.get().map(|_| children())}</div>
        }
        .into_any()
    };
    view! {
        {beside}
        <Dialog
            open=Signal::derive(move || shape.get() == Some(true))
            id="details-label"
            title=label
            class="dialog sheet"
            on_close=on_close
        >
            {body()}
        </Dialog>
    }
}

fn close(label: Signal<String>, on_close: Callback<()>) -> AnyView {
    view! {
        <button type="button" class="icon-button" aria-label=label on:click=move |_| on_close.run(())>
            <Icon name=IconName::CLOSE class="i small" />
        </button>
    }
    .into_any()
}
