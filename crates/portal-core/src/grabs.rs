//! Pages in frames that take the keyboard. A browser lets a page in a frame take the focus whenever it likes, and does not
//! say why the focus went there. What is known besides decides whether the person wanted it.

/// What the person did last in the portal itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Act {
    /// Pressed a key, or came back from a frame by one.
    Key,
    /// Pressed the key that moves the focus on.
    Tab,
    /// Pressed a pointer, or nothing yet.
    #[default]
    Pointer,
}

/// What is known when the focus has gone into a frame.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Evidence {
    /// The frame is in view, and nothing of the portal stands above it.
    pub in_view: bool,
    /// The browser has seen a press or a key in the last seconds, in the portal or in a frame. `None` where it does not say.
    pub active: Option<bool>,
    /// What the person did last in the portal.
    pub act: Act,
    /// How long ago that was, in milliseconds.
    pub since: i64,
    /// Since then the pointer has gone to the frame.
    pub toward: bool,
    /// The focus was where the person types or chooses: a text box, a menu.
    pub held: bool,
    /// This frame has taken the focus before without being asked; then it is known exactly where the pointer is.
    pub known: bool,
}

/// The focus goes on by a key within this time, in milliseconds.
const TAB_MS: i64 = 1_000;
/// Nobody presses a key in the portal and within this time a pointer in a frame.
const KEY_MS: i64 = 200;

impl Evidence {
    /// Whether the person went to the frame.
    pub fn is_wanted(&self) -> bool {
        if !self.in_view {
            return false;
        }
        if self.act == Act::Tab && self.since < TAB_MS {
            return true;
        }
        if self.active == Some(false) {
            return false;
        }
        let typing = self.held || (self.act == Act::Key && self.since < KEY_MS);
        self.toward || (!self.known && !typing)
    }
}

/// So many grabs within [`SPAN_MS`] are too many. One from where the person types costs a letter and counts for two.
const MOST: usize = 3;
const SPAN_MS: i64 = 5_000;

/// When a frame took the focus without being asked, in milliseconds.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Grabs(Vec<i64>);

impl Grabs {
    /// Notes one, and whether the focus was where the person types; says whether there were too many. Then they are counted
    /// from the beginning again.
    pub fn note(&mut self, now: i64, held: bool) -> bool {
        self.0.retain(|at| (0..SPAN_MS).contains(&(now - at)));
        self.0.extend(core::iter::repeat_n(now, if held { 2 } else { 1 }));
        let many = self.0.len() >= MOST;
        if many {
            self.0.clear();
        }
        many
    }
}
