//! Where boxes and lines go: callers left of what they call, in layers, with few crossings.
//!
//! After Sugiyama, Tagawa and Toda. The layouts that there are as crates have no bound that a stranger's files could not
//! break: for 60 boxes and 1,038 lines `layout-rs`, `dagre` and, unless its ranks are simplified, `rust-sugiyama` had not
//! ended after twelve seconds, and the last one does not bend lines around boxes. Here every phase is a fixed number of
//! sweeps over the boxes and lines, each in nearly linear time.
#![expect(
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "counts of nodes are far below 2 to the 52nd, and widths above zero"
)]

mod layers;
mod order;
mod place;

use layers::Layers;

/// Between layers.
const GAP: f64 = 96.0;
/// Between the boxes of a layer.
const SPACE: f64 = 16.0;
/// Boxes without any line in a row at most.
const ROW: usize = 6;

/// A place in the picture; y grows downwards.
pub(super) type Point = (f64, f64);

/// Where everything is; all places are at least zero.
#[derive(Debug, Default)]
pub(super) struct Layout {
    /// The upper left corner of each box.
    pub(super) boxes: Vec<Point>,
    /// For each pair the points that its line goes through, from the box that it starts at to the one that it ends at.
    pub(super) lines: Vec<Vec<Point>>,
    pub(super) width: f64,
    pub(super) height: f64,
}

/// Lays out boxes of these widths and of one height, and lines between them.
pub(super) fn layout(widths: &[f64], height: f64, pairs: &[(usize, usize)]) -> Layout {
    let mut linked = vec![false; widths.len()];
    for (from, to) in pairs.iter().filter(|(from, to)| from != to) {
        (linked[*from], linked[*to]) = (true, true);
    }
    let mut layers = Layers::new(widths.len(), &linked, pairs);
    order::sort(&mut layers);
    let middles = place::place(&layers, widths.len(), height, SPACE);
    let mut layout = Layout { boxes: vec![(0.0, 0.0); widths.len()], ..Layout::default() };
    let mut left = vec![0.0; layers.rows.len() + 1];
    let mut wide = vec![0.0; layers.rows.len()];
    for (layer, row) in layers.rows.iter().enumerate() {
        let widest = row.iter().filter_map(|vertex| widths.get(*vertex)).copied().fold(0.0, f64::max);
        wide[layer] = widest;
        left[layer + 1] = left[layer] + widest + GAP;
        for vertex in row {
            layout.height = layout.height.max(middles[*vertex] + height / 2.0);
            if let Some(place) = layout.boxes.get_mut(*vertex) {
                *place = (left[layer], middles[*vertex] - height / 2.0);
                layout.width = layout.width.max(left[layer] + widths[*vertex]);
            }
        }
    }
    grid(&mut layout, widths, height, &linked);
    for pair in pairs {
        layout.lines.push(line(&layers, &layout, (widths, height), &middles, (&left, &wide), *pair));
    }
    layout
}

/// Boxes without lines, in rows below the others.
fn grid(layout: &mut Layout, widths: &[f64], height: f64, linked: &[bool]) {
    let alone: Vec<usize> = (0..widths.len()).filter(|node| !linked[*node]).collect();
    let column = alone.iter().map(|node| widths[*node]).fold(0.0, f64::max) + SPACE;
    let across = ((layout.width / column) as usize).max(ROW.min(alone.len())).max(1);
    let top = if layout.height > 0.0 { layout.height + SPACE * 2.0 } else { 0.0 };
    for (at, node) in alone.into_iter().enumerate() {
        let (row, place) = (at / across, at % across);
        let corner = (place as f64 * column, top + row as f64 * (height + SPACE));
        layout.boxes[node] = corner;
        layout.width = layout.width.max(corner.0 + widths[node]);
        layout.height = layout.height.max(corner.1 + height);
    }
}

