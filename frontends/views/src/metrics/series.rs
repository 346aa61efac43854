//! Figures of the lines, and as much of their course as a chart of so many pixels can show.
//!
//! If several measurements fall on a pixel, a line through all of them is a blot that hides the
//! other line. So they are gathered into columns: the line goes through each column's median, and a
//! lighter band reaches from its least to its most, so that no spike is lost. Columns begin at
//! multiples of a power of two, so a growing run does not make them shimmer.

use lab::{Measured, Snapshot, Summary};

use super::lines::Line;
use super::zoom::Epochs;

/// The measurements of the epoch shown.
pub(super) fn now(snapshot: &Snapshot) -> Measured {
    Measured {
        epoch: snapshot.epoch,
        discriminator_loss: snapshot.discriminator_loss,
        generator_loss: snapshot.generator_loss,
        kl: snapshot.divergence.kl,
        js: snapshot.divergence.js,
        summary: snapshot.measures.summary(),
    }
}

/// All measurements that were kept, and that of now, unless an earlier epoch is shown; at least
/// one.
pub(super) fn course(snapshot: &Snapshot) -> Vec<Measured> {
    let now = now(snapshot);
    let kept = snapshot.history.measured();
    if kept.last().is_some_and(|last| last.epoch > now.epoch) {
        return kept.to_vec();
    }
    let mut course = Vec::with_capacity(kept.len() + 1);
    course.extend(kept.iter().filter(|measured| measured.epoch < now.epoch));
    course.push(now);
    course
}

/// Keeps only the epochs at which everything was measured; the last epoch if there is none.
pub(super) fn looked_at(course: &[Measured]) -> Vec<Measured> {
    let looked = |measured: &&Measured| measured.summary != Summary::default();
    let looked: Vec<_> = course.iter().filter(looked).copied().collect();
    match (looked.is_empty(), course.last()) {
        (true, Some(last)) => vec![*last],
        _ => looked,
    }
}

/// Measurements of the run's earlier branch, from the last one that both branches share; none if
/// there is no earlier branch.
pub(super) fn earlier_branch(snapshot: &Snapshot) -> &[Measured] {
    let Some(ghost) = &snapshot.ghost else {
        return &[];
    };
    let measured = ghost.history.measured();
    let after = measured.partition_point(|measured| measured.epoch <= ghost.fork);
    &measured[after.saturating_sub(1)..]
}

/// The last epoch that the charts have something of: the end of the run, or of its earlier branch.
pub(super) fn last_epoch(snapshot: &Snapshot) -> u64 {
    let earlier = earlier_branch(snapshot).last().map(|last| last.epoch);
    earlier
        .max(Some(snapshot.end_of_both().max(snapshot.epoch_of_both())))
        .unwrap_or(0)
}

/// The measurement nearest to an epoch.
pub(super) fn nearest(course: &[Measured], epoch: f64) -> &Measured {
    let after = course.partition_point(|measured| (measured.epoch as f64) < epoch);
    let distance = |place: usize| (course[place].epoch as f64 - epoch).abs();
    let (before, after) = (after.saturating_sub(1), after.min(course.len() - 1));
    &course[if distance(before) <= distance(after) {
        before
    } else {
        after
    }]
}

/// A few neighbouring measurements, drawn as one point of a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Column {
    /// In the middle of them.
    pub(super) epoch: f64,
    pub(super) least: f64,
    /// The median.
    pub(super) middle: f64,
    pub(super) most: f64,
    /// Whether the line comes here from the column before: not if the figure was missing between
    /// them.
    pub(super) joined: bool,
}

