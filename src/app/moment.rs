//! Moments in the words of a language, as the browser writes them, in UTC.

use std::cell::RefCell;

use credential_report_viewer::report::Timestamp;
use credential_report_viewer::text::Language;
use js_sys::{Array, Function, Intl};
use rustc_hash::FxHashMap;
use wasm_bindgen::{JsCast, JsValue};

use crate::app::clock;

/// A moment to the minute, in UTC: `25 Nov 2016, 14:30 UTC`.
pub(crate) fn to_the_minute(language: Language, time: Timestamp) -> String {
    format!("{} UTC", format(language, true, time))
}

/// A day, in UTC: `25 Nov 2016`.
pub(crate) fn day(language: Language, time: Timestamp) -> String {
    format(language, false, time)
}

/// Builds what writes moments, once the page is painted: the first one takes a browser some 30 ms, for which a
/// result should not wait.
pub(crate) async fn prepare(language: Language) {
    for with_time in [true, false] {
        clock::painted().await;
        format(language, with_time, clock::now());
    }
}

/// Whether the person's own decimal sign is a comma: then a semicolon stands between the cells of a table.
pub(crate) fn has_decimal_comma() -> bool {
    String::from(js_sys::Number::from(1.5).to_locale_string("default")).contains(',')
}

/// A moment as `<input type="datetime-local" step="1">` wants it, in UTC.
pub(crate) fn for_input(time: Timestamp) -> String {
    time.to_string().trim_end_matches('Z').to_owned()
}

thread_local! {
    /// A formatter takes long to build, so each is built once.
    static FORMATS: RefCell<FxHashMap<(Language, bool), Function>> = RefCell::default();
}

fn format(language: Language, with_time: bool, time: Timestamp) -> String {
    let date = JsValue::from_f64(time.unix() as f64 * 1000.0);
    FORMATS.with_borrow_mut(|formats| {
        let format = formats.entry((language, with_time)).or_insert_with(|| build(language, with_time));
        // A date that `Intl` cannot write appears as it is in the report.
        format
            .call1(&JsValue::NULL, &date)
            .ok()
            .and_then(|text| text.as_string())
            .unwrap_or_else(|| time.to_string())
    })
}

fn build(language: Language, with_time: bool) -> Function {
    let options = Intl::DateTimeFormatOptions::new();
    options.set_time_zone("UTC");
    options.set_date_style(Intl::DateTimeStyle::Medium);
    if with_time {
        options.set_time_style(Intl::DateTimeStyle::Short);
        options.set_hour_cycle(Intl::HourCycle::H23);
    }
    // British English writes the day first and the month as a word, which nobody misreads.
    let tag = match language {
        Language::English => "en-GB",
        Language::Japanese => "ja-JP",
    };
    Intl::DateTimeFormat::new(&Array::of1(&tag.into()), options.unchecked_ref()).format()
}
