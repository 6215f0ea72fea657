//! Where options come from: the settings file, then the environment, then the command line; the later one counts. Each
//! key of the file and each variable becomes the argument of the same name, so that one parser reads all three.

use core::fmt;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::Path;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{ArgAction, CommandFactory as _, FromArgMatches as _};
use toml::Value;

use crate::options::{Options, SecretText};

/// `PORTAL__PORT` is `--port`. Two underscores, because platforms put variables such as `PORTAL_SERVER_PORT` there by
/// themselves, with addresses in them.
const PREFIX: &str = "PORTAL__";
const SECRET: &str = "PORTAL__APP_SECRET";
/// What makes sense on a command line only.
const NO_KEYS: [&str; 5] = ["config", "check", "print-headers", "help", "version"];

/// Why the options cannot be had.
#[derive(Debug)]
pub enum OptionsError {
    /// The command line is wrong, or asks for help.
    Arguments(clap::Error),
    /// The file cannot be read, or is no TOML.
    File {
        /// The file.
        file: String,
        /// Where and why.
        reason: String,
    },
    /// A key of the file or a variable is wrong.
    Key {
        /// The file or `environment`.
        place: String,
        /// The key as written there.
        key: String,
        /// What is wrong with it.
        reason: String,
    },
}

impl fmt::Display for OptionsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Arguments(error) => error.fmt(f),
            Self::File { file, reason } => write!(f, "{file}: {reason}"),
            Self::Key { place, key, reason } => write!(f, "{place}: `{key}` {reason}"),
        }
    }
}

impl core::error::Error for OptionsError {}

/// What a layer says of one option.
#[derive(Clone, Debug)]
struct Said {
    place: String,
    key: String,
    argument: Option<String>,
}

impl Said {
    fn wrong(&self, reason: impl Into<String>) -> OptionsError {
        OptionsError::Key { place: self.place.clone(), key: self.key.clone(), reason: reason.into() }
    }
}

impl Options {
    /// Reads all three layers.
    ///
    /// # Errors
    /// Something is wrong, with its key and its place.
    pub fn load(
        arguments: impl IntoIterator<Item = OsString>,
        variables: impl IntoIterator<Item = (OsString, OsString)>,
    ) -> Result<Self, OptionsError> {
        let arguments: Vec<OsString> = arguments.into_iter().collect();
        let (variables, secret) = own(variables)?;
        let mut said = BTreeMap::new();
        if let Some(file) = config(&arguments, &variables) {
            layer(&mut said, &file, read(&file)?)?;
        }
        layer(&mut said, "environment", variables)?;
        let mut options = parse(&arguments, &said)?;
        options.app_secret = secret;
        Ok(options)
    }
}

type Layer = Vec<(String, String, Value)>;

/// This program's variables, and the secret by itself.
fn own(
    variables: impl IntoIterator<Item = (OsString, OsString)>,
) -> Result<(Layer, Option<SecretText>), OptionsError> {
    let (mut found, mut secret) = (Layer::new(), None);
    for (name, value) in variables {
        let Some(name) = name.to_str().filter(|name| name.starts_with(PREFIX)).map(str::to_owned) else {
            continue;
        };
        let reason = "is no text".to_owned();
        let value = value.into_string().map_err(|_| OptionsError::Key {
            place: "environment".to_owned(),
            key: name.clone(),
            reason,
        })?;
        if name == SECRET {
            secret = Some(SecretText::new(value));
            continue;
        }
        let option = name.trim_start_matches(PREFIX).to_ascii_lowercase().replace('_', "-");
        found.push((name, option, Value::String(value)));
    }
    Ok((found, secret))
}

/// The file that the command line names, or else the environment.
fn config(arguments: &[OsString], variables: &Layer) -> Option<String> {
    let mut found = None;
    let mut words = arguments.iter().filter_map(|word| word.to_str());
    while let Some(word) = words.next() {
        if word == "--config" {
            found = words.next().map(str::to_owned);
        } else if let Some(file) = word.strip_prefix("--config=") {
            found = Some(file.to_owned());
        }
    }
    let named = variables.iter().find(|(_, option, _)| option == "config");
    found.or_else(|| named.and_then(|(_, _, value)| value.as_str()).map(str::to_owned))
}

fn read(file: &str) -> Result<Layer, OptionsError> {
    let wrong = |reason: String| OptionsError::File { file: file.to_owned(), reason };
    let text =
        fs::read_to_string(Path::new(file)).map_err(|error| wrong(format!("cannot be read: {error}")))?;
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| wrong(error.to_string()))?;
    Ok(table.into_iter().map(|(key, value)| (key.clone(), key, value)).collect())
}

