//! `portal-server`: the command line around the library.

use std::fmt::Display;
use std::io::{self, Write as _};
use std::process::ExitCode;
use std::sync::Arc;

use portal_server::policy::{self, Tls};
use portal_server::{Options, OptionsError, Server, StartError, set_level};
use tokio::sync::Notify;

fn main() -> ExitCode {
    let options = match Options::load(std::env::args_os().skip(1), std::env::vars_os()) {
        Ok(options) => options,
        // With colours and the right status, also for help and version.
        Err(OptionsError::Arguments(error)) => error.exit(),
        Err(error) => return fail(&error),
    };
    set_level(options.log);
    let outcome = if options.print_headers { print_headers(&options) } else { serve(&options) };
    outcome.map_or_else(|error| fail(&error), |()| ExitCode::SUCCESS)
}

fn fail(error: &dyn Display) -> ExitCode {
    // Nothing is left to do where even this cannot be written.
    let _written = writeln!(io::stderr(), "portal-server: {error}");
    ExitCode::FAILURE
}

fn print_headers(options: &Options) -> Result<(), StartError> {
    let tls = if options.behind_tls || options.tls_certificate.is_some() { Tls::Yes } else { Tls::No };
    portal_server::tell_base(&options.site);
    let headers = policy::printed(&options.site, tls).map_err(StartError::Policy)?;
    io::stdout().lock().write_all(headers.as_bytes()).map_err(StartError::Io)
}

fn serve(options: &Options) -> Result<(), StartError> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(StartError::Io)?;
    runtime.block_on(async {
        if options.check {
            Server::check(options).await?;
            return writeln!(io::stdout(), "The settings and the site are in order").map_err(StartError::Io);
        }
        let server = Server::bind(options).await?;
        greet(options, &server).map_err(StartError::Io)?;
        server.run(told_to_stop()).await.map_err(StartError::Io)
    })
}

fn greet(options: &Options, server: &Server) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "The portal is at {}", server.address()?)?;
    if let Some(samples) = server.samples_address()? {
        writeln!(out, "Sample applications of another origin are at {samples}")?;
    }
    if let Some(admin) = server.admin_address()? {
        writeln!(out, "Numbers for operators are at {admin}metrics")?;
    }
    if options.demo {
        let accounts = portal_demo::accounts();
        let width =
            accounts.iter().map(|account| account.account.len()).max().unwrap_or(0).max("Account".len());
        writeln!(out, "\n{:width$}  Password  What it shows", "Account")?;
        for account in accounts {
            writeln!(out, "{:width$}  {:8}  {}", account.account, account.password, account.shows)?;
        }
        writeln!(out)?;
    }
    writeln!(out, "Ctrl-C ends it.")?;
    out.flush()
}

/// Ends with Ctrl-C, or where the system asks for the end.
async fn told_to_stop() {
    let told = Arc::new(Notify::new());
    let interrupted = told.clone();
    tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            interrupted.notify_one();
        }
    });
    #[cfg(unix)]
    let terminated = told.clone();
    #[cfg(unix)]
    tokio::spawn(async move {
        if let Ok(mut signal) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            signal.recv().await;
            terminated.notify_one();
        }
    });
    told.notified().await;
}
