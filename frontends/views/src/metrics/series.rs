//! What the lines show: which figures, and what of their course a chart of so many pixels can show.
//!
//! Where several measurements fall on a pixel, a line through all of them is a blot that hides the
//! other. So they are gathered into columns: the line goes through each column's median, and a lighter
//! band reaches from its least to its most, so that no spike is lost. Columns begin at multiples of a
//! power of two, so a growing run does not make them shimmer.

use egui::Color32;
use gan_core::Network;
use lab::{Measured, Series, Snapshot};

use super::axes::Axis;
use super::zoom::Epochs;
use crate::names;
use crate::style::Look;

/// One of the charts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Chart {
    /// Losses of both networks.
    Losses,
    /// How far fake samples are from real ones.
    Divergences,
}

/// A line of a chart.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) series: Series,
    pub(super) name: &'static str,
    /// Where there is no room for the name.
    pub(super) short_name: &'static str,
    pub(super) colour: Color32,
    pub(super) now: Option<f64>,
    /// The same of the generator's moving average, where the run keeps one.
    pub(super) average: Option<f64>,
    /// What it is, for whoever rests on the name.
    pub(super) meaning: &'static str,
    /// How near two sets of real samples come: a perfect generator gets there.
    pub(super) floor: Option<f64>,
}

impl Chart {
    /// From left to right.
    pub(super) const ALL: [Self; 2] = [Self::Losses, Self::Divergences];

    /// Its heading.
    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::Losses => "Losses",
            Self::Divergences => "Divergences",
        }
    }

    /// How its vertical axis runs at first: divergences by powers of ten, so that the floor is seen.
    pub(super) const fn usual_axis(self) -> Axis {
        match self {
            Self::Losses => Axis::Linear,
            Self::Divergences => Axis::Logarithmic,
        }
    }

    /// Its lines.
    pub(super) fn lines(self, snapshot: &Snapshot, look: Look) -> [Line; 2] {
        let average = snapshot.average.as_ref().map(|average| average.divergence);
        match self {
            Self::Losses => [
                Line {
                    series: Series::DiscriminatorLoss,
                    name: "Discriminator",
                    short_name: "D",
                    colour: look.colours.discriminator,
                    now: snapshot.discriminator_loss,
                    average: None,
                    meaning: names::loss_of(Network::Discriminator),
                    floor: None,
                },
                Line {
                    series: Series::GeneratorLoss,
                    name: "Generator",
                    short_name: "G",
                    colour: look.colours.generator,
                    now: snapshot.generator_loss,
                    average: None,
                    meaning: names::loss_of(Network::Generator),
                    floor: None,
                },
            ],
            Self::Divergences => [
                Line {
                    series: Series::Kl,
                    name: "KL",
                    short_name: "KL",
                    colour: look.colours.kl,
                    now: Some(snapshot.divergence.kl),
                    average: None,
                    meaning: "Kullback–Leibler divergence of the real samples from the fake ones, in bits: 0 where both \
                              lie alike. It punishes real samples that the generator never makes.",
                    floor: Some(snapshot.floor.kl),
                },
                Line {
                    series: Series::Js,
                    name: "JS",
                    short_name: "JS",
                    colour: look.colours.js,
                    now: Some(snapshot.divergence.js),
                    average: average.map(|divergence| divergence.js),
                    meaning: "Jensen–Shannon divergence between real and fake samples, in bits: 0 where both lie alike, \
                              1 where they have no place in common.",
                    floor: Some(snapshot.floor.js),
                },
            ],
        }
    }
}

/// All that was measured and kept, and how things are now, unless an earlier epoch is shown; at least one.
pub(super) fn course(snapshot: &Snapshot) -> Vec<Measured> {
    let now = Measured {
        epoch: snapshot.epoch,
        discriminator_loss: snapshot.discriminator_loss,
        generator_loss: snapshot.generator_loss,
        kl: snapshot.divergence.kl,
        js: snapshot.divergence.js,
        summary: snapshot.measures.summary(),
    };
    let kept = snapshot.history.measured();
    if kept.last().is_some_and(|last| last.epoch > now.epoch) {
        return kept.to_vec();
    }
    let mut course = Vec::with_capacity(kept.len() + 1);
    course.extend(kept.iter().filter(|measured| measured.epoch < now.epoch));
    course.push(now);
    course
}

