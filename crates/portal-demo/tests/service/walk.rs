//! Every operation that the client knows: both sides agree on it, on its success and on each code that the table in
//! docs/operations.md names. The table is checked against the code here as well.

use std::collections::BTreeSet;
use std::path::Path;

use portal_api::{
    Access, AccessToken, Audience, Code, ENDPOINTS, Endpoint, Error, Parts, Request, Spec, reply,
};

use crate::support::{Host, code, ready};
use crate::{walk_assets, walk_messages, walk_people, walk_portal, walk_roles};

const TABLE: &str = include_str!("../../../../docs/operations.md");

/// A call and the token that it carries.
pub(crate) type Made<E> = (Option<AccessToken>, E);
/// Makes a call for a portal that nobody has used.
pub(crate) type Make<E> = fn(&Host) -> Made<E>;

/// A row of the table.
#[derive(Debug)]
struct Row<'a> {
    operation: &'a str,
    call: &'a str,
    endpoint: &'a str,
    handler: &'a str,
    caller: &'a str,
    codes: Vec<i64>,
    test: &'a str,
    browser_test: &'a str,
}

fn rows() -> Vec<Row<'static>> {
    let cells = |line: &'static str| -> Vec<&'static str> {
        line.trim_matches('|').split('|').map(|cell| cell.trim().trim_matches('`')).collect()
    };
    let lines = TABLE.lines().filter(|line| line.starts_with("| ") && line.contains("::"));
    lines
        .map(|line| match cells(line)[..] {
            [operation, call, endpoint, handler, caller, codes, _, test, browser_test] => Row {
                operation,
                call,
                endpoint,
                handler,
                caller,
                codes: codes
                    .split_whitespace()
                    .map(|code| code.trim_end_matches('*').parse().unwrap())
                    .collect(),
                test,
                browser_test,
            },
            _ => panic!("not nine cells: {line}"),
        })
        .collect()
}

/// The walk so far.
pub(crate) struct Walk {
    rows: Vec<Row<'static>>,
    visited: Vec<Spec>,
}

/// Sends a call as it would go out, whoever may send it.
pub(crate) fn send<E: Endpoint>(host: &Host, (token, endpoint): &Made<E>) -> Result<E::Reply, Error> {
    let request = Request::new(endpoint, token.as_ref());
    ready(host.client().exchange(&E::SPEC, request)).and_then(|response| reply::<E>(&response))
}

/// The code that the call answers without any parameter.
fn empty<E: Endpoint>(host: &Host, token: Option<&AccessToken>, endpoint: &E) -> Option<Code> {
    let request = Request { parts: Parts::default(), ..Request::new(endpoint, token) };
    let response = ready(host.client().exchange(&E::SPEC, request)).unwrap();
    reply::<E>(&response).err()?.code()
}

impl Walk {
    /// Proves one operation: its success, and the codes of its row. Those that every call of a kind shares need no
    /// call of their own: nothing sent, no token, no organization.
    pub(crate) fn visit<E: Endpoint>(&mut self, good: Make<E>, refused: &[(i64, Make<E>)]) {
        let spec = E::SPEC;
        self.visited.push(spec);
        let Some(row) = self.rows.iter().find(|row| row.operation == spec.operation) else {
            panic!("docs/operations.md has no row for {}", spec.operation);
        };
        assert_eq!(row.call, format!("{} {}", spec.method.as_str(), spec.path));
        let type_name = std::any::type_name::<E>();
        assert!(
            type_name.ends_with(&format!("::{}", row.endpoint.rsplit("::").next().unwrap())),
            "{type_name}"
        );
        check_caller::<E>(row);

        let host = Host::new();
        let made = good(&host);
        send(&host, &made).map(drop).unwrap_or_else(|error| panic!("{}: {error:?}", spec.operation));
        let mut parts = Parts::default();
        made.1.write(&mut parts);
        let mut again = Parts::default();
        E::read(&parts).unwrap().write(&mut again);
        assert!(again == parts, "{}: the service reads another call than the client wrote", spec.operation);

        let mut met = BTreeSet::new();
        for (number, make) in refused {
            let host = Host::new();
            let made = make(&host);
            let found = code(send(&host, &made).map(drop));
            assert_eq!(found, Some(Code::from_number(*number)), "{} {number}", spec.operation);
            met.insert(*number);
        }
        for number in &row.codes {
            let host = Host::new();
            let (token, endpoint) = good(&host);
            let found = match number {
                31400 if !met.contains(number) => empty(&host, token.as_ref(), &endpoint),
                31401 if E::Access::NEEDS_TOKEN => {
                    let unknown = AccessToken::parse("APP_PORTAL_S_unknown");
                    assert_eq!(
                        code(send(&host, &(unknown, endpoint)).map(drop)),
                        Some(Code::Unauthenticated)
                    );
                    code(send(&host, &(None, good(&host).1)).map(drop))
                }
                31512 => {
                    let early = host.log_in("admin", "portal").unwrap().token;
                    code(send(&host, &(Some(early), endpoint)).map(drop))
                }
                _ => continue,
            };
            assert_eq!(found, Some(Code::from_number(*number)), "{} {number}", spec.operation);
            met.insert(*number);
        }
        let named: BTreeSet<i64> = row.codes.iter().copied().collect();
        assert_eq!(met, named, "{}: codes met, codes in docs/operations.md", spec.operation);
    }
}

