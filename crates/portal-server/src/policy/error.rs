//! Why no policy can be made, in words for the person who deploys.

use core::fmt;
use std::path::PathBuf;

/// Why no policy can be made for a site.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PolicyError {
    /// A file cannot be read.
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The system's words.
        reason: String,
    },
    /// `portal.json` is no JSON object.
    NotJson {
        /// Where and why.
        reason: String,
    },
    /// A setting of `portal.json` is wrong.
    Setting {
        /// Which, such as `frameOrigins[2]`.
        key: String,
        /// What is wrong with it.
        problem: Problem,
    },
    /// The start page has more than one inline style (hostile.md 58).
    ManyStyles {
        /// How many.
        count: usize,
    },
}

/// What is wrong with a setting.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Problem {
    /// It must be a text.
    NotText,
    /// It must be a list.
    NotAList,
    /// It must be a path from `/` on, or an http or https address.
    NotAnAddress,
    /// It must be scheme, host and port only.
    NotAnOrigin,
    /// It must be https.
    NotSecure,
}

impl fmt::Display for PolicyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { path, reason } => write!(f, "{} cannot be read: {reason}", path.display()),
            Self::NotJson { reason } => write!(f, "portal.json is not a JSON object: {reason}"),
            Self::Setting { key, problem } => write!(f, "portal.json: `{key}` {problem}"),
            Self::ManyStyles { count } => {
                write!(f, "index.html has {count} <style> elements; one is allowed")
            }
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotText => "must be a text",
            Self::NotAList => "must be a list",
            Self::NotAnAddress => "must be a path such as \"/app-portal-service\" or an https address",
            Self::NotAnOrigin => "must be an origin such as \"https://apps.example.com\", without a path",
            Self::NotSecure => "must be an https address, except on this machine",
        })
    }
}

impl core::error::Error for PolicyError {}
