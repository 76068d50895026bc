//! The text of a new page, to be filled in.
//!
//! Does not write files.

use super::page::is_kebab;

/// A new page: where it goes below the folder of pages, and what is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scaffold {
    /// `domain/name.md`, or `name.md`.
    pub path: String,
    /// The text; a page without errors, whose examples pass.
    pub text: String,
}

/// A page for `[domain/]name`; the error says what is wrong with the name.
pub fn scaffold(name: &str) -> Result<Scaffold, String> {
    let (domain, id) = name.split_once('/').map_or((None, name), |(domain, id)| (Some(domain), id));
    for part in domain.into_iter().chain([id]) {
        if !is_kebab(part) {
            return Err(format!("`{part}` is no rule name: use lower-case words joined by `-`"));
        }
    }
    let path = domain.map_or_else(|| format!("{id}.md"), |domain| format!("{domain}/{id}.md"));
    Ok(Scaffold { path, text: TEMPLATE.replace("RULE-ID", id) })
}

const TEMPLATE: &str = r#"---
summary: Image comes from a registry nobody vetted
severity: warning
preset: recommended
for: image
report: image.registry
message: "`{image.registry}` is not our registry; mirror the image to `registry.example.com`"
missing: "`{image.repository}` comes from Docker Hub; mirror it to `registry.example.com`"
help: mirror the image and name the mirror
---
# RULE-ID

What the rule reports, in a paragraph.

## Why

What goes wrong where the rule is not kept.

## Check

```cel
image.registry == "registry.example.com"
```

## Bad

```dockerfile file=Dockerfile
FROM ghcr.io/acme/web:1.4
#    ^^^^^^^ `ghcr.io` is not our registry…
```

## Good

```dockerfile file=Dockerfile
FROM registry.example.com/acme/web:1.4
```

## When to allow it

Where keeping the rule would do more harm than breaking it.
"#;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::Registry;
    use crate::text::FileId;

    #[test]
    fn a_new_page_has_no_errors() {
        let new = scaffold("acme/own-registry").unwrap();
        assert_eq!(new.path, "acme/own-registry.md");
        let mut registry = Registry::default();
        assert_eq!(registry.load([(FileId(0), new.path, new.text.into())]), []);
        assert_eq!(registry.rules()[0].domain(), "acme");
    }

    #[test]
    fn a_wrong_name_is_refused() {
        assert!(scaffold("Acme/x").unwrap_err().contains("`Acme`"));
        assert!(scaffold("../x").unwrap_err().contains("`..`"));
    }
}
