//! Words, and the commands inside them.

use shuck_ast::{
    BourneParameterExpansion, CommandSubstitutionSyntax, HeredocBody, HeredocBodyPart, ParameterExpansion,
    ParameterOp, StmtSeq, Word as ShuckWord, WordPart, WordPartNode,
};

use super::Lowerer;
use crate::syntax::shell::{Form, HIDDEN, Part, PartKind, Quotes, Variable, Word};

impl Lowerer<'_, '_> {
    pub(super) fn word(&self, word: &ShuckWord) -> Word {
        let mut out = Word {
            text: String::new(),
            span: self.span(word.span),
            parts: Vec::new(),
            braces: word
                .brace_syntax
                .iter()
                .filter(|brace| brace.expands())
                .map(|brace| self.span(brace.span))
                .collect(),
        };
        if let [WordPartNode { kind: WordPart::Literal(text), span }] = word.parts.as_slice() {
            let text = text.as_str(self.text, *span);
            if text == span.slice(self.text) {
                text.clone_into(&mut out.text);
                return out;
            }
        }
        for part in &word.parts {
            match &part.kind {
                WordPart::DoubleQuoted { parts, .. } if parts.is_empty() => {
                    self.add(part, PartKind::Text(String::new()), Quotes::Double, &mut out);
                }
                WordPart::DoubleQuoted { parts, .. } => {
                    for part in parts {
                        self.part(part, Quotes::Double, &mut out);
                    }
                }
                _ => self.part(part, Quotes::None, &mut out),
            }
        }
        out
    }

    /// The body of a heredoc as one word in double quotes.
    pub(super) fn heredoc_word(&self, body: &HeredocBody) -> Word {
        let mut out =
            Word { text: String::new(), span: self.span(body.span), parts: Vec::new(), braces: Vec::new() };
        for part in &body.parts {
            let raw = part.span.slice(self.text);
            let kind = match &part.kind {
                HeredocBodyPart::Literal(_) => PartKind::Text(raw.to_owned()),
                HeredocBodyPart::Variable(_) => {
                    PartKind::Variable(Variable { name: name(raw), form: Form::Plain })
                }
                HeredocBodyPart::CommandSubstitution { syntax, .. } => substitution(*syntax),
                HeredocBodyPart::ArithmeticExpansion { .. } => PartKind::Arithmetic,
                HeredocBodyPart::Parameter(parameter) => {
                    PartKind::Variable(Variable { name: name(raw), form: parameter_form(parameter) })
                }
            };
            match &kind {
                PartKind::Text(text) => out.text.push_str(text),
                _ => out.text.push(HIDDEN),
            }
            out.parts.push(Part { kind, quotes: Quotes::Double, span: self.span(part.span) });
        }
        out
    }

    fn part(&self, part: &WordPartNode, quotes: Quotes, out: &mut Word) {
        let raw = part.span.slice(self.text);
        match &part.kind {
            WordPart::Literal(literal) => {
                out.text.push_str(literal.as_str(self.text, part.span));
                self.add(part, PartKind::Text(raw.to_owned()), quotes, out);
            }
            WordPart::SingleQuoted { value, dollar } => {
                out.text.push_str(value.slice(self.text));
                let quotes = if *dollar { Quotes::Dollar } else { Quotes::Single };
                let inner = raw.strip_prefix('$').unwrap_or(raw);
                let inner = inner.strip_prefix('\'').and_then(|inner| inner.strip_suffix('\''));
                self.add(part, PartKind::Text(inner.unwrap_or(raw).to_owned()), quotes, out);
            }
            kind => {
                out.text.push(HIDDEN);
                self.add(part, expansion(kind, raw), quotes, out);
            }
        }
    }

    fn add(&self, part: &WordPartNode, kind: PartKind, quotes: Quotes, out: &mut Word) {
        out.parts.push(Part { kind, quotes, span: self.span(part.span) });
    }
}

