//! "Did you mean": the known word that a wrong one most resembles.

/// Longer words, in bytes, are not compared: they are no slip of the finger, and it takes quadratic time.
const LONGEST: usize = 64;

/// The candidate with the fewest slips from `word`, if they are few for its length; the first of equals.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > LONGEST {
        return None;
    }
    let word = word.to_lowercase();
    // A word of one letter is one slip from any other.
    let letters = word.chars().count();
    let limit = (letters / 3).max(1).min(letters.saturating_sub(1));
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates.into_iter().filter(|candidate| candidate.len() <= LONGEST) {
        let slips = strsim::osa_distance(&word, &candidate.to_lowercase());
        if slips <= limit && best.is_none_or(|(fewest, _)| slips < fewest) {
            best = Some((slips, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// `, did you mean …` for an error message; empty when nothing is near.
pub fn hint<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> String {
    nearest(word, candidates).map(|near| format!(", did you mean `{near}`?")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_wins_and_far_ones_do_not_count() {
        let words = ["container", "workload", "image"];
        assert_eq!(nearest("contianer", words), Some("container"));
        assert_eq!(nearest("Image", words), Some("image"));
        assert_eq!(nearest("pod", words), None);
        assert_eq!(nearest(&"x".repeat(9999), words), None);
    }
}
