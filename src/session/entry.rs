//! The ways into a session: a password, a code of a sign-in at another place, and the second step that may follow.

use portal_api::{
    AuthorizationCode, Endpoint, Error, Password, Public, User, VerificationCode, authentication,
    verification,
};
use portal_core::names::Locale;
use portal_core::session::Event;

use super::{Driver, Session};
use crate::browser;

/// How signing in went.
#[derive(Clone, PartialEq, Debug)]
pub enum SignedIn {
    /// The session has begun.
    Yes,
    /// The service wants a second step before that.
    NeedsSecondStep(SecondStep),
}

/// A sign-in that waits for its second step. Lives in memory only: a reload begins anew.
#[derive(Clone, PartialEq, Debug)]
pub struct SecondStep {
    logged_in: authentication::LoggedIn,
    kind: String,
    keep: bool,
}

impl SecondStep {
    /// What the service calls the step.
    pub fn kind(&self) -> &str {
        &self.kind
    }

    /// Whether it is the code by e-mail, the only one that there are calls for.
    pub fn is_email_code(&self) -> bool {
        verification::is_email_code(&self.kind)
    }

    /// Where the code goes, if the service said so.
    pub fn email(&self) -> Option<&str> {
        self.logged_in.viewer.email.as_deref()
    }
}

impl Session {
    /// Signs in by account and password. `keep`: the session may outlive the browser.
    ///
    /// # Errors
    /// The service refused, or could not be asked.
    pub async fn log_in(self, account: String, password: Password, keep: bool) -> Result<SignedIn, Error> {
        let logged_in = self.ask(&authentication::LogIn { account, password }).await?;
        Ok(self.enter(logged_in, keep).await)
    }

    /// Signs in by a code that this tab asked for. Never twice with the same: it is good once.
    ///
    /// # Errors
    /// The service refused, or could not be asked.
    pub async fn log_in_via_code(
        self,
        code: AuthorizationCode,
        channel: Option<String>,
        keep: bool,
    ) -> Result<SignedIn, Error> {
        let logged_in = self.ask(&authentication::LogInViaCode { code, channel }).await?;
        Ok(self.enter(logged_in, keep).await)
    }

    /// Calls the service without a user.
    ///
    /// # Errors
    /// The service refused, or could not be asked.
    pub async fn ask<E: Endpoint<Access = Public>>(self, endpoint: &E) -> Result<E::Reply, Error> {
        let client = self.driver.with(Driver::client);
        client.send(endpoint).await
    }

    /// Has the code of a second step sent.
    ///
    /// # Errors
    /// The service refused, or could not be asked.
    pub async fn send_code(self, step: &SecondStep, locale: &Locale) -> Result<verification::Outcome, Error> {
        let locale = portal_api::Locale::parse(locale.as_str());
        self.ask_for(step, &verification::SendVerificationCode { locale }).await
    }

    /// Checks the code of a second step. When it is right, the session begins.
    ///
    /// # Errors
    /// The service refused, or could not be asked.
    pub async fn verify_code(
        self,
        step: &SecondStep,
        code: VerificationCode,
    ) -> Result<verification::Outcome, Error> {
        let outcome = self.ask_for(step, &verification::VerifyCode { code }).await?;
        if outcome == verification::Outcome::Done {
            self.begin(step.logged_in.clone(), step.keep).await;
        }
        Ok(outcome)
    }

    /// Gives a second step up. The service is told, so that no token is left behind that could go on from here.
    pub fn give_up(self, step: SecondStep) {
        browser::spawn(async move {
            // Refused or not: the token is forgotten here.
            let _ = self.ask_for(&step, &authentication::LogOut).await;
        });
    }

    async fn ask_for<E: Endpoint<Access = User>>(
        self,
        step: &SecondStep,
        endpoint: &E,
    ) -> Result<E::Reply, Error> {
        let client = self.driver.with(Driver::client);
        client.with(&step.logged_in.token).send(endpoint).await
    }

    async fn enter(self, logged_in: authentication::LoggedIn, keep: bool) -> SignedIn {
        if let Some(kind) = logged_in.second_factor.clone() {
            return SignedIn::NeedsSecondStep(SecondStep { logged_in, kind, keep });
        }
        self.begin(logged_in, keep).await;
        SignedIn::Yes
    }

    /// Begins the session. Someone with exactly one organization is taken there at once (experience.md O1).
    async fn begin(self, logged_in: authentication::LoggedIn, keep: bool) {
        let only = match logged_in.organizations.entries.as_slice() {
            [only] => Some(only.clone()),
            _ => None,
        };
        // Nothing is shown in between: the choice of one organization is none.
        self.show_once_stored(Event::LoggedIn { reply: logged_in, began: self.began(keep) }).await;
        if let Some(only) = only {
            // Refused: the screen of the choice shows the organization and what the service says.
            let _ = self.choose(only).await;
        }
        self.publish();
    }
}
