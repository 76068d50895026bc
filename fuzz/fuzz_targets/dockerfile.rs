//! Any text parses, and every span of the tree lies in it, on the bounds of characters.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plimsoll::syntax::dockerfile::{Args, Dockerfile, Instruction, Logical, Scopes, Word, parse};
use plimsoll::text::{FileId, Span};

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let parsed = parse(FileId(0), &text);
    let tree = &parsed.tree;
    let check = Check(&text);
    parsed.errors.iter().for_each(|error| check.span(error.span));
    tree.comments.iter().for_each(|comment| check.span(*comment));
    for directive in &tree.directives {
        check.span(directive.key);
        check.word(&directive.value);
        for setting in directive.settings() {
            check.word(&setting.key);
            setting.values.iter().for_each(|value| check.word(value));
        }
    }
    tree.instructions.iter().for_each(|instruction| check.instruction(instruction));
    tree.references.iter().for_each(|reference| check.word(&reference.name));
    expand_all(tree, &check);
});

fn expand_all(tree: &Dockerfile, check: &Check) {
    let scopes = Scopes::new(tree);
    for (at, instruction) in tree.instructions.iter().enumerate() {
        for word in instruction.words() {
            scopes.expand(at, word);
            check.logical(&word.unquoted(tree.escape));
        }
        tree.comments_above(at).iter().for_each(|comment| check.span(*comment));
    }
    (0..tree.stages.len()).for_each(|stage| assert!(tree.ancestors(stage).all(|ancestor| ancestor < stage)));
}

struct Check<'a>(&'a str);

impl Check<'_> {
    fn span(&self, span: Span) {
        assert!(span.start <= span.end && self.0.get(span.range()).is_some(), "{span:?}");
    }

    fn logical(&self, text: &Logical) {
        self.span(text.whole());
        for (at, _) in text.as_str().char_indices().take(64) {
            self.span(text.span(0, at));
            self.span(text.span(at, text.as_str().len()));
        }
    }

    fn word(&self, word: &Word) {
        self.span(word.span);
        self.logical(&word.text);
    }

    fn instruction(&self, instruction: &Instruction) {
        self.span(instruction.keyword);
        self.span(instruction.span);
        instruction.blank_lines.iter().for_each(|line| self.span(*line));
        for flag in &instruction.flags {
            self.span(flag.span);
            self.word(&flag.name);
            flag.value.iter().for_each(|value| self.word(value));
            for option in flag.options() {
                self.word(&option.key);
                option.value.iter().for_each(|value| self.word(value));
            }
        }
        for heredoc in &instruction.heredocs {
            self.span(heredoc.word);
            self.span(heredoc.body);
            heredoc.terminator.iter().for_each(|line| self.span(*line));
        }
        self.args(&instruction.args);
    }

    fn args(&self, args: &Args) {
        match args {
            Args::None => {}
            Args::Words(words) | Args::Exec(words) => words.iter().for_each(|word| self.word(word)),
            Args::Text(word) => self.word(word),
            Args::Shell(text) => self.logical(text),
            Args::Instruction(inner) => self.instruction(inner),
            Args::Pairs(pairs) => {
                for pair in pairs {
                    self.word(&pair.key);
                    pair.value.iter().for_each(|value| self.word(value));
                }
            }
        }
    }
}
