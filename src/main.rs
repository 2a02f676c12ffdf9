//! The browser side: the page, and the worker that holds the session. Natively this program does
//! nothing; the library is what is tested there.

#[cfg(target_arch = "wasm32")]
mod app;

fn main() {
    #[cfg(target_arch = "wasm32")]
    app::start();
}
