//! Says what a task is at, and how long it took.

use std::time::Instant;

use anyhow::{Context, Result};

/// Does a part of a task, announcing it.
pub(crate) fn step<T>(what: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    println!("==> {what}");
    let began = Instant::now();
    let result = work().with_context(|| what.to_owned())?;
    println!("    {:.1} s", began.elapsed().as_secs_f32());
    Ok(result)
}
