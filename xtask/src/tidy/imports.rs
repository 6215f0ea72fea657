//! Who may import whom: the layers of ARCHITECTURE.md, held on the source text. Manifests hold the rest.

use super::source::{Source, has_word, lines_with};

/// One rule: files below `places` but not below `but` may not name any of `words`.
struct Rule {
    places: &'static [&'static str],
    but: &'static [&'static str],
    words: &'static [&'static str],
    why: &'static str,
}

const RULES: &[Rule] = &[
    Rule {
        places: &["src/"],
        but: &["src/browser/", "src/browser.rs"],
        words: &[
            "web_sys",
            "js_sys",
            "gloo",
            "gloo_net",
            "gloo_timers",
            "wasm_bindgen",
            "wasm_bindgen_futures",
            "JsCast",
        ],
        why: "only src/browser/ talks to the browser, so that all else is tested without one",
    },
    Rule {
        places: &["src/components/", "src/components.rs"],
        but: &[],
        words: &["session", "pages", "use_session", "Client", "Transport"],
        why: "a component knows no session, page or client: it gets what it shows and tells what was clicked",
    },
    Rule {
        places: &["src/i18n", "src/routes"],
        but: &[],
        words: &["crate::pages", "crate::session", "crate::components", "crate::app"],
        why: "what every page stands on cannot stand on pages",
    },
    Rule {
        places: &["src/query"],
        but: &[],
        words: &["crate::pages", "crate::components", "crate::app"],
        why: "what every page stands on cannot stand on pages",
    },
    Rule {
        places: &["src/browser"],
        but: &[],
        words: &["crate::pages", "crate::session", "crate::components", "crate::app"],
        why: "the transport and the browser know nothing of what is on screen",
    },
    Rule {
        places: &["src/session"],
        but: &[],
        words: &["crate::pages", "crate::components", "crate::app"],
        why: "the session does not know who shows it",
    },
    Rule {
        places: &["src/pages/"],
        but: &[],
        words: &["crate::app"],
        why: "pages are wired together in app.rs, not the other way round",
    },
    Rule {
        places: &["crates/portal-core/src/"],
        but: &[],
        words: &[
            "SystemTime",
            "Instant",
            "rand",
            "async",
            "await",
            "std::fs",
            "std::net",
            "std::env",
            "std::thread",
            "Portal",
        ],
        why: "the core is pure: time, chance and files come in as parameters",
    },
    Rule {
        places: &["crates/portal-demo/src/", "crates/portal-api/src/"],
        but: &[],
        words: &["SystemTime", "Instant", "rand", "std::fs", "std::net", "std::env", "std::thread"],
        why: "it also runs inside the page, where there is no clock, file or socket: the host passes the time in",
    },
    Rule {
        places: &[
            "crates/portal-api/",
            "crates/portal-core/",
            "crates/portal-demo/",
            "crates/portal-server/",
        ],
        but: &[],
        words: &["web_sys", "js_sys", "leptos", "wasm_bindgen"],
        why: "these crates are tested natively and never see a browser",
    },
];

pub(super) fn problems(name: &str, source: &Source) -> Vec<String> {
    let below = |places: &[&str]| places.iter().any(|place| name.starts_with(place));
    let mut found = Vec::new();
    for rule in RULES.iter().filter(|rule| below(rule.places) && !below(rule.but)) {
        for word in rule.words {
            let lines = lines_with(&source.shipped, |line| has_word(line, word));
            found.extend(lines.map(|line| format!(":{line}: `{word}` has no place here: {}", rule.why)));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(name: &str, text: &str) -> usize {
        problems(name, &Source::new(text)).len()
    }

    #[test]
    fn each_rule_finds_its_breach() {
        for (name, text) in [
            ("src/pages/launcher.rs", "use leptos::web_sys;"),
            ("src/app.rs", "use wasm_bindgen::prelude::*;"),
            ("src/components/tile.rs", "use crate::session::Session;"),
            ("src/i18n.rs", "use crate::pages::launcher;"),
            ("src/browser/fetch.rs", "use crate::session;"),
            ("src/session/driver.rs", "crate::components::toast()"),
            ("src/pages/launcher.rs", "use crate::app::App;"),
            ("crates/portal-core/src/menu.rs", "std::time::Instant::now()"),
            ("crates/portal-demo/src/lib.rs", "std::time::SystemTime::now()"),
            ("crates/portal-server/src/lib.rs", "use leptos::prelude;"),
        ] {
            assert_eq!(found(name, text), 1, "{name}: {text}");
        }
    }

    #[test]
    fn what_is_allowed_passes() {
        for (name, text) in [
            ("src/browser/fetch.rs", "use web_sys::Request;"),
            ("src/pages/launcher.rs", "// web_sys would be wrong here\nuse crate::session::use_session;"),
            ("src/app.rs", "#[cfg(test)]\nmod tests { use web_sys::window; }"),
            ("crates/portal-server/src/lib.rs", "std::time::Instant::now()"),
        ] {
            assert_eq!(found(name, text), 0, "{name}: {text}");
        }
    }
}
