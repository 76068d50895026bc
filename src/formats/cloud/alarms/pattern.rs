//! Patterns of metric filters for events in JSON: `{ ($.eventName = ConsoleLogin) && ($.errorCode NOT EXISTS) }`.
//!
//! Source: "Filter pattern syntax for metric filters" in the user guide of `CloudWatch` Logs.

/// Conditions are no deeper.
const MAX_DEPTH: usize = 32;

/// A condition on an event.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Pattern {
    /// All of them hold.
    All(Vec<Pattern>),
    /// One of them holds.
    Any(Vec<Pattern>),
    /// A field, such as `eventName`, and what is asked of it.
    Field(String, Test),
}

/// What is asked of a field.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Test {
    /// It is this; `*` stands for any text.
    Is(String),
    /// It is something else.
    IsNot(String),
    /// It is not there.
    Missing,
    /// Something that cannot be told from the name of an event.
    Other,
}

/// An event: fields with their values.
pub(super) type Event<'e> = [(&'e str, &'e str)];

impl Pattern {
    /// Reads a pattern; `None` for one that is not about JSON, or cannot be read.
    pub(super) fn read(text: &str) -> Option<Pattern> {
        let inner = text.trim().strip_prefix('{')?.strip_suffix('}')?;
        let mut reader = Reader { rest: inner };
        let pattern = reader.any(0)?;
        reader.rest.trim().is_empty().then_some(pattern)
    }

    /// Whether it takes an event. Fields that the event does not say may be anything, if they are not asked to be one thing.
    pub(super) fn takes(&self, event: &Event<'_>) -> bool {
        match self {
            Pattern::All(all) => all.iter().all(|one| one.takes(event)),
            Pattern::Any(any) => any.iter().any(|one| one.takes(event)),
            Pattern::Field(name, test) => {
                let value = event.iter().find(|(field, _)| field == name).map(|(_, value)| *value);
                match (test, value) {
                    (Test::Is(wanted), Some(value)) => is_like(wanted, value),
                    (Test::Is(_), None) | (Test::Missing, Some(_)) => false,
                    (Test::IsNot(wanted), Some(value)) => !is_like(wanted, value),
                    (Test::IsNot(_) | Test::Missing, None) | (Test::Other, _) => true,
                }
            }
        }
    }

    /// Whether it asks for a field that a test knows.
    pub(super) fn asks(&self, known: &dyn Fn(&str) -> bool) -> bool {
        match self {
            Pattern::All(of) | Pattern::Any(of) => of.iter().any(|one| one.asks(known)),
            Pattern::Field(name, _) => known(name),
        }
    }
}

/// Whether a text is of a form with `*` in it.
fn is_like(form: &str, text: &str) -> bool {
    let Some((first, rest)) = form.split_once('*') else { return form == text };
    let Some(mut left) = text.strip_prefix(first) else { return false };
    let mut parts: Vec<&str> = rest.split('*').collect();
    let last = parts.pop().unwrap_or_default();
    for part in parts {
        let Some(at) = left.find(part) else { return false };
        left = &left[at + part.len()..];
    }
    left.ends_with(last)
}

struct Reader<'t> {
    rest: &'t str,
}

impl<'t> Reader<'t> {
    fn take(&mut self, word: &str) -> bool {
        let rest = self.rest.trim_start();
        let taken = rest.strip_prefix(word);
        self.rest = taken.unwrap_or(rest);
        taken.is_some()
    }

    fn any(&mut self, depth: usize) -> Option<Pattern> {
        let mut any = vec![self.all(depth)?];
        while self.take("||") {
            any.push(self.all(depth)?);
        }
        if any.len() == 1 { any.pop() } else { Some(Pattern::Any(any)) }
    }

    fn all(&mut self, depth: usize) -> Option<Pattern> {
        let mut all = vec![self.one(depth)?];
        while self.take("&&") {
            all.push(self.one(depth)?);
        }
        if all.len() == 1 { all.pop() } else { Some(Pattern::All(all)) }
    }

    fn one(&mut self, depth: usize) -> Option<Pattern> {
        if depth > MAX_DEPTH {
            return None;
        }
        if self.take("(") {
            let inner = self.any(depth + 1)?;
            return self.take(")").then_some(inner);
        }
        if !self.take("$.") {
            return None;
        }
        let end = self.rest.find(|c: char| c.is_whitespace() || "=!<>()&|".contains(c))?;
        let (name, rest) = self.rest.split_at(end);
        self.rest = rest;
        Some(Pattern::Field(name.to_owned(), self.test()?))
    }

    fn test(&mut self) -> Option<Test> {
        if self.take("NOT EXISTS") {
            return Some(Test::Missing);
        }
        if ["IS NULL", "IS TRUE", "IS FALSE", "EXISTS"].iter().any(|words| self.take(words)) {
            return Some(Test::Other);
        }
        let signs = ["!=", "<=", ">=", "=", "<", ">"];
        let sign = signs.into_iter().find(|sign| self.take(sign))?;
        let value = self.value()?;
        // Between percent signs stands a regular expression.
        let plain = !value.starts_with('%');
        Some(match sign {
            "=" if plain => Test::Is(value.to_owned()),
            "!=" if plain => Test::IsNot(value.to_owned()),
            _ => Test::Other,
        })
    }

    /// A value, in quotes or without.
    fn value(&mut self) -> Option<&'t str> {
        if self.take("\"") {
            let (value, rest) = self.rest.split_once('"')?;
            self.rest = rest;
            return Some(value);
        }
        let rest = self.rest.trim_start();
        let end = rest.find(|c: char| c.is_whitespace() || "()&|".contains(c)).unwrap_or(rest.len());
        let (value, rest) = rest.split_at(end);
        self.rest = rest;
        (!value.is_empty()).then_some(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_take_events() {
        let takes = |pattern: &str, event: &Event<'_>| Pattern::read(pattern).map(|read| read.takes(event));
        let login = [("eventName", "ConsoleLogin"), ("additionalEventData.MFAUsed", "No")];
        let both = "{ ($.eventName = \"ConsoleLogin\") && ($.additionalEventData.MFAUsed != \"Yes\") }";
        assert_eq!(takes(both, &login), Some(true));
        assert_eq!(takes(both, &[("eventName", "StopLogging")]), Some(false));
        let either = "{($.eventName=StopLogging)||($.eventName = Console*)}";
        assert_eq!(takes(either, &login), Some(true));
        assert_eq!(takes("{ $.errorCode = \"*UnauthorizedOperation\" }", &login), Some(false));
        let denied = [("errorCode", "Client.UnauthorizedOperation")];
        assert_eq!(takes("{ $.errorCode = \"*Unauthorized*\" && $.x NOT EXISTS }", &denied), Some(true));
        assert_eq!(takes("{ $.count > 3 }", &denied), Some(true));
        assert_eq!(takes("{ $.errorCode = \"a\" || }", &denied), None);
        assert_eq!(takes("ERROR", &denied), None);
        assert_eq!(takes(&format!("{{ {}$.a = 1 }}", "(".repeat(10_000)), &denied), None);
    }
}
