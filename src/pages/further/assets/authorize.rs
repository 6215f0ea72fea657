//! Giving a user the right to see assets (contract.md 1.15). The dialog says what will happen before it does.

use leptos::prelude::*;
use portal_api::UserId;
use portal_api::asset::AuthorizeAsset;
use portal_core::assets::{MOST_IDS, ids};
use portal_core::text::Assets;

use super::Screen;
use super::field::{Field, Wrong};
use super::writing::Writing;
use crate::components::Dialog;
use crate::i18n::tr;

/// What is filled in.
#[derive(Clone, Copy)]
pub(super) struct Authorizing {
    writing: Writing,
    user: Field,
    assets: Field,
}

impl Authorizing {
    pub(super) fn new() -> Self {
        Self {
            writing: Writing::new(Assets::AuthorizeTitle),
            user: Field::new(String::new()),
            assets: Field::new(String::new()),
        }
    }

    /// Opens the dialog with these ids in it.
    pub(super) fn ask(self, ids: String) {
        self.user.fill(String::new());
        self.assets.fill(ids);
        self.writing.ask();
    }

    /// Whether the dialog is open; changes are followed.
    pub(super) fn is_open(self) -> bool {
        self.writing.open.get()
    }

    fn user(self) -> Option<UserId> {
        self.user.text.with(|text| UserId::parse(text.trim()))
    }

    fn run(self, screen: Screen) {
        let user = untrack(|| self.user());
        self.user.wrong.set(user.is_none().then_some(Wrong::Missing));
        let assets = self.assets.ids();
        let organization = screen.organization().map(|organization| organization.id);
        let (Some(user), Some(organization), Some(assets)) = (user, organization, assets) else { return };
        let (count, name) = (assets.len(), user.as_str().to_owned());
        let done = move || {
            let text = if count == 1 { Assets::AuthorizedOne } else { Assets::AuthorizedOther };
            screen.i18n.fill(text, &[("user", &name), ("count", &count.to_string())])
        };
        self.writing.run(screen, AuthorizeAsset { user, organization, assets }, done);
    }
}

/// The dialog.
pub(super) fn dialog(screen: Screen, asked: Authorizing) -> AnyView {
    let (i18n, writing) = (screen.i18n, asked.writing);
    let counted = Memo::new(move |_| asked.assets.text.with(|text| ids(text).len()));
    let count = move || counted.get();
    let will = move || {
        let user = asked.user.text.with(|text| text.trim().to_owned());
        let user = if user.is_empty() { i18n.text(Assets::SomeUser) } else { user };
        let text = if count() == 1 { Assets::AuthorizeWillOne } else { Assets::AuthorizeWillOther };
        let organization = screen.organization_name();
        i18n.fill(text, &[("user", &user), ("count", &count().to_string()), ("organization", &organization)])
    };
    let verb = move || i18n.count(Assets::AuthorizeGoOne, Assets::AuthorizeGoOther, count());
    let hint = move || i18n.fill(Assets::IdsHint, &[("count", &MOST_IDS.to_string())]);
    view! {
        <Dialog
            open=Signal::from(writing.open)
            id="authorize-title"
            title=tr(Assets::AuthorizeTitle)
            class="dialog assets-dialog"
            on_close=Callback::new(move |()| writing.close())
        >
            {asked.user.user("authorize-user", Assets::UserId, Assets::UserMissing)}
            {asked.assets.lines("authorize-ids", Assets::Ids, Assets::IdsMissing, hint.into_any())}
            <p class="dialog-body" dir="auto">
                {will}
            </p>
            {move || writing.problem()}
            {writing.actions(verb, move || asked.run(screen))}
        </Dialog>
    }
    .into_any()
}
