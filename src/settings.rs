//! portal.json: fetched fresh at every start, checked by portal-core, refused as a whole when a key is wrong
//! (experience.md G6). The addresses in it are never taken from a query or a hash (hostile.md 21).

use portal_api::TransportFailure;
use portal_core::launch::LaunchPolicy;
use portal_core::settings::{Settings, SettingsError};

use crate::browser::{self, BrowserAddresses};

/// Why the portal cannot start.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Unusable {
    /// The file did not arrive.
    Missing,
    /// A redirect came in its place: a sign-in in front of the portal has expired.
    Redirected,
    /// A key cannot be used.
    Wrong(SettingsError),
}

/// The settings of this deployment, provided by `app.rs`.
#[derive(Clone, Debug)]
pub struct Deployment {
    /// As the administrator wrote them.
    pub settings: Settings,
    /// What may be opened, and how.
    pub policy: LaunchPolicy,
}

/// Reads the settings.
///
/// # Errors
/// The file did not arrive or cannot be used.
pub async fn read() -> Result<Deployment, Unusable> {
    let text = browser::settings_text().await.map_err(|failure| match failure {
        TransportFailure::Redirected => Unusable::Redirected,
        _ => Unusable::Missing,
    })?;
    let origin = browser::origin();
    let portal = format!("{origin}{}", browser::base());
    let settings = Settings::read(&text, &portal, &BrowserAddresses).map_err(Unusable::Wrong)?;
    let policy = settings.launch_policy(&portal, &origin);
    Ok(Deployment { settings, policy })
}
