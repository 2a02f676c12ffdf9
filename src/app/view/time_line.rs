//! The life of a credential on a line: made, changed, last used, as-of time.

use credential_report_viewer::card::{Card, TimeFact};
use credential_report_viewer::chart::Span;
use credential_report_viewer::report::Timestamp;
use leptos::prelude::*;

use crate::app::clock;
use crate::app::state::Page;

/// What happened to a credential.
pub(super) struct Events<'a> {
    pub(super) made: Option<&'a TimeFact>,
    pub(super) changed: Option<&'a TimeFact>,
    pub(super) used: Option<&'a TimeFact>,
    /// How old it may be, in days.
    pub(super) allowed: u32,
}

/// Where the line begins and how long it is, of 300.
const START: u32 = 4;
const LENGTH: u32 = 292;
const DAY: i64 = 86_400;

/// The line; none where nothing is known of when. All lines of a card have the same scale.
pub(super) fn time_line(page: Page, card: &Card, events: &Events<'_>) -> Option<AnyView> {
    let as_of = page.overview.with_untracked(|overview| overview.as_ref().map(|overview| overview.as_of))?;
    let of = |fact: Option<&TimeFact>| fact.and_then(|fact| fact.time);
    let (made, changed, used) = (of(events.made), of(events.changed), of(events.used));
    let start = made.or(changed)?;
    let all = [&card.created, &card.password_last_changed, &card.password_last_used]
        .into_iter()
        .chain(card.access_keys.iter().flat_map(|key| [&key.created, &key.last_used]))
        .chain(card.certificates.iter().map(|certificate| &certificate.created));
    let span = Span::new(all, as_of);
    let x = |time: Timestamp| START + span.place(time, LENGTH);
    let allowed = Timestamp::from_unix(as_of.unix().saturating_sub(i64::from(events.allowed) * DAY));
    let zone = x(allowed);
    let words = words(page, made, changed, used, as_of);
    let label = words.clone();
    Some(
        view! {
            <svg class="time-line" viewBox="0 0 300 14" role="img" aria-label=label>
                <title>{words}</title>
                <rect class="zone" x=zone y="3" width=START + LENGTH - zone height="8"/>
                <path class="axis" d=format!("M{} 7H{}", x(start), START + LENGTH)/>
                {made.map(|time| view! { <circle class="made" cx=x(time) cy="7" r="3.2"/> })}
                {changed.map(|time| { let x = x(time); view! { <path class="changed" d=format!("M{x} 3l4 4-4 4-4-4Z")/> } })}
                {used.map(|time| view! { <circle class="used" cx=x(time) cy="7" r="3.6"/> })}
                <path class="now" d=format!("M{} 0V14", START + LENGTH)/>
            </svg>
        }
        .into_any(),
    )
}

fn words(
    page: Page,
    made: Option<Timestamp>,
    changed: Option<Timestamp>,
    used: Option<Timestamp>,
    as_of: Timestamp,
) -> String {
    let t = &page.text().page;
    let language = page.language.get_untracked();
    [(t.made, made), (t.changed, changed), (t.used, used), (t.as_of, Some(as_of))]
        .into_iter()
        .filter_map(|(what, time)| Some(format!("{what} {}", clock::day(language, time?))))
        .collect::<Vec<_>>()
        .join(" · ")
}

/// What the marks on the lines mean.
pub(super) fn legend(page: Page) -> impl IntoView {
    let t = &page.text().page;
    let mark = |shape: &'static str, class: &'static str| {
        view! {
            <svg class="time-line" viewBox="0 0 14 14" width="14" height="14" aria-hidden="true" focusable="false">
                <path class=class d=shape/>
            </svg>
        }
    };
    view! {
        <ul class="time-legend" aria-hidden="true">
            <li>{mark("M7 3.8a3.2 3.2 0 1 0 .01 0Z", "made")}{t.made}</li>
            <li>{mark("M7 3l4 4-4 4-4-4Z", "changed")}{t.changed}</li>
            <li>{mark("M7 3.4a3.6 3.6 0 1 0 .01 0Z", "used")}{t.used}</li>
            <li>{mark("M7 0V14", "now")}{t.as_of}</li>
            <li>{mark("M0 3h14v8H0Z", "zone")}{t.allowed_age}</li>
        </ul>
    }
}
