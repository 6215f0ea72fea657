//! From settings to what they mean together: who stands behind this server, and how this server ends TLS.

use std::fs;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};

use crate::log::{self, Level};
use crate::metrics::Metrics;
use crate::open_file::readable_by_all;
use crate::options::SecretText;
use crate::policy::Tls;
use crate::tls::Ending;
use crate::upstream::{Application, Base, Limits, Plan, Secret, Upstream, server_operations};
use crate::{Options, StartError};

/// The key of `portal.json` that says which server-to-server operations the page may use.
const PAGE_OPERATIONS: &str = "serverOperations";

/// What stands behind this server, where something does.
pub(crate) fn upstream(
    options: &Options,
    metrics: &Arc<Metrics>,
) -> Result<Option<Arc<Upstream>>, StartError> {
    let Some(address) = &options.upstream else { return Ok(None) };
    let wrong = |key, problem: &str| StartError::Setting { key, problem: problem.to_owned() };
    let base = Base::parse(address).ok_or_else(|| {
        wrong("upstream", "must be an address such as https://gateway.example.com, without user and query")
    })?;
    if base.names_service() {
        return Err(wrong("upstream", "must end before /app-portal-service, which is added to it"));
    }
    if !base.is_private() && !options.plain_upstream {
        return Err(wrong(
            "upstream",
            "must be https: passwords and tokens go there. `plain-upstream` allows http in a network of your own",
        ));
    }
    let plan = Plan {
        base,
        application: application(options)?,
        operations: options.operations.clone(),
        limits: Limits {
            request_bytes: options.max_request,
            reply_bytes: options.max_reply,
            calls: options.max_calls,
            patience: Duration::from_secs(options.timeout),
            tls: options.tls() == Tls::Yes,
        },
        proxies: (options.proxies, options.proxy_addresses.clone()),
        connect: Duration::from_secs(options.connect_timeout),
    };
    let upstream = Upstream::new(plan, options.upstream_ca.as_deref(), metrics.clone());
    let upstream = upstream.map_err(|error| StartError::Tls { key: "upstream-ca", error })?;
    let upstream = upstream.map_err(|name| {
        let known: Vec<_> = server_operations().collect();
        let problem = format!("names {name:?}, which is none of: {}", known.join(", "));
        StartError::Setting { key: "operations", problem }
    })?;
    compare_operations(options);
    Ok(Some(Arc::new(upstream)))
}

/// Who signs. The secret comes from the environment or a file, never from an argument.
fn application(options: &Options) -> Result<Option<Application>, StartError> {
    let wrong = |key, problem: String| StartError::Setting { key, problem };
    let Some(key) = &options.app_key else {
        if options.app_secret.is_some() {
            return Err(wrong("app-key", "is missing, and there is a secret".to_owned()));
        }
        return Ok(None);
    };
    if key.is_empty() || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(wrong("app-key", "must be the access key of an application".to_owned()));
    }
    let secret = match (&options.app_secret, &options.app_secret_file) {
        (Some(_), Some(_)) => {
            return Err(wrong(
                "app-secret-file",
                "is there, and PORTAL__APP_SECRET too: one is enough".to_owned(),
            ));
        }
        (Some(secret), None) => Secret::parse(secret.reveal()),
        (None, Some(file)) => {
            if let Some(mode) = readable_by_all(file) {
                let problem = format!(
                    "names {}, which every user of this machine can read (mode {mode}): chmod 600, or 640 for a group",
                    file.display()
                );
                return Err(wrong("app-secret-file", problem));
            }
            let text = fs::read_to_string(file).map(SecretText::new).map_err(|error| {
                wrong("app-secret-file", format!("names {}, which cannot be read: {error}", file.display()))
            })?;
            Secret::parse(text.reveal())
        }
        (None, None) => {
            let problem = "needs its secret, in PORTAL__APP_SECRET or in the file of `app-secret-file`";
            return Err(wrong("app-key", problem.to_owned()));
        }
    };
    let secret = secret.ok_or_else(|| {
        wrong("app-secret-file", "or PORTAL__APP_SECRET must hold the secret key and nothing else".to_owned())
    })?;
    Ok(Some(Application { key: key.clone(), secret }))
}

/// Tells where this server and the page disagree about what passes: a page that asks in vain looks broken, and an
/// operation that is open without need should be closed.
fn compare_operations(options: &Options) {
    let text = fs::read_to_string(options.site.join("portal.json")).unwrap_or_default();
    let settings: Value = serde_json::from_str(&text).unwrap_or_default();
    let listed = settings.get(PAGE_OPERATIONS).and_then(Value::as_array);
    let page: Vec<&str> = listed.into_iter().flatten().filter_map(Value::as_str).collect();
    let own = &options.operations;
    let closed: Vec<&&str> = page.iter().filter(|name| own.iter().all(|own| own != **name)).collect();
    let unused: Vec<&String> = own.iter().filter(|name| !page.contains(&name.as_str())).collect();
    if !closed.is_empty() || !unused.is_empty() {
        let members = [("only_in_portal_json", json!(closed)), ("only_in_operations", json!(unused))];
        log::line(Level::Warn, "`operations` and serverOperations of portal.json differ", &members);
    }
}

/// What ends TLS here, where something does.
pub(crate) fn ending(options: &Options) -> Result<Option<Arc<Ending>>, StartError> {
    let Some((certificate, key)) = options.tls_certificate.as_ref().zip(options.tls_key.as_ref()) else {
        return Ok(None);
    };
    if let Some(mode) = readable_by_all(key) {
        let members = [("file", json!(key.display().to_string())), ("mode", json!(mode))];
        log::line(
            Level::Warn,
            "every user of this machine can read the file of `tls-key`: chmod 600",
            &members,
        );
    }
    let ending = Ending::new(certificate, key);
    ending
        .map(|ending| Some(Arc::new(ending)))
        .map_err(|error| StartError::Tls { key: "tls-certificate", error })
}
