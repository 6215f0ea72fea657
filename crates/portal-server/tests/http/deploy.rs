//! The files of deploy/: each is read by the program that it is for, where that program is installed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::harness::Folder;

const DEPLOY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../deploy");
const TLS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/http/tls");

fn text(name: &str) -> String {
    fs::read_to_string(Path::new(DEPLOY).join(name)).expect(name)
}

/// What a program says; none where it is not installed.
fn run(program: &str, change: impl FnOnce(&mut Command)) -> Option<(bool, String)> {
    let mut command = Command::new(program);
    change(&mut command);
    let Output { status, stdout, stderr } = command.output().ok()?;
    Some((status.success(), String::from_utf8_lossy(&[stdout, stderr].concat()).into_owned()))
}

/// The lines of a site's headers for another server.
fn headers(folder: &Folder, server: &str) -> PathBuf {
    let script = Path::new(DEPLOY).join("headers.sh");
    let (good, said) = run("sh", |command| {
        command.arg(script).arg(server).arg(folder.path().join("site"));
        command.env("PORTAL_SERVER", env!("CARGO_BIN_EXE_portal-server"));
    })
    .expect("a shell");
    assert!(good, "{said}");
    let lines: Vec<&str> = said.lines().collect();
    let first = if server == "nginx" { "add_header " } else { "header " };
    let last = if server == "nginx" { "\" always;" } else { "\"" };
    let all: Vec<_> =
        lines.iter().take_while(|line| line.starts_with(first) && line.ends_with(last)).collect();
    assert_eq!(all.len(), 6, "{said}");
    // The rest is what differs, with the policy of the service worker.
    assert_eq!(
        said.matches("default-src 'none'; script-src 'self'; connect-src 'self'\"").count(),
        1,
        "{said}"
    );
    let file = folder.path().join("portal").join("headers.conf");
    fs::create_dir_all(folder.path().join("portal")).expect("a folder");
    fs::write(&file, said).expect("a file");
    file
}

#[test]
fn portal_server_takes_its_settings_file() {
    let folder = Folder::site();
    folder.write("portal.toml", &text("portal.toml")).write_secret("app-secret", "secret\n");
    let (good, said) = run(env!("CARGO_BIN_EXE_portal-server"), |command| {
        command.arg("--config").arg(folder.path().join("portal.toml")).arg("--check");
        command.arg("--site").arg(folder.path().join("site"));
        command.arg("--app-secret-file").arg(folder.path().join("app-secret"));
    })
    .expect("it runs");
    assert!(good, "{said}");
}

// The settings inside the Kubernetes example are a settings file too.
#[test]
fn portal_server_takes_the_settings_of_the_cluster() {
    let all = text("kubernetes/portal.yaml");
    let inside = all.split_once("portal.toml: |\n").expect("settings").1.split_once("---").expect("an end").0;
    let folder = Folder::site();
    let secret = folder.path().join("app-secret");
    folder.write_secret("app-secret", "secret");
    let settings = inside
        .replace("/run/secrets/portal/app-secret", &secret.display().to_string())
        .replace("0.0.0.0:9090", "127.0.0.1:0");
    folder.write("portal.toml", &settings);
    let (good, said) = run(env!("CARGO_BIN_EXE_portal-server"), |command| {
        command.arg("--config").arg(folder.path().join("portal.toml")).arg("--check");
        command.arg("--site").arg(folder.path().join("site")).arg("--port=0");
    })
    .expect("it runs");
    assert!(good, "{said}");
}

#[test]
fn nginx_takes_its_configuration() {
    let folder = Folder::site();
    headers(&folder, "nginx");
    for name in ["maps.conf", "site.conf"] {
        folder.write(&format!("portal/{name}"), &text(&format!("nginx/{name}")));
    }
    let here = folder.path().display();
    let host = text("nginx/portal.conf")
        .replace("/etc/ssl/portal/fullchain.pem", &format!("{TLS}/certificate.pem"))
        .replace("/etc/ssl/portal/key.pem", &format!("{TLS}/key.pem"))
        .replace("/srv/portal", &format!("{here}/site"))
        .replace("/var/log/nginx/portal.log", &format!("{here}/portal.log"))
        .replace(" 80;", " 18080;")
        .replace(":80;", ":18080;")
        .replace(" 443 ", " 18443 ")
        .replace(":443 ", ":18443 ");
    let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
    let temporary = temporary.map(|name| format!("{name}_temp_path {here}/{name};")).concat();
    let main = format!(
        "pid {here}/pid; error_log stderr; events {{}} http {{ include /etc/nginx/mime.types; access_log off; {temporary} {host} }}"
    );
    folder.write("nginx.conf", &main);
    let tested = run("nginx", |command| {
        command.arg("-t").arg("-p").arg(folder.path()).arg("-c").arg(folder.path().join("nginx.conf"));
        command.args(["-e", "stderr"]);
    });
    let Some((good, said)) = tested else { return };
    // Later versions warn of the older way to say http2, which those of Debian need.
    assert!(good, "{said}");
}

