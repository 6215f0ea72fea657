//! What is counted, and its text in the form of Prometheus (exposition format 0.0.4). Names of operations are those of
//! the contract, so nothing that a client sends becomes a label.

use core::fmt::Write as _;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Duration;

use portal_api::{ENDPOINTS, Spec};

/// The upper ends of the classes of duration, in milliseconds.
const CLASSES: [u64; 10] = [5, 10, 25, 50, 100, 250, 500, 1000, 5000, 30_000];

/// How a call ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Outcome {
    /// A reply of the service was handed on, whatever it says.
    Answered,
    /// This server refused it.
    Refused,
    /// The service, or the way to it, failed.
    Failed,
    /// The client went away first.
    Left,
}

const OUTCOMES: [(Outcome, &str); 4] = [
    (Outcome::Answered, "answered"),
    (Outcome::Refused, "refused"),
    (Outcome::Failed, "failed"),
    (Outcome::Left, "left"),
];

/// The calls of one operation.
#[derive(Debug, Default)]
struct Counted {
    outcomes: [AtomicU64; OUTCOMES.len()],
    classes: [AtomicU64; CLASSES.len()],
    micros: AtomicU64,
}

/// All counters of a process.
#[derive(Debug)]
pub(crate) struct Metrics {
    /// By the place in [`ENDPOINTS`]; the last one counts what is no operation.
    operations: Vec<Counted>,
    under_way: AtomicI64,
    tokens: AtomicU64,
    tokens_failed: AtomicU64,
    /// Replies that broke off on their way to the client.
    broken: AtomicU64,
}

impl Metrics {
    pub(crate) fn new() -> Self {
        Self {
            operations: (0..=ENDPOINTS.len()).map(|_| Counted::default()).collect(),
            under_way: AtomicI64::new(0),
            tokens: AtomicU64::new(0),
            tokens_failed: AtomicU64::new(0),
            broken: AtomicU64::new(0),
        }
    }

    pub(crate) fn began(&self) -> UnderWay<'_> {
        self.under_way.fetch_add(1, Ordering::Relaxed);
        UnderWay(self)
    }

    pub(crate) fn call(&self, spec: Option<&Spec>, outcome: Outcome, took: Duration) {
        let place =
            spec.and_then(|spec| ENDPOINTS.iter().position(|known| known.operation == spec.operation));
        let Some(counted) = self.operations.get(place.unwrap_or(ENDPOINTS.len())) else { return };
        if let Some(counter) = OUTCOMES.iter().position(|(known, _)| *known == outcome) {
            counted.outcomes.get(counter).map(add_one);
        }
        let millis = took.as_micros().div_ceil(1000);
        let class = CLASSES.iter().position(|end| millis <= u128::from(*end));
        class.and_then(|class| counted.classes.get(class)).map(add_one);
        counted.micros.fetch_add(took.as_micros().try_into().unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    pub(crate) fn token(&self, good: bool) {
        add_one(if good { &self.tokens } else { &self.tokens_failed });
    }

    pub(crate) fn broke(&self) {
        add_one(&self.broken);
    }

    /// The text. `ahead`: how many seconds the gateway's clock is ahead, where this server signs.
    pub(crate) fn text(&self, ahead: Option<i64>) -> String {
        let mut out = String::new();
        self.calls(&mut out);
        self.durations(&mut out);
        let plain = [
            (
                "calls_under_way",
                "gauge",
                "Calls that have no reply yet.",
                self.under_way.load(Ordering::Relaxed),
            ),
            (
                "replies_broken_total",
                "counter",
                "Replies that broke off on their way to the client.",
                read(&self.broken),
            ),
            ("gateway_tokens_total", "counter", "Tokens that the gateway gave.", read(&self.tokens)),
            (
                "gateway_token_failures_total",
                "counter",
                "Tokens that the gateway did not give.",
                read(&self.tokens_failed),
            ),
        ];
        let clock = ahead.map(|ahead| {
            (
                "gateway_clock_ahead_seconds",
                "gauge",
                "How far the gateway's clock is ahead of this server's.",
                ahead,
            )
        });
        for (name, kind, help, value) in plain.into_iter().chain(clock) {
            head(&mut out, name, kind, help);
            let _written = writeln!(out, "portal_{name} {value}");
        }
        out
    }

    fn calls(&self, out: &mut String) {
        head(out, "calls_total", "counter", "Calls below /app-portal-service/, by operation and outcome.");
        for (name, counted) in self.named() {
            for (counter, (_, outcome)) in counted.outcomes.iter().zip(OUTCOMES) {
                let count = read(counter);
                if count > 0 {
                    let labels = format!("operation=\"{name}\",outcome=\"{outcome}\"");
                    let _written = writeln!(out, "portal_calls_total{{{labels}}} {count}");
                }
            }
        }
    }

    fn durations(&self, out: &mut String) {
        head(out, "call_seconds", "histogram", "Time until the head of the reply.");
        for (name, counted) in self.named() {
            let total: i64 = counted.outcomes.iter().map(read).sum();
            if total == 0 {
                continue;
            }
            let mut below = 0;
            for (counter, end) in counted.classes.iter().zip(CLASSES) {
                below += read(counter);
                let end = Duration::from_millis(end).as_secs_f64();
                let labels = format!("operation=\"{name}\",le=\"{end}\"");
                let _written = writeln!(out, "portal_call_seconds_bucket{{{labels}}} {below}");
            }
            let label = format!("operation=\"{name}\"");
            let sum = Duration::from_micros(counted.micros.load(Ordering::Relaxed)).as_secs_f64();
            let _written = writeln!(out, "portal_call_seconds_bucket{{{label},le=\"+Inf\"}} {total}");
            let _written = writeln!(out, "portal_call_seconds_sum{{{label}}} {sum}");
            let _written = writeln!(out, "portal_call_seconds_count{{{label}}} {total}");
        }
    }

    fn named(&self) -> impl Iterator<Item = (&'static str, &Counted)> {
        let names = ENDPOINTS.iter().map(|spec| spec.operation).chain(["none"]);
        names.zip(&self.operations)
    }
}

/// A call that has no reply yet; ends with it.
#[derive(Debug)]
pub(crate) struct UnderWay<'a>(&'a Metrics);

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.0.under_way.fetch_sub(1, Ordering::Relaxed);
    }
}

