//! The screens. Each has the same parts in the same order: doc, parameters, data, view, private parts.

pub mod account_menu;
pub mod application;
pub mod banner;
pub mod connection;
pub mod copy_link;
pub mod follow;
pub mod further;
pub mod guard;
pub mod launcher;
pub mod messages;
pub mod new_version;
pub mod not_found;
pub mod notices;
pub mod organizations;
pub mod other_organization;
pub mod own_tab;
pub mod person;
pub mod preferences;
pub mod problem;
pub mod sign_in;
pub mod title;
pub mod unusable;
pub mod waiting;
pub mod way_back;
