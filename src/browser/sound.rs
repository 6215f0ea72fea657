//! Short tones, made by the browser: there are no sound files.

use js_sys::Reflect;
use leptos::prelude::window;
use portal_core::inbox::Tone;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AudioContext, AudioContextState, OscillatorNode};

use super::wait::{sleep, spawn};

/// How long the browser may take to begin, in milliseconds.
const BEGIN_MS: u32 = 400;
/// How loud, of 1.
const LOUDNESS: f32 = 0.18;
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
    let Ok(context) = AudioContext::new() else { return false };
    if context.state() != AudioContextState::Running
        && let Ok(resumed) = context.resume()
    {
        spawn(async move { drop(JsFuture::from(resumed).await) });
        sleep(BEGIN_MS).await;
    }
    let plays = context.state() == AudioContextState::Running;
    let length = if plays { schedule(&context, tones) } else { 0 };
    spawn(async move {
        sleep(length).await;
        if let Ok(closed) = context.close() {
            drop(JsFuture::from(closed).await);
        }
    });
    plays
}

/// Whether the person has pressed anything in this page. Browsers that do not tell are asked by trying.
fn was_used() -> bool {
    let activation = Reflect::get(&window().navigator(), &JsValue::from_str("userActivation"));
    let used =
        activation.and_then(|activation| Reflect::get(&activation, &JsValue::from_str("hasBeenActive")));
    used.is_ok_and(|used| used.is_undefined() || used.is_truthy())
}

/// Puts the tones into the time line; gives how long they take, in milliseconds.
fn schedule(context: &AudioContext, tones: &[Tone]) -> u32 {
    let begin = context.current_time() + 0.02;
    let mut end = 0;
    for tone in tones {
        // Refused only by a context that is closed.
        let _ = sound(context, *tone, begin);
        end = end.max(u32::from(tone.at) + u32::from(tone.length));
    }
    end + 200
}

fn sound(context: &AudioContext, tone: Tone, begin: f64) -> Result<(), JsValue> {
    let seconds = |milliseconds: u16| f64::from(milliseconds) / 1000.0;
    let from = begin + seconds(tone.at);
    let to = from + seconds(tone.length);
    let source: OscillatorNode = context.create_oscillator()?;
    source.frequency().set_value(f32::from(tone.pitch));
    let gain = context.create_gain()?;
    let level = gain.gain();
    level.set_value_at_time(0.0, from)?;
    level.linear_ramp_to_value_at_time(LOUDNESS, from + EDGE)?;
    level.set_value_at_time(LOUDNESS, to - EDGE)?;
    level.linear_ramp_to_value_at_time(0.0, to)?;
    source.connect_with_audio_node(&gain)?;
    gain.connect_with_audio_node(&context.destination())?;
    source.start_with_when(from)?;
    source.stop_with_when(to)
}
