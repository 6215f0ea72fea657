//! From the tree to the settings, key by key.

use core::ops::RangeInclusive;
use std::borrow::Cow;

use portal_api::json::Json;

use super::check::{Site, not_empty, scheme};
use super::{Landing, Problem, Settings, SettingsError, SignOn};
use crate::launch::ParseAddress;
use crate::names::Locale;

impl Settings {
    /// Reads portal.json. `portal` is the portal's own absolute address with the base path: what counts as foreign
    /// is decided against it, and relative addresses are made absolute with it.
    ///
    /// # Errors
    /// The first key that is unknown or has a value that cannot be used.
    pub fn read(tree: &Json<'_>, portal: &str, parser: &dyn ParseAddress) -> Result<Self, SettingsError> {
        let Json::Object(members) = tree else {
            return Err(SettingsError { key: String::new(), problem: Problem::NotAnObject });
        };
        let site = Site::new(portal, parser);
        let mut settings = Self::default();
        settings.take(members, "", &site)?;
        let wrong = |key: &str, problem| Err(SettingsError { key: key.to_owned(), problem });
        match &settings.sign_on {
            Some(sign_on) if sign_on.provider.is_empty() => wrong("signOn.url", Problem::Empty),
            None if !settings.password_sign_in => wrong("passwordSignIn", Problem::OnlyWayIn),
            _ => Ok(settings),
        }
    }

    /// Takes the members of the file, or of an object `within` it.
    fn take(
        &mut self,
        members: &[(Cow<'_, str>, Json<'_>)],
        within: &str,
        site: &Site<'_>,
    ) -> Result<(), SettingsError> {
        for (index, (key, value)) in members.iter().enumerate() {
            let repeated = members.iter().take(index).any(|(earlier, _)| earlier == key);
            let place = format!("{within}{key}");
            let outcome = match value {
                _ if repeated => Err(Problem::Repeated.into()),
                // "signOn.url" is how the member is called here, and nothing to write into the file.
                _ if key.contains('.') => Err(Problem::Unknown.into()),
                Json::Object(inner) if place == "signOn" => {
                    self.sign_on = Some(SignOn::default());
                    self.take(inner, "signOn.", site)?;
                    Ok(())
                }
                value => self.put(&place, value, site),
            };
            outcome.map_err(|fault| fault.at(&place))?;
        }
        Ok(())
    }

    fn put(&mut self, key: &str, value: &Json<'_>, site: &Site<'_>) -> Result<(), Fault> {
        match key {
            "apiBase" => put(&mut self.api_base, text(value)?, |text| site.api_base(text)),
            "title" => put_some(&mut self.title, text(value)?, not_empty),
            "locales" => {
                let locale = |text: &str| Locale::parse(text).ok_or(Problem::NotALocale);
                if let Some(locales) = list(value, &locale)? {
                    self.locales = locales;
                }
                if self.locales.is_empty() { Err(Problem::Empty.into()) } else { Ok(()) }
            }
            "landing" => put(&mut self.landing, text(value)?, landing),
            "applicationBase" => put_some(&mut self.application_base, text(value)?, |text| site.base(text)),
            "frameOrigins" => {
                self.frame_origins = list(value, &|text| site.origin(text))?.unwrap_or_default();
                Ok(())
            }
            "launchSchemes" => {
                self.schemes = list(value, &scheme)?.unwrap_or_default();
                Ok(())
            }
            "contact" => put_some(&mut self.contact, text(value)?, not_empty),
            "helpUrl" => put_some(&mut self.help_url, text(value)?, |text| site.page(text)),
            "privacyUrl" => put_some(&mut self.privacy_url, text(value)?, |text| site.page(text)),
            "idleMinutes" => put_number(&mut self.idle_minutes, value, 15..=720),
            "accessTokenLifetime" => put_number(&mut self.access_token_lifetime, value, 30..=864_000),
            "keepSignedIn" => yes_or_no(&mut self.keep_signed_in, value),
            "forgotPasswordUrl" => {
                put_some(&mut self.forgot_password_url, text(value)?, |text| site.page(text))
            }
            "passwordSignIn" => yes_or_no(&mut self.password_sign_in, value),
            "userDomains" => yes_or_no(&mut self.user_domains, value),
            "signOn" if *value == Json::Null => Ok(()),
            "signOn" => Err(Problem::NotAnObject.into()),
            _ => match (&mut self.sign_on, key) {
                (Some(to), "signOn.url") => put(&mut to.provider, text(value)?, |text| site.provider(text)),
                (Some(to), "signOn.name") => put_some(&mut to.name, text(value)?, not_empty),
                (Some(to), "signOn.channel") => put_some(&mut to.channel, text(value)?, not_empty),
                _ => Err(Problem::Unknown.into()),
            },
        }
    }
}

/// A problem, and where in a list it stands.
struct Fault {
    index: Option<usize>,
    problem: Problem,
}

impl From<Problem> for Fault {
    fn from(problem: Problem) -> Self {
        Self { index: None, problem }
    }
}

impl Fault {
    fn at(self, key: &str) -> SettingsError {
        let key = match self.index {
            Some(index) => format!("{key}[{index}]"),
            None => key.to_owned(),
        };
        SettingsError { key, problem: self.problem }
    }
}

fn put<T>(
    place: &mut T,
    text: Option<&str>,
    check: impl Fn(&str) -> Result<T, Problem>,
) -> Result<(), Fault> {
    if let Some(text) = text {
        *place = check(text)?;
    }
    Ok(())
}

fn put_some(
    place: &mut Option<String>,
    text: Option<&str>,
    check: impl Fn(&str) -> Result<String, Problem>,
) -> Result<(), Fault> {
    if let Some(text) = text {
        *place = Some(check(text)?);
    }
    Ok(())
}

fn put_number(place: &mut Option<u32>, value: &Json<'_>, range: RangeInclusive<u32>) -> Result<(), Fault> {
    if *value != Json::Null {
        let number = value.as_i64().and_then(|number| u32::try_from(number).ok());
        *place = Some(number.filter(|number| range.contains(number)).ok_or(Problem::NotInRange)?);
    }
    Ok(())
}

fn text<'v>(value: &'v Json<'_>) -> Result<Option<&'v str>, Problem> {
    match value {
        Json::Text(text) => Ok(Some(text)),
        Json::Null => Ok(None),
        _ => Err(Problem::NotText),
    }
}

fn yes_or_no(place: &mut bool, value: &Json<'_>) -> Result<(), Fault> {
    match value {
        Json::Bool(yes) => *place = *yes,
        Json::Null => {}
        _ => return Err(Problem::NotYesOrNo.into()),
    }
    Ok(())
}

fn list<T>(value: &Json<'_>, check: &dyn Fn(&str) -> Result<T, Problem>) -> Result<Option<Vec<T>>, Fault> {
    let entries = match value {
        Json::List(entries) => entries,
        Json::Null => return Ok(None),
        _ => return Err(Problem::NotAList.into()),
    };
    let mut out = Vec::with_capacity(entries.len());
    for (index, entry) in entries.iter().enumerate() {
        let checked = match entry {
            Json::Text(text) => check(text),
            _ => Err(Problem::NotText),
        };
        out.push(checked.map_err(|problem| Fault { index: Some(index), problem })?);
    }
    Ok(Some(out))
}

fn landing(text: &str) -> Result<Landing, Problem> {
    match text {
        "launcher" => Ok(Landing::Launcher),
        "last-app" => Ok(Landing::LastApplication),
        _ => Err(Problem::NotALanding),
    }
}
