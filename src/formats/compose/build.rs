//! `build`: which Dockerfile, which stage, which arguments.

use super::read::{text_at, word};
use crate::model::Setting;
use crate::model::compose::Build;
use crate::model::workload::Word;
use crate::syntax::tree::{Entry, Kind, Node};

/// Reads the short and the long form.
pub(super) fn lower(entry: Entry<'_>) -> Build {
    let node = entry.value;
    let long = node.kind() == Kind::Mapping;
    let context = if long { text_at(node, "context") } else { super::read::setting(node) };
    let (file, inline) = if long {
        (text_at(node, "dockerfile"), node.get("dockerfile_inline").is_some())
    } else {
        (Setting::Unset, false)
    };
    let path = if inline { None } else { path(&context, &file) };
    Build {
        anchor: entry.key.span(),
        place: file.span().or(context.span()).unwrap_or(entry.key.span()),
        context: path.as_ref().map(|_| context.get().map_or(".", String::as_str).to_owned()),
        path,
        file: None,
        ignored_by: None,
        target: if long { text_at(node, "target") } else { Setting::Unset },
        args: node.get("args").map(names).unwrap_or_default(),
    }
}

/// The path of the Dockerfile; `None` where a variable or an address stands in it.
fn path(context: &Setting<String>, file: &Setting<String>) -> Option<String> {
    let known = |setting: &Setting<String>, otherwise: &str| match setting {
        Setting::Unset => Some(otherwise.to_owned()),
        Setting::Set(text, _) => Some(text.clone()),
        Setting::Unknown(_) => None,
    };
    let (context, file) = (known(context, ".")?, known(file, "Dockerfile")?);
    let elsewhere = context.contains("://")
        || context.starts_with("git@")
        || context.rsplit_once('.').is_some_and(|(_, end)| end == "git");
    (!elsewhere).then(|| if file.starts_with('/') { file } else { format!("{context}/{file}") })
}

fn names(args: Node<'_>) -> Vec<Word> {
    let keys = args.entries().into_iter().map(|entry| {
        let text = entry.key.text();
        Word { text: text.to_owned(), span: entry.key.sub_span(0, text.len()) }
    });
    let items = args.items().filter_map(word).map(|word| {
        let length = word.text.find('=').unwrap_or(word.text.len());
        let span = if word.span.len() == word.text.len() { word.span.slice(0, length) } else { word.span };
        Word { text: word.text[..length].to_owned(), span }
    });
    keys.chain(items).filter(|word| !word.text.is_empty()).collect()
}
