//! The quiet picture beside the sign-in form: lines like a wind map. It is a static file set by the style sheet (1.3 KiB
//! compressed, not part of the program), so that it costs no time before the form is usable.

use leptos::prelude::*;

use super::icon::{Icon, IconName};

/// The picture with the product's name and one sentence. Said to nobody: the form's own heading says what this is.
#[component]
pub fn Art(
    /// The product's name.
    #[prop(into)]
    title: Signal<String>,
    /// One sentence, shown on wide screens.
    #[prop(into)]
    sentence: Signal<String>,
) -> impl IntoView {
    view! {
        <div class="art" aria-hidden="true">
            <div class="brand">
                <Icon name=IconName::LOGO />
                <span>{title}</span>
            </div>
            <p>{sentence}</p>
        </div>
    }
}
