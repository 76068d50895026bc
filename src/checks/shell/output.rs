//! What commands print, where that is known without running them.

use crate::syntax::shell::{Command, Part, Script, Word};

/// Programs that print a single word without blanks, whatever their arguments. Sources: their manuals.
const ALWAYS: &[&str] = &["nproc", "arch", "getconf", "dpkg-architecture", "pidof", "tty"];

/// The same with one of these arguments.
const WITH: &[(&str, &[&str])] = &[
    ("uname", &["-m", "-s", "-r", "-p", "-i", "-n"]),
    ("dpkg", &["--print-architecture"]),
    ("apk", &["--print-arch"]),
    ("id", &["-u", "-g", "-un", "-gn"]),
    ("rpm", &["-E", "--eval"]),
    ("lsb_release", &["-cs", "-sc", "-is", "-si", "-rs", "-sr"]),
    ("wc", &["-l", "-c", "-w", "-m"]),
    ("rustc", &["--print"]),
    ("grep", &["-c"]),
];

/// The commands of a script by where they stand.
pub(super) struct Output<'s> {
    /// In the order of their starts.
    commands: Vec<&'s Command>,
}

impl<'s> Output<'s> {
    pub(super) fn of(script: &'s Script) -> Output<'s> {
        let mut commands: Vec<&Command> =
            script.commands.iter().filter(|one| one.place.inside.is_some() || one.place.subshell).collect();
        commands.sort_by_key(|command| command.span.start);
        Output { commands }
    }

    /// The commands in a part of a word, those in words of theirs too.
    pub(super) fn commands(&self, part: &Part) -> &[&'s Command] {
        let after = |offset| self.commands.partition_point(|command| command.span.start < offset);
        &self.commands[after(part.span.start)..after(part.span.end)]
    }

    /// Whether a substitution gives a single word without blanks, if it gives anything.
    pub(super) fn is_a_word(&self, part: &Part) -> bool {
        match self.commands(part) {
            [only] => prints_a_word(only),
            // How many lines there are is a number, whoever wrote them.
            [first, .., last] => {
                let same = first.place.pipe.zip(last.place.pipe);
                same.is_some_and(|(first, last)| first.pipeline == last.pipeline)
                    && last.name() == "wc"
                    && prints_a_word(last)
            }
            [] => false,
        }
    }
}

/// `$(NAME)` in a manifest is a variable that Kubernetes puts in; no program has such a name.
pub(super) fn is_placeholder(command: &Command) -> bool {
    let name = |word: &Word| {
        word.text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
    };
    matches!(command.words.as_slice(), [only] if name(only))
}

fn prints_a_word(command: &Command) -> bool {
    let name = command.name();
    let arguments = command.program().get(1..).unwrap_or_default();
    match name {
        "echo" | "printf" => matches!(arguments, [one] if one.literal().is_some_and(is_plain)),
        // With the name of a file it prints that as well.
        "wc" => matches!(arguments, [option] if with(name, option)),
        "date" => arguments.iter().any(|one| {
            one.literal().is_some_and(|text| text.starts_with('+') && !text.contains(is_blank_date))
        }),
        _ => ALWAYS.contains(&name) || arguments.iter().any(|option| with(name, option)),
    }
}

fn with(name: &str, option: &Word) -> bool {
    let options = WITH.iter().find(|(known, _)| *known == name);
    options.is_some_and(|(_, options)| options.contains(&option.text.as_str()))
}

fn is_plain(text: &str) -> bool {
    !text.contains(|char: char| char.is_whitespace() || matches!(char, '*' | '?' | '[' | '%' | '\\'))
}

/// A blank, or a letter that `date` may write blanks for.
fn is_blank_date(char: char) -> bool {
    char.is_whitespace() || matches!(char, 'c' | 'x' | 'X' | 'r' | 'e' | 'k' | 'l' | 'n' | 't')
}
