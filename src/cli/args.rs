//! The arguments, as users see them.
//!
//! Does not act on them.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use super::color::When;
use super::output::Target;
use super::schema::Contract;
use crate::config::{FailOn, KubernetesVersion, parse_size};
use crate::report::{Format, graph};

const EXAMPLES: &str = "\
Examples:
  plimsoll                                 check everything below this folder
  plimsoll check deploy/ Dockerfile        check these
  plimsoll --format full --format sarif=plimsoll.sarif
                                           one run for a person and for code scanning
  plimsoll graph --format html=graph.html  draw who depends on whom
  plimsoll rule hadolint:DL3008            what another tool's rule is called here, and why it is
  plimsoll init                            write a config to start from

Exit codes:
  0  nothing found that fails the run      2  wrong use, or a config that cannot be used
  1  findings at or above `--fail-on`      3  an input could not be analysed

plimsoll opens no network connection, runs no other program, and reads nothing outside the repository.";

const CHECK_EXAMPLES: &str = "\
Examples:
  plimsoll check --select recommended,hadolint:DL3008 --ignore workload
  helm template web | plimsoll check - --stdin-filename web.yaml
  plimsoll check --exit-zero --format github --format json=out.json";

const GRAPH_EXAMPLES: &str = "\
Examples:
  plimsoll graph deploy/ --format html=graph.html
  plimsoll graph --format mermaid

A missing edge proves nothing: only what deployment files say is shown.";

/// Checks infrastructure code, and points at the bytes at fault.
///
/// Without a command, `check` is run.
#[derive(Debug, Parser)]
#[command(name = "plimsoll", version, after_help = EXAMPLES)]
#[command(override_usage = "plimsoll [check] [OPTIONS] [PATHS]...\n       plimsoll <COMMAND>")]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) verb: Verb,
}

#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    /// Check files and folders (the default)
    Check(Box<Check>),
    /// Show who depends on whom: the services, what they use, and what shows it
    Graph(Box<Graph>),
    /// List the rules
    Rules(Rules),
    /// Explain a rule, start a new one, or test rule pages
    Rule(Rule),
    /// Write a config to start from
    Init(Init),
    /// Print the JSON Schema of an output or of the config
    Schema(SchemaOf),
    /// Print completions for a shell
    Completions(Completions),
}

#[derive(Args, Clone, Debug, Default)]
#[command(after_help = CHECK_EXAMPLES)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub(super) struct Check {
    /// Files and folders; `-` is standard input [default: this folder]
    pub(super) paths: Vec<PathBuf>,

    #[command(flatten)]
    pub(super) selection: SelectionArgs,

    /// Config to use instead of the closest `plimsoll.toml`
    #[arg(long, value_name = "FILE", help_heading = "Config")]
    pub(super) config: Option<PathBuf>,
    /// Read no config
    #[arg(long, conflicts_with = "config", help_heading = "Config")]
    pub(super) isolated: bool,
    /// Release of Kubernetes that the manifests are for, such as 1.33
    #[arg(long, value_name = "VERSION", value_parser = kubernetes_version, help_heading = "Config")]
    pub(super) kubernetes_version: Option<KubernetesVersion>,

    /// How to report, and where to; repeat it to report in several ways
    #[arg(long, value_name = "NAME[=FILE]", value_parser = Target::<Format>::parse, help_heading = "Output")]
    pub(super) format: Vec<Target>,
    /// List on standard error which attributes of Terraform are not known, and why
    #[arg(long, help_heading = "Output")]
    pub(super) show_unknown: bool,
    /// Print no summary
    #[arg(long, short, help_heading = "Output")]
    pub(super) quiet: bool,
    /// When to use colour
    #[arg(long, value_name = "WHEN", default_value = "auto", help_heading = "Output")]
    pub(super) color: When,
    /// Show no progress
    #[arg(long, help_heading = "Output")]
    pub(super) no_progress: bool,

    /// Least severity that fails the run: error, warning, info, hint, never
    #[arg(long, value_name = "SEVERITY", value_parser = fail_on, help_heading = "Exit code")]
    pub(super) fail_on: Option<FailOn>,
    /// Exit with 0 whatever is found
    #[arg(long, help_heading = "Exit code")]
    pub(super) exit_zero: bool,

    /// Path that standard input stands for; it need not exist
    #[arg(long, value_name = "PATH", help_heading = "Input")]
    pub(super) stdin_filename: Option<PathBuf>,
    /// Treat files that are named as if they had been found: ignored, excluded and foreign ones are left out
    #[arg(long, help_heading = "Input")]
    pub(super) force_exclude: bool,
    /// Leave out rules that compare files: the paths are only a part of what belongs together
    #[arg(long, help_heading = "Input")]
    pub(super) partial: bool,
    /// Size above which a file is not read but reported, such as 20MiB
    #[arg(long, value_name = "SIZE", value_parser = size, help_heading = "Input")]
    pub(super) max_file_size: Option<u64>,
    /// File of values for the variables of Terraform's root modules, `*.tfvars` or `*.tfvars.json`; of several, later ones win
    #[arg(long, value_name = "FILE", help_heading = "Input")]
    pub(super) var_file: Vec<PathBuf>,
    /// Number of threads [default: one for each core]
    #[arg(long, value_name = "NUMBER", help_heading = "Input")]
    pub(super) threads: Option<usize>,
}