/// The columns of each line in a chart so many pixels wide: the columns shown, and the neighbours
/// from which the lines come and to which they go.
pub(super) fn columns(course: &[Measured], lines: &[Line], shown: Epochs, pixels: f32) -> Vec<Vec<Column>> {
    // Epochs of a column as a power of two: one pixel to two.
    let power = libm::ceil(libm::log2(shown.length() / f64::from(pixels.max(1.0)))).clamp(0.0, 62.0) as u32;
    let column = |epoch: u64| epoch >> power;
    let [first, last] = [shown.begin(), shown.end()].map(|epoch| column(epoch as u64));
    let begin = course.partition_point(|measured| column(measured.epoch) < first);
    let end = course.partition_point(|measured| column(measured.epoch) <= last);
    let seen = &course[begin.saturating_sub(1)..(end + 1).min(course.len())];
    let of_line = |line: &Line| {
        let (mut values, mut columns, mut joined) = (Vec::new(), Vec::new(), true);
        for measured in seen.chunk_by(|one, other| column(one.epoch) == column(other.epoch)) {
            values.clear();
            values.extend(measured.iter().filter_map(|measured| (line.value)(measured)));
            let Some(mut here) = of_values(&mut values, measured) else {
                joined &= !measured.iter().any(|measured| is_missing(line, measured));
                continue;
            };
            if let Some(spread) = line
                .spread
                .and_then(|spread| measured.iter().rev().find_map(spread))
            {
                here.least = here.least.min(here.middle - spread);
                here.most = here.most.max(here.middle + spread);
            }
            columns.push(Column { joined, ..here });
            joined = true;
        }
        columns
    };
    lines.iter().map(of_line).collect()
}

/// The column of these values; `None` if there are none.
fn of_values(values: &mut [f64], measured: &[Measured]) -> Option<Column> {
    values.sort_unstable_by(f64::total_cmp);
    let (least, most) = (*values.first()?, *values.last()?);
    let half = values.len() / 2;
    let middle = match values.len() % 2 {
        0 => 0.5 * (values[half - 1] + values[half]),
        _ => values[half],
    };
    let [from, to] = [measured.first()?, measured.last()?].map(|measured| measured.epoch as f64);
    Some(Column {
        epoch: 0.5 * (from + to),
        least,
        middle,
        most,
        joined: true,
    })
}

/// Whether the rest was measured and this figure not: it is not known there. Between two looks nothing is measured.
fn is_missing(line: &Line, measured: &Measured) -> bool {
    measured.summary != Summary::default() && (line.value)(measured).is_none()
}

/// The range of the values shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Extent {
    pub(super) least: f64,
    pub(super) most: f64,
    /// Nine of ten medians are at most this.
    pub(super) usual: f64,
}

