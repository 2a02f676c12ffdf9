//! The order of accounts and ARNs.

use super::inputs::Inputs;
use super::row_id::RowId;
use crate::report::sorted;

/// An ARN in parts, of an account.
struct Key<'a> {
    account: &'a str,
    prefix: &'a str,
    name: &'a str,
    odd: Option<String>,
}

impl Key<'_> {
    /// The bytes of prefix and name as if they were one text.
    fn arn(&self) -> impl Iterator<Item = u8> {
        let (prefix, name) = self.odd.as_deref().map_or((self.prefix, self.name), |odd| (odd, ""));
        prefix.bytes().chain(name.bytes())
    }
}

impl Inputs {
    /// Sorts by account and ARN of rows; what is of one ARN stays in its order. ARNs differ in path and name
    /// only within an account, so that they are put together where it matters alone.
    pub fn sort_by_arn<T>(&self, items: &mut Vec<T>, row: impl Fn(&T) -> RowId) {
        let mut keyed: Vec<(Key<'_>, T)> = items
            .drain(..)
            .filter_map(|item| {
                let user = self.user(row(&item))?;
                let known = user.arn_prefix();
                let odd = if known.prefix.is_empty() { user.arn() } else { None };
                let name = if known.named || known.prefix.is_empty() { user.name() } else { "" };
                let account = user.account().unwrap_or_default();
                Some((Key { account, prefix: &known.prefix, name, odd }, item))
            })
            .collect();
        sorted::sort_by(&mut keyed, |(a, _), (b, _)| {
            a.account.cmp(b.account).then_with(|| {
                if a.odd.is_none() && b.odd.is_none() && a.prefix == b.prefix {
                    a.name.cmp(b.name)
                } else {
                    a.arn().cmp(b.arn())
                }
            })
        });
        items.extend(keyed.into_iter().map(|(_, item)| item));
    }
}
