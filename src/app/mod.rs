//! All that touches the browser. One module, started twice: in the page it mounts the view, in a
//! dedicated worker it owns the session.
//!
//! Its layers, top to bottom; a module may use those of the lines below, and those to its right:
//!
//! | modules | what they are |
//! |---|---|
//! | `view` | the components, a file each |
//! | `shortcuts`, `action`, `intake`, `print`, `problem`, `change_group`, `markup`, `export` | what a person does |
//! | `files`, `digest` | what goes to the worker, in slices |
//! | `evaluation` | what comes back of it |
//! | `shown_cards`, `shown_accounts`, `shown_owners` | which users, accounts and owners are asked for, and drawn |
//! | `page_state`, `pending_result` | what the page holds, and waits for |
//! | `failure`, `notice`, `panel`, `reading` | what it holds, in types |
//! | `folder`, `portion` | folders that were dropped, and files that are read at once |
//! | `link`, `address`, `settings`, `clipboard`, `worker`, `warm_up`, `export_blob`, `download`, `moment`, `clock`, `element`, `focus`, `effect`, `watched`, `sample`, `source`, `panic` | the browser, a file for each side of it |

mod action;
mod address;
mod change_group;
mod changes;
mod clipboard;
mod clock;
mod deciding;
mod decisions;
mod digest;
mod download;
mod effect;
mod element;
mod evaluation;
mod export;
mod export_blob;
mod failure;
mod files;
mod focus;
mod folder;
mod intake;
mod link;
mod markup;
mod moment;
mod notice;
mod page_state;
mod panel;
mod panic;
mod pending_result;
mod portion;
mod print;
mod problem;
mod reading;
mod sample;
mod settings;
mod shortcuts;
mod shown_accounts;
mod shown_cards;
mod shown_owners;
mod source;
#[expect(clippy::match_bool, reason = "within a view, two arms are read more easily than `if` and `else`")]
mod view;
mod warm_up;
mod watched;
mod worker;

use wasm_bindgen::JsCast;
use web_sys::DedicatedWorkerGlobalScope;

/// Starts what belongs in this global scope.
pub(crate) fn start() {
    if let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() {
        worker::start(&scope);
    } else {
        panic::tell_the_console();
        leptos::mount::mount_to_body(view::app);
    }
}
