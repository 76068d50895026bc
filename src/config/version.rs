//! Versions: of Kubernetes, and of plimsoll itself.

use std::fmt;

/// A minor release of Kubernetes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KubernetesVersion {
    /// 1, so far.
    pub major: u16,
    /// 33 in `1.33`.
    pub minor: u16,
}

impl KubernetesVersion {
    /// Reads `1.33`, `v1.33` or `1.33.2`; the patch level is dropped, as no API changes with it.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.strip_prefix('v').unwrap_or(text).split('.');
        let version = KubernetesVersion { major: number(parts.next()?)?, minor: number(parts.next()?)? };
        match (parts.next().map(number), parts.next()) {
            (None | Some(Some(_)), None) => Some(version),
            _ => None,
        }
    }
}

impl fmt::Display for KubernetesVersion {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}.{}", self.major, self.minor)
    }
}

/// Versions that meet every comparison of a list such as `>=0.1, <2`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requirement(Vec<(Comparison, [u16; 3])>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comparison {
    AtLeast,
    Above,
    AtMost,
    Below,
    Exactly,
}

const SIGNS: [(&str, Comparison); 6] = [
    (">=", Comparison::AtLeast),
    ("<=", Comparison::AtMost),
    ("==", Comparison::Exactly),
    (">", Comparison::Above),
    ("<", Comparison::Below),
    ("=", Comparison::Exactly),
];

impl Requirement {
    /// Reads comparisons joined by commas; a version without a sign means exactly that one.
    pub fn parse(text: &str) -> Option<Self> {
        text.split(',').map(|part| comparison(part.trim())).collect::<Option<Vec<_>>>().map(Requirement)
    }

    /// Whether `version` (`0.1.0`, a pre-release tag dropped) meets it.
    pub fn allows(&self, version: &str) -> bool {
        let plain = version.split(['-', '+']).next().unwrap_or_default();
        let Some(version) = triple(plain) else { return false };
        self.0.iter().all(|(comparison, bound)| match comparison {
            Comparison::AtLeast => version >= *bound,
            Comparison::Above => version > *bound,
            Comparison::AtMost => version <= *bound,
            Comparison::Below => version < *bound,
            Comparison::Exactly => version == *bound,
        })
    }
}

fn comparison(part: &str) -> Option<(Comparison, [u16; 3])> {
    let (sign, rest) = SIGNS
        .iter()
        .find_map(|(sign, comparison)| part.strip_prefix(sign).map(|rest| (*comparison, rest)))
        .unwrap_or((Comparison::Exactly, part));
    Some((sign, triple(rest.trim())?))
}

/// `1`, `1.2` or `1.2.3`; what is missing is 0.
fn triple(text: &str) -> Option<[u16; 3]> {
    let mut version = [0; 3];
    let mut parts = text.split('.');
    version[0] = number(parts.next()?)?;
    for (slot, part) in version[1..].iter_mut().zip(parts.by_ref()) {
        *slot = number(part)?;
    }
    parts.next().is_none().then_some(version)
}

fn number(part: &str) -> Option<u16> {
    // `u16::from_str` takes a plus sign, a version does not.
    part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kubernetes_versions() {
        let parsed = |text| KubernetesVersion::parse(text).map(|version| version.to_string());
        assert_eq!(parsed("1.33").as_deref(), Some("1.33"));
        assert_eq!(parsed("v1.29.4").as_deref(), Some("1.29"));
        for wrong in ["", "1", "1.", "1.x", "1.2.3.4", "1.2.", "-1.2", "+1.2", "1.99999"] {
            assert_eq!(parsed(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn requirements() {
        let allows = |text, version| Requirement::parse(text).map(|required| required.allows(version));
        assert_eq!(allows(">=0.1, <2", "0.1.0"), Some(true));
        assert_eq!(allows(">=0.1, <2", "2.0.0"), Some(false));
        assert_eq!(allows("0.1.0", "0.1.0-rc.1"), Some(true));
        assert_eq!(allows("=1.2", "1.2.1"), Some(false));
        assert_eq!(allows("> 1", "1.0.1"), Some(true));
        for wrong in ["", ">=", "^1", "1.2.3.4", ">=1,,<2", "1.*"] {
            assert_eq!(Requirement::parse(wrong), None, "{wrong}");
        }
    }
}