/// The points of a line: out of one box, past the others, into the next.
fn line(
    layers: &Layers,
    layout: &Layout,
    (widths, height): (&[f64], f64),
    middles: &[f64],
    (left, wide): (&[f64], &[f64]),
    (from, to): (usize, usize),
) -> Vec<Point> {
    let [start, end] = [from, to].map(|node| (layout.boxes[node].0, layout.boxes[node].1 + height / 2.0));
    let right = |node: usize, (x, y): Point| (x + widths[node], y);
    if from == to {
        return vec![right(from, start), (start.0 + widths[from], start.1 + height / 2.0)];
    }
    let (chain, turned) = layers.chain(from, to);
    let mut bends = Vec::new();
    for vertex in chain {
        let layer = layers.of[*vertex];
        bends.extend([(left[layer], middles[*vertex]), (left[layer] + wide[layer], middles[*vertex])]);
    }
    if turned {
        bends.reverse();
        return [vec![start], bends, vec![right(to, end)]].concat();
    }
    [vec![right(from, start)], bends, vec![end]].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether no two boxes touch.
    fn apart(layout: &Layout, widths: &[f64], height: f64) -> bool {
        let mut boxes: Vec<(f64, f64, f64)> =
            layout.boxes.iter().zip(widths).map(|((x, y), width)| (*x, *y, *width)).collect();
        boxes.sort_by(|a, b| a.partial_cmp(b).unwrap());
        boxes.iter().enumerate().all(|(at, (x, y, width))| {
            let near = boxes[at + 1..].iter().take_while(|(other, ..)| *other < x + width);
            near.clone().all(|(_, other, _)| (other - y).abs() >= height)
        })
    }

    /// Numbers that look like chance, always the same.
    fn pairs(nodes: usize, count: usize) -> Vec<(usize, usize)> {
        let mut state = 11_usize;
        let mut next = || {
            state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
            state / 65_536 % nodes
        };
        (0..count).map(|_| (next(), next())).collect()
    }

    #[test]
    fn callers_stand_left() {
        let layout = layout(&[100.0, 80.0, 60.0, 90.0], 40.0, &[(0, 1), (1, 2), (0, 2)]);
        let x = |node: usize| layout.boxes[node].0;
        assert!(x(0) + 100.0 < x(1) && x(1) + 80.0 < x(2));
        assert!(layout.boxes[3].1 > layout.boxes[1].1 + 40.0, "what nothing calls stands below");
        assert_eq!(layout.lines[2].len(), 4, "the long line goes around the box between");
        let gap = (layout.lines[2][1].1 - (layout.boxes[1].1 + 20.0)).abs();
        assert!(gap > 20.0, "{gap}");
    }

    #[test]
    fn boxes_never_touch_and_lines_end_at_them() {
        for (nodes, count) in [(1, 2), (30, 20), (60, 1_200), (150, 300)] {
            let widths: Vec<f64> = (0..nodes).map(|node| 60.0 + (node % 7) as f64 * 20.0).collect();
            let pairs = pairs(nodes, count);
            let layout = layout(&widths, 40.0, &pairs);
            assert!(apart(&layout, &widths, 40.0), "{nodes} boxes");
            assert!(layout.boxes.iter().all(|(x, y)| *x >= 0.0 && *y >= 0.0));
            for ((from, to), line) in pairs.iter().zip(&layout.lines) {
                let [(from_x, from_y), (to_x, to_y)] = [from, to].map(|node| layout.boxes[*node]);
                let (first, last) = (line[0], line[line.len() - 1]);
                assert!((first.0 - from_x).abs() < 1e-9 || (first.0 - from_x - widths[*from]).abs() < 1e-9);
                assert!((first.1 - from_y - 20.0).abs() < 1e-9);
                assert!(from == to || ((last.1 - to_y - 20.0).abs() < 1e-9 && last.0 >= to_x));
            }
        }
    }

    #[test]
    fn size_does_not_matter() {
        let chain: Vec<(usize, usize)> = (1..4_000).map(|node| (node - 1, node)).collect();
        assert_eq!(layout(&vec![50.0; 4_000], 40.0, &chain).boxes.len(), 4_000);
        // Each to the first: as many bends as there may be, and no more.
        let shortcuts: Vec<(usize, usize)> =
            chain.iter().copied().chain((2..4_000).map(|node| (0, node))).collect();
        assert_eq!(layout(&vec![50.0; 4_000], 40.0, &shortcuts).lines.len(), shortcuts.len());
        assert_eq!(layout(&[], 40.0, &[]).width.to_bits(), 0.0_f64.to_bits());
    }
}
