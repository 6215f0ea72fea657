//! A reply as versions 2.0 and 2.1 wrote it: the old code family, numbers and truth values as texts, other names,
//! members left out (contract.md 0.2 and §6, 1, 5 to 12). The account `legacy` gets everything like this.

use serde_json::{Map, Value};

/// Turns a reply into its older self.
pub(crate) fn age(status: u16, envelope: Value) -> (u16, Value) {
    let Value::Object(mut envelope) = envelope else { return (status, envelope) };
    let code = envelope.get("code").and_then(Value::as_i64).unwrap_or(0);
    let code = match code {
        0 => 200,
        31_001..32_000 => code - 31_000,
        other => other,
    };
    // An expired token was a real HTTP 401 there, as third parties report (contract.md 0.1).
    let status = if code == 401 { 401 } else { status };
    envelope.insert("code".to_owned(), code.to_string().into());
    rename(&mut envelope, "message", "msg");
    let data = envelope.remove("data").map(|data| value("data", data)).filter(|data| !data.is_null());
    envelope.extend(data.map(|data| ("data".to_owned(), data)));
    (status, Value::Object(envelope))
}

/// Members that came with later versions.
const LATER: &[&str] = &["nameJson", "descriptionJson", "displayName", "mfaType", "pagination", "email"];

fn value(key: &str, old: Value) -> Value {
    match (key, old) {
        // Chinese tables type it as a list (contract.md 1.1).
        ("user", Value::Object(members)) => Value::Array(vec![object(members)]),
        ("category", Value::Object(members)) => {
            members.get("id").map_or(Value::Null, |id| value("id", id.clone()))
        }
        ("children", Value::Array(list)) if list.is_empty() => Value::Null,
        ("refreshTokenExpire", Value::Number(milliseconds)) => seconds(&milliseconds.to_string()).into(),
        ("status" | "isShortcut", Value::Bool(flag)) => if flag { "1" } else { "0" }.into(),
        (_, Value::Number(number)) => number.to_string().into(),
        (_, Value::Object(members)) => object(members),
        (key, Value::Array(list)) => list.into_iter().map(|entry| value(key, entry)).collect(),
        (_, other) => other,
    }
}

fn object(mut members: Map<String, Value>) -> Value {
    LATER.iter().for_each(|key| drop(members.remove(*key)));
    rename(&mut members, "code", "identifier");
    rename(&mut members, "currentOrgId", "workingOrganizationId");
    rename(&mut members, "currentOrgName", "workingOrganizationName");
    // Missing is another way to say null or nothing.
    members.retain(|_, member| !member.is_null() && *member != Value::String(String::new()));
    members.into_iter().map(|(key, member)| (key.clone(), value(&key, member))).collect()
}

fn rename(members: &mut Map<String, Value>, from: &str, to: &str) {
    if let Some(member) = members.remove(from) {
        members.insert(to.to_owned(), member);
    }
}

/// A number of seconds with ten digits, as text (contract.md §6, 7).
fn seconds(milliseconds: &str) -> String {
    milliseconds.parse::<i64>().map_or_else(|_| milliseconds.to_owned(), |ms| (ms / 1000).to_string())
}
