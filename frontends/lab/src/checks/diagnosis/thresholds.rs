//! Thresholds at which words begin. All but [`EXPLODING`] were set on the runs of
//! `fixtures/diagnosis/train.csv`, whose README says how often the words are right on runs that
//! nobody had seen.

/// Epochs before which nothing is told but that a run diverged: from then on there is a check in the quarter before.
pub const EARLY: f64 = 750.0;
/// Norm of a gradient above which it explodes: a hundred times what updates of GAN Lab's presets have. Pascanu et
/// al. (2013, section 3.2) cut norms off at some tens.
pub const EXPLODING: f64 = 100.0;
/// Share of a layer's units that are dead. In layers of five to ten units one that lives may be left.
pub const DEAD: f64 = 0.8;
/// Spread of G's samples, in spreads of the real ones, below which they are one point.
pub const POINT: f64 = 0.0005;
/// Range of D's probabilities below which it says the same of all.
pub const SAME: f64 = 0.0025;
/// Share of the fakes that D finds more real than half of the real samples, from which on it is fooled; ½ where
/// it cannot tell.
pub const FOOLED: f64 = 0.7;
/// Share of the fakes that lie where real samples do, below which they are rubbish, and from which on what is there
/// is learnt.
pub const PRECISE: f64 = 0.5;
/// Swings of an oscillation in the later half of a run: there and back three times.
pub const SWINGS: f64 = 6.0;
/// Swings in the last quarter, from which on the oscillation still goes on.
pub const LATE_SWINGS: f64 = 2.0;
/// How often an oscillation goes as far as it gets: nearly twice there and back.
pub const TURNS: f64 = 3.5;
/// Share of the real samples that are missed when modes are lost.
pub const LOST: f64 = 0.25;
/// The same, by modes of the target.
pub const LOST_MODES: f64 = 0.15;
/// How well a too strong D tells samples apart.
pub const SEPARATED: f64 = 0.97;
/// D's loss of a D that is sure.
pub const SURE: f64 = 0.1;
/// Norm of G's gradient that is as good as none.
pub const VANISHING: f64 = 0.01;
/// Shortest period that the window knows, in epochs.
pub const PERIOD: f64 = 80.0;
/// JS above its floor, in bits, up to which a run is good.
pub const GOOD: f64 = 0.7;
/// Share of the fakes that lie where real samples do, in a good run.
pub const GOOD_PRECISION: f64 = 0.5;
/// Share of the real samples that a good run misses at most.
pub const GOOD_MISSED: f64 = 0.3;
/// How far the fakes of a good run mostly are from the real samples: a third of the way that one point has.
pub const GOOD_WASSERSTEIN: f64 = 0.33;
/// Part of that distance that has to go from one quarter to the next for a run to be getting better.
pub const WASSERSTEIN_FELL: f64 = 0.15;
/// The least that has to.
pub const LEAST_WASSERSTEIN_FELL: f64 = 0.02;
/// Part of what is imprecise and missed that has to go.
pub const DEFICIT_FELL: f64 = 0.15;
/// The least that has to.
pub const LEAST_DEFICIT_FELL: f64 = 0.05;
/// The least of either that has to, in standard deviations within a quarter.
pub const DEVIATIONS_FELL: f64 = 1.0;
/// How often a glance has less than one a quarter earlier when a figure falls (McGraw and Wong 1992).
pub const MOSTLY: f64 = 0.75;
/// So many times what would count as a fall is a rise.
pub const ROSE: f64 = 1.0;
