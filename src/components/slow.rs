//! A load that takes longer than usual says so, and can be given up.

use portal_core::patience::SLOW_MS;
use portal_core::text::Text;

use crate::browser;
use crate::i18n::tr;
use crate::state::{Callback, State};
use crate::view::{Part, view};

/// Stands beside what is shown while something loads. Spoken when there is time (`status`): the region is there before the
/// words are. `cancel` gives the load up; without it there is only the word.
pub fn slow(cancel: Option<Callback<()>>) -> Part {
    let late = State::new(false);
    browser::spawn(async move {
        browser::sleep(SLOW_MS).await;
        // The load may be over, and this gone with it.
        late.set(true);
    });
    let button = move || {
        cancel.map(|cancel| {
            view! {
                <button type="button" class="button" on:click=move |_| cancel.run(())>
                    {tr(Text::LoadingCancel)}
                </button>
            }
        })
    };
    view! {
        <div class="slow" role="status">
            {move || {
                late.get()
                    .then(|| {
                        view! {
                            <div>
                                <p>{tr(Text::LoadingSlow)}</p>
                                {button()}
                            </div>
                        }
                    })
            }}
        </div>
    }
}
