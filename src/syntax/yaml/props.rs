//! Anchors, aliases and tags.

use super::parser::{Parser, Props, is_bracket, is_space};
use crate::syntax::parsed::ErrorKind;
use crate::syntax::tree::NodeId;

impl Parser<'_> {
    /// Reads `&anchor` and `!tag`, in any order; false after an error.
    pub(super) fn properties(&mut self, props: &mut Props, flow: bool) -> bool {
        loop {
            let start = self.at;
            let (slot, span) = match self.byte(start) {
                b'&' => {
                    self.at += 1;
                    self.name();
                    (&mut props.anchor, self.span(start + 1, self.at))
                }
                b'!' => {
                    if !self.tag_end() {
                        return false;
                    }
                    (&mut props.tag, self.span(start, self.at))
                }
                _ => return true,
            };
            let again = slot.is_some();
            *slot = Some(span);
            if again {
                let message = "a node has one anchor and one tag at most; remove this one";
                self.unreadable(start, self.at, message);
                return false;
            }
            if self.bytes[start] == b'&' && !self.anchor(start) {
                return false;
            }
            let after = self.byte(self.at);
            if !(is_space(after) || flow && matches!(after, b',' | b']' | b'}')) {
                self.unreadable(start, self.at, "a blank must follow an anchor or a tag");
                return false;
            }
            self.skip_blanks();
        }
    }

    /// Goes to the end of an anchor's name.
    fn name(&mut self) {
        while !is_space(self.byte(self.at)) && !is_bracket(self.byte(self.at)) {
            self.at += 1;
        }
    }

    fn anchor(&mut self, start: usize) -> bool {
        let text = self.text;
        match text.get(start + 1..self.at) {
            Some(name) if !name.is_empty() => {
                self.anchors.insert(name, None);
                true
            }
            _ => {
                self.unreadable(start, start + 1, "an anchor needs a name after its `&`; or quote the value");
                false
            }
        }
    }

    /// An alias `*name`.
    pub(super) fn alias(&mut self) -> Option<NodeId> {
        let start = self.at;
        self.at += 1;
        self.name();
        let end = self.at;
        let text = self.text;
        let name = text.get(start + 1..end).unwrap_or_default();
        if name.is_empty() {
            self.unreadable(start, end, "an alias needs a name after its `*`; quote the value if it is none");
            return None;
        }
        let target = match self.anchors.get(name) {
            Some(Some(id)) => Some(*id),
            Some(None) => {
                let message = format!("`*{name}` stands inside its own anchor, so it has no end");
                self.report(start, end, ErrorKind::Invalid, message, None);
                None
            }
            None => {
                let message = format!("no anchor `&{name}` stands before this alias in the document");
                self.report(start, end, ErrorKind::Invalid, message, None);
                None
            }
        };
        self.aliases = true;
        Some(self.builder.alias(start, end, target))
    }

    /// Goes to the end of a tag; false after an error.
    fn tag_end(&mut self) -> bool {
        let start = self.at;
        self.at += 1;
        if self.byte(self.at) == b'<' {
            while !is_space(self.byte(self.at)) && self.byte(self.at) != b'>' {
                self.at += 1;
            }
            if self.byte(self.at) != b'>' || self.at - start < 3 {
                self.unreadable(start, self.at, "a tag `!<…>` needs a name and its closing `>`");
                return false;
            }
            self.at += 1;
            return true;
        }
        let mut handle = None;
        while !is_space(self.byte(self.at)) && !is_bracket(self.byte(self.at)) {
            if self.byte(self.at) == b'!' && handle.is_none() {
                handle = Some(self.at + 1);
            }
            self.at += 1;
        }
        let Some(handle_end) = handle else { return true };
        let text = self.text;
        let handle = text.get(start..handle_end).unwrap_or_default();
        if handle == "!!" || self.handles.contains(&handle) {
            return true;
        }
        let message =
            format!("the tag handle `{handle}` is not declared; add `%TAG {handle} …` before `---`");
        self.invalid(start, handle_end, message);
        true
    }
}
