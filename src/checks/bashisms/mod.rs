//! What bash knows and other shells by the name of `sh` do not. Facts are of dash 0.5.12 and `BusyBox` 1.35, tried out.

mod commands;
mod words;

use crate::syntax::shell::{ConstructKind, Dialect, Flavour, Redirect, Script};
use crate::text::Span;

/// Something in a script that only some shells know.
pub(super) struct Bashism {
    /// Where.
    pub(super) span: Span,
    /// What, as a noun.
    pub(super) what: &'static str,
    /// What to do instead.
    pub(super) instead: &'static str,
    /// Whether `BusyBox` knows it.
    pub(super) ash: bool,
    /// Whether it is an option of `echo`, which dash prints.
    pub(super) printed: bool,
}

impl Bashism {
    fn new(span: Span, what: &'static str, instead: &'static str, ash: bool) -> Bashism {
        Bashism { span, what, instead, ash, printed: false }
    }
}

/// What a script has that its `sh` does not know, or may not know where nobody can tell which shell that is.
pub(super) fn find(script: &Script) -> Vec<Bashism> {
    let mut found = Vec::new();
    if script.dialect != Some(Dialect::Sh) || script.flavour == Flavour::Bash {
        return found;
    }
    constructs(script, &mut found);
    words::find(script, &mut found);
    for command in script.commands.iter().filter(|command| !command.place.nested) {
        redirects(&command.redirects, &mut found);
        commands::find(command, &mut found);
    }
    found.retain(|one| script.flavour != Flavour::Busybox || !one.ash);
    found
}

fn constructs(script: &Script, found: &mut Vec<Bashism>) {
    for construct in &script.constructs {
        let (what, instead, ash) = match construct.kind {
            ConstructKind::Test => ("`[[`", "write `[`", true),
            ConstructKind::Arithmetic => ("`((…))` as a command", "write `: $((…))` or `[ … ]`", false),
            ConstructKind::ArithmeticFor => ("`for ((…))`", "loop over `$(seq …)`", false),
            ConstructKind::Select => ("`select`", "ask with `read`", false),
            ConstructKind::Array => ("arrays", "use `set -- …` and `\"$@\"`", false),
            ConstructKind::FunctionKeyword => ("`function`", "write `name() {`", true),
            ConstructKind::Coprocess => ("`coproc`", "use a named pipe", false),
            ConstructKind::PipeBoth => ("`|&`", "write `2>&1 |`", false),
            ConstructKind::Append => ("`+=`", "write `x=\"${x}…\"`", false),
            ConstructKind::FallThrough => ("`;&`", "write the commands again", false),
            ConstructKind::Case | ConstructKind::AndOr | ConstructKind::Heredoc => continue,
        };
        found.push(Bashism::new(construct.span, what, instead, ash));
    }
}

fn redirects(redirects: &[Redirect], found: &mut Vec<Bashism>) {
    for redirect in redirects {
        let (what, instead) = match redirect.operator {
            "<<<" => ("here-strings", "pipe the text in with `printf`"),
            "&>" => ("`&>`, and runs the command in the background", "write `>file 2>&1`"),
            ">&" if to_file(redirect) => ("`>&` before a file", "write `>file 2>&1`"),
            _ => continue,
        };
        let end =
            redirect.target.as_ref().map_or(redirect.span.end as usize, |target| target.span.start as usize);
        let operator = redirect.span.slice(0, end.saturating_sub(redirect.span.start as usize));
        found.push(Bashism::new(operator, what, instead, redirect.operator != "<<<"));
    }
}

fn to_file(redirect: &Redirect) -> bool {
    let target = redirect.target.as_ref().and_then(|target| target.literal());
    target.is_some_and(|target| target != "-" && !target.bytes().all(|byte| byte.is_ascii_digit()))
}
