//! `cargo xtask bench server`: portal-server beside nginx, in one run on this machine, with the same replies: static files,
//! and calls that both only hand on. Besides, the calls that portal-server signs, which have a bound of their own, and its
//! memory over many calls.

mod client;
mod hosts;

use crate::{serve, shell, site::Site};
use anyhow::{Result, bail};
use client::{Measured, Target};
use hosts::Hosts;
use std::{path::PathBuf, time::Duration};

/// The least share of nginx's requests in a second.
const FORWARDED: f64 = 0.6;
const STATIC: f64 = 0.8;
/// The least and the most of signed calls in a second: a time is a millisecond, and is signed once. A second of times can be
/// taken ahead.
const SIGNED: (f64, f64) = (900.0, 1400.0);
/// How often each is measured, in turn, and how long each time; the median counts.
const ROUNDS: usize = 5;
const TIME: Duration = Duration::from_secs(3);
const CONNECTIONS: usize = 32;
/// Calls between the two looks at the memory, and what may be more at the second.
const CALLS: u64 = 100_000;
const GROWTH_KIB: u64 = 8 << 10;

/// Measures, prints, and fails where a bound is not held. With the folder of a built site, or the one that it builds.
pub(crate) fn run(folder: Option<&str>) -> Result<()> {
    let folder = match folder {
        Some(folder) => PathBuf::from(folder),
        None => {
            let site = Site::production("/")?;
            site.build_if_stale()?;
            site.folder()
        }
    };
    let hosts = Hosts::start(&serve::build()?, &folder)?;
    shell::say(&format!(
        "{CONNECTIONS} connections, {ROUNDS} rounds of {} s each, medians; requests in a second",
        TIME.as_secs()
    ));
    let mut failed = Vec::new();
    let forwarded = [Target::call(hosts.portal), Target::call(hosts.nginx)];
    compare("calls, forwarded", &forwarded, FORWARDED, &mut failed)?;
    signed(&hosts, &mut failed)?;
    for file in hosts.files()? {
        let both = [Target::file(hosts.portal, &file), Target::file(hosts.nginx, &file)];
        compare(&format!("file {file}"), &both, STATIC, &mut failed)?;
    }
    memory(&hosts, &mut failed)?;
    if failed.is_empty() { Ok(()) } else { bail!("below the bound: {}", failed.join(", ")) }
}

/// Measures portal-server and nginx in turn, so that both meet the same moods of the machine.
fn compare(what: &str, both: &[Target; 2], least: f64, failed: &mut Vec<String>) -> Result<()> {
    let mut rounds: [Vec<Measured>; 2] = [Vec::new(), Vec::new()];
    for _ in 0..ROUNDS {
        for (target, measured) in both.iter().zip(&mut rounds) {
            measured.push(client::measure(target, CONNECTIONS, TIME)?);
        }
    }
    let [portal, nginx] = rounds.map(client::median);
    let share = portal.per_second / nginx.per_second;
    let good = share >= least;
    println!(
        "{what}\n    portal-server {portal}\n    nginx         {nginx}\n    share {share:.2} (at least {least}): {}",
        if good { "held" } else { "NOT HELD" }
    );
    if !good {
        failed.push(what.to_owned());
    }
    Ok(())
}

/// As many as there are times, and none that is refused.
fn signed(hosts: &Hosts, failed: &mut Vec<String>) -> Result<()> {
    let target = Target::call(hosts.signing);
    let rounds: Result<Vec<_>> = (0..ROUNDS).map(|_| client::measure(&target, CONNECTIONS, TIME)).collect();
    let signed = client::median(rounds?);
    let good = (SIGNED.0..=SIGNED.1).contains(&signed.per_second);
    println!(
        "calls, signed\n    portal-server {signed}: {}",
        if good { "one a millisecond" } else { "NOT HELD" }
    );
    if !good {
        failed.push("calls, signed".to_owned());
    }
    Ok(())
}

fn memory(hosts: &Hosts, failed: &mut Vec<String>) -> Result<()> {
    let target = Target::call(hosts.portal);
    client::send(&target, CONNECTIONS, CALLS / 10)?;
    let before = hosts.portal_memory()?;
    client::send(&target, CONNECTIONS, CALLS)?;
    let after = hosts.portal_memory()?;
    let good = after <= before + GROWTH_KIB;
    println!(
        "memory of portal-server: {before} KiB, after {CALLS} more calls {after} KiB: {}",
        if good { "flat" } else { "NOT FLAT" }
    );
    if !good {
        failed.push("memory".to_owned());
    }
    Ok(())
}
