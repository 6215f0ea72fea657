//! The icons of the product: one per category of contract.md 1.26, and the controls. Drawn on 24 × 24, one stroke width.
//!
//! Each is one path compiled into the program (about 2 KiB compressed) instead of a sprite: a sprite file would cost a
//! round trip before the first tile is complete, an inline sprite would be sent with every page and make the browser
//! clone a shadow tree per icon.

use leptos::prelude::*;

use crate::view::{Part, view};

/// An icon.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum IconName {
    /// Category 21: Wind.
    Wind,
    /// Category 22: Solar.
    Solar,
    /// Category 23: Hydroelectricity.
    Hydro,
    /// Category 24: Thermal.
    Thermal,
    /// Category 25: Storage.
    Storage,
    /// Category 26: Pile (charging).
    Pile,
    /// Category 27: Electricity Sale.
    Sale,
    /// Category 28: Distribution Network.
    Distribution,
    /// Category 29: Micro Intelligent Network.
    Microgrid,
    /// Category 30: Industry Park.
    Park,
    /// Category 31: Smart Building.
    Building,
    /// Category 32: Smart City.
    City,
    /// Category 33: AI.
    Ai,
    /// Category 34: Other.
    Other,
    /// Category 35: Comprehensive.
    Comprehensive,
    /// Category 36: Substation.
    Substation,
    /// The portal's own sign.
    Logo,
    /// A magnifying glass.
    Search,
    /// An arrow down: something opens.
    Down,
    /// An arrow along the line of reading (class `turns`).
    Next,
    /// Load again.
    Reload,
    /// Open outside the portal.
    PopOut,
    /// Copy.
    Copy,
    /// Show or hide the panel at the start side.
    Panel,
    /// Made for phones.
    Phone,
    /// Cannot be opened.
    Ban,
    /// Opens in a tab of its own.
    NewTab,
    /// Close or clear.
    Close,
    /// Chosen.
    Check,
    /// Language.
    Globe,
    /// Theme.
    Moon,
    /// Sign out.
    SignOut,
    /// Change the organization.
    Swap,
    /// Something went wrong.
    Alert,
    /// Refused or not allowed.
    Lock,
    /// No connection.
    Offline,
    /// Wait, or too late.
    Clock,
    /// Nothing here.
    Empty,
    /// Show what is typed.
    Eye,
    /// Hide what is typed.
    EyeOff,
    /// Back (class `turns`).
    Back,
    /// Fill the screen.
    Fill,
    /// More of the same kind.
    More,
    /// Help.
    Help,
    /// Notifications.
    Bell,
    /// About this.
    Info,
}

impl IconName {
    /// The icon of a known category of the service (contract.md 1.26).
    pub fn of_category(id: &str) -> Option<Self> {
        Some(match id {
            "21" => Self::Wind,
            "22" => Self::Solar,
            "23" => Self::Hydro,
            "24" => Self::Thermal,
            "25" => Self::Storage,
            "26" => Self::Pile,
            "27" => Self::Sale,
            "28" => Self::Distribution,
            "29" => Self::Microgrid,
            "30" => Self::Park,
            "31" => Self::Building,
            "32" => Self::City,
            "33" => Self::Ai,
            "34" => Self::Other,
            "35" => Self::Comprehensive,
            "36" => Self::Substation,
            _ => return None,
        })
    }

