//! A whole project held in memory: examples of rule pages, text from standard input, tests.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use super::{Input, Linter, Outcome, Profile, TerraformOptions, analyse, conclude, declared, survey};
use crate::config::{self, FILE_NAME};
use crate::formats;
use crate::model::Layout;
use crate::model::facts::FolderId;
use crate::model::graph::Declared;
use crate::model::layout::Seen;
use crate::text::{Source, Sources};

/// Lints files given as path and text. Every file counts as named by hand; of a config, what it says of services counts.
pub fn check_texts(linter: &Linter, profile: &Profile, files: &[(&str, &str)]) -> Outcome {
    let mut sources = Sources::default();
    let mut folders: HashMap<&str, FolderId> = HashMap::new();
    let mut inputs: Vec<Input<'_>> = Vec::new();
    let mut said = Declared::default();
    for (path, text) in files {
        let text: Arc<str> = Arc::from(*text);
        let file = sources.add(Source::new(*path, text.clone()));
        let next = FolderId(folders.len() as u32);
        let folder = *folders.entry(path.rsplit_once('/').map_or("", |(folder, _)| folder)).or_insert(next);
        if *path == FILE_NAME {
            let (config, _) = config::parse(file, &text, Path::new(""), Path::new(""));
            // The places in it are those of the run already.
            said = declared(&config.services, 0);
        } else if let Some(format) = formats::detect(path, &text, true) {
            inputs.push(Input::new(file, Path::new(path), text, format, folder));
        }
    }
    let around = survey(&mut inputs, &TerraformOptions::default());
    let profiles = std::slice::from_ref(profile);
    let analysed = inputs.into_iter().map(|input| analyse(linter, profiles, 0, input, &around)).collect();
    sources.hide(around.hidden);
    conclude(linter, profiles, analysed, Vec::new(), sources, layout(files, &folders), vec![said])
}

/// The files are all there is.
fn layout(files: &[(&str, &str)], numbers: &HashMap<&str, FolderId>) -> Layout {
    let mut places = vec![String::new(); numbers.len()];
    let mut folders = vec![String::new()];
    for (folder, number) in numbers {
        (*folder).clone_into(&mut places[number.0 as usize]);
        folders.extend(folder.match_indices('/').map(|(at, _)| folder[..at].to_owned()));
        folders.push((*folder).to_owned());
    }
    Layout::new(Seen {
        places,
        walked: vec![(String::new(), String::new())],
        files: files.iter().map(|(path, _)| (*path).to_owned()).collect(),
        folders,
        left_out: Vec::new(),
    })
}
