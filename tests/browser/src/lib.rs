//! Drives the built page in a real browser, and says what the library says of the same files.
//!
//! `CRV_PAGE` names the page (without it, `dist/index.html`), `CRV_BROWSER` the browser. Where the
//! browsers and their drivers are is told by `CRV_CHROMIUM`, `CRV_CHROMEDRIVER`, `CRV_FIREFOX`,
//! `CRV_GECKODRIVER`, `CRV_WEBKIT_DRIVER` and `CRV_XVFB`; without them they are looked for on `PATH`.

mod browser;
mod file;
mod library;
mod page;
pub mod reports;
mod server;

pub use browser::Browser;
pub use file::File;
pub use library::{Library, asked};
pub use page::{NoPicture, Page, Place, Start, with_page};
pub use server::Server;
