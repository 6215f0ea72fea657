//! The loader: the built-in files are good, and each kind of slip is named by file and key.

use super::Catalogue;
use super::load::{BUILT_IN, Files};

#[test]
fn the_built_in_catalogue_is_good() {
    let catalogue = Catalogue::built_in().unwrap_or_else(|error| panic!("{error}"));
    assert!(catalogue.users.len() >= 15 && catalogue.organizations.len() >= 7);
    // Tokens name users and organizations by 32 bits of a checksum.
    let users: std::collections::BTreeSet<_> =
        catalogue.users.iter().map(|user| crate::token::user_mark(&user.id)).collect();
    assert_eq!(users.len(), catalogue.users.len());
}

/// The message for an organization file; the file is good where there is none.
fn message(organization: &str) -> Option<String> {
    let organizations = [("x.json", organization)];
    let users = ("users.json", "{\"users\": []}");
    Catalogue::load(&Files { users, organizations: &organizations, ..BUILT_IN })
        .err()
        .map(|error| error.to_string())
}

fn with_application(members: &str) -> String {
    format!(r#"{{"id": "o", "name": "O", "applications": [{{"id": "a", "name": "A"{members}}}]}}"#)
}

// People edit these files: the message must lead to the slip.
#[test]
fn slips_are_named() {
    assert_eq!(message(&with_application("")), None);
    for (members, expected) in [
        (r#", "colour": 1"#, "catalogue/x.json: applications[0].colour: unknown key"),
        (
            r#", "category": 20"#,
            "catalogue/x.json: applications[0].category: categories.json has no category 20",
        ),
        (r#", "category": "Wind""#, "catalogue/x.json: applications[0].category: must be a whole number"),
        (r#", "enabled": 1"#, "catalogue/x.json: applications[0].enabled: must be true or false"),
        (r#", "url": """#, "catalogue/x.json: applications[0].url: must be a text, not empty"),
        (r#", "sentinel": "odd""#, "catalogue/x.json: applications[0].sentinel: must be one of not-acquired"),
        (
            r#", "description": {"english": "A"}"#,
            "catalogue/x.json: applications[0].description: must be a text, or",
        ),
        (r#", "menus": {}"#, "catalogue/x.json: applications[0].menus: must be a list"),
        (r#", "menus": [7]"#, "catalogue/x.json: applications[0].menus[0]: must be an object"),
        (r#", "menus": [{"code": "page"}]"#, "catalogue/x.json: applications[0].menus[0].name: is missing"),
        (
            r#", "menus": [{"code": "a b", "name": "A"}]"#,
            "catalogue/x.json: applications[0].menus[0].code: must be 4",
        ),
        (
            r#", "menus": [{"code": "page", "name": "A", "menus": [{"code": "page", "name": "B"}]}]"#,
            "catalogue/x.json: applications[0].menus[0].menus[0].code: another menu",
        ),
        (r#"}, {"id": "a", "name": "B""#, "catalogue/x.json: applications[1].id: another application"),
    ] {
        let message = message(&with_application(members)).unwrap();
        assert!(message.starts_with(expected), "{message}");
    }
    for (file, expected) in [
        ("{", "catalogue/x.json: no JSON: "),
        ("[]", "catalogue/x.json: must be an object"),
        (r#"{"id": "o", "name": "O"}"#, "catalogue/x.json: applications: give just one of"),
        (r#"{"id": "o", "name": "O", "generate": -1}"#, "catalogue/x.json: generate: must be 0 to 100000"),
        (r#"{"name": "O", "applications": []}"#, "catalogue/x.json: id: is missing"),
        (r#"{"id": "o", "name": "O", "verbatim": []}"#, "catalogue/x.json: menus: is missing"),
        (
            r#"{"id": "o", "name": "O", "generate": 1, "generatePeople": 100001}"#,
            "catalogue/x.json: generatePeople: must be 0",
        ),
        (
            r#"{"id": "o", "name": "O", "applications": [], "messages": [{"application": "a", "unresolved": 1}]}"#,
            "catalogue/x.json: messages[0].application: no application of this organization",
        ),
        (
            r#"{"id": "o", "name": "O", "generate": 1, "messages": [{"application": "generated-0", "unresolved": 0}]}"#,
            "catalogue/x.json: messages[0].unresolved: must be 1 to 100000",
        ),
        (
            r#"{"id": "o", "name": "O", "generate": 1, "assets": [{"id": "a", "name": "A", "type": "t"}]}"#,
            "catalogue/x.json: assets[0].type: give type and typeName",
        ),
        (
            r#"{"id": "o", "name": "O", "generate": 1, "structures": [{"id": "s", "name": "S", "members": [7]}]}"#,
            "catalogue/x.json: structures[0].members: must be a list of texts",
        ),
    ] {
        let message = message(file).unwrap();
        assert!(message.starts_with(expected), "{message}");
    }
}

#[test]
fn users_fit_the_organizations() {
    let user = |account: &str, organization: &str| {
        format!(
            r#"{{"account": "{account}", "password": "p", "name": "N", "email": "{account}@example.com",
                "organizations": ["{organization}"], "shows": "S"}}"#
        )
    };
    let organizations = [("x.json", r#"{"id": "o", "name": "O", "applications": []}"#)];
    let load = |users: String| {
        let users = format!("{{\"users\": [{users}]}}");
        let files = Files { users: ("users.json", &users), organizations: &organizations, ..BUILT_IN };
        Catalogue::load(&files).err().map(|error| error.to_string())
    };
    assert_eq!(load(user("a", "o")), None);
    let unknown = load(user("a", "p")).unwrap();
    assert_eq!(unknown, "catalogue/users.json: users[0].organizations: no organization has the id p");
    let stray = load(user("a", "o").replace("example.com", "elsewhere.example")).unwrap();
    assert_eq!(stray, "catalogue/users.json: users[0].email: no domain of domains.json fits");
    let role = load(user("a", "o").replace("\"shows\"", "\"roles\": [\"r-odd\"], \"shows\"")).unwrap();
    assert_eq!(role, "catalogue/users.json: users[0].roles: no role has the id r-odd");
    let twice = load(format!("{}, {}", user("a", "o"), user("A", "o"))).unwrap();
    assert_eq!(twice, "catalogue/users.json: users[1].account: another user has this account");
}

#[test]
fn domains_are_told_apart() {
    let load = |domains: &str| {
        let domains = format!("{{\"domains\": [{domains}]}}");
        let files = Files { domains: ("domains.json", &domains), users: ("users.json", "{}"), ..BUILT_IN };
        Catalogue::load(&files).err().map(|error| error.to_string())
    };
    let domain = r#"{"id": "d", "mail": "a.example", "name": "A"}"#;
    assert_eq!(load(domain), None);
    for (other, expected) in [
        (
            r#"{"id": "e", "mail": "A.example", "name": "E"}"#,
            "domains[1].mail: another domain has this end of",
        ),
        (r#"{"id": "d", "mail": "e.example", "name": "E"}"#, "domains[1].id: another domain has this id"),
        (r#"{"id": "e", "mail": "e.example"}"#, "domains[1].name: is missing"),
        (r#"{"id": "e", "mail": "e.example", "name": "E", "url": ""}"#, "domains[1].url: must be a text"),
    ] {
        let message = load(&format!("{domain}, {other}")).unwrap();
        assert!(message.starts_with(&format!("catalogue/domains.json: {expected}")), "{message}");
    }
}
