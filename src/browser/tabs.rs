//! The other tabs of the portal: a channel between them, and turns that only one of them has.

use futures::channel::oneshot;
use futures::future::{Either, select};
use js_sys::{Function, Object, Promise, Reflect};
use leptos::prelude::{document, window};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, BroadcastChannel, MessageEvent};

use super::fetch::Abort;
use super::page::{boot_value, take_boot_value};
use super::wait::{sleep, spawn};
use super::window::on_window;

/// A channel between the tabs; open as long as the page.
#[derive(Clone, Debug)]
pub struct Channel(Option<BroadcastChannel>);

impl Channel {
    /// Opens a channel of a name. Where the browser has none, nothing is ever heard.
    pub fn open(name: &str, hear: impl Fn(String) + 'static) -> Self {
        let Ok(channel) = BroadcastChannel::new(name) else { return Self(None) };
        let hear = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(text) = event.data().as_string() {
                hear(text);
            }
        });
        channel.set_onmessage(Some(hear.as_ref().unchecked_ref()));
        hear.forget();
        Self(Some(channel))
    }

    /// Tells all other tabs.
    pub fn post(&self, text: &str) {
        if let Some(channel) = &self.0 {
            // Refused only once the channel is closed, which it never is.
            let _ = channel.post_message(&JsValue::from_str(text));
        }
    }
}

/// A turn that this tab has, until it is dropped.
#[derive(Debug)]
pub struct Turn(Function);

impl Drop for Turn {
    fn drop(&mut self) {
        let _ = self.0.call0(&JsValue::UNDEFINED);
    }
}

/// How waiting for a turn ended.
#[derive(Debug)]
pub enum Waited {
    /// This tab has it.
    Mine(Turn),
    /// Another tab has had it for the whole time.
    TooLong,
    /// The browser has no locks here: they need https, or this machine.
    NoLocks,
}

/// Waits for a turn (Web Locks), so many milliseconds at most.
pub async fn turn(name: &'static str, milliseconds: u32) -> Waited {
    let locks = Reflect::get(&window().navigator(), &JsValue::from_str("locks")).unwrap_or_default();
    let request = Reflect::get(&locks, &JsValue::from_str("request"));
    let Some(request) = request.ok().and_then(|request| request.dyn_into::<Function>().ok()) else {
        return Waited::NoLocks;
    };
    let (grant, granted) = oneshot::channel();
    let hold = Closure::once_into_js(move |_: JsValue| {
        let mut grant = Some(grant);
        Promise::new(&mut |free, _| {
            // Nobody waits any more: free again at once.
            if let Some(Err(free)) = grant.take().map(|grant| grant.send(free)) {
                let _ = free.call0(&JsValue::UNDEFINED);
            }
        })
    });
    let options = Object::new();
    let abort = AbortController::new().ok().map(Abort);
    if let Some(Abort(controller)) = &abort {
        let _ = Reflect::set(&options, &JsValue::from_str("signal"), &controller.signal());
    }
    let Ok(asked) = request.call3(&locks, &JsValue::from_str(name), &options, &hold) else {
        return Waited::NoLocks;
    };
    let asked: Promise = asked.unchecked_into();
    spawn(async move {
        // Rejected when it is given up, which is no news.
        let _ = JsFuture::from(asked).await;
    });
    match select(granted, Box::pin(sleep(milliseconds))).await {
        Either::Left((Ok(free), _)) => Waited::Mine(Turn(free)),
        _ => Waited::TooLong,
    }
}

/// The session record that an open tab gave to this one, which boot.js asked for; waits for the answer.
pub async fn handed_over() -> Option<String> {
    let promise: Promise = boot_value("session")?.dyn_into().ok()?;
    take_boot_value("session");
    JsFuture::from(promise).await.ok()?.as_string()
}

/// Runs something when another tab has changed a key of the store that all tabs share.
pub fn on_stored(key: &'static str, run: impl Fn() + 'static) {
    on_window("storage", move |event: JsValue| {
        let changed = Reflect::get(&event, &JsValue::from_str("key")).ok().and_then(|key| key.as_string());
        if changed.as_deref() == Some(key) {
            run();
        }
    });
}

/// Runs something whenever the person uses the page: presses, keys, wheel, touch, and moves of the pointer.
pub fn on_use(run: impl Fn() + Clone + 'static) {
    for name in ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"] {
        let run = run.clone();
        on_window(name, move |_: JsValue| run());
    }
}

/// Whether the person has just used this page or a frame in it, also one of another origin: a press or a key in a
/// frame activates the pages around it.
pub fn is_in_use() -> bool {
    let activation = Reflect::get(&window().navigator(), &JsValue::from_str("userActivation"));
    let active = activation.and_then(|activation| Reflect::get(&activation, &JsValue::from_str("isActive")));
    !document().hidden() && active.is_ok_and(|active| active.is_truthy())
}

/// The time of the browser's clock, milliseconds since 1970. It goes on while the machine sleeps, and may jump.
#[expect(clippy::cast_possible_truncation, reason = "fits for a long time")]
pub fn clock() -> i64 {
    js_sys::Date::now() as i64
}

/// A number that no other tab has.
#[expect(clippy::cast_possible_truncation, reason = "below 2^52")]
pub fn number() -> i64 {
    (super::page::random() * 4_503_599_627_370_496.0) as i64
}
