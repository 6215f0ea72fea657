//! How long reading a long list of applications takes: `cargo run --release -p portal-api --example decode`.
#![expect(clippy::print_stdout, reason = "a measurement for people")]

use std::time::Instant;

use portal_api::application::GetUserApplications;
use portal_api::{Response, reply};

fn list(count: usize) -> Vec<u8> {
    let entry = |n: usize| {
        format!(
            r#"{{"id":"{n:08x}-7f6a-4c1e-9d2b-aa55cc77ee11","code":"app-{n}","name":"Application {n}","nameJson":{{"default":"Application {n}","en_US":"Application {n}","zh_CN":"应用程序 {n}"}},"displayName":"Application {n} of the plant","description":"What application {n} is for, in \"a sentence\" or two of text","descriptionJson":{{"default":"What application {n} is for","zh_CN":"应用程序 {n} 的说明"}},"type":0,"createdTime":"2025-05-28 07:49:39","status":true,"order":{n},"isShortcut":false,"url":"https://apps.example.com/app/{n}/index.html?tab=overview#/start","category":{{"id":{},"name":"Wind","nameJson":{{"default":"Wind","en_US":"Wind","zh_CN":"风电"}}}}}}"#,
            n % 30
        )
    };
    let entries: Vec<String> = (0..count).map(entry).collect();
    format!(r#"{{"code":0,"message":"OK","data":{{"apps":[{}],"pagination":null}}}}"#, entries.join(","))
        .into_bytes()
}

fn main() {
    for count in [3_000, 10_000] {
        let response = Response { status: 200, headers: Vec::new(), body: list(count) };
        let mut times: Vec<f64> = (0..30)
            .map(|_| {
                let began = Instant::now();
                let read = reply::<GetUserApplications>(&response).map(|listed| listed.entries.len());
                let time = began.elapsed().as_secs_f64() * 1000.0;
                assert_eq!(read, Ok(count));
                time
            })
            .collect();
        times.sort_by(f64::total_cmp);
        let (least, median) = (times.first().copied(), times.get(times.len() / 2).copied());
        println!(
            "{count} applications, {} KiB: {least:?} ms at least, {median:?} ms median",
            response.body.len() / 1024
        );
    }
}
