//! Work, counted where the feature `work` is on: how it grows with the size of a report is told without a
//! clock. Without the feature nothing is counted.

#[cfg(feature = "work")]
thread_local! {
    static DONE: std::cell::Cell<u64> = const { std::cell::Cell::new(0) };
}

/// Counts a step: a row that is looked at, two accounts that are compared.
#[inline(always)]
pub fn step() {
    #[cfg(feature = "work")]
    DONE.set(DONE.get() + 1);
}

/// The steps that something takes on this thread, and what it gives.
#[cfg(feature = "work")]
pub fn steps<T>(action: impl FnOnce() -> T) -> (u64, T) {
    let before = DONE.get();
    let done = action();
    (DONE.get() - before, done)
}
