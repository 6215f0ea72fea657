//! The three layers, and what is said of mistakes in each.

use super::{Options, OptionsError};
use std::ffi::OsString;

fn load(file: Option<&str>, variables: &[(&str, &str)], arguments: &[&str]) -> Result<Options, OptionsError> {
    let path = std::env::temp_dir().join(format!("portal-layers-{:?}.toml", std::thread::current().id()));
    let mut all: Vec<OsString> = arguments.iter().map(OsString::from).collect();
    if let Some(text) = file {
        std::fs::write(&path, text).expect("a file");
        all.insert(0, "--config".into());
        all.insert(1, path.clone().into());
    }
    let variables = variables.iter().map(|(name, value)| (OsString::from(name), OsString::from(value)));
    let loaded = Options::load(all, variables);
    if file.is_some() {
        std::fs::remove_file(path).expect("gone");
    }
    loaded
}

fn told(file: Option<&str>, variables: &[(&str, &str)], arguments: &[&str]) -> String {
    let error = load(file, variables, arguments).expect_err("a mistake").to_string();
    // The file's folder is another one on each machine.
    error.rsplit_once(".toml: ").map_or(error.clone(), |(_, rest)| format!("file: {rest}"))
}

#[test]
fn the_later_layer_counts() {
    let file = "port = 1000\nproxies = 2\ntimeout = 9\nbehind-tls = true\nupstream = \"https://a.example\"";
    let variables = [("PORTAL__PROXIES", "3"), ("PORTAL__TIMEOUT", "8"), ("PORTAL__BEHIND_TLS", "false")];
    let options = load(Some(file), &variables, &["--timeout", "7"]).expect("options");
    assert_eq!((options.port, options.proxies, options.timeout), (1000, 3, 7));
    assert!(!options.behind_tls && options.upstream.as_deref() == Some("https://a.example"));
}

#[test]
fn lists_and_names_with_blanks_pass_in_every_layer() {
    let upstream = "upstream = \"https://a.example\"\n";
    let names = ["Get Unresolved Messages", "Sync Asset"];
    let file = format!("{upstream}operations = [\"Get Unresolved Messages\", \"Sync Asset\"]");
    assert_eq!(load(Some(&file), &[], &[]).expect("options").operations, names);
    let variable = [("PORTAL__OPERATIONS", "Get Unresolved Messages,Sync Asset")];
    assert_eq!(load(Some(upstream), &variable, &[]).expect("options").operations, names);
    let argument = ["--operations", "Sync Asset"];
    assert_eq!(load(Some(&file), &variable, &argument).expect("options").operations, ["Sync Asset"]);
    // A list without entries names nothing.
    let empty = format!("{upstream}operations = []");
    assert!(load(Some(&empty), &[], &[]).expect("options").operations.is_empty());
}

#[test]
fn the_secret_comes_from_the_environment_and_nobody_sees_it() {
    let options = load(None, &[("PORTAL__APP_SECRET", "hush")], &[]).expect("options");
    assert_eq!(options.app_secret.as_ref().map(super::SecretText::reveal), Some("hush"));
    assert!(!format!("{options:?}").contains("hush"));
    assert_eq!(
        told(Some("app-secret = \"hush\""), &[], &[]),
        "file: `app-secret` is no setting; docs/deployment.md has them all"
    );
}

