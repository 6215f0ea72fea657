//! Room for the bodies of requests: they are read before a call counts as one, so that who sends slowly keeps nobody from
//! calling; and what has come of all of them together is bounded.

use tokio::sync::{Semaphore, SemaphorePermit};

/// Room is counted in pieces of so many bytes.
const PIECE: usize = 1 << 10;
/// The room, in bytes. Somewhat more is in use, since a text in memory grows by doubling.
const ALL: usize = 128 << 20;

/// The room of one server.
#[derive(Debug)]
pub(super) struct Room(Semaphore);

impl Room {
    /// Room for many bodies of at most so many bytes; for a few of them, however large they are.
    pub(super) fn new(largest: usize) -> Self {
        let bytes = ALL.max(largest.saturating_mul(4));
        Self(Semaphore::new((bytes / PIECE).min(Semaphore::MAX_PERMITS)))
    }

    /// A place for one body, which is empty yet.
    pub(super) fn place(&self) -> Place<'_> {
        Place { room: &self.0, pieces: 0, held: None }
    }
}

/// What one body has taken of the room. It is free again when this is gone.
#[derive(Debug)]
pub(super) struct Place<'a> {
    room: &'a Semaphore,
    pieces: usize,
    held: Option<SemaphorePermit<'a>>,
}

impl Place<'_> {
    /// Makes room for so many bytes in all, if there is any.
    pub(super) fn grow(&mut self, total: usize) -> bool {
        let pieces = total.div_ceil(PIECE);
        let more = pieces.saturating_sub(self.pieces);
        if more == 0 {
            return true;
        }
        let taken = u32::try_from(more).ok().and_then(|more| self.room.try_acquire_many(more).ok());
        let Some(taken) = taken else { return false };
        self.pieces = pieces;
        match &mut self.held {
            Some(held) => held.merge(taken),
            None => self.held = Some(taken),
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::{ALL, Room};

    #[test]
    fn room_is_shared_and_given_back() {
        let room = Room::new(1 << 20);
        let (mut one, mut other) = (room.place(), room.place());
        assert!(one.grow(0) && one.grow(1) && one.grow(2) && one.grow(ALL - 1024));
        assert!(other.grow(1024) && !other.grow(1025));
        drop(one);
        assert!(other.grow(ALL) && !other.grow(ALL + 1));
    }

    #[test]
    fn a_large_body_has_room() {
        assert!(Room::new(1 << 30).place().grow(1 << 30));
        assert!(Room::new(usize::MAX).place().grow(1 << 30));
    }
}