fn add_one(counter: &AtomicU64) {
    counter.fetch_add(1, Ordering::Relaxed);
}

fn read(counter: &AtomicU64) -> i64 {
    i64::try_from(counter.load(Ordering::Relaxed)).unwrap_or(i64::MAX)
}

fn head(out: &mut String, name: &str, kind: &str, help: &str) {
    let _written = writeln!(out, "# HELP portal_{name} {help}\n# TYPE portal_{name} {kind}");
}

#[cfg(test)]
mod tests {
    use super::{ENDPOINTS, Metrics, Outcome};
    use std::time::Duration;

    #[test]
    fn calls_stand_in_their_classes() {
        let metrics = Metrics::new();
        let spec = ENDPOINTS.first();
        metrics.call(spec, Outcome::Answered, Duration::from_micros(4_900));
        metrics.call(spec, Outcome::Failed, Duration::from_millis(100));
        metrics.call(spec, Outcome::Failed, Duration::from_secs(60));
        metrics.call(None, Outcome::Refused, Duration::ZERO);
        metrics.token(true);
        let under_way = metrics.began();
        let text = metrics.text(Some(-3));
        for line in [
            "portal_calls_total{operation=\"Log In\",outcome=\"answered\"} 1",
            "portal_calls_total{operation=\"Log In\",outcome=\"failed\"} 2",
            "portal_calls_total{operation=\"none\",outcome=\"refused\"} 1",
            "portal_call_seconds_bucket{operation=\"Log In\",le=\"0.005\"} 1",
            "portal_call_seconds_bucket{operation=\"Log In\",le=\"0.1\"} 2",
            "portal_call_seconds_bucket{operation=\"Log In\",le=\"30\"} 2",
            "portal_call_seconds_bucket{operation=\"Log In\",le=\"+Inf\"} 3",
            "portal_call_seconds_count{operation=\"Log In\"} 3",
            "portal_calls_under_way 1",
            "portal_gateway_tokens_total 1",
            "portal_gateway_clock_ahead_seconds -3",
        ] {
            assert!(text.contains(&format!("{line}\n")), "{line}\n{text}");
        }
        drop(under_way);
        assert!(metrics.text(None).contains("portal_calls_under_way 0\n"));
        // Every line is a comment, or a name with its value.
        assert!(text.lines().all(|line| line.starts_with("# ") || line.rsplit_once(' ').is_some()));
    }
}
