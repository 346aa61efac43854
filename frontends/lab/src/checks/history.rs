//! Losses and divergences over the whole run, in bounded memory.
//!
//! Every measurement is kept until there are [`CAPACITY`]. Then epochs are gathered into spans of a power
//! of two, and of each span stay the first and the last measurement and those where a series is least or
//! most: what a line needs to look as if nothing had gone (M4; Jugel, Jerzak, Hackenbroich and Markl,
//! VLDB 2014). Whole measurements stay, so all series are known wherever one is at an extreme. Spans begin
//! at fixed epochs and what stays of two is what stays of their union, so thinning in steps loses
//! nothing that thinning at once would keep.
//!
//! [`Inline`](crate::Inline) measures at fixed epochs, so its pictures do not depend on how a run
//! was cut into calls. A run in the window is measured as often as the looker finds time, so a
//! spike between two looks, 1/60 s apart, is not in its charts.

use crate::{Glance, Glances, Summary};

/// Measurements at the end of an epoch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measured {
    /// Completed epochs.
    pub epoch: u64,
    /// The discriminator's loss, halved as in GAN Lab; `None` before its first update.
    pub discriminator_loss: Option<f64>,
    /// The generator's loss; `None` before its first update.
    pub generator_loss: Option<f64>,
    /// KL(real ‖ fake) in bits.
    pub kl: f64,
    /// Jensen–Shannon divergence in bits, 0–1.
    pub js: f64,
    /// Further measurements at that time: none at most epochs, as they take longer.
    pub summary: Summary,
}

/// One of the figures measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Series {
    /// The discriminator's loss.
    DiscriminatorLoss,
    /// The generator's loss.
    GeneratorLoss,
    /// Kullback–Leibler divergence.
    Kl,
    /// Jensen–Shannon divergence.
    Js,
}

impl Series {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::DiscriminatorLoss, Self::GeneratorLoss, Self::Kl, Self::Js];
}

impl Series {
    /// The name in files and conditions.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::DiscriminatorLoss => "d_loss",
            Self::GeneratorLoss => "g_loss",
            Self::Kl => "kl",
            Self::Js => "js",
        }
    }
}

impl Measured {
    /// A figure, if there is one and it is finite.
    #[must_use]
    pub fn value(&self, series: Series) -> Option<f64> {
        let value = match series {
            Series::DiscriminatorLoss => self.discriminator_loss,
            Series::GeneratorLoss => self.generator_loss,
            Series::Kl => Some(self.kl),
            Series::Js => Some(self.js),
        };
        value.filter(|value| value.is_finite())
    }
}

#[cfg(test)]
impl Measured {
    /// A check with these figures and no others.
    pub(crate) fn check(epoch: u64, js: f64, summary: Summary) -> Self {
        Self {
            epoch,
            discriminator_loss: None,
            generator_loss: None,
            kl: 1.0,
            js,
            summary,
        }
    }
}

/// The most measurements kept: some 2 MiB of them.
pub const CAPACITY: usize = 4096;

/// The most measurements that stay of a span: its ends, the last with a summary, and the least and
/// the most of each series.
const MOST_OF_A_SPAN: usize = 3 + 2 * Series::ALL.len();

/// Up to this epoch each one is due, then every second, from twice as far on every fourth.
const EACH_IS_DUE: u64 = 1024;

/// Measurements in order of epochs: at most [`CAPACITY`], however long the run, the least and the most of
/// every series among them, each at its epoch.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    measured: Vec<Measured>,
    glances: Glances,
    /// A span's length, as a power of two.
    span: u32,
}

impl History {
    /// All measurements kept, oldest first.
    #[must_use]
    pub fn measured(&self) -> &[Measured] {
        &self.measured
    }

    /// Glances kept, oldest first.
    #[must_use]
    pub fn glances(&self) -> &[Glance] {
        self.glances.as_slice()
    }

    /// Takes a glance, unless it is not later than the last one.
    pub fn glance(&mut self, glance: Glance) {
        self.glances.record(glance);
    }

    /// Epochs of a span; 1 as long as every measurement is kept. Less than a 200th of the run otherwise.
    #[must_use]
    pub const fn span(&self) -> u64 {
        1 << self.span
    }

    /// The epoch to measure next, for whoever measures at epochs that depend on nothing but how far
    /// the run is: 512 of them each time that it doubles, as a measurement takes longer than an epoch.
    #[must_use]
    pub fn due(&self) -> u64 {
        let Some(last) = self.measured.last() else {
            return 0;
        };
        let step = match last.epoch / EACH_IS_DUE {
            0 => 1,
            times => 2 << times.ilog2(),
        };
        (last.epoch / step + 1) * step
    }

