//! How often the address of the portal is written for a page that moves by itself. Browsers stop writing after some
//! hundred times in a few seconds (Chromium 200 in 10, Safari 100 in 30), and then for links of the portal, too.

/// So many at once.
const BURST: f64 = 20.0;
/// And one more whenever so many milliseconds have passed.
const EVERY_MS: f64 = 500.0;

/// What has been written lately.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Pace {
    /// When all that was written would have been written at the even pace.
    even: f64,
}

impl Pace {
    /// Whether to write now, which counts.
    ///
    /// # Errors
    /// Not now, but after so many milliseconds.
    pub fn write(&mut self, now: f64) -> Result<(), u32> {
        // A clock that was set back is no reason to wait for longer than ever.
        let even = self.even.clamp(now, now + BURST * EVERY_MS);
        self.even = even;
        let over = even + EVERY_MS - (now + BURST * EVERY_MS);
        if over > 0.0 {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "between 0 and EVERY_MS"
            )]
            return Err(over.ceil() as u32);
        }
        self.even += EVERY_MS;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lets_a_burst_pass_and_then_keeps_the_pace() {
        let mut pace = Pace::default();
        let mut written = 0;
        for now in 0..30_000 {
            written += u32::from(pace.write(f64::from(now)).is_ok());
        }
        assert_eq!(written, 20 + 59);
        assert!((0..20).all(|_| pace.write(1e6).is_ok()));
        assert_eq!(pace.write(1e6), Err(500));
        assert_eq!(pace.write(1e6 + 499.5), Err(1));
        assert_eq!(pace.write(1e6 + 500.0), Ok(()));
    }

    #[test]
    fn a_clock_that_was_set_back_does_not_stop_it() {
        let mut pace = Pace::default();
        assert_eq!(pace.write(1e12), Ok(()));
        assert_eq!(pace.write(0.0), Err(500));
        assert_eq!(pace.write(500.0), Ok(()));
    }
}
