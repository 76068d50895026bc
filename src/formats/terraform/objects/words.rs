//! Messages about objects, in the words of Terraform.

use std::borrow::Cow;

use super::keys;

/// A message about an object that a resource makes, with the keys of manifests in it as Terraform calls them:
/// `securityContext.runAsNonRoot` is `security_context.run_as_non_root` there. Words that the file itself holds are its
/// own, and stay.
pub fn spoken(message: &str, file: &str) -> String {
    let mut out = String::with_capacity(message.len() + 8);
    for (at, part) in message.split('`').enumerate() {
        if at > 0 {
            out.push('`');
        }
        if at % 2 == 1 {
            code(part, file, &mut out);
        } else {
            out.push_str(part);
        }
    }
    out
}

fn code(text: &str, file: &str, out: &mut String) {
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_alphanumeric()) {
        let (before, word) = rest.split_at(start);
        let end = word.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(word.len());
        let (word, after) = word.split_at(end);
        out.push_str(before);
        out.push_str(&name(word, file));
        rest = after;
    }
    out.push_str(rest);
}

fn name<'w>(word: &'w str, file: &str) -> Cow<'w, str> {
    let is_key = word.starts_with(|c: char| c.is_ascii_lowercase())
        && word.contains(|c: char| c.is_ascii_uppercase())
        && memchr::memmem::find(file.as_bytes(), word.as_bytes()).is_none();
    if is_key { keys::snake(word) } else { Cow::Borrowed(word) }
}

#[cfg(test)]
mod tests {
    use super::spoken;

    #[test]
    fn keys_are_said_as_they_are_written_here() {
        let said = |message| spoken(message, "name = \"dbPassword\"");
        assert_eq!(
            said("set `securityContext.runAsNonRoot: true`"),
            "set `security_context.run_as_non_root: true`"
        );
        assert_eq!(said("`hostPID` and `nonResourceURLs`"), "`host_pid` and `non_resource_urls`");
        assert_eq!(said("`dbPassword` is `OnFailure`, not runAs"), "`dbPassword` is `OnFailure`, not runAs");
    }
}
