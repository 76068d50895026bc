//! One file, from text to what its rules found: everything that needs no other file.

use std::cell::OnceCell;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::environment;
use super::input::{Input, Syntax};
use super::linter::{Linter, Profile};
use super::raw::{Raw, report};
use super::subjects;
use super::suppress::{self, Covers, Malformed, Reach, Suppressor};
use super::survey::Surroundings;
use crate::checks::{Check, File};
use crate::config::selection::FileScope;
use crate::formats::proxy::{self, Settings};
use crate::formats::{self, Format};
use crate::model::Facts;
use crate::model::coupling::Holder;
use crate::model::resource::Resource;
use crate::rule::{Match, Subject};
use crate::schema::Known;
use crate::syntax::parsed::{ErrorKind, SyntaxError};
use crate::syntax::tree::{Comment, Tree};
use crate::text::{FileId, Span};

/// What is known of a file once it is analysed.
pub struct Analysed {
    pub(super) file: FileId,
    pub(super) profile: usize,
    pub(super) scope: FileScope,
    pub(super) active: Vec<bool>,
    pub(super) facts: Facts,
    pub(super) raw: Vec<Raw>,
    pub(super) suppressors: Vec<Suppressor>,
    /// Whether part of the file could not be read.
    pub(super) incomplete: bool,
    /// Whether it is of a module from elsewhere.
    pub(super) lent: bool,
}

/// Analyses one file with the profile of this number. Never fails: a crash of plimsoll becomes a finding.
pub fn analyse(
    linter: &Linter,
    profiles: &[Profile],
    profile: usize,
    input: Input<'_>,
    around: &Surroundings,
) -> Analysed {
    let scope = profiles[profile].plan.scope(input.path);
    let mut active = profiles[profile].active(&scope);
    for (rule, active) in active.iter_mut().enumerate().filter(|(_, active)| **active) {
        let refuses = |format| linter.rule(rule).refuses_format(format);
        *active = !refuses(input.format.name()) || input.format.holds().is_some_and(|held| !refuses(held));
    }
    let file = input.file;
    let mut analysed = Analysed {
        file,
        profile,
        scope,
        active,
        facts: Facts { folder: input.folder, ..Facts::default() },
        raw: Vec::new(),
        suppressors: Vec::new(),
        incomplete: false,
        lent: input.lent,
    };
    let run =
        catch_unwind(AssertUnwindSafe(|| read(linter, &profiles[profile], input, around, &mut analysed)));
    if run.is_err() {
        crashed(linter, &mut analysed);
    }
    analysed
}

fn crashed(linter: &Linter, analysed: &mut Analysed) {
    analysed.incomplete = true;
    let message = "plimsoll crashed on this file; please report it, with the file if you can".to_owned();
    report(linter, &mut analysed.raw, "unreadable-input", Match::new(Span::at(analysed.file, 0), message));
}

fn read(linter: &Linter, profile: &Profile, mut input: Input<'_>, around: &Surroundings, out: &mut Analysed) {
    let (mut syntax, errors) = input.parsed();
    // Of variables nothing is told, not even that a byte is wrong.
    if matches!(syntax, Syntax::Variables(_)) {
        return;
    }
    out.incomplete |= errors.iter().any(|error| error.kind.is_incomplete());
    for (span, message) in std::mem::take(&mut input.notes) {
        report(linter, &mut out.raw, "syntax-error", Match::new(span, message));
    }
    for error in errors {
        let rule = match error.kind {
            ErrorKind::DuplicateKey => "duplicate-key",
            ErrorKind::Tolerated => "loose-indentation",
            ErrorKind::Unreadable | ErrorKind::Invalid | ErrorKind::Limit => "syntax-error",
        };
        report(linter, &mut out.raw, rule, syntax_match(error));
    }
    if input.is_of_module() && input.evaluated.is_none() {
        return crashed(linter, out);
    }
    let lowered = lower(&mut syntax, &mut input, around);
    let Some((facts, evaluated)) = lowered else { return };
    out.facts = facts;
    match input.format {
        Format::Dockerignore | Format::Codeowners => return,
        // They have nothing that rules over one file are about, but comments for those over the graph.
        Format::Proxy(_) => return suppressions(linter, &syntax, &input.text, out),
        _ => {}
    }
    around.compose.tell(input.path, &around.ignores, &mut out.facts);
    around.fill_in(input.path, &mut out.facts);
    let schemas = around.schemas(input.path, out.profile, profile.context.kubernetes.minor);
    let asked = linter.number("no-schema").is_some_and(|rule| out.active[rule]);
    if asked && evaluated.is_none() {
        out.facts.unchecked = unchecked(&out.facts, schemas);
    }
    out.raw.append(&mut run_rules(
        linter,
        profile,
        out,
        (&syntax, &input.text),
        evaluated.as_ref(),
        schemas,
        around.is_built(input.path),
    ));
    if let (Syntax::Data(tree), Format::Compose) = (&syntax, input.format) {
        environment::explain(tree, &mut out.raw);
    }
    suppressions(linter, &syntax, &input.text, out);
}

