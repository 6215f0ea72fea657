//! Which branches of a tree are open, in a form that outlives the tree: by key and number, as a digest, so that the
//! text that is kept is short whatever the keys are, and names nothing.

/// So many open branches of one tree are kept.
const KEPT: usize = 500;

/// Open branches, by [`super::mark`].
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct OpenSet(Vec<u64>);

impl OpenSet {
    /// Reads what [`OpenSet::text`] wrote; anything else in it is passed over.
    pub fn read(text: &str) -> Self {
        let marks = text.split(' ').filter_map(|mark| u64::from_str_radix(mark, 16).ok());
        let mut open = Self::default();
        marks.take(KEPT).for_each(|mark| open.set(mark, true));
        open
    }

    /// One line for the branches that are open, out of the marks of a tree in its order; the first 500.
    pub fn text(&self, marks: impl Iterator<Item = u64>) -> String {
        let open = marks.filter(|mark| self.contains(*mark)).take(KEPT);
        open.map(|mark| format!("{mark:x}")).collect::<Vec<_>>().join(" ")
    }

    /// Whether a branch is open.
    pub fn contains(&self, mark: u64) -> bool {
        self.0.binary_search(&mark).is_ok()
    }

    /// Opens or closes a branch.
    pub fn set(&mut self, mark: u64, open: bool) {
        match self.0.binary_search(&mark) {
            Ok(place) if !open => drop(self.0.remove(place)),
            Err(place) if open => self.0.insert(place, mark),
            _ => {}
        }
    }

    /// Opens many branches at once.
    pub fn open_all(&mut self, marks: impl Iterator<Item = u64>) {
        self.0.extend(marks);
        self.0.sort_unstable();
        self.0.dedup();
    }
}
