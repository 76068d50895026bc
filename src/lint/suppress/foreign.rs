//! Comments for other tools, obeyed for the rules that stand in for theirs.
//!
//! Sources: the manuals of hadolint, BuildKit, dclint, KICS, trivy and checkov.

use super::directive::{Directive, Name, Reach, names};
use crate::text::Span;

/// What shows that a text may have such a comment.
pub const SIGNS: [&str; 6] =
    ["hadolint ", "check=", "dclint ", "kics-scan ", "trivy:ignore:", "checkov:skip="];

/// Reads `comment`, which stands at `span`; `said` is what follows its `#`.
pub(super) fn parse(comment: &str, said: &str, span: Span) -> Option<Directive> {
    let after = |word: &str| said.strip_prefix(word).map(|rest| (rest, comment.len() - rest.len()));
    if let Some((rest, at)) = after("hadolint ") {
        return hadolint(rest, span, at);
    }
    if let Some((rest, at)) = after("check=") {
        let reach = if comment.starts_with('#') { Reach::Below } else { Reach::File };
        return buildkit(rest, span, at, reach);
    }
    if let Some((rest, at)) = after("dclint ") {
        return dclint(rest, span, at);
    }
    if let Some((rest, at)) = after("kics-scan ") {
        return kics(rest, span, at);
    }
    if said.starts_with("trivy:ignore:") {
        return trivy(said, span, comment.len() - said.len());
    }
    after("checkov:skip=").and_then(|(rest, at)| checkov(rest, span, at))
}

/// A directive with these names of a tool; none without any.
fn directive(tool: &str, mut names: Vec<Name>, reason: &str, reach: Reach) -> Option<Directive> {
    for name in &mut names {
        name.text = format!("{tool}:{}", name.text);
    }
    let reason = reason.trim().to_owned();
    (!names.is_empty()).then_some(Directive { names, reason, reach, foreign: true })
}

/// The names in a text with blanks or commas between them, which starts at this byte of the comment.
fn words(list: &str, comment: Span, start: usize) -> Vec<Name> {
    let mut found = Vec::new();
    let mut at = start;
    for word in list.split([' ', '\t', ',']) {
        if !word.is_empty() {
            found.push(Name { text: word.to_owned(), span: comment.slice(at, at + word.len()) });
        }
        at += word.len() + 1;
    }
    found
}

/// `ignore=DL3008,SC2086`, `stage ignore=…` or `global ignore=…`, as hadolint reads it.
fn hadolint(rest: &str, comment: Span, start: usize) -> Option<Directive> {
    let said = rest.trim_start();
    let (reach, list) = match (said.strip_prefix("global"), said.strip_prefix("stage")) {
        (Some(list), _) => (Reach::File, list),
        (None, Some(list)) => (Reach::Stage, list),
        (None, None) => (Reach::Below, rest),
    };
    let list = list.trim_start().strip_prefix("ignore")?.trim_start().strip_prefix('=')?;
    let mut names = names(list, comment, start + rest.len() - list.len());
    for name in &mut names {
        // What follows the last id is a remark.
        let id = name.text.split_whitespace().next().unwrap_or_default();
        name.span = name.span.slice(0, id.len());
        name.text = id.to_owned();
    }
    directive("hadolint", names, "", reach)
}

/// `skip=StageNameCasing,JSONArgsRecommended // why`, as BuildKit reads it: settings with `;` between them.
fn buildkit(rest: &str, comment: Span, start: usize, reach: Reach) -> Option<Directive> {
    let said = rest.split("//").next().unwrap_or_default();
    let reason = rest[said.len()..].trim_start_matches('/').trim();
    let mut at = start;
    let mut found = Vec::new();
    for setting in said.split(';') {
        if let Some(list) = setting.trim_start().strip_prefix("skip=") {
            found.extend(names(list, comment, at + setting.len() - list.len()));
        }
        at += setting.len() + 1;
    }
    directive("buildkit", found, reason, reach)
}

/// `disable-file`, `disable rule …`, `disable-line rule …`; without a rule, all of them.
fn dclint(rest: &str, comment: Span, start: usize) -> Option<Directive> {
    let said = rest.trim();
    let word = said.split_whitespace().next()?;
    let at = start + (rest.len() - rest.trim_start().len());
    let reach = match word {
        "disable-file" => return directive("dclint", all(comment, at, word), "", Reach::File),
        "disable" => Reach::File,
        "disable-line" => Reach::Line,
        _ => return None,
    };
    let mut names = words(&said[word.len()..], comment, at + word.len());
    if names.is_empty() {
        names = all(comment, at, word);
    }
    directive("dclint", names, "", reach)
}

/// `ignore`, `ignore-block`, `ignore-line`, `disable=ID,…`
fn kics(rest: &str, comment: Span, start: usize) -> Option<Directive> {
    let said = rest.trim();
    let at = start + (rest.len() - rest.trim_start().len());
    if let Some(list) = said.strip_prefix("disable=") {
        return directive("kics", names(list, comment, at + said.len() - list.len()), "", Reach::File);
    }
    let reach = match said {
        "ignore" => Reach::File,
        "ignore-block" => Reach::Below,
        "ignore-line" => Reach::Line,
        _ => return None,
    };
    directive("kics", all(comment, at, said), "", reach)
}

