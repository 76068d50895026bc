//! A command's arguments as its program reads them: options, the verb, and what is left.
//!
//! A model of a program is which of its options take a value in the next word; of programs without one, none do.

use super::{Command, HIDDEN, Word};

/// The arguments of a command, apart.
#[derive(Debug, Default)]
pub struct Arguments<'c> {
    /// The options, in order; of `-qy`, two.
    pub options: Vec<Opt<'c>>,
    /// What the program is to do, where it has verbs: `install` of `apt-get -y install`.
    pub verb: Option<&'c Word>,
    /// Everything else, in order.
    pub operands: Vec<&'c Word>,
}

/// An option, without its dashes.
#[derive(Debug)]
pub struct Opt<'c> {
    /// `y` of `-y`, `target-release` of `--target-release=sid`.
    pub name: &'c str,
    /// Its value, if it has one.
    pub value: Option<&'c str>,
    /// The word it is written in.
    pub word: &'c Word,
    /// The word its value is written in, if that is another.
    pub value_word: Option<&'c Word>,
}

/// How a program reads its arguments.
struct Model {
    programs: &'static [&'static str],
    /// Whether its first operand is a verb.
    verbs: bool,
    /// Whether `-name` is one option and not four.
    long: bool,
    /// Options that take a value, by name.
    values: &'static str,
}

/// Programs that images are built with. Source: their manuals.
const MODELS: &[Model] = &[
    Model {
        programs: &["apt-get", "apt", "aptitude"],
        verbs: true,
        long: false,
        values: "t target-release default-release o option c config-file a host-architecture",
    },
    Model {
        programs: &["apk"],
        verbs: true,
        long: false,
        values: "X repository p root t virtual keys-dir repositories-file arch cache-dir \
                 cache-max-age wait",
    },
    Model {
        programs: &["yum", "dnf", "dnf5", "microdnf", "tdnf", "yum-config-manager", "dnf-config-manager"],
        verbs: true,
        long: false,
        values: "c config d debuglevel e errorlevel x exclude installroot enablerepo disablerepo \
                 repo repoid setopt releasever R randomwait",
    },
    Model {
        programs: &["zypper"],
        verbs: true,
        long: false,
        values: "R root D reposd-dir C cache-dir r repo from t type c config",
    },
    Model {
        programs: &["pip", "pip2", "pip3", "pipx"],
        verbs: true,
        long: false,
        values: "r requirement c constraint i index-url extra-index-url t target f find-links \
                 prefix root src trusted-host platform python-version cache-dir no-binary \
                 only-binary progress-bar timeout proxy cert client-cert log build b \
                 root-user-action python abi implementation exists-action global-option \
                 config-settings use-feature",
    },
    Model {
        programs: &["npm", "pnpm", "yarn"],
        verbs: true,
        long: false,
        values: "prefix C dir cwd registry userconfig cache w workspace loglevel",
    },
    Model {
        programs: &["gem"],
        verbs: true,
        long: false,
        values: "v version i install-dir n bindir s source P platform p",
    },
    Model {
        programs: &["go"],
        verbs: true,
        long: true,
        values: "o ldflags gcflags asmflags tags mod C p modfile overlay exec",
    },
    Model { programs: &["git"], verbs: true, long: false, values: "C c b branch depth o origin" },
    Model {
        programs: &["wget"],
        verbs: false,
        long: false,
        values: "O output-document o output-file P directory-prefix U user-agent t tries T \
                 timeout header post-data user password e execute i input-file a append-output w \
                 Q",
    },
    Model {
        programs: &["curl"],
        verbs: false,
        long: false,
        values: "o output H header d data data-binary data-raw data-urlencode u user X request A \
                 user-agent x proxy m max-time b c e F T K w r C z retry retry-delay \
                 retry-max-time connect-timeout cacert cert key proto tls-max resolve output-dir",
    },
    Model {
        programs: &["useradd", "adduser", "usermod"],
        verbs: false,
        long: false,
        values: "u uid g gid G groups d home-dir home h s shell c comment gecos p password \
                 ingroup k e f K b",
    },
    Model {
        programs: &["chown", "chmod", "chgrp", "install"],
        verbs: false,
        long: false,
        values: "reference",
    },
    Model { programs: &["mkdir"], verbs: false, long: false, values: "m mode Z context" },
    Model { programs: &["su"], verbs: false, long: false, values: "c command s shell g group w" },
    Model { programs: &["tar"], verbs: false, long: false, values: "f file C directory X T" },
];

