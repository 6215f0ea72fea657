//! Starts the portal.

fn main() {
    app_portal::app::start();
}
