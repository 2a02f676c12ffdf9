//! Folders that were dropped, walked through by whichever way the browser offers.
//!
//! A drop is readable only until the first await, so that all its items are asked for at once. Handles
//! are preferred: Chromium cannot read entries of a page that was opened from disk.

use credential_report_viewer::report::{Limits, is_passed_over};
use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::DataTransfer;

use crate::app::source::Source;

/// A folder that was dropped.
pub(crate) struct Folder {
    name: String,
    /// A promise of its handle, where the browser has such.
    handle: Option<Promise>,
    entry: JsValue,
}

/// What a folder holds.
pub(crate) struct Found<'a> {
    pub(crate) sources: Vec<Source>,
    /// Whether there are more files than are read.
    pub(crate) is_too_much: bool,
    /// Told how many files were found; answers whether they are still wanted.
    is_wanted: &'a dyn Fn(usize) -> bool,
}

/// What was dropped: which of the files are folders, and these. To be asked before the first await.
pub(crate) fn dropped(data: &DataTransfer) -> (Vec<bool>, Vec<Folder>) {
    let (mut is_folder, mut folders) = (Vec::new(), Vec::new());
    let items = Reflect::get(data, &"items".into()).unwrap_or(JsValue::UNDEFINED);
    let count = Reflect::get(&items, &"length".into()).ok().and_then(|count| count.as_f64()).unwrap_or(0.0);
    for index in 0..count as u32 {
        let Ok(item) = Reflect::get_u32(&items, index) else { continue };
        if text(&item, "kind").as_deref() != Some("file") {
            continue;
        }
        let entry = call(&item, "webkitGetAsEntry", &[]).unwrap_or(JsValue::NULL);
        let is_directory = is_true(&entry, "isDirectory");
        is_folder.push(is_directory);
        if is_directory {
            let name = text(&entry, "name").unwrap_or_default();
            let handle = call(&item, "getAsFileSystemHandle", &[]).and_then(|handle| handle.dyn_into().ok());
            folders.push(Folder { name, handle, entry });
        }
    }
    (is_folder, folders)
}

impl Folder {
    /// The name of the folder.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// All files in it and in its folders; `None` where the browser does not let anybody read them.
    ///
    /// Between two files it tells how many were found, and ends where they are no longer wanted.
    pub(crate) async fn files<'a>(&self, is_wanted: &'a dyn Fn(usize) -> bool) -> Option<Found<'a>> {
        let mut found = Found::new(is_wanted);
        if let Some(handle) = &self.handle
            && let Ok(handle) = JsFuture::from(handle.clone()).await
            && !handle.is_null()
            && by_handle(handle, &self.name, &mut found).await.is_some()
        {
            return Some(found);
        }
        let mut found = Found::new(is_wanted);
        by_entry(self.entry.clone(), &self.name, &mut found).await?;
        Some(found)
    }
}

impl<'a> Found<'a> {
    fn new(is_wanted: &'a dyn Fn(usize) -> bool) -> Self {
        Self { sources: Vec::new(), is_too_much: false, is_wanted }
    }

    /// Whether to go on.
    fn goes_on(&self) -> bool {
        !self.is_too_much && (self.is_wanted)(self.sources.len())
    }

    /// Keeps a file, or sees that there are too many.
    fn push(&mut self, file: JsValue, path: String) {
        if self.sources.len() >= Limits::DEFAULT.files as usize {
            self.is_too_much = true;
        } else if let Ok(file) = file.dyn_into::<web_sys::File>() {
            self.sources.push(Source::in_folder(file, path));
        }
    }
}

/// Folders that are still to be read, with their paths.
type Open = Vec<(JsValue, String)>;

async fn by_handle(folder: JsValue, path: &str, found: &mut Found<'_>) -> Option<()> {
    let mut open: Open = vec![(folder, path.to_owned())];
    while let Some((folder, path)) = open.pop() {
        let values = call(&folder, "values", &[])?;
        while found.goes_on() {
            let next = JsFuture::from(call(&values, "next", &[])?.dyn_into::<Promise>().ok()?).await.ok()?;
            if is_true(&next, "done") {
                break;
            }
            let handle = Reflect::get(&next, &"value".into()).ok()?;
            let path = format!("{path}/{}", text(&handle, "name")?);
            if is_passed_over(&path) {
                continue;
            }
            if text(&handle, "kind").as_deref() == Some("directory") {
                open.push((handle, path));
            } else {
                let file = call(&handle, "getFile", &[])?.dyn_into::<Promise>().ok()?;
                found.push(JsFuture::from(file).await.ok()?, path);
            }
        }
    }
    Some(())
}

async fn by_entry(folder: JsValue, path: &str, found: &mut Found<'_>) -> Option<()> {
    let mut open: Open = vec![(folder, path.to_owned())];
    while let Some((folder, path)) = open.pop() {
        let reader = call(&folder, "createReader", &[])?;
        while found.goes_on() {
            // A hundred at a time, until none is left.
            let entries = Array::from(&called_back(&reader, "readEntries").await?);
            if entries.length() == 0 {
                break;
            }
            for entry in entries.iter() {
                if !found.goes_on() {
                    return Some(());
                }
                let path = format!("{path}/{}", text(&entry, "name")?);
                if is_passed_over(&path) {
                    continue;
                }
                if is_true(&entry, "isDirectory") {
                    open.push((entry, path));
                } else {
                    found.push(called_back(&entry, "file").await?, path);
                }
            }
        }
    }
    Some(())
}

/// Calls a method that answers by one of two callbacks.
async fn called_back(object: &JsValue, method: &str) -> Option<JsValue> {
    let promise = Promise::new(&mut |resolve, reject| {
        if call(object, method, &[resolve.into(), reject.clone().into()]).is_none() {
            // A promise's own function does not throw.
            let _ = reject.call0(&JsValue::NULL);
        }
    });
    JsFuture::from(promise).await.ok()
}

/// Calls a method; `None` where there is none, or it throws.
fn call(object: &JsValue, method: &str, arguments: &[JsValue]) -> Option<JsValue> {
    let method: Function = Reflect::get(object, &method.into()).ok()?.dyn_into().ok()?;
    let list: Array = arguments.iter().collect();
    method.apply(object, &list).ok()
}

fn text(object: &JsValue, member: &str) -> Option<String> {
    Reflect::get(object, &member.into()).ok()?.as_string()
}

fn is_true(object: &JsValue, member: &str) -> bool {
    Reflect::get(object, &member.into()).is_ok_and(|value| value.is_truthy())
}
