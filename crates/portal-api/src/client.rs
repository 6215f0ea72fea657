//! The client: endpoint in, reply or typed error out, over any transport.

use core::fmt;

use crate::{
    AccessToken, Body, Endpoint, Error, ErrorKind, Method, Parts, Public, Spec, TransportFailure, User,
    encoding, open,
};

/// The largest reply that a transport takes, in bytes: room for 100,000 applications, no more (hostile.md 71).
pub const MAX_REPLY_BYTES: usize = 96 << 20;

/// The other header for a token (contract.md 2.1); see [`Spec::token_twice`].
pub const TOKEN_HEADER: &str = "accessToken";

/// A call as it goes out.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// The method.
    pub method: Method,
    /// The path below the service prefix, such as `/v2.2/login`.
    pub path: String,
    /// Query, headers and body.
    pub parts: Parts,
    /// The user's token, where the operation wants one.
    pub token: Option<AccessToken>,
}

impl Request {
    /// Builds the call of an endpoint.
    pub fn new<E: Endpoint>(endpoint: &E, token: Option<&AccessToken>) -> Self {
        let mut parts = Parts::default();
        endpoint.write(&mut parts);
        Self { method: E::SPEC.method, path: E::SPEC.path.to_owned(), parts, token: token.cloned() }
    }

    /// Path and query as they stand in the address.
    pub fn path_and_query(&self) -> String {
        if self.parts.query.is_empty() {
            return self.path.clone();
        }
        let pairs = self.parts.query.iter().map(|(key, value)| (key.as_str(), value.as_str()));
        self.path.clone() + "?" + &encoding::write_query(pairs)
    }

    /// The body as JSON text.
    pub fn body_text(&self) -> Option<String> {
        self.parts.body.as_ref().map(Body::to_text)
    }
}

/// What came back, before anybody looked at it. `Debug` shows neither body nor header values: tokens come in them.
#[derive(Clone, PartialEq, Eq)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// Headers, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body as sent.
    pub body: Vec<u8>,
}

impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Response({}, {} bytes)", self.status, self.body.len())
    }
}

impl Response {
    /// The value of a header, asked for in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// Carries a request to a service: fetch in the browser, the reference service in the page, a table in tests.
pub trait Transport {
    /// Sends the request. `base` is the service's address up to and with the service prefix.
    fn send(&self, base: &str, request: Request) -> impl Future<Output = Result<Response, TransportFailure>>;
}

/// A client without a user: only operations open to everyone can be sent.
#[derive(Clone, Debug)]
pub struct Client<T> {
    transport: T,
    base: String,
}

impl<T: Transport> Client<T> {
    /// A client of the service at `base`, such as `/app-portal-service`.
    pub fn new(transport: T, base: &str) -> Self {
        Self { transport, base: base.trim_end_matches('/').to_owned() }
    }

    /// Sends a call that needs no user.
    ///
    /// An operation that needs a user does not compile here:
    ///
    /// ```compile_fail
    /// # async fn f<T: portal_api::Transport>(client: &portal_api::Client<T>) {
    /// client.send(&portal_api::organization::GetUserInformation).await;
    /// # }
    /// ```
    ///
    /// # Errors
    /// See [`ErrorKind`].
    pub async fn send<E: Endpoint<Access = Public>>(&self, endpoint: &E) -> Result<E::Reply, Error> {
        self.exchange(&E::SPEC, Request::new(endpoint, None)).await.and_then(|response| reply::<E>(&response))
    }

    /// The address that a request goes to.
    pub fn address(&self, request: &Request) -> String {
        format!("{}{}", self.base, request.path_and_query())
    }

    /// The client as the user of a token.
    pub fn with<'a>(&'a self, token: &'a AccessToken) -> Authorized<'a, T> {
        Authorized { client: self, token }
    }

    /// Sends a request as it is: for callers that add the token themselves and replay the call after a refresh. The
    /// response is read with [`reply`].
    ///
    /// # Errors
    /// No response came.
    pub async fn exchange(&self, spec: &Spec, mut request: Request) -> Result<Response, Error> {
        // Here and not in `write`: an endpoint does not know the token, and callers may set it late.
        if let Some(token) = request.token.as_ref().filter(|_| spec.token_twice) {
            let value = token.header();
            request.parts.put_header(TOKEN_HEADER, &value);
        }
        let response = self.transport.send(&self.base, request).await;
        let response =
            response.map_err(|failure| Error::new(spec.operation, ErrorKind::Transport(failure)))?;
        if response.body.len() > MAX_REPLY_BYTES {
            return Err(Error::new(spec.operation, ErrorKind::Transport(TransportFailure::TooLarge)));
        }
        Ok(response)
    }
}

/// A client with a user's access token.
#[derive(Debug)]
pub struct Authorized<'a, T> {
    client: &'a Client<T>,
    token: &'a AccessToken,
}

impl<T: Transport> Authorized<'_, T> {
    /// Sends a call as the user.
    ///
    /// # Errors
    /// See [`ErrorKind`].
    pub async fn send<E: Endpoint<Access = User>>(&self, endpoint: &E) -> Result<E::Reply, Error> {
        let request = Request::new(endpoint, Some(self.token));
        self.client.exchange(&E::SPEC, request).await.and_then(|response| reply::<E>(&response))
    }
}

/// Reads a response to a call of an endpoint.
///
/// # Errors
/// See [`ErrorKind`].
pub fn reply<E: Endpoint>(response: &Response) -> Result<E::Reply, Error> {
    E::decode(&open(&E::SPEC, response)?).map_err(|mismatch| {
        let place = mismatch.place.to_owned();
        Error::new(E::SPEC.operation, ErrorKind::Malformed { place })
    })
}
