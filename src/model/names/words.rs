//! Words by number, so that keys of several words are small and are looked up without copies.

use std::collections::HashMap;
use std::sync::Arc;

use crate::model::reference::Target;

/// The number of a word.
pub(super) type Word = u32;
/// Stands for any namespace.
pub(super) const ANY: Word = 0;
/// Stands for the namespace of what names none.
pub(super) const OWN: Word = 1;
/// The number of the first word.
const FIRST: Word = 2;

/// All words of an index.
#[derive(Debug, Default)]
pub(super) struct Words {
    by_text: HashMap<Arc<str>, Word>,
    texts: Vec<Arc<str>>,
}

impl Words {
    pub(super) fn add(&mut self, text: &str) -> Word {
        if let Some(&known) = self.by_text.get(text) {
            return known;
        }
        let word = FIRST + self.texts.len() as Word;
        let text: Arc<str> = text.into();
        self.texts.push(text.clone());
        self.by_text.insert(text, word);
        word
    }

    pub(super) fn add_target(&mut self, target: &Target) -> (Word, Word) {
        (self.add(&target.kind), self.add(&target.group))
    }

    pub(super) fn get(&self, text: &str) -> Option<Word> {
        self.by_text.get(text).copied()
    }

    pub(super) fn target(&self, target: &Target) -> Option<(Word, Word)> {
        Some((self.get(&target.kind)?, self.get(&target.group)?))
    }

    pub(super) fn text(&self, word: Word) -> &str {
        word.checked_sub(FIRST).and_then(|at| self.texts.get(at as usize)).map_or("", |text| text)
    }
}