/// Who may call, in the words of the table.
fn check_caller<E: Endpoint>(row: &Row<'_>) {
    let organization = row.codes.contains(&31512);
    let expected = match (E::SPEC.audience, E::Access::NEEDS_TOKEN, organization) {
        (Audience::Browser, false, _) => "anyone",
        (Audience::Browser, true, false) => "user",
        (Audience::Browser, true, true) => "user, organization",
        (Audience::Administrator, _, _) => "administrator",
        (Audience::Server, false, _) => "server",
        (Audience::Server, true, _) => "server, user",
    };
    assert_eq!(row.caller, expected, "{}", row.operation);
}

#[test]
fn client_and_service_agree_on_every_operation() {
    let mut walk = Walk { rows: rows(), visited: Vec::new() };
    walk_portal::visit(&mut walk);
    walk_messages::visit(&mut walk);
    walk_assets::visit(&mut walk);
    walk_people::visit(&mut walk);
    walk_roles::visit(&mut walk);
    for spec in ENDPOINTS {
        assert!(walk.visited.contains(spec), "no call of {} here", spec.operation);
    }
    assert_eq!(walk.visited.len(), ENDPOINTS.len());
}

// The table is read by people who have no compiler at hand.
#[test]
fn the_table_is_true() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let read = |path: &Path| {
        std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    let rows = rows();
    for row in &rows {
        let name = row.endpoint.rsplit("::").next().unwrap();
        let file = row.endpoint.split("::").next().unwrap();
        let mut places = vec![crates.join(format!("portal-api/src/{file}.rs"))];
        if let Ok(below) = crates.join(format!("portal-api/src/{file}")).read_dir() {
            places.extend(below.map(|entry| entry.unwrap().path()));
        }
        let implemented = format!("impl Endpoint for {name} ");
        assert!(places.iter().any(|place| read(place).contains(&implemented)), "{}", row.endpoint);
        let handlers = crates.join("portal-demo/src").join(row.handler);
        assert!(read(&handlers).contains(&format!("impl Served for {name} ")), "{}", row.handler);
        let tests = crates.join("portal-demo/tests/service").join(format!("{}.rs", row.test));
        assert!(read(&tests).contains(name), "{}: {}", row.operation, row.test);
        let specs = crates.join("../e2e/specs").join(format!("{}.spec.ts", row.browser_test));
        // e2e/support/operations.ts holds the test to what it says.
        let said = read(&specs).split("performs(").skip(1).any(|said| {
            let said = said.split(')').next().unwrap();
            said.contains(&format!("'{}'", row.operation)) || said.contains(&format!("\"{}\"", row.operation))
        });
        assert!(said, "{}: no test of {} performs it", row.operation, row.browser_test);
    }
    let operations: Vec<_> = rows.iter().map(|row| row.operation).collect();
    for spec in ENDPOINTS {
        assert!(operations.contains(&spec.operation), "{}", spec.operation);
    }
    assert_eq!(operations.len(), ENDPOINTS.len());
}