    /// Takes a measurement, unless it is not later than the last one.
    pub fn record(&mut self, measured: Measured) {
        if self
            .measured
            .last()
            .is_some_and(|last| measured.epoch <= last.epoch)
        {
            return;
        }
        self.measured.push(measured);
        let begun = measured.epoch >> self.span;
        self.thin(
            self.measured
                .partition_point(|other| other.epoch >> self.span < begun),
        );
        while self.measured.len() > CAPACITY {
            self.span += 1;
            self.thin(0);
        }
    }

    /// Forgets what came after an epoch: the run goes another way from there.
    pub fn cut(&mut self, epoch: u64) {
        self.measured
            .truncate(self.measured.partition_point(|measured| measured.epoch <= epoch));
        self.glances.cut(epoch);
    }

    /// Keeps what stays of each span, from the one that begins at this place on.
    fn thin(&mut self, mut begin: usize) {
        let mut kept = begin;
        while let Some(first) = self.measured.get(begin) {
            let span = first.epoch >> self.span;
            let rest = &self.measured[begin..];
            let length = rest.partition_point(|measured| measured.epoch >> self.span == span);
            let stays = what_stays(&rest[..length]);
            for (index, place) in stays.iter().enumerate() {
                if index == 0 || stays[index - 1] != *place {
                    self.measured[kept] = self.measured[begin + place];
                    kept += 1;
                }
            }
            begin += length;
        }
        self.measured.truncate(kept);
    }
}