#[test]
fn caddy_takes_its_configuration() {
    let folder = Folder::site();
    let headers = headers(&folder, "caddy");
    let rules = Path::new(DEPLOY).join("caddy").join("portal.caddy");
    let checked = run("caddy", |command| {
        command.args(["validate", "--adapter", "caddyfile", "--config"]);
        command.arg(Path::new(DEPLOY).join("caddy").join("Caddyfile"));
        command.env("PORTAL_RULES", &rules).env("PORTAL_HEADERS", headers);
        command.env("XDG_DATA_HOME", folder.path()).env("XDG_CONFIG_HOME", folder.path());
    });
    let Some((good, said)) = checked else { return };
    assert!(good, "{said}");
}

// The steps of the document are done as they stand there: a folder that no system has is made before something goes into it.
#[test]
fn the_document_makes_the_folders_that_it_fills() {
    let document = fs::read_to_string(Path::new(DEPLOY).join("../docs/deployment.md")).expect("the document");
    let there = ["/etc/nginx/conf.d/", "/etc/caddy/", "/etc/systemd/system/", "/usr/local/bin/"];
    let made: Vec<&str> = document
        .split("install -d ")
        .skip(1)
        .filter_map(|rest| rest.split(['`', '\n']).next()?.rsplit(' ').next())
        .collect();
    let mut filled: Vec<String> = Vec::new();
    for after in ["into `/", "> /", "deploy/portal.toml /"] {
        for rest in document.split(after).skip(1) {
            let path = format!("/{}", rest.split(['`', ' ', '\n', ')']).next().unwrap_or_default());
            filled.push(path.rsplit_once('/').map(|(folder, _)| format!("{folder}/")).expect("a folder"));
        }
    }
    assert!(filled.len() > 6, "{filled:?}");
    for folder in filled {
        let known = there.contains(&folder.as_str()) || made.iter().any(|made| format!("{made}/") == folder);
        assert!(known, "{folder} is filled, and nobody makes it: {made:?}");
    }
}

// portal.json as it is shipped says nothing that the document says to leave out.
#[test]
fn the_shipped_settings_leave_out_the_service() {
    let file = Path::new(DEPLOY).join("../public/portal.json");
    let settings: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(file).expect("settings")).expect("JSON");
    assert!(settings.get("apiBase").is_none() && settings.get("locales").is_some());
}

// hostile.md 20: queries are written down by nobody. The usual format of nginx has them, and so have Caddy's own words.
#[test]
fn servers_in_front_write_no_query_down() {
    let formats = text("nginx/maps.conf");
    let format = formats.lines().find(|line| line.starts_with("log_format portal ")).expect("a format");
    for variable in ["$request ", "$request\"", "$request_uri", "$args", "$query_string", "$http_referer"] {
        assert!(!format.contains(variable), "{variable}");
    }
    for file in ["nginx/portal.conf", "nginx/site.conf"] {
        for line in text(file).lines().map(str::trim).filter(|line| line.starts_with("access_log ")) {
            assert!(line == "access_log off;" || line.ends_with(" portal;"), "{file}: {line}");
        }
    }
    assert!(text("caddy/Caddyfile").contains("request>uri delete"));
}

#[test]
fn systemd_takes_its_unit() {
    let folder = Folder::site();
    let unit = text("systemd/portal-server.service").replace("/usr/local/bin/portal-server", "/bin/true");
    folder.write("portal-server.service", &unit);
    let checked = run("systemd-analyze", |command| {
        command.arg("verify").arg(folder.path().join("portal-server.service"));
    });
    let Some((good, said)) = checked else { return };
    // Others of the machine's own units may be mentioned; nothing is said of this one.
    assert!(good && !said.contains("portal-server.service:"), "{said}");
}
