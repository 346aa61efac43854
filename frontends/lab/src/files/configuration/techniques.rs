//! The tables of techniques that belong to neither network alone: each with what it says, how that is put onto
//! a base, and how it is written.
//!
//! A number that is left out is the base's or, where the base has the technique switched off, the one that its
//! paper takes. `"none"` switches off.

use gan_core::techniques::{
    Bound, DecayEpochs, Deviation, FadeEpochs, FeatureMatching, InstanceNoise, Penalty, RateDecay, Replay,
    ReplayCapacity, ReplayedSamples, Share, SoftLabels, Techniques, Weight,
};
use serde::{Deserialize, Serialize};
use toml::Spanned;

use super::names::{PenaltyName, RateDecayName};
use super::value::{OrNone, checked, in_vain, set, written};
use super::{Extent, Problem};

/// Weight of R1 (γ = 10 with images; on points of the plane 1 is enough to still D).
const R1_WEIGHT: f32 = 1.0;
/// Weight of the gradient penalty (Gulrajani et al. 2017, section 4).
const GRADIENT_WEIGHT: f32 = 10.0;
/// Where weights are clipped (Arjovsky et al. 2017, algorithm 1).
const BOUND: f32 = 0.01;
/// Places for old fake samples: those of some hundred batches.
const CAPACITY: u32 = 10_000;
/// Epochs over which rates decay.
const DECAY_EPOCHS: u32 = 10_000;

/// `[labels]`: what D's loss takes for real and fake.
#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LabelsTable {
    real_weight: Option<Spanned<f32>>,
    real: Option<Spanned<f32>>,
    fake: Option<Spanned<f32>>,
    noise: Option<Spanned<f32>>,
}

impl LabelsTable {
    pub(super) fn onto(self, techniques: &mut Techniques) -> Result<(), Problem> {
        set(&mut techniques.real_weight, self.real_weight, Share::new)?;
        set(&mut techniques.labels.real, self.real, Share::new)?;
        set(&mut techniques.labels.fake, self.fake, Share::new)?;
        set(&mut techniques.label_noise, self.noise, Share::new)
    }

    pub(super) fn of(techniques: &Techniques, extent: Extent) -> Option<Self> {
        let none = Techniques::NONE;
        let share = |own: Share, usual: Share| extent.unless(own == usual, own.get());
        let SoftLabels { real, fake } = techniques.labels;
        let table = Self {
            real_weight: share(techniques.real_weight, none.real_weight),
            real: share(real, none.labels.real),
            fake: share(fake, none.labels.fake),
            noise: share(techniques.label_noise, none.label_noise),
        };
        let all = [&table.real_weight, &table.real, &table.fake, &table.noise];
        let some = all.iter().any(|value| value.is_some());
        some.then_some(table)
    }
}

/// `[penalty]`: a limit on how steep D is.
#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PenaltyTable {
    kind: Option<Spanned<PenaltyName>>,
    weight: Option<Spanned<f32>>,
    bound: Option<Spanned<f32>>,
}

impl PenaltyTable {
    pub(super) fn onto(self, base: Penalty) -> Result<Penalty, Problem> {
        let (base_kind, base_weight) = match base {
            Penalty::None => (PenaltyName::None, None),
            Penalty::Clipping(_) => (PenaltyName::Clipping, None),
            Penalty::R1(weight) => (PenaltyName::R1, Some(weight)),
            Penalty::Gradient(weight) => (PenaltyName::Gradient, Some(weight)),
        };
        let kind = self.kind.map_or(base_kind, Spanned::into_inner);
        if !matches!(kind, PenaltyName::R1 | PenaltyName::Gradient) {
            in_vain(
                self.weight.as_ref(),
                "a weight is a penalty's on D's gradient: give kind = \"r1\" or \"gradient\" in [penalty], or leave \
                 it out",
            )?;
        }
        if kind != PenaltyName::Clipping {
            in_vain(
                self.bound.as_ref(),
                "a bound is weight clipping's: give kind = \"clipping\" in [penalty], or leave it out",
            )?;
        }
        let weight = |usual: f32| match (self.weight, base_weight) {
            (Some(weight), _) => checked(weight, Weight::new),
            (None, Some(weight)) if kind == base_kind => Ok(weight),
            (None, _) => Ok(Weight::new(usual).expect("the default is in range")),
        };
        Ok(match (kind, base, self.bound) {
            (PenaltyName::None, ..) => Penalty::None,
            (PenaltyName::R1, ..) => Penalty::R1(weight(R1_WEIGHT)?),
            (PenaltyName::Gradient, ..) => Penalty::Gradient(weight(GRADIENT_WEIGHT)?),
            (PenaltyName::Clipping, _, Some(bound)) => Penalty::Clipping(checked(bound, Bound::new)?),
            (PenaltyName::Clipping, Penalty::Clipping(_), None) => base,
            (PenaltyName::Clipping, _, None) => {
                Penalty::Clipping(Bound::new(BOUND).expect("the default is in range"))
            }
        })
    }

