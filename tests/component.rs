//! A component as the Leptos book writes it works inside the components of the portal. Runs in a browser:
//! `cargo xtask test` (CONTRIBUTING.md, "Tests").
#![cfg(target_arch = "wasm32")]

use app_portal::components::{IconName, Notice, Tone};
use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::task::tick;
use leptos::wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::HtmlElement;

wasm_bindgen_test_configure!(run_in_browser);

#[component]
fn Counter() -> impl IntoView {
    let (count, set_count) = signal(0);
    view! { <button on:click=move |_| *set_count.write() += 1>"Pressed " {count} " times"</button> }
}

#[wasm_bindgen_test]
async fn a_component_of_the_book_works_inside_the_portal() {
    let root: HtmlElement = document().create_element("div").unwrap().unchecked_into();
    document().body().unwrap().append_child(&root).unwrap();
    let handle = mount_to(root.clone(), || {
        view! {
            <Notice title="A notice".to_owned() tone=Tone::Calm icon=IconName::CHECK>
                <Counter />
            </Notice>
        }
    });
    let button: HtmlElement = root.query_selector("button").unwrap().unwrap().unchecked_into();
    assert_eq!(button.text_content().as_deref(), Some("Pressed 0 times"));
    button.click();
    button.click();
    tick().await;
    assert_eq!(button.text_content().as_deref(), Some("Pressed 2 times"));
    drop(handle);
    assert!(root.query_selector("button").unwrap().is_none());
}
