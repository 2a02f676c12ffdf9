//! Things that share a reason, told once.

/// Things that share a reason, in the order in which they came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group<'a, T> {
    /// The first, whose reason is told.
    pub first: &'a T,
    /// Those that are shown at once, the first among them.
    pub shown: Vec<&'a T>,
    /// The others, to be unfolded.
    pub more: Vec<&'a T>,
}

/// How many of a group are shown at once.
const SHOWN: usize = 3;

/// The groups of some things, in the order of their first ones.
pub fn by_reason<T>(things: &[T], is_same: impl Fn(&T, &T) -> bool) -> Vec<Group<'_, T>> {
    let mut groups: Vec<Group<'_, T>> = Vec::new();
    for thing in things {
        match groups.iter_mut().find(|group| is_same(group.first, thing)) {
            None => groups.push(Group { first: thing, shown: vec![thing], more: Vec::new() }),
            Some(group) if group.shown.len() < SHOWN => group.shown.push(thing),
            Some(group) => group.more.push(thing),
        }
    }
    groups
}

/// How many pages of so many things there are; at least one.
pub fn pages(things: usize, a_page: usize) -> usize {
    things.div_ceil(a_page.max(1)).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_shares_a_reason_is_told_once_and_the_first_three_are_shown() {
        let things: Vec<(u8, &str)> =
            (0..5).map(|number| (number, "a")).chain([(9, "b"), (10, "a")]).collect();
        let groups = by_reason(&things, |a, b| a.1 == b.1);
        let numbers = |list: &[&(u8, &str)]| list.iter().map(|thing| thing.0).collect::<Vec<_>>();
        assert_eq!(groups.len(), 2);
        assert_eq!((numbers(&groups[0].shown), numbers(&groups[0].more)), (vec![0, 1, 2], vec![3, 4, 10]));
        assert_eq!((groups[1].first.0, numbers(&groups[1].shown), groups[1].more.len()), (9, vec![9], 0));
        assert!(by_reason(&[] as &[u8], |_, _| true).is_empty());
    }

    #[test]
    fn the_last_page_may_be_short_and_there_is_always_one() {
        assert_eq!([0, 1, 20, 21, 1000].map(|things| pages(things, 20)), [1, 1, 1, 2, 50]);
        assert_eq!(pages(5, 0), 5);
    }
}
