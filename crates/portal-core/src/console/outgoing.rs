//! A call as it goes out, with a sign in the place of each secret.

use portal_api::describe::{Description, Parameter, Place};
use portal_api::json;
use portal_api::{Body, Parts, TOKEN_HEADER, encoding};

/// A part of a text of the call.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Piece {
    /// As it is.
    Text(String),
    /// Something that is not shown, by the name of the variable that stands for it in a shell.
    Secret(&'static str),
}

/// What is shown in the place of a secret.
const HIDDEN: &str = "…";
/// The variable for the token of a user.
const ACCESS_TOKEN: &str = "ACCESS_TOKEN";

/// The pieces as text for people.
pub fn shown(pieces: &[Piece]) -> String {
    let show = |piece: &Piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Secret(_) => HIDDEN.to_owned(),
    };
    pieces.iter().map(show).collect()
}

/// A call.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Outgoing {
    /// The method.
    pub method: &'static str,
    /// The whole address.
    pub address: Vec<Piece>,
    /// Names and values of headers.
    pub headers: Vec<(String, Vec<Piece>)>,
    /// The body.
    pub body: Option<Vec<Piece>>,
}

impl Outgoing {
    /// The call of an operation to the service at `base`. `token`: it carries one. `own`: a parameter that goes out
    /// although it was not typed, the refresh token of the console's session.
    pub fn new(
        description: &Description,
        parts: &Parts,
        base: &str,
        token: bool,
        own: Option<&Parameter>,
    ) -> Self {
        let mut address = vec![Piece::Text(format!("{base}{}", description.spec.path))];
        let secret = |place: Place, name: &str| variable(description, place, name);
        for (index, (name, value)) in parts.query.iter().enumerate() {
            pair(&mut address, index, name);
            address.push(
                secret(Place::Query, name)
                    .map_or_else(|| Piece::Text(encoding::encode(value)), Piece::Secret),
            );
        }
        if let Some(own) = own {
            pair(&mut address, parts.query.len(), own.name);
            address.extend(secret(own.place, own.name).map(Piece::Secret));
        }
        let mut headers = vec![("Accept".to_owned(), text("application/json"))];
        let bearer = || vec![Piece::Text("Bearer ".to_owned()), Piece::Secret(ACCESS_TOKEN)];
        if token {
            headers.push(("Authorization".to_owned(), bearer()));
            if description.spec.token_twice {
                headers.push((TOKEN_HEADER.to_owned(), bearer()));
            }
        }
        headers.extend(parts.headers.iter().map(|(name, value)| (name.clone(), text(value))));
        let body = parts.body.as_ref().map(|body| body_pieces(description, body));
        if body.is_some() {
            headers.push(("Content-Type".to_owned(), text("application/json")));
        }
        Self { method: description.spec.method.as_str(), address, headers, body }
    }
}

fn text(text: &str) -> Vec<Piece> {
    vec![Piece::Text(text.to_owned())]
}

fn pair(address: &mut Vec<Piece>, index: usize, name: &str) {
    let sign = if index == 0 { '?' } else { '&' };
    address.push(Piece::Text(format!("{sign}{}=", encoding::encode(name))));
}

/// Secrets are members of the body itself, never deeper.
fn body_pieces(description: &Description, body: &Body) -> Vec<Piece> {
    let mut pieces = text("{");
    for (index, (name, value)) in body.iter().enumerate() {
        let comma = if index == 0 { "" } else { "," };
        let key = json::to_text(name);
        match variable(description, Place::Body, name) {
            Some(secret) => pieces.extend([
                Piece::Text(format!("{comma}{key}:\"")),
                Piece::Secret(secret),
                Piece::Text("\"".to_owned()),
            ]),
            None => pieces.push(Piece::Text(format!("{comma}{key}:{value}"))),
        }
    }
    pieces.push(Piece::Text("}".to_owned()));
    pieces
}

/// The variable for a secret parameter; `None` for one that may be seen.
fn variable(description: &Description, place: Place, name: &str) -> Option<&'static str> {
    let found = description.parameters.iter().find(|known| known.place == place && known.name == name)?;
    found.secret.then_some(match found.name {
        "refreshToken" => "REFRESH_TOKEN",
        "password" => "PASSWORD",
        _ => "CODE",
    })
}