#[derive(Args, Clone, Debug, Default)]
#[command(after_help = GRAPH_EXAMPLES)]
pub(super) struct Graph {
    /// Files and folders; `-` is standard input [default: this folder]
    pub(super) paths: Vec<PathBuf>,

    /// Config to use instead of the closest `plimsoll.toml`
    #[arg(long, value_name = "FILE", help_heading = "Config")]
    pub(super) config: Option<PathBuf>,
    /// Read no config
    #[arg(long, conflicts_with = "config", help_heading = "Config")]
    pub(super) isolated: bool,

    /// What to write, and where to: text, json, dot, mermaid, html; repeat it for several
    #[arg(long, value_name = "NAME[=FILE]", value_parser = Target::<graph::Format>::parse, help_heading = "Output")]
    pub(super) format: Vec<Target<graph::Format>>,
    /// Print no summary
    #[arg(long, short, help_heading = "Output")]
    pub(super) quiet: bool,
    /// When to use colour
    #[arg(long, value_name = "WHEN", default_value = "auto", help_heading = "Output")]
    pub(super) color: When,
    /// Show no progress
    #[arg(long, help_heading = "Output")]
    pub(super) no_progress: bool,

    /// Path that standard input stands for; it need not exist
    #[arg(long, value_name = "PATH", help_heading = "Input")]
    pub(super) stdin_filename: Option<PathBuf>,
    /// Size above which a file is not read but reported, such as 20MiB
    #[arg(long, value_name = "SIZE", value_parser = size, help_heading = "Input")]
    pub(super) max_file_size: Option<u64>,
    /// Number of threads [default: one for each core]
    #[arg(long, value_name = "NUMBER", help_heading = "Input")]
    pub(super) threads: Option<usize>,
}

/// Words for rules: names, domains, presets, `ALL`, other tools' ids.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Rules")]
pub(super) struct SelectionArgs {
    /// Rules, domains, presets, ALL, or other tools' ids to run
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    pub(super) select: Option<Vec<String>>,
    /// The same, on top of what is selected
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    pub(super) extend_select: Vec<String>,
    /// The same, not to run
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    pub(super) ignore: Vec<String>,
}