/// The extent of the columns in the range shown. If there are none, it is that of the columns left
/// and right of the range; `None` if nothing was measured at all.
pub(super) fn extent<'a>(
    columns: impl Iterator<Item = &'a Vec<Column>> + Clone,
    shown: Epochs,
) -> Option<Extent> {
    let all = || columns.clone().flatten();
    let mut seen: Vec<&Column> = all().filter(|column| shown.contains(column.epoch)).collect();
    if seen.is_empty() {
        seen.extend(all());
    }
    let least = seen.iter().map(|column| column.least).reduce(f64::min)?;
    let most = seen.iter().map(|column| column.most).reduce(f64::max)?;
    let place = (seen.len() - 1) * 9 / 10;
    let (_, usual, _) = seen.select_nth_unstable_by(place, |one, other| one.middle.total_cmp(&other.middle));
    Some(Extent {
        least,
        most,
        usual: usual.middle,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::kinds::Chart;
    use crate::palette::Palette;
    use crate::style::{Hand, Look, Scale};
    use gan_core::Preset;
    use lab::{Inline, Session as _};

    fn lines_of(chart: Chart) -> Vec<Line> {
        let snapshot = Inline::new(lab::Experiment::preset(Preset::Line, 1)).latest();
        let look = Look {
            scale: Scale::ONE,
            colours: &Palette::LIGHT,
            hand: Hand::Mouse,
        };
        chart.lines(&snapshot, look)
    }

    fn lines() -> Vec<Line> {
        lines_of(Chart::Losses)
    }

    fn course(values: impl IntoIterator<Item = f64>) -> Vec<Measured> {
        let measured = |(epoch, value)| Measured {
            epoch,
            discriminator_loss: Some(value),
            generator_loss: None,
            kl: 0.0,
            js: 0.0,
            summary: Summary::default(),
        };
        (0..).zip(values).map(measured).collect()
    }

    #[test]
    fn every_measurement_is_a_column_where_there_is_room() {
        let course = course([0.5, 0.7, 0.6, f64::NAN, 0.2]);
        let [discriminator, generator] = &columns(&course, &lines(), Epochs::whole(0), 100.0)[..] else {
            panic!("two lines");
        };
        let points: Vec<_> = discriminator
            .iter()
            .map(|column| (column.epoch, column.middle))
            .collect();
        assert_eq!(points, [(0.0, 0.5), (1.0, 0.7), (2.0, 0.6), (4.0, 0.2)]);
        assert!(discriminator.iter().all(|column| column.least == column.most));
        assert_eq!(*generator, []);
    }

    #[test]
    fn a_spike_stays_in_the_band_and_leaves_the_line() {
        let course = course((0..4000).map(|epoch| if epoch == 1234 { 30.0 } else { 0.5 }));
        let columns = columns(&course, &lines(), Epochs::whole(4000), 400.0).swap_remove(0);
        assert!(columns.len() > 200 && columns.len() <= 400, "{}", columns.len());
        assert!(columns.iter().all(|column| column.middle == 0.5));
        let spikes: Vec<_> = columns.iter().filter(|column| column.most == 30.0).collect();
        assert_eq!(spikes.len(), 1);
        assert!((spikes[0].epoch - 1234.0).abs() <= 8.0);
        let extent = extent([&columns].into_iter(), Epochs::whole(4000)).unwrap();
        assert_eq!((extent.least, extent.most, extent.usual), (0.5, 30.0, 0.5));
    }

    #[test]
    fn columns_stay_the_same_as_the_run_goes_on() {
        let values: Vec<f64> = (0..3100).map(|epoch| f64::from(epoch * 7919 % 1000)).collect();
        let of = |epochs: usize| {
            let course = course(values[..=epochs].iter().copied());
            columns(&course, &lines(), Epochs::whole(epochs as u64), 400.0).swap_remove(0)
        };
        let (before, after) = (of(2500), of(3099));
        assert_eq!(before[..before.len() - 1], after[..before.len() - 1]);
    }

    /// Measured at these epochs, where G's gradient was this.
    fn gradients(values: &[(u64, Option<Option<f32>>)]) -> Vec<Measured> {
        let mut course = course((0..=40).map(|_| 0.5));
        for (epoch, gradient) in values {
            let Some(gradient) = gradient else { continue };
            course[*epoch as usize].summary = Summary {
                ndb: Some(0.5),
                generator_gradient: *gradient,
                ..Summary::default()
            };
        }
        course
    }

    #[test]
    fn a_line_goes_on_between_two_looks_and_breaks_where_a_figure_is_not_known() {
        let lines = lines_of(Chart::Gradients);
        let course = gradients(&[
            (0, Some(Some(1.0))),
            (10, Some(Some(2.0))),
            (20, Some(None)),
            (30, Some(Some(4.0))),
            (40, Some(Some(f32::NAN))),
        ]);
        let columns = columns(&course, &lines, Epochs::whole(40), 400.0).swap_remove(1);
        let joined: Vec<_> = columns
            .iter()
            .map(|column| (column.epoch, column.joined))
            .collect();
        assert_eq!(joined, [(0.0, true), (10.0, true), (30.0, false)]);
    }

    #[test]
    fn the_mean_has_a_band_of_one_deviation() {
        let lines = lines_of(Chart::MeanLoss);
        let mut course = course([0.7, 0.7]);
        course[1].summary = Summary {
            loss_mean: Some(0.5),
            loss_variance: Some(0.25),
            ..Summary::default()
        };
        let [column] = columns(&course, &lines, Epochs::whole(0), 400.0)[0][..] else {
            panic!("one column");
        };
        assert_eq!((column.least, column.middle, column.most), (0.0, 0.5, 1.0));
        assert_eq!(lines[0].figure_in(Some(&course[1])), "0.500 ± 0.500");
    }

    #[test]
    fn the_nearest_of_two() {
        let course = course([0.1, 0.2, 0.3]);
        let nearest = |epoch| nearest(&course, epoch).epoch;
        assert_eq!([-5.0, 0.4, 0.6, 1.5, 99.0].map(nearest), [0, 0, 1, 1, 2]);
    }
}
