//! `plimsoll rules` and `plimsoll rule`: what rules there are, and users' work on their own.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;

use super::args::{self, RuleVerb};
use super::exit::Exit;
use super::{failure, output, pages};
use crate::config::{Config, DEFAULT_FILE_SIZE, Selection, Written};
use crate::discover::{self, Configs, Which};
use crate::lint::{self, Linter};
use crate::report::escape;
use crate::report::position::{Positions, Unit};
use crate::rule::explain::explain;
use crate::rule::scaffold::scaffold;
use crate::rule::{Listing, Registry};
use crate::text::{FileId, Source, Sources, Span};

/// Lists the rules, users' own among them.
pub(super) fn rules(arguments: &args::Rules) -> Exit {
    let registry = match registry() {
        Ok((registry, _)) => registry,
        Err(exit) => return exit,
    };
    match arguments.format {
        args::Listing::Text => super::print(table(&registry).as_bytes()),
        args::Listing::Json => {
            let rows: Vec<Row> = registry.rules().iter().map(|rule| Row::new(rule.listing())).collect();
            match serde_json::to_string_pretty(&rows) {
                Ok(text) => super::print(format!("{text}\n").as_bytes()),
                Err(error) => super::fail(&format!("cannot write the list: {error}"), ""),
            }
        }
    }
}

fn table(registry: &Registry) -> String {
    let width = registry.rules().iter().map(|rule| rule.id().len()).max().unwrap_or_default();
    let mut out = String::new();
    for domain in registry.domains() {
        out.push_str(&format!("{}\n", escape::line(domain)));
        for rule in registry.rules().iter().filter(|rule| rule.domain() == domain) {
            let head = rule.head();
            let (id, summary) = (rule.id(), escape::line(&rule.front().summary));
            out.push_str(&format!(
                "  {id:width$}  {:7}  {:11}  {summary}\n",
                head.severity.name(),
                head.preset.name()
            ));
        }
    }
    out
}

/// One rule of `plimsoll rules --format json`; the schema is `schemas/rules.schema.json`.
#[derive(Serialize)]
struct Row {
    id: String,
    domain: String,
    summary: String,
    severity: &'static str,
    preset: &'static str,
    subjects: Vec<&'static str>,
    formats: Vec<String>,
    fix: Option<&'static str>,
    equivalents: Vec<String>,
    url: Option<String>,
}

impl Row {
    fn new(listing: Listing) -> Row {
        let Listing { id, domain, summary, severity, preset, subjects, formats, fix, equivalents, url } =
            listing;
        let url = Some(url).filter(|url| !url.is_empty());
        let fix = Some(fix).filter(|fix| *fix != "none");
        Row { id, domain, summary, severity, preset, subjects, formats, fix, equivalents, url }
    }
}

/// Explains a rule, starts a page, or tests pages.
pub(super) fn rule(arguments: &args::Rule) -> Exit {
    match &arguments.verb {
        None => explained(arguments.id.as_deref().unwrap_or_default()),
        Some(RuleVerb::New { name, dir }) => new(name, dir),
        Some(RuleVerb::Test { paths }) => test(paths),
    }
}

fn explained(name: &str) -> Exit {
    let registry = match registry() {
        Ok((registry, _)) => registry,
        Err(exit) => return exit,
    };
    let found: Vec<String> = registry.find(name).into_iter().map(explain).collect();
    if found.is_empty() {
        let help = registry.suggest(name).map(|near| format!("did you mean `{near}`?"));
        let help = help.unwrap_or_else(|| "`plimsoll rules` lists them".to_string());
        return super::fail(&format!("there is no rule `{}`", escape::line(name)), &help);
    }
    super::print(found.join("\n").as_bytes())
}

fn new(name: &str, dir: &Path) -> Exit {
    let page = match scaffold(name) {
        Ok(page) => page,
        Err(message) => return super::fail(&message, "a name is `rule` or `domain/rule`"),
    };
    let path = dir.join(&page.path);
    if path.symlink_metadata().is_ok() {
        return super::fail(&format!("`{}` is there already", path.display()), "");
    }
    let folder = path.parent().unwrap_or(dir);
    let written = std::fs::create_dir_all(folder).and_then(|()| output::to_file(&path, page.text.as_bytes()));
    if let Err(error) = written {
        return super::fail(&format!("cannot write `{}`: {error}", path.display()), "");
    }
    let dir = dir.display();
    super::print(
        format!("wrote {}\nname its folder in plimsoll.toml: rules = [\"{dir}\"]\n", path.display())
            .as_bytes(),
    )
}

