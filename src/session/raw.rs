//! Calls of the console: any operation with any parameters, as the session of the page, as one that the console has beside
//! it, or without a token. What comes back has no token in it any more (hostile.md 24).

use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;
use portal_api::authentication::{LogIn, LogOut, RefreshAccessToken, RevokeRefreshToken};
use portal_api::describe::{Description, Parameter};
use portal_api::organization::ChooseOrganization;
use portal_api::{
    AccessToken, Endpoint, Error, ErrorKind, Parts, RefreshToken, Request, Response, TokenPair, reply,
};
use portal_core::console::{Answer, Caller, begins_session, touches_session};

use super::{Driver, Session, driver};
use crate::browser;
use crate::reactive::SetIfChanged;

/// A session beside that of the page. It lives in memory until the person signs out, changes the organization or closes
/// the tab, and no page ever sees its tokens.
#[derive(Clone, Copy, Debug)]
pub struct Aside {
    tokens: StoredValue<Option<Tokens>>,
    who: RwSignal<Option<Who>>,
}

/// Whose session it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Who {
    /// The account, as the service names it.
    pub account: String,
    /// The organization that was chosen.
    pub organization: Option<String>,
    /// Whether there is a refresh token.
    pub refreshes: bool,
}

#[derive(Clone, Debug)]
struct Tokens {
    access: AccessToken,
    refresh: Option<RefreshToken>,
}

/// A call of the console.
#[derive(Clone, Debug)]
pub struct RawCall {
    /// Of which operation.
    pub description: &'static Description,
    /// With which parameters.
    pub parts: Parts,
    /// As whom.
    pub caller: Caller,
}

impl Aside {
    /// None to begin with.
    pub fn none() -> Self {
        Self { tokens: StoredValue::new(None), who: RwSignal::new(None) }
    }

    /// Whose it is; changes are followed.
    pub fn who(self) -> Option<Who> {
        self.who.get()
    }

    /// The parameter that a call gets from here where nothing was typed: the refresh token.
    pub fn adds(self, call: &RawCall) -> Option<&'static Parameter> {
        let operations = [RefreshAccessToken::SPEC.operation, RevokeRefreshToken::SPEC.operation];
        let wants = call.caller == Caller::Own
            && operations.contains(&call.description.spec.operation)
            && self.who.with(|who| who.as_ref().is_some_and(|who| who.refreshes));
        let [parameter] = call.description.parameters else { return None };
        (wants && call.parts.query_text(parameter.name).is_err()).then_some(parameter)
    }

    /// Ends it: here at once, at the service as well as can be.
    pub fn end(self, session: Session) {
        let tokens = self.tokens.try_update_value(Option::take).flatten();
        self.who.set_if_changed(None);
        let client = session.driver.try_with_value(Driver::client);
        if let Some((tokens, client)) = tokens.zip(client) {
            browser::spawn(async move {
                // Refused or not: the token is forgotten here.
                let _ = client.with(&tokens.access).send(&LogOut).await;
            });
        }
    }

    /// What the service's answer makes of it.
    fn learn(self, call: &RawCall, response: &Response) {
        let operation = call.description.spec.operation;
        if begins_session(call.description) {
            if let Ok(begun) = reply::<LogIn>(response) {
                let account = begun.viewer.name;
                self.tokens.set_value(Some(Tokens { access: begun.token, refresh: None }));
                self.who.set(Some(Who { account, organization: None, refreshes: false }));
            }
        } else if call.caller != Caller::Own {
            // A session that is not the console's.
        } else if operation == ChooseOrganization::SPEC.operation {
            if let Ok(chosen) = reply::<ChooseOrganization>(response) {
                let organization = chosen.organization.map(|organization| organization.name);
                self.take_over(&chosen.tokens, organization);
            }
        } else if operation == RefreshAccessToken::SPEC.operation {
            if let Ok(refreshed) = reply::<RefreshAccessToken>(response) {
                let organization = refreshed.organization.map(|organization| organization.name);
                self.take_over(&refreshed.tokens, organization);
            }
        } else if operation == LogOut::SPEC.operation {
            self.tokens.set_value(None);
            self.who.set(None);
        } else if operation == RevokeRefreshToken::SPEC.operation {
            self.tokens.update_value(|tokens| {
                if let Some(tokens) = tokens {
                    tokens.refresh = None;
                }
            });
            self.note(None, false);
        }
    }

    fn take_over(self, pair: &TokenPair, organization: Option<String>) {
        let refreshes = self.tokens.try_update_value(|held| {
            let held = held.as_mut()?;
            if let Some(access) = &pair.access {
                held.access = access.clone();
            }
            if pair.refresh.is_some() {
                held.refresh.clone_from(&pair.refresh);
            }
            Some(held.refresh.is_some())
        });
        self.note(organization, refreshes.flatten() == Some(true));
    }

    fn note(self, organization: Option<String>, refreshes: bool) {
        self.who.update(|who| {
            if let Some(who) = who {
                who.refreshes = refreshes;
                who.organization = organization.or_else(|| who.organization.take());
            }
        });
    }
}

