//! Starts the host: reads the site, takes the ports, serves until told to stop.

use std::fs;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::base::Base;
use crate::files::Files;
use crate::health::{self, Health};
use crate::metrics::Metrics;
use crate::policy::{self, Headers, Origin, PolicyError, SiteFacts};
use crate::routes::{self, Behind, Demo, PortalHeaders, ReadyHeaders, SAMPLES_PREFIX, Site};
use crate::serve::{Port, serve};
use crate::service::Service;
use crate::tls::Ending;
use crate::upstream::Upstream;
use crate::{Options, StartError, plan, trial};

/// How often it is looked whether there is a new certificate.
const LOOK: Duration = Duration::from_secs(10);

/// A host that has its ports and serves when it is run.
#[derive(Debug)]
pub struct Server {
    portal: Port,
    samples: Option<Port>,
    admin: Option<Port>,
    upstream: Option<Arc<Upstream>>,
    leaving: Arc<AtomicBool>,
    drain: Duration,
    grace: Duration,
}

impl Server {
    /// Reads the site and the settings as for serving, and takes no port that is wanted: somebody may be serving there.
    ///
    /// # Errors
    /// As [`Server::bind`], but for ports.
    pub async fn check(options: &Options) -> Result<(), StartError> {
        apart(options)?;
        let mut options = options.clone();
        (options.port, options.samples_port) = (0, 0);
        options.admin = None;
        Self::bind(&options).await.map(drop)
    }

    /// Reads the site and takes the ports.
    ///
    /// # Errors
    /// The site is not there or says what cannot be served; a setting is wrong; a port cannot be had.
    pub async fn bind(options: &Options) -> Result<Self, StartError> {
        let index = options.site.join("index.html");
        if !index.is_file() {
            return Err(StartError::NoSite { folder: options.site.clone() });
        }
        apart(options)?;
        let index = fs::read_to_string(index).map_err(StartError::Io)?;
        let base = Base::of(&index);
        base.tell();
        let site = Site { files: Files::new(&options.site), base };
        let metrics = Arc::new(Metrics::new());
        let upstream = plan::upstream(options, &metrics)?;
        let tls = plan::ending(options)?;
        let leaving = Arc::new(AtomicBool::new(false));
        let health = Health { upstream: upstream.clone(), metrics, leaving: leaving.clone() };
        let listener = listen(options.address, options.port, "--port").await?;
        let admin = match options.admin {
            Some(address) => {
                let listener = listen(address.ip(), address.port(), "--admin").await?;
                Some(Port { listener, router: health::admin(health.clone()), tls: None })
            }
            None => None,
        };
        let (listener, router, samples) = if options.demo {
            Self::bind_demo(options, site, &index, listener, health::open(health)).await?
        } else {
            let facts = SiteFacts::read(&options.site).map_err(StartError::Policy)?;
            let headers = portal_headers(options, &facts)?;
            let folder = options.site.join(SAMPLES_PREFIX.trim_start_matches('/'));
            let inner = health::open(health).merge(sample_routes(options, &[], &folder)?);
            let behind = upstream.clone().map_or(Behind::Nothing, Behind::Upstream);
            (listener, routes::portal(site, inner, headers, behind), None)
        };
        let portal = Port { listener, router, tls };
        let (drain, grace) = (Duration::from_secs(options.drain), options.grace());
        Ok(Self { portal, samples, admin, upstream, leaving, drain, grace })
    }

    async fn bind_demo(
        options: &Options,
        site: Site,
        index: &str,
        listener: TcpListener,
        health: Router,
    ) -> Result<(TcpListener, Router, Option<Port>), StartError> {
        if !options.samples.is_dir() {
            return Err(StartError::NoSamples { folder: options.samples.clone() });
        }
        let second = listen(options.address, options.samples_port, "--samples-port").await?;
        let portal_origins = origins(local_address(&listener)?);
        let sample_origin = origins(local_address(&second)?).into_iter().next().unwrap_or_default();

        let settings = demo_settings(options, &sample_origin)?;
        let facts = SiteFacts::from_texts(&settings, index).map_err(StartError::Policy)?;
        let headers = portal_headers(options, &facts)?;

        let demo = Demo {
            service: Arc::new(Service::new(options, sample_origin)),
            settings: Bytes::from(settings),
            counters: options.counters,
        };
        let inner = health.merge(sample_routes(options, &[], &options.samples)?);
        let router = routes::portal(site.clone(), inner, headers, Behind::Demo(demo));

        let portal_origins: Vec<_> = portal_origins.iter().filter_map(|text| Origin::parse(text)).collect();
        let other_headers = ready(policy::headers(policy::samples_policy(&portal_origins), options.tls()))?;
        let other = sample_routes(options, &portal_origins, &options.samples)?;
        let other = routes::samples_alone(other, site.files, other_headers);
        Ok((listener, router, Some(Port { listener: second, router: other, tls: None })))
    }

