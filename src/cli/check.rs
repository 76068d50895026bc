//! `plimsoll check`: finds the files, runs the engine over them in parallel, and reports.

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::args::Check;
use super::exit::Exit;
use super::output::Target;
use super::progress::Progress;
use super::values::Values;
use super::{failure, installed, layout, named, pages, schemas, selectors};
use crate::config::{Config, ConfigError, DEFAULT_FILE_SIZE, FailOn, KubernetesVersion, Services, Written};
use crate::discover::{self, Configs, Discovered, File, Loaded, Options, Which};
use crate::formats;
use crate::lint::{self, Analysed, Attributes, Input, Linter, Outcome, Profile, Remark, TerraformOptions};
use crate::model::Layout;
use crate::model::facts::FolderId;
use crate::model::graph::Declared;
use crate::report::{self, Format, Style};
use crate::rule::{Registry, Subject};
use crate::text::{FileId, Source, Sources, Span};

/// Runs the verb.
pub(super) fn check(arguments: &Check) -> Exit {
    let folder = match super::working_folder() {
        Ok(folder) => folder,
        Err(error) => return super::fail(&format!("cannot tell the working folder: {error}"), ""),
    };
    if let Some(threads) = arguments.threads {
        // Fails only when the pool exists, and it does not yet.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(threads).build_global();
    }
    let start = now();
    match gather(arguments, &folder) {
        Ok(Gathered { linter, profiles, analysed, remarks, sources, layout, declared, attributes }) => {
            let mut outcome =
                lint::conclude(&linter, &profiles, analysed, remarks, sources, layout, declared);
            outcome.attributes = attributes;
            finish(arguments, &outcome, start.elapsed())
        }
        Err(misconfigured) => refuse(arguments, &misconfigured),
    }
}

/// Tells what is wrong with the config.
pub(super) fn refuse(arguments: &Check, (errors, sources): &Misconfigured) -> Exit {
    super::tell(&failure::show(errors, sources, super::colors_of_stderr(arguments.color)));
    Exit::Usage
}

#[expect(
    clippy::disallowed_methods,
    reason = "the summary says how long the run took; nothing else depends on it"
)]
fn now() -> std::time::Instant {
    std::time::Instant::now()
}

/// What is wrong with the config, and the texts that it is wrong in.
pub(super) type Misconfigured = (Vec<ConfigError>, Sources);

/// What the files gave, each on its own, and what they are judged by.
pub(super) struct Gathered {
    pub(super) linter: Linter,
    pub(super) profiles: Vec<Profile>,
    /// In the order of the files.
    pub(super) analysed: Vec<Analysed>,
    pub(super) remarks: Vec<Remark>,
    pub(super) sources: Sources,
    pub(super) layout: Layout,
    /// What configs say of services, by profile.
    pub(super) declared: Vec<Declared>,
    /// Attributes of Terraform, and why some are not known, if that was asked for.
    pub(super) attributes: Attributes,
}

/// Finds, reads and analyses the files.
pub(super) fn gather(arguments: &Check, folder: &Path) -> Result<Gathered, Misconfigured> {
    let paths = if arguments.paths.is_empty() { vec![PathBuf::from(".")] } else { arguments.paths.clone() };
    let which = match &arguments.config {
        Some(file) => Which::Only(file.clone()),
        None if arguments.isolated => Which::Isolated,
        None => Which::Closest,
    };
    let configs = Configs::new(folder, &paths, which);
    let mut found = discover::discover(
        &paths,
        &Options {
            folder,
            is_candidate: formats::is_candidate,
            is_excluded: &|path, is_folder| configs.excludes(path, is_folder),
            force_exclude: arguments.force_exclude,
            stdin_filename: arguments.stdin_filename.as_deref(),
        },
    );
    let is_named = |path: &Path| arguments.paths.iter().any(|named| path.ends_with(named));
    found.problems.retain(|one| is_named(&one.absolute) || !formats::is_mostly_foreign(&one.path));
    let mut values = Values::take_in(&mut found, folder, &arguments.var_file);
    let installed = installed::take_in(&mut found, folder);
    let mut options = TerraformOptions { unknown: arguments.show_unknown, installed, texts: Vec::new() };
    let config_of = |absolute: &Path| configs.of_folder(absolute.parent().unwrap_or(folder));
    let files: Vec<usize> = found.files.iter().map(|file| config_of(&file.absolute)).collect();
    let problems: Vec<usize> = found.problems.iter().map(|problem| config_of(&problem.absolute)).collect();
    let mut loaded = configs.finish();
    let wrong = values.errors(&mut loaded.sources);
    loaded.errors.extend(wrong);
    let setup = set_up(arguments, folder, &mut loaded, found.files.len() + found.problems.len());
    let setup = match setup {
        Ok(setup) => setup,
        Err(errors) => return Err((errors, loaded.sources)),
    };
    let options = (&values, &mut options);
    Ok(analyse(arguments, setup, found, folder, (&files, &problems), options, loaded.sources))
}

