//! A bar for what takes its time.

use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::plain::plain;

/// After how long a bar is shown.
const SHOW_AFTER: Duration = Duration::from_secs(1);

const READING: &str = "{bar:30} {binary_bytes} / {binary_total_bytes} {wide_msg}";

/// How long the output becomes nobody knows.
const WRITING: &str = "{spinner} {binary_bytes} {wide_msg}";

/// How far the files are read, or the output is written; shown on a terminal alone.
#[derive(Debug)]
pub(crate) struct Progress {
    bar: ProgressBar,
    /// When it is shown; `None` where it never is, or is already.
    show_at: Option<Instant>,
}

impl Progress {
    /// So many bytes are to be read.
    pub(crate) fn reading(bytes: u64) -> Self {
        Self::new(Some(bytes), READING)
    }

    /// The output is to be written.
    pub(crate) fn writing() -> Self {
        Self::new(None, WRITING)
    }

    fn new(bytes: Option<u64>, template: &str) -> Self {
        let bar = ProgressBar::with_draw_target(bytes, ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        let show_at = io::stderr().is_terminal().then(|| Instant::now() + SHOW_AFTER);
        Self { bar, show_at }
    }

    /// The bytes that come next are those of this file, or go there.
    pub(crate) fn file(&self, name: &str) {
        self.bar.set_message(plain(name));
    }

    /// So many bytes more are read, or written.
    pub(crate) fn advance(&mut self, bytes: u64) {
        if self.show_at.is_some_and(|at| Instant::now() >= at) {
            self.show_at = None;
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.inc(bytes);
    }
}

/// What is said next stands in its place.
impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
