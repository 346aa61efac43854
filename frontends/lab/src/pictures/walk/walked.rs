//! The generator's samples along a walk.

use gan_core::configuration::{Noise, NoiseKind};
use gan_core::evaluate::{Evaluator, evaluation_words};
use gan_core::{Network, Point, Reference};

use super::point::RADIUS;
use super::{STATIONS, Walk};
use crate::{Slice, Snapshot, run::instructions};

/// A path in the plane shorter than this, in sides of the unit square, is none that can be seen.
const STANDSTILL: f64 = 0.01;
/// How many times its mean a speed is that is more than a matter of taste.
const LEAPING: f32 = 1.5;
/// How far from its sphere noise is still as good as on it.
const ON_SPHERE: f64 = 0.01;
/// How far outside its cube noise is still in it: what rounding leaves.
const IN_CUBE: f32 = 1e-6;

/// A walk, and its image in the plane: [`STATIONS`] of both.
#[derive(Clone, Debug, PartialEq)]
pub struct Walked {
    dimensions: usize,
    /// `[station][component]`, 0–1.
    noise: Vec<f32>,
    /// `[station]`
    path: Vec<Point>,
    /// `[step]`
    speeds: Vec<f32>,
    /// `[station]`
    drawn: Vec<bool>,
}

/// How evenly the generator goes along.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Evenness {
    /// All of the walk becomes (nearly) one sample.
    Still,
    /// No stretch stands out: each half of the way takes at least a third of the walk.
    Even,
    /// Somewhere it runs.
    Leaps(Leap),
}

/// The shortest stretch of the walk in which the generator makes half of its way: a spike of a step is none, however
/// high, and a leap is found however wide.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Leap {
    /// The beginning of the leap, as a share of the walk, 0–1.
    pub from: f32,
    /// The end of the leap, as a share of the walk, 0–1.
    pub to: f32,
    /// Its mean speed, in those of the whole walk, more than 1.5.
    pub times: f32,
}

impl Walked {
    /// Runs a snapshot's generator along a walk.
    #[must_use]
    pub fn of(walk: &Walk, snapshot: &Snapshot) -> Self {
        let configuration = &snapshot.configuration;
        let inputs = configuration.techniques.inputs;
        Self::with(walk, configuration.noise, |noise, path| {
            let shape = configuration.inference_shape(Network::Generator);
            let mut scratch = vec![0.0; evaluation_words(&shape)];
            let seen: Vec<f32> = noise
                .iter()
                .map(|component| inputs.normalize(*component))
                .collect();
            Evaluator::<Reference>::new(shape, snapshot.generator_at_points(), &mut scratch)
                .of(&configuration.techniques)
                .with_instructions(instructions::current())
                .generate(&seen, path);
        })
    }

    /// Runs any generator along a walk, like [`Self::of`]: `generate` writes the samples of noise,
    /// `[station][component]`, 0–1.
    fn with(walk: &Walk, of: Noise, generate: impl FnOnce(&[f32], &mut [Point])) -> Self {
        let dimensions = of.dimensions.get();
        let noise = walk.stations(dimensions);
        let mut path = vec![[0.0; 2]; STATIONS];
        generate(&noise, &mut path);
        let stations = || noise.chunks_exact(dimensions);
        let speeds = stations()
            .zip(stations().skip(1))
            .zip(path.windows(2))
            .map(|((from, to), places)| {
                let went = distance(from, to);
                // Who does not move is not fast, whatever rounding says.
                if went > 0.0 {
                    (distance(&places[0], &places[1]) / went) as f32
                } else {
                    0.0
                }
            })
            .collect();
        let drawn = stations().map(|at| can_be_drawn(of.kind, at)).collect();
        Self {
            dimensions,
            noise,
            path,
            speeds,
            drawn,
        }
    }

    /// The path in the plane, `[STATIONS]`.
    #[must_use]
    pub fn path(&self) -> &[Point] {
        &self.path
    }

    /// How fast it goes from each station to the next: distance in the plane over distance in the space of noise,
    /// both in sides of a unit square, so that 1 keeps lengths. `[STATIONS − 1]`, finite, ≥ 0; where the walk itself
    /// rests, 0.
    #[must_use]
    pub fn speeds(&self) -> &[f32] {
        &self.speeds
    }

    /// Whether noise is ever drawn at a station: not outside its cube, and of noise on a sphere not off that.
    #[must_use]
    pub fn is_drawn(&self, station: usize) -> bool {
        self.drawn[station]
    }

