//! What is not a simple command: its commands, and a mark that it is there.

use shuck_ast::{
    CaseCommand, CaseTerminator, CompoundCommand, ConditionalExpr, ForSyntax, Heredoc, HeredocBodyPart,
    IfCommand, IfSyntax, StmtSeq, Word as ShuckWord,
};

use super::{Lowerer, words};
use crate::syntax::shell::command::Place;
use crate::syntax::shell::{Assigned, Broken, Construct, ConstructKind, Loop, Word};
use crate::text::Span;

impl<'a> Lowerer<'a, '_> {
    pub(super) fn compound(&mut self, compound: &'a CompoundCommand, place: Place) {
        let maybe = Place { conditional: true, ..place };
        let again = Place { checked: false, last: false, ..maybe };
        match compound {
            CompoundCommand::If(command) => self.branches(command, place, maybe),
            CompoundCommand::For(command) => {
                if let ForSyntax::InDoDone { do_span, .. } = command.syntax {
                    self.stray_semicolon(do_span);
                }
                for target in &command.targets {
                    let Some(name) = &target.name else { continue };
                    let span = self.span(target.span);
                    self.assigned(name.to_string(), None, span);
                    let number = self.script.loops.len();
                    self.script.assigned.last_mut().into_iter().for_each(|last| last.in_loop = Some(number));
                }
                let span = self.keyword(command.span, "for");
                let list: Option<Vec<&ShuckWord>> =
                    command.words.as_ref().map(|words| words.iter().collect());
                let words = list.as_ref().map(|list| list.iter().map(|word| self.word(word)).collect());
                let before = self.script.commands.len();
                self.script.loops.push(Loop { words, before, span });
                self.sequence(&command.body, again);
                self.substitutions(&list.unwrap_or_default(), place);
            }
            CompoundCommand::Repeat(command) => self.sequence(&command.body, again),
            CompoundCommand::Foreach(command) => self.sequence(&command.body, again),
            CompoundCommand::ArithmeticFor(command) => {
                self.construct(ConstructKind::ArithmeticFor, self.keyword(command.span, "for"), Vec::new());
                self.sequence(&command.body, again);
            }
            CompoundCommand::While(command) => self.repeated(&command.condition, &command.body, again),
            CompoundCommand::Until(command) => self.repeated(&command.condition, &command.body, again),
            CompoundCommand::Case(command) => self.case(command, place, maybe),
            CompoundCommand::Select(command) => {
                self.construct(ConstructKind::Select, self.keyword(command.span, "select"), Vec::new());
                self.sequence(&command.body, again);
            }
            CompoundCommand::Subshell(body) => self.body(body, Place { subshell: true, ..place }),
            CompoundCommand::BraceGroup(body) => self.body(body, place),
            CompoundCommand::Time(command) => {
                self.tasks.extend(command.command.iter().map(|statement| (&**statement, place)));
            }
            CompoundCommand::Coproc(command) => {
                self.construct(ConstructKind::Coprocess, self.keyword(command.span, "coproc"), Vec::new());
                self.tasks.push((&command.body, Place { subshell: true, ..place }));
            }
            CompoundCommand::Always(command) => {
                self.sequences([&command.body, &command.always_body].into_iter(), place);
            }
            CompoundCommand::Arithmetic(command) => {
                self.construct(ConstructKind::Arithmetic, self.span(command.span), Vec::new());
            }
            CompoundCommand::Conditional(command) => {
                let mut tested = Vec::new();
                operands(&command.expression, &mut tested);
                let words: Vec<Word> = tested.iter().map(|word| self.word(word)).collect();
                self.construct(ConstructKind::Test, self.span(command.left_bracket_span), words);
                self.substitutions(&tested, place);
            }
        }
    }

    fn branches(&mut self, command: &'a IfCommand, place: Place, maybe: Place) {
        if let IfSyntax::ThenFi { then_span, .. } = command.syntax {
            self.stray_semicolon(then_span);
        }
        command.else_branch.iter().for_each(|branch| self.body(branch, maybe));
        for (condition, branch) in command.elif_branches.iter().rev() {
            self.body(branch, maybe);
            self.condition(condition, maybe);
        }
        self.body(&command.then_branch, maybe);
        self.condition(&command.condition, place);
    }

    fn case(&mut self, command: &'a CaseCommand, place: Place, maybe: Place) {
        let word = self.word(&command.word);
        self.construct(ConstructKind::Case, self.keyword(command.span, "case"), vec![word]);
        for item in command.cases.iter().rev() {
            if let (CaseTerminator::FallThrough | CaseTerminator::Continue, Some(span)) =
                (item.terminator, item.terminator_span)
            {
                self.construct(ConstructKind::FallThrough, self.span(span), Vec::new());
            }
            self.body(&item.body, maybe);
        }
        self.substitutions(&[&command.word], place);
    }

    /// A body of several commands, of which the last decides how it ends.
    fn body(&mut self, body: &'a StmtSeq, place: Place) {
        let Some((last, first)) = body.stmts.split_last() else { return };
        self.tasks.push((last, place));
        let unchecked = Place { checked: false, last: false, ..place };
        self.tasks.extend(first.iter().rev().map(|statement| (statement, unchecked)));
    }

    /// `then;` and `do;`, which the parser lets pass.
    fn stray_semicolon(&mut self, keyword: shuck_ast::Span) {
        let end = keyword.end.offset();
        let Some(rest) = self.text.get(end..) else { return };
        let at = end + rest.len() - rest.trim_start_matches([' ', '\t']).len();
        if self.text[at..].starts_with(';') && self.script.broken.is_none() {
            let reason = "no `;` can stand here: a command must".to_owned();
            self.script.broken = Some(Broken { reason, span: (self.place)(at, at + 1) });
        }
    }

    fn condition(&mut self, condition: &'a StmtSeq, place: Place) {
        self.body(condition, Place { checked: true, last: false, ..place });
    }

    fn repeated(&mut self, condition: &'a StmtSeq, body: &'a StmtSeq, maybe: Place) {
        self.sequence(body, maybe);
        self.condition(condition, maybe);
    }

    /// Sequences that run in this order.
    fn sequences<I: DoubleEndedIterator<Item = &'a StmtSeq>>(&mut self, sequences: I, place: Place) {
        for sequence in sequences.rev() {
            self.sequence(sequence, place);
        }
    }

    /// Substitutions in words that no command has.
    pub(super) fn substitutions(&mut self, list: &[&'a ShuckWord], place: Place) {
        let mut bodies = Vec::new();
        for word in list {
            words::bodies(&word.parts, &mut bodies);
        }
        for body in bodies.into_iter().rev() {
            self.sequence(body, inner(place));
        }
    }

    pub(super) fn construct(&mut self, kind: ConstructKind, span: Span, words: Vec<Word>) {
        self.script.constructs.push(Construct { kind, span, words });
    }

    pub(super) fn assigned(&mut self, name: String, word: Option<Word>, span: Span) {
        self.script.assigned.push(Assigned { name, word, command: None, in_loop: None, span });
    }

    /// The keyword that a construct starts with.
    fn keyword(&self, construct: shuck_ast::Span, keyword: &str) -> Span {
        let start = construct.start.offset();
        (self.place)(start, start + keyword.len())
    }

    /// The text of a heredoc in which variables have their values.
    pub(super) fn heredoc(&mut self, heredoc: &'a Heredoc, place: Place) {
        if !heredoc.delimiter.expands_body {
            return;
        }
        let word = self.heredoc_word(&heredoc.body);
        self.construct(ConstructKind::Heredoc, word.span, vec![word]);
        for part in heredoc.body.parts.iter().rev() {
            if let HeredocBodyPart::CommandSubstitution { body, .. } = &part.kind {
                self.sequence(body, inner(place));
            }
        }
    }
}

/// Where the commands stand whose output goes elsewhere.
pub(super) fn inner(place: Place) -> Place {
    Place {
        pipe: None,
        subshell: true,
        checked: false,
        guarded: false,
        last: true,
        negated: false,
        redirected: false,
        ..place
    }
}

/// The words of a test. It nests no deeper than the brackets of the script, but leans to one side at `&&`.
fn operands<'a>(expression: &'a ConditionalExpr, out: &mut Vec<&'a ShuckWord>) {
    let mut tasks = vec![expression];
    while let Some(expression) = tasks.pop() {
        match expression {
            ConditionalExpr::Binary(binary) => tasks.extend([&*binary.right, &*binary.left]),
            ConditionalExpr::Unary(unary) => tasks.push(&unary.expr),
            ConditionalExpr::Parenthesized(inner) => tasks.push(&inner.expr),
            ConditionalExpr::Word(word) | ConditionalExpr::Regex(word) => out.push(word),
            ConditionalExpr::Pattern(_) | ConditionalExpr::VarRef(_) => {}
        }
    }
}
