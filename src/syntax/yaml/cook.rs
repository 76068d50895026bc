//! The value of scalars that are not a slice of the text: escapes, folded lines, block scalars.

/// A plain scalar over several lines.
pub(super) fn folded(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut breaks = 0;
    for (at, line) in raw.split('\n').enumerate() {
        let line = line.trim_matches([' ', '\t', '\r']);
        if at > 0 {
            breaks += 1;
        }
        if line.is_empty() {
            continue;
        }
        join(&mut out, breaks);
        breaks = 0;
        out.push_str(line);
    }
    out
}

fn join(out: &mut String, breaks: usize) {
    match breaks {
        0 => {}
        1 => out.push(' '),
        more => out.extend(std::iter::repeat_n('\n', more - 1)),
    }
}

/// The inside of a single-quoted scalar.
pub(super) fn single(raw: &str) -> String {
    fold_quoted(raw).replace("''", "'")
}

fn fold_quoted(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let lines: Vec<&str> = raw.split('\n').collect();
    let last = lines.len() - 1;
    let mut breaks = 0;
    for (at, line) in lines.iter().enumerate() {
        let mut line: &str = line.strip_suffix('\r').unwrap_or(line);
        if at > 0 {
            line = line.trim_start_matches([' ', '\t']);
            breaks += 1;
        }
        if at < last {
            line = line.trim_end_matches([' ', '\t']);
        }
        if line.is_empty() && at > 0 && at < last {
            continue;
        }
        join(&mut out, breaks);
        breaks = 0;
        out.push_str(line);
    }
    out
}

/// The inside of a double-quoted scalar.
pub(super) fn double(raw: &str) -> String {
    let folded = fold_quoted(raw);
    let mut out = String::with_capacity(folded.len());
    let mut chars = folded.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        let Some(escape) = chars.next() else { break };
        let digits = match escape {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            _ => 0,
        };
        if digits > 0 {
            let hex: String = chars.by_ref().take(digits).collect();
            let code = u32::from_str_radix(&hex, 16).unwrap_or(0xFFFD);
            out.push(char::from_u32(code).unwrap_or('\u{FFFD}'));
            continue;
        }
        match escape {
            '0' => out.push('\0'),
            'a' => out.push('\u{7}'),
            'b' => out.push('\u{8}'),
            't' => out.push('\t'),
            'n' => out.push('\n'),
            'v' => out.push('\u{b}'),
            'f' => out.push('\u{c}'),
            'r' => out.push('\r'),
            'e' => out.push('\u{1b}'),
            'N' => out.push('\u{85}'),
            '_' => out.push('\u{a0}'),
            'L' => out.push('\u{2028}'),
            'P' => out.push('\u{2029}'),
            ' ' if out.is_empty() || chars.as_str().is_empty() => {}
            other => out.push(other),
        }
    }
    out
}

/// The body of a block scalar.
pub(super) fn block(body: &str, folded: bool, keep: bool, strip: bool, _indent: Option<usize>) -> String {
    let indent = body
        .lines()
        .find(|line| !line.trim_matches([' ', '\r']).is_empty())
        .map_or(0, |line| line.len() - line.trim_start_matches(' ').len());
    let mut out = String::with_capacity(body.len());
    let mut breaks = 0;
    let mut before_more = true;
    for line in body.lines() {
        let line = line.get(indent..).unwrap_or("").trim_end_matches('\r');
        if line.is_empty() {
            breaks += 1;
            continue;
        }
        let more = line.starts_with([' ', '\t']);
        if folded && !out.is_empty() && !more && !before_more {
            join(&mut out, breaks);
        } else {
            out.extend(std::iter::repeat_n('\n', breaks));
        }
        before_more = more;
        breaks = 1;
        out.push_str(line);
    }
    if keep {
        out.extend(std::iter::repeat_n('\n', breaks));
    } else if !strip && !out.is_empty() {
        out.push('\n');
    }
    out
}
