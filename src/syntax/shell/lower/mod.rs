//! From the tree of `shuck-parser` to the flat lists of a script. Walks statements with a stack of its own, not the
//! machine's.

mod broken;
mod compound;
mod words;

use shuck_ast::{
    Assignment, AssignmentValue, BinaryOp, BuiltinCommand, Command as Shuck, DeclClause, DeclOperand,
    Redirect as ShuckRedirect, RedirectKind, Stmt, StmtSeq, StmtTerminator, Word as ShuckWord, WordPartNode,
};
use shuck_parser::ShellDialect;
use shuck_parser::parser::{ParseStatus, Parser};

use super::command::{Inside, Place};
use super::{Command, ConstructKind, Pipe, Redirect, Script, Word, script_of};
use crate::text::Span;

/// Scripts in scripts in scripts end here: `sh -c "sh -c 'sh -c …'"`.
const MOST_NESTED: usize = 3;

pub(super) fn lower(text: &str, place: &dyn Fn(usize, usize) -> Span, nested: usize) -> Script {
    let parsed = Parser::with_dialect(text, ShellDialect::Bash).parse();
    let mut script = Script { complete: parsed.status == ParseStatus::Clean, ..Script::default() };
    // What is recovered from a terminal error is a guess; rules would report what nobody wrote.
    script.broken = broken::broken(&parsed, text, place);
    if parsed.status == ParseStatus::Fatal {
        return script;
    }
    let mut lowerer = Lowerer { text, place, script: &mut script, tasks: Vec::new(), nested };
    lowerer.sequence(&parsed.file.body, Place { nested: nested > 0, last: true, ..Place::default() });
    while let Some((statement, place)) = lowerer.tasks.pop() {
        lowerer.statement(statement, place);
    }
    script
}

struct Lowerer<'a, 's> {
    text: &'s str,
    place: &'s dyn Fn(usize, usize) -> Span,
    script: &'s mut Script,
    /// Statements to come, the next one last.
    tasks: Vec<(&'a Stmt, Place)>,
    /// How many scripts it is in.
    nested: usize,
}

impl<'a> Lowerer<'a, '_> {
    fn sequence(&mut self, sequence: &'a StmtSeq, place: Place) {
        let Some((last, first)) = sequence.stmts.split_last() else { return };
        self.tasks.push((last, place));
        let place = Place { last: false, ..place };
        self.tasks.extend(first.iter().rev().map(|statement| (statement, place)));
    }

    fn statement(&mut self, statement: &'a Stmt, mut place: Place) {
        place.subshell |= matches!(statement.terminator, Some(StmtTerminator::Background(_)));
        place.negated |= statement.negated;
        match &statement.command {
            Shuck::Simple(simple) => {
                let words = std::iter::once(&simple.name).chain(&simple.args);
                self.command(words, &simple.assignments, statement, place);
            }
            Shuck::Builtin(builtin) => {
                let (name, words, assignments) = builtin_parts(builtin);
                self.named(name, &words, assignments, statement, place);
            }
            Shuck::Decl(declaration) => self.declaration(declaration, statement, place),
            Shuck::Binary(binary) => match binary.op {
                BinaryOp::Pipe | BinaryOp::PipeAll => self.pipeline(statement, place),
                BinaryOp::And | BinaryOp::Or => {
                    if is_and_or(binary.op, &binary.left) {
                        self.construct(ConstructKind::AndOr, self.span(binary.op_span), Vec::new());
                    }
                    self.tasks.push((&binary.right, Place { guarded: true, ..place }));
                    self.tasks.push((&binary.left, Place { checked: true, last: false, ..place }));
                }
            },
            Shuck::Compound(compound) => {
                let out = |one: &ShuckRedirect| !is_input(one.kind);
                place.redirected |= statement.redirects.iter().any(out);
                self.compound(compound, place);
                self.redirected(&statement.redirects, place);
            }
            Shuck::Function(function) => {
                if let Some(keyword) = function.header.function_keyword_span {
                    self.construct(ConstructKind::FunctionKeyword, self.span(keyword), Vec::new());
                }
                let called = Place { conditional: true, checked: false, guarded: false, last: true, ..place };
                self.tasks.push((&function.body, called));
            }
            Shuck::AnonymousFunction(function) => self.tasks.push((&function.body, place)),
        }
    }

