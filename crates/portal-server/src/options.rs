//! What the host can be told. Every option is also a key of the settings file and an environment variable (see
//! [`crate::layers`]); docs/deployment.md has them all.

use core::ops::RangeInclusive;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use clap::builder::RangedU64ValueParser;
use clap::{ArgAction, Parser};

use crate::log::Level;
use crate::policy::Tls;
use crate::upstream::Network;

/// Bounds of bounds: below, nothing could be called; above, nothing would be bounded.
const BYTES: RangeInclusive<u64> = (1 << 10)..=(1 << 30);

fn within(range: RangeInclusive<u64>) -> RangedU64ValueParser<usize> {
    RangedU64ValueParser::new().range(range)
}

/// Serves the built portal, and hands its calls on to the service: --upstream; with --demo to the reference service.
#[derive(Parser, Clone, PartialEq, Eq, Debug)]
#[command(name = "portal-server", version, args_override_self = true)]
pub struct Options {
    /// The settings file (TOML); its keys are the names of these options.
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Checks the settings and the site, and ends.
    #[arg(long)]
    pub check: bool,
    /// Prints the headers of the site for the configuration of another server, and ends.
    #[arg(long)]
    pub print_headers: bool,

    /// The folder of the built site.
    #[arg(long, value_name = "FOLDER", default_value = "dist")]
    pub site: PathBuf,
    /// The address to listen on.
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    pub address: IpAddr,
    /// The port to listen on; 0 takes a free one.
    #[arg(long, default_value_t = 8080)]
    pub port: u16,
    /// Browsers reach the portal over TLS only: sends Strict-Transport-Security.
    #[arg(long)]
    pub behind_tls: bool,
    /// The certificate with its chain (PEM): serves over TLS itself.
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    pub tls_certificate: Option<PathBuf>,
    /// The private key of the certificate (PEM).
    #[arg(long, value_name = "FILE", requires = "tls_certificate")]
    pub tls_key: Option<PathBuf>,
    /// How many servers of the deployment stand before this one and add to X-Forwarded-For.
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = within(0..=16))]
    pub proxies: usize,
    /// The addresses and networks that the nearest of them connects from; none: this machine.
    #[arg(long, value_name = "ADDRESSES", value_delimiter = ',', action = ArgAction::Set, requires = "proxies")]
    pub proxy_addresses: Vec<Network>,
    /// Address and port for operators: /metrics, /healthz, /readyz with reasons.
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub admin: Option<SocketAddr>,
    /// How much is logged.
    #[arg(long, value_enum, value_name = "LEVEL", default_value_t)]
    pub log: Level,
    /// How many seconds to go on serving after being told to end, while /readyz says no.
    #[arg(long, value_name = "SECONDS", default_value_t = 0, value_parser = clap::value_parser!(u64).range(0..=3600))]
    pub drain: u64,
    /// How many seconds calls under way have to finish; 30 before a service, 5 in a demo.
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(0..=3600))]
    pub grace: Option<u64>,

    /// Where the service, or the gateway before it, is: https://gateway.example.com
    #[arg(long, value_name = "URL", conflicts_with = "demo")]
    pub upstream: Option<String>,
    /// The certificates to trust there (PEM), in place of the system's.
    #[arg(long, value_name = "FILE", requires = "upstream")]
    pub upstream_ca: Option<PathBuf>,
    /// Lets the upstream be plain http on another machine.
    #[arg(long, requires = "upstream")]
    pub plain_upstream: bool,
    /// The application's access key: calls are signed. Its secret comes in PORTAL__APP_SECRET or a file.
    #[arg(long, value_name = "KEY", requires = "upstream")]
    pub app_key: Option<String>,
    /// The file that holds the application's secret key.
    #[arg(long, value_name = "FILE", requires = "app_key")]
    pub app_secret_file: Option<PathBuf>,
    /// Server-to-server operations that pass for a user's session, by their names in the documentation.
    #[arg(long, value_name = "NAMES", value_delimiter = ',', action = ArgAction::Set, requires = "upstream")]
    pub operations: Vec<String>,
    /// How many seconds the service may be silent.
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=600))]
    pub timeout: u64,
    /// How many seconds connecting to the service may take.
    #[arg(long, value_name = "SECONDS", default_value_t = 5, value_parser = clap::value_parser!(u64).range(1..=60))]
    pub connect_timeout: u64,
    /// The largest request, in bytes.
    #[arg(long, value_name = "BYTES", default_value_t = 1 << 20, value_parser = within(BYTES))]
    pub max_request: usize,
    /// The largest reply, in bytes.
    #[arg(long, value_name = "BYTES", default_value_t = portal_api::MAX_REPLY_BYTES, value_parser = within(BYTES))]
    pub max_reply: usize,
    /// How many calls may wait for the service at once.
    #[arg(long, value_name = "N", default_value_t = 512, value_parser = within(1..=100_000))]
    pub max_calls: usize,

    /// Answers /app-portal-service/ with the reference service, and serves the sample applications.
    #[arg(long)]
    pub demo: bool,
    /// The folder of the sample applications.
    #[arg(long, value_name = "FOLDER", default_value = "sample-apps", requires = "demo")]
    pub samples: PathBuf,
    /// The port that serves the sample applications from another origin; 0 takes a free one.
    #[arg(long, value_name = "PORT", default_value_t = 8081, requires = "demo")]
    pub samples_port: u16,
    /// Every reply of the service waits so many milliseconds.
    #[arg(long, value_name = "N", default_value_t = 0, requires = "demo")]
    pub delay_ms: u32,
    /// So many calls in a hundred fail with HTTP 500, the same ones in every run.
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u8).range(0..=100), requires = "demo")]
    pub fail_percent: u8,
    /// How many seconds an access token lives.
    #[arg(long, value_name = "SECONDS", default_value_t = 3600, requires = "demo")]
    pub token_lifetime: u64,
    /// Counts the service's calls at /__demo/calls; POST sets the counters to nought.
    #[arg(long, requires = "demo")]
    pub counters: bool,

    /// The application's secret key as text, from the environment alone: an argument is seen by every user of a machine.
    #[arg(skip)]
    pub app_secret: Option<SecretText>,
}

