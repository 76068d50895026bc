//! Templates: text in quotes and heredocs, and what is put into it.

use super::parser::{Lost, Parser, Read};
use super::parts::{self, Directive, Token};
use super::tree::{Expr, ExprKind, Template};
use crate::syntax::parsed::ErrorKind;

/// What a backslash makes of the letter behind it.
const ESCAPES: [(u8, &str); 5] = [(b'n', "\n"), (b'r', "\r"), (b't', "\t"), (b'"', "\""), (b'\\', "\\")];

impl Parser<'_> {
    /// Text in double quotes.
    pub(super) fn quoted(&mut self) -> Read<Template> {
        let open = self.at;
        self.at += 1;
        let mut tokens = Vec::new();
        let mut from = self.at;
        loop {
            match (self.peek(), self.ahead(1)) {
                (b'"', _) => break,
                (b'\\', next) => {
                    self.literal(from, &mut tokens);
                    self.escape(next, &mut tokens);
                    from = self.at;
                }
                (b'\n', _) => return self.unclosed_quote(open),
                (0, _) if self.at_end() => return self.unclosed_quote(open),
                (b'$' | b'%', _) => self.sequence(&mut from, &mut tokens)?,
                _ => self.at += 1,
            }
        }
        self.literal(from, &mut tokens);
        self.at += 1;
        Ok(Template { parts: self.structure(tokens), heredoc: false })
    }

    fn unclosed_quote<T>(&mut self, open: usize) -> Read<T> {
        self.report(open, self.at, ErrorKind::Unreadable, "this text is never closed; add `\"`");
        Err(Lost)
    }

    /// Text from `from` to here.
    fn literal(&self, from: usize, tokens: &mut Vec<Token>) {
        if from < self.at {
            tokens.push(Token::Literal(self.text[from..self.at].to_owned(), self.since(from)));
        }
    }

    fn escape(&mut self, next: u8, tokens: &mut Vec<Token>) {
        let start = self.at;
        let digits = match next {
            b'u' => 4,
            b'U' => 8,
            _ => 0,
        };
        let known = ESCAPES.iter().find(|(letter, _)| *letter == next);
        let code = self.text.get(start + 2..start + 2 + digits).filter(|_| digits > 0);
        let coded = code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
        let text = match (known, coded) {
            (Some((_, text)), _) => (*text).to_owned(),
            (None, Some(char)) => char.to_string(),
            (None, None) => {
                self.at += 1;
                let message = "no such escape; write `\\\\` for a backslash";
                self.report(start, start + 2, ErrorKind::Invalid, message);
                "\\".to_owned()
            }
        };
        if known.is_some() || coded.is_some() {
            self.at += 2 + digits;
        }
        tokens.push(Token::Literal(text, self.since(start)));
    }

    /// What may start with `$` or `%`: `${…}`, `%{…}`, `$${`, or nothing at all. `from` is where plain text starts.
    fn sequence(&mut self, from: &mut usize, tokens: &mut Vec<Token>) -> Read<()> {
        let sign = self.peek();
        if self.ahead(1) == sign && self.ahead(2) == b'{' {
            self.literal(*from, tokens);
            let start = self.at;
            self.at += 3;
            tokens.push(Token::Literal(self.text[start + 1..self.at].to_owned(), self.since(start)));
            *from = self.at;
        } else if self.ahead(1) == b'{' {
            self.literal(*from, tokens);
            let token = self.nested(true, |parser| parser.inserted(sign))?;
            tokens.push(token);
            *from = self.at;
        } else {
            self.at += 1;
        }
        Ok(())
    }

    /// `${…}` or `%{…}`.
    fn inserted(&mut self, sign: u8) -> Read<Token> {
        let start = self.at;
        self.at += 2;
        let left = self.eat("~");
        self.space();
        let directive = if sign == b'%' { self.directive()? } else { Directive::Value(self.expr()?) };
        self.space();
        let right = self.eat("~");
        if !self.eat("}") {
            let errors = self.errors.len();
            let lost = self.lose("`}`");
            let opened = self.span(start, start + 2);
            if let Some(error) = self.errors.get_mut(errors) {
                error.related = Some((opened, "opened here".to_owned()));
            }
            return lost;
        }
        Ok(Token::Inserted { directive, span: self.since(start), strip: [left, right] })
    }

    fn directive(&mut self) -> Read<Directive> {
        let start = self.at;
        let Some(name) = self.name() else { return self.lose("`if` or `for`") };
        self.space();
        match name.text.as_str() {
            "if" => Ok(Directive::If(self.expr()?)),
            "else" => Ok(Directive::Else),
            "endif" => Ok(Directive::EndIf),
            "for" => self.for_head().map(|(names, collection)| Directive::For(names, collection)),
            "endfor" => Ok(Directive::EndFor),
            _ => {
                self.at = start;
                self.lose("`if`, `else`, `endif`, `for` or `endfor`")
            }
        }
    }

    /// `<<EOT` or `<<-EOT`, lines, and a line of nothing but the word.
    pub(super) fn heredoc(&mut self) -> Read<Expr> {
        let start = self.at;
        self.at += 2;
        let flush = self.eat("-");
        let Some(marker) = self.name() else { return self.lose("the word that ends the text") };
        let header = self.at;
        self.at = self.line_end(header);
        if !self.text[header..self.at].trim().is_empty() {
            self.at = header;
            return self.lose("the end of the line");
        }
        self.at = (self.at + 1).min(self.bytes.len());
        let mut tokens = Vec::new();
        loop {
            let line = self.at;
            let end = self.line_end(line);
            if self.text[line..end].trim() == marker.text {
                let trimmed = self.text[..end].trim_end().len();
                self.at = trimmed;
                break;
            }
            if line >= self.bytes.len() {
                let message = format!("this text is never closed; end it with a line `{}`", marker.text);
                self.report(start, header, ErrorKind::Unreadable, message);
                return Err(Lost);
            }
            self.heredoc_line(&mut tokens);
        }
        if flush {
            parts::flush(&mut tokens);
        }
        let template = Template { parts: self.structure(tokens), heredoc: true };
        Ok(Expr { span: self.since(start), kind: ExprKind::Template(template) })
    }

    /// A template without quotes, to the end of the text.
    pub(super) fn bare(&mut self) -> Template {
        let mut tokens = Vec::new();
        while !self.at_end() {
            self.heredoc_line(&mut tokens);
        }
        Template { parts: self.structure(tokens), heredoc: false }
    }

    /// One line of a heredoc; more, if what is put in spans more.
    fn heredoc_line(&mut self, tokens: &mut Vec<Token>) {
        let mut from = self.at;
        loop {
            match self.peek() {
                b'\n' => {
                    self.at += 1;
                    return self.literal(from, tokens);
                }
                0 if self.at_end() => return self.literal(from, tokens),
                b'$' | b'%' => {
                    let start = self.at;
                    if self.sequence(&mut from, tokens).is_err() {
                        // The lines that follow are text again.
                        self.at = self.line_end(self.at);
                        let span = self.since(start);
                        let lost = Expr { span, kind: ExprKind::Unreadable };
                        let directive = Directive::Value(lost);
                        tokens.push(Token::Inserted { directive, span, strip: [false; 2] });
                        from = self.at;
                    }
                }
                _ => self.at += 1,
            }
        }
    }
}