    /// The commands of `a | b | c`, whose tree leans to the left.
    fn pipeline(&mut self, statement: &'a Stmt, place: Place) {
        let mut parts = Vec::new();
        let mut rest = statement;
        while let Shuck::Binary(binary) = &rest.command {
            match binary.op {
                BinaryOp::Pipe => {}
                BinaryOp::PipeAll => {
                    self.construct(ConstructKind::PipeBoth, self.span(binary.op_span), Vec::new());
                }
                _ => break,
            }
            parts.push(&*binary.right);
            rest = &binary.left;
        }
        parts.push(rest);
        let (pipeline, last) = (self.script.pipelines, parts.len() - 1);
        self.script.pipelines += 1;
        for (from_right, part) in parts.into_iter().enumerate() {
            let pipe = Some(Pipe { pipeline, position: last - from_right });
            // How a pipeline ends is how its last command ends.
            let decides = from_right == 0;
            self.tasks.push((
                part,
                Place {
                    pipe,
                    subshell: true,
                    checked: place.checked && decides,
                    negated: place.negated && decides,
                    last: place.last && decides,
                    ..place
                },
            ));
        }
    }

    fn command(
        &mut self,
        words: impl Iterator<Item = &'a ShuckWord>,
        assignments: &'a [Assignment],
        statement: &'a Stmt,
        place: Place,
    ) {
        let number = self.script.commands.len();
        let sources: Vec<&ShuckWord> =
            words.filter(|word| word.span.start.offset() < word.span.end.offset()).collect();
        let words = sources.iter().map(|word| self.word(word)).collect();
        self.push(words, assignments, statement, place);
        for (at, word) in sources.iter().enumerate().rev() {
            self.inner(&word.parts, Inside { command: number, word: Some(at) }, place);
        }
        for assignment in assignments.iter().rev() {
            self.assignment(assignment, number, place);
        }
        self.script_inside(number, &sources);
    }

