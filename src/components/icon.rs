//! The icons of the product: one per category of contract.md 1.26, and the controls. Drawn on 24 × 24, one stroke width.
//!
//! Each is one path compiled into the program (about 2 KiB compressed) instead of a sprite: a sprite file would cost a
//! round trip before the first tile is complete, an inline sprite would be sent with every page and make the browser
//! clone a shadow tree per icon.

use leptos::prelude::*;

/// An icon.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct IconName(
    /// The outline, for the `d` of a path in a view box of 24 × 24.
    &'static str,
);

impl IconName {
    /// Category 21: Wind.
    pub const WIND: Self = Self(
        "M10.4 9a1.6 1.6 0 1 0 3.2 0a1.6 1.6 0 1 0-3.2 0M12 7.4V2.6c2 .6 2.6 2.6 1.4 4.9M13.4 9.8l4.2 2.4c-1.5 1.4-3.6.9-5-1.2M10.6 9.8l-4.2 2.4c-.4-2 1.1-3.5 3.6-3.6M12 11v10.4M9 21.4h6",
    );
    /// Category 22: Solar.
    pub const SOLAR: Self = Self(
        "M5.5 12.5h13l2 8h-17zM12 12.5v8M4.5 16.5h15M9.8 5.5a2.2 2.2 0 1 0 4.4 0a2.2 2.2 0 1 0-4.4 0M12 1.2v.6M7.7 5.5h-.6M16.9 5.5h-.6M8.9 2.4l.4.4M15.1 2.4l-.4.4",
    );
    /// Category 23: Hydroelectricity.
    pub const HYDRO: Self = Self(
        "M12 2.5c3 3.6 4.6 6 4.6 8.3a4.6 4.6 0 0 1-9.2 0C7.4 8.5 9 6.1 12 2.5zM2.5 18.5c1.6-1.3 3.2-1.3 4.75 0s3.2 1.3 4.75 0 3.2-1.3 4.75 0 3.2 1.3 4.75 0M5 21.7c1.2-.9 2.3-.9 3.5 0s2.3.9 3.5 0 2.3-.9 3.5 0 2.3.9 3.5 0",
    );
    /// Category 24: Thermal.
    pub const THERMAL: Self = Self(
        "M12 2.5c.5 3 4.9 5 4.9 10.1a4.9 4.9 0 0 1-9.8 0c0-2 .9-3.4 2.1-4.6.2 1.5.8 2.4 1.7 2.9-.4-3.3.2-6.1 1.1-8.4zM5 21.3h14",
    );
    /// Category 25: Storage.
    pub const STORAGE: Self = Self(
        "M5 7h12a2 2 0 0 1 2 2v6a2 2 0 0 1-2 2h-12a2 2 0 0 1-2-2v-6a2 2 0 0 1 2-2zM21.5 10.5v3M6.5 10v4M10 10v4M13.5 10v4",
    );
    /// Category 26: Pile (charging).
    pub const PILE: Self = Self(
        "M6 3h6a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2h-6a2 2 0 0 1-2-2v-14a2 2 0 0 1 2-2zM2.8 21h12.4M9.7 7l-2 4h2.8l-1.5 3.5M14 12h1.5a2 2 0 0 1 2 2v2.5a1.7 1.7 0 0 0 3.4 0V9.5L18 6.5",
    );
    /// Category 27: Electricity Sale.
    pub const SALE: Self = Self(
        "M3 12.2V4.5A1.5 1.5 0 0 1 4.5 3h7.7l8.3 8.3a1.8 1.8 0 0 1 0 2.5l-6.7 6.7a1.8 1.8 0 0 1-2.5 0zM6.1 7.3a1.2 1.2 0 1 0 2.4 0a1.2 1.2 0 1 0-2.4 0M12.8 9.8l-2 3.2h3l-2 3.2",
    );
    /// Category 28: Distribution Network.
    pub const DISTRIBUTION: Self = Self(
        "M10 4.5a2 2 0 1 0 4 0a2 2 0 1 0-4 0M3 18.5a2 2 0 1 0 4 0a2 2 0 1 0-4 0M10 18.5a2 2 0 1 0 4 0a2 2 0 1 0-4 0M17 18.5a2 2 0 1 0 4 0a2 2 0 1 0-4 0M12 6.5v10M12 11.5H5v5M12 11.5h7v5",
    );
    /// Category 29: Micro Intelligent Network.
    pub const MICROGRID: Self = Self(
        "M12 2.8l7.8 4.5v9.4L12 21.2l-7.8-4.5V7.3zM9.8 12a2.2 2.2 0 1 0 4.4 0a2.2 2.2 0 1 0-4.4 0M12 9.8V2.8M13.9 13.1l5.9 3.6M10.1 13.1l-5.9 3.6",
    );
    /// Category 30: Industry Park.
    pub const PARK: Self =
        Self("M3 21V11l5.5 3.3V11l5.5 3.3V4h4.2l.8 17zM2 21h20M7 17.7h.01M11 17.7h.01M15 17.7h.01");
    /// Category 31: Smart Building.
    pub const BUILDING: Self = Self(
        "M5 21V4.5A1.5 1.5 0 0 1 6.5 3h7A1.5 1.5 0 0 1 15 4.5V21M15 9.5h2.5A1.5 1.5 0 0 1 19 11v10M3 21h18M8.3 7h.01M11.7 7h.01M8.3 11h.01M11.7 11h.01M8.5 21v-4.5h3V21",
    );
    /// Category 32: Smart City.
    pub const CITY: Self = Self(
        "M3 21v-7l4-2.5 4 2.5v7M11 21V5.5L15.5 3 20 5.5V21M2 21h20M15.5 8.5v.01M15.5 12v.01M15.5 15.5v.01M7 16.5v.01",
    );
    /// Category 33: AI.
    pub const AI: Self = Self(
        "M8.5 6h7a2.5 2.5 0 0 1 2.5 2.5v7a2.5 2.5 0 0 1-2.5 2.5h-7a2.5 2.5 0 0 1-2.5-2.5v-7a2.5 2.5 0 0 1 2.5-2.5zM9.5 2.8V6M14.5 2.8V6M9.5 18v3.2M14.5 18v3.2M2.8 9.5H6M2.8 14.5H6M18 9.5h3.2M18 14.5h3.2M12 9.3l.8 1.9 1.9.8-1.9.8-.8 1.9-.8-1.9-1.9-.8 1.9-.8z",
    );
    /// Category 34: Other.
    pub const OTHER: Self = Self(
        "M5.3 3.5h3.4a1.8 1.8 0 0 1 1.8 1.8v3.4a1.8 1.8 0 0 1-1.8 1.8h-3.4a1.8 1.8 0 0 1-1.8-1.8v-3.4a1.8 1.8 0 0 1 1.8-1.8zM17 3.5a3.5 3.5 0 0 1 3.5 3.5a3.5 3.5 0 0 1-3.5 3.5a3.5 3.5 0 0 1-3.5-3.5a3.5 3.5 0 0 1 3.5-3.5zM5.3 13.5h3.4a1.8 1.8 0 0 1 1.8 1.8v3.4a1.8 1.8 0 0 1-1.8 1.8h-3.4a1.8 1.8 0 0 1-1.8-1.8v-3.4a1.8 1.8 0 0 1 1.8-1.8zM17 13.8v6.4M13.8 17h6.4",
    );
    /// Category 35: Comprehensive.
    pub const COMPREHENSIVE: Self = Self("M12 3l9 4.6-9 4.6-9-4.6zM3 12.2l9 4.6 9-4.6M3 16.6l9 4.6 9-4.6");
    /// Category 36: Substation.
    pub const SUBSTATION: Self = Self(
        "M12 2.5l4.5 19M12 2.5l-4.5 19M5 7.5h14M6.5 11.5h11M9.7 12l5.7 5M14.3 12l-5.7 5M5 7.5v1.8M19 7.5v1.8",
    );
    /// The portal's own sign.
    pub const LOGO: Self = Self("M4 20V9.5A8 8 0 0 1 12 2a8 8 0 0 1 8 7.5V20M9 20v-9.5a3 3 0 0 1 6 0V20");
    /// A magnifying glass.
    pub const SEARCH: Self = Self("M4 10.5a6.5 6.5 0 1 0 13 0a6.5 6.5 0 1 0-13 0M15.5 15.5L21 21");
    /// An arrow down: something opens.
    pub const DOWN: Self = Self("M6 9.5l6 6 6-6");
    /// An arrow along the line of reading (class `turns`).
    pub const NEXT: Self = Self("M9.5 6l6 6-6 6");
    /// Load again.
    pub const RELOAD: Self = Self("M20 12a8 8 0 1 1-2.4-5.7M20 3v4.5h-4.5");
    /// Open outside the portal.
    pub const POP_OUT: Self =
        Self("M13 4h7v7M20 4l-9 9M17 14.5V19a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V8a1 1 0 0 1 1-1h4.5");
    /// Copy.
    pub const COPY: Self = Self("M9 9h11v11H9zM5 15H4V4h11v1");
    /// Show or hide the panel at the start side.
    pub const PANEL: Self = Self(
        "M5.5 4h13a2.5 2.5 0 0 1 2.5 2.5v11a2.5 2.5 0 0 1-2.5 2.5h-13a2.5 2.5 0 0 1-2.5-2.5v-11a2.5 2.5 0 0 1 2.5-2.5zM9 4v16",
    );
    /// Made for phones.
    pub const PHONE: Self = Self(
        "M9.5 2.5h5a2.5 2.5 0 0 1 2.5 2.5v14a2.5 2.5 0 0 1-2.5 2.5h-5a2.5 2.5 0 0 1-2.5-2.5v-14a2.5 2.5 0 0 1 2.5-2.5zM11 18.5h2",
    );
    /// Cannot be opened.
    pub const BAN: Self = Self("M3.5 12a8.5 8.5 0 1 0 17 0a8.5 8.5 0 1 0-17 0M6 6l12 12");
    /// Opens in a tab of its own.
    pub const NEW_TAB: Self = Self("M7 17L17 7M9 7h8v8");
    /// Close or clear.
    pub const CLOSE: Self = Self("M6 6l12 12M18 6L6 18");
    /// Chosen.
    pub const CHECK: Self = Self("M5 12.5l4.5 4.5L19 7.5");
    /// Language.
    pub const GLOBE: Self = Self(
        "M3.5 12a8.5 8.5 0 1 0 17 0a8.5 8.5 0 1 0-17 0M3.5 12h17M12 3.5c2.5 2.4 3.8 5.2 3.8 8.5s-1.3 6.1-3.8 8.5c-2.5-2.4-3.8-5.2-3.8-8.5s1.3-6.1 3.8-8.5z",
    );
    /// Theme.
    pub const MOON: Self = Self("M20 14.2A8.2 8.2 0 1 1 9.8 4 6.6 6.6 0 0 0 20 14.2z");
    /// Sign out.
    pub const SIGN_OUT: Self =
        Self("M14 4H6a1.5 1.5 0 0 0-1.5 1.5v13A1.5 1.5 0 0 0 6 20h8M10 12h10.5M17 8.5l3.5 3.5-3.5 3.5");
    /// Change the organization.
    pub const SWAP: Self = Self("M4 8h15M15.5 4.5L19 8l-3.5 3.5M20 16H5M8.5 12.5L5 16l3.5 3.5");
    /// Something went wrong.
    pub const ALERT: Self = Self("M12 4l9 15.5H3zM12 10v4.2M12 17v.01");
    /// Refused or not allowed.
    pub const LOCK: Self = Self(
        "M7 10.5h10a2 2 0 0 1 2 2v5.5a2 2 0 0 1-2 2h-10a2 2 0 0 1-2-2v-5.5a2 2 0 0 1 2-2zM8 10.5V8a4 4 0 0 1 8 0v2.5M12 14.5v1.5",
    );
    /// No connection.
    pub const OFFLINE: Self = Self(
        "M3.5 3.5l17 17M8.5 16a5 5 0 0 1 7 0M5.2 12.7a9.8 9.8 0 0 1 4.3-2.4M14.6 10.3a9.8 9.8 0 0 1 4.2 2.4M2.5 9.2A14.5 14.5 0 0 1 6.8 6.5M11 5.3a14.5 14.5 0 0 1 10.5 3.9M12 19.5v.01",
    );
    /// Wait, or too late.
    pub const CLOCK: Self = Self("M3.5 12a8.5 8.5 0 1 0 17 0a8.5 8.5 0 1 0-17 0M12 7v5l3.2 2");
    /// Nothing here.
    pub const EMPTY: Self = Self(
        "M3.5 13.5l2.7-8a1.5 1.5 0 0 1 1.4-1h8.8a1.5 1.5 0 0 1 1.4 1l2.7 8v5A1.5 1.5 0 0 1 19 20H5a1.5 1.5 0 0 1-1.5-1.5zM3.5 13.5H8l1.5 3h5l1.5-3h4.5",
    );
    /// Show what is typed.
    pub const EYE: Self = Self(
        "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM9 12a3 3 0 1 0 6 0a3 3 0 1 0-6 0",
    );
    /// Hide what is typed.
    pub const EYE_OFF: Self = Self(
        "M4 4l16 16M9.9 5.8A9 9 0 0 1 12 5.5c6 0 9.5 6.5 9.5 6.5a17 17 0 0 1-2.6 3.4M6.4 7.4A16.5 16.5 0 0 0 2.5 12S6 18.5 12 18.5a9 9 0 0 0 4.3-1.1M9.9 9.9a3 3 0 0 0 4.2 4.2",
    );
    /// Back (class `turns`).
    pub const BACK: Self = Self("M19.5 12h-15M11 5.5L4.5 12l6.5 6.5");
    /// Fill the screen.
    pub const FILL: Self = Self("M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5");
    /// More of the same kind.
    pub const MORE: Self = Self(
        "M4 12a1 1 0 1 0 2 0a1 1 0 1 0-2 0M11 12a1 1 0 1 0 2 0a1 1 0 1 0-2 0M18 12a1 1 0 1 0 2 0a1 1 0 1 0-2 0",
    );
    /// Help.
    pub const HELP: Self = Self(
        "M3.5 12a8.5 8.5 0 1 0 17 0a8.5 8.5 0 1 0-17 0M9.6 9.4a2.5 2.5 0 1 1 3.6 2.3c-.8.4-1.2.9-1.2 1.8M12 16.5v.01",
    );
    /// Notifications.
    pub const BELL: Self = Self("M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15zM10 20.5a2 2 0 0 0 4 0");
    /// About this.
    pub const INFO: Self = Self("M3.5 12a8.5 8.5 0 1 0 17 0a8.5 8.5 0 1 0-17 0M12 11v5.5M12 7.8v.01");
    /// A person.
    pub const PERSON: Self =
        Self("M8.2 8a3.8 3.8 0 1 0 7.6 0a3.8 3.8 0 1 0-7.6 0M4.5 20.5c0-4 3.3-6.5 7.5-6.5s7.5 2.5 7.5 6.5");
    /// Several people.
    pub const PEOPLE: Self = Self(
        "M5.2 8a3.3 3.3 0 1 0 6.6 0a3.3 3.3 0 1 0-6.6 0M2 19.5c0-3.6 2.8-6 6.5-6s6.5 2.4 6.5 6M15 4.9a3.3 3.3 0 0 1 0 6.2M17.5 14c2.7.7 4.5 2.8 4.5 5.5",
    );
    /// One asset.
    pub const ASSET: Self = Self("M12 3l8 4.5v9L12 21l-8-4.5v-9zM4 7.5l8 4.5 8-4.5M12 12v9");
    /// Assets as a tree.
    pub const ASSETS: Self = Self("M4 3.5h5v4H4zM14 9.5h6v4h-6zM14 16.5h6v4h-6zM6.5 7.5v11H14M6.5 11.5H14");
    /// A prompt.
    pub const CONSOLE: Self = Self(
        "M4.5 4h15A1.5 1.5 0 0 1 21 5.5v13a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 18.5v-13A1.5 1.5 0 0 1 4.5 4zM7 9l3 3-3 3M12.5 15h4.5",
    );

    /// The order of a column, by the style sheet: none, rising or falling.
    pub const SORT: Self = Self("M8 10l4-4 4 4M8 14l4 4 4-4");

    /// The icon of a known category of the service (contract.md 1.26).
    pub fn of_category(id: &str) -> Option<Self> {
        Some(match id {
            "21" => Self::WIND,
            "22" => Self::SOLAR,
            "23" => Self::HYDRO,
            "24" => Self::THERMAL,
            "25" => Self::STORAGE,
            "26" => Self::PILE,
            "27" => Self::SALE,
            "28" => Self::DISTRIBUTION,
            "29" => Self::MICROGRID,
            "30" => Self::PARK,
            "31" => Self::BUILDING,
            "32" => Self::CITY,
            "33" => Self::AI,
            "34" => Self::OTHER,
            "35" => Self::COMPREHENSIVE,
            "36" => Self::SUBSTATION,
            _ => return None,
        })
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
) -> impl IntoView {
    view! {
        <svg class=class viewBox="0 0 24 24" aria-hidden="true">
            <path d=name.0></path>
        </svg>
    }
}
