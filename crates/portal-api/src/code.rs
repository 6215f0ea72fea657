//! The codes of contract.md 0.2, both families made one.

/// What the service said about a call. The v2.2 family is the v2.0 family plus 31000.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Code {
    /// 0 or 200.
    Success,
    /// 400: a parameter is missing or invalid; also a wrong user name or password.
    Invalid,
    /// 401: not signed in, or the access token is not valid.
    Unauthenticated,
    /// 403: no permission.
    Forbidden,
    /// 404: not found, or not acquired by the organization.
    NotFound,
    /// 408: exists already.
    AlreadyExists,
    /// 409: the account signed in somewhere else.
    Conflict,
    /// 410: expired.
    Expired,
    /// 415: out of range.
    OutOfRange,
    /// 429: too many attempts. Never retried automatically.
    TooManyAttempts,
    /// 430: the verification code is wrong.
    WrongCode,
    /// 432: too many of something.
    TooMany,
    /// 500: the service failed.
    Internal,
    /// 504: the service took too long.
    Timeout,
    /// 512: signed in, but no organization chosen.
    OrganizationUnselected,
    /// 520: the organization has not acquired the application.
    NotAcquired,
    /// 530: automatic assignment of structures is off.
    AssignmentOff,
    /// 531: the structure is not assigned.
    NotAssigned,
    /// Anything else, normalised: gateway codes 1001 to 1204, codes of other services, HTTP statuses.
    Other(i64),
}

impl Code {
    /// Reads a number of either family (contract.md §6, 23). Only 0 and 200 as they stand are success.
    pub fn from_number(number: i64) -> Self {
        let legacy = if (31_001..32_000).contains(&number) { number - 31_000 } else { number };
        match legacy {
            200 if number != legacy => Self::Other(number),
            0 | 200 => Self::Success,
            400 => Self::Invalid,
            401 => Self::Unauthenticated,
            403 => Self::Forbidden,
            404 => Self::NotFound,
            408 => Self::AlreadyExists,
            409 => Self::Conflict,
            410 => Self::Expired,
            415 => Self::OutOfRange,
            429 => Self::TooManyAttempts,
            430 => Self::WrongCode,
            432 => Self::TooMany,
            500 => Self::Internal,
            504 => Self::Timeout,
            512 => Self::OrganizationUnselected,
            520 => Self::NotAcquired,
            530 => Self::AssignmentOff,
            531 => Self::NotAssigned,
            other => Self::Other(other),
        }
    }

    /// Reads an HTTP status without a code beside it. Statuses share few meanings with the codes: 409 and 410 say
    /// nothing of the session, 408 is a timeout, 520 to 530 are a proxy's (contract.md 0.2: only "HTTP 401").
    pub fn from_status(status: u16) -> Self {
        match status {
            400 | 401 | 403 | 404 | 429 | 500 | 504 | 512 => Self::from_number(i64::from(status)),
            408 => Self::Timeout,
            other => Self::Other(i64::from(other)),
        }
    }

    /// The legacy number, for people and logs; `Success` is 0.
    pub fn number(self) -> i64 {
        match self {
            Self::Success => 0,
            Self::Invalid => 400,
            Self::Unauthenticated => 401,
            Self::Forbidden => 403,
            Self::NotFound => 404,
            Self::AlreadyExists => 408,
            Self::Conflict => 409,
            Self::Expired => 410,
            Self::OutOfRange => 415,
            Self::TooManyAttempts => 429,
            Self::WrongCode => 430,
            Self::TooMany => 432,
            Self::Internal => 500,
            Self::Timeout => 504,
            Self::OrganizationUnselected => 512,
            Self::NotAcquired => 520,
            Self::AssignmentOff => 530,
            Self::NotAssigned => 531,
            Self::Other(other) => other,
        }
    }
}
