//! A figure that the page is to reach.
#![allow(clippy::print_stdout, reason = "a benchmark prints what it measured")]

/// A figure that the page is to reach: the less, the better.
pub(crate) struct Figure {
    name: String,
    measured: f64,
    limit: f64,
}

impl Figure {
    /// A figure of this name, and what it may be at the most.
    pub(crate) fn new(name: &str, measured: f64, limit: f64) -> Self {
        Self { name: name.to_owned(), measured, limit }
    }
}

/// Prints figures as a table.
pub(crate) fn print(figures: &[Figure]) {
    println!("\n## Figures to reach\n\n| | at most | measured | reached |\n|---|---:|---:|---|");
    for Figure { name, measured, limit } in figures {
        let reached = if measured <= limit { "yes" } else { "no" };
        println!("| {name} | {limit:.2} | {measured:.2} | {reached} |");
    }
}
