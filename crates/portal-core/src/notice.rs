//! What to tell the person about a failure, and the way out: the one place where an error becomes words.

mod refused;
mod service_text;

use portal_api::{Error, ErrorKind, TransportFailure};

pub use service_text::service_text;

use crate::text::{Later, Text, Word};

/// Where the failure is told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// The sign-in form.
    SignIn,
    /// The return from a sign-in at another place: its code is spent, so nothing there is ever tried again.
    SignOn,
    /// The second step of signing in.
    SecondStep,
    /// The choice of an organization.
    Organizations,
    /// The list of applications.
    Launcher,
    /// An application and its menus.
    Application,
    /// Assets, and who may see them.
    Assets,
    /// Anywhere: a refresh, a sign-out.
    Session,
}

/// The way out that goes with a notice.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WayOut {
    /// The same call again.
    Retry,
    /// Load the page again: the same call would be answered in the same way.
    Reload,
    /// To the sign-in screen.
    SignIn,
    /// To the choice of an organization.
    ChooseOrganization,
    /// To the launcher.
    Back,
    /// The same again after a while, never by itself ([`Notice::wait_seconds`]).
    Wait,
    /// Nothing to press: the form itself is the way out, or there is none.
    None,
}

impl WayOut {
    /// The words of its button.
    pub fn text(self) -> Option<Word> {
        match self {
            Self::Retry | Self::Wait => Some(Text::TryAgain.into()),
            Self::Reload => Some(Text::BootReload.into()),
            Self::SignIn => Some(Later::NoticeSignIn.into()),
            Self::ChooseOrganization => Some(Later::NoticeChooseOrganization.into()),
            Self::Back => Some(Later::NoticeBack.into()),
            Self::None => None,
        }
    }
}

/// A failure in words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Notice {
    /// What happened.
    pub title: Later,
    /// What it means, or what to do.
    pub detail: Option<Later>,
    /// What the service itself said, safe to show; see [`service_text`].
    pub service_text: Option<String>,
    /// The way out.
    pub action: WayOut,
    /// The service's id of the call, for the help desk.
    pub request_id: Option<String>,
    /// The operation's name in the documentation.
    pub operation: &'static str,
    /// The code of the service as it was sent, or the HTTP status, for the help desk.
    pub code: Option<i64>,
    /// How long to wait, where that is known.
    pub wait_seconds: Option<u32>,
}

/// What a kind of failure is told with.
struct Told {
    title: Later,
    detail: Option<Later>,
    action: WayOut,
}

fn told(title: Later, detail: Option<Later>, action: WayOut) -> Told {
    Told { title, detail, action }
}

/// What to tell about an error. No network, no reply in time, a service that failed, and something that is not
/// the service are different texts (experience.md L6); none of them says more than is known.
pub fn notice(error: &Error, place: Place) -> Notice {
    let mut notice = Notice {
        title: Later::NoticeRefused,
        detail: None,
        service_text: None,
        action: WayOut::Retry,
        request_id: error.request_id.clone(),
        operation: error.operation,
        code: None,
        wait_seconds: None,
    };
    let told = match &error.kind {
        ErrorKind::Transport(failure) => transport(*failure),
        ErrorKind::Refused { code, number, message, retry_after } => {
            notice.code = Some(*number);
            let message = message.as_deref();
            if refused::may_quote(*code, place) {
                notice.service_text = message.and_then(service_text);
            }
            let mut told = refused::refused(*code, message.is_some(), error.operation, place);
            // A service in trouble may say as well when to come back.
            if told.action == WayOut::Retry && place != Place::SignOn && retry_after.is_some() {
                told.action = WayOut::Wait;
                notice.wait_seconds = *retry_after;
            } else if told.action == WayOut::Wait {
                notice.wait_seconds = retry_after.or_else(|| message.and_then(service_text::seconds));
            }
            told
        }
        ErrorKind::NotTheService { .. } => not_the_service(),
        // Some versions leave the token out of this very reply (contract.md 1.2).
        ErrorKind::Malformed { .. } if place == Place::SignOn => {
            told(Later::SignOnNoToken, Some(Later::SignOnNoTokenDetail), WayOut::None)
        }
        ErrorKind::Empty | ErrorKind::Malformed { .. } => {
            told(Later::NoticeUnreadable, Some(Later::NoticeUnreadableDetail), WayOut::Retry)
        }
    };
    let Told { title, detail, action } = told;
    if place == Place::SignOn && action == WayOut::Retry {
        let detail = detail.or(Some(Later::SignOnFailedDetail));
        return Notice { title, detail, action: WayOut::None, ..notice };
    }
    Notice { title, detail, action, ..notice }
}

fn transport(failure: TransportFailure) -> Told {
    let (title, detail, action) = match failure {
        TransportFailure::Offline => (Later::NoticeOffline, Some(Later::NoticeOfflineDetail), WayOut::Retry),
        TransportFailure::Network => (Later::NoticeNetwork, Some(Later::NoticeNetworkDetail), WayOut::Retry),
        TransportFailure::Redirected => {
            (Later::NoticeRedirected, Some(Later::NoticeRedirectedDetail), WayOut::Reload)
        }
        TransportFailure::CrossOrigin => {
            (Later::NoticeCrossOrigin, Some(Later::NoticeCrossOriginDetail), WayOut::Retry)
        }
        TransportFailure::Policy => (Later::NoticePolicy, Some(Later::NoticePolicyDetail), WayOut::Retry),
        TransportFailure::Timeout => (Later::NoticeTimeout, Some(Later::NoticeTimeoutDetail), WayOut::Retry),
        TransportFailure::Aborted => (Later::NoticeStopped, None, WayOut::Retry),
        // It would be as large the next time.
        TransportFailure::TooLarge => {
            (Later::NoticeTooLarge, Some(Later::ContactAdministrator), WayOut::None)
        }
    };
    told(title, detail, action)
}

fn not_the_service() -> Told {
    told(Later::NoticeNotTheService, Some(Later::NoticeNotTheServiceDetail), WayOut::Retry)
}
