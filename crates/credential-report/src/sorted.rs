//! Lists of any type in order, by one sort.
//!
//! The standard library's sort is compiled anew for each type and each order: thirty of them were a
//! twelfth of the page's code. This one sorts places in a list, and puts the list in their order.

use std::cmp::Ordering;

/// Sorts a list; what is equal stays in its order.
pub fn sort_by<T>(items: &mut Vec<T>, compare: impl Fn(&T, &T) -> Ordering) {
    let places = sorted_places(items.len(), &|a, b| compare(&items[a as usize], &items[b as usize]));
    put_in_order(items, &places);
}

/// Sorts a list of what has an order of its own.
pub fn sort<T: Ord>(items: &mut Vec<T>) {
    sort_by(items, T::cmp);
}

/// Sorts a list by a key that is made of each item once; what is equal stays in its order.
pub fn sort_by_cached_key<T, K: Ord>(items: &mut Vec<T>, key: impl FnMut(&T) -> K) {
    let keys: Vec<K> = items.iter().map(key).collect();
    let places = sorted_places(items.len(), &|a, b| keys[a as usize].cmp(&keys[b as usize]));
    put_in_order(items, &places);
}

/// Sorts a list by a key; what is equal stays in its order.
pub fn sort_by_key<T, K: Ord>(items: &mut Vec<T>, key: impl Fn(&T) -> K) {
    sort_by(items, |a, b| key(a).cmp(&key(b)));
}

/// The places of so many items, in their order.
#[inline(never)]
pub fn sorted_places(len: usize, compare: &dyn Fn(u32, u32) -> Ordering) -> Vec<u32> {
    let mut places: Vec<u32> = (0..len as u32).collect();
    places.sort_by(|a, b| compare(*a, *b));
    places
}

fn put_in_order<T>(items: &mut Vec<T>, places: &[u32]) {
    let mut unsorted: Vec<Option<T>> = items.drain(..).map(Some).collect();
    items.extend(places.iter().filter_map(|place| unsorted[*place as usize].take()));
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
        sort_by_cached_key(&mut ours, |(_, place)| *place);
        theirs.sort_by_key(|(_, place)| *place);
        assert_eq!(ours, theirs);
        sort(&mut ours);
        theirs.sort_unstable();
        assert_eq!(ours, theirs);
    }
}
