//! Decimal numbers without the standard library's exact reader, whose tables alone would be a tenth of what the
//! page may download. Up to 15 digits and 22 places, which is all that an order ever has, the result is exact;
//! beyond that it is off by less than one part in 10^12.

/// Ten to the powers of two; products of the first five are exact up to 22 places.
const POWERS: [f64; 9] = [1e1, 1e2, 1e4, 1e8, 1e16, 1e32, 1e64, 1e128, 1e256];
/// As many places as the powers make; so many take any number that a reply can hold to nought or to infinity.
const MOST_PLACES: u64 = 511;

/// The finite number that the text writes; `None` for every other text.
pub(crate) fn decimal(text: &str) -> Option<f64> {
    let (number, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (negative, number) = match number.strip_prefix('-') {
        Some(number) => (true, number),
        None => (false, number.strip_prefix('+').unwrap_or(number)),
    };
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let mut value = 0.0;
    for byte in whole.bytes().chain(fraction.bytes()) {
        value = value * 10.0 + f64::from(char::from(byte).to_digit(10)?);
    }
    let places = exponent.parse::<i64>().ok()?.checked_sub(i64::try_from(fraction.len()).ok()?)?;
    let bits = places.unsigned_abs().min(MOST_PLACES);
    let powers = POWERS.iter().enumerate().filter(|(bit, _)| bits >> bit & 1 == 1);
    let power = powers.fold(1.0, |power, (_, next)| power * next);
    let value = match places {
        // Nought at any place; a power too large for a float would make it no number.
        _ if value == 0.0 => value,
        ..0 => value / power,
        _ => value * power,
    };
    let value = if negative { -value } else { value };
    value.is_finite().then_some(value)
}

#[cfg(test)]
mod tests {
    use super::decimal;
    use proptest::prelude::{prop_assert, prop_assert_eq, proptest};

    proptest! {
        // What an order can be is read as the standard library reads it.
        #[test]
        fn fifteen_digits_are_exact(digits in 0_i64..1_000_000_000_000_000, sign in "[+-]?", places in -22_i32..=22) {
            let text = format!("{sign}{digits}e{places}");
            prop_assert_eq!(decimal(&text), text.parse().ok(), "{}", text);
            let whole = format!("{sign}{digits}");
            prop_assert_eq!(decimal(&whole), whole.parse().ok());
        }

        #[test]
        fn fractions_are_exact(text in "[+-]?[0-9]{0,7}\\.[0-9]{0,8}") {
            prop_assert_eq!(decimal(&text), text.parse().ok(), "{}", text);
        }

        #[test]
        fn all_others_are_close(text in "-?[0-9]{1,40}(\\.[0-9]{1,40})?([eE][+-]?[0-9]{1,2})?") {
            let (found, exact) = (decimal(&text).unwrap(), text.parse::<f64>().unwrap());
            prop_assert!((found - exact).abs() <= exact.abs() * 1e-12, "{text}: {found} {exact}");
        }

        // No text is a number here that is none there.
        #[test]
        fn no_other_text_is_a_number(text in "[-+.eE0-9xN ]{0,8}") {
            prop_assert!(decimal(&text).is_none() || text.parse::<f64>().is_ok_and(f64::is_finite), "{text}");
        }
    }

    #[test]
    fn the_ends_of_the_range() {
        assert_eq!((decimal("1e308"), decimal("-1e308")), (Some(1e308), Some(-1e308)));
        assert_eq!(
            (decimal("1e400"), decimal("-1e400"), decimal("1e99999999999999999999")),
            (None, None, None)
        );
        assert_eq!((decimal("1e-400"), decimal("0e999999")), (Some(0.0), Some(0.0)));
        for text in
            ["", "-", ".", "e", "1e", "e1", "inf", "NaN", "infinity", "0x1", "1_0", "--1", "1.-2", "٣"]
        {
            assert_eq!(decimal(text), None, "{text}");
        }
    }
}
