//! How new messages make themselves felt: sound, short message, quiet hours, colour, ringtone (experience.md M7). Kept on
//! this device.

use leptos::prelude::*;
use portal_api::Error;
use portal_core::inbox::{Preferences, minute_of_day, time_of_day};
use portal_core::names::pick;
use portal_core::notice::{Place, notice};
use portal_core::text::Inbox as Words;

use super::inbox::Inbox;
use super::news::{allow_sound, try_ring};
use super::page::{Choices, Desk, PANEL_ID, choices};
use crate::browser::dom;
use crate::components::{Choice, Notice, Tone};
use crate::i18n::{I18n, tr};
use crate::pages::problem::{quote, trace, try_again_anyway};

/// Ten in the evening to six in the morning, until the person says otherwise.
const USUAL: (u16, u16) = (22 * 60, 6 * 60);

/// The panel.
pub(super) fn settings_panel(desk: Desk) -> AnyView {
    let Desk { inbox, i18n, .. } = desk;
    let (colors, ringtones) = choices();
    // What is set stays under the hands: only whether it is quiet at all draws the two anew.
    let quiet = Memo::new(move |_| inbox.wishes.with(|it| it.quiet.is_some()));
    let hours = move || {
        quiet.get().then(|| {
            view! {
                <div class="inbox-hours">
                    {hour(inbox, "quiet-from", Words::QuietFrom, |hours| &mut hours.0)}
                    {hour(inbox, "quiet-to", Words::QuietTo, |hours| &mut hours.1)}
                </div>
            }
            .into_any()
        })
    };
    view! {
        <h2 id=PANEL_ID tabindex="-1">
            {tr(Words::SettingsTitle)}
        </h2>
        <p class="inbox-note">{tr(Words::SettingsNote)}</p>
        {check(inbox, Words::Sound, |it| it.sound, |it, on| it.sound = on)}
        {check(inbox, Words::Popup, |it| it.popup, |it, on| it.popup = on)}
        {check(inbox, Words::Quiet, |it| it.quiet.is_some(), |it, on| it.quiet = on.then_some(USUAL))}
        {hours}
        <div class="inbox-choices">
            {choose(inbox, i18n, Words::Color, colors, |it| &mut it.color)}
            {choose(inbox, i18n, Words::Ringtone, ringtones, |it| &mut it.ring)}
            <button type="button" class="button" on:click=move |_| try_ring(inbox)>
                {tr(Words::TryRingtone)}
            </button>
        </div>
        <div role="status" class="inbox-note">
            {allow_sound(inbox)}
        </div>
    }
    .into_any()
}

fn check(
    inbox: Inbox,
    label: Words,
    read: fn(&Preferences) -> bool,
    write: fn(&mut Preferences, bool),
) -> AnyView {
    view! {
        <div>
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=move || inbox.wishes.with(read)
                    on:change=move |event| {
                        let on = dom::is_checked(&event);
                        inbox.wishes.change(|it| write(it, on));
                    }
                />
                <span>{tr(label)}</span>
            </label>
        </div>
    }
    .into_any()
}

fn hour(inbox: Inbox, id: &'static str, label: Words, of: fn(&mut (u16, u16)) -> &mut u16) -> AnyView {
    let value = Memo::new(move |_| {
        let mut hours = inbox.wishes.with(|it| it.quiet).unwrap_or(USUAL);
        time_of_day(*of(&mut hours))
    });
    let on_change = move |event| {
        // A time that is half typed changes nothing.
        if let Some(minute) = minute_of_day(&event_target_value(&event)) {
            inbox.wishes.change(|it| {
                if let Some(hours) = &mut it.quiet {
                    *of(hours) = minute;
                }
            });
        }
    };
    view! {
        <div class="field">
            <label for=id>{tr(label)}</label>
            <input id=id type="time" prop:value=move || value.get() on:change=on_change />
        </div>
    }
    .into_any()
}

/// A choice of what an operation lists. What was chosen before and is not listed now stays, by its number.
fn choose(
    inbox: Inbox,
    i18n: I18n,
    label: Words,
    listed: Choices,
    of: fn(&mut Preferences) -> &mut i64,
) -> AnyView {
    let chosen = move || inbox.wishes.with(|it| *of(&mut it.clone()));
    let options = Signal::derive(move || {
        let mut options = options(i18n, listed);
        let chosen = chosen().to_string();
        if !options.iter().any(|(id, _)| *id == chosen) {
            let name = i18n.fill(Words::ByNumber, &[("number", &chosen)]);
            options.push((chosen, name));
        }
        options
    });
    let on_change = Callback::new(move |id: String| {
        if let Ok(id) = id.parse::<i64>() {
            inbox.wishes.change(|it| *of(it) = id);
        }
    });
    let problem =
        move || listed.error().map(|error| unlisted(i18n, &error, Callback::new(move |()| listed.retry())));
    view! {
        <Choice label=tr(label) value=Signal::derive(move || chosen().to_string()) options on_change />
        {problem}
    }
    .into_any()
}

/// The list did not come: why, and another try.
fn unlisted(i18n: I18n, error: &Error, retry: Callback<()>) -> AnyView {
    let told = notice(error, Place::Session);
    let why = [Some(i18n.text(told.title)), told.detail.map(|detail| i18n.text(detail))];
    let detail = Some(why.into_iter().flatten().collect::<Vec<_>>().join(" "));
    let (quote, trace) = (quote(i18n, &told), trace(i18n, &told));
    view! {
        <div>
            <Notice title=i18n.text(Words::ListFailed) detail quote tone=Tone::Warn>
                {try_again_anyway(i18n, &told, "button", retry)}
            </Notice>
            {trace.map(|trace| view! { <p class="trace">{trace}</p> }.into_any())}
        </div>
    }
    .into_any()
}

/// Numbers and names, as the person reads them.
pub(super) fn options(i18n: I18n, listed: Choices) -> Vec<(String, String)> {
    let locale = i18n.locale();
    let listed = listed.value();
    let entries = listed.iter().flat_map(|listed| &listed.entries);
    let option = |choice: &portal_api::message::Choice| {
        let number = choice.id.to_string();
        let name = pick(&choice.name, &locale).map(|name| name.trim().to_owned());
        let name = name.unwrap_or_else(|| i18n.fill(Words::ByNumber, &[("number", &number)]));
        (number, name)
    };
    entries.map(option).collect()
}
