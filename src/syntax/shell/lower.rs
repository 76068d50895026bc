//! From the tree of `shuck-parser` to the flat list of commands. Walks with a stack of its own, not the machine's.

use shuck_ast::{
    Assignment, AssignmentValue, BinaryOp, BuiltinCommand, Command as Shuck, CompoundCommand, DeclClause,
    DeclOperand, Redirect as ShuckRedirect, RedirectKind, Stmt, StmtSeq, StmtTerminator, Word as ShuckWord,
    WordPart, WordPartNode,
};
use shuck_parser::ShellDialect;
use shuck_parser::parser::{ParseStatus, Parser};

use super::{Assigned, Command, HIDDEN, Inside, Pipe, Redirect, Script, Substitution, Word};
use crate::text::Span;

pub(super) fn lower(text: &str, place: &dyn Fn(usize, usize) -> Span) -> Script {
    let parsed = Parser::with_dialect(text, ShellDialect::Bash).parse();
    let mut script = Script { complete: parsed.status == ParseStatus::Clean, ..Script::default() };
    // What is recovered from a terminal error is a guess; rules would report what nobody wrote.
    if parsed.status == ParseStatus::Fatal {
        return script;
    }
    let mut lowerer = Lowerer { text, place, script: &mut script, tasks: Vec::new(), pipelines: 0 };
    lowerer.sequence(&parsed.file.body, Context::default());
    while let Some((statement, context)) = lowerer.tasks.pop() {
        lowerer.statement(statement, context);
    }
    script
}

/// What surrounds a statement.
#[derive(Clone, Copy, Default)]
struct Context {
    pipe: Option<Pipe>,
    subshell: bool,
    conditional: bool,
    inside: Option<Inside>,
}

impl Context {
    fn conditional(self) -> Context {
        Context { conditional: true, ..self }
    }
}

struct Lowerer<'a, 's> {
    text: &'s str,
    place: &'s dyn Fn(usize, usize) -> Span,
    script: &'s mut Script,
    /// Statements to come, the next one last.
    tasks: Vec<(&'a Stmt, Context)>,
    pipelines: usize,
}

impl<'a> Lowerer<'a, '_> {
    fn sequence(&mut self, sequence: &'a StmtSeq, context: Context) {
        self.tasks.extend(sequence.stmts.iter().rev().map(|statement| (statement, context)));
    }

    fn statement(&mut self, statement: &'a Stmt, mut context: Context) {
        context.subshell |= matches!(statement.terminator, Some(StmtTerminator::Background(_)));
        match &statement.command {
            Shuck::Simple(simple) => {
                let words = std::iter::once(&simple.name).chain(&simple.args);
                self.command(words, &simple.assignments, &statement.redirects, context);
            }
            Shuck::Builtin(builtin) => {
                let (words, assignments) = builtin_parts(builtin);
                self.command(words.into_iter(), assignments, &statement.redirects, context);
            }
            Shuck::Decl(declaration) => self.declaration(declaration, &statement.redirects, context),
            Shuck::Binary(binary) if matches!(binary.op, BinaryOp::Pipe | BinaryOp::PipeAll) => {
                self.pipeline(statement, context);
            }
            Shuck::Binary(binary) => {
                self.tasks.push((&binary.right, context));
                self.tasks.push((&binary.left, context));
            }
            Shuck::Compound(compound) => self.compound(compound, context),
            Shuck::Function(function) => self.tasks.push((&function.body, context.conditional())),
            Shuck::AnonymousFunction(function) => self.tasks.push((&function.body, context)),
        }
    }

    /// The commands of `a | b | c`, whose tree leans to the left.
    fn pipeline(&mut self, statement: &'a Stmt, context: Context) {
        let mut parts = Vec::new();
        let mut rest = statement;
        while let Shuck::Binary(binary) = &rest.command {
            if !matches!(binary.op, BinaryOp::Pipe | BinaryOp::PipeAll) {
                break;
            }
            parts.push(&*binary.right);
            rest = &binary.left;
        }
        parts.push(rest);
        let (pipeline, last) = (self.pipelines, parts.len() - 1);
        self.pipelines += 1;
        for (from_right, part) in parts.into_iter().enumerate() {
            let pipe = Some(Pipe { pipeline, position: last - from_right });
            self.tasks.push((part, Context { pipe, subshell: true, ..context }));
        }
    }

