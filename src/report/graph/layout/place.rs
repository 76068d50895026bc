//! How high each vertex stands: near its neighbours, in the order of its layer, at least so far from the next one.

use super::layers::Layers;
use super::order::neighbours;

/// Sweeps over all layers.
const SWEEPS: usize = 16;
/// What a line takes where it passes a layer, to each side.
const LINE: f64 = 5.0;
/// How much more a bend between two bends counts, so that long lines are straight.
const STRAIGHT: f64 = 8.0;

/// The middle of each vertex; the first `nodes` of them are boxes.
pub(super) fn place(layers: &Layers, nodes: usize, height: f64, space: f64) -> Vec<f64> {
    let (left, right) = neighbours(layers);
    // What each takes above and below its middle.
    let half = |vertex: usize| if vertex < nodes { f64::midpoint(height, space) } else { LINE };
    let mut middles = vec![0.0; layers.len()];
    for row in &layers.rows {
        let mut top = 0.0;
        for vertex in row {
            middles[*vertex] = top + half(*vertex);
            top += half(*vertex) * 2.0;
        }
    }
    for sweep in 0..SWEEPS {
        for step in 0..layers.rows.len() {
            let layer = if sweep % 2 == 0 { step } else { layers.rows.len() - 1 - step };
            let row = &layers.rows[layer];
            let mut below = 0.0;
            let wishes: Vec<(f64, f64, f64)> = row
                .iter()
                .enumerate()
                .map(|(at, vertex)| {
                    if let Some(before) = at.checked_sub(1).map(|before| row[before]) {
                        below += half(before) + half(*vertex);
                    }
                    let (wish, weight) = wish(*vertex, nodes, (&left, &right), &middles);
                    (wish, weight, below)
                })
                .collect();
            for (vertex, middle) in row.iter().zip(settle(&wishes)) {
                middles[*vertex] = middle;
            }
        }
    }
    let top = (0..layers.len())
        .filter(|vertex| *vertex >= nodes || !left[*vertex].is_empty() || !right[*vertex].is_empty())
        .map(|vertex| middles[vertex] - height / 2.0)
        .fold(f64::INFINITY, f64::min);
    if top.is_finite() {
        for middle in &mut middles {
            *middle -= top;
        }
    }
    middles
}

/// Where a vertex wants to be, and how much.
fn wish(
    vertex: usize,
    nodes: usize,
    (left, right): (&[Vec<usize>], &[Vec<usize>]),
    middles: &[f64],
) -> (f64, f64) {
    let (mut sum, mut all) = (0.0, 0.0);
    for near in left[vertex].iter().chain(&right[vertex]) {
        let weight = if vertex >= nodes && *near >= nodes { STRAIGHT } else { 1.0 };
        sum += middles[*near] * weight;
        all += weight;
    }
    if all > 0.0 { (sum / all, all) } else { (middles[vertex], 0.1) }
}

/// The places nearest to what is wished (least squares) that keep the order and the distances: wishes are where, how
/// much, and how far below the first one at least. Neighbours that would overlap are moved as one block.
fn settle(wishes: &[(f64, f64, f64)]) -> Vec<f64> {
    // The mean wish of a block, its weight, and how many are in it.
    let mut blocks: Vec<(f64, f64, usize)> = Vec::new();
    for (wish, weight, below) in wishes {
        let mut block = (wish - below, *weight, 1);
        while let Some((mean, heavy, count)) = blocks.pop_if(|(mean, ..)| *mean > block.0) {
            let all = heavy + block.1;
            block = ((mean * heavy + block.0 * block.1) / all, all, count + block.2);
        }
        blocks.push(block);
    }
    let means = blocks.iter().flat_map(|(mean, _, count)| std::iter::repeat_n(*mean, *count));
    means.zip(wishes).map(|(mean, (_, _, below))| mean + below).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wishes_are_met_as_far_as_there_is_room() {
        assert_eq!(settle(&[(5.0, 1.0, 0.0), (90.0, 1.0, 10.0)]), [5.0, 90.0]);
        assert_eq!(settle(&[(50.0, 1.0, 0.0), (50.0, 1.0, 10.0), (50.0, 1.0, 20.0)]), [40.0, 50.0, 60.0]);
        assert_eq!(settle(&[(0.0, 3.0, 0.0), (0.0, 1.0, 40.0)]), [-10.0, 30.0]);
        assert_eq!(settle(&[]), [0.0; 0]);
    }
}
