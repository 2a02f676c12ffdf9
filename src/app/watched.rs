//! What the page holds. The reactive system compiles its signals anew for every type of value; of these it
//! sees that they change, and no more.

use std::sync::{PoisonError, RwLock};

use leptos::prelude::{RwSignal, Set, Track};

/// A value that is kept, and that nobody watches.
pub(crate) struct Kept<T>(RwLock<T>);

impl<T> Kept<T> {
    pub(crate) fn new(value: T) -> Self {
        Self(RwLock::new(value))
    }

    pub(crate) fn with_value<R>(&self, look: impl FnOnce(&T) -> R) -> R {
        look(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn update_value(&self, change: impl FnOnce(&mut T)) {
        change(&mut self.0.write().unwrap_or_else(PoisonError::into_inner));
    }

    pub(crate) fn set_value(&self, value: T) {
        self.update_value(|old| *old = value);
    }

    pub(crate) fn get_value(&self) -> T
    where
        T: Clone,
    {
        self.with_value(T::clone)
    }
}

/// A value that views and effects follow.
pub(crate) struct Watched<T> {
    value: Kept<T>,
    changed: RwSignal<()>,
}

impl<T> Watched<T> {
    pub(crate) fn new(value: T) -> Self {
        Self { value: Kept::new(value), changed: RwSignal::new(()) }
    }

    /// Whoever looks now is run again when it changes.
    pub(crate) fn track(&self) {
        self.changed.track();
    }

    pub(crate) fn with<R>(&self, look: impl FnOnce(&T) -> R) -> R {
        self.track();
        self.with_untracked(look)
    }

    pub(crate) fn with_untracked<R>(&self, look: impl FnOnce(&T) -> R) -> R {
        self.value.with_value(look)
    }

    pub(crate) fn get(&self) -> T
    where
        T: Clone,
    {
        self.with(T::clone)
    }

    pub(crate) fn get_untracked(&self) -> T
    where
        T: Clone,
    {
        self.with_untracked(T::clone)
    }

    pub(crate) fn update(&self, change: impl FnOnce(&mut T)) {
        self.value.update_value(change);
        self.changed.set(());
    }

    pub(crate) fn set(&self, value: T) {
        self.update(|old| *old = value);
    }
}
