//! What Kubernetes has in a security context and Compose in keys of its own: the same facts.

use super::read::{Layers, flag, word};
use crate::model::Setting;
use crate::model::security::{SeLinux, Security};
use crate::model::workload::Word;
use crate::syntax::tree::Node;
use crate::text::Span;

/// The security of a service that stands at `near`.
pub(super) fn lower(layers: &Layers<'_>, options: &[Word], near: Span) -> Security {
    let vague = layers.is_vague("security_opt");
    let unsaid = |profile: Option<Setting<String>>| match profile {
        Some(profile) => profile,
        None if vague => Setting::Unknown(near),
        None => Setting::Unset,
    };
    let user = user(layers, 0);
    Security {
        privileged: flag(layers.text(&["privileged"])),
        allow_privilege_escalation: match escalation(options) {
            Some(allowed) => allowed,
            None if vague => Setting::Unknown(near),
            None => Setting::Unset,
        },
        run_as_non_root: match &user {
            Setting::Set(id, span) if *id != 0 => Setting::Set(true, *span),
            Setting::Unknown(span) => Setting::Unknown(*span),
            _ => Setting::Unset,
        },
        run_as_user: user,
        run_as_group: self::user(layers, 1),
        read_only_root: flag(layers.text(&["read_only"])),
        proc_mount: unsaid(profile(options, "systempaths", "Unmasked")),
        seccomp: unsaid(profile(options, "seccomp", "Unconfined")),
        app_armor: unsaid(profile(options, "apparmor", "Unconfined")),
        se_linux: SeLinux { kind: Setting::Unset, user: Setting::Unset, role: Setting::Unset },
        host_process: Setting::Unset,
        capabilities_add: capabilities(layers, "cap_add", near),
        capabilities_drop: capabilities(layers, "cap_drop", near),
        near,
    }
}

/// An option and what follows its `=` or `:`.
pub(super) fn option(word: &Word) -> (&str, &str) {
    word.text.split_once(['=', ':']).unwrap_or((&word.text, ""))
}

fn escalation(options: &[Word]) -> Option<Setting<bool>> {
    let found = options.iter().rev().find(|word| option(word).0 == "no-new-privileges")?;
    let forbidden = option(found).1 != "false";
    Some(Setting::Set(!forbidden, found.span))
}

/// A profile, in the words of Kubernetes; `open` is its word for none at all.
fn profile(options: &[Word], name: &str, open: &str) -> Option<Setting<String>> {
    let found = options.iter().rev().find(|word| option(word).0 == name)?;
    let profile = match option(found).1 {
        "unconfined" => open,
        "builtin" | "docker-default" => "RuntimeDefault",
        _ => "Localhost",
    };
    Some(Setting::Set(profile.to_owned(), found.span))
}

/// The number of the user, or of the group behind the colon; a name other than `root` is not known by number.
fn user(layers: &Layers<'_>, part: usize) -> Setting<i64> {
    match layers.text(&["user"]) {
        Setting::Set(text, span) => {
            let Some(name) = text.split(':').nth(part) else { return Setting::Unset };
            let id = if name == "root" { Some(0) } else { name.parse().ok() };
            id.map_or(Setting::Unknown(span), |id| Setting::Set(id, span))
        }
        Setting::Unknown(span) => Setting::Unknown(span),
        Setting::Unset => Setting::Unset,
    }
}

/// Capabilities as Kubernetes writes them: in capitals, without `CAP_`.
fn capabilities(layers: &Layers<'_>, key: &str, near: Span) -> Setting<Vec<Word>> {
    let Some(entry) = layers.entry(key) else {
        return if layers.is_vague(key) { Setting::Unknown(near) } else { Setting::Unset };
    };
    let all: Vec<Node<'_>> = layers.items(key).collect();
    let words: Vec<Word> = all.iter().filter_map(|node| word(*node)).collect();
    if words.len() < all.len() || layers.is_vague(key) {
        return Setting::Unknown(entry.key.span());
    }
    let named = |word: Word| {
        let text = word.text.to_ascii_uppercase();
        let text = text.strip_prefix("CAP_").unwrap_or(&text).to_owned();
        Word { text, ..word }
    };
    Setting::Set(words.into_iter().map(named).collect(), entry.place())
}
