//! Lists of any type in order, by one sort.
//!
//! The standard library's sort is compiled anew for each type and each order: thirty of them were a
//! twelfth of the page's code. This one sorts places in a list, and puts the list in their order.

use std::cmp::Ordering;
use std::collections::BTreeMap;

/// Sorts a list; what is equal stays in its order.
pub fn sort_by<T>(items: &mut Vec<T>, compare: impl Fn(&T, &T) -> Ordering) {
    let mut places: Vec<u32> = (0..items.len() as u32).collect();
    sort_places(&mut places, &|a, b| compare(&items[a as usize], &items[b as usize]));
    let mut unsorted: Vec<Option<T>> = items.drain(..).map(Some).collect();
    items.extend(places.into_iter().filter_map(|place| unsorted[place as usize].take()));
}

/// Sorts a list by a key; what is equal stays in its order.
pub fn sort_by_key<T, K: Ord>(items: &mut Vec<T>, key: impl Fn(&T) -> K) {
    sort_by(items, |a, b| key(a).cmp(&key(b)));
}

/// A map of entries. To collect them would sort them first, by a sort of the map's own.
pub fn map<K: Ord, V>(entries: impl IntoIterator<Item = (K, V)>) -> BTreeMap<K, V> {
    let mut map = BTreeMap::new();
    map.extend(entries);
    map
}

#[inline(never)]
fn sort_places(places: &mut [u32], compare: &dyn Fn(u32, u32) -> Ordering) {
    places.sort_by(|a, b| compare(*a, *b));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_sorted_as_the_standard_library_sorts_it() {
        let numbers: Vec<(u32, usize)> =
            (0..200_u32).map(|n| n.wrapping_mul(2_654_435_761) % 61).zip(0..).collect();
        let (mut ours, mut theirs) = (numbers.clone(), numbers);
        sort_by_key(&mut ours, |(number, _)| *number);
        theirs.sort_by_key(|(number, _)| *number);
        assert_eq!(ours, theirs);
    }
}
