//! What the portal does, without a browser: order, filter and search of applications, the menu tree, which
//! addresses may be opened, where a path leads, what to say about a failure, and the life of a session.
//!
//! Everything that depends on the browser (parsing of addresses, comparison of names, the clock) comes in as a
//! parameter, so that each rule here is tested natively.

pub mod assets;
pub mod bridge;
pub mod cache;
pub mod catalog;
pub mod console;
pub mod frames;
pub mod grabs;
pub mod grid;
pub mod inbox;
pub mod launch;
pub mod menu;
pub mod names;
pub mod notice;
pub mod outline;
pub mod pace;
pub mod patience;
pub mod people;
pub mod route;
pub mod rows;
pub mod search;
pub mod session;
pub mod settings;
pub mod sign_on;
pub mod structures;
pub mod text;