/// What stands in a word for something that the shell puts there.
fn expansion(kind: &WordPart, raw: &str) -> PartKind {
    match kind {
        WordPart::CommandSubstitution { syntax, .. } => substitution(*syntax),
        WordPart::ProcessSubstitution { is_input, .. } => PartKind::Process { input: *is_input },
        WordPart::ArithmeticExpansion { .. } => PartKind::Arithmetic,
        kind => PartKind::Variable(Variable { name: name(raw), form: form(kind) }),
    }
}

fn substitution(syntax: CommandSubstitutionSyntax) -> PartKind {
    PartKind::Command { backticks: syntax == CommandSubstitutionSyntax::Backtick }
}

/// The name in `$name` or `${name…}`.
fn name(raw: &str) -> String {
    let rest = raw.strip_prefix('$').unwrap_or(raw);
    let rest = match rest.strip_prefix('{') {
        // `${#}` and `${!}` are the variables themselves.
        Some(rest) if rest.len() > 2 => rest.trim_start_matches(['!', '#']),
        Some(rest) => rest,
        None => rest,
    };
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
    let sign = rest.chars().next().map_or(0, char::len_utf8);
    rest[..if end == 0 { sign } else { end }].to_owned()
}

fn form(kind: &WordPart) -> Form {
    match kind {
        WordPart::Length(_) | WordPart::ArrayLength(_) => Form::Length,
        WordPart::ParameterExpansion { operator, .. } => operation(operator),
        WordPart::Substring { .. } | WordPart::ArraySlice { .. } => Form::Slice,
        WordPart::IndirectExpansion { .. } => Form::Indirect,
        WordPart::ArrayAccess(reference) if reference.subscript.is_some() => Form::Element,
        WordPart::ArrayAccess(_) | WordPart::Variable(_) => Form::Plain,
        WordPart::Parameter(parameter) => parameter_form(parameter),
        _ => Form::Other,
    }
}

fn parameter_form(parameter: &ParameterExpansion) -> Form {
    parameter.bourne().map_or(Form::Other, bourne)
}

fn bourne(expansion: &BourneParameterExpansion) -> Form {
    match expansion {
        BourneParameterExpansion::Access { reference } if reference.subscript.is_some() => Form::Element,
        BourneParameterExpansion::Access { .. } => Form::Plain,
        BourneParameterExpansion::Length { .. } => Form::Length,
        BourneParameterExpansion::Indirect { .. } => Form::Indirect,
        BourneParameterExpansion::Slice { .. } => Form::Slice,
        BourneParameterExpansion::Operation { operator, .. } => operation(operator),
        _ => Form::Other,
    }
}

fn operation(operator: &ParameterOp) -> Form {
    match operator {
        ParameterOp::UseDefault | ParameterOp::AssignDefault | ParameterOp::Error => Form::Default,
        ParameterOp::UseReplacement => Form::Alternative,
        ParameterOp::ReplaceFirst { .. } | ParameterOp::ReplaceAll { .. } => Form::Replace,
        ParameterOp::UpperFirst | ParameterOp::UpperAll | ParameterOp::LowerFirst | ParameterOp::LowerAll => {
            Form::Case
        }
        _ => Form::Trim,
    }
}

/// What runs for a word: its substitutions, also those in the defaults of its variables; in the order of the text.
/// Words nest no deeper than the brackets of the script.
pub(super) fn bodies<'a>(parts: &'a [WordPartNode], out: &mut Vec<&'a StmtSeq>) {
    for part in parts {
        match &part.kind {
            WordPart::CommandSubstitution { body, .. } | WordPart::ProcessSubstitution { body, .. } => {
                out.push(body);
            }
            WordPart::DoubleQuoted { parts, .. } => bodies(parts, out),
            WordPart::ParameterExpansion { operand_word_ast: Some(word), .. } => bodies(&word.parts, out),
            WordPart::Parameter(parameter) => {
                if let Some(word) = parameter.bourne().and_then(BourneParameterExpansion::operand_word_ast) {
                    bodies(&word.parts, out);
                }
            }
            _ => {}
        }
    }
}
