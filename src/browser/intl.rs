//! What the browser knows about languages.

use core::cmp::Ordering;

use js_sys::{Array, Function, Intl, Object, Reflect};
use leptos::prelude::window;
use portal_core::names::{Collate, Locale};
use wasm_bindgen::{JsCast, JsValue};

use super::any;

/// Compares names as the person's language does (experience.md, order of tiles).
#[derive(Debug)]
pub struct Collator(Function);

impl Collator {
    /// The collator of a language.
    pub fn new(locale: &Locale) -> Self {
        let locales = Array::of1(&JsValue::from_str(locale.as_str()));
        Self(Intl::Collator::new(&locales, &Object::new()).compare())
    }
}

impl Collate for Collator {
    fn compare(&self, a: &str, b: &str) -> Ordering {
        let sign = self.0.call2(&JsValue::UNDEFINED, &JsValue::from_str(a), &JsValue::from_str(b));
        match sign.ok().and_then(|sign| sign.as_f64()) {
            Some(sign) if sign < 0.0 => Ordering::Less,
            Some(sign) if sign > 0.0 => Ordering::Greater,
            _ => Ordering::Equal,
        }
    }
}

/// A point in time (milliseconds since 1970) in the zone of this device, as a language writes it: the day, or to the
/// minute.
pub fn date(locale: &str, milliseconds: i64, to_the_minute: bool) -> String {
    let options = Object::new();
    let styles: &[_] = &[("dateStyle", "medium"), ("timeStyle", "short")];
    for (name, style) in styles.iter().take(if to_the_minute { 2 } else { 1 }) {
        // Refused only for an object that takes no members.
        let _ = Reflect::set(&options, &(*name).into(), &(*style).into());
    }
    let format = Intl::DateTimeFormat::new(&Array::of1(&locale.into()), &options).format();
    #[expect(clippy::cast_precision_loss, reason = "a float holds the milliseconds of 285,000 years")]
    let time = JsValue::from_f64(milliseconds as f64);
    // Refused where the time is outside of what a date can be.
    let text = format.call1(&JsValue::UNDEFINED, &time).ok().and_then(|text| text.as_string());
    text.unwrap_or_default()
}

/// A number as the readers of a language write it, such as `1,204`.
#[expect(clippy::cast_precision_loss, reason = "nobody reads numbers of that size")]
pub fn number_text(number: u64, locale: &Locale) -> String {
    let write = || {
        let prototype = any::get(&any::global("Number")?, "prototype")?;
        let write: Function = any::get(&prototype, "toLocaleString")?.dyn_into().ok()?;
        write.call1(&JsValue::from_f64(number as f64), &locale.as_str().into()).ok()?.as_string()
    };
    write().unwrap_or_else(|| number.to_string())
}

/// The person's languages, the first preferred.
pub fn languages() -> Vec<String> {
    window().navigator().languages().iter().filter_map(|language| language.as_string()).collect()
}

/// The name of a language in that language; the code where the browser does not know it.
pub fn language_name(locale: &str) -> String {
    own_name(locale).unwrap_or_else(|| locale.to_owned())
}

fn own_name(locale: &str) -> Option<String> {
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let names: Function = Reflect::get(&intl, &"DisplayNames".into()).ok()?.dyn_into().ok()?;
    let options = Object::new();
    Reflect::set(&options, &"type".into(), &"language".into()).ok()?;
    let names = Reflect::construct(&names, &Array::of2(&locale.into(), &options)).ok()?;
    let of: Function = Reflect::get(&names, &"of".into()).ok()?.dyn_into().ok()?;
    of.call1(&names, &locale.into()).ok()?.as_string()
}
