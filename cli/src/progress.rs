//! A bar for what takes its time.

use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::plain::plain;

/// After how long a bar is shown.
const SHOW_AFTER: Duration = Duration::from_secs(1);

const TEMPLATE: &str = "{bar:30} {binary_bytes} / {binary_total_bytes} {wide_msg}";

/// How far the files are read; shown on a terminal alone.
#[derive(Debug)]
pub(crate) struct Progress {
    bar: ProgressBar,
    /// When it is shown; `None` where it never is, or is already.
    show_at: Option<Instant>,
}

impl Progress {
    /// So many bytes are to be read.
    pub(crate) fn new(bytes: u64) -> Self {
        let bar = ProgressBar::with_draw_target(Some(bytes), ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template(TEMPLATE) {
            bar.set_style(style);
        }
        let show_at = io::stderr().is_terminal().then(|| Instant::now() + SHOW_AFTER);
        Self { bar, show_at }
    }

    /// The bytes that come next are those of this file.
    pub(crate) fn file(&self, name: &str) {
        self.bar.set_message(plain(name));
    }

    /// So many bytes more are read.
    pub(crate) fn advance(&mut self, bytes: u64) {
        if self.show_at.is_some_and(|at| Instant::now() >= at) {
            self.show_at = None;
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.inc(bytes);
    }

    /// Takes the bar from the screen.
    pub(crate) fn clear(&self) {
        self.bar.finish_and_clear();
    }
}
