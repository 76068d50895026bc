//! "Did you mean": the known word that a wrong one most resembles.

/// Longer words are not compared: nobody mistypes them by a letter.
const LONGEST: usize = 64;

/// The candidate with the fewest slips from `word`, if they are few for its length; the first of equals.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word: Vec<char> = word.to_lowercase().chars().take(LONGEST + 1).collect();
    let limit = (word.len() / 3).max(1);
    if word.len() > LONGEST {
        return None;
    }
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates.into_iter().filter(|candidate| candidate.len() <= LONGEST) {
        let slips = distance(&word, candidate);
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

/// Letters to insert, delete, replace or swap with their neighbour.
fn distance(word: &[char], other: &str) -> usize {
    let other: Vec<char> = other.to_lowercase().chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=other.len()).collect();
    for (row, &letter) in word.iter().enumerate() {
        let mut line = vec![row + 1];
        for (column, &against) in other.iter().enumerate() {
            let change = above[column] + usize::from(letter != against);
            let mut least = change.min(above[column + 1] + 1).min(line[column] + 1);
            if row > 0 && column > 0 && letter == other[column - 1] && word[row - 1] == against {
                least = least.min(before[column - 1] + 1);
            }
            line.push(least);
        }
        before = std::mem::replace(&mut above, line);
    }
    above[other.len()]
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
