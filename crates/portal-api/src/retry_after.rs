//! `Retry-After`: a number of seconds, or the point in time when to call again.

use crate::Response;
use crate::time::http_date;

/// The longest wait that is taken at its word, in seconds: a day. More is no countdown.
const LONGEST: u32 = 86_400;

/// How many seconds to wait. A date counts from the time of the reply (`Date`): the clock of this device may differ from
/// the clock that wrote it. A transport that cannot read `Date` puts the time of its own clock there.
pub(crate) fn seconds(response: &Response) -> Option<u32> {
    let value = response.header("retry-after")?.trim();
    if value.bytes().all(|byte| byte.is_ascii_digit()) {
        return (!value.is_empty()).then(|| value.parse().unwrap_or(LONGEST).min(LONGEST));
    }
    let (then, now) = (http_date(value)?, http_date(response.header("date")?)?);
    let left = (then - now).max(0).unsigned_abs().div_ceil(1_000);
    Some(u32::try_from(left).unwrap_or(LONGEST).min(LONGEST))
}
