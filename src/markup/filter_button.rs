//! A button that filters, and no longer when it is clicked again.

use super::Markup;
use crate::view_state::ViewState;

/// Begins such a button. The filters are as in [`ViewState::filters`]; without any it cannot be clicked.
pub(super) fn filter_button(
    markup: &mut Markup,
    attributes: &[(&'static str, &str)],
    filters: &str,
    view: &ViewState,
) {
    let pressed = if view.has_filters(filters) { "true" } else { "false" };
    let mut all = vec![("type", "button"), ("aria-pressed", pressed)];
    all.extend_from_slice(attributes);
    all.push(if filters.is_empty() { ("disabled", "") } else { ("data-filter", filters) });
    markup.open("button", &all);
}
