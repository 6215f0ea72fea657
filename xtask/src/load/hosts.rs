//! What is measured: one nginx that answers as gateway and service at once, the same for both; portal-server before it, once
//! as it hands on and once as it signs; and nginx that only hands on, with the rules of deploy/ for the files.

use crate::shell;
use anyhow::{Context, Result, bail};
use std::{
    fs,
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

/// About what a list of a dozen applications weighs.
const REPLY_BYTES: usize = 4000;

/// The programs; they end with it.
pub(crate) struct Hosts {
    pub(crate) portal: SocketAddr,
    pub(crate) signing: SocketAddr,
    pub(crate) nginx: SocketAddr,
    folder: PathBuf,
    site: PathBuf,
    server: Option<Child>,
    signer: Option<Child>,
    proxy: Option<Child>,
}

impl Hosts {
    pub(crate) fn start(program: &Path, site: &Path) -> Result<Self> {
        if shell::which(&["nginx"]).is_none() {
            bail!("nginx is not here to compare with: apt-get install nginx");
        }
        let folder = std::env::temp_dir().join(format!("portal-bench-{}", std::process::id()));
        fs::create_dir_all(folder.join("portal"))?;
        let site = fs::canonicalize(site)?;
        let mut hosts = Self {
            portal: free()?,
            signing: free()?,
            nginx: free()?,
            folder: folder.clone(),
            site: site.clone(),
            server: None,
            signer: None,
            proxy: None,
        };
        let service = free()?;
        for file in ["maps.conf", "site.conf"] {
            let from = shell::root().join("deploy").join("nginx").join(file);
            fs::copy(from, folder.join("portal").join(file))?;
        }
        let mut headers = shell::command(shell::root().join("deploy").join("headers.sh"));
        headers.arg("nginx").arg(&site).env("PORTAL_SERVER", program).env("TLS", "no");
        let headers = shell::output(&mut headers).context("deploy/headers.sh failed")?;
        fs::write(folder.join("portal").join("headers.conf"), headers)?;
        fs::write(folder.join("nginx.conf"), hosts.configuration(service))?;
        let mut nginx = Command::new("nginx");
        nginx.arg("-p").arg(&folder).arg("-c").arg(folder.join("nginx.conf")).args(["-e", "stderr"]);
        hosts.proxy = Some(nginx.spawn().context("nginx does not start")?);
        answers(hosts.nginx).context("nginx does not answer")?;

        let server = |address: SocketAddr| {
            let mut server = Command::new(program);
            server.arg("--site").arg(&site).args(["--port", &address.port().to_string()]);
            server.args(["--upstream", &format!("http://{service}"), "--log", "warn"]).stdout(Stdio::null());
            server
        };
        hosts.server = Some(server(hosts.portal).spawn().context("portal-server does not start")?);
        let mut signer = server(hosts.signing);
        signer.args(["--app-key", "key"]).env("PORTAL__APP_SECRET", "secret");
        hosts.signer = Some(signer.spawn().context("portal-server does not start")?);
        for address in [hosts.portal, hosts.signing] {
            answers(address).context("portal-server does not answer")?;
        }
        Ok(hosts)
    }

    /// Of each kind one: the page, a script and a wasm file with a hash, the settings.
    pub(crate) fn files(&self) -> Result<Vec<String>> {
        let mut names: Vec<String> = fs::read_dir(&self.site)?
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .filter(|name| name.starts_with("app-portal-"))
            .collect();
        names.sort();
        let hashed =
            [".js", ".wasm"].into_iter().filter_map(|kind| names.iter().find(|name| name.ends_with(kind)));
        let hashed = hashed.map(|name| format!("/{name}"));
        Ok(["/".to_owned(), "/portal.json".to_owned()].into_iter().chain(hashed).collect())
    }

    /// The resident memory of portal-server, in KiB.
    pub(crate) fn portal_memory(&self) -> Result<u64> {
        let id = self.server.as_ref().context("it runs")?.id();
        let status =
            fs::read_to_string(format!("/proc/{id}/status")).context("only Linux tells the memory")?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no VmRSS")?;
        Ok(line.trim().trim_end_matches("kB").trim().parse()?)
    }

    fn configuration(&self, service: SocketAddr) -> String {
        let (folder, site) = (self.folder.display(), self.site.display());
        let user = if shell::is_root() { "user root;" } else { "" };
        let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
        let temporary = temporary.map(|name| format!("{name}_temp_path {folder}/{name};")).concat();
        let reply = format!(r#"{{"code":0,"message":"OK","data":"{}"}}"#, "x".repeat(REPLY_BYTES));
        let token = r#"{"status":0,"data":{"accessToken":"token-of-the-gateway","expire":7200}}"#;
        let nginx = self.nginx;
        format!(
            "daemon off; {user} worker_processes auto; pid {folder}/pid; error_log stderr error;\n\
             events {{ worker_connections 4096; }}\n\
             http {{ include /etc/nginx/mime.types; access_log off; {temporary}\n\
             keepalive_requests 100000000; sendfile on; tcp_nopush on; open_file_cache max=1000;\n\
             include portal/maps.conf;\n\
             upstream portal_service {{ server {service}; keepalive 64; keepalive_requests 100000000; }}\n\
             server {{ listen {nginx}; root {site}; include portal/site.conf; }}\n\
             server {{ listen {service}; default_type application/json;\n\
             location /app-portal-service/ {{ return 200 '{reply}'; }}\n\
             location /apim-token-service/ {{ return 200 '{token}'; }} }} }}\n"
        )
    }
}

impl Drop for Hosts {
    fn drop(&mut self) {
        for child in [&mut self.server, &mut self.signer, &mut self.proxy].into_iter().flatten() {
            // nginx ends its workers when told so, not when killed.
            let told = Command::new("kill").arg(child.id().to_string()).status();
            if !told.is_ok_and(|status| status.success()) {
                let _already_over = child.kill();
            }
            let _ended = child.wait();
        }
        let _removed = fs::remove_dir_all(&self.folder);
    }
}

/// An address that was free a moment ago.
fn free() -> Result<SocketAddr> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?)
}

fn answers(address: SocketAddr) -> Result<()> {
    for _ in 0..100 {
        if TcpStream::connect(address).is_ok() {
            return Ok(());
        }
        thread::sleep(Duration::from_millis(50));
    }
    bail!("nothing listens at {address}")
}