/// Places of a span's first and last measurement, of the last with a summary, and of each series' least and most, the earliest of
/// equal ones; in order, the same place perhaps several times.
fn what_stays(span: &[Measured]) -> [usize; MOST_OF_A_SPAN] {
    let mut places = [0; MOST_OF_A_SPAN];
    places[1] = span.len() - 1;
    let summed_up = |measured: &Measured| measured.summary != Summary::default();
    places[2] = span.iter().rposition(summed_up).unwrap_or(0);
    for (extremes, series) in places[3..].chunks_exact_mut(2).zip(Series::ALL) {
        let [mut least, mut most] = [None; 2];
        for (place, measured) in span.iter().enumerate() {
            let Some(value) = measured.value(series) else {
                continue;
            };
            if least.is_none_or(|(_, so_far)| value < so_far) {
                least = Some((place, value));
            }
            if most.is_none_or(|(_, so_far)| value > so_far) {
                most = Some((place, value));
            }
        }
        for (extreme, found) in extremes.iter_mut().zip([least, most]) {
            *extreme = found.map_or(0, |(place, _)| place);
        }
    }
    places.sort_unstable();
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(epoch: u64, values: [f64; 4]) -> Measured {
        let [discriminator, generator, kl, js] = values;
        Measured {
            epoch,
            discriminator_loss: Some(discriminator),
            generator_loss: Some(generator),
            kl,
            js,
            summary: Summary::default(),
        }
    }

    /// Epochs that differ by 1 to `gap`, with values of which some are equal and some not finite.
    fn course(length: usize, gap: u64) -> impl Strategy<Value = Vec<Measured>> {
        let value = || {
            prop_oneof![
                8 => -1.0..1.0f64,
                1 => proptest::sample::select(vec![0.5, 0.5, f64::NAN, f64::INFINITY]),
            ]
        };
        let one = (1..=gap, [value(), value(), value(), value()], any::<bool>());
        proptest::collection::vec(one, 1..length).prop_map(|ones| {
            let mut epoch = 0;
            let place = |(distance, values, judged): (u64, [f64; 4], bool)| {
                epoch += distance;
                Measured {
                    discriminator_loss: Some(values[0]).filter(|_| judged),
                    ..at(epoch - 1, values)
                }
            };
            ones.into_iter().map(place).collect()
        })
    }

    fn recorded(course: &[Measured]) -> History {
        let mut history = History::default();
        for measured in course {
            history.record(*measured);
        }
        history
    }

    /// A NaN equals nothing, but the same course gives the same bits.
    fn same(one: &History, other: &History) -> bool {
        format!("{one:?}") == format!("{other:?}")
    }

    /// The earliest epochs where a series is least and most.
    fn extremes(course: &[Measured], series: Series) -> Option<[(u64, f64); 2]> {
        let mut values = course
            .iter()
            .filter_map(|measured| Some((measured.epoch, measured.value(series)?)));
        let first = values.next()?;
        Some(values.fold([first; 2], |[least, most], point| {
            [
                if point.1 < least.1 { point } else { least },
                if point.1 > most.1 { point } else { most },
            ]
        }))
    }

    /// The measurement kept of this epoch, or the next one after it.
    fn kept_at(history: &History, epoch: u64) -> &Measured {
        let kept = history.measured();
        &kept[kept.partition_point(|measured| measured.epoch < epoch)]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn extremes_and_ends_survive_any_length_in_bounded_memory(
            course in course(30_000, 3).boxed().prop_union(course(6_000, 1_000_000).boxed())
        ) {
            let history = recorded(&course);
            let kept = history.measured();
            prop_assert!(kept.len() <= CAPACITY);
            prop_assert_eq!(format!("{:?}", kept[0]), format!("{:?}", course[0]));
            prop_assert_eq!(kept.last().unwrap().epoch, course.last().unwrap().epoch);
            for series in Series::ALL {
                prop_assert_eq!(extremes(kept, series), extremes(&course, series));
            }
            let ran = course.last().unwrap().epoch - course[0].epoch;
            prop_assert!(history.span() == 1 || 200 * history.span() < ran, "{} of {ran}", history.span());
            // Nothing that was measured is further than a span from what was kept.
            let near = course.iter().all(|measured| {
                let next = kept_at(&history, measured.epoch);
                next.epoch - measured.epoch < history.span()
            });
            prop_assert!(near);
        }

        #[test]
        fn every_span_keeps_its_own_extremes(course in course(20_000, 3)) {
            let history = recorded(&course);
            let span = |measured: &Measured| measured.epoch / history.span();
            let kept: Vec<_> = history.measured().chunk_by(|one, other| span(one) == span(other)).collect();
            let all: Vec<_> = course.chunk_by(|one, other| span(one) == span(other)).collect();
            prop_assert_eq!(kept.len(), all.len());
            for (kept, all) in kept.into_iter().zip(all) {
                prop_assert!(kept.len() <= MOST_OF_A_SPAN);
                for series in Series::ALL {
                    prop_assert_eq!(extremes(kept, series), extremes(all, series));
                }
            }
        }

        #[test]
        fn what_is_kept_does_not_depend_on_stops_on_the_way(
            course in course(12_000, 3), stops in proptest::collection::vec(0..12_000usize, 0..8)
        ) {
            let whole = recorded(&course);
            // A copy taken on the way, as snapshots are, and measurements said twice.
            let mut parts = History::default();
            for (place, measured) in course.iter().enumerate() {
                parts.record(*measured);
                if stops.contains(&place) {
                    let copy = parts.clone();
                    parts.record(*measured);
                    prop_assert!(same(&copy, &parts));
                    parts = copy;
                }
            }
            prop_assert!(same(&whole, &parts));
        }
    }

    #[test]
    fn a_run_of_ten_million_epochs_keeps_one_spike() {
        let mut history = History::default();
        for epoch in 0..10_000_000_u64 {
            let calm = [0.5 + 1e-9 * (epoch % 977) as f64; 4];
            let values = if epoch == 4_444_444 {
                [9.0, 0.5, 0.5, 0.5]
            } else {
                calm
            };
            history.record(at(epoch, values));
        }
        assert!(history.measured().len() <= CAPACITY && history.measured().len() > CAPACITY / 8);
        let spike = extremes(history.measured(), Series::DiscriminatorLoss).unwrap()[1];
        assert_eq!(spike, (4_444_444, 9.0));
        // All the other series are known there too.
        assert_eq!(kept_at(&history, 4_444_444).value(Series::Js), Some(0.5));
    }

    #[test]
    fn rare_summaries_stay_when_a_long_run_is_thinned() {
        let mut history = History::default();
        for epoch in 0..1_000_000_u64 {
            let summary = Summary {
                ndb: epoch.is_multiple_of(2_000).then_some(0.5),
                ..Summary::default()
            };
            history.record(Measured {
                summary,
                ..at(epoch, [0.5; 4])
            });
        }
        let summed_up = history
            .measured()
            .iter()
            .filter(|measured| measured.summary.ndb.is_some());
        assert_eq!(summed_up.count(), 500);
    }

    #[test]
    fn another_way_begins_where_the_first_was_left() {
        let mut history = History::default();
        for epoch in [0, 1, 5, 8] {
            history.record(at(epoch, [0.0; 4]));
        }
        history.cut(6);
        history.record(at(7, [1.0; 4]));
        let epochs: Vec<_> = history.measured().iter().map(|measured| measured.epoch).collect();
        assert_eq!(epochs, [0, 1, 5, 7]);
    }

    #[test]
    fn an_epoch_is_taken_once() {
        let mut history = History::default();
        history.record(at(5, [0.0; 4]));
        history.record(at(5, [1.0; 4]));
        history.record(at(3, [1.0; 4]));
        assert_eq!(history.measured(), [at(5, [0.0; 4])]);
    }

    #[test]
    fn measurements_get_rarer_as_the_run_gets_longer() {
        let mut history = History::default();
        while history.due() < 8192 {
            history.record(at(history.due(), [0.0; 4]));
        }
        assert_eq!(history.measured().len(), 1024 + 3 * 512);
        assert_eq!(history.due(), 8192);
        let epochs = |place: usize| history.measured()[place].epoch;
        assert_eq!(
            [1023, 1024, 1025, 1536, 1537].map(epochs),
            [1023, 1024, 1026, 2048, 2052]
        );
    }
}