/// Puts a layer over those before it.
fn layer(said: &mut BTreeMap<String, Said>, place: &str, layer: Layer) -> Result<(), OptionsError> {
    let command = Options::command();
    for (key, option, value) in layer {
        let mut entry = Said { place: place.to_owned(), key, argument: None };
        if option == "config" && place == "environment" {
            continue;
        }
        let Some(known) = known_as(&command, &option) else {
            let dashed = option.replace('_', "-");
            let meant = known_as(&command, &dashed).filter(|_| dashed != option);
            return Err(entry.wrong(match meant {
                Some(_) => format!("is no setting; it is written `{dashed}`"),
                None => "is no setting; docs/deployment.md has them all".to_owned(),
            }));
        };
        let is_switch = matches!(known.get_action(), ArgAction::SetTrue);
        entry.argument = argument(&option, &value, is_switch).map_err(|reason| entry.wrong(reason))?;
        said.insert(option, entry);
    }
    Ok(())
}

/// The option of a name, where it is one that can be a key.
fn known_as<'a>(command: &'a clap::Command, name: &str) -> Option<&'a clap::Arg> {
    let known = command.get_arguments().find(|argument| argument.get_long() == Some(name));
    known.filter(|_| !NO_KEYS.contains(&name))
}

/// A value as an argument; none for a switch that is off.
fn argument(option: &str, value: &Value, is_switch: bool) -> Result<Option<String>, String> {
    let on = match value {
        Value::Boolean(on) => Some(*on),
        Value::String(text) => text.parse::<bool>().ok(),
        _ => None,
    };
    if is_switch {
        let on = on.ok_or("must be true or false")?;
        return Ok(on.then(|| format!("--{option}")));
    }
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Integer(number) => number.to_string(),
        Value::Array(entries) => {
            let texts: Option<Vec<&str>> = entries.iter().map(Value::as_str).collect();
            texts.ok_or("must be a list of texts")?.join(",")
        }
        _ => return Err("must be a text or a number".to_owned()),
    };
    Ok((!text.is_empty()).then(|| format!("--{option}={text}")))
}

fn parse(arguments: &[OsString], said: &BTreeMap<String, Said>) -> Result<Options, OptionsError> {
    read_together(arguments, said).map_err(|error| match error.kind() {
        ErrorKind::MissingRequiredArgument | ErrorKind::ArgumentConflict => together(error, arguments, said),
        _ => by_place(error, said),
    })
}

fn read_together(arguments: &[OsString], said: &BTreeMap<String, Said>) -> Result<Options, clap::Error> {
    let mut words = vec![OsString::from("portal-server")];
    words.extend(said.values().filter_map(|entry| entry.argument.clone()).map(OsString::from));
    words.extend(arguments.iter().cloned());
    let matches = Options::command().try_get_matches_from(words)?;
    Options::from_arg_matches(&matches)
}

/// Names the key of a file or variable that does not go with the rest: without it all would be well, or go wrong elsewhere.
fn together(error: clap::Error, arguments: &[OsString], said: &BTreeMap<String, Said>) -> OptionsError {
    let about = options_of(&error);
    let of_the_rest = |key: &str| {
        let mut rest = said.clone();
        rest.remove(key);
        read_together(arguments, &rest).map_err(|other| options_of(&other))
    };
    let culprit = said.iter().find(|(key, entry)| {
        entry.argument.is_some() && of_the_rest(key).map_or_else(|other| other != about, |_| true)
    });
    let Some((key, entry)) = culprit else { return OptionsError::Arguments(error) };
    let others: Vec<String> =
        about.iter().filter(|other| *other != key).map(|other| format!("`{other}`")).collect();
    let others = others.join(", ");
    entry.wrong(match error.kind() {
        ErrorKind::ArgumentConflict => format!("does not go together with {others}"),
        _ => format!("needs {others} too"),
    })
}

/// The options that an error names, without their dashes.
fn options_of(error: &clap::Error) -> Vec<String> {
    let contexts = [ContextKind::InvalidArg, ContextKind::PriorArg].map(|kind| error.get(kind));
    let mut names = Vec::new();
    for context in contexts.into_iter().flatten() {
        match context {
            ContextValue::String(name) => names.push(name.clone()),
            ContextValue::Strings(all) => names.extend(all.iter().cloned()),
            _ => (),
        }
    }
    let bare = |name: &String| name.trim_start_matches("--").split([' ', '=']).next().map(str::to_owned);
    names.iter().filter_map(bare).collect()
}

/// The same error in the words of the layer that caused it, where that is not the command line.
fn by_place(error: clap::Error, said: &BTreeMap<String, Said>) -> OptionsError {
    let option = options_of(&error).into_iter().next().unwrap_or_default();
    let Some(entry) = said.get(&option) else { return OptionsError::Arguments(error) };
    let value =
        entry.argument.as_deref().and_then(|argument| argument.split_once('=')).map(|(_, value)| value);
    match error.kind() {
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let told = matches!(error.get(ContextKind::InvalidValue), Some(ContextValue::String(told)) if Some(told.as_str()) == value);
            if !told {
                return OptionsError::Arguments(error);
            }
            let text = error.to_string();
            let reason = text.lines().next().unwrap_or_default();
            entry.wrong(format!("is wrong: {}", reason.trim_start_matches("error: ")))
        }
        _ => OptionsError::Arguments(error),
    }
}

#[cfg(test)]
mod tests;
