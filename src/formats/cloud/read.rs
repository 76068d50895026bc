//! Ways into computed values for facts that are made of several resources, which no line of a table can say.

use crate::model::cloud::{Computed, Data};

/// The value of a key, through lists of one, as blocks of Terraform are.
pub(super) fn at<'v>(value: &'v Computed, key: &str) -> Option<&'v Computed> {
    match &value.data {
        Data::Map(map) => map.entry(key).map(|(_, value)| value),
        Data::List(items) => items.first().and_then(|first| at(first, key)),
        _ => None,
    }
}

/// Gives all values at a path to `sink`, through lists. What cannot be known on the way is given as well. Paths are
/// short, and so is the recursion.
pub(super) fn each(value: &Computed, path: &[&str], sink: &mut dyn FnMut(&Computed)) {
    match (&value.data, path.split_first()) {
        (Data::List(items), _) => items.iter().for_each(|item| each(item, path, sink)),
        (Data::Unknown, _) | (_, None) => sink(value),
        (Data::Map(map), Some((key, rest))) => {
            if let Some((_, inner)) = map.entry(key) {
                each(inner, rest, sink);
            }
        }
        _ => {}
    }
}

/// The scalars at a path; `None` for those that cannot be known.
pub(super) fn scalars(value: &Computed, path: &[&str]) -> Vec<Option<String>> {
    let mut out = Vec::new();
    each(value, path, &mut |value| out.push(value.scalar()));
    out
}