    fn compound(&mut self, compound: &'a CompoundCommand, context: Context) {
        let maybe = context.conditional();
        match compound {
            CompoundCommand::If(command) => {
                self.sequences(command.else_branch.iter(), maybe);
                for (condition, body) in command.elif_branches.iter().rev() {
                    self.sequences([condition, body].into_iter(), maybe);
                }
                self.sequence(&command.then_branch, maybe);
                self.sequence(&command.condition, context);
            }
            CompoundCommand::For(command) => {
                for target in &command.targets {
                    let Some(name) = &target.name else { continue };
                    let span = self.span(target.span);
                    self.script.assigned.push(Assigned { name: name.to_string(), value: None, span });
                }
                self.sequence(&command.body, maybe);
                let words: Vec<&ShuckWord> = command.words.iter().flatten().collect();
                self.substitutions(&words, context);
            }
            CompoundCommand::Repeat(command) => self.sequence(&command.body, maybe),
            CompoundCommand::Foreach(command) => self.sequence(&command.body, maybe),
            CompoundCommand::ArithmeticFor(command) => self.sequence(&command.body, maybe),
            CompoundCommand::While(command) => {
                self.sequences([&command.condition, &command.body].into_iter(), maybe);
            }
            CompoundCommand::Until(command) => {
                self.sequences([&command.condition, &command.body].into_iter(), maybe);
            }
            CompoundCommand::Case(command) => {
                for item in command.cases.iter().rev() {
                    self.sequence(&item.body, maybe);
                }
            }
            CompoundCommand::Select(command) => self.sequence(&command.body, maybe),
            CompoundCommand::Subshell(body) => self.sequence(body, Context { subshell: true, ..context }),
            CompoundCommand::BraceGroup(body) => self.sequence(body, context),
            CompoundCommand::Time(command) => {
                self.tasks.extend(command.command.iter().map(|statement| (&**statement, context)));
            }
            CompoundCommand::Coproc(command) => {
                self.tasks.push((&command.body, Context { subshell: true, ..context }));
            }
            CompoundCommand::Always(command) => {
                self.sequences([&command.body, &command.always_body].into_iter(), context);
            }
            CompoundCommand::Arithmetic(_) | CompoundCommand::Conditional(_) => {}
        }
    }

