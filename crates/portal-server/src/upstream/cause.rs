//! Why the service, or the gateway before it, was not reached: in words for the log, out of the errors of the libraries. The
//! errors' own words stay here, since they can hold the address.

use std::error::Error;
use std::io;

use rustls::CertificateError;

use super::refusal::Refusal;

/// What went wrong with a request.
pub(super) fn refusal(error: &(dyn Error + 'static)) -> Refusal {
    let mut cause = Some(error);
    let mut why = "the connection broke";
    while let Some(inner) = cause {
        let hyper = inner.downcast_ref::<hyper::Error>();
        if hyper.is_some_and(|error| error.is_parse() || error.is_parse_too_large()) {
            return Refusal::BadReply("What answered is no HTTP server");
        }
        if inner.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::TimedOut) {
            return Refusal::Timeout;
        }
        why = words(inner).unwrap_or(why);
        cause = below(inner);
    }
    Refusal::Unreachable(why)
}

/// What an error is made of. One of the system's passes over what it holds itself when it is asked for its source.
fn below<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    let held = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
    held.map(|held| held as &(dyn Error + 'static)).or_else(|| error.source())
}

/// The words for one error of the chain, where it says something; an inner one knows better than an outer one.
fn words(error: &(dyn Error + 'static)) -> Option<&'static str> {
    if let Some(tls) = error.downcast_ref::<rustls::Error>() {
        return Some(of_tls(tls));
    }
    let Some(system) = error.downcast_ref::<io::Error>() else {
        // The connector's own type is not public; these are its words for this.
        return error.to_string().starts_with("dns error").then_some("its name is not known");
    };
    match system.kind() {
        io::ErrorKind::ConnectionRefused => Some("nothing listens there"),
        io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkUnreachable => Some("there is no way to it"),
        _ => None,
    }
}

fn of_tls(error: &rustls::Error) -> &'static str {
    let rustls::Error::InvalidCertificate(certificate) = error else {
        return "TLS with it fails: it may be no TLS server, or know no common version";
    };
    match certificate {
        CertificateError::Expired
        | CertificateError::ExpiredContext { .. }
        | CertificateError::NotValidYet
        | CertificateError::NotValidYetContext { .. } => {
            "its certificate is not of this time, or a clock is wrong"
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            "its certificate is for another name"
        }
        // The latter: of an authority of the same name.
        CertificateError::UnknownIssuer | CertificateError::BadSignature => {
            "nobody who is trusted here vouches for its certificate: see `upstream-ca`"
        }
        _ => "its certificate cannot be trusted; one of an authority itself serves no host",
    }
}