/// What is read before any input.
struct Setup {
    linter: Linter,
    profiles: Vec<Profile>,
    /// Bytes read of a file at most, by profile.
    limits: Vec<u64>,
    pages: pages::Pages,
    /// Files of schemas, by profile.
    schemas: Vec<schemas::Files>,
    /// What configs say of services, by profile.
    services: Vec<Services>,
}

fn set_up(
    arguments: &Check,
    folder: &Path,
    loaded: &mut Loaded,
    first_page: usize,
) -> Result<Setup, Vec<ConfigError>> {
    let selection = selectors::selection(&arguments.selection, &mut loaded.sources);
    let mut errors = std::mem::take(&mut loaded.errors);
    let place = Span::at(FileId(loaded.sources.len() as u32 - 1), 0);
    for config in &mut loaded.configs {
        command_line_over(config, arguments, place);
    }
    let mut registry = Registry::built_in();
    let pages = pages::load(folder, &loaded.configs, first_page, &mut registry, &mut errors);
    let schemas = schemas::find(folder, &loaded.configs, &mut errors);
    let mut linter = Linter::new(registry);
    if arguments.partial {
        linter.leave_out(Subject::Project);
    }
    let mut profiles = Vec::new();
    for config in &loaded.configs {
        match linter.profile(config, &selection) {
            Ok(profile) => profiles.push(profile),
            Err(wrong) => {
                errors.extend(wrong.into_iter().filter(|error| !errors.contains(error)).collect::<Vec<_>>());
            }
        }
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    let limit = |config: &Config| config.file_size.as_ref().map_or(DEFAULT_FILE_SIZE, |size| size.value);
    let limits = loaded.configs.iter().map(|config| arguments.max_file_size.unwrap_or_else(|| limit(config)));
    let limits = limits.collect();
    let services = loaded.configs.iter().map(|config| config.services.clone()).collect();
    Ok(Setup { linter, profiles, limits, pages, schemas, services })
}

/// Puts what the command line says over what a config says.
fn command_line_over(config: &mut Config, arguments: &Check, span: Span) {
    let written = |value: FailOn| Written { value, span };
    config.fail_on = arguments.fail_on.map(written).or(config.fail_on.take());
    let written = |value: KubernetesVersion| Written { value, span };
    config.kubernetes_version =
        arguments.kubernetes_version.map(written).or(config.kubernetes_version.take());
}

/// What became of one file when it was read.
enum Ready<'f> {
    Input(Box<Input<'f>>),
    /// Not of a format that plimsoll reads.
    Foreign,
    Skipped(String),
}

/// Everything that was read, by the numbers of the sources.
#[derive(Default)]
struct Texts<'f> {
    sources: Sources,
    inputs: Vec<Input<'f>>,
    /// The profile of each input.
    profiles: Vec<usize>,
    remarks: Vec<Remark>,
}