    /// The share of the stations where noise is never drawn, 0–1.
    #[must_use]
    pub fn share_never_drawn(&self) -> f32 {
        self.drawn.iter().filter(|drawn| !**drawn).count() as f32 / STATIONS as f32
    }

    /// Places of the stations in the noise's square, as in [`Snapshot::noise_places`]: noise of one
    /// dimension lies on the middle line.
    pub fn noise_places(&self, slice: Slice) -> impl Iterator<Item = Point> + '_ {
        let component = |at: &[f32], index: usize| at.get(index).copied().unwrap_or(0.5);
        let stations = self.noise.chunks_exact(self.dimensions);
        stations.map(move |at| [component(at, slice.across()), component(at, slice.up())])
    }

    /// The speed at a share of the walk, 0–1.
    #[must_use]
    pub fn speed_at(&self, share: f32) -> f32 {
        // A negative share, or a NaN, casts to 0.
        let step = (share * self.speeds.len() as f32) as usize;
        self.speeds[step.min(self.speeds.len() - 1)]
    }

    /// Length of each step in the plane.
    fn lengths(&self) -> impl Iterator<Item = f64> + '_ {
        self.path
            .windows(2)
            .map(|places| distance(&places[0], &places[1]))
    }

    /// How evenly it goes, and where not.
    #[must_use]
    pub fn evenness(&self) -> Evenness {
        let path: Vec<f64> = self.lengths().collect();
        let stations = self.noise.chunks_exact(self.dimensions);
        let walk = stations
            .clone()
            .zip(stations.skip(1))
            .map(|(from, to)| distance(from, to));
        let walk: Vec<f64> = walk.collect();
        let [length, went] = [&path, &walk].map(|steps| steps.iter().sum::<f64>());
        // A NaN would be still too.
        if !(length >= STANDSTILL && went > 0.0) {
            return Evenness::Still;
        }
        // Both ends of a stretch only ever move on: for each end, the last beginning from which half is reached.
        let (mut begin, mut within) = (0, 0.0);
        let (mut least, mut stretch) = (f64::INFINITY, 0..walk.len());
        for end in 0..path.len() {
            within += path[end];
            while within - path[begin] >= 0.5 * length && begin < end {
                within -= path[begin];
                begin += 1;
            }
            let taken: f64 = walk[begin..=end].iter().sum();
            if within >= 0.5 * length && taken < least {
                (least, stretch) = (taken, begin..end + 1);
            }
        }
        let share = |station: usize| station as f32 / (STATIONS - 1) as f32;
        let of_path: f64 = path[stretch.clone()].iter().sum();
        let times = (of_path / least / (length / went)) as f32;
        if !(times > LEAPING) {
            return Evenness::Even;
        }
        Evenness::Leaps(Leap {
            from: share(stretch.start),
            to: share(stretch.end),
            times,
        })
    }
}

fn distance(from: &[f32], to: &[f32]) -> f64 {
    let squares = from
        .iter()
        .zip(to)
        .map(|(from, to)| f64::from(*to) - f64::from(*from));
    libm::sqrt(squares.map(|apart| apart * apart).sum())
}

