//! Short tones, made by the browser: there are no sound files.

use js_sys::Promise;
use leptos::prelude::window;
use portal_core::inbox::Tone;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::any::{call, call1, call2, get, make};
use super::wait::{sleep, spawn};

/// How long the browser may take to begin, in milliseconds.
const BEGIN_MS: u32 = 400;
/// How loud, of 1.
const LOUDNESS: f64 = 0.18;
/// How long a tone takes to come and to go, in seconds: a hard edge clicks.
const EDGE: f64 = 0.015;

/// Plays tones. Gives false where the browser does not let it: a page may sound only after the person has pressed
/// something in it.
pub async fn play(tones: &[Tone]) -> bool {
    if tones.is_empty() {
        return true;
    }
    if !was_used() {
        return false;
    }
    let Some(context) = make("AudioContext", &JsValue::UNDEFINED) else { return false };
    if !is_running(&context) {
        settle(call(&context, "resume"));
        sleep(BEGIN_MS).await;
    }
    let plays = is_running(&context);
    let length = if plays { schedule(&context, tones) } else { 0 };
    spawn(async move {
        sleep(length).await;
        settle(call(&context, "close"));
    });
    plays
}

/// Whether the person has pressed anything in this page. Browsers that do not tell are asked by trying.
fn was_used() -> bool {
    let activation = get(&window().navigator(), "userActivation");
    activation.and_then(|activation| get(&activation, "hasBeenActive")).is_none_or(|used| used.is_truthy())
}

fn is_running(context: &JsValue) -> bool {
    get(context, "state").and_then(|state| state.as_string()).as_deref() == Some("running")
}

/// A promise that is rejected says nothing that is not seen otherwise.
fn settle(promise: Option<JsValue>) {
    if let Some(promise) = promise.and_then(|promise| promise.dyn_into::<Promise>().ok()) {
        spawn(async move { drop(JsFuture::from(promise).await) });
    }
}

/// Puts the tones into the time line; gives how long they take, in milliseconds.
fn schedule(context: &JsValue, tones: &[Tone]) -> u32 {
    let now = get(context, "currentTime").and_then(|now| now.as_f64()).unwrap_or_default();
    let mut end = 0;
    for tone in tones {
        // Nothing is missing in a browser that has got so far.
        let _ = sound(context, *tone, now + 0.02);
        end = end.max(u32::from(tone.at) + u32::from(tone.length));
    }
    end + 200
}

fn sound(context: &JsValue, tone: Tone, begin: f64) -> Option<()> {
    let seconds = |milliseconds: u16| f64::from(milliseconds) / 1000.0;
    let from = begin + seconds(tone.at);
    let to = from + seconds(tone.length);
    let (source, gain) = (call(context, "createOscillator")?, call(context, "createGain")?);
    call2(&get(&source, "frequency")?, "setValueAtTime", f64::from(tone.pitch), from)?;
    let level = get(&gain, "gain")?;
    call2(&level, "setValueAtTime", 0.0, from)?;
    call2(&level, "linearRampToValueAtTime", LOUDNESS, from + EDGE)?;
    call2(&level, "setValueAtTime", LOUDNESS, to - EDGE)?;
    call2(&level, "linearRampToValueAtTime", 0.0, to)?;
    call1(&source, "connect", &gain)?;
    call1(&gain, "connect", &get(context, "destination")?)?;
    // These give nothing back.
    call1(&source, "start", &from.into());
    call1(&source, "stop", &to.into());
    Some(())
}
