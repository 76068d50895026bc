//! All rules of a run: plimsoll's own and the users', by name, by subject, and by the names other tools have for them.
//!
//! Knows no native check: whoever runs the rules maps the names of native ones to code.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};

use crate::text::{FileId, Span};

use super::Subject;
use super::loaded::Rule;
use super::meta::split_equivalent;
use super::nearest::nearest;
use super::page::{BuiltIn, Page, PageError};

/// The built-in pages.
const PAGES: &[BuiltIn] = include!(concat!(env!("OUT_DIR"), "/pages.rs"));

/// All rules of a run, sorted by domain and name; users' own follow.
#[derive(Debug, Default)]
pub struct Registry {
    rules: Vec<Rule>,
    by_id: HashMap<String, usize>,
    by_subject: [Vec<usize>; Subject::COUNT],
    by_equivalent: OnceLock<HashMap<String, Vec<(String, usize)>>>,
}

impl Registry {
    /// The rules that come with plimsoll. A broken page is left out; a test proves that there is none.
    pub fn built_in() -> Registry {
        Registry::of_pages(|_| true)
    }

    /// Of the rules that come with plimsoll, only those by which the engine reports on itself and on rules.
    pub fn engine() -> Registry {
        Registry::of_pages(|path| path.starts_with("meta/"))
    }

    fn of_pages(wanted: impl Fn(&str) -> bool) -> Registry {
        let mut registry = Registry::default();
        for (at, page) in PAGES.iter().enumerate().filter(|(_, page)| wanted(page.path)) {
            if let Some(page) = Page::built_in(FileId(at as u32), page) {
                registry.add(Rule::new(page, true));
            }
        }
        registry
    }

    /// The built-in pages.
    pub fn pages() -> &'static [BuiltIn] {
        PAGES
    }

    /// Adds users' pages: file, path relative to their folder of pages, text. Pages with errors are left out.
    pub fn load(&mut self, pages: impl IntoIterator<Item = (FileId, String, Arc<str>)>) -> Vec<PageError> {
        let mut errors = Vec::new();
        for (file, path, text) in pages {
            let before = errors.len();
            let text = Cow::Owned(text.as_ref().to_owned());
            let Some(page) = Page::read(file, &path, text, &mut errors) else { continue };
            errors.extend(page.verify(false));
            if let Some(taken) = self.get(&page.id) {
                let whose = if taken.is_built_in() { "plimsoll's own" } else { "another page's" };
                let message = format!("the name `{}` is taken: it is {whose} rule", page.id);
                errors.push(PageError { span: Span::new(file, 0, 3), message });
            }
            if errors.len() == before {
                self.add(Rule::new(page, false));
            }
        }
        errors
    }

    fn add(&mut self, rule: Rule) {
        let at = self.rules.len();
        self.by_id.insert(rule.id().to_owned(), at);
        self.by_subject[rule.head().subject.index()].push(at);
        self.by_equivalent = OnceLock::new();
        self.rules.push(rule);
    }

    /// All rules.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The rules that look at `subject`.
    pub fn of(&self, subject: Subject) -> impl Iterator<Item = &Rule> {
        self.by_subject[subject.index()].iter().map(|&at| &self.rules[at])
    }

    /// The rule with this name.
    pub fn get(&self, id: &str) -> Option<&Rule> {
        self.by_id.get(id).map(|&at| &self.rules[at])
    }

    /// The rules that a person may mean: by name, by `domain/name`, or by another tool's name, `tool:ID` or `ID`;
    /// `tool:*` are all that stand for some rule of the tool.
    pub fn find(&self, name: &str) -> Vec<&Rule> {
        let named = match name.split_once('/') {
            Some((domain, id)) => self.get(id).filter(|rule| rule.domain() == domain),
            None => self.get(name),
        };
        named.map_or_else(|| self.find_equivalent(name), |rule| vec![rule])
    }

    fn find_equivalent(&self, name: &str) -> Vec<&Rule> {
        let index = self.by_equivalent.get_or_init(|| self.equivalents());
        let split = name.split_once(':').map(|(tool, id)| (Some(tool.to_ascii_lowercase()), id));
        if let Some((Some(tool), "*")) = &split {
            let of_tool = index.values().flatten().filter(|(of, _)| of == tool).map(|(_, at)| *at);
            let found: BTreeSet<usize> = of_tool.collect();
            return found.into_iter().map(|at| &self.rules[at]).collect();
        }
        let known = |(tool, id): (Option<String>, &str)| {
            let rules = index.get(&normal(id)).map(Vec::as_slice).unwrap_or_default();
            let of_tool = |found: &&(String, usize)| tool.as_ref().is_none_or(|tool| *tool == found.0);
            rules.iter().filter(of_tool).map(|(_, at)| *at).collect::<Vec<_>>()
        };
        let mut found = split.map(known).unwrap_or_default();
        if found.is_empty() {
            found = known((None, name));
        }
        found.dedup();
        found.into_iter().map(|at| &self.rules[at]).collect()
    }

    fn equivalents(&self) -> HashMap<String, Vec<(String, usize)>> {
        let mut index: HashMap<String, Vec<(String, usize)>> = HashMap::new();
        for (at, rule) in self.rules.iter().enumerate() {
            for (tool, id) in rule.head().equivalents.iter().filter_map(|text| split_equivalent(text)) {
                index.entry(normal(id)).or_default().push((tool.to_owned(), at));
            }
        }
        index
    }

    /// The name of a rule that a wrong name most resembles.
    pub fn suggest(&self, name: &str) -> Option<&str> {
        nearest(name, self.rules.iter().map(Rule::id))
    }

    /// All domains, in order, each once.
    pub fn domains(&self) -> Vec<&str> {
        let mut domains: Vec<&str> = self.rules.iter().map(Rule::domain).collect();
        domains.sort_unstable();
        domains.dedup();
        domains
    }
}