    /// Sequences that run in this order.
    fn sequences<I: DoubleEndedIterator<Item = &'a StmtSeq>>(&mut self, sequences: I, context: Context) {
        for sequence in sequences.rev() {
            self.sequence(sequence, context);
        }
    }

    fn command(
        &mut self,
        words: impl Iterator<Item = &'a ShuckWord>,
        assignments: &'a [Assignment],
        redirects: &'a [ShuckRedirect],
        context: Context,
    ) {
        let number = self.script.commands.len();
        let sources: Vec<&ShuckWord> =
            words.filter(|word| word.span.start.offset() < word.span.end.offset()).collect();
        let words = sources.iter().map(|word| self.word(word)).collect();
        self.push(words, assignments, redirects, context);
        for (at, word) in sources.iter().enumerate().rev() {
            self.inner(&word.parts, Inside { command: number, word: Some(at) }, context);
        }
        for assignment in assignments.iter().rev() {
            self.assignment(assignment, number, context);
        }
    }

    /// `export X=1` and its kin, whose only word is their name.
    fn declaration(&mut self, declaration: &'a DeclClause, redirects: &'a [ShuckRedirect], context: Context) {
        let number = self.script.commands.len();
        let name = Word {
            text: declaration.variant.to_string(),
            span: self.span(declaration.variant_span),
            variables: Vec::new(),
            substituted: false,
            substitution: None,
        };
        self.push(vec![name], &declaration.assignments, redirects, context);
        for operand in declaration.operands.iter().rev() {
            match operand {
                DeclOperand::Assignment(assignment) => self.assignment(assignment, number, context),
                DeclOperand::Flag(word) | DeclOperand::Dynamic(word) => {
                    self.inner(&word.parts, Inside { command: number, word: None }, context);
                }
                DeclOperand::Name(_) => {}
            }
        }
        for assignment in declaration.assignments.iter().rev() {
            self.assignment(assignment, number, context);
        }
    }

    /// Adds a command; what is inside its redirections comes after what is inside its words.
    fn push(
        &mut self,
        words: Vec<Word>,
        assignments: &[Assignment],
        redirects: &'a [ShuckRedirect],
        context: Context,
    ) {
        let number = self.script.commands.len();
        let Context { pipe, subshell, conditional, inside } = context;
        let assignments = assignments.iter().map(|one| one.target.name.to_string()).collect();
        let redirected = redirects.iter().map(|redirect| self.redirect(redirect)).collect();
        let command =
            Command { words, assignments, redirects: redirected, pipe, subshell, conditional, inside };
        self.assigned_by(&command);
        self.script.commands.push(command);
        for target in redirects.iter().rev().filter_map(ShuckRedirect::word_target) {
            self.inner(&target.parts, Inside { command: number, word: None }, context);
        }
    }

    /// `read x`, and `export x=1` where the parser leaves it a simple command.
    fn assigned_by(&mut self, command: &Command) {
        if command.words.first().is_some_and(|name| name.text == "read") {
            let names = command.words[1..].iter().filter(|word| !word.text.starts_with('-'));
            let unknown = |word: &Word| Assigned { name: word.text.clone(), value: None, span: word.span };
            self.script.assigned.extend(names.map(unknown));
        }
    }

    fn assignment(&mut self, assignment: &'a Assignment, command: usize, context: Context) {
        let value = match &assignment.value {
            AssignmentValue::Scalar(word) if !assignment.append => {
                self.word(word).literal().map(str::to_owned)
            }
            _ => None,
        };
        let span = self.span(assignment.span);
        self.script.assigned.push(Assigned { name: assignment.target.name.to_string(), value, span });
        if let AssignmentValue::Scalar(word) = &assignment.value {
            self.inner(&word.parts, Inside { command, word: None }, context);
        }
    }

    /// Substitutions in words that no command has.
    fn substitutions(&mut self, words: &[&'a ShuckWord], context: Context) {
        for word in words.iter().rev() {
            self.bodies(&word.parts, Context { pipe: None, subshell: true, ..context });
        }
    }

    /// The commands whose output a word takes.
    fn inner(&mut self, parts: &'a [WordPartNode], inside: Inside, context: Context) {
        self.bodies(parts, Context { pipe: None, subshell: true, inside: Some(inside), ..context });
    }

    fn bodies(&mut self, parts: &'a [WordPartNode], context: Context) {
        for part in parts.iter().rev() {
            match &part.kind {
                WordPart::CommandSubstitution { body, .. } | WordPart::ProcessSubstitution { body, .. } => {
                    self.sequence(body, context);
                }
                // Quotes do not nest: the parts of one are no quotes.
                WordPart::DoubleQuoted { parts, .. } => {
                    for part in parts.iter().rev() {
                        if let WordPart::CommandSubstitution { body, .. } = &part.kind {
                            self.sequence(body, context);
                        }
                    }
                }
                _ => {}
            }
        }
    }

    fn redirect(&self, redirect: &ShuckRedirect) -> Redirect {
        use RedirectKind::{HereDoc, HereDocStrip, HereString, Input};
        Redirect {
            target: redirect.word_target().map(|word| self.word(word)),
            input: matches!(redirect.kind, Input | HereDoc | HereDocStrip | HereString),
            span: self.span(redirect.span),
        }
    }

    fn span(&self, span: shuck_ast::Span) -> Span {
        (self.place)(span.start.offset(), span.end.offset())
    }

    fn word(&self, word: &ShuckWord) -> Word {
        let mut out = Word {
            text: String::new(),
            span: self.span(word.span),
            variables: Vec::new(),
            substituted: false,
            substitution: substitution(&word.parts),
        };
        if let Some(text) = word.try_static_text(self.text) {
            out.text = text.into_owned();
            return out;
        }
        for part in &word.parts {
            match &part.kind {
                WordPart::DoubleQuoted { parts, .. } => {
                    for part in parts {
                        self.part(part, &mut out);
                    }
                }
                _ => self.part(part, &mut out),
            }
        }
        out
    }

    fn part(&self, part: &WordPartNode, out: &mut Word) {
        match &part.kind {
            WordPart::Literal(literal) => out.text.push_str(literal.as_str(self.text, part.span)),
            WordPart::SingleQuoted { value, .. } => out.text.push_str(value.slice(self.text)),
            kind => {
                out.text.push(HIDDEN);
                out.substituted |= matches!(
                    kind,
                    WordPart::CommandSubstitution { .. } | WordPart::ProcessSubstitution { .. }
                );
                out.variables.extend(variable(part.span.slice(self.text)));
            }
        }
    }
}

/// The name in `$name` or `${name…}`.
fn variable(text: &str) -> Option<String> {
    let rest = text.strip_prefix('$')?;
    let rest = rest.strip_prefix('{').map_or(rest, |rest| rest.trim_start_matches(['!', '#']));
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
    (end > 0).then(|| rest[..end].to_owned())
}

fn substitution(parts: &[WordPartNode]) -> Option<Substitution> {
    let [only] = parts else { return None };
    match &only.kind {
        WordPart::CommandSubstitution { .. } => Some(Substitution::Command),
        WordPart::ProcessSubstitution { is_input: true, .. } => Some(Substitution::Process),
        WordPart::DoubleQuoted { parts, .. } => match parts.as_slice() {
            [WordPartNode { kind: WordPart::CommandSubstitution { .. }, .. }] => Some(Substitution::Command),
            _ => None,
        },
        _ => None,
    }
}

/// `exit 1` and its kin have trees of their own; their names matter to no rule.
fn builtin_parts(builtin: &BuiltinCommand) -> (Vec<&ShuckWord>, &[Assignment]) {
    let (first, rest, assignments) = match builtin {
        BuiltinCommand::Break(command) => (&command.depth, &command.extra_args, &command.assignments),
        BuiltinCommand::Continue(command) => (&command.depth, &command.extra_args, &command.assignments),
        BuiltinCommand::Return(command) => (&command.code, &command.extra_args, &command.assignments),
        BuiltinCommand::Exit(command) => (&command.code, &command.extra_args, &command.assignments),
    };
    (first.iter().chain(rest).collect(), assignments)
}