fn analyse(
    arguments: &Check,
    setup: Setup,
    found: Discovered,
    folder: &Path,
    (files, problems): (&[usize], &[usize]),
    (values, options): (&Values, &mut TerraformOptions),
    configs: Sources,
) -> Gathered {
    let (layout, folders) = layout::of(&found);
    let Texts { mut sources, mut inputs, profiles, mut remarks } =
        read(&setup, &found.files, &folders, files);
    values.mark(&mut inputs);
    options.texts = named::read(&inputs, folder);
    let mut around = lint::survey(&mut inputs, options);
    let first = found.files.len() + found.problems.len() + setup.pages.sources.len();
    let given = schemas::load(&setup.schemas, &inputs, first);
    around.given = given.catalogs;
    let progress = Progress::new(inputs.len(), !arguments.no_progress);
    let work = inputs.into_par_iter().zip(profiles);
    let analysed: Vec<Analysed> = work
        .map(|(input, profile)| {
            let analysed = lint::analyse(&setup.linter, &setup.profiles, profile, input, &around);
            progress.step();
            analysed
        })
        .collect();
    drop(progress);
    for (problem, profile) in found.problems.into_iter().zip(problems) {
        let file = sources.add(Source::new(problem.path, ""));
        remarks.push(Remark::skipped(file, problem.message, *profile));
    }
    for page in setup.pages.sources {
        sources.add(page);
    }
    for schema in given.sources {
        sources.add(schema);
    }
    remarks.extend(given.remarks);
    let broken = setup.pages.errors.into_iter();
    remarks.extend(broken.map(|error| Remark::broken_page(error.span, error.message)));
    // Findings point into configs where those say something of services.
    let first = sources.len() as u32;
    let declared = setup.services.iter().map(|services| lint::declared(services, first)).collect();
    if setup.services.iter().any(|services| *services != Services::default()) {
        for config in configs {
            sources.add(config);
        }
    }
    sources.hide(around.hidden);
    let attributes = around.attributes;
    let (linter, profiles) = (setup.linter, setup.profiles);
    Gathered { linter, profiles, analysed, remarks, sources, layout, declared, attributes }
}

/// Reads all files; the profile of each is in `profiles`.
fn read<'f>(setup: &Setup, files: &'f [File], folders: &[FolderId], profiles: &[usize]) -> Texts<'f> {
    let work = files.par_iter().zip(folders).zip(profiles).enumerate();
    let ready: Vec<Ready<'f>> = work
        .map(|(number, ((file, folder), profile))| {
            ready(file, setup.limits[*profile], FileId(number as u32), *folder)
        })
        .collect();
    let mut texts = Texts::default();
    for ((ready, file), profile) in ready.into_iter().zip(files).zip(profiles) {
        let text = match &ready {
            // Reports have no text to show of a file that may hold secrets.
            Ready::Input(input) if input.format != formats::Format::Dotenv => input.text.clone(),
            _ => "".into(),
        };
        let number = texts.sources.add(Source::new(file.path.clone(), text));
        match ready {
            Ready::Input(input) => {
                texts.inputs.push(*input);
                texts.profiles.push(*profile);
            }
            Ready::Foreign => {}
            // Nobody asked for it.
            Ready::Skipped(_) if file.lent => {}
            Ready::Skipped(message) => texts.remarks.push(Remark::skipped(number, message, *profile)),
        }
    }
    texts
}

/// Reads a file of at most `limit` bytes, and tells what it is.
fn ready(file: &File, limit: u64, number: FileId, folder: FolderId) -> Ready<'_> {
    let read = match discover::read(file, limit) {
        Ok(read) => read,
        Err(_) if !file.explicit && formats::is_mostly_foreign(&file.path) => return Ready::Foreign,
        Err(problem) => return Ready::Skipped(problem.message),
    };
    let name = file.known_as.as_deref().unwrap_or(&file.path);
    let Some(format) = formats::detect(name, &read.text, file.explicit) else { return Ready::Foreign };
    let notes = read.notes.into_iter().map(|(at, message)| (Span::at(number, at), message)).collect();
    let mut input = Input::new(number, &file.absolute, read.text.into(), format, folder);
    input.notes = notes;
    input.lent = file.lent;
    Ready::Input(Box::new(input))
}

fn finish(arguments: &Check, outcome: &Outcome, elapsed: std::time::Duration) -> Exit {
    let default = [Target { format: Format::Full, file: None }];
    let targets = if arguments.format.is_empty() { &default[..] } else { &arguments.format };
    for target in targets {
        let color = target.file.is_none() && super::colors_of_stdout(arguments.color);
        let text = report::render(target.format, outcome, &Style { color, ..Style::default() });
        if let Err(error) = target.write(&text) {
            let place =
                target.file.as_ref().map_or("standard output".into(), |file| file.display().to_string());
            return super::fail(&format!("cannot write to `{place}`: {error}"), "");
        }
    }
    if arguments.show_unknown {
        super::tell(&report::unknown(outcome));
    }
    if !arguments.quiet {
        super::tell(&format!("{}\n", report::summary(outcome, Some(elapsed))));
    }
    if outcome.totals.skipped + outcome.totals.incomplete > 0 {
        Exit::Incomplete
    } else if outcome.fails && !arguments.exit_zero {
        Exit::Findings
    } else {
        Exit::Clean
    }
}
