//! Calls of the browser by name. Each function of `web_sys` that is used stands in the script that the launcher waits
//! for, whichever part of the program uses it; what only later screens do is therefore called by name.

use js_sys::{Array, Function, Reflect, global as window};
use wasm_bindgen::{JsCast, JsValue};

/// A member of an object.
pub(super) fn get(target: &JsValue, name: &str) -> Option<JsValue> {
    let value = Reflect::get(target, &JsValue::from_str(name)).ok()?;
    (!value.is_undefined() && !value.is_null()).then_some(value)
}

/// A name of the browser's own.
pub(super) fn global(name: &str) -> Option<JsValue> {
    get(&window(), name)
}

/// Makes an object by its class, with one argument.
pub(super) fn make(class: &str, argument: &JsValue) -> Option<JsValue> {
    let class: Function = global(class)?.dyn_into().ok()?;
    Reflect::construct(&class, &Array::of1(argument)).ok()
}

/// Calls a method.
pub(super) fn call(target: &JsValue, name: &str) -> Option<JsValue> {
    method(target, name)?.call0(target).ok()
}

/// Calls a method with one argument.
pub(super) fn call1(target: &JsValue, name: &str, argument: &JsValue) -> Option<JsValue> {
    method(target, name)?.call1(target, argument).ok()
}

/// Calls a method with two numbers.
pub(super) fn call2(target: &JsValue, name: &str, first: f64, second: f64) -> Option<JsValue> {
    method(target, name)?.call2(target, &first.into(), &second.into()).ok()
}

fn method(target: &JsValue, name: &str) -> Option<Function> {
    get(target, name)?.dyn_into().ok()
}
