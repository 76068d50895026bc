//! `plimsoll graph`: reads as `check` does, runs only the rules about the graph, and draws it.

use super::args::{self, SelectionArgs};
use super::check::{self, Gathered};
use super::exit::Exit;
use super::output::Target;
use crate::lint::{self, Outcome};
use crate::model::graph::Graph;
use crate::report::graph::{Format, render};
use crate::report::{self, Style};
use crate::rule::Registry;

/// The domain of the rules whose findings are drawn.
const DOMAIN: &str = "coupling";
/// Rules of the engine itself, without which the loss of a file would go unseen.
const READING: [&str; 2] = ["unreadable-input", "syntax-error"];

/// Runs the verb.
pub(super) fn graph(arguments: &args::Graph) -> Exit {
    let folder = match super::working_folder() {
        Ok(folder) => folder,
        Err(error) => return super::fail(&format!("cannot tell the working folder: {error}"), ""),
    };
    if let Some(threads) = arguments.threads {
        // Fails only when the pool exists, and it does not yet.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(threads).build_global();
    }
    let as_check = as_check(arguments);
    let (mut outcome, graph) = match check::gather(&as_check, &folder) {
        Ok(Gathered { linter, profiles, analysed, remarks, sources, layout, declared, .. }) => {
            lint::conclude_with_graph(&linter, &profiles, analysed, remarks, sources, layout, declared)
        }
        Err(misconfigured) => return check::refuse(&as_check, &misconfigured),
    };
    let incomplete = outcome.totals.skipped + outcome.totals.incomplete > 0;
    complain(arguments, &mut outcome);
    let Some(graph) = graph else {
        super::fail("plimsoll crashed when it put the graph together; please report it", "");
        return Exit::Incomplete;
    };
    if let Some(failed) = write(arguments, &graph, &outcome) {
        return failed;
    }
    if incomplete { Exit::Incomplete } else { Exit::Clean }
}

/// The check that reads what this verb reads, and runs what it shows.
fn as_check(arguments: &args::Graph) -> args::Check {
    let registry = Registry::built_in();
    let shown =
        registry.rules().iter().filter(|rule| rule.domain() == DOMAIN).map(|rule| rule.id().to_owned());
    let select = shown.chain(READING.map(str::to_owned)).collect();
    args::Check {
        paths: arguments.paths.clone(),
        selection: SelectionArgs { select: Some(select), ..SelectionArgs::default() },
        config: arguments.config.clone(),
        isolated: arguments.isolated,
        color: arguments.color,
        no_progress: arguments.no_progress,
        stdin_filename: arguments.stdin_filename.clone(),
        max_file_size: arguments.max_file_size,
        ..args::Check::default()
    }
}

/// Tells what could not be read, and leaves only what is about the graph.
fn complain(arguments: &args::Graph, outcome: &mut Outcome) {
    let found = std::mem::take(&mut outcome.findings);
    let (drawn, others) = found.into_iter().partition(|finding| finding.rule.domain == DOMAIN);
    outcome.findings = others;
    let color = super::colors_of_stderr(arguments.color);
    super::tell(&report::render(report::Format::Concise, outcome, &Style { color, ..Style::default() }));
    outcome.findings = drawn;
}

/// Writes all pictures, and the summary; how the run ends if that fails.
fn write(arguments: &args::Graph, graph: &Graph, outcome: &Outcome) -> Option<Exit> {
    let default = [Target { format: Format::Text, file: None }];
    let targets = if arguments.format.is_empty() { &default[..] } else { &arguments.format };
    for target in targets {
        if let Err(error) = target.write(&render(target.format, graph, outcome)) {
            let place =
                target.file.as_ref().map_or("standard output".into(), |file| file.display().to_string());
            return Some(super::fail(&format!("cannot write to `{place}`: {error}"), ""));
        }
    }
    if !arguments.quiet {
        super::tell(&format!("{}\n", report::graph::summary(graph, outcome)));
    }
    None
}
