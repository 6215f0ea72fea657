//! Starts the host: reads the site, takes the ports, serves until told to stop.

use core::fmt;
use std::fs;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::Options;
use crate::files::Files;
use crate::policy::{self, Headers, Origin, PolicyError, SiteFacts};
use crate::routes::{self, Demo, ReadyHeaders, SAMPLES_PREFIX};
use crate::service::Service;
use crate::trial;

/// A host that has its ports and serves when it is run.
#[derive(Debug)]
pub struct Server {
    portal: (TcpListener, Router),
    samples: Option<(TcpListener, Router)>,
}

impl Server {
    /// Reads the site and takes the ports.
    ///
    /// # Errors
    /// The site is not there or says what cannot be served; a port cannot be had.
    pub async fn bind(options: &Options) -> Result<Self, StartError> {
        if !options.site.join("index.html").is_file() {
            return Err(StartError::NoSite { folder: options.site.clone() });
        }
        let listener = listen(options.address, options.port, "--port").await?;
        if options.demo {
            return Self::bind_demo(options, listener).await;
        }
        let facts = SiteFacts::read(&options.site).map_err(StartError::Policy)?;
        let headers = ready(options, policy::content_security_policy(&facts))?;
        let samples =
            sample_routes(options, &[], &options.site.join(SAMPLES_PREFIX.trim_start_matches('/')))?;
        let router = routes::portal(Files::new(&options.site), samples, headers, None);
        Ok(Self { portal: (listener, router), samples: None })
    }

    async fn bind_demo(options: &Options, listener: TcpListener) -> Result<Self, StartError> {
        if !options.samples.is_dir() {
            return Err(StartError::NoSamples { folder: options.samples.clone() });
        }
        let second = listen(options.address, options.samples_port, "--samples-port").await?;
        let portal_origins = origins(local_address(&listener)?);
        let sample_origin = origins(local_address(&second)?).into_iter().next().unwrap_or_default();

        let settings = demo_settings(options, &sample_origin)?;
        let index = fs::read_to_string(options.site.join("index.html")).map_err(StartError::Io)?;
        let facts = SiteFacts::from_texts(&settings, &index).map_err(StartError::Policy)?;
        let headers = ready(options, policy::content_security_policy(&facts))?;

        let demo = Demo {
            service: Arc::new(Service::new(options, sample_origin)),
            settings: Bytes::from(settings),
            counters: options.counters,
        };
        let samples = sample_routes(options, &[], &options.samples)?;
        let router = routes::portal(Files::new(&options.site), samples, headers, Some(demo));

        let portal_origins: Vec<_> = portal_origins.iter().filter_map(|text| Origin::parse(text)).collect();
        let other_headers = ready(options, policy::samples_policy(&portal_origins))?;
        let other = sample_routes(options, &portal_origins, &options.samples)?;
        let other = routes::samples_alone(other, Files::new(&options.site), other_headers);
        Ok(Self { portal: (listener, router), samples: Some((second, other)) })
    }

    /// The address of the portal, for people: `http://127.0.0.1:8080/`.
    ///
    /// # Errors
    /// The system does not tell.
    pub fn address(&self) -> io::Result<String> {
        shown(&self.portal.0)
    }

    /// The address of the other origin that serves the sample applications.
    ///
    /// # Errors
    /// The system does not tell.
    pub fn samples_address(&self) -> io::Result<Option<String>> {
        self.samples.as_ref().map(|(listener, _)| shown(listener)).transpose()
    }

    /// Serves until `stop` ends; then takes no new connection and lets those at work finish.
    ///
    /// # Errors
    /// The system takes a port away.
    pub async fn run(self, stop: impl Future<Output = ()> + Send + 'static) -> io::Result<()> {
        let (sender, receiver) = watch::channel(false);
        let (listener, router) = self.portal;
        let second = self.samples.map(|(listener, router)| {
            let stopped = stopped(receiver);
            tokio::spawn(async move { axum::serve(listener, router).with_graceful_shutdown(stopped).await })
        });
        let stop = async move {
            stop.await;
            sender.send_replace(true);
        };
        axum::serve(listener, router).with_graceful_shutdown(stop).await?;
        match second {
            Some(task) => task.await.map_err(io::Error::other)?,
            None => Ok(()),
        }
    }
}

async fn stopped(mut receiver: watch::Receiver<bool>) {
    // An error means that the sender is gone, which is an end too.
    let _ended = receiver.wait_for(|stopped| *stopped).await;
}

fn sample_routes(
    options: &Options,
    portal: &[Origin],
    folder: &std::path::Path,
) -> Result<Router, StartError> {
    let headers = ready(options, policy::samples_policy(portal))?;
    Ok(routes::samples(Files::new(folder), headers))
}

