//! Which pages of applications stay alive behind the one that is shown (experience.md S11): in order of creation, since
//! a frame that is moved loads again, and with a cap, since each is a whole page.

/// Pages in frames. `S` says what a frame holds.
#[derive(Clone, PartialEq, Debug)]
pub struct Frames<S> {
    /// In order of creation.
    frames: Vec<Frame<S>>,
    /// How many stay alive, at least one.
    cap: usize,
    /// Counts frames: ids are never given twice.
    created: usize,
    /// Counts showings.
    shown: u64,
}

#[derive(Clone, PartialEq, Debug)]
struct Frame<S> {
    id: usize,
    source: S,
    /// When it was shown last.
    shown: u64,
    /// Holds work that is not saved: never closed for room.
    held: bool,
}

impl<S> Frames<S> {
    /// None yet. `cap` of them stay alive, the one that is shown among them.
    pub fn new(cap: usize) -> Self {
        Self { frames: Vec::new(), cap: cap.max(1), created: 0, shown: 0 }
    }

    /// All ids in order of creation: ascending, and a new one is always the last.
    pub fn ids(&self) -> impl Iterator<Item = usize> {
        self.frames.iter().map(|frame| frame.id)
    }

    /// What a frame holds.
    pub fn source(&self, id: usize) -> Option<&S> {
        self.frames.iter().find(|frame| frame.id == id).map(|frame| &frame.source)
    }

    /// The frame that was shown last of those that fit.
    pub fn find(&self, fits: impl Fn(usize, &S) -> bool) -> Option<usize> {
        let fitting = self.frames.iter().filter(|frame| fits(frame.id, &frame.source));
        fitting.max_by_key(|frame| frame.shown).map(|frame| frame.id)
    }

    /// A new frame, shown now. Those that were not shown for longest make room.
    pub fn open(&mut self, source: S) -> usize {
        self.created += 1;
        self.frames.push(Frame { id: self.created, source, shown: 0, held: false });
        self.show(self.created);
        self.created
    }

    /// A frame is shown again.
    pub fn show(&mut self, id: usize) {
        self.shown += 1;
        let now = self.shown;
        if let Some(frame) = self.frame(id) {
            frame.shown = now;
        }
        self.make_room(id);
    }

    /// Another page in the place of this one, for a person who wants it loaded anew.
    pub fn renew(&mut self, id: usize) -> Option<usize>
    where
        S: Clone,
    {
        let source = self.source(id)?.clone();
        self.close(id);
        Some(self.open(source))
    }

    /// What a frame holds is another thing from now on: its page moved by itself.
    pub fn moved(&mut self, id: usize, source: S) {
        if let Some(frame) = self.frame(id) {
            frame.source = source;
        }
    }

    /// Whether a frame holds work that is not saved.
    pub fn hold(&mut self, id: usize, held: bool) {
        if let Some(frame) = self.frame(id) {
            frame.held = held;
        }
    }

    /// The frames that hold work that is not saved.
    pub fn held(&self) -> impl Iterator<Item = usize> {
        self.frames.iter().filter(|frame| frame.held).map(|frame| frame.id)
    }

    /// Closes a frame.
    pub fn close(&mut self, id: usize) {
        self.frames.retain(|frame| frame.id != id);
    }

    fn frame(&mut self, id: usize) -> Option<&mut Frame<S>> {
        self.frames.iter_mut().find(|frame| frame.id == id)
    }

    fn make_room(&mut self, shown: usize) {
        while self.frames.len() > self.cap {
            let free = self.frames.iter().filter(|frame| frame.id != shown && !frame.held);
            let Some(oldest) = free.min_by_key(|frame| frame.shown).map(|frame| frame.id) else { return };
            self.close(oldest);
        }
    }
}
