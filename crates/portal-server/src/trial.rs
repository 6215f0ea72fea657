//! What the demonstration adds to portal.json, so that every way to sign in can be tried. Used by the host and by the build
//! of the static demo.

use serde_json::{Value, json};

/// Adds the settings of the demonstration to those of a site whose sample applications stand at `samples`, a path without
/// a slash at the end. What the site's own file says, `null` too, stays.
pub fn add_sign_in(settings: &mut Value, samples: &str) {
    // What has another shape is refused, with its key, where it is read.
    let Some(settings) = settings.as_object_mut() else { return };
    let mut add = |key: &str, value: Value| {
        settings.entry(key).or_insert(value);
    };
    add("signOn", json!({ "url": format!("{samples}/identity/sign-in.html"), "name": "Sample Identity" }));
    add("userDomains", json!(true));
    // The reference service asks for no signature.
    add("serverOperations", json!(server_operations()));
    add("forgotPasswordUrl", json!(format!("{samples}/generic/page.html?page=Forgot%20password")));
}

/// The operations that are meant for servers, by name.
fn server_operations() -> Vec<&'static str> {
    let for_servers =
        portal_api::ENDPOINTS.iter().filter(|spec| spec.audience == portal_api::Audience::Server);
    for_servers.map(|spec| spec.operation).collect()
}

#[cfg(test)]
mod tests {
    use super::{add_sign_in, json};

    // Who tries a file of their own sees that file, not ours.
    #[test]
    fn the_sites_own_settings_stay() {
        let mut settings =
            json!({"signOn": null, "userDomains": false, "title": "x", "serverOperations": ["Sync Asset"]});
        add_sign_in(&mut settings, "/demo/sample-apps");
        let forgot = "/demo/sample-apps/generic/page.html?page=Forgot%20password";
        assert_eq!(
            settings,
            json!({"signOn": null, "userDomains": false, "title": "x", "serverOperations": ["Sync Asset"], "forgotPasswordUrl": forgot})
        );
        let mut list = json!([]);
        add_sign_in(&mut list, "");
        assert_eq!(list, json!([]));
    }
}
