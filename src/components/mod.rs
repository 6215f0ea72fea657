//! Parts used by more than one page. They know no session, no page and no client: texts and values come in, events go
//! out. Their markup and classes are described in style/README.md.

pub mod again;
pub mod art;
pub mod chips;
pub mod choice;
pub mod countdown;
pub mod details;
pub mod dialog;
pub mod icon;
pub mod mark;
pub mod marked;
pub mod menu_button;
pub mod menu_panel;
pub mod notice;
pub mod rows;
pub mod search_box;
pub mod sift;
pub mod skeleton;
pub mod slow;
pub mod spinner;
pub mod table;
pub mod tabs;
pub mod toast;
pub mod tree;

pub use again::{again, again_after};
pub use art::Art;
pub use chips::{ChipItem, Chips};
pub use choice::Choice;
pub use countdown::Countdown;
pub use details::{DETAILS_TITLE, Details};
pub use dialog::Dialog;
pub use icon::{Icon, IconName};
pub use mark::{InitialsMark, Mark};
pub use marked::marked;
pub use menu_button::{Menu, MenuButton, menu_box};
pub use menu_panel::{MenuEntry, menu_panel};
pub use notice::{Notice, PageState, Tone};
pub use rows::{Press, Rows};
pub use search_box::SearchBox;
pub use sift::Sift;
pub use skeleton::{SkeletonRows, SkeletonTiles};
pub use spinner::Spinner;
pub use table::{Cell, Column, Data, RowKey, Table, TableSkeleton};
pub use tabs::{Tab, Tabs, tab_panel};
pub use toast::{ToastText, Toasts};
pub use tree::Tree;
