//! The time of day.

use wasm_bindgen::JsValue;

use super::any::{call, make};
use super::tabs::clock;

/// What the date of now says, by one of its methods.
#[expect(clippy::cast_precision_loss, reason = "fits for a long time")]
fn now(method: &str) -> Option<JsValue> {
    call(&make("Date", &JsValue::from_f64(clock() as f64))?, method)
}

/// The minute of the day here.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "less than a day")]
pub fn minute_here() -> u16 {
    let part = |method| now(method).and_then(|part| part.as_f64()).unwrap_or_default();
    (part("getHours") * 60.0 + part("getMinutes")) as u16
}

/// How many minutes the clock here is before that of UTC.
#[expect(clippy::cast_possible_truncation, reason = "less than a day")]
pub fn offset_minutes() -> i32 {
    -(now("getTimezoneOffset").and_then(|offset| offset.as_f64()).unwrap_or_default() as i32)
}

/// The moment in UTC, such as `2026-11-22T08:30:00.000Z`.
pub fn time_text() -> String {
    now("toISOString").and_then(|text| text.as_string()).unwrap_or_default()
}
