//! portal.json cannot be used: the page says which key is wrong (experience.md G6).

use portal_core::text::{Later, Text};

use crate::browser;
use crate::components::{IconName, PageState, Tone};
use crate::i18n::use_i18n;
use crate::settings::Unusable;
use crate::view::{Part, view};

/// The page.
pub fn unusable(problem: Unusable) -> Part {
    let i18n = use_i18n();
    let redirected = problem == Unusable::Redirected;
    let (title, detail) = match &problem {
        Unusable::Redirected => (Later::NoticeRedirected, Some(i18n.text(Later::NoticeRedirectedDetail))),
        Unusable::Missing => (Later::BootSettingsMissing, None),
        Unusable::Wrong(wrong) => {
            let key = if wrong.key.is_empty() { "portal.json" } else { wrong.key.as_str() };
            let values = [("key", key), ("problem", wrong.problem.words())];
            (Later::BootSettings, Some(i18n.fill(Later::BootSettingsKey, &values)))
        }
    };
    let title = i18n.text(title);
    browser::set_title(&title);
    view! {
        <main class="page" id="main">
            <PageState icon=IconName::ALERT title detail tone=Tone::Alert heading=true>
                <button type="button" class="button go" on:click=|_| browser::reload()>
                    {i18n.text(if redirected { Text::BootReload } else { Text::TryAgain })}
                </button>
            </PageState>
        </main>
    }
}
