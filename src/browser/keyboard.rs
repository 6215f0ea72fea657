//! Where the keys go: to the portal, or to a page in a frame. A page in a frame can take the focus whenever it is in view,
//! and the browser does not say why it went there; what the person did before says it.

use std::cell::{Cell, RefCell};

use leptos::prelude::{document, on_cleanup, window};
use send_wrapper::SendWrapper;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, HtmlElement, HtmlIFrameElement, KeyboardEvent};

use super::any;
use super::dom::{self, focus};
use super::page::now;
use super::wait::{sleep, spawn};
use super::window::on_window;

/// Where a person types or chooses.
const HELD: &str = "input,textarea,select,[contenteditable],[role=menu] *,[role=dialog] *,dialog *";

/// Something that happened in the portal itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Did {
    /// A key other than Escape was pressed; whether it was Tab.
    Key(bool),
    /// A pointer was pressed.
    Press,
    /// The focus came back from a frame or from elsewhere.
    Back,
    /// The pointer is over this element: it went there, or the element came below it.
    Over,
    /// The pointer really moved.
    Moved,
    /// The focus went to where the person types or chooses.
    Held,
}

/// A frame that the portal gives the focus to has it within this time, in milliseconds.
const GIVEN_MS: f64 = 150.0;

thread_local! {
    /// What had the focus last in the portal itself.
    static LAST: RefCell<Option<HtmlElement>> = const { RefCell::new(None) };
    /// When the portal gave the focus to whatever had it before.
    static GIVEN: Cell<f64> = const { Cell::new(f64::MIN) };
}

/// The portal gives the focus back to what had it before, which may be a frame.
pub(super) fn gives() {
    GIVEN.set(now());
}

/// Whether the portal itself has just given the focus to a frame.
pub fn was_given() -> bool {
    now() - GIVEN.get() < GIVEN_MS
}

/// Gives the focus to the page in a frame.
pub fn give(frame: &HtmlIFrameElement) {
    gives();
    focus(frame);
}

/// Hears what happens in the portal until the owner's end, before anything else does.
pub fn on_portal(hear: impl Fn(Did, &Event) + Clone + 'static) {
    for name in ["keydown", "pointerdown", "focus", "pointerover", "pointermove", "focusin"] {
        let hear = hear.clone();
        let on = move |event: Event| match name {
            "keydown" => {
                let key = event.dyn_ref::<KeyboardEvent>().map(KeyboardEvent::key).unwrap_or_default();
                // Escape ends something and types nothing: a press in a page may follow at once.
                if key != "Escape" {
                    hear(Did::Key(key == "Tab"), &event);
                }
            }
            "pointerdown" => hear(Did::Press, &event),
            "pointerover" => hear(Did::Over, &event),
            "pointermove" if has_moved(&event) => hear(Did::Moved, &event),
            // Elements get the focus as well; this is about the window.
            "focus" if event.target().is_some_and(|target| target.is_instance_of::<web_sys::Window>()) => {
                hear(Did::Back, &event);
            }
            "focusin" => {
                note(&event);
                if was_held() {
                    hear(Did::Held, &event);
                }
            }
            _ => {}
        };
        first(name, on);
    }
}

fn note(event: &Event) {
    let target = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
    if let Some(target) = target.filter(|target| !target.is_instance_of::<HtmlIFrameElement>()) {
        LAST.set(Some(target));
    }
}

fn first(name: &'static str, hear: impl Fn(Event) + 'static) {
    let listener = Closure::<dyn Fn(Event)>::new(hear);
    let call = listener.as_ref().unchecked_ref();
    let _ = window().add_event_listener_with_callback_and_bool(name, call, true);
    let listener = SendWrapper::new(listener);
    on_cleanup(move || {
        let call = listener.as_ref().unchecked_ref();
        let _ = window().remove_event_listener_with_callback_and_bool(name, call, true);
    });
}

/// Runs something when the focus has gone into a frame, until the owner's end. The window loses it then, and in a moment
/// the frame is the element that has it: before, the browser would drop what is done about it.
pub fn on_entered(run: impl Fn(HtmlIFrameElement) + Clone + 'static) {
    on_window("blur", move |event: Event| {
        if !event.target().is_some_and(|target| target.is_instance_of::<web_sys::Window>()) {
            return;
        }
        let run = run.clone();
        spawn(async move {
            sleep(0).await;
            if let Some(frame) = entered() {
                run(frame);
            }
        });
    });
}

/// The frame that has the focus.
pub fn entered() -> Option<HtmlIFrameElement> {
    document().active_element()?.dyn_into().ok()
}

/// Whether the browser has seen a press or a key in the last seconds, in this page or a frame; `None` where it does not
/// say.
pub fn is_active() -> Option<bool> {
    let activation = any::get(&window().navigator(), "userActivation")?;
    any::get(&activation, "isActive").map(|active| active.is_truthy())
}

/// Whether the focus was where a person types or chooses.
pub fn was_held() -> bool {
    LAST.with_borrow(|last| last.as_ref().is_some_and(|last| last.matches(HELD).unwrap_or_default()))
}

/// Whether a modal dialog is shown.
pub fn is_covered() -> bool {
    document().query_selector("dialog:modal").is_ok_and(|found| found.is_some())
}

/// Takes the focus out of a frame, to where it was.
pub fn give_back(frame: &HtmlIFrameElement) {
    let last = LAST.with_borrow(Clone::clone).filter(|last| last.is_connected());
    if let Some(last) = last {
        focus(&last);
    }
    if dom::has_focus(frame) {
        let _ = frame.blur();
    }
}

/// Takes the focus out of a frame that is not in view any more.
pub fn leave(frame: &HtmlIFrameElement) {
    let _ = frame.blur();
}

/// Whether a pointer moved, and not the page below it.
pub fn has_moved(event: &JsValue) -> bool {
    let by = |name| any::get(event, name).and_then(|by| by.as_f64()).unwrap_or_default() != 0.0;
    by("movementX") || by("movementY")
}
