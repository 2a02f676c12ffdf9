//! The life of a credential on a line: made, changed, last used, as-of time.

use super::{Markup, Setting};
use crate::card::{Card, TimeFact};
use crate::chart::Span;
use crate::report::Timestamp;

/// What the marks on time lines mean.
pub(super) fn legend(markup: &mut Markup, setting: &Setting<'_>) {
    let t = &setting.text.page;
    markup.open("ul", &[("class", "time-legend"), ("aria-hidden", "true")]);
    for (shape, class, words) in [
        ("M7 3.8a3.2 3.2 0 1 0 .01 0Z", "made", t.created),
        ("M7 3l4 4-4 4-4-4Z", "changed", t.changed),
        ("M7 3.4a3.6 3.6 0 1 0 .01 0Z", "used", t.used),
        ("M7 0V14", "now", t.as_of),
        ("M0 3h14v8H0Z", "zone", t.allowed_age),
    ] {
        markup.open("li", &[]);
        markup.open(
            "svg",
            &[("class", "time-line"), ("viewBox", "0 0 14 14"), ("width", "14"), ("height", "14")],
        );
        markup.leaf("path", &[("class", class), ("d", shape)], "");
        markup.close();
        markup.text(words);
        markup.close();
    }
    markup.close();
}

/// What happened to a credential.
#[derive(Debug, Default)]
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
const END: u32 = START + LENGTH;
const DAY: i64 = 86_400;

impl Events<'_> {
    /// Whether there is anything to draw: not where nobody knows when it began.
    pub(super) fn are_known(&self) -> bool {
        [self.made, self.changed].into_iter().flatten().any(|fact| fact.time.is_some())
    }

    /// Draws the line. All lines of a card have the same scale.
    pub(super) fn draw(&self, markup: &mut Markup, card: &Card, setting: &Setting<'_>) {
        let of = |fact: Option<&TimeFact>| fact.and_then(|fact| fact.time);
        let (made, changed, used) = (of(self.made), of(self.changed), of(self.used));
        let Some(start) = made.or(changed) else { return };
        let as_of = setting.as_of;
        let all = [&card.created, &card.password_last_changed, &card.password_last_used]
            .into_iter()
            .chain(card.access_keys.iter().flat_map(|key| [&key.created, &key.last_used]))
            .chain(card.certificates.iter().map(|certificate| &certificate.created));
        let span = Span::new(all, as_of);
        let x = |time: Timestamp| START + span.x_of(time, LENGTH);
        let allowed = Timestamp::from_unix(as_of.unix().saturating_sub(i64::from(self.allowed) * DAY));
        let zone = x(allowed);
        let t = &setting.text.page;
        let words = [(t.created, made), (t.changed, changed), (t.used, used), (t.as_of, Some(as_of))]
            .into_iter()
            .filter_map(|(what, time)| Some(format!("{what} {}", (setting.day)(time?))))
            .collect::<Vec<_>>()
            .join(" · ");
        markup.open("svg", &[("class", "time-line"), ("viewBox", "0 0 300 14"), ("role", "img")]);
        markup.leaf("title", &[], &words);
        let mut path = |class: &str, d: String| markup.leaf("path", &[("class", class), ("d", &d)], "");
        path("zone", format!("M{zone} 3H{END}v8H{zone}Z"));
        path("axis", format!("M{} 7H{END}", x(start)));
        for (time, class, shape) in [
            (made, "made", "3.8a3.2 3.2 0 1 0 .01 0Z"),
            (changed, "changed", "3l4 4-4 4-4-4Z"),
            (used, "used", "3.4a3.6 3.6 0 1 0 .01 0Z"),
        ] {
            if let Some(time) = time {
                path(class, format!("M{} {shape}", x(time)));
            }
        }
        path("now", format!("M{END} 0V14"));
        markup.close();
    }
}