fn can_be_drawn(kind: NoiseKind, at: &[f32]) -> bool {
    match kind {
        NoiseKind::Uniform | NoiseKind::Normal => at
            .iter()
            .all(|component| (-IN_CUBE..=1.0 + IN_CUBE).contains(component)),
        NoiseKind::Spherical => {
            let middle = [0.5; gan_core::configuration::NoiseDimensions::MOST.get()];
            (distance(&middle[..at.len()], at) - RADIUS).abs() <= ON_SPHERE
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{Command, Drawing, Experiment, Inline, Manifold, NoisePoint, Session as _, Setting};
    use gan_core::Preset;
    use gan_core::configuration::NoiseDimensions;

    fn noise(kind: NoiseKind, dimensions: u32) -> Noise {
        Noise {
            kind,
            dimensions: NoiseDimensions::new(dimensions).unwrap(),
        }
    }

    fn straight(from: &[f32], to: &[f32]) -> Walk {
        Walk::Straight {
            from: NoisePoint::of(from),
            to: NoisePoint::of(to),
        }
    }

    fn circle(from: &[f32], to: &[f32]) -> Walk {
        Walk::GreatCircle {
            from: NoisePoint::of(from),
            to: NoisePoint::of(to),
        }
    }

    #[test]
    fn a_linear_generator_is_as_fast_everywhere_as_it_stretches_that_way() {
        // Twice as wide, half as high: along (3, 4)/5 a step of 1 becomes one of √(1.2² + 0.4²).
        let walked = Walked::with(
            &straight(&[0.1, 0.1], &[0.7, 0.9]),
            noise(NoiseKind::Uniform, 2),
            |noise, path| {
                for (place, at) in path.iter_mut().zip(noise.chunks_exact(2)) {
                    *place = [2.0 * at[0], 0.5 * at[1]];
                }
            },
        );
        let expected = (1.2_f32 * 1.2 + 0.4 * 0.4).sqrt();
        assert!(
            walked
                .speeds()
                .iter()
                .all(|speed| (speed - expected).abs() < 1e-3)
        );
        assert!((walked.lengths().sum::<f64>() - f64::from(expected)).abs() < 1e-5);
        assert_eq!(walked.evenness(), Evenness::Even);
        assert_eq!(walked.share_never_drawn(), 0.0);
        let [x, y] = walked.path()[STATIONS / 4];
        assert!((x - 0.5).abs() < 1e-5 && (y - 0.15).abs() < 1e-5);
    }

    #[test]
    fn a_leap_is_found_where_it_is() {
        // Still but for a tenth of the way.
        let walk = Walk::Dimension {
            dimension: 0,
            others: NoisePoint::MIDDLE,
        };
        let leaping = |noise: &[f32], path: &mut [Point]| {
            for (place, at) in path.iter_mut().zip(noise) {
                *place = [((at - 0.4) / 0.1).clamp(0.0, 1.0), 0.5];
            }
        };
        let walked = Walked::with(&walk, noise(NoiseKind::Uniform, 1), leaping);
        let Evenness::Leaps(leap) = walked.evenness() else {
            panic!("{:?}", walked.evenness());
        };
        assert!(leap.from > 0.394 && leap.to < 0.506, "{leap:?}");
        assert!(
            (leap.to - leap.from - 0.05).abs() < 0.006 && (leap.times - 10.0).abs() < 0.01,
            "{leap:?}"
        );
        assert!((walked.speed_at(0.45) - 10.0).abs() < 0.01 && walked.speed_at(0.2) == 0.0);
    }

    #[test]
    fn a_spike_is_no_leap_and_of_two_leaps_the_faster_counts() {
        let walk = Walk::Dimension {
            dimension: 0,
            others: NoisePoint::MIDDLE,
        };
        let of = |place: fn(f32) -> f32| {
            Walked::with(&walk, noise(NoiseKind::Uniform, 1), |noise, path| {
                for (place_of, at) in path.iter_mut().zip(noise) {
                    *place_of = [place(*at), 0.5];
                }
            })
        };
        // Eight times as fast, for one step.
        let spiked = of(|at| at + if at > 0.5 { 7.0 / 200.0 } else { 0.0 });
        assert!(spiked.speeds().iter().any(|speed| *speed > 7.9));
        assert_eq!(spiked.evenness(), Evenness::Even);
        // A third of the way in a tenth, two thirds in a twentieth.
        let twice = of(|at| ((at - 0.2) / 0.1).clamp(0.0, 1.0) + 2.0 * ((at - 0.7) / 0.05).clamp(0.0, 1.0));
        let Evenness::Leaps(leap) = twice.evenness() else {
            panic!("{:?}", twice.evenness());
        };
        assert!(leap.from > 0.69 && leap.to < 0.76, "{leap:?}");
    }

    #[test]
    fn what_stands_still_is_said_to_and_nothing_is_nan() {
        let nowhere = |_: &[f32], path: &mut [Point]| path.fill([0.5, 0.5]);
        let walk = circle(&[0.5, 0.5], &[0.5, 0.5]);
        let walked = Walked::with(&walk, noise(NoiseKind::Normal, 2), nowhere);
        assert_eq!(walked.evenness(), Evenness::Still);
        assert!(walked.speeds().iter().all(|speed| *speed == 0.0));
        // A walk that rests is not fast, even if the generator were not a function.
        let jumping = |_: &[f32], path: &mut [Point]| {
            path.iter_mut()
                .enumerate()
                .for_each(|(station, place)| *place = [station as f32, 0.0]);
        };
        let walked = Walked::with(&walk, noise(NoiseKind::Normal, 2), jumping);
        assert!(walked.speeds().iter().all(|speed| *speed == 0.0));
        assert_eq!(walked.evenness(), Evenness::Still);
        for share in [-1.0, 0.0, 0.999_999, 1.0, 7.0, f32::NAN] {
            assert!(walked.speed_at(share).is_finite());
        }
    }

    #[test]
    fn noise_that_is_never_drawn_is_told_from_noise_that_is() {
        let nothing = |_: &[f32], _: &mut [Point]| {};
        // From corner to corner the circle leaves the square, the straight line does not.
        let corners: [&[f32]; 2] = [&[0.95, 0.05], &[0.95, 0.95]];
        let of = |walk: &Walk, kind| Walked::with(walk, noise(kind, 2), nothing);
        let round = of(&circle(corners[0], corners[1]), NoiseKind::Uniform);
        assert!(round.is_drawn(0) && !round.is_drawn(STATIONS / 2) && round.is_drawn(STATIONS - 1));
        assert_eq!(
            of(&straight(corners[0], corners[1]), NoiseKind::Normal).share_never_drawn(),
            0.0
        );
        // On a sphere it is the other way round.
        let ends: [&[f32]; 2] = [&[1.0, 0.5], &[0.5, 1.0]];
        assert_eq!(
            of(&circle(ends[0], ends[1]), NoiseKind::Spherical).share_never_drawn(),
            0.0
        );
        let chord = of(&straight(ends[0], ends[1]), NoiseKind::Spherical);
        assert!(chord.is_drawn(0) && chord.share_never_drawn() > 0.9);
    }

    #[test]
    fn along_the_only_dimension_a_walk_is_the_manifold() {
        let mut configuration = Preset::Ring.configuration();
        for dimensions in [1, 2] {
            configuration.noise = noise(NoiseKind::Uniform, dimensions);
            let mut run = Inline::new(Experiment::new(configuration, 3, Drawing::default()).unwrap());
            run.run_epochs(50).unwrap();
            let snapshot = run.latest();
            let walk = Walk::Dimension {
                dimension: 0,
                others: NoisePoint::MIDDLE,
            };
            let walked = Walked::of(&walk, &snapshot);
            match &snapshot.manifold {
                Manifold::Curve { vertices, .. } => assert_eq!(walked.path(), vertices),
                // The row of the grid in the middle has a vertex at every tenth station.
                Manifold::Grid { vertices, .. } => {
                    let row = &vertices[10 * 21..][..21];
                    for (vertex, place) in row.iter().zip(walked.path().iter().step_by(10)) {
                        assert!((0..2).all(|axis| (vertex[axis] - place[axis]).abs() < 1e-6));
                    }
                }
            }
        }
    }

    #[test]
    fn between_two_samples_it_begins_and_ends_at_them_whatever_the_noise_and_the_networks_are() {
        for difference in [
            "noise.kind=normal",
            "noise.kind=spherical",
            "noise.dimensions=9",
            "noise.dimensions=1",
            "inputs=centred",
            "generator.normalization=batch",
        ] {
            let preset = Preset::Ring.configuration();
            let mut run = Inline::new(Experiment::preset(Preset::Ring, 3));
            run.send(Command::Compare(Some(
                Setting::written(difference, &preset).unwrap(),
            )));
            run.run_epochs(5).unwrap();
            let first = run.latest();
            let second = Arc::clone(&first.beside.as_ref().unwrap().run);
            for snapshot in [&first, &second] {
                let [from, to] = NoisePoint::pair(&snapshot.experiment, 1);
                for walk in [Walk::Straight { from, to }, Walk::GreatCircle { from, to }] {
                    let walked = Walked::of(&walk, snapshot);
                    for (place, sample) in [(walked.path()[0], 2), (walked.path()[STATIONS - 1], 3)] {
                        let apart = distance(&place, &snapshot.fake[sample]);
                        assert!(apart < 1e-5, "{difference}: {apart}");
                    }
                    assert!(
                        walked
                            .speeds()
                            .iter()
                            .all(|speed| speed.is_finite() && *speed >= 0.0)
                    );
                }
            }
            // The first run's ends mean something in the second, whose noise is another.
            let [from, to] = NoisePoint::pair(&first.experiment, 0);
            let walked = Walked::of(&Walk::GreatCircle { from, to }, &second);
            assert!(
                walked.path().as_flattened().iter().all(|x| x.is_finite()),
                "{difference}"
            );
        }
    }
}
