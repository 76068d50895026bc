//! What a chart says of itself: `Chart.yaml` of Helm.

use super::Setting;
use super::workload::Word;

/// A chart.
#[derive(Clone, Debug)]
pub struct Chart {
    /// Its name.
    pub name: Word,
    /// The charts that it is made of.
    pub dependencies: Vec<Part>,
}

/// A chart in another one.
#[derive(Clone, Debug)]
pub struct Part {
    /// Its name.
    pub name: Word,
    /// The version that is taken.
    pub version: Setting<String>,
    /// Whether it lies in the same repository.
    pub own: bool,
}

impl Part {
    /// Whether one version alone will do.
    pub fn is_pinned(&self) -> bool {
        let version = self.version.get().map(|version| version.trim_start_matches(['=', 'v', ' ']));
        version.is_some_and(|version| {
            let number = version.split(['-', '+']).next().unwrap_or_default();
            let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
            number.split('.').count() == 3 && number.split('.').all(digits)
        })
    }
}
