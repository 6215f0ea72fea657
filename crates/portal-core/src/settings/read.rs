//! From the text to the settings, key by key.

use core::ops::RangeInclusive;

use portal_api::json::{self, Members, RawValue};
use serde::de::DeserializeOwned;

use super::check::{Site, scheme};
use super::{KEPT_FRAMES, Landing, Problem, SERVER_OPERATIONS, Settings, SettingsError};
use crate::launch::{ParseAddress, Right};
use crate::names::Locale;

impl Settings {
    /// Reads portal.json. `portal` is the portal's own absolute address with the base path: what counts as foreign
    /// is decided against it, and relative addresses are made absolute with it.
    ///
    /// # Errors
    /// The first key that is unknown or has a value that cannot be used.
    pub fn read(text: &str, portal: &str, parser: &dyn ParseAddress) -> Result<Self, SettingsError> {
        let whole = |problem| SettingsError { key: String::new(), problem };
        let file = json::read(text).map_err(|_| whole(Problem::NotJson))?;
        let members = Members::of(&file).ok_or(whole(Problem::NotAnObject))?;
        let site = Site::new(portal, parser);
        let mut settings = Self::default();
        settings.take(&members, "", &site)?;
        if settings.sign_on.address.is_none() && !settings.password_sign_in {
            return Err(Fault::from(Problem::OnlyWayIn).at("passwordSignIn"));
        }
        settings.check_framed(&site)?;
        Ok(settings)
    }

    /// What is said of origins has an effect.
    fn check_framed(&self, site: &Site<'_>) -> Result<(), SettingsError> {
        let check = |origin: &String, may_be_own: bool| match (may_be_own, site.is_own(origin)) {
            (true, true) => Ok(()),
            (false, true) => Err(Problem::OwnOrigin),
            (_, false) if self.frame_origins.contains(origin) => Ok(()),
            (_, false) => Err(Problem::NotFramed),
        };
        for (key, origins, may_be_own) in
            [("tokenOrigins", &self.token_origins, false), ("bridgeOrigins", &self.bridge_origins, true)]
        {
            for (index, origin) in origins.iter().enumerate() {
                let fault = |problem| Fault { index: Some(index), problem }.at(key);
                check(origin, may_be_own).map_err(fault)?;
            }
        }
        for (origin, _) in &self.frame_rights {
            check(origin, false).map_err(|problem| Fault::from(problem).at(&right_key(origin)))?;
        }
        Ok(())
    }

    /// Takes the members of `frameRights`.
    fn take_rights(&mut self, members: &Members<'_>, site: &Site<'_>) -> Result<(), SettingsError> {
        for (key, value) in members.iter() {
            self.put_rights(key, value, site).map_err(|fault| fault.at(&right_key(key)))?;
        }
        Ok(())
    }

    fn put_rights(&mut self, key: &str, value: &RawValue, site: &Site<'_>) -> Result<(), Fault> {
        let origin = site.origin(key)?;
        if self.frame_rights.iter().any(|(earlier, _)| *earlier == origin) {
            return Err(Problem::Repeated.into());
        }
        let rights = list(value, &|word| Right::parse(word).ok_or(Problem::NotARight))?;
        self.frame_rights.push((origin, rights.unwrap_or_default()));
        Ok(())
    }

    /// Takes the members of the file, or of an object `within` it.
    fn take(&mut self, members: &Members<'_>, within: &str, site: &Site<'_>) -> Result<(), SettingsError> {
        for (index, (key, value)) in members.iter().enumerate() {
            let repeated = members.iter().take(index).any(|(earlier, _)| earlier == key);
            let place = format!("{within}{key}");
            let outcome = match (place.as_str(), Members::of(value)) {
                _ if repeated => Err(Problem::Repeated.into()),
                // "signOn.url" is how the member is called here, and nothing to write into the file.
                _ if key.contains('.') => Err(Problem::Unknown.into()),
                ("signOn", Some(inner)) => {
                    self.take(&inner, "signOn.", site)?;
                    if self.sign_on.address.is_none() {
                        return Err(Fault::from(Problem::Empty).at("signOn.url"));
                    }
                    Ok(())
                }
                ("frameRights", Some(inner)) => {
                    self.take_rights(&inner, site)?;
                    Ok(())
                }
                _ => self.put(&place, value, site),
            };
            outcome.map_err(|fault| fault.at(&place))?;
        }
        Ok(())
    }