    /// The address of the portal, for people: `http://127.0.0.1:8080/`.
    ///
    /// # Errors
    /// The system does not tell.
    pub fn address(&self) -> io::Result<String> {
        shown(&self.portal)
    }

    /// The address of the other origin that serves the sample applications.
    ///
    /// # Errors
    /// The system does not tell.
    pub fn samples_address(&self) -> io::Result<Option<String>> {
        self.samples.as_ref().map(shown).transpose()
    }

    /// The address of the port for operators.
    ///
    /// # Errors
    /// The system does not tell.
    pub fn admin_address(&self) -> io::Result<Option<String>> {
        self.admin.as_ref().map(shown).transpose()
    }

    /// Serves until `stop` ends; then says so at `/readyz` for a while, takes no new connection and lets those at work
    /// finish.
    ///
    /// # Errors
    /// The system takes a port away.
    pub async fn run(self, stop: impl Future<Output = ()> + Send + 'static) -> io::Result<()> {
        if let Some(upstream) = self.upstream {
            tokio::spawn(async move { upstream.prepare().await });
        }
        // A demonstration ends with the terminal that it was started from.
        if self.samples.is_none() || self.portal.tls.is_some() {
            tokio::spawn(look_again(self.portal.tls.clone(), Hangup::hear()));
        }
        let (sender, receiver) = watch::channel(false);
        let (leaving, drain, grace) = (self.leaving, self.drain, self.grace);
        tokio::spawn(async move {
            stop.await;
            leaving.store(true, Ordering::Relaxed);
            tokio::time::sleep(drain).await;
            sender.send_replace(true);
        });
        let ports = [Some(self.portal), self.samples, self.admin].into_iter().flatten();
        let tasks: Vec<_> = ports.map(|port| tokio::spawn(serve(port, receiver.clone(), grace))).collect();
        for task in tasks {
            task.await.map_err(io::Error::other)??;
        }
        Ok(())
    }
}

/// Two ports that are one would be found out by the system only, in words that name the wrong one.
fn apart(options: &Options) -> Result<(), StartError> {
    let Some(admin) = options.admin.filter(|admin| admin.port() == options.port && admin.port() != 0) else {
        return Ok(());
    };
    let (ip, own) = (admin.ip(), options.address);
    if ip != own && !ip.is_unspecified() && !own.is_unspecified() {
        return Ok(());
    }
    let problem = format!("must have another port than `port`, and not {}", admin.port());
    Err(StartError::Setting { key: "admin", problem })
}

/// Looks for a new certificate now and then, and at once on SIGHUP.
async fn look_again(tls: Option<Arc<Ending>>, mut hangup: Hangup) {
    loop {
        tokio::select! { () = tokio::time::sleep(LOOK) => (), () = hangup.told() => () }
        if let Some(tls) = tls.clone() {
            // Files may lie where reading takes a while.
            let _looked = tokio::task::spawn_blocking(move || tls.look()).await;
        }
    }
}

/// Hears SIGHUP, which ends nothing from then on, TLS or not: administrators send it to have files read again.
struct Hangup {
    #[cfg(unix)]
    signal: Option<tokio::signal::unix::Signal>,
}

impl Hangup {
    fn hear() -> Self {
        Self {
            #[cfg(unix)]
            signal: tokio::signal::unix::signal(tokio::signal::unix::SignalKind::hangup()).ok(),
        }
    }

    async fn told(&mut self) {
        #[cfg(unix)]
        if let Some(signal) = &mut self.signal {
            signal.recv().await;
            return;
        }
        core::future::pending().await
    }
}

/// The sample applications: in a sandbox on the portal's own origin, as themselves on another.
fn sample_routes(
    options: &Options,
    portal: &[Origin],
    folder: &std::path::Path,
) -> Result<Router, StartError> {
    let policy = policy::samples_policy(portal);
    let headers = if portal.is_empty() {
        policy::sandboxed_headers(&policy, options.tls())
    } else {
        policy::headers(policy, options.tls())
    };
    Ok(routes::samples(Files::new(folder), ready(headers)?))
}

fn portal_headers(options: &Options, facts: &SiteFacts) -> Result<PortalHeaders, StartError> {
    let policy = policy::content_security_policy(facts);
    Ok(PortalHeaders {
        others: ready(policy::sandboxed_headers(&policy, options.tls()))?,
        worker: ready(policy::headers(policy::worker_policy(facts), options.tls()))?,
        site: ready(policy::headers(policy, options.tls()))?,
    })
}

fn ready(headers: Headers) -> Result<ReadyHeaders, StartError> {
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

fn shown(port: &Port) -> io::Result<String> {
    let origin = origins(port.listener.local_addr()?).into_iter().next().unwrap_or_default();
    let origin = if port.tls.is_some() { origin.replacen("http:", "https:", 1) } else { origin };
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
