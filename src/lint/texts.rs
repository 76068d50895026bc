//! A whole project held in memory: examples of rule pages, text from standard input, tests.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use super::{Input, Linter, Outcome, Profile, analyse, conclude, survey};
use crate::formats;
use crate::model::facts::FolderId;
use crate::text::{Source, Sources};

/// Lints files given as path and text. Every file counts as named by hand.
pub fn check_texts(linter: &Linter, profile: &Profile, files: &[(&str, &str)]) -> Outcome {
    let mut sources = Sources::default();
    let mut folders: HashMap<&str, FolderId> = HashMap::new();
    let mut inputs: Vec<Input<'_>> = Vec::new();
    for (path, text) in files {
        let text: Arc<str> = Arc::from(*text);
        let file = sources.add(Source::new(*path, text.clone()));
        let next = FolderId(folders.len() as u32);
        let folder = *folders.entry(path.rsplit_once('/').map_or("", |(folder, _)| folder)).or_insert(next);
        if let Some(format) = formats::detect(path, &text, true) {
            inputs.push(Input::new(file, Path::new(path), text, format, folder));
        }
    }
    let around = survey(&mut inputs);
    let profiles = std::slice::from_ref(profile);
    let analysed = inputs.into_iter().map(|input| analyse(linter, profiles, 0, input, &around)).collect();
    conclude(linter, profiles, analysed, Vec::new(), sources)
}
