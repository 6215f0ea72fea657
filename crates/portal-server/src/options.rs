//! What the host can be told on the command line.

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;

use clap::Parser;

use crate::policy::Tls;

/// Serves the built portal; with --demo also the reference service and the sample applications.
#[derive(Parser, Clone, PartialEq, Eq, Debug)]
#[command(name = "portal-server", version)]
pub struct Options {
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
    /// Prints the headers of the site for the configuration of another server, and ends.
    #[arg(long)]
    pub print_headers: bool,
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
}

impl Options {
    pub(crate) fn tls(&self) -> Tls {
        if self.behind_tls { Tls::Yes } else { Tls::No }
    }
}

impl Default for Options {
    /// What the command line without arguments means.
    fn default() -> Self {
        Self {
            site: PathBuf::from("dist"),
            address: IpAddr::V4(Ipv4Addr::LOCALHOST),
            port: 8080,
            behind_tls: false,
            print_headers: false,
            demo: false,
            samples: PathBuf::from("sample-apps"),
            samples_port: 8081,
            delay_ms: 0,
            fail_percent: 0,
            token_lifetime: 3600,
            counters: false,
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
}