/// What a file says, and the tree that its facts lead into where that is not the one it was parsed to. Nothing, of a
/// file that only says something about others.
fn lower(syntax: &mut Syntax, input: &mut Input<'_>, around: &Surroundings) -> Option<(Facts, Option<Tree>)> {
    if let Some(evaluated) = input.evaluated.take() {
        let (facts, tree) = *evaluated;
        return Some((facts, Some(tree)));
    }
    let folder = input.folder;
    let facts = match syntax {
        Syntax::Data(tree) if input.format == Format::Compose => {
            around.environment.tell(input.path, tree);
            let partial = formats::is_compose_override(&input.path.to_string_lossy());
            formats::compose::lower(tree, folder, partial)
        }
        Syntax::Data(tree) if input.format.name() == "cloudformation" => {
            formats::cloudformation::lower(tree, input.folder)
        }
        Syntax::Data(tree) if input.format == Format::Catalog => formats::catalog::lower(tree, folder),
        Syntax::Data(tree) if input.format == Format::Chart => formats::chart::lower(tree, folder),
        // Values for variables.
        Syntax::Data(_) if input.format == Format::TerraformJson => Facts { folder, ..Facts::default() },
        Syntax::Data(tree) => match input.format {
            Format::Proxy(program) => called(&proxy::of_data(program, tree), input),
            _ => formats::kubernetes::lower(tree, folder),
        },
        Syntax::Directives(found) => match input.format {
            Format::Proxy(program) => called(&proxy::of_directives(program, found, &input.text), input),
            _ => Facts { folder, ..Facts::default() },
        },
        Syntax::Dockerfile(tree) => {
            let called = formats::called(&input.path.to_string_lossy()).map(str::to_owned);
            let ignored_by = around.ignores.of_dockerfile(input.path);
            Facts { called, ignored_by, ..formats::dockerfile::lower(tree, &input.text, folder) }
        }
        Syntax::Hcl(_) => Facts { folder, ..Facts::default() },
        Syntax::Patterns(patterns) => {
            Facts { folder, ignored: Some(std::mem::take(patterns)), ..Facts::default() }
        }
        Syntax::Owners(owners) => {
            Facts { folder, code_owners: Some(std::mem::take(owners)), ..Facts::default() }
        }
        Syntax::Variables(_) => return None,
    };
    Some((facts, None))
}

/// What a file of settings says of whom its program calls.
fn called(settings: &Settings, input: &Input<'_>) -> Facts {
    let mut facts = Facts { folder: input.folder, ..Facts::default() };
    let place = |range: Range<usize>| Span::new(input.file, range.start, range.end);
    settings.tell(&mut facts.coupling, Holder::File, &input.text, &place);
    facts.coupling.file = input.path.file_name().map(|name| name.to_string_lossy().into_owned());
    facts
}

/// The objects whose kind is known, but no schema for it.
fn unchecked(facts: &Facts, schemas: Known<'_>) -> Vec<usize> {
    let known = |resource: &Resource| match (resource.api_version.get(), resource.kind.get()) {
        (Some(version), Some(kind)) => schemas.has(version, kind),
        _ => true,
    };
    let all = facts.resources.iter().enumerate();
    all.filter(|(_, resource)| !known(resource)).map(|(id, _)| id).collect()
}

fn syntax_match(error: SyntaxError) -> Match {
    let found = Match::new(error.span, error.message);
    match error.related {
        Some((span, message)) => found.related(span, message),
        None => found,
    }
}

