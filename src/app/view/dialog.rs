//! A native dialog: it traps the focus, Escape closes it, and the focus goes back where it was.

use leptos::html::Dialog;
use leptos::prelude::*;

use crate::app::focus;
use crate::app::page_state::Page;

/// A modal dialog with a heading and a button to close it. `wide` gives it the side of the window.
pub(super) fn modal(
    page: Page,
    id: &'static str,
    title: &'static str,
    wide: bool,
    content: AnyView,
) -> impl IntoView {
    frame(page, id, title, wide, view! { <div class="dialog-body">{content}</div> }.into_any())
}

/// A modal dialog that only tells something.
pub(super) fn told(page: Page, id: &'static str, title: &'static str, html: String) -> impl IntoView {
    frame(page, id, title, false, view! { <div class="dialog-body" inner_html=html></div> }.into_any())
}

fn frame(page: Page, id: &'static str, title: &'static str, wide: bool, body: AnyView) -> AnyView {
    let node = NodeRef::<Dialog>::new();
    // What opened it may be written anew while it is open.
    let opener = StoredValue::new_local(focus::place());
    node.on_load(|dialog| {
        // It fails only for a dialog that is open already.
        let _ = dialog.show_modal();
    });
    let close = move || {
        if let Some(dialog) = node.get_untracked() {
            dialog.close();
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
                }
            }
        >
            <div class="dialog">
                <div class="dialog-head">
                    <h2 id=format!("{id}-title")>{title}</h2>
                    <button type="button" class="quiet" data-close on:click=move |_| close()>{page.text().page.done}</button>
                </div>
                {body}
            </div>
        </dialog>
    }
    .into_any()
}