    pub(super) fn of(penalty: Penalty, extent: Extent) -> Option<Self> {
        let (kind, weight, bound) = match penalty {
            Penalty::None => (PenaltyName::None, None, None),
            Penalty::Clipping(bound) => (PenaltyName::Clipping, None, Some(bound)),
            Penalty::R1(weight) => (PenaltyName::R1, Some(weight), None),
            Penalty::Gradient(weight) => (PenaltyName::Gradient, Some(weight), None),
        };
        let kind = extent.unless(penalty == Penalty::None, kind)?;
        Some(Self {
            kind: Some(kind),
            weight: weight.and_then(|weight| written(weight.get())),
            bound: bound.and_then(|bound| written(bound.get())),
        })
    }

    /// Where the kind stands.
    pub(super) fn place(&self) -> Option<usize> {
        self.kind.as_ref().map(|kind| kind.span().start)
    }
}

/// `[instance_noise]`: noise on what D sees.
#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct InstanceNoiseTable {
    deviation: Option<Spanned<OrNone<f32>>>,
    epochs: Option<Spanned<u32>>,
}

impl InstanceNoiseTable {
    pub(super) fn onto(self, base: Option<InstanceNoise>) -> Result<Option<InstanceNoise>, Problem> {
        let mut deviation = base.map(|base| base.deviation);
        super::value::set_or_none(&mut deviation, self.deviation, Deviation::new)?;
        let fade = fading(
            base.map(|base| base.fade),
            self.epochs,
            deviation.is_some(),
            "epochs are those in which instance noise fades: give a deviation in [instance_noise], or leave them \
             out",
        )?;
        Ok(deviation.map(|deviation| InstanceNoise { deviation, fade }))
    }

    pub(super) fn of(noise: Option<InstanceNoise>, extent: Extent) -> Option<Self> {
        let deviation = extent.or_none(noise.map(|noise| noise.deviation.get()))?;
        Some(Self {
            deviation: Some(deviation),
            epochs: noise.and_then(|noise| written(noise.fade.get() as u32)),
        })
    }
}

/// `[feature_matching]`: G matches D's features.
#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FeatureMatchingTable {
    weight: Option<Spanned<OrNone<f32>>>,
    epochs: Option<Spanned<u32>>,
}

impl FeatureMatchingTable {
    pub(super) fn onto(self, base: Option<FeatureMatching>) -> Result<Option<FeatureMatching>, Problem> {
        let mut weight = base.map(|base| base.weight);
        super::value::set_or_none(&mut weight, self.weight, Share::new)?;
        let fade = fading(
            base.map(|base| base.fade),
            self.epochs,
            weight.is_some(),
            "epochs are those in which feature matching fades: give a weight in [feature_matching], or leave them \
             out",
        )?;
        Ok(weight.map(|weight| FeatureMatching { weight, fade }))
    }

    pub(super) fn of(matching: Option<FeatureMatching>, extent: Extent) -> Option<Self> {
        let weight = extent.or_none(matching.map(|matching| matching.weight.get()))?;
        Some(Self {
            weight: Some(weight),
            epochs: matching.and_then(|matching| written(matching.fade.get() as u32)),
        })
    }
}

