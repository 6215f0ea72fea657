//! The page itself: where it stands, what boot.js left for it, its title and language.

use js_sys::{Function, Promise, Reflect, global};
use leptos::prelude::{document, window};
use portal_api::TransportFailure;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::draw::on_window;
use super::fetch::get_text;

/// A member of `globalThis.__portal`, which boot.js made before the program started.
pub(super) fn boot_value(name: &str) -> Option<JsValue> {
    let portal = Reflect::get(&global(), &JsValue::from_str("__portal")).ok()?;
    let value = Reflect::get(&portal, &JsValue::from_str(name)).ok()?;
    (!value.is_undefined() && !value.is_null()).then_some(value)
}

/// Takes a member away, so that nobody else finds it there.
pub(super) fn take_boot_value(name: &str) {
    if let Ok(portal) = Reflect::get(&global(), &JsValue::from_str("__portal")) {
        let _ = Reflect::set(&portal, &JsValue::from_str(name), &JsValue::NULL);
    }
}

/// The path that the portal is served at, with slashes at both ends: `/` or `/portal/`.
pub fn base() -> String {
    let base = boot_value("base").and_then(|base| base.as_string());
    base.filter(|base| base.starts_with('/') && base.ends_with('/')).unwrap_or_else(|| "/".to_owned())
}

/// The portal's origin, such as `https://portal.example`.
pub fn origin() -> String {
    window().location().origin().unwrap_or_default()
}

/// Whether the browser believes that it has a network.
pub fn is_online() -> bool {
    window().navigator().on_line()
}

/// The text of portal.json, which boot.js asks for while the program loads.
///
/// # Errors
/// It did not arrive, or a redirect came in its place.
pub async fn settings_text() -> Result<String, TransportFailure> {
    let missing = TransportFailure::Network;
    let promise: Promise = boot_value("settings").and_then(|it| it.dyn_into().ok()).ok_or(missing)?;
    let told = JsFuture::from(promise).await.map_err(|_| missing)?;
    if told == false {
        return Err(TransportFailure::Redirected);
    }
    told.as_string().ok_or(missing)
}

/// Takes the static first paint away: the program has painted.
pub fn reveal() {
    if let Some(ready) = boot_value("ready").and_then(|ready| ready.dyn_into::<Function>().ok()) {
        let _ = ready.call0(&JsValue::UNDEFINED);
    }
}

/// Comes back once the style of later screens is used, or does not come.
pub async fn later_style() {
    let ask = boot_value("later").and_then(|later| later.dyn_into::<Function>().ok());
    let asked = ask.and_then(|ask| ask.call0(&JsValue::UNDEFINED).ok());
    if let Some(promise) = asked.and_then(|asked| asked.dyn_into::<Promise>().ok()) {
        // Never rejected.
        let _ = JsFuture::from(promise).await;
    }
}

/// Loads the page anew.
pub fn reload() {
    // Refused only while the page is being left anyway.
    let _ = window().location().reload();
}

/// Loads the page again for files that a new version has replaced. Gives false where it did so a moment ago.
pub fn renew() -> bool {
    let ask = boot_value("renew").and_then(|renew| renew.dyn_into::<Function>().ok());
    ask.and_then(|ask| ask.call0(&JsValue::UNDEFINED).ok()).is_some_and(|begun| begun == true)
}

/// Puts the title into the tab.
pub fn set_title(title: &str) {
    document().set_title(title);
}

/// Tells the browser, the screen reader and the style sheet which language the page speaks.
pub fn set_language(locale: &str) {
    if let Some(html) = document().document_element() {
        let rtl = ["ar", "he", "fa", "ur"].iter().any(|language| locale.starts_with(language));
        let _ = html.set_attribute("lang", locale);
        let _ = html.set_attribute("dir", if rtl { "rtl" } else { "ltr" });
    }
}

/// Forces light or dark; `None` follows the system.
pub fn set_theme(theme: Option<&str>) {
    if let Some(html) = document().document_element() {
        let _ = match theme {
            Some(theme) => html.set_attribute("data-theme", theme),
            None => html.remove_attribute("data-theme"),
        };
    }
}

/// Shows the overlay of boot.js that offers a reload (hostile.md 83). The text is masked.
pub fn crashed(message: &str) {
    if let Some(show) = boot_value("crashed").and_then(|show| show.dyn_into::<Function>().ok()) {
        let message = portal_api::mask(message);
        let _ = show.call1(&JsValue::UNDEFINED, &JsValue::from_str(&message));
    }
}

/// Runs something once the browser has nothing else to do, or two seconds later: a page in a frame may never rest.
pub fn when_idle(run: impl FnOnce() + 'static) {
    let run = Closure::once_into_js(run);
    // Not every browser has it; a moment later does as well.
    let asked = Reflect::get(&global(), &JsValue::from_str("requestIdleCallback"));
    match asked.ok().and_then(|ask| ask.dyn_into::<Function>().ok()) {
        Some(ask) => {
            let options = js_sys::Object::new();
            let _ = Reflect::set(&options, &JsValue::from_str("timeout"), &JsValue::from_f64(2_000.0));
            drop(ask.call2(&JsValue::UNDEFINED, &run, &options));
        }
        None => {
            drop(window().set_timeout_with_callback_and_timeout_and_arguments_0(run.unchecked_ref(), 1_000))
        }
    }
}

/// Runs something whenever the browser finds its network again (`online`), or loses it (`offline`).
pub fn on_network(event: &'static str, run: impl Fn() + 'static) {
    on_window(event, move |_: JsValue| run());
}

/// A number from 0 up to 1, another each time.
pub fn random() -> f64 {
    js_sys::Math::random()
}

/// Milliseconds since the page was opened.
pub fn now() -> f64 {
    window().performance().map_or(0.0, |performance| performance.now())
}

/// Runs something whenever the tab comes into view.
pub fn on_visible(run: impl Fn() + 'static) {
    on_window("visibilitychange", move |_: JsValue| {
        if !document().hidden() {
            run();
        }
    });
}

/// The build id: the part of the file names that fits their content. `None` where the build gives no such names.
pub fn build() -> Option<String> {
    let build = boot_value("build")?.as_string()?;
    let program = build.split(' ').next()?.rsplit('/').next()?;
    let id = program.trim_end_matches(".js").rsplit('-').next()?;
    (!id.is_empty()).then(|| id.to_owned())
}

/// Whether the tab is out of view.
pub fn is_hidden() -> bool {
    document().hidden()
}

/// Runs something whenever the tab comes into view (`true`) or goes out of it.
pub fn on_seen(run: impl Fn(bool) + 'static) {
    on_window("visibilitychange", move |_: JsValue| run(!document().hidden()));
}

/// Whether the page on the server starts another program than this one; `None` where it cannot be asked.
pub async fn is_outdated() -> Option<bool> {
    let build = boot_value("build")?.as_string().filter(|build| !build.is_empty())?;
    // By the address that it is opened at: some hosts redirect `index.html` to it.
    let page = get_text(&base()).await.ok()?;
    Some(page.contains("data-js=") && !build.split(' ').all(|file| page.contains(file)))
}