fn run_rules(
    linter: &Linter,
    profile: &Profile,
    of: &Analysed,
    (syntax, text): (&Syntax, &str),
    evaluated: Option<&Tree>,
    schemas: Known<'_>,
    built: bool,
) -> Vec<Raw> {
    let (facts, active) = (&of.facts, &of.active);
    let (tree, dockerfile, hcl) = match syntax {
        Syntax::Data(tree) => (evaluated.or(Some(tree)), None, None),
        Syntax::Dockerfile(tree) => (None, Some(tree), None),
        Syntax::Hcl(tree) => (evaluated, None, Some(tree)),
        Syntax::Patterns(_) | Syntax::Owners(_) | Syntax::Variables(_) | Syntax::Directives(_) => {
            (None, None, None)
        }
    };
    let mut out = subjects::run(linter, active, facts, tree, profile.context);
    let context = profile.context;
    let file =
        File { text, facts, tree, dockerfile, hcl, context, schemas, built, violations: OnceCell::new() };
    for &rule in linter.of(Subject::File) {
        if let (true, Some(Check::File(check))) = (active[rule], linter.native(rule)) {
            let mut found = Vec::new();
            check(&file, &mut found);
            out.extend(found.into_iter().map(|found| Raw { rule, found }));
        }
    }
    for &rule in linter.of(Subject::Script) {
        if let (true, Some(Check::Script(check))) = (active[rule], linter.native(rule)) {
            let mut found = Vec::new();
            facts.scripts().for_each(|script| check(script, &mut found));
            out.extend(found.into_iter().map(|found| Raw { rule, found }));
        }
    }
    out
}

fn suppressions(linter: &Linter, syntax: &Syntax, text: &str, out: &mut Analysed) {
    out.suppressors = suppress::from_annotations(&out.facts);
    let addressed = suppress::SIGNS
        .iter()
        .chain(&["plimsoll:"])
        .any(|word| memchr::memmem::find(text.as_bytes(), word.as_bytes()).is_some());
    if !addressed {
        return;
    }
    let (comments, covers) = match syntax {
        Syntax::Data(tree) => (tree.comments().to_vec(), Covers::of_tree(tree)),
        Syntax::Hcl(tree) => (tree.comments.clone(), Covers::of_hcl(tree)),
        Syntax::Dockerfile(tree) => {
            let directives = tree.directives.iter().map(|directive| directive.key.to(directive.value.span));
            let comments = directives.chain(tree.comments.iter().copied());
            let comments = comments.map(|span| Comment { span, own_line: true }).collect();
            let spans = tree.instructions.iter().map(|instruction| instruction.span).collect();
            (comments, Covers::new(text, spans))
        }
        Syntax::Directives(found) => {
            let place = |range: Range<usize>| Span::new(out.file, range.start, range.end);
            let comments = found.comments().map(|range| {
                let line = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
                Comment { span: place(range.clone()), own_line: text[line..range.start].trim().is_empty() }
            });
            let spans = (0..found.len()).map(|number| place(found.range(number)));
            (comments.collect(), Covers::new(text, spans.collect()))
        }
        Syntax::Patterns(_) | Syntax::Owners(_) | Syntax::Variables(_) => return,
    };
    let cover = |comment: &Comment, reach: Reach| match (reach, syntax) {
        (Reach::Stage, _) => comment.span.to(stage_below(syntax, covers.below(comment))),
        (Reach::Line, Syntax::Data(_)) => covers.line_below(comment),
        _ => covers.below(comment),
    };
    let (found, malformed) = suppress::from_comments(text, &comments, cover);
    out.suppressors.extend(found);
    for Malformed { span, message } in malformed {
        report(linter, &mut out.raw, "unknown-suppression", Match::new(span, message));
    }
}

/// The end of the stage that an instruction is in; of anything else, itself.
fn stage_below(syntax: &Syntax, instruction: Span) -> Span {
    let Syntax::Dockerfile(tree) = syntax else { return instruction };
    let at = tree.instructions.partition_point(|found| found.span.start < instruction.start);
    let stage = tree.stage_of(at).and_then(|stage| tree.stages.get(stage));
    let last = stage.and_then(|stage| tree.instructions.get(stage.instructions.end.saturating_sub(1)));
    last.map_or(instruction, |last| last.span)
}
