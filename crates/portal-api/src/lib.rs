//! The wire contract of the EnOS Application Portal service, and a client for it.
//!
//! What the service sends is read leniently, once, and turned into the types of this crate, which have no
//! doubt left in them. Nothing here knows a browser, a clock or a screen.

pub mod application;
pub mod asset;
pub mod authentication;
mod body;
mod client;
mod code;
pub mod describe;
pub mod encoding;
mod endpoint;
mod envelope;
mod error;
mod ids;
pub mod json;
mod lenient;
mod listed;
mod localized;
mod mask;
pub mod message;
mod narrow;
pub mod organization;
mod page;
pub mod password;
pub mod people;
mod person;
mod retry_after;
pub mod role;
mod secret;
pub mod structure;
mod tag;
mod time;
pub mod verification;

pub use application::{Application, ApplicationKind, Category, Menu, Permission};
pub use authentication::TokenPair;
pub use body::Body;
pub use client::{Authorized, Client, MAX_REPLY_BYTES, Request, Response, TOKEN_HEADER, Transport, reply};
pub use code::Code;
pub use endpoint::{
    Access, Audience, ENDPOINTS, Endpoint, Family, Method, MissingParameter, Parts, Public, Spec, User,
};
pub use envelope::open;
pub use error::{Error, ErrorKind, TransportFailure};
pub use ids::{
    ApplicationId, AssetId, CategoryId, DomainId, MenuId, MessageId, OrganizationId, RoleId, StructureId,
    UserId,
};
pub use lenient::Mismatch;
pub use listed::Listed;
pub use localized::{Locale, Localized};
pub use mask::mask;
pub use narrow::narrow;
pub use organization::{Organization, Viewer};
pub use page::{Page, Paged};
pub use person::{AccountKind, Person};
pub use secret::{AccessToken, AuthorizationCode, Password, RefreshToken, VerificationCode};
pub use tag::Tag;
pub use time::read_time;

/// The path prefix that every operation shares (contract.md §1).
pub const SERVICE_PREFIX: &str = "/app-portal-service";
