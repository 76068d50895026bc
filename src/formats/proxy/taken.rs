//! Files that are copied or mounted, as far as they may be settings.

use crate::model::coupling::{Holder, Import, Source};
use crate::model::workload::Word;

/// Words in the path that a folder is put at, where settings are expected in it.
const HOMES: [&str; 9] =
    ["/etc", "conf", "nginx", "envoy", "haproxy", "caddy", "traefik", "prometheus", "provisioning"];

/// That `holder` takes the file or folder at `source`, which it finds at `target`. A folder counts only where settings
/// are expected: most hold the program itself.
pub fn taken(holder: Holder, source: Word, target: &str, writes: bool) -> Option<Import> {
    let last = source.text.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let is_file =
        super::is_candidate(last) || [".yaml", ".yml", ".json"].iter().any(|end| last.ends_with(end));
    let target = target.to_ascii_lowercase();
    let is_home = HOMES.iter().any(|home| target.contains(home));
    let import = Import {
        holder,
        source: Source::File,
        name: source,
        key: None,
        variable: None,
        mounted: true,
        writes,
    };
    (is_file || is_home).then_some(import)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{FileId, Span};

    #[test]
    fn folders_count_where_settings_are_expected() {
        let counts = |source: &str, target: &str| {
            let source = Word { text: source.to_owned(), span: Span::at(FileId(0), 0) };
            taken(Holder::Image, source, target, false).is_some()
        };
        assert!(
            counts("./nginx.conf", "/x") && counts("a/envoy.yaml", "/x") && counts("conf.d", "/etc/nginx/")
        );
        assert!(!counts(".", "/app") && !counts("src", "/app") && !counts("main.py", "/app"));
    }
}
