//! Where calls go: over the network, or to the reference service inside the page.

use portal_api::{Request, Response, Transport, TransportFailure};

use super::fetch;
#[cfg(feature = "demo")]
use super::in_page::InPage;

/// The service behind the client.
#[derive(Clone, Debug)]
pub enum Host {
    /// The portal API over HTTP.
    Network,
    /// The reference service in the page, for demonstrations without a server.
    #[cfg(feature = "demo")]
    InPage(InPage),
}

impl Host {
    /// The service of this build.
    pub fn of_this_build() -> Self {
        #[cfg(feature = "demo")]
        return Self::InPage(InPage::start());
        #[cfg(not(feature = "demo"))]
        Self::Network
    }

    /// Whether calls go over the network.
    pub fn is_network(&self) -> bool {
        matches!(self, Self::Network)
    }
}

impl Transport for Host {
    async fn send(&self, base: &str, request: Request) -> Result<Response, TransportFailure> {
        match self {
            Self::Network => fetch::send(base, request).await,
            #[cfg(feature = "demo")]
            Self::InPage(service) => service.send(request).await,
        }
    }
}
