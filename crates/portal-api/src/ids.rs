//! Identifiers. Opaque text, never parsed (contract.md §6, 10); a number is taken as its digits.

use core::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::lenient;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub struct $name(Box<str>);

        impl $name {
            /// Takes any text but the empty one.
            pub fn parse(text: &str) -> Option<Self> {
                (!text.is_empty()).then(|| Self(text.into()))
            }

            /// The identifier as the service wrote it.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                lenient::parsed(deserializer, Self::parse, "no identifier")
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id! {
    /// An organization (OU) of the user.
    OrganizationId
}
id! {
    /// An application; the same text is its access key (contract.md 1.26).
    ApplicationId
}
id! {
    /// An asset, or a node of the structure that assets stand in.
    AssetId
}
id! {
    /// A menu entry of one application.
    MenuId
}
id! {
    /// A user of the portal.
    UserId
}
id! {
    /// A domain: where accounts of one house are kept (contract.md 1.13).
    DomainId
}
id! {
    /// A category of applications; numbers in practice, and the list may grow (contract.md 1.26).
    CategoryId
}
id! {
    /// A message of an application; chosen by whoever creates it (contract.md 1.22).
    MessageId
}
id! {
    /// A node of the structure that people and assets stand in.
    StructureId
}
id! {
    /// A role of an organization.
    RoleId
}