    /// A command whose name is no word of the parser's tree.
    fn named(
        &mut self,
        name: &str,
        sources: &[&'a ShuckWord],
        assignments: &'a [Assignment],
        statement: &'a Stmt,
        place: Place,
    ) {
        let number = self.script.commands.len();
        let before = assignments.last().map_or(statement.span.start.offset(), |last| last.span.end.offset());
        let found = self.text.get(before..).and_then(|rest| rest.find(name)).map_or(before, |at| before + at);
        let name = Word {
            text: name.to_owned(),
            span: (self.place)(found, found + name.len()),
            parts: Vec::new(),
            braces: Vec::new(),
        };
        let words = std::iter::once(name).chain(sources.iter().map(|word| self.word(word))).collect();
        self.push(words, assignments, statement, place);
        for (at, word) in sources.iter().enumerate().rev() {
            self.inner(&word.parts, Inside { command: number, word: Some(at + 1) }, place);
        }
        for assignment in assignments.iter().rev() {
            self.assignment(assignment, number, place);
        }
    }

    /// `export X=1` and its kin: their options are words like others, what they assign and name is not.
    fn declaration(&mut self, declaration: &'a DeclClause, statement: &'a Stmt, place: Place) {
        let number = self.script.commands.len();
        let name = Word {
            text: declaration.variant.to_string(),
            span: self.span(declaration.variant_span),
            parts: Vec::new(),
            braces: Vec::new(),
        };
        let told = declaration.operands.iter().filter_map(|operand| match operand {
            DeclOperand::Flag(word) | DeclOperand::Dynamic(word) => Some(self.word(word)),
            DeclOperand::Name(_) | DeclOperand::Assignment(_) => None,
        });
        let words = std::iter::once(name).chain(told).collect();
        self.push(words, &declaration.assignments, statement, place);
        for operand in declaration.operands.iter().rev() {
            match operand {
                DeclOperand::Assignment(assignment) => self.assignment(assignment, number, place),
                DeclOperand::Flag(word) | DeclOperand::Dynamic(word) => {
                    self.inner(&word.parts, Inside { command: number, word: None }, place);
                }
                DeclOperand::Name(_) => {}
            }
        }
        for assignment in declaration.assignments.iter().rev() {
            self.assignment(assignment, number, place);
        }
    }

    /// Adds a command; what is inside its redirections comes after what is inside its words.
    fn push(&mut self, words: Vec<Word>, assignments: &[Assignment], statement: &'a Stmt, place: Place) {
        let assignments = assignments.iter().map(|one| one.target.name.to_string()).collect();
        let redirects = statement.redirects.iter().map(|redirect| self.redirect(redirect)).collect();
        let span = self.span(statement.span);
        let command = Command { words, assignments, redirects, place, span };
        self.assigned_by(&command);
        self.script.commands.push(command);
        self.redirected(&statement.redirects, place);
    }

    /// What runs for redirections, which belong to the command added last.
    fn redirected(&mut self, redirects: &'a [ShuckRedirect], place: Place) {
        let command = self.script.commands.len().saturating_sub(1);
        for redirect in redirects.iter().rev() {
            if let Some(target) = redirect.word_target() {
                self.inner(&target.parts, Inside { command, word: None }, place);
            }
            if let Some(heredoc) = redirect.heredoc() {
                self.heredoc(heredoc, place);
            }
        }
    }

    /// `read x`
    fn assigned_by(&mut self, command: &Command) {
        if command.words.first().is_some_and(|name| name.text == "read") {
            for word in command.words[1..].iter().filter(|word| !word.text.starts_with('-')) {
                self.assigned(word.text.clone(), None, word.span);
            }
        }
    }

    fn assignment(&mut self, assignment: &'a Assignment, command: usize, place: Place) {
        let word = match &assignment.value {
            AssignmentValue::Scalar(word) if !assignment.append => Some(self.word(word)),
            AssignmentValue::Scalar(word) => {
                let (from, to) = (assignment.span.start.offset(), word.span.start.offset());
                self.construct(ConstructKind::Append, (self.place)(from, to), Vec::new());
                None
            }
            AssignmentValue::Compound(array) => {
                let items = array.elements.iter().map(|item| self.word(&item.value().word)).collect();
                self.construct(ConstructKind::Array, self.span(array.span), items);
                None
            }
        };
        self.assigned(assignment.target.name.to_string(), word, self.span(assignment.span));
        if let Some(last) = self.script.assigned.last_mut() {
            last.command = Some(command);
        }
        let inside = Inside { command, word: None };
        match &assignment.value {
            AssignmentValue::Scalar(word) => self.inner(&word.parts, inside, place),
            AssignmentValue::Compound(array) => {
                for item in array.elements.iter().rev() {
                    self.inner(&item.value().word.parts, inside, place);
                }
            }
        }
    }

    /// The commands whose output a word takes.
    fn inner(&mut self, parts: &'a [WordPartNode], inside: Inside, place: Place) {
        let mut found = Vec::new();
        words::bodies(parts, &mut found);
        let place = Place { inside: Some(inside), ..compound::inner(place) };
        for body in found.into_iter().rev() {
            self.sequence(body, place);
        }
    }

    /// The commands of the script that a shell is given as a word: `sudo sh -c 'apt-get update'`.
    fn script_inside(&mut self, number: usize, sources: &[&ShuckWord]) {
        let command = &self.script.commands[number];
        let program = command.program();
        let found = script_of(program.iter().map(|word| word.text.as_str()));
        let Some((_, at)) = found.filter(|_| self.nested < MOST_NESTED) else { return };
        let at = command.words.len() - program.len() + at;
        let place = command.place;
        let Some((text, start)) = sources.get(at).and_then(|source| self.quoted(source)) else { return };
        let inner = |from: usize, to: usize| (self.place)(start + from, start + to);
        let script = lower(&text, &inner, self.nested + 1);
        let (base, pipelines) = (self.script.commands.len(), self.script.pipelines);
        for command in script.commands {
            let mut command = command.moved(base, pipelines);
            let inner = &mut command.place;
            inner.pipe = inner.pipe.or(place.pipe);
            inner.inside = inner.inside.or(Some(Inside { command: number, word: Some(at) }));
            inner.subshell = true;
            inner.conditional |= place.conditional;
            self.script.commands.push(command);
        }
        self.script.pipelines += script.pipelines;
    }

    /// The text between the quotes of a word that is nothing else, as it is written, and where it starts. What another
    /// shell would get differs from that where a backslash stands for something.
    fn quoted(&self, source: &ShuckWord) -> Option<(String, usize)> {
        let raw = source.span.slice(self.text);
        let quote = raw.chars().next().filter(|first| matches!(first, '"' | '\''))?;
        let inner = raw.strip_prefix(quote)?.strip_suffix(quote)?;
        let whole = source.is_fully_quoted() && !(quote == '"' && inner.contains('\\'));
        whole.then(|| (inner.to_owned(), source.span.start.offset() + 1))
    }

    fn redirect(&self, redirect: &ShuckRedirect) -> Redirect {
        Redirect {
            operator: operator(redirect.kind),
            number: redirect.fd,
            target: redirect.word_target().map(|word| self.word(word)),
            input: is_input(redirect.kind),
            span: self.span(redirect.span),
        }
    }

    fn span(&self, span: shuck_ast::Span) -> Span {
        (self.place)(span.start.offset(), span.end.offset())
    }
}

/// Whether `left || …` has an `&&` on its left.
fn is_and_or(operator: BinaryOp, left: &Stmt) -> bool {
    let and = matches!(&left.command, Shuck::Binary(binary) if binary.op == BinaryOp::And);
    operator == BinaryOp::Or && and
}

fn is_input(kind: RedirectKind) -> bool {
    use RedirectKind::{HereDoc, HereDocStrip, HereString, Input};
    matches!(kind, Input | HereDoc | HereDocStrip | HereString)
}

fn operator(kind: RedirectKind) -> &'static str {
    match kind {
        RedirectKind::Output => ">",
        RedirectKind::Clobber => ">|",
        RedirectKind::Append => ">>",
        RedirectKind::Input => "<",
        RedirectKind::ReadWrite => "<>",
        RedirectKind::HereDoc => "<<",
        RedirectKind::HereDocStrip => "<<-",
        RedirectKind::HereString => "<<<",
        RedirectKind::DupOutput => ">&",
        RedirectKind::DupInput => "<&",
        RedirectKind::OutputBoth => "&>",
    }
}

/// The name of `exit 1` and its kin, which have trees of their own, then its words and what is assigned before it.
fn builtin_parts(builtin: &BuiltinCommand) -> (&'static str, Vec<&ShuckWord>, &[Assignment]) {
    let (name, first, rest, assignments) = match builtin {
        BuiltinCommand::Break(it) => ("break", &it.depth, &it.extra_args, &it.assignments),
        BuiltinCommand::Continue(it) => ("continue", &it.depth, &it.extra_args, &it.assignments),
        BuiltinCommand::Return(it) => ("return", &it.code, &it.extra_args, &it.assignments),
        BuiltinCommand::Exit(it) => ("exit", &it.code, &it.extra_args, &it.assignments),
    };
    (name, first.iter().chain(rest).collect(), assignments)
}
