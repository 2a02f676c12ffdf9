//! A native dialog: it traps the focus, Escape closes it, and the focus goes back where it was. What is in it
//! is markup; one function hears of all that happens there.

use leptos::html::Dialog;
use leptos::prelude::*;
use web_sys::{Element, Event};

use crate::app::focus;
use crate::app::markup::target;
use crate::app::page_state::Page;

/// Hears of an event in a dialog, and of the element that it is about: the nearest button, where that was
/// clicked.
pub(super) type Act = Box<dyn Fn(&Event, &Element)>;

/// What a dialog is.
#[derive(Clone, Copy)]
pub(super) struct Frame {
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    /// Whether it is at the side of the window.
    pub(super) wide: bool,
}

/// A modal dialog that only tells something.
pub(super) fn told(page: Page, id: &'static str, title: &'static str, html: String) -> AnyView {
    modal(page, Frame { id, title, wide: false }, html, Box::new(|_, _| ()))
}

/// A modal dialog with a heading and a button to close it.
pub(super) fn modal(page: Page, frame: Frame, html: String, act: Act) -> AnyView {
    let Frame { id, title, wide } = frame;
    let node = NodeRef::<Dialog>::new();
    // What opened it may be written anew while it is open.
    let opener = StoredValue::new_local(focus::place());
    let act = StoredValue::new_local(act);
    node.on_load(|dialog| {
        if dialog.open() {
            // It took the place of another one, of which what had the focus is gone.
            focus::move_to("dialog [data-close]");
        } else {
            // It fails only for an element that is not in the document.
            let _ = dialog.show_modal();
        }
    });
    let close = move || {
        if let Some(dialog) = node.get_untracked() {
            dialog.close();
        }
    };
    let heard = move |event: &Event| {
        let Some(target) = target(event) else { return };
        let about = match event.type_() == "click" {
            true => target.closest("button").ok().flatten(),
            false => Some(target),
        };
        if let Some(about) = about {
            let _ = act.try_with_value(|act| act(event, &about));
        }
    };
    view! {
        <dialog
            node_ref=node
            id=id
            class=if wide { "wide" } else { "" }
            aria-labelledby=format!("{id}-title")
            on:close=move |_| {
                opener.with_value(|opener| if let Some(opener) = opener {
                    opener.restore();
                });
                page.panel.set(None);
            }
            on:click=move |event| {
                // A click on the dialog itself, and not on what is in it, is one beside it.
                if node.get_untracked().is_some_and(|dialog| event.target().as_ref() == Some(dialog.as_ref())) {
                    close();
                } else {
                    heard(&event);
                }
            }
            on:change=move |event| heard(&event)
            on:input=move |event| heard(&event)
            on:submit=move |event| heard(&event)
        >
            <div class="dialog">
                <div class="dialog-head">
                    <h2 id=format!("{id}-title")>{title}</h2>
                    <button type="button" class="quiet" data-close on:click=move |_| close()>{page.text().page.done}</button>
                </div>
                <div class="dialog-body" inner_html=html></div>
            </div>
        </dialog>
    }
    .into_any()
}