/// Stands for all rules of a tool.
fn all(comment: Span, at: usize, word: &str) -> Vec<Name> {
    vec![Name { text: "*".to_owned(), span: comment.slice(at, at + word.len()) }]
}

/// `trivy:ignore:ID`, several with blanks between them. What follows an id narrows it down: to a time, which nothing here
/// knows, and to values, where the comment is left alone.
fn trivy(said: &str, comment: Span, start: usize) -> Option<Directive> {
    let marks = words(said, comment, start).into_iter().map_while(|word| {
        let id = word.text.strip_prefix("trivy:ignore:")?;
        let from = word.text.len() - id.len();
        let length = id.find([':', '[']).unwrap_or(id.len());
        let span = word.span.slice(from, from + length);
        Some((Name { text: id[..length].to_owned(), span }, id[length..].starts_with('[')))
    });
    let names =
        marks.filter(|(name, narrow)| !narrow && !name.text.is_empty()).map(|(name, _)| name).collect();
    directive("trivy", names, "", Reach::Below)
}

/// `checkov:skip=ID,ID:why`
fn checkov(rest: &str, comment: Span, start: usize) -> Option<Directive> {
    let (list, reason) = rest.split_once(':').unwrap_or((rest, ""));
    directive("checkov", names(list, comment, start), reason, Reach::File)
}

#[cfg(test)]
mod tests {
    use super::super::directive::parse;
    use super::*;
    use crate::text::FileId;

    fn read(text: &str) -> Option<Directive> {
        parse(text, Span::new(FileId(0), 0, text.len())).and_then(Result::ok)
    }

    /// The names, as they stand in the text, and how far they go.
    fn said(text: &str) -> Option<(Vec<&str>, Reach)> {
        read(text)
            .map(|found| (found.names.iter().map(|name| &text[name.span.range()]).collect(), found.reach))
    }

    #[test]
    fn another_tool_is_obeyed_by_its_own_names() {
        let directive = read("# hadolint ignore=DL3008, DL3009 why").unwrap();
        let names: Vec<_> = directive.names.iter().map(|name| name.text.as_str()).collect();
        assert_eq!(
            (names, directive.foreign, directive.reach),
            (vec!["hadolint:DL3008", "hadolint:DL3009"], true, Reach::Below)
        );
        let directive = read("# hadolint global ignore=DL3008,DL3009").unwrap();
        assert!(directive.reach == Reach::File && directive.names.len() == 2);
        let directive = read("# hadolint stage ignore=DL3011").unwrap();
        assert_eq!(directive.reach, Reach::Stage);
    }

    #[test]
    fn buildkit_is_obeyed_too() {
        let directive = read("# check=skip=StageNameCasing, UndefinedVar // known").unwrap();
        let names: Vec<_> = directive.names.iter().map(|name| name.text.as_str()).collect();
        assert_eq!(names, ["buildkit:StageNameCasing", "buildkit:UndefinedVar"]);
        assert_eq!((directive.reason.as_str(), directive.reach), ("known", Reach::Below));
        let directive = read("check=error=true;skip=FromAsCasing").unwrap();
        assert_eq!((directive.names.len(), directive.reach), (1, Reach::File));
        assert_eq!(read("# check=error=true"), None);
    }

    #[test]
    fn dclint_names_rules_or_means_all() {
        assert_eq!(said("# dclint disable-file"), Some((vec!["disable-file"], Reach::File)));
        assert_eq!(said("# dclint disable a-b  c"), Some((vec!["a-b", "c"], Reach::File)));
        assert_eq!(said("# dclint disable-line a,b"), Some((vec!["a", "b"], Reach::Line)));
        assert_eq!(
            read("# dclint disable-line").map(|found| found.names[0].text.clone()).as_deref(),
            Some("dclint:*")
        );
        assert_eq!(said("# dclint is great"), None);
    }

    #[test]
    fn kics_names_ids_or_means_all() {
        assert_eq!(said("# kics-scan disable=a1, b2"), Some((vec!["a1", "b2"], Reach::File)));
        assert_eq!(said("#kics-scan ignore-line"), Some((vec!["ignore-line"], Reach::Line)));
        assert_eq!(said("# kics-scan ignore-block"), Some((vec!["ignore-block"], Reach::Below)));
        assert_eq!(said("# kics-scan ignore"), Some((vec!["ignore"], Reach::File)));
        assert_eq!((said("# kics-scan enable=a1"), said("# kics-scan disable=")), (None, None));
    }

    #[test]
    fn trivy_and_checkov_name_ids() {
        let text = "#trivy:ignore:AVD-DS-0002:exp:2030-01-01 trivy:ignore:DS-0001 why";
        assert_eq!(said(text), Some((vec!["AVD-DS-0002", "DS-0001"], Reach::Below)));
        assert_eq!(said("# trivy:ignore:AWS-0001[name=x]"), None);
        assert_eq!(said("# trivy:ignore:"), None);
        let text = "# checkov:skip=CKV_DOCKER_2,CKV_DOCKER_3: no need";
        assert_eq!(said(text), Some((vec!["CKV_DOCKER_2", "CKV_DOCKER_3"], Reach::File)));
        assert_eq!(read(text).map(|found| found.reason).as_deref(), Some("no need"));
    }
}
