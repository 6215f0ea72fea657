//! How new messages make themselves felt, as the person wants it on this device (experience.md M7).

/// Sound, pop-up, quiet hours, colour and ringtone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Preferences {
    /// A tone for each burst.
    pub sound: bool,
    /// A short message for each burst.
    pub popup: bool,
    /// From and to, in minutes of the day: neither sound nor short message between. Without any where both are the same.
    pub quiet: Option<(u16, u16)>,
    /// A number of Get Colors of the Message Icon.
    pub color: i64,
    /// A number of Get Message Ringtones.
    pub ring: i64,
}

impl Default for Preferences {
    /// Red and the sound of an alarm are what the documented lists begin with (contract.md 1.24, 1.25).
    fn default() -> Self {
        Self { sound: true, popup: true, quiet: None, color: 0, ring: 1 }
    }
}

impl Preferences {
    /// The preferences as text, to keep.
    pub fn to_text(&self) -> String {
        let Self { sound, popup, quiet, color, ring } = self;
        let quiet = quiet.map_or_else(|| "-".to_owned(), |(from, to)| format!("{from}-{to}"));
        format!("sound={sound} popup={popup} quiet={quiet} color={color} ring={ring}")
    }

    /// Reads what was kept; what cannot be read is as usual.
    pub fn parse(text: &str) -> Self {
        let mut read = Self::default();
        for (key, value) in text.split_ascii_whitespace().filter_map(|part| part.split_once('=')) {
            match key {
                "sound" => read.sound = value.parse().unwrap_or(read.sound),
                "popup" => read.popup = value.parse().unwrap_or(read.popup),
                "color" => read.color = value.parse().unwrap_or(read.color),
                "ring" => read.ring = value.parse().unwrap_or(read.ring),
                "quiet" => {
                    let minute = |text: &str| text.parse().ok().filter(|minute| *minute < DAY);
                    let hours = value.split_once('-');
                    read.quiet = hours.and_then(|(from, to)| Some((minute(from)?, minute(to)?)));
                }
                _ => {}
            }
        }
        read
    }

    /// Whether a minute of the day is in the quiet hours; they may go over midnight. The first minute is quiet, the last
    /// is not.
    pub fn is_quiet(&self, minute: u16) -> bool {
        self.quiet.is_some_and(|(from, to)| {
            if from <= to { (from..to).contains(&minute) } else { minute >= from || minute < to }
        })
    }
}

/// Minutes of a day.
const DAY: u16 = 24 * 60;

/// The minute of the day that `22:30` names; seconds behind it are passed over.
pub fn minute_of_day(text: &str) -> Option<u16> {
    let mut parts = text.trim().split(':');
    let part = |part: Option<&str>, most: u16| {
        let part = part.filter(|part| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit()))?;
        part.parse::<u16>().ok().filter(|number| *number < most)
    };
    Some(part(parts.next(), 24)? * 60 + part(parts.next(), 60)?)
}

/// A minute of the day as `22:30`.
pub fn time_of_day(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60 % 24, minute % 60)
}

/// A part of a ringtone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Tone {
    /// The pitch, in hertz.
    pub pitch: u16,
    /// When it begins, in milliseconds from the beginning.
    pub at: u16,
    /// How long it sounds, in milliseconds.
    pub length: u16,
}

/// What a ringtone sounds like. The service names ringtones and has no sounds, so the number decides: 0 is silent, 1 an
/// alarm of two pitches, and each other number three notes of its own.
pub fn tones(ring: i64) -> Vec<Tone> {
    /// Notes that sound well in any order, in hertz.
    const NOTES: [u16; 5] = [523, 587, 659, 784, 880];
    let note = |place: i64| {
        let place = usize::try_from(place.rem_euclid(5)).unwrap_or_default();
        NOTES.get(place).copied().unwrap_or(659)
    };
    match ring {
        0 => Vec::new(),
        1 => (0..4)
            .map(|n| Tone { pitch: if n % 2 == 0 { 880 } else { 660 }, at: n * 170, length: 150 })
            .collect(),
        ring => (0..3)
            .zip([0, 1, 3])
            .map(|(n, step)| Tone { pitch: note(ring.wrapping_add(step)), at: n * 160, length: 140 })
            .collect(),
    }
}
