//! A button that opens a menu, by the ARIA menu button pattern: arrows, Home, End, first letters, Escape, Tab; a press
//! beside it closes; focus returns to the button. A choice (language, theme) unfolds in place, so that the one panel
//! fits a phone as well.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;

use super::icon::{Icon, IconName};
use crate::browser::dom;
use crate::view::{NodeRef, Children, Part, view};
use crate::state::{State, effect};

/// One entry of a menu.
#[derive(Clone, Debug)]
pub enum MenuEntry {
    /// Does something.
    Action {
        /// The name.
        label: String,
        /// The icon.
        icon: IconName,
        /// What it does; the menu is closed already.
        run: Callback<()>,
    },
    /// One of several values.
    Choice {
        /// The name.
        label: String,
        /// The icon.
        icon: IconName,
        /// The value chosen now.
        value: String,
        /// Values and their names, in order.
        options: Vec<(String, String)>,
        /// Called with the value chosen; the menu is closed already.
        choose: Callback<String>,
    },
    /// A line between groups.
    Rule,
}

/// The items a key can reach, in the order of the document; those of a folded choice are not in the document.
const ITEMS: &str = "[role=menuitem],[role=menuitemradio]";

/// What is open. Copy, so that handlers can share it.
#[derive(Clone, Copy)]
struct Menu {
    button: NodeRef<html::Button>,
    panel: NodeRef<html::Div>,
    open: State<bool>,
    /// The place of the choice that is unfolded.
    unfolded: State<Option<usize>>,
}

impl Menu {
    fn close(self) {
        self.open.set(false);
        self.unfolded.set(None);
    }

    /// Closes and gives the focus back; where the focus would be lost with the panel.
    fn leave(self) {
        if let Some(button) = self.button.get_untracked() {
            dom::focus(&button);
        }
        self.close();
    }

    fn unfold(self, place: usize, by_key: bool) {
        let fold = self.unfolded.get_untracked() == Some(place);
        self.unfolded.set((!fold).then_some(place));
        if by_key && !fold {
            self.later(|panel| dom::focus_first(panel, "[role=menu] [role=menu] [aria-checked=true]"));
        }
    }

    /// After the document shows what the signals say.
    fn later(self, act: fn(&dom::Panel)) {
        request_animation_frame(move || {
            if let Some(panel) = self.panel.get_untracked() {
                act(&panel);
            }
        });
    }

    fn on_button_key(self, event: &ev::KeyboardEvent) {
        let last = match event.key().as_str() {
            "ArrowDown" => false,
            "ArrowUp" => true,
            _ => return,
        };
        event.prevent_default();
        self.open.set(true);
        self.later(if last {
            |panel| dom::focus_step(panel, ITEMS, dom::Step::Last)
        } else {
            |panel| dom::focus_step(panel, ITEMS, dom::Step::First)
        });
    }

