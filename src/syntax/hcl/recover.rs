//! Where reading goes on after an error.

use super::parser::Parser;
use crate::syntax::tree::Comment;

impl Parser<'_> {
    /// Goes to the next line that belongs to the body again in which the item that starts at `item` could not be
    /// read: one that starts with a word no deeper than the item, or the brace that closes the body.
    ///
    /// A bracket that was not closed takes in lines that are not its own, and the error comes late; so the line of the
    /// error is looked at as well.
    pub(super) fn recover(&mut self, item: usize, is_attribute: bool) {
        let own = self.line_start(item);
        let column = item - own;
        let alone = self.bytes[own..item].iter().all(|byte| matches!(byte, b' ' | b'\t'));
        if !alone {
            return self.rest_of_line();
        }
        let error = self.line_start(self.at);
        let mut line = if error > own { error } else { self.next_line(error) };
        while line < self.bytes.len() {
            let blanks = self.bytes[line..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
            self.at = line + blanks;
            match self.peek() {
                b'}' if blanks < column || column == 0 && is_attribute && error == own => return,
                b'#' => self.note_comment(),
                _ if blanks <= column && self.at_name() => return,
                _ => {}
            }
            line = self.next_line(line);
        }
        self.at = self.bytes.len();
    }

    /// In a block on one line: to the brace that closes it, or to the end of the line.
    fn rest_of_line(&mut self) {
        let end = self.line_end(self.at);
        let mut depth = 0;
        while self.at < end {
            match self.peek() {
                b'{' => depth += 1,
                b'}' if depth == 0 => return,
                b'}' => depth -= 1,
                _ => {}
            }
            self.at += 1;
        }
    }

    /// The start of the next line, behind the heredoc that this one may start.
    fn next_line(&mut self, line: usize) -> usize {
        let end = self.line_end(line);
        let text = self.text[self.text.floor_char_boundary(line)..end].trim_end();
        let next = (end + 1).min(self.bytes.len());
        let marker = text.rfind("<<").map(|at| text[at + 2..].trim_start_matches('-'));
        let is_marker = |word: &&str| {
            !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-')
        };
        let Some(marker) = marker.filter(is_marker) else { return next };
        let mut at = next;
        while at < self.bytes.len() && at - next < self.patience {
            let end = self.line_end(at);
            let after = (end + 1).min(self.bytes.len());
            if self.text[at..end].trim() == marker {
                return after;
            }
            at = after;
        }
        // No such end: it was no heredoc. Looking for ends of others may not take for ever.
        self.patience -= self.patience.min(at - next);
        next
    }

    /// Keeps a comment on its own line among what is passed over.
    fn note_comment(&mut self) {
        let span = self.span(self.at, self.line_end(self.at));
        self.keep_comment(Comment { span, own_line: true });
    }
}