impl Session {
    /// Carries a call of the console out. As the session of the page it goes the way of every call, through renewal and
    /// the choice of an organization.
    ///
    /// # Errors
    /// No reply came, or none that belongs to who is signed in now.
    pub async fn raw(self, call: RawCall, aside: Aside) -> Result<Answer, Error> {
        match call.caller {
            Caller::This if !touches_session(call.description) => self.raw_as_user(call, aside).await,
            _ => self.raw_beside(call, aside).await,
        }
    }

    async fn raw_as_user(self, call: RawCall, aside: Aside) -> Result<Answer, Error> {
        let spec = call.description.spec;
        let request = Request {
            method: spec.method,
            path: spec.path.to_owned(),
            parts: call.parts.clone(),
            token: None,
        };
        let kept: Rc<RefCell<Option<Answer>>> = Rc::default();
        let read = {
            let kept = Rc::clone(&kept);
            move |response: &Response| {
                let answer = self.answer(&call, response, aside);
                let outcome = answer.outcome.clone();
                kept.replace(Some(answer));
                outcome
            }
        };
        let outcome = driver::call(self, spec, request, Box::new(read), false).await;
        match (kept.take(), outcome) {
            (Some(answer), outcome) if answer.outcome == outcome => Ok(answer),
            // The reply before a renewal that failed, or of another organization.
            (_, Err(error)) => Err(error),
            (_, Ok(())) => Err(Error { operation: spec.operation, kind: ErrorKind::Empty, request_id: None }),
        }
    }

    async fn raw_beside(self, call: RawCall, aside: Aside) -> Result<Answer, Error> {
        let spec = call.description.spec;
        let mut parts = call.parts.clone();
        let added = aside.adds(&call);
        let held = aside.tokens.try_get_value().flatten();
        if let Some((added, refresh)) = added.zip(held.as_ref().and_then(|held| held.refresh.as_ref())) {
            parts.put_query(added.name, refresh.reveal());
        }
        let token = held.filter(|_| call.caller == Caller::Own);
        let token = token.map(|held| held.access);
        let request = Request { method: spec.method, path: spec.path.to_owned(), parts, token };
        let fail = || Error { operation: spec.operation, kind: ErrorKind::Empty, request_id: None };
        let client = self.driver.try_with_value(Driver::client).ok_or_else(fail)?;
        let response = client.exchange(&spec, request).await?;
        let answer = self.answer(&call, &response, aside);
        if answer.outcome.is_ok() {
            aside.learn(&call, &response);
        }
        Ok(answer)
    }

    /// A response without the tokens of anybody.
    fn answer(self, call: &RawCall, response: &Response, aside: Aside) -> Answer {
        let mut secrets: Vec<String> = Vec::new();
        self.driver.try_with_value(|driver| {
            if let Some(tokens) = driver.machine.tokens() {
                secrets.push(tokens.access.reveal().to_owned());
                secrets.extend(tokens.refresh.as_ref().map(|refresh| refresh.reveal().to_owned()));
            }
        });
        aside.tokens.try_with_value(|held| {
            if let Some(held) = held {
                secrets.push(held.access.reveal().to_owned());
                secrets.extend(held.refresh.as_ref().map(|refresh| refresh.reveal().to_owned()));
            }
        });
        for parameter in call.description.parameters.iter().filter(|parameter| parameter.secret) {
            let body = call.parts.body_text(parameter.name).map(Cow::into_owned);
            secrets.extend(body.or_else(|_| call.parts.query_text(parameter.name).map(str::to_owned)));
        }
        let secrets: Vec<&str> = secrets.iter().map(String::as_str).collect();
        Answer::of(call.description, response, &secrets)
    }
}