impl Command {
    /// The arguments of the program that really runs.
    pub fn arguments(&self) -> Arguments<'_> {
        let Some((name, words)) = self.program().split_first() else { return Arguments::default() };
        let name = name.base_name();
        // `pip3.12` is `pip3`.
        let name = name.split_once('.').map_or(name, |(stem, _)| stem);
        let model = MODELS.iter().find(|model| model.programs.contains(&name));
        let mut reader = Reader { model, arguments: Arguments::default() };
        let mut rest = words.iter();
        while let Some(word) = rest.next() {
            match word.text.as_str() {
                "--" => {
                    rest.by_ref().for_each(|word| reader.operand(word));
                    break;
                }
                text if text.len() > 1 && text.starts_with('-') => reader.option(word, &mut rest),
                _ => reader.operand(word),
            }
        }
        reader.arguments
    }
}

struct Reader<'c> {
    model: Option<&'static Model>,
    arguments: Arguments<'c>,
}

impl<'c> Reader<'c> {
    fn operand(&mut self, word: &'c Word) {
        let is_verb = self.model.is_some_and(|model| model.verbs)
            && self.arguments.verb.is_none()
            && self.arguments.operands.is_empty()
            && word.literal().is_some();
        if is_verb {
            self.arguments.verb = Some(word);
        } else {
            self.arguments.operands.push(word);
        }
    }

    fn takes_value(&self, name: &str) -> bool {
        self.model.is_some_and(|model| model.values.split(' ').any(|option| option == name))
    }

    fn option(&mut self, word: &'c Word, rest: &mut std::slice::Iter<'c, Word>) {
        let text = word.text.as_str();
        let long = text
            .strip_prefix("--")
            .or_else(|| self.model.filter(|model| model.long).and_then(|_| text.strip_prefix('-')));
        let Some(long) = long else { return self.bundle(word, rest) };
        match long.split_once('=') {
            Some((name, value)) => self.push(name, Some(value), word, None),
            None => self.with_next(long, word, rest),
        }
    }

    /// `-qy`, `-o file`, `-ofile`.
    fn bundle(&mut self, word: &'c Word, rest: &mut std::slice::Iter<'c, Word>) {
        let letters = &word.text[1..];
        for (at, letter) in letters.char_indices() {
            let after = at + letter.len_utf8();
            let name = &letters[at..after];
            if letter == HIDDEN || !letter.is_alphanumeric() {
                return;
            }
            if let Some(value) = letters[after..].strip_prefix('=') {
                return self.push(name, Some(value), word, None);
            }
            if !self.takes_value(name) {
                self.push(name, None, word, None);
            } else if after < letters.len() {
                return self.push(name, Some(&letters[after..]), word, None);
            } else {
                return self.with_next(name, word, rest);
            }
        }
    }

    /// An option whose value, if it takes one, is the next word.
    fn with_next(&mut self, name: &'c str, word: &'c Word, rest: &mut std::slice::Iter<'c, Word>) {
        let value = if self.takes_value(name) { rest.next() } else { None };
        self.push(name, value.map(|value| value.text.as_str()), word, value);
    }

    fn push(&mut self, name: &'c str, value: Option<&'c str>, word: &'c Word, value_word: Option<&'c Word>) {
        self.arguments.options.push(Opt { name, value, word, value_word });
    }
}

#[cfg(test)]
mod tests {
    use crate::syntax::shell::{Dialect, parse};
    use crate::text::{FileId, Span};

    /// Verb, options and operands of a command, as text.
    fn read(text: &str) -> String {
        let script = parse(text, Dialect::Sh, &|from, to| Span::new(FileId(0), from, to));
        let arguments = script.commands[0].arguments();
        let option = |option: &super::Opt<'_>| match option.value {
            Some(value) => format!("{}={value}", option.name),
            None => option.name.to_owned(),
        };
        let options: Vec<String> = arguments.options.iter().map(option).collect();
        let operands: Vec<&str> = arguments.operands.iter().map(|word| word.text.as_str()).collect();
        let verb = arguments.verb.map_or("", |word| &word.text);
        format!("{verb} [{}] {}", options.join(" "), operands.join(" "))
    }

    #[test]
    fn options_with_a_value_take_the_next_word() {
        assert_eq!(
            read("sudo apt-get -qy -t sid install --no-install-recommends curl"),
            "install [q y t=sid no-install-recommends] curl"
        );
        assert_eq!(
            read("pip install -r req.txt --index-url=https://x flask"),
            "install [r=req.txt index-url=https://x] flask"
        );
        assert_eq!(read("curl -fsSLo out https://x"), " [f s S L o=out] https://x");
        assert_eq!(read("wget -Oout https://x"), " [O=out] https://x");
    }

    #[test]
    fn some_programs_have_long_names_behind_one_dash() {
        assert_eq!(
            read("go install -ldflags '-s -w' example.com/x@v1"),
            "install [ldflags=-s -w] example.com/x@v1"
        );
    }

    #[test]
    fn what_is_behind_two_dashes_is_no_option() {
        assert_eq!(read("rm -f -- -x y"), " [f] -x y");
    }

    #[test]
    fn a_program_that_a_module_runs_is_the_program() {
        assert_eq!(read("python3 -m pip install flask"), "install [] flask");
    }
}
