//! A button that opens a menu, by the ARIA menu button pattern; a press beside it closes; focus returns to the button.
//! What the menu holds stands in [`menu_panel`](super::menu_panel).

use leptos::prelude::*;
use leptos::{ev, html};

use crate::browser::window::on_window;
use crate::browser::{dom, scroll};

/// What is open. Copy, so that handlers can share it.
#[derive(Clone, Copy, Debug)]
pub struct Menu {
    button: NodeRef<html::Button>,
    /// The panel, once it is drawn.
    pub panel: NodeRef<html::Div>,
    open: RwSignal<bool>,
    /// Where the focus goes once the panel is drawn.
    pub(super) enter: RwSignal<Option<dom::Step>>,
    /// The place of the choice that is unfolded.
    pub(super) unfolded: RwSignal<Option<usize>>,
}

impl Menu {
    /// A menu that no button opened, such as that of a tile: it is open, and whoever made it gives the focus back.
    pub fn free() -> Self {
        Self {
            button: NodeRef::new(),
            panel: NodeRef::new(),
            open: RwSignal::new(true),
            enter: RwSignal::new(Some(dom::Step::First)),
            unfolded: RwSignal::new(None),
        }
    }

    /// Whether it is open; changes are followed.
    pub fn is_open(self) -> bool {
        self.open.get()
    }

    fn open(self, enter: dom::Step) {
        self.enter.set(Some(enter));
        self.open.set(true);
    }

    fn close(self) {
        self.open.set(false);
        self.unfolded.set(None);
    }

    /// Whether the focus is still where the menu was opened, or nowhere. A free menu's owner looks after that.
    pub(super) fn is_awaited(self) -> bool {
        scroll::nothing_has_focus()
            || self.button.try_get_untracked().flatten().is_none_or(|button| dom::has_focus(&button))
    }

    /// Closes and gives the focus back; where the focus would be lost with the panel.
    pub(super) fn leave(self) {
        if let Some(button) = self.button.try_get_untracked().flatten() {
            dom::focus(&button);
        }
        self.close();
    }

    /// After the document shows what the signals say.
    pub(super) fn later(self, act: fn(&dom::Panel)) {
        request_animation_frame(move || {
            if let Some(panel) = self.panel.try_get_untracked().flatten() {
                act(&panel);
            }
        });
    }

    fn on_button_key(self, event: &ev::KeyboardEvent) {
        let enter = match event.key().as_str() {
            "ArrowDown" => dom::Step::First,
            "ArrowUp" => dom::Step::Last,
            _ => return,
        };
        event.prevent_default();
        self.open(enter);
    }
}

/// The box of a menu that holds something other than entries; Escape closes it.
pub fn menu_box(menu: Menu, inside: impl FnOnce() -> AnyView) -> AnyView {
    let on_key = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" {
            menu.leave();
        }
    };
    view! {
        <div class="menu" on:keydown=on_key>
            {inside()}
        </div>
    }
    .into_any()
}

/// The button and its menu.
#[component]
pub fn MenuButton(
    /// The accessible name of the button.
    #[prop(into)]
    label: Signal<String>,
    /// The class of the button.
    #[prop(default = "icon-button")]
    class: &'static str,
    /// Draws the panel when the menu opens.
    panel: Box<dyn Fn(Menu) -> AnyView + Send>,
    /// What the button shows; hidden from assistive technology, since the name says it.
    children: Children,
) -> impl IntoView {
    let menu = Menu {
        button: NodeRef::new(),
        panel: NodeRef::new(),
        open: RwSignal::new(false),
        enter: RwSignal::new(None),
        unfolded: RwSignal::new(None),
    };
    let anchor = NodeRef::<html::Div>::new();
    // A press beside the menu closes it and still does what it was meant for.
    on_window("pointerdown", move |event: ev::Event| {
        if menu.open.get_untracked()
            && anchor.try_get_untracked().flatten().is_some_and(|anchor| !dom::holds(&anchor, &event))
        {
            menu.close();
        }
    });
    let toggle = move |_| {
        if menu.open.get_untracked() {
            menu.leave();
        } else {
            menu.open(dom::Step::First);
        }
    };
    view! {
        <div class="menu-anchor" node_ref=anchor>
            <button
                type="button"
                node_ref=menu.button
                class=class
                aria-label=label
                aria-haspopup="menu"
                aria-expanded=move || if menu.open.get() { "true" } else { "false" }
                on:click=toggle
                on:keydown=move |event| menu.on_button_key(&event)
            >
                {children()}
            </button>
            {move || menu.open.get().then(|| panel(menu))}
        </div>
    }
}