#[derive(Args, Debug)]
pub(super) struct Rules {
    /// How to list them
    #[arg(long, value_name = "NAME", default_value = "text")]
    pub(super) format: Listing,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Listing {
    /// One line each
    Text,
    /// One array, see `plimsoll schema rules`
    Json,
}

#[derive(Args, Debug)]
#[command(args_conflicts_with_subcommands = true, arg_required_else_help = true)]
pub(super) struct Rule {
    /// Name of the rule here, or its id in another tool
    pub(super) id: Option<String>,
    #[command(subcommand)]
    pub(super) verb: Option<RuleVerb>,
}

#[derive(Debug, Subcommand)]
pub(super) enum RuleVerb {
    /// Write a page for a rule of your own
    New {
        /// Its name, such as no-latest-tag, or domain/name
        name: String,
        /// Folder of pages to put it in
        #[arg(long, default_value = "rules")]
        dir: PathBuf,
    },
    /// Run the examples on pages of rules
    Test {
        /// Pages, or folders of pages [default: the folders that the config names]
        paths: Vec<PathBuf>,
    },
}

#[derive(Args, Debug)]
pub(super) struct Init {
    /// Folder to write `plimsoll.toml` to
    #[arg(default_value = ".")]
    pub(super) folder: PathBuf,
    /// Take over what another tool is told, by a config in that folder
    #[arg(long, value_name = "TOOL")]
    pub(super) from: Option<Other>,
}

/// A tool whose config can be taken over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Other {
    /// `.hadolint.yaml` or `.hadolint.yml`
    Hadolint,
}

#[derive(Args, Debug)]
pub(super) struct SchemaOf {
    /// Of what
    pub(super) of: Contract,
}

#[derive(Args, Debug)]
pub(super) struct Completions {
    /// For which shell
    pub(super) shell: Shell,
}

fn kubernetes_version(text: &str) -> Result<KubernetesVersion, String> {
    KubernetesVersion::parse(text).ok_or_else(|| "give a minor release, such as `1.33`".to_string())
}

fn fail_on(text: &str) -> Result<FailOn, String> {
    FailOn::parse(text).ok_or_else(|| format!("give one of: {}", FailOn::NAMES.join(", ")))
}

fn size(text: &str) -> Result<u64, String> {
    parse_size(text).ok_or_else(|| "give a number of bytes, or a size such as `20MiB`".to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &[&str]) -> Check {
        let words = ["plimsoll", "check"].into_iter().chain(words.iter().copied());
        match Cli::try_parse_from(words).map(|cli| cli.verb) {
            Ok(Verb::Check(check)) => *check,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn lists_and_repeats() {
        let read = check(&[
            "--select", "a,b", "--ignore", "c", "--ignore", "d", "--format", "full", "--format", "sarif=o",
            "x",
        ]);
        assert_eq!(read.selection.select, Some(vec!["a".to_string(), "b".to_string()]));
        assert_eq!(read.selection.ignore, ["c", "d"]);
        assert_eq!(read.format[1].file.as_deref(), Some(std::path::Path::new("o")));
        assert_eq!(read.paths, [PathBuf::from("x")]);
    }

    #[test]
    fn odd_paths() {
        assert_eq!(check(&["--", "-x.yaml", "--config"]).paths.len(), 2);
        assert_eq!(check(&["-"]).paths, [PathBuf::from("-")]);
        assert_eq!(check(&["a", "rules"]).paths.len(), 2);
    }

    #[test]
    fn wrong_values_say_what_is_right() {
        let told = |words: &[&str]| Cli::try_parse_from(words).expect_err("a wrong value").to_string();
        assert!(
            told(&["plimsoll", "check", "--fail-on", "fatal"]).contains("error, warning, info, hint, never")
        );
        assert!(told(&["plimsoll", "check", "--format", "jsn"]).contains("did you mean `json`?"));
        assert!(told(&["plimsoll", "check", "--selct", "x"]).contains("--select"));
    }

    #[test]
    fn a_rule_has_a_name_or_a_verb() {
        let rule =
            |words: &[&str]| Cli::try_parse_from([&["plimsoll", "rule"], words].concat()).map(|cli| cli.verb);
        assert!(matches!(rule(&["hadolint:DL3008"]), Ok(Verb::Rule(Rule { id: Some(_), verb: None }))));
        assert!(matches!(
            rule(&["test", "a"]),
            Ok(Verb::Rule(Rule { verb: Some(RuleVerb::Test { .. }), .. }))
        ));
        assert!(rule(&[]).is_err());
    }
}
