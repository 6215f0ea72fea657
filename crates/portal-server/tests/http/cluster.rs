//! The Kubernetes example and the container file, read as what they are: what one part names, another part has.

use std::fs;
use std::path::Path;

use portal_server::Options;
use yaml_rust2::{Yaml, YamlLoader};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

fn text(name: &str) -> String {
    fs::read_to_string(Path::new(ROOT).join(name)).expect(name)
}

/// All objects of the example.
fn objects() -> Vec<Yaml> {
    YamlLoader::load_from_str(&text("deploy/kubernetes/portal.yaml")).expect("YAML")
}

fn one(kind: &str) -> Yaml {
    let mut found = objects().into_iter().filter(|object| object["kind"].as_str() == Some(kind));
    let object = found.next().expect(kind);
    assert!(found.next().is_none() && object["metadata"]["name"].as_str().is_some(), "{kind}");
    object
}

fn pod() -> Yaml {
    one("Deployment")["spec"]["template"]["spec"].clone()
}

fn container() -> Yaml {
    let pod = pod();
    assert_eq!(pod["containers"].as_vec().map(Vec::len), Some(1));
    pod["containers"][0].clone()
}

/// The settings inside the example, read as portal-server reads them.
fn settings() -> Options {
    let map = one("ConfigMap");
    let text = map["data"]["portal.toml"].as_str().expect("settings");
    let file = std::env::temp_dir().join(format!("portal-cluster-{:?}.toml", std::thread::current().id()));
    fs::write(&file, text).expect("a file");
    let options = Options::load(["--config".into(), file.clone().into()], []).expect("settings");
    fs::remove_file(file).expect("gone");
    options
}

#[test]
fn what_selects_the_pods_finds_them() {
    let deployment = one("Deployment");
    let labels = &deployment["spec"]["template"]["metadata"]["labels"];
    assert!(labels["app"].as_str().is_some());
    let service = one("Service");
    let budget = one("PodDisruptionBudget");
    for selector in [
        &deployment["spec"]["selector"]["matchLabels"],
        &service["spec"]["selector"],
        &budget["spec"]["selector"]["matchLabels"],
        &pod()["topologySpreadConstraints"][0]["labelSelector"]["matchLabels"],
    ] {
        assert_eq!(selector, labels);
    }
    let replicas = deployment["spec"]["replicas"].as_i64().expect("replicas");
    let at_least = budget["spec"]["minAvailable"].as_i64().expect("a budget");
    assert!(replicas >= 2 && (1..replicas).contains(&at_least), "nodes can be emptied one after the other");
    assert_eq!(deployment["spec"]["strategy"]["rollingUpdate"]["maxUnavailable"].as_i64(), Some(0));
}

#[test]
fn ports_and_probes_are_those_of_the_settings() {
    let (container, settings) = (container(), settings());
    let ports = container["ports"].as_vec().expect("ports");
    let port = |name: &str| {
        let port = ports.iter().find(|port| port["name"].as_str() == Some(name)).expect(name);
        u16::try_from(port["containerPort"].as_i64().expect("a number")).expect("a port")
    };
    assert_eq!(Some(port("admin")), settings.admin.map(|admin| admin.port()));
    let image = text("deploy/container/Containerfile");
    assert!(image.contains(&format!("PORTAL__PORT={}\n", port("http"))));
    assert_eq!(one("Service")["spec"]["ports"][0]["targetPort"].as_str(), Some("http"));
    for (probe, path) in
        [("startupProbe", "/healthz"), ("livenessProbe", "/healthz"), ("readinessProbe", "/readyz")]
    {
        let asked = &container[probe]["httpGet"];
        assert_eq!((asked["path"].as_str(), asked["port"].as_str()), (Some(path), Some("admin")), "{probe}");
    }
    let annotations = &one("Deployment")["spec"]["template"]["metadata"]["annotations"];
    assert_eq!(annotations["prometheus.io/port"].as_str(), Some(port("admin").to_string().as_str()));
}

#[test]
fn the_pod_has_no_rights_and_writes_nothing() {
    let (pod, container) = (pod(), container());
    let of_pod = &pod["securityContext"];
    assert_eq!(of_pod["runAsNonRoot"].as_bool(), Some(true));
    assert_eq!(of_pod["seccompProfile"]["type"].as_str(), Some("RuntimeDefault"));
    assert_eq!(pod["automountServiceAccountToken"].as_bool(), Some(false));
    let of_container = &container["securityContext"];
    assert_eq!(of_container["allowPrivilegeEscalation"].as_bool(), Some(false));
    assert_eq!(of_container["readOnlyRootFilesystem"].as_bool(), Some(true));
    assert_eq!(of_container["capabilities"]["drop"][0].as_str(), Some("ALL"));
    let user = of_pod["runAsUser"].as_i64().expect("a number");
    assert!(text("deploy/container/Containerfile").contains(&format!("\nUSER {user}:{user}\n")));
    for mount in container["volumeMounts"].as_vec().expect("mounts") {
        assert_eq!(mount["readOnly"].as_bool(), Some(true), "{mount:?}");
    }
}

#[test]
fn settings_and_secret_lie_where_they_are_looked_for() {
    let (pod, container, settings) = (pod(), container(), settings());
    let mounted = |name: &str| {
        let mounts = container["volumeMounts"].as_vec().expect("mounts");
        let mount = mounts.iter().find(|mount| mount["name"].as_str() == Some(name)).expect(name);
        Path::new(mount["mountPath"].as_str().expect("a path")).to_owned()
    };
    let volume = |name: &str| {
        let volumes = pod["volumes"].as_vec().expect("volumes");
        volumes.iter().find(|volume| volume["name"].as_str() == Some(name)).expect(name).clone()
    };
    let arguments: Vec<&str> =
        container["args"].as_vec().expect("arguments").iter().filter_map(Yaml::as_str).collect();
    assert_eq!(arguments, ["--config", mounted("settings").join("portal.toml").to_str().expect("text")]);
    assert_eq!(volume("settings")["configMap"]["name"], one("ConfigMap")["metadata"]["name"]);
    assert_eq!(settings.app_secret_file, Some(mounted("secret").join("app-secret")));
    assert_eq!(volume("secret")["secret"]["secretName"].as_str(), Some("portal-app-secret"));
    // The secret stands in no object of this file.
    assert!(!text("deploy/kubernetes/portal.yaml").contains("kind: Secret"));
}

// Who is killed while calls are under way loses them.
#[test]
fn everybody_waits_longer_than_the_server_takes_to_end() {
    let settings = settings();
    let given = pod()["terminationGracePeriodSeconds"].as_i64().expect("a number");
    let taken = settings.drain + settings.grace.unwrap_or(30);
    assert!(u64::try_from(given).expect("a time") > taken, "{given} {taken}");
    let unit = text("deploy/systemd/portal-server.service");
    let given = unit.split_once("\nTimeoutStopSec=").expect("a time").1.lines().next().expect("a line");
    assert!(given.parse::<u64>().expect("seconds") > 30);
}

// An older Rust or Node would end the build after minutes.
#[test]
fn the_container_is_built_with_what_the_workspace_asks_for() {
    let manifest = text("Cargo.toml");
    let rust = manifest.split_once("rust-version = \"").expect("a version").1.split('"').next().expect("it");
    let image = text("deploy/container/Containerfile");
    // Debian 12, bookworm, has Node 18.
    assert!(image.contains(&format!("FROM docker.io/library/rust:{rust}-trixie AS build")));
    assert!(text("e2e/package.json").contains("\"node\": \">=20\""));
}