// Who deploys must learn which key is wrong, and where it stands.
#[test]
fn mistakes_are_told_with_key_and_place() {
    for (file, variables, expected) in [
        (Some("prot = 1"), vec![], "file: `prot` is no setting; docs/deployment.md has them all"),
        (
            Some("print-headers = true"),
            vec![],
            "file: `print-headers` is no setting; docs/deployment.md has them all",
        ),
        (Some("behind_tls = true"), vec![], "file: `behind_tls` is no setting; it is written `behind-tls`"),
        (
            Some("print_headers = true"),
            vec![],
            "file: `print_headers` is no setting; docs/deployment.md has them all",
        ),
        (Some("app-key = \"k\""), vec![], "file: `app-key` needs `upstream` too"),
        (Some("operations = \"Sync Asset\""), vec![], "file: `operations` needs `upstream` too"),
        (None, vec![("PORTAL__TLS_KEY", "x")], "environment: `PORTAL__TLS_KEY` needs `tls-certificate` too"),
        (
            Some("upstream = \"https://a.example\"\ndemo = true"),
            vec![],
            "file: `demo` does not go together with `upstream`",
        ),
        (Some("behind-tls = 1"), vec![], "file: `behind-tls` must be true or false"),
        (Some("operations = [1]"), vec![], "file: `operations` must be a list of texts"),
        (Some("site = 1.5"), vec![], "file: `site` must be a text or a number"),
        (
            Some("port = 70000"),
            vec![],
            "file: `port` is wrong: invalid value '70000' for '--port <PORT>': 70000 is not in 0..=65535",
        ),
        (Some("log = \"loud\""), vec![], "file: `log` is wrong: invalid value 'loud' for '--log <LEVEL>'"),
        (
            None,
            vec![("PORTAL__PORT", "tcp://10.0.0.1:80")],
            "environment: `PORTAL__PORT` is wrong: invalid value 'tcp://10.0.0.1:80' for '--port <PORT>': \
             invalid digit found in string",
        ),
        (
            None,
            vec![("PORTAL__PROT", "1")],
            "environment: `PORTAL__PROT` is no setting; docs/deployment.md has them all",
        ),
    ] {
        assert_eq!(told(file, &variables, &[]), expected);
    }
    assert!(told(Some("port = "), &[], &[]).contains("TOML parse error at line 1"));
    assert!(
        told(None, &[("PORTAL__CONFIG", "/no/such.file")], &[]).starts_with("/no/such.file: cannot be read")
    );
    // A wrong argument is told as one, whatever the file says.
    assert!(told(Some("port = 1000"), &[], &["--app-key=k"]).contains("--upstream <URL>"));
    assert!(told(Some("port = 1000"), &[], &["--port=x"]).contains("invalid value 'x' for '--port <PORT>'"));
}

// Other programs have variables too.
#[test]
fn variables_of_others_are_passed_over() {
    let others = [("PORTAL_SITE", "x"), ("PORTAL_SERVER_PORT", "tcp://10.0.0.1:80"), ("PATH", "/bin")];
    assert_eq!(load(None, &others, &[]).expect("options"), Options::default());
}

/// The names between backticks in the first column of the table of settings.
fn documented() -> Vec<String> {
    let document = include_str!("../../../../docs/deployment.md");
    let table = document.split_once("### Settings of portal-server").expect("a chapter").1;
    let table = table.split_once("\n### ").expect("another chapter").0;
    let rows = table.lines().filter_map(|line| line.strip_prefix("| `"));
    let first = rows.filter_map(|row| row.split(" | ").next());
    first
        .flat_map(|names| names.split('`').filter(|name| !name.starts_with([',', ' ']) && !name.is_empty()))
        .map(str::to_owned)
        .collect()
}

// What is documented is there, and what is there is documented: once.
#[test]
fn the_document_has_every_setting() {
    use clap::CommandFactory as _;
    let documented = documented();
    let demo = include_str!("../../../../docs/demo.md");
    let command = Options::command();
    let options: Vec<&str> = command.get_arguments().filter_map(clap::Arg::get_long).collect();
    for option in &options {
        let times = documented.iter().filter(|name| name == option).count();
        let on_the_command_line = super::NO_KEYS.contains(option);
        let of_the_demo = demo.contains(&format!("`--{option}"));
        assert!(
            times == 1 || (times == 0 && (on_the_command_line || of_the_demo)),
            "{option} stands {times} times in the table"
        );
    }
    for name in &documented {
        assert!(options.contains(&name.as_str()), "{name} is no setting");
    }
    assert!(documented.len() > 15, "{documented:?}");
}

// The file that is there to begin with, and each of its keys, is one of the settings.
#[test]
fn the_settings_to_begin_with_are_taken() {
    let file = include_str!("../../../../deploy/portal.toml");
    assert!(load(Some(file), &[], &[]).is_ok());
}