    fn on_menu_key(self, event: &ev::KeyboardEvent) {
        let Some(panel) = self.panel.get_untracked() else { return };
        let inside_choice = dom::focus_is_in(&panel, "[role=menu] [role=menu]");
        let key = event.key();
        match key.as_str() {
            "ArrowDown" => dom::focus_step(&panel, ITEMS, dom::Step::Next),
            "ArrowUp" => dom::focus_step(&panel, ITEMS, dom::Step::Previous),
            "Home" => dom::focus_step(&panel, ITEMS, dom::Step::First),
            "End" => dom::focus_step(&panel, ITEMS, dom::Step::Last),
            "ArrowRight" | "ArrowLeft" if (key == "ArrowRight") != dom::is_right_to_left(&panel) => {
                if !dom::focus_is_in(&panel, "[aria-expanded=false]") {
                    return;
                }
                dom::press_focused();
            }
            "Escape" | "ArrowLeft" | "ArrowRight" if inside_choice => {
                dom::focus_first(&panel, "[aria-expanded=true]");
                self.unfolded.set(None);
            }
            "Escape" => self.leave(),
            // The button has the focus when the browser moves on from it.
            "Tab" => return self.leave(),
            letter
                if letter.chars().count() == 1 && letter != " " && !event.ctrl_key() && !event.meta_key() =>
            {
                dom::focus_letter(&panel, ITEMS, letter);
            }
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    }
}

/// The button and its menu.
#[component]
pub fn MenuButton(
    /// The accessible name of the button and the menu.
    #[prop(into)]
    label: Signal<String>,
    /// The class of the button.
    #[prop(default = "icon-button")]
    class: &'static str,
    /// Two lines above the entries: name and detail.
    #[prop(into, optional)]
    head: Signal<Option<(String, String)>>,
    /// The entries.
    #[prop(into)]
    entries: Signal<Vec<MenuEntry>>,
    /// What the button shows; hidden from assistive technology, since the name says it.
    children: Children,
) -> Part {
    let menu = Menu {
        button: NodeRef::new(),
        panel: NodeRef::new(),
        open: State::new(false),
        unfolded: State::new(None),
    };
    let anchor = NodeRef::<html::Div>::new();
    // While closed nothing listens. A press beside the menu closes it and still does what it was meant for.
    let listener = StoredValue::new(None::<WindowListenerHandle>);
    let silence = move || {
        if let Some(Some(listener)) = listener.try_update_value(Option::take) {
            listener.remove();
        }
    };
    effect(move || {
        silence();
        if menu.open.get() {
            let handle = window_event_listener(ev::pointerdown, move |event| {
                if anchor.get_untracked().is_some_and(|anchor| !dom::holds(&anchor, &event)) {
                    menu.close();
                }
            });
            listener.set_value(Some(handle));
        }
    });
    on_cleanup(silence);

    let toggle = move |_| {
        if menu.open.get_untracked() {
            menu.leave();
        } else {
            menu.open.set(true);
            menu.later(|panel| dom::focus_step(panel, ITEMS, dom::Step::First));
        }
    };
    let panel = move || {
        menu.open.get().then(|| {
            view! {
                <div class="menu" node_ref=menu.panel on:keydown=move |event| menu.on_menu_key(&event)>
                    {move || {
                        head.get()
                            .map(|(name, detail)| {
                                view! {
                                    <div class="menu-head">
                                        <b dir="auto">{name}</b>
                                        <small dir="auto">{detail}</small>
                                    </div>
                                }
                            })
                    }}
                    <div role="menu" aria-label=label>
                        {move || {
                            entries.get().into_iter().enumerate().map(|(n, entry)| item(menu, n, entry)).collect::<Vec<_>>()
                        }}
                    </div>
                </div>
            }
        })
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
            {panel}
        </div>
    }
}

fn item(menu: Menu, place: usize, entry: MenuEntry) -> Part {
    match entry {
        MenuEntry::Rule => view! { <hr /> },
        MenuEntry::Action { label, icon, run } => {
            let act = move |_| {
                menu.leave();
                run.run(());
            };
            view! {
                <button type="button" class="menu-item" role="menuitem" tabindex="-1" on:click=act>
                    <Icon name=icon />
                    <span>{label}</span>
                </button>
            }
        }
        MenuEntry::Choice { label, icon, value, options, choose } => {
            choice(menu, place, label, icon, value, options, choose)
        }
    }
}

fn choice(
    menu: Menu,
    place: usize,
    label: String,
    icon: IconName,
    value: String,
    options: Vec<(String, String)>,
    choose: Callback<String>,
) -> Part {
    let current = options.iter().find(|(key, _)| *key == value).map(|(_, name)| name.clone());
    let is_open = move || menu.unfolded.get() == Some(place);
    let name = label.clone();
    let radios = move || {
        is_open().then(|| {
            let radios = options
                .iter()
                .map(|(key, name)| radio(menu, key.clone(), name.clone(), *key == value, choose));
            view! { <div role="menu" aria-label=name.clone()>{radios.collect::<Vec<_>>()}</div> }
        })
    };
    view! {
        <div role="none">
            <button
                type="button"
                class="menu-item"
                role="menuitem"
                tabindex="-1"
                aria-haspopup="menu"
                aria-expanded=move || if is_open() { "true" } else { "false" }
                // a press by key has no pointer detail: then the focus goes to the value chosen now
                on:click=move |event: ev::MouseEvent| menu.unfold(place, event.detail() == 0)
            >
                <Icon name=icon />
                <span>{label}</span>
                {current.map(|current| view! { <span class="value">{current}</span> })}
                <Icon name=IconName::Down class="i small turn" />
            </button>
            {radios}
        </div>
    }
}

fn radio(menu: Menu, key: String, name: String, chosen: bool, choose: Callback<String>) -> Part {
    let act = move |_| {
        menu.leave();
        choose.run(key.clone());
    };
    view! {
        <button
            type="button"
            class="menu-item"
            role="menuitemradio"
            tabindex="-1"
            aria-checked=if chosen { "true" } else { "false" }
            on:click=act
        >
            <bdi>{name}</bdi>
            <Icon name=IconName::Check class="i small" />
        </button>
    }
}
