//! Lines with round corners, and how dashes run along them.

use egui::{Pos2, lerp};

use crate::style::Scale;

/// A dash and the gap after it, before scaling.
pub(super) const DASH: f32 = 8.0;
pub(super) const GAP: f32 = 4.0;

/// The length of a dash with its gap.
pub(super) fn period(scale: Scale) -> f32 {
    scale.of(DASH) + scale.of(GAP)
}

/// The corners joined by straight lines, each corner rounded.
pub(super) fn rounded(corners: &[Pos2], radius: f32) -> Vec<Pos2> {
    let mut path = vec![corners[0]];
    for around in corners.windows(3) {
        let [before, corner, after] = [around[0], around[1], around[2]];
        let toward = |other: Pos2| {
            let way = other - corner;
            corner + way * (radius / way.length()).min(0.5)
        };
        let (start, end) = (toward(before), toward(after));
        path.extend((0..=6).map(|n| quadratic(start, corner, end, n as f32 / 6.0)));
    }
    path.extend(corners.last());
    path
}

/// Level at both ends.
pub(super) fn s_curve(from: Pos2, to: Pos2) -> Vec<Pos2> {
    let middle = from + 0.5 * (to - from);
    let first = (0..=8).map(|n| quadratic(from, Pos2::new(middle.x, from.y), middle, n as f32 / 8.0));
    let second = (1..=8).map(|n| quadratic(middle, Pos2::new(middle.x, to.y), to, n as f32 / 8.0));
    first.chain(second).collect()
}

/// A point of a quadratic Bézier curve.
fn quadratic(from: Pos2, control: Pos2, to: Pos2, t: f32) -> Pos2 {
    let (first, second) = (
        lerp(from.to_vec2()..=control.to_vec2(), t),
        lerp(control.to_vec2()..=to.to_vec2(), t),
    );
    lerp(first..=second, t).to_pos2()
}

/// The pieces of a path that dashes cover; the first began `run` after the path's beginning, or before.
///
/// egui's own dashes leave a gap at the beginning that grows as they run, and break at corners.
pub(super) fn dashes(path: &[Pos2], dash: f32, gap: f32, run: f32) -> Vec<Vec<Pos2>> {
    let mut dashes = vec![vec![path[0]]];
    // How far the present dash or gap reaches yet, and which it is.
    let period = dash + gap;
    let ahead = run.rem_euclid(period);
    let (mut drawing, mut left) = if ahead <= gap {
        (false, ahead)
    } else {
        (true, ahead - gap)
    };
    if !drawing {
        dashes.clear();
    }
    for ends in path.windows(2) {
        let (mut from, to) = (ends[0], ends[1]);
        loop {
            let way = to - from;
            let length = way.length();
            if length <= left {
                left -= length;
                if let (true, Some(dash)) = (drawing, dashes.last_mut()) {
                    dash.push(to);
                }
                break;
            }
            from += way * (left / length);
            match (drawing, dashes.last_mut()) {
                (true, Some(dash)) => dash.push(from),
                _ => dashes.push(vec![from]),
            }
            left = if drawing { gap } else { dash };
            drawing = !drawing;
        }
    }
    dashes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dashes_run_along_the_path() {
        let path = [Pos2::ZERO, Pos2::new(10.0, 0.0), Pos2::new(10.0, 10.0)];
        let at = |x, y| Pos2::new(x, y);
        // Seven on, four off, beginning with the gap; the first dash runs on round the corner.
        assert_eq!(
            dashes(&path, 7.0, 4.0, 4.0),
            [
                vec![at(4.0, 0.0), at(10.0, 0.0), at(10.0, 1.0)],
                vec![at(10.0, 5.0), at(10.0, 10.0)]
            ]
        );
        for run in 0..30 {
            let drawn: f32 = dashes(&path, 7.0, 4.0, run as f32)
                .iter()
                .flat_map(|dash| dash.windows(2))
                .map(|ends| ends[0].distance(ends[1]))
                .sum();
            assert!((9.0..=17.0).contains(&drawn), "{run}: {drawn}");
        }
    }

    #[test]
    fn a_rounded_path_keeps_its_ends_and_cuts_its_corner() {
        let corners = [Pos2::new(0.0, 0.0), Pos2::new(100.0, 0.0), Pos2::new(100.0, 50.0)];
        let path = rounded(&corners, 10.0);
        assert_eq!((path[0], path[path.len() - 1]), (corners[0], corners[2]));
        let nearest = path
            .iter()
            .map(|point| point.distance(corners[1]))
            .fold(f32::INFINITY, f32::min);
        assert!(nearest > 2.0 && nearest < 10.0, "{nearest}");
    }
}