/// How the run had gone on before it went another way, from the last measurement that both have in common;
/// nothing where it did not.
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

/// What was measured nearest to an epoch.
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

/// What a line shows of a few neighbouring measurements.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Column {
    /// In the middle of them.
    pub(super) epoch: f64,
    pub(super) least: f64,
    /// The median.
    pub(super) middle: f64,
    pub(super) most: f64,
}

/// The columns of each line: those shown, where the chart is so many pixels wide, and what the lines
/// come from and go to.
pub(super) fn columns(
    course: &[Measured],
    lines: &[Line; 2],
    shown: Epochs,
    pixels: f32,
) -> [Vec<Column>; 2] {
    // Epochs of a column as a power of two: one pixel to two.
    let power = libm::ceil(libm::log2(shown.length() / f64::from(pixels.max(1.0)))).clamp(0.0, 62.0) as u32;
    let column = |epoch: u64| epoch >> power;
    let [first, last] = [shown.begin(), shown.end()].map(|epoch| column(epoch as u64));
    let begin = course.partition_point(|measured| column(measured.epoch) < first);
    let end = course.partition_point(|measured| column(measured.epoch) <= last);
    let seen = &course[begin.saturating_sub(1)..(end + 1).min(course.len())];
    lines.each_ref().map(|line| {
        let mut values = Vec::new();
        let of_line = |measured: &[Measured]| {
            values.clear();
            values.extend(measured.iter().filter_map(|measured| measured.value(line.series)));
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
            })
        };
        seen.chunk_by(|one, other| column(one.epoch) == column(other.epoch))
            .filter_map(of_line)
            .collect()
    })
}

/// What the values shown reach from and to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Extent {
    pub(super) least: f64,
    pub(super) most: f64,
    /// Nine of ten medians are at most this.
    pub(super) usual: f64,
}

/// Of the columns shown, or of what is left and right of them where nothing was measured between;
/// `None` where nothing was measured at all.
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
    use crate::palette::Palette;
    use crate::style::{Hand, Scale};
    use gan_core::Preset;
    use lab::{Inline, Session as _};

    fn lines() -> [Line; 2] {
        let snapshot = Inline::new(lab::Experiment::preset(Preset::Line, 1)).latest();
        let look = Look {
            scale: Scale::ONE,
            colours: &Palette::LIGHT,
            hand: Hand::Mouse,
        };
        Chart::Losses.lines(&snapshot, look)
    }

    fn course(values: impl IntoIterator<Item = f64>) -> Vec<Measured> {
        let measured = |(epoch, value)| Measured {
            epoch,
            discriminator_loss: Some(value),
            generator_loss: None,
            kl: 0.0,
            js: 0.0,
            summary: lab::Summary::default(),
        };
        (0..).zip(values).map(measured).collect()
    }

    #[test]
    fn every_measurement_is_a_column_where_there_is_room() {
        let course = course([0.5, 0.7, 0.6, f64::NAN, 0.2]);
        let [discriminator, generator] = columns(&course, &lines(), Epochs::whole(0), 100.0);
        let points: Vec<_> = discriminator
            .iter()
            .map(|column| (column.epoch, column.middle))
            .collect();
        assert_eq!(points, [(0.0, 0.5), (1.0, 0.7), (2.0, 0.6), (4.0, 0.2)]);
        assert!(discriminator.iter().all(|column| column.least == column.most));
        assert_eq!(generator, []);
    }

    #[test]
    fn a_spike_stays_in_the_band_and_leaves_the_line() {
        let course = course((0..4000).map(|epoch| if epoch == 1234 { 30.0 } else { 0.5 }));
        let [columns, _] = columns(&course, &lines(), Epochs::whole(4000), 400.0);
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
            let [columns, _] = columns(
                &course(values[..=epochs].iter().copied()),
                &lines(),
                Epochs::whole(epochs as u64),
                400.0,
            );
            columns
        };
        let (before, after) = (of(2500), of(3099));
        assert_eq!(before[..before.len() - 1], after[..before.len() - 1]);
    }

    #[test]
    fn the_nearest_of_two() {
        let course = course([0.1, 0.2, 0.3]);
        let nearest = |epoch| nearest(&course, epoch).epoch;
        assert_eq!([-5.0, 0.4, 0.6, 1.5, 99.0].map(nearest), [0, 0, 1, 1, 2]);
    }
}