/// When something has faded; for ever the same, unless it is said.
fn fading(
    base: Option<FadeEpochs>,
    epochs: Option<Spanned<u32>>,
    fades: bool,
    vain: &str,
) -> Result<FadeEpochs, Problem> {
    if !fades {
        in_vain(epochs.as_ref(), vain)?;
    }
    let mut fade = base.unwrap_or(FadeEpochs::LEAST);
    set(&mut fade, epochs, FadeEpochs::new)?;
    Ok(fade)
}

/// `[replay]`: old fake samples in D's batches.
#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReplayTable {
    samples: Option<Spanned<OrNone<u32>>>,
    capacity: Option<Spanned<u32>>,
}

impl ReplayTable {
    pub(super) fn onto(self, base: Option<Replay>) -> Result<Option<Replay>, Problem> {
        let mut samples = base.map(|base| base.samples);
        super::value::set_or_none(&mut samples, self.samples, ReplayedSamples::new)?;
        if samples.is_none() {
            in_vain(
                self.capacity.as_ref(),
                "a capacity is the replay buffer's: give samples in [replay], or leave it out",
            )?;
        }
        let usual = || ReplayCapacity::new(CAPACITY).expect("the default is in range");
        let mut capacity = base.map_or_else(usual, |base| base.capacity);
        set(&mut capacity, self.capacity, ReplayCapacity::new)?;
        Ok(samples.map(|samples| Replay { samples, capacity }))
    }

    pub(super) fn of(replay: Option<Replay>, extent: Extent) -> Option<Self> {
        let samples = extent.or_none(replay.map(|replay| replay.samples.get() as u32))?;
        Some(Self {
            samples: Some(samples),
            capacity: replay.and_then(|replay| written(replay.capacity.get() as u32)),
        })
    }

    /// Where what can be at odds with the batch stands, the last of it.
    pub(super) fn place(&self) -> Option<usize> {
        let places = [
            self.samples.as_ref().map(|value| value.span().start),
            self.capacity.as_ref().map(|value| value.span().start),
        ];
        places.into_iter().flatten().max()
    }
}

/// `[rate_decay]`: how learning rates change as a run goes on.
#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RateDecayTable {
    kind: Option<RateDecayName>,
    epochs: Option<Spanned<u32>>,
}

impl RateDecayTable {
    pub(super) fn onto(self, base: RateDecay) -> Result<RateDecay, Problem> {
        let (base_kind, base_epochs) = match base {
            RateDecay::Constant => (RateDecayName::Constant, None),
            RateDecay::Linear(epochs) => (RateDecayName::Linear, Some(epochs)),
            RateDecay::Cosine(epochs) => (RateDecayName::Cosine, Some(epochs)),
        };
        let kind = self.kind.unwrap_or(base_kind);
        if kind == RateDecayName::Constant {
            in_vain(
                self.epochs.as_ref(),
                "epochs are those in which rates decay: give kind = \"linear\" or \"cosine\" in [rate_decay], or \
                 leave them out",
            )?;
        }
        let usual = || DecayEpochs::new(DECAY_EPOCHS).expect("the default is in range");
        let mut epochs = base_epochs.unwrap_or_else(usual);
        set(&mut epochs, self.epochs, DecayEpochs::new)?;
        Ok(match kind {
            RateDecayName::Constant => RateDecay::Constant,
            RateDecayName::Linear => RateDecay::Linear(epochs),
            RateDecayName::Cosine => RateDecay::Cosine(epochs),
        })
    }

    pub(super) fn of(decay: RateDecay, extent: Extent) -> Option<Self> {
        let (kind, epochs) = match decay {
            RateDecay::Constant => (RateDecayName::Constant, None),
            RateDecay::Linear(epochs) => (RateDecayName::Linear, Some(epochs)),
            RateDecay::Cosine(epochs) => (RateDecayName::Cosine, Some(epochs)),
        };
        let kind = extent.unless(decay == RateDecay::Constant, kind)?;
        Some(Self {
            kind: Some(kind.into_inner()),
            epochs: epochs.and_then(|epochs| written(epochs.get() as u32)),
        })
    }
}
