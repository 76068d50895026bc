//! Which versions of a module a call may get.

/// A major and a minor version, which others are below.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Bound(u32, u32);

impl Bound {
    /// `3`, `3.9`.
    pub(super) fn read(text: &str) -> Option<Bound> {
        let (major, minor) = text.split_once('.').unwrap_or((text, "0"));
        Some(Bound(major.parse().ok()?, minor.parse().ok()?))
    }

    /// What every version is below that a constraint allows; `None` where that cannot be told.
    pub(super) fn above(constraint: &str) -> Option<Bound> {
        let text = constraint.trim();
        let (about, text) = text.strip_prefix("~>").map_or((false, text), |text| (true, text.trim()));
        let text = text.strip_prefix('=').unwrap_or(text).trim().trim_start_matches('v');
        let numbers = text.split('.').map(|number| number.parse().ok()).collect::<Option<Vec<u32>>>()?;
        match numbers.as_slice() {
            [major, _] if about => Some(Bound(major.checked_add(1)?, 0)),
            [major, minor, _] => Some(Bound(*major, minor.checked_add(1)?)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Bound;

    #[test]
    fn versions_are_below_what_no_constraint_allows() {
        let above = |text| Bound::above(text).map(|bound| (bound.0, bound.1));
        assert_eq!(above("3.7.0"), Some((3, 8)));
        assert_eq!(above("v3.7.0"), Some((3, 8)));
        assert_eq!(above("~> 3.7"), Some((4, 0)));
        assert_eq!(above("~> 3.7.1"), Some((3, 8)));
        for open in [">= 3.7", "~> 3", "", "3.7.0, < 4", "main"] {
            assert_eq!(above(open), None, "{open}");
        }
    }
}
