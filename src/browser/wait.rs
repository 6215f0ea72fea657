//! Waiting.

use core::pin::Pin;
use core::time::Duration;

use js_sys::Promise;
use leptos::prelude::{TimeoutHandle, set_timeout_with_handle, window};
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// Runs something beside everything else, also before the first screen is mounted.
pub fn spawn(task: impl Future<Output = ()> + 'static) {
    spawn_boxed(Box::pin(task));
}

fn spawn_boxed(task: Pin<Box<dyn Future<Output = ()>>>) {
    spawn_local(task);
}

/// Gives the page back for so many milliseconds.
pub async fn sleep(milliseconds: u32) {
    let milliseconds = i32::try_from(milliseconds).unwrap_or(i32::MAX);
    let promise = Promise::new(&mut |resolve, _| {
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds);
    });
    // The promise is only ever resolved.
    let _ = JsFuture::from(promise).await;
}

/// Runs something later, unless it is started anew or stopped before.
#[derive(Debug, Default)]
pub struct Timer(Option<TimeoutHandle>);

impl Timer {
    /// Drops what was to run and runs this after so many milliseconds.
    pub fn start(&mut self, milliseconds: u64, run: impl FnOnce() + 'static) {
        self.stop();
        self.0 = set_timeout_with_handle(run, Duration::from_millis(milliseconds)).ok();
    }

    /// Drops what was to run.
    pub fn stop(&mut self) {
        if let Some(handle) = self.0.take() {
            handle.clear();
        }
    }
}
