//! The application portal in the browser. What it does is decided in portal-core; what it says to the service
//! stands in portal-api; here are the screens.

pub mod app;
pub mod browser;
pub mod components;
pub mod i18n;
pub mod landing;
pub mod lazy;
pub mod leaving;
pub mod pages;
pub mod query;
pub mod reactive;
pub mod routes;
pub mod session;
pub mod settings;
pub mod traces;
