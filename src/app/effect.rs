//! Effects. The reactive system compiles each kind of them anew; here all are of one kind.

use leptos::prelude::Effect;

/// Does something soon, and again whenever what it looked at changes.
pub(crate) fn effect(run: impl FnMut() + 'static) {
    start(Box::new(run));
}

fn start(mut run: Box<dyn FnMut()>) {
    Effect::new(move |_| run());
}