/// Another tool's name in one form for all its spellings: case does not count, and `AVD-KSV-0017` and `KSV017`, as
/// older releases of trivy wrote them, are `KSV-0017`.
fn normal(id: &str) -> String {
    let lower = id.to_ascii_lowercase();
    let short = lower.strip_prefix("avd-").unwrap_or(&lower);
    let digits = ["ksv", "kcv", "ds"].iter().find_map(|prefix| short.strip_prefix(prefix));
    match digits {
        Some(digits) if digits.len() == 3 && digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            format!("{}-0{digits}", &short[..short.len() - 3])
        }
        _ => short.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::Check;

    fn built_in() -> Registry {
        Registry::built_in()
    }

    fn user(path: &str, id: &str) -> (FileId, String, Arc<str>) {
        let text = format!(
            "---\nsummary: x\nseverity: error\npreset: strict\nfor: image\nmessage: m\n\
             equivalents: [acme:X-1]\n---\n# {id}\nlead\n## Why\nso\n## Check\n```cel\nimage.tag != \"\"\n```\n"
        );
        (FileId(7), path.to_owned(), text.into())
    }

    #[test]
    fn every_built_in_page_is_without_errors() {
        let mut wrong = Vec::new();
        for BuiltIn { path, text, .. } in PAGES {
            let mut errors = Vec::new();
            let page = Page::read(FileId(0), path, Cow::Borrowed(text), &mut errors);
            errors.extend(page.iter().flat_map(|page| page.verify(true)));
            wrong.extend(errors.into_iter().map(|e| (*path, text[e.span.range()].to_owned(), e.message)));
        }
        assert_eq!(wrong, []);
        for page in PAGES {
            let read = Page::read(FileId(0), page.path, Cow::Borrowed(page.text), &mut Vec::new());
            assert_eq!(page.head(), read.map(|read| read.head), "{}", page.path);
        }
        assert_eq!(built_in().rules().len(), PAGES.len());
    }

    #[test]
    fn every_built_in_rule_has_examples_unless_the_engine_reports_it() {
        for rule in built_in().rules().iter().filter(|rule| rule.domain() != "meta") {
            let kinds: Vec<_> = crate::rule::example::read(&rule.page).0.iter().map(|e| e.kind).collect();
            for kind in [crate::rule::example::ExampleKind::Bad, crate::rule::example::ExampleKind::Good] {
                assert!(kinds.contains(&kind), "{}: {kind:?}", rule.id());
            }
        }
    }

    #[test]
    fn nothing_is_compiled_before_it_is_run() {
        let registry = built_in();
        let rule = registry.get("mutable-image-tag").unwrap();
        assert!(!registry.rules().iter().any(Rule::is_compiled));
        assert!(matches!(rule.check(), Check::Expression(Ok(_))));
        assert!(rule.is_compiled());
    }

    #[test]
    fn rules_go_by_name_domain_and_other_tools_names() {
        let registry = built_in();
        let ids = |name: &str| registry.find(name).iter().map(|rule| rule.id()).collect::<Vec<_>>();
        for name in [
            "mutable-image-tag",
            "image/mutable-image-tag",
            "Hadolint:DL3007",
            "dl3007",
            "trivy:AVD-KSV-0013",
            "KSV013",
        ] {
            assert_eq!(ids(name), ["mutable-image-tag"], "{name}");
        }
        assert_eq!(ids("pss:baseline:privileged"), ["privileged-container"]);
        assert_eq!(ids("baseline:privileged"), ["privileged-container"]);
        assert!(ids("checkov:DL3007").is_empty());
        assert!(ids("rbac/mutable-image-tag").is_empty());
        assert_eq!(registry.suggest("mutable-image-tags"), Some("mutable-image-tag"));
    }

    #[test]
    fn rules_are_indexed_by_subject() {
        let registry = built_in();
        let images: Vec<_> = registry.of(Subject::Image).map(Rule::id).collect();
        assert!(images.contains(&"mutable-image-tag") && images.contains(&"image-without-digest"));
        assert!(registry.of(Subject::Grant).all(|rule| rule.head().subject == Subject::Grant));
    }

    #[test]
    fn users_pages_join_and_may_not_take_a_name() {
        let mut registry = built_in();
        assert_eq!(registry.load([user("a-b.md", "a-b"), user("acme/c-d.md", "c-d")]), []);
        assert_eq!(registry.get("a-b").unwrap().domain(), "local");
        assert_eq!(registry.get("c-d").unwrap().domain(), "acme");
        assert_eq!(registry.get("a-b").unwrap().reference().url, "");
        assert_eq!(registry.find("x-1").len(), 2);
        let errors = registry.load([user("wildcard-verb.md", "wildcard-verb"), user("a-b.md", "a-b")]);
        let messages: Vec<_> = errors.iter().map(|error| error.message.as_str()).collect();
        let expected = [
            "the name `wildcard-verb` is taken: it is plimsoll's own rule",
            "the name `a-b` is taken: it is another page's rule",
        ];
        assert_eq!(messages, expected);
    }

    #[test]
    fn what_reports_and_lists_need_comes_from_the_page() {
        let registry = built_in();
        let rule = registry.get("wildcard-verb").unwrap();
        let reference = rule.reference();
        assert!(reference.why.starts_with("A wildcard covers"));
        assert!(reference.url.ends_with("/rules/rbac/wildcard-verb.md"));
        let listing = rule.listing();
        assert_eq!((listing.fix, listing.subjects), ("none", vec!["grant"]));
        assert_eq!(listing.formats, ["kubernetes"]);
        let text = crate::rule::explain::explain(rule);
        assert!(text.starts_with("rbac/wildcard-verb: Role grants every verb\n"));
        assert!(text.contains("\nWhen to allow it\n") && !text.contains("```cel"));
    }
}