fn ready(options: &Options, policy: String) -> Result<ReadyHeaders, StartError> {
    let headers: Headers = policy::headers(policy, options.tls());
    routes::ready(headers).map_err(|name| StartError::Header { name })
}

/// `portal.json` with the sample applications' origin among those that are framed and may have the access token, and
/// with every way to sign in. It is not among those that have to greet: some samples are pages like any other.
fn demo_settings(options: &Options, sample_origin: &str) -> Result<String, StartError> {
    let text = match fs::read_to_string(options.site.join("portal.json")) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => "{}".to_owned(),
        Err(error) => return Err(StartError::Io(error)),
    };
    let mut settings: Value = serde_json::from_str(&text)
        .map_err(|error| StartError::Policy(PolicyError::NotJson { reason: error.to_string() }))?;
    if let Some(settings) = settings.as_object_mut() {
        // Without this no sample of the second port could be shown.
        let framed = settings.entry("frameOrigins").or_insert_with(|| json!([]));
        if let Some(framed) = framed.as_array_mut() {
            framed.push(json!(sample_origin));
        }
        settings.entry("tokenOrigins").or_insert_with(|| json!([sample_origin]));
    }
    trial::add_sign_in(&mut settings, SAMPLES_PREFIX);
    // What has another shape is refused, with its key, where the policy is made from it.
    Ok(settings.to_string())
}

async fn listen(address: IpAddr, port: u16, option: &'static str) -> Result<TcpListener, StartError> {
    let address = SocketAddr::new(address, port);
    TcpListener::bind(address).await.map_err(|error| match error.kind() {
        io::ErrorKind::AddrInUse => StartError::PortTaken { address, option },
        io::ErrorKind::PermissionDenied => StartError::PortForbidden { address, option },
        io::ErrorKind::AddrNotAvailable => StartError::NoSuchAddress { address },
        _ => StartError::Io(error),
    })
}

fn local_address(listener: &TcpListener) -> Result<SocketAddr, StartError> {
    listener.local_addr().map_err(StartError::Io)
}

fn shown(listener: &TcpListener) -> io::Result<String> {
    let origin = origins(listener.local_addr()?).into_iter().next().unwrap_or_default();
    Ok(format!("{origin}/"))
}

/// The origins under which a browser on this machine reaches an address, the one to print first. Policies know
/// no IPv6 addresses, so loopback goes by name there.
fn origins(address: SocketAddr) -> Vec<String> {
    let port = address.port();
    let ip = address.ip();
    let local = ip.is_loopback() || ip.is_unspecified();
    match ip {
        IpAddr::V4(_) if local => {
            vec![format!("http://127.0.0.1:{port}"), format!("http://localhost:{port}")]
        }
        IpAddr::V6(_) if local => vec![format!("http://localhost:{port}")],
        _ => vec![format!("http://{address}")],
    }
}

/// Why the host does not start, in words for the person who started it.
#[derive(Debug)]
pub enum StartError {
    /// The folder has no `index.html`, or is not there.
    NoSite {
        /// The folder.
        folder: PathBuf,
    },
    /// The folder of the sample applications is not there.
    NoSamples {
        /// The folder.
        folder: PathBuf,
    },
    /// The site's files say what no policy can be made from.
    Policy(PolicyError),
    /// A header cannot be sent.
    Header {
        /// Its name.
        name: &'static str,
    },
    /// Somebody else listens there.
    PortTaken {
        /// Where.
        address: SocketAddr,
        /// The option that names another port.
        option: &'static str,
    },
    /// The system keeps the port for others.
    PortForbidden {
        /// Where.
        address: SocketAddr,
        /// The option that names another port.
        option: &'static str,
    },
    /// This machine has no such address.
    NoSuchAddress {
        /// Which.
        address: SocketAddr,
    },
    /// Anything else that the system refuses.
    Io(io::Error),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSite { folder } => write!(
                f,
                "there is no built site in {0}: {0}/index.html is missing. Build it with `cargo xtask build`, or \
                 name its folder with --site",
                folder.display()
            ),
            Self::NoSamples { folder } => write!(
                f,
                "the sample applications are not in {}; name their folder with --samples",
                folder.display()
            ),
            Self::Policy(error) => error.fmt(f),
            Self::Header { name } => write!(f, "the header {name} cannot be sent"),
            Self::PortTaken { address, option } => {
                write!(f, "{address} is in use; choose another port with {option}")
            }
            Self::PortForbidden { address, option } => {
                write!(f, "{address} is not open to this user; choose another port with {option}")
            }
            Self::NoSuchAddress { address } => write!(f, "this machine has no address {}", address.ip()),
            Self::Io(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for StartError {}
