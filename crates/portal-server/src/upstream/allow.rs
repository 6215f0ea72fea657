//! Which calls pass, and on which condition. An address is compared byte for byte with the paths of the contract: what
//! is written otherwise (dots, escapes, double slashes) is another address, and no address of a client is ever sent on.

use portal_api::{Audience, ENDPOINTS, SERVICE_PREFIX, Spec};

/// On which condition an operation passes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Condition {
    /// The service itself checks the user's token, or the operation is meant for people without one.
    Open,
    /// The application's rights are lent: only to a session, within its organization (see [`super::guard`]).
    Session,
}

/// Operations that need no token and yet speak of an organization or its people: whoever reached the service through
/// this server would read them with the application's rights (contract.md 2.2). So they ask for a session too.
const SPEAK_OF_ORGANIZATIONS: [&str; 5] = [
    "Get Organization Language List",
    "Get Organization Roles",
    "Get User Roles",
    "Get User Permissions",
    // Before 3.0.0 the token may be left out.
    "Get Structure by User",
];

/// What passes.
#[derive(Clone, Debug)]
pub(super) struct Allowed {
    /// The server-to-server operations that the configuration names.
    operations: Vec<&'static str>,
}

impl Allowed {
    /// Takes the names of server-to-server operations; gives back one that is none.
    pub(super) fn new(names: &[String]) -> Result<Self, String> {
        let known = |name: &String| {
            let found = server_operations().find(|operation| operation == name);
            found.ok_or_else(|| name.clone())
        };
        Ok(Self { operations: names.iter().map(known).collect::<Result<_, _>>()? })
    }

    /// The operation of a method and a path as they came, if it passes.
    pub(super) fn find(&self, method: &str, path: &str) -> Option<(&'static Spec, Condition)> {
        let below = path.strip_prefix(SERVICE_PREFIX)?;
        let spec = ENDPOINTS.iter().find(|spec| spec.path == below && spec.method.as_str() == method)?;
        let condition = match spec.audience {
            Audience::Server => self.operations.contains(&spec.operation).then_some(Condition::Session)?,
            Audience::Browser if SPEAK_OF_ORGANIZATIONS.contains(&spec.operation) => Condition::Session,
            Audience::Browser | Audience::Administrator => Condition::Open,
        };
        Some((spec, condition))
    }
}

/// The names of all operations that only a configuration opens.
pub(crate) fn server_operations() -> impl Iterator<Item = &'static str> {
    let server = ENDPOINTS.iter().filter(|spec| spec.audience == Audience::Server);
    server.map(|spec| spec.operation)
}

#[cfg(test)]
mod tests {
    use super::{Allowed, Condition, ENDPOINTS, server_operations};
    use portal_api::Audience;
    use proptest::prelude::*;

    fn none() -> Allowed {
        Allowed::new(&[]).expect("no names")
    }

    #[test]
    fn operations_of_servers_pass_only_where_they_are_named() {
        for spec in ENDPOINTS {
            let path = format!("/app-portal-service{}", spec.path);
            let found = none().find(spec.method.as_str(), &path);
            assert_eq!(found.is_some(), spec.audience != Audience::Server, "{}", spec.operation);
        }
        let named = Allowed::new(&["Sync Asset".to_owned()]).expect("a name");
        let found = named.find("GET", "/app-portal-service/v2.2/asset/sync");
        assert_eq!(found.map(|(_, condition)| condition), Some(Condition::Session));
        assert!(named.find("POST", "/app-portal-service/v2.2/message/produce").is_none());
    }

    // What speaks of an organization without a token is not open to everybody.
    #[test]
    fn only_signing_in_is_open_without_a_session() {
        for name in super::SPEAK_OF_ORGANIZATIONS {
            let spec = ENDPOINTS.iter().find(|spec| spec.operation == name).expect("an operation");
            let found = none().find(spec.method.as_str(), &format!("/app-portal-service{}", spec.path));
            assert_eq!(found.map(|(_, condition)| condition), Some(Condition::Session), "{name}");
        }
    }

    /// What the documents say that anyone may call, and that speaks of no organization and of nobody in it.
    const FOR_STRANGERS: [&str; 6] = [
        "Log In",
        "Log In via Authorization Code",
        "Refresh Access Token",
        "Get User Domain",
        "Get Colors of the Message Icon",
        "Get Message Ringtones",
    ];

    // Whoever adds an operation that wants no token has to say which of the two it is.
    #[test]
    fn what_wants_no_token_is_for_strangers_or_wants_a_session() {
        let document = include_str!("../../../../docs/operations.md");
        let rows = document.lines().filter(|line| line.contains(" | anyone | "));
        let names: Vec<&str> = rows.filter_map(|row| row.split(" | ").next()?.strip_prefix("| ")).collect();
        assert!(names.len() > FOR_STRANGERS.len(), "{names:?}");
        for name in names {
            let spec = ENDPOINTS.iter().find(|spec| spec.operation == name).expect(name);
            let found = none().find(spec.method.as_str(), &format!("/app-portal-service{}", spec.path));
            let strangers = FOR_STRANGERS.contains(&name);
            let expected = if strangers { Condition::Open } else { Condition::Session };
            assert_eq!(found.map(|(_, condition)| condition), Some(expected), "{name}");
        }
    }

    #[test]
    fn a_name_that_is_none_is_given_back() {
        assert_eq!(Allowed::new(&["Log In".to_owned()]).expect_err("for browsers"), "Log In");
        assert!(Allowed::new(&server_operations().map(str::to_owned).collect::<Vec<_>>()).is_ok());
    }

    #[test]
    fn other_spellings_are_other_addresses() {
        for (method, path) in [
            ("GET", "/app-portal-service/v2.2/login"),
            ("post", "/app-portal-service/v2.2/login"),
            ("HEAD", "/app-portal-service/v2.2/user/info"),
            ("POST", "/app-portal-service/v2.2/login/"),
            ("POST", "/app-portal-service//v2.2/login"),
            ("POST", "/app-portal-service/v2.2/./login"),
            ("POST", "/app-portal-service/v2.2/x/../login"),
            ("POST", "/app-portal-service/v2.2/%6cogin"),
            ("POST", "/app-portal-service/v2.2/login;x=1"),
            ("POST", "/app-portal-service/V2.2/login"),
            ("POST", "/app-portal-service/v2.2/login%00"),
            ("POST", "/v2.2/login"),
            ("POST", "/apim-token-service/v2.0/token/get"),
        ] {
            assert!(none().find(method, path).is_none(), "{method} {path}");
        }
    }

    proptest! {
        #[test]
        fn nothing_but_the_paths_of_the_contract_passes(method in "[A-Z]{3,7}", path in "/app-portal-service/[ -~]{0,60}") {
            let known = ENDPOINTS.iter().any(|spec| path == format!("/app-portal-service{}", spec.path));
            prop_assert!(known || none().find(&method, &path).is_none());
        }
    }
}
