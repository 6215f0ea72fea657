//! What this crate promises, by the rules of contract.md §6 and hostile.md G.

#[cfg(test)]
mod client;
#[cfg(test)]
mod common;
#[cfg(test)]
mod describe;
#[cfg(test)]
mod encoding;
#[cfg(test)]
mod json;
#[cfg(test)]
mod mutations;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod quirks_applications;
#[cfg(test)]
mod quirks_assets;
#[cfg(test)]
mod quirks_envelope;
#[cfg(test)]
mod quirks_menus;
#[cfg(test)]
mod quirks_messages;
#[cfg(test)]
mod quirks_people;
#[cfg(test)]
mod quirks_roles;
#[cfg(test)]
mod quirks_sign_in;
#[cfg(test)]
mod quirks_sign_in_kinds;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod samples_lists;
#[cfg(test)]
mod secrets;
#[cfg(test)]
mod wire;
