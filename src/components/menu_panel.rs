//! What a [`MenuButton`](super::MenuButton) opens: entries by the ARIA menu pattern. A choice (language, theme) unfolds
//! in place, so that the one panel fits a phone as well.

use leptos::ev;
use leptos::prelude::*;

use super::icon::{Icon, IconName};
use super::menu_button::Menu;
use crate::browser::dom;

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
    /// Leads somewhere: a link, so that it can be opened in a tab of its own, too.
    Link {
        /// The name.
        label: String,
        /// The icon.
        icon: IconName,
        /// Where to.
        href: String,
        /// Whether it opens in a new tab.
        new_tab: bool,
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

impl Menu {
    fn unfold(self, place: usize, by_key: bool) {
        let fold = self.unfolded.get_untracked() == Some(place);
        self.unfolded.set((!fold).then_some(place));
        if by_key && !fold {
            self.later(|panel| dom::focus_first(panel, "[role=menu] [role=menu] [aria-checked=true]"));
        }
    }

    fn on_menu_key(self, event: &ev::KeyboardEvent) {
        let Some(panel) = self.panel.try_get_untracked().flatten() else { return };
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
            // A button does so by itself.
            " " if dom::focus_is_in(&panel, "a") => dom::press_focused(),
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

/// The panel: two lines (name and detail) above the entries. The focus goes where the press or the key that opened
/// the menu wants it.
pub fn menu_panel(
    menu: Menu,
    label: Signal<String>,
    head: Signal<(String, String)>,
    entries: Signal<Vec<MenuEntry>>,
) -> AnyView {
    Effect::new(move || {
        if let (Some(panel), Some(step)) = (menu.panel.get(), menu.enter.get_untracked()) {
            menu.enter.set(None);
            // The panel may come later than the person's patience.
            if menu.is_awaited() {
                dom::focus_step(&panel, ITEMS, step);
            }
        }
    });
    let head = move || {
        let (name, detail) = head.get();
        view! {
            <div class="menu-head">
                <b dir="auto">{name}</b>
                <small dir="auto">{detail}</small>
            </div>
        }
        .into_any()
    };
    let items = move || {
        let item = |(n, entry)| item(menu, n, entry);
        entries.get().into_iter().enumerate().map(item).collect::<Vec<_>>()
    };
    view! {
        <div class="menu" node_ref=menu.panel on:keydown=move |event| menu.on_menu_key(&event)>
            {head}
            <div role="menu" aria-label=label>
                {items}
            </div>
        </div>
    }
    .into_any()
}

fn item(menu: Menu, place: usize, entry: MenuEntry) -> AnyView {
    match entry {
        MenuEntry::Rule => view! { <hr /> }.into_any(),
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
            .into_any()
        }
        MenuEntry::Link { label, icon, href, new_tab } => view! {
            <a
                class="menu-item"
                role="menuitem"
                tabindex="-1"
                href=href
                target=new_tab.then_some("_blank")
                rel=new_tab.then_some("noopener noreferrer")
                on:click=move |_| menu.leave()
            >
                <Icon name=icon />
                <span>{label}</span>
            </a>
        }
        .into_any(),
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
) -> AnyView {
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
                <Icon name=IconName::DOWN class="i small turn" />
            </button>
            {radios}
        </div>
    }
    .into_any()
}

fn radio(menu: Menu, key: String, name: String, chosen: bool, choose: Callback<String>) -> AnyView {
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
            <Icon name=IconName::CHECK class="i small" />
        </button>
    }
    .into_any()
}
