//! Under construction.
/// A text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "the English words beside each are its documentation")]
pub enum Text {
    LaunchInsecure,
    LaunchNewTab,
    LaunchOtherProgram,
    RefusedScript,
    RefusedScheme,
    RefusedCredentials,
    RefusedUnreadable,
    RefusedTooLong,
    LaunchDisabled,
    LaunchNoAddress,
}