/// Runs the examples of the pages at `paths`, or of those that the config names.
fn test(paths: &[PathBuf]) -> Exit {
    let Ok(working) = super::working_folder() else {
        return super::fail("cannot tell the working folder", "");
    };
    let (_, folders) = match registry() {
        Ok(found) => found,
        Err(exit) => return exit,
    };
    let paths = if paths.is_empty() { &folders } else { paths };
    if paths.is_empty() {
        return super::fail(
            "there is no page to test",
            "name pages, or folders of pages in `rules` of plimsoll.toml",
        );
    }
    let mut sources = Sources::default();
    let mut texts = Vec::new();
    for path in paths {
        for file in pages::find(&working, std::slice::from_ref(path)) {
            let text: Arc<str> = match discover::read(&file, DEFAULT_FILE_SIZE) {
                Ok(read) => read.text.into(),
                Err(problem) => {
                    return super::fail(&format!("cannot read `{}`: {}", file.path, problem.message), "");
                }
            };
            let inside =
                file.absolute.strip_prefix(working.join(path)).unwrap_or(Path::new("")).to_path_buf();
            let inside = if inside.as_os_str().is_empty() { PathBuf::from(&file.path) } else { inside };
            let number = sources.add(Source::new(file.path, text.clone()));
            texts.push((number, inside.to_string_lossy().replace('\\', "/"), text));
        }
    }
    tested(&sources, texts)
}

fn tested(sources: &Sources, texts: Vec<(FileId, String, Arc<str>)>) -> Exit {
    // Without the built-in rules for inputs: a page may be one of them, about to be changed.
    let mut registry = Registry::engine();
    let mut lines: Vec<(Span, String)> =
        registry.load(texts).into_iter().map(|error| (error.span, error.message)).collect();
    let linter = Linter::new(registry);
    let everything = Written { value: "ALL".to_owned(), span: Span::at(FileId(0), 0) };
    let selection = Selection { select: Some(vec![everything]), ..Selection::default() };
    let Ok(profile) = linter.profile(&Config::default(), &selection) else {
        return super::fail("cannot switch on the rules", "");
    };
    let (mut rules, mut examples) = (0, 0);
    for rule in linter.registry().rules().iter().filter(|rule| !rule.is_built_in()) {
        let (count, problems) = lint::check_examples(&linter, &profile, rule);
        rules += 1;
        examples += count;
        lines.extend(problems.into_iter().map(|problem| (problem.span, problem.message)));
    }
    lines.sort();
    let mut out = String::new();
    let positions = Positions::new(sources, Unit::CodePoint);
    for (span, message) in &lines {
        let source = sources.get(span.file);
        let place = positions.range(*span).start;
        let (path, message) = (escape::path(&source.path), escape::line(message));
        out.push_str(&format!("{path}:{}:{}: {message}\n", place.line, place.column));
    }
    out.push_str(&format!("{rules} rules, {examples} examples, {} problems\n", lines.len()));
    match super::print(out.as_bytes()) {
        Exit::Clean if !lines.is_empty() => Exit::Findings,
        exit => exit,
    }
}

/// Every rule that a check of this folder would have, and the folders of its users' own pages.
fn registry() -> Result<(Registry, Vec<PathBuf>), Exit> {
    let working = super::working_folder()
        .map_err(|error| super::fail(&format!("cannot tell the working folder: {error}"), ""))?;
    let configs = Configs::new(&working, &[PathBuf::from(".")], Which::Closest);
    let here = configs.of_folder(&working);
    let loaded = configs.finish();
    let mut errors = loaded.errors;
    let config = loaded.configs.get(here).cloned().unwrap_or_default();
    let mut registry = Registry::built_in();
    pages::load(&working, std::slice::from_ref(&config), 0, &mut registry, &mut errors);
    if errors.is_empty() {
        return Ok((registry, config.rules.into_iter().map(|folder| folder.value).collect()));
    }
    super::tell(&failure::show(&errors, &loaded.sources, super::colors_of_stderr(super::color::When::Auto)));
    Err(Exit::Usage)
}
