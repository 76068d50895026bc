//! In which order the vertices of a layer stand, so that few lines cross.
#![expect(clippy::cast_precision_loss, reason = "counts of nodes are far below 2 to the 52nd")]

use super::layers::Layers;

/// Sweeps over all layers, each one way.
const SWEEPS: usize = 24;

/// Sorts each layer by where the neighbours of its vertices stand, to and fro, and keeps the best order met.
pub(super) fn sort(layers: &mut Layers) {
    let (left, right) = neighbours(layers);
    let mut best = (crossings(layers), layers.rows.clone());
    for sweep in 0..SWEEPS {
        let mut at = places(layers);
        let count = layers.rows.len();
        for step in 1..count {
            let (layer, of) = if sweep % 2 == 0 { (step, &left) } else { (count - 1 - step, &right) };
            arrange(&mut layers.rows[layer], of, &mut at);
        }
        let crossings = crossings(layers);
        if crossings < best.0 {
            best = (crossings, layers.rows.clone());
        }
        if best.0 == 0 {
            break;
        }
    }
    layers.rows = best.1;
}

/// Of each vertex, those that lines lead from and those that they lead to.
pub(super) fn neighbours(layers: &Layers) -> (Vec<Vec<usize>>, Vec<Vec<usize>>) {
    let mut left = vec![Vec::new(); layers.len()];
    let mut right = vec![Vec::new(); layers.len()];
    for (from, to) in &layers.segments {
        left[*to].push(*from);
        right[*from].push(*to);
    }
    (left, right)
}

/// The place of each vertex in its layer.
fn places(layers: &Layers) -> Vec<usize> {
    let mut at = vec![0; layers.len()];
    for row in &layers.rows {
        for (place, vertex) in row.iter().enumerate() {
            at[*vertex] = place;
        }
    }
    at
}

fn arrange(row: &mut [usize], neighbours: &[Vec<usize>], at: &mut [usize]) {
    // What has no neighbour stays where it is.
    let middle = |vertex: usize| match &neighbours[vertex][..] {
        [] => at[vertex] as f64,
        near => near.iter().map(|near| at[*near] as f64).sum::<f64>() / near.len() as f64,
    };
    let mut keyed: Vec<(f64, usize)> = row.iter().map(|vertex| (middle(*vertex), *vertex)).collect();
    keyed.sort_by(|(one, _), (other, _)| one.total_cmp(other));
    for (place, (_, vertex)) in keyed.into_iter().enumerate() {
        row[place] = vertex;
        at[vertex] = place;
    }
}

/// How many pairs of lines cross, counted as the inversions of where they end (Barth, Jünger and Mutzel).
fn crossings(layers: &Layers) -> usize {
    let at = places(layers);
    let mut by_layer: Vec<Vec<(usize, usize)>> = vec![Vec::new(); layers.rows.len()];
    for (from, to) in &layers.segments {
        by_layer[layers.of[*from]].push((at[*from], at[*to]));
    }
    by_layer
        .iter_mut()
        .enumerate()
        .map(|(layer, lines)| {
            lines.sort_unstable();
            let ends = layers.rows.get(layer + 1).map_or(0, Vec::len);
            // A tree of sums: how many lines seen so far end at or before a place.
            let mut tree = vec![0_usize; ends + 1];
            let mut crossed = 0;
            for (seen, (_, end)) in lines.iter().enumerate() {
                let mut before = 0;
                let mut place = end + 1;
                while place > 0 {
                    before += tree[place];
                    place &= place - 1;
                }
                crossed += seen - before;
                let mut place = end + 1;
                while place <= ends {
                    tree[place] += 1;
                    place += place & place.wrapping_neg();
                }
            }
            crossed
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crossings_go_away_where_they_can() {
        let pairs = [(0, 5), (1, 4), (2, 3), (0, 4)];
        let mut layers = Layers::new(6, &[true; 6], &pairs);
        assert_eq!(crossings(&layers), 4);
        sort(&mut layers);
        assert_eq!(crossings(&layers), 0);
        let all: Vec<(usize, usize)> = (0..3).flat_map(|from| (3..6).map(move |to| (from, to))).collect();
        assert_eq!(crossings(&Layers::new(6, &[true; 6], &all)), 9);
    }
}