    /// The outline, for the `d` of a path in a view box of 24 × 24.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Wind => {
                "M10.4 9a1.6 1.6 0 1 0 3.2 0a1.6 1.6 0 1 0-3.2 0M12 7.4V2.6c2 .6 2.6 2.6 1.4 4.9M13.4 9.8l4.2 2.4c-1.5 1.4-3.6.9-5-1.2M10.6 9.8l-4.2 2.4c-.4-2 1.1-3.5 3.6-3.6M12 11v10.4M9 21.4h6"
            }
            Self::Solar => {
                "M5.5 12.5h13l2 8h-17zM12 12.5v8M4.5 16.5h15M9.8 5.5a2.2 2.2 0 1 0 4.4 0a2.2 2.2 0 1 0-4.4 0M12 1.2v.6M7.7 5.5h-.6M16.9 5.5h-.6M8.9 2.4l.4.4M15.1 2.4l-.4.4"
            }
            Self::Hydro => {
                "M12 2.5c3 3.6 4.6 6 4.6 8.3a4.6 4.6 0 0 1-9.2 0C7.4 8.5 9 6.1 12 2.5zM2.5 18.5c1.6-1.3 3.2-1.3 4.75 0s3.2 1.3 4.75 0 3.2-1.3 4.75 0 3.2 1.3 4.75 0M5 21.7c1.2-.9 2.3-.9 3.5 0s2.3.9 3.5 0 2.3-.9 3.5 0 2.3.9 3.5 0"
            }
            Self::Thermal => {
                "M12 2.5c.5 3 4.9 5 4.9 10.1a4.9 4.9 0 0 1-9.8 0c0-2 .9-3.4 2.1-4.6.2 1.5.8 2.4 1.7 2.9-.4-3.3.2-6.1 1.1-8.4zM5 21.3h14"
            }
            Self::Storage => {
                "M5 7h12a2 2 0 0 1 2 2v6a2 2 0 0 1-2 2h-12a2 2 0 0 1-2-2v-6a2 2 0 0 1 2-2zM21.5 10.5v3M6.5 10v4M10 10v4M13.5 10v4"
            }
            Self::Pile => {
                "M6 3h6a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2h-6a2 2 0 0 1-2-2v-14a2 2 0 0 1 2-2zM2.8 21h12.4M9.7 7l-2 4h2.8l-1.5 3.5M14 12h1.5a2 2 0 0 1 2 2v2.5a1.7 1.7 0 0 0 3.4 0V9.5L18 6.5"
            }
            Self::Sale => {
                "M3 12.2V4.5A1.5 1.5 0 0 1 4.5 3h7.7l8.3 8.3a1.8 1.8 0 0 1 0 2.5l-6.7 6.7a1.8 1.8 0 0 1-2.5 0zM6.1 7.3a1.2 1.2 0 1 0 2.4 0a1.2 1.2 0 1 0-2.4 0M12.8 9.8l-2 3.2h3l-2 3.2"
            }
            Self::Distribution => {
                "M10 4.5a2 2 0 1 0 4 0a2 2 0 1 0-4 0M3 18.5a2 2 0 1 0 4 0a2 2 0 1 0-4 0M10 18.5a2 2 0 1 0 4 0a2 2 0 1 0-4 0M17 18.5a2 2 0 1 0 4 0a2 2 0 1 0-4 0M12 6.5v10M12 11.5H5v5M12 11.5h7v5"
            }
            Self::Microgrid => {
                "M12 2.8l7.8 4.5v9.4L12 21.2l-7.8-4.5V7.3zM9.8 12a2.2 2.2 0 1 0 4.4 0a2.2 2.2 0 1 0-4.4 0M12 9.8V2.8M13.9 13.1l5.9 3.6M10.1 13.1l-5.9 3.6"
            }
            Self::Park => {
                "M3 21V11l5.5 3.3V11l5.5 3.3V4h4.2l.8 17zM2 21h20M7 17.7h.01M11 17.7h.01M15 17.7h.01"
            }
            Self::Building => {
                "M5 21V4.5A1.5 1.5 0 0 1 6.5 3h7A1.5 1.5 0 0 1 15 4.5V21M15 9.5h2.5A1.5 1.5 0 0 1 19 11v10M3 21h18M8.3 7h.01M11.7 7h.01M8.3 11h.01M11.7 11h.01M8.5 21v-4.5h3V21"
            }
            Self::City => {
                "M3 21v-7l4-2.5 4 2.5v7M11 21V5.5L15.5 3 20 5.5V21M2 21h20M15.5 8.5v.01M15.5 12v.01M15.5 15.5v.01M7 16.5v.01"
            }
            Self::Ai => {
                "M8.5 6h7a2.5 2.5 0 0 1 2.5 2.5v7a2.5 2.5 0 0 1-2.5 2.5h-7a2.5 2.5 0 0 1-2.5-2.5v-7a2.5 2.5 0 0 1 2.5-2.5zM9.5 2.8V6M14.5 2.8V6M9.5 18v3.2M14.5 18v3.2M2.8 9.5H6M2.8 14.5H6M18 9.5h3.2M18 14.5h3.2M12 9.3l.8 1.9 1.9.8-1.9.8-.8 1.9-.8-1.9-1.9-.8 1.9-.8z"
            }
            Self::Other => {
                "M5.3 3.5h3.4a1.8 1.8 0 0 1 1.8 1.8v3.4a1.8 1.8 0 0 1-1.8 1.8h-3.4a1.8 1.8 0 0 1-1.8-1.8v-3.4a1.8 1.8 0 0 1 1.8-1.8zM17 3.5a3.5 3.5 0 0 1 3.5 3.5a3.5 3.5 0 0 1-3.5 3.5a3.5 3.5 0 0 1-3.5-3.5a3.5 3.5 0 0 1 3.5-3.5zM5.3 13.5h3.4a1.8 1.8 0 0 1 1.8 1.8v3.4a1.8 1.8 0 0 1-1.8 1.8h-3.4a1.8 1.8 0 0 1-1.8-1.8v-3.4a1.8 1.8 0 0 1 1.8-1.8zM17 13.8v6.4M13.8 17h6.4"
            }
            Self::Comprehensive => "M12 3l9 4.6-9 4.6-9-4.6zM3 12.2l9 4.6 9-4.6M3 16.6l9 4.6 9-4.6",
            Self::Substation => {
                "M12 2.5l4.5 19M12 2.5l-4.5 19M5 7.5h14M6.5 11.5h11M9.7 12l5.7 5M14.3 12l-5.7 5M5 7.5v1.8M19 7.5v1.8"
            }
            Self::Logo => "M4 20V9.5A8 8 0 0 1 12 2a8 8 0 0 1 8 7.5V20M9 20v-9.5a3 3 0 0 1 6 0V20",
            Self::Search => "M4 10.5a6.5 6.5 0 1 0 13 0a6.5 6.5 0 1 0-13 0M15.5 15.5L21 21",
            Self::Down => "M6 9.5l6 6 6-6",
            Self::Next => "M9.5 6l6 6-6 6",
            Self::Reload => "M20 12a8 8 0 1 1-2.4-5.7M20 3v4.5h-4.5",
            Self::PopOut => {
                "M13 4h7v7M20 4l-9 9M17 14.5V19a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V8a1 1 0 0 1 1-1h4.5"
            }
            Self::Copy => "M9 9h11v11H9zM5 15H4V4h11v1",
            Self::Panel => {
                "M5.5 4h13a2.5 2.5 0 0 1 2.5 2.5v11a2.5 2.5 0 0 1-2.5 2.5h-13a2.5 2.5 0 0 1-2.5-2.5v-11a2.5 2.5 0 0 1 2.5-2.5zM9 4v16"
            }
            Self::Phone => {
                "M9.5 2.5h5a2.5 2.5 0 0 1 2.5 2.5v14a2.5 2.5 0 0 1-2.5 2.5h-5a2.5 2.5 0 0 1-2.5-2.5v-14a2.5 2.5 0 0 1 2.5-2.5zM11 18.5h2"
            }
            Self::Ban => "M3.5 12a8.5 8.5 0 1 0 17 0a8.5 8.5 0 1 0-17 0M6 6l12 12",
            Self::NewTab => "M7 17L17 7M9 7h8v8",
            Self::Close => "M6 6l12 12M18 6L6 18",
            Self::Check => "M5 12.5l4.5 4.5L19 7.5",
            Self::Globe => {
                "M3.5 12a8.5 8.5 0 1 0 17 0a8.5 8.5 0 1 0-17 0M3.5 12h17M12 3.5c2.5 2.4 3.8 5.2 3.8 8.5s-1.3 6.1-3.8 8.5c-2.5-2.4-3.8-5.2-3.8-8.5s1.3-6.1 3.8-8.5z"
            }
            Self::Moon => "M20 14.2A8.2 8.2 0 1 1 9.8 4 6.6 6.6 0 0 0 20 14.2z",
            Self::SignOut => {
                "M14 4H6a1.5 1.5 0 0 0-1.5 1.5v13A1.5 1.5 0 0 0 6 20h8M10 12h10.5M17 8.5l3.5 3.5-3.5 3.5"
            }
            Self::Swap => "M4 8h15M15.5 4.5L19 8l-3.5 3.5M20 16H5M8.5 12.5L5 16l3.5 3.5",
            Self::Alert => "M12 4l9 15.5H3zM12 10v4.2M12 17v.01",
            Self::Lock => {
                "M7 10.5h10a2 2 0 0 1 2 2v5.5a2 2 0 0 1-2 2h-10a2 2 0 0 1-2-2v-5.5a2 2 0 0 1 2-2zM8 10.5V8a4 4 0 0 1 8 0v2.5M12 14.5v1.5"
            }
            Self::Offline => {
                "M3.5 3.5l17 17M8.5 16a5 5 0 0 1 7 0M5.2 12.7a9.8 9.8 0 0 1 4.3-2.4M14.6 10.3a9.8 9.8 0 0 1 4.2 2.4M2.5 9.2A14.5 14.5 0 0 1 6.8 6.5M11 5.3a14.5 14.5 0 0 1 10.5 3.9M12 19.5v.01"
            }
            Self::Clock => "M3.5 12a8.5 8.5 0 1 0 17 0a8.5 8.5 0 1 0-17 0M12 7v5l3.2 2",
            Self::Empty => {
                "M3.5 13.5l2.7-8a1.5 1.5 0 0 1 1.4-1h8.8a1.5 1.5 0 0 1 1.4 1l2.7 8v5A1.5 1.5 0 0 1 19 20H5a1.5 1.5 0 0 1-1.5-1.5zM3.5 13.5H8l1.5 3h5l1.5-3h4.5"
            }
            Self::Eye => {
                "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM9 12a3 3 0 1 0 6 0a3 3 0 1 0-6 0"
            }
            Self::EyeOff => {
                "M4 4l16 16M9.9 5.8A9 9 0 0 1 12 5.5c6 0 9.5 6.5 9.5 6.5a17 17 0 0 1-2.6 3.4M6.4 7.4A16.5 16.5 0 0 0 2.5 12S6 18.5 12 18.5a9 9 0 0 0 4.3-1.1M9.9 9.9a3 3 0 0 0 4.2 4.2"
            }
            Self::Back => "M19.5 12h-15M11 5.5L4.5 12l6.5 6.5",
            Self::Fill => "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
            Self::More => {
                "M4 12a1 1 0 1 0 2 0a1 1 0 1 0-2 0M11 12a1 1 0 1 0 2 0a1 1 0 1 0-2 0M18 12a1 1 0 1 0 2 0a1 1 0 1 0-2 0"
            }
            Self::Help => {
                "M3.5 12a8.5 8.5 0 1 0 17 0a8.5 8.5 0 1 0-17 0M9.6 9.4a2.5 2.5 0 1 1 3.6 2.3c-.8.4-1.2.9-1.2 1.8M12 16.5v.01"
            }
            Self::Bell => "M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15zM10 20.5a2 2 0 0 0 4 0",
            Self::Info => "M3.5 12a8.5 8.5 0 1 0 17 0a8.5 8.5 0 1 0-17 0M12 11v5.5M12 7.8v.01",
        }
    }
}

/// Draws an icon. It is decoration always: what it means stands beside it in words or in an accessible name.
#[component]
pub fn Icon(
    /// Which one.
    name: IconName,
    /// `i`, `i small` (16 px), `i turns` (mirrored in right-to-left text).
    #[prop(default = "i")]
    class: &'static str,
) -> Part {
    view! {
        <svg class=class viewBox="0 0 24 24" aria-hidden="true">
            <path d=name.path()></path>
        </svg>
    }
}
