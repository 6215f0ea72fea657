//! Whether an operation that is meant for servers is offered here, and the words where it is not (contract.md 0.3).

use std::sync::Arc;

use leptos::prelude::*;
use portal_api::{Audience, Endpoint};
use portal_core::text::Later;

use crate::components::{IconName, PageState};
use crate::i18n::use_i18n;
use crate::settings::Deployment;

/// Whether the page may call an operation: always one that is meant for browsers, and one for servers where the deployment
/// says so (`serverOperations`).
///
/// # Panics
/// Outside the app, which is a mistake in the program.
pub fn is_offered<E: Endpoint>() -> bool {
    E::SPEC.audience != Audience::Server
        || expect_context::<Arc<Deployment>>().settings.lets_call(E::SPEC.operation)
}

/// In the stead of what an operation would show: why it is not there, and what would have to be done.
pub fn not_offered<E: Endpoint>() -> AnyView {
    let i18n = use_i18n();
    (move || {
        let operation = [("operation", E::SPEC.operation)];
        let title = i18n.text(Later::NotOffered);
        let detail = Some(i18n.fill(Later::NotOfferedDetail, &operation));
        view! { <PageState icon=IconName::LOCK title detail /> }.into_any()
    })
    .into_any()
}