    fn put(&mut self, key: &str, value: &RawValue, site: &Site<'_>) -> Result<(), Fault> {
        match key {
            "locales" => {
                let locale = |text: &str| Locale::parse(text).ok_or(Problem::NotALocale);
                if let Some(locales) = list(value, &locale)? {
                    self.locales = locales;
                }
                if self.locales.is_empty() { Err(Problem::Empty.into()) } else { Ok(()) }
            }
            "landing" => {
                if let Some(text) = text(value)? {
                    self.landing = landing(&text)?;
                }
                Ok(())
            }
            "openIn" => {
                if let Some(text) = text(value)? {
                    self.opens_in_tab = opens_in_tab(&text)?;
                }
                Ok(())
            }
            "ownOriginTabs" => {
                if let Some(text) = text(value)? {
                    self.trusts_own_tabs = trusts_own_tabs(&text)?;
                }
                Ok(())
            }
            "keptFrames" => {
                let mut kept = None;
                put_number(&mut kept, value, 1..=20)?;
                self.kept_frames = kept.unwrap_or(KEPT_FRAMES);
                Ok(())
            }
            "frameOrigins" => put_origins(&mut self.frame_origins, value, site),
            "tokenOrigins" => put_origins(&mut self.token_origins, value, site),
            "bridgeOrigins" => put_origins(&mut self.bridge_origins, value, site),
            "launchSchemes" => {
                self.schemes = list(value, &scheme)?.unwrap_or_default();
                Ok(())
            }
            "serverOperations" => {
                let operation = |name: &str| {
                    let known = SERVER_OPERATIONS.contains(&name).then(|| name.to_owned());
                    known.ok_or(Problem::NotAnOperation)
                };
                self.server_operations = list(value, &operation)?.unwrap_or_default();
                Ok(())
            }
            "idleMinutes" => put_number(&mut self.idle_minutes, value, 15..=720),
            "accessTokenLifetime" => put_number(&mut self.access_token_lifetime, value, 30..=864_000),
            "keepSignedIn" => yes_or_no(&mut self.keep_signed_in, value),
            "passwordSignIn" => yes_or_no(&mut self.password_sign_in, value),
            "userDomains" => yes_or_no(&mut self.user_domains, value),
            "signOn" | "frameRights" if value.get() != "null" => Err(Problem::NotAnObject.into()),
            "signOn" | "frameRights" => Ok(()),
            _ => self.put_text(key, value, site),
        }
    }

    fn put_text<'s>(&mut self, key: &str, value: &RawValue, site: &Site<'s>) -> Result<(), Fault> {
        let mut base = None;
        // One type for all checks, so that the code around them exists once.
        let (place, check): (&mut Option<String>, Check<'s>) = match key {
            "apiBase" => (&mut base, Site::api_base),
            "title" => (&mut self.title, Site::words),
            "applicationBase" => (&mut self.application_base, Site::base),
            "contact" => (&mut self.contact, Site::words),
            "helpUrl" => (&mut self.help_url, Site::page),
            "privacyUrl" => (&mut self.privacy_url, Site::page),
            "forgotPasswordUrl" => (&mut self.forgot_password_url, Site::page),
            "signOn.url" => (&mut self.sign_on.address, Site::provider),
            "signOn.name" => (&mut self.sign_on.name, Site::words),
            "signOn.channel" => (&mut self.sign_on.channel, Site::words),
            _ => return Err(Problem::Unknown.into()),
        };
        if let Some(text) = text(value)? {
            *place = Some(check(site, &text)?);
        }
        if let Some(base) = base {
            self.api_base = base;
        }
        Ok(())
    }
}

/// How a text is checked.
type Check<'s> = fn(&Site<'s>, &str) -> Result<String, Problem>;

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

/// How a member of `frameRights` is called.
fn right_key(origin: &str) -> String {
    format!("frameRights.{origin}")
}

fn put_origins(place: &mut Vec<String>, value: &RawValue, site: &Site<'_>) -> Result<(), Fault> {
    *place = list(value, &|text| site.origin(text))?.unwrap_or_default();
    Ok(())
}

fn put_number(place: &mut Option<u32>, value: &RawValue, range: RangeInclusive<u32>) -> Result<(), Fault> {
    if let Some(number) = optional(value, Problem::NotInRange)? {
        if !range.contains(&number) {
            return Err(Problem::NotInRange.into());
        }
        *place = Some(number);
    }
    Ok(())
}

/// A value of one kind; `null` is none at all.
fn optional<T: DeserializeOwned>(value: &RawValue, problem: Problem) -> Result<Option<T>, Problem> {
    json::value(value).ok_or(problem)
}

fn text(value: &RawValue) -> Result<Option<String>, Problem> {
    optional(value, Problem::NotText)
}

fn yes_or_no(place: &mut bool, value: &RawValue) -> Result<(), Fault> {
    if let Some(yes) = optional(value, Problem::NotYesOrNo)? {
        *place = yes;
    }
    Ok(())
}

fn list<T>(value: &RawValue, check: &dyn Fn(&str) -> Result<T, Problem>) -> Result<Option<Vec<T>>, Fault> {
    if value.get() == "null" {
        return Ok(None);
    }
    let checked = |(index, entry): (usize, &RawValue)| {
        let text: Result<String, _> = json::value(entry).ok_or(Problem::NotText);
        text.and_then(|text| check(&text)).map_err(|problem| Fault { index: Some(index), problem })
    };
    let entries = json::entries(value).ok_or(Problem::NotAList)?;
    entries.into_iter().enumerate().map(checked).collect::<Result<_, _>>().map(Some)
}

fn landing(text: &str) -> Result<Landing, Problem> {
    match text {
        "launcher" => Ok(Landing::Launcher),
        "last-app" => Ok(Landing::LastApplication),
        _ => Err(Problem::NotALanding),
    }
}

fn opens_in_tab(text: &str) -> Result<bool, Problem> {
    match text {
        "shell" => Ok(false),
        "tab" => Ok(true),
        _ => Err(Problem::NotAnOpening),
    }
}

fn trusts_own_tabs(text: &str) -> Result<bool, Problem> {
    match text {
        "isolated" => Ok(false),
        "trusted" => Ok(true),
        _ => Err(Problem::NotATrust),
    }
}