/// A secret on its way to who keeps it. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretText(zeroize::Zeroizing<String>);

impl SecretText {
    /// Takes the text as it is.
    pub fn new(text: String) -> Self {
        Self(zeroize::Zeroizing::new(text))
    }

    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

impl core::fmt::Debug for SecretText {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("SecretText(…)")
    }
}

impl Options {
    pub(crate) fn tls(&self) -> Tls {
        if self.behind_tls || self.tls_certificate.is_some() { Tls::Yes } else { Tls::No }
    }

    pub(crate) fn grace(&self) -> Duration {
        let usual = if self.upstream.is_some() { 30 } else { 5 };
        Duration::from_secs(self.grace.unwrap_or(usual))
    }
}

impl Default for Options {
    /// What the command line without arguments means.
    fn default() -> Self {
        Self {
            config: None,
            check: false,
            print_headers: false,
            site: PathBuf::from("dist"),
            address: IpAddr::V4(Ipv4Addr::LOCALHOST),
            port: 8080,
            behind_tls: false,
            tls_certificate: None,
            tls_key: None,
            proxies: 0,
            proxy_addresses: Vec::new(),
            admin: None,
            log: Level::default(),
            drain: 0,
            grace: None,
            upstream: None,
            upstream_ca: None,
            plain_upstream: false,
            app_key: None,
            app_secret_file: None,
            operations: Vec::new(),
            timeout: 30,
            connect_timeout: 5,
            max_request: 1 << 20,
            max_reply: portal_api::MAX_REPLY_BYTES,
            max_calls: 512,
            demo: false,
            samples: PathBuf::from("sample-apps"),
            samples_port: 8081,
            delay_ms: 0,
            fail_percent: 0,
            token_lifetime: 3600,
            counters: false,
            app_secret: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Options;
    use clap::Parser as _;

    #[test]
    fn the_defaults_are_those_of_the_command_line() {
        assert_eq!(Options::parse_from(["portal-server"]), Options::default());
    }

    // A failure percentage without the service would be silently nothing.
    #[test]
    fn options_of_the_demo_need_the_demo() {
        for option in ["--delay-ms=5", "--fail-percent=5", "--token-lifetime=5", "--counters"] {
            assert!(Options::try_parse_from(["portal-server", option]).is_err(), "{option}");
            assert!(Options::try_parse_from(["portal-server", "--demo", option]).is_ok(), "{option}");
        }
        assert!(Options::try_parse_from(["portal-server", "--demo", "--fail-percent=101"]).is_err());
    }

    #[test]
    fn options_of_the_upstream_need_one() {
        for option in ["--app-key=k", "--operations=Sync Asset", "--upstream-ca=x", "--plain-upstream"] {
            assert!(Options::try_parse_from(["portal-server", option]).is_err(), "{option}");
            let with = ["portal-server", "--upstream=https://a.example", option];
            assert!(Options::try_parse_from(with).is_ok(), "{option}");
        }
        let both = ["portal-server", "--upstream=https://a.example", "--demo"];
        assert!(Options::try_parse_from(both).is_err());
        assert!(Options::try_parse_from(["portal-server", "--tls-certificate=x"]).is_err());
    }

    // A bound of nought would refuse everything, and one beyond all measure would end the start in a panic.
    #[test]
    fn bounds_have_bounds() {
        for (option, good) in [
            ("--max-calls=0", false),
            ("--max-calls=1", true),
            ("--max-calls=18446744073709551615", false),
            ("--max-request=0", false),
            ("--max-request=1024", true),
            ("--max-reply=18446744073709551615", false),
            ("--proxies=17", false),
            ("--drain=3600", true),
            ("--drain=18446744073709551615", false),
            ("--grace=3601", false),
        ] {
            assert_eq!(Options::try_parse_from(["portal-server", option]).is_ok(), good, "{option}");
        }
    }

    // hostile.md 20: an argument is seen by every user of the machine.
    #[test]
    fn the_secret_is_no_option() {
        for option in ["--app-secret=x", "--app-secret"] {
            assert!(Options::try_parse_from(["portal-server", option]).is_err(), "{option}");
        }
    }
}
