//! Losses of both networks: their derivative in the logit, which trains, beside their value, which is
//! shown (`CONTRACT.md`, sections 6 and 8). They know logits, nothing of shapes.

use crate::configuration::{Configuration, Loss};
use crate::math::canonical;
use crate::profile::Profile;
use crate::techniques::Techniques;

/// The kind of sample that a logit judges, and the network whose loss it enters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A real sample, in the discriminator's loss.
    Real,
    /// A fake sample, in the discriminator's loss.
    Fake,
    /// A fake sample, in the generator's loss.
    Fooling,
}

impl Role {
    /// The role that D is told when a sample's label is wrong. The generator is told no labels.
    pub(crate) const fn mistaken(self) -> Self {
        match self {
            Self::Real => Self::Fake,
            Self::Fake => Self::Real,
            Self::Fooling => Self::Fooling,
        }
    }
}

/// A loss with what can be set about it.
///
/// ```
/// use gan_core::Preset;
/// use gan_core::loss::Objective;
///
/// let objective = Objective::of(&Preset::Line.configuration());
/// let (fooled, caught) = (objective.generator(&[3.0]), objective.generator(&[-3.0]));
/// assert!(fooled < caught);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Objective {
    /// The loss.
    pub loss: Loss,
    /// Weight of the real batch in log, minimax and flipped loss: one-sided label smoothing in GAN Lab,
    /// where it is 0.95.
    pub real_weight: f32,
    /// Label of real samples in D's loss: 1, or a soft label.
    pub real_label: f32,
    /// Label of fake samples in D's loss: 0, or a soft label.
    pub fake_label: f32,
}

impl Loss {
    /// Whether it can weigh real samples otherwise than fake ones.
    #[must_use]
    pub const fn has_real_weight(self) -> bool {
        matches!(self, Self::Log | Self::Minimax | Self::Flipped)
    }

    /// Whether it has labels that can be soft: of least squares too.
    #[must_use]
    pub const fn has_labels(self) -> bool {
        self.has_real_weight() || matches!(self, Self::LeastSquares)
    }
}

impl Objective {
    /// The objective of a configuration.
    #[must_use]
    pub const fn of(configuration: &Configuration) -> Self {
        Self::with(configuration.loss, &configuration.techniques)
    }

    /// The objective of a loss, with the labels and the real weight of these techniques.
    #[inline(always)]
    pub(crate) const fn with(loss: Loss, techniques: &Techniques) -> Self {
        Self {
            loss,
            real_weight: techniques.real_weight.get(),
            real_label: techniques.labels.real.get(),
            fake_label: techniques.labels.fake.get(),
        }
    }

    /// ∂loss/∂logit of one sample of a batch with `inverse` = 1 / batch, canonical.
    ///
    /// With labels of 1 and 0 the differences are q and p to the bit.
    #[inline(always)]
    #[must_use]
    pub fn output_delta<P: Profile>(self, role: Role, logit: f32, inverse: f32) -> f32 {
        use Loss::{Flipped, Hinge, LeastSquares, Log, Minimax, Wasserstein};
        let (w, r, f) = (self.real_weight, self.real_label, self.fake_label);
        let p = canonical(P::sigmoid(logit));
        let q = canonical(P::sigmoid(-logit));
        canonical(match (self.loss, role) {
            (Log | Minimax, Role::Real) => -(w * (r * q - (1.0 - r) * p)) * inverse,
            (Log | Minimax, Role::Fake) => ((1.0 - f) * p - f * q) * inverse,
            (Log, Role::Fooling) => -q * inverse,
            (Minimax, Role::Fooling) => -p * inverse,
            (Flipped, Role::Real) => (w * (r * p - (1.0 - r) * q)) * inverse,
            (Flipped, Role::Fake) => -((1.0 - f) * q - f * p) * inverse,
            (Flipped, Role::Fooling) => p * inverse,
            (LeastSquares, Role::Real) => -((2.0 * (r * q - (1.0 - r) * p)) * (p * q)) * inverse,
            (LeastSquares, Role::Fake) => ((2.0 * ((1.0 - f) * p - f * q)) * (p * q)) * inverse,
            (LeastSquares, Role::Fooling) => -((2.0 * q) * (p * q)) * inverse,
            (Wasserstein, Role::Real | Role::Fooling) | (Hinge, Role::Fooling) => -inverse,
            (Wasserstein, Role::Fake) => inverse,
            (Hinge, Role::Real) if logit < 1.0 => -inverse,
            (Hinge, Role::Fake) if logit > -1.0 => inverse,
            (Hinge, _) => 0.0,
        })
    }

    /// The discriminator's loss as GAN Lab shows it, halved; logits `[sample]`.
    #[must_use]
    pub fn discriminator(self, real_logits: &[f32], fake_logits: &[f32]) -> f64 {
        let [w, r, f] = [self.real_weight, self.real_label, self.fake_label].map(f64::from);
        let sum = match self.loss {
            Loss::Log | Loss::Minimax => {
                w * mean_cross_entropy(r, 1.0, real_logits) + mean_cross_entropy(f, 1.0, fake_logits)
            }
            Loss::Flipped => {
                w * mean_cross_entropy(r, -1.0, real_logits) + mean_cross_entropy(f, -1.0, fake_logits)
            }
            Loss::LeastSquares => {
                mean(real_logits, |s| {
                    square(r * probability(-s) - (1.0 - r) * probability(s))
                }) + mean(fake_logits, |s| {
                    square((1.0 - f) * probability(s) - f * probability(-s))
                })
            }
            Loss::Wasserstein => mean(fake_logits, |s| s) - mean(real_logits, |s| s),
            Loss::Hinge => {
                mean(real_logits, |s| (1.0 - s).max(0.0)) + mean(fake_logits, |s| (1.0 + s).max(0.0))
            }
        };
        sum / 2.0
    }

    /// The generator's loss; logits of fake samples, `[sample]`.
    #[must_use]
    pub fn generator(self, fake_logits: &[f32]) -> f64 {
        match self.loss {
            Loss::Log => mean_softplus(-1.0, fake_logits),
            Loss::Minimax => -mean_softplus(1.0, fake_logits),
            Loss::Flipped => mean_softplus(1.0, fake_logits),
            Loss::LeastSquares => mean(fake_logits, |s| square(probability(-s))),
            Loss::Wasserstein | Loss::Hinge => -mean(fake_logits, |s| s),
        }
    }
    /// A batch's term of a loss, the mean over its samples; logits `[sample]`. With D = σ(logit),
    /// labels of 1 and 0:
    ///
    /// | | real | fake | fooling |
    /// |---|---|---|---|
    /// | log | mean ln D | mean ln(1 − D) | mean ln D |
    /// | minimax | mean ln D | mean ln(1 − D) | mean ln(1 − D) |
    /// | flipped | mean ln(1 − D) | mean ln D | mean ln(1 − D) |
    /// | least squares | mean (1 − D)² | mean D² | mean (1 − D)² |
    /// | Wasserstein | mean logit | mean logit | mean logit |
    /// | hinge | mean max(0, 1 − logit) | mean max(0, 1 + logit) | mean logit |
    ///
    /// With soft labels r and f the first three have r · real + (1 − r) · fake of the table for real samples,
    /// (1 − f) · fake + f · real for fake ones, and least squares (r − D)² and (D − f)².
    #[must_use]
    pub fn mean_term(self, role: Role, logits: &[f32]) -> f64 {
        let [r, f] = [self.real_label, self.fake_label].map(f64::from);
        let label = match role {
            Role::Real => r,
            Role::Fake => f,
            Role::Fooling => 1.0,
        };
        match (self.loss, role) {
            (Loss::Minimax, Role::Fooling) => -mean_softplus(1.0, logits),
            (Loss::Log | Loss::Minimax, _) => -mean_cross_entropy(label, 1.0, logits),
            (Loss::Flipped, _) => -mean_cross_entropy(label, -1.0, logits),
            (Loss::LeastSquares, _) => mean(logits, |s| {
                square(label * probability(-s) - (1.0 - label) * probability(s))
            }),
            (Loss::Wasserstein, _) | (Loss::Hinge, Role::Fooling) => mean(logits, |s| s),
            (Loss::Hinge, Role::Real) => mean(logits, |s| (1.0 - s).max(0.0)),
            (Loss::Hinge, Role::Fake) => mean(logits, |s| (1.0 + s).max(0.0)),
        }
    }
}

fn mean(logits: &[f32], f: impl Fn(f64) -> f64) -> f64 {
    logits.iter().map(|s| f(f64::from(*s))).sum::<f64>() / logits.len() as f64
}

/// Mean of ln(1 + e^s), without overflow, of logits with this sign: −ln of the probability σ(−s).
///
/// ln(1 + e^s) is max(s, 0) + ln(1 + e^−|s|), and the logarithm of a product is taken once for many: each factor is
/// at most 2, so that 512 stay within `f64`.
fn mean_softplus(sign: f64, logits: &[f32]) -> f64 {
    let mut sum = 0.0;
    for logits in logits.chunks(512) {
        let mut product = 1.0;
        for logit in logits {
            let s = sign * f64::from(*logit);
            sum += s.max(0.0);
            product *= 1.0 + libm::exp(-s.abs());
        }
        sum += libm::log(product);
    }
    sum / logits.len() as f64
}

/// Mean cross entropy of a label with the probability σ(s), of logits with this sign.
fn mean_cross_entropy(label: f64, sign: f64, logits: &[f32]) -> f64 {
    let part = |share: f64, sign| {
        if share == 0.0 {
            0.0
        } else {
            share * mean_softplus(sign, logits)
        }
    };
    part(label, -sign) + part(1.0 - label, sign)
}

fn probability(s: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-s))
}

fn square(x: f64) -> f64 {
    x * x
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::Reference;

    fn objectives() -> impl Iterator<Item = Objective> {
        Loss::ALL.into_iter().flat_map(|loss| {
            [(0.95, 1.0, 0.0), (1.0, 0.9, 0.0), (0.5, 0.8, 0.1)].map(
                |(real_weight, real_label, fake_label)| Objective {
                    loss,
                    real_weight,
                    real_label,
                    fake_label,
                },
            )
        })
    }

    fn plain(loss: Loss) -> Objective {
        Objective {
            loss,
            real_weight: 0.95,
            real_label: 1.0,
            fake_label: 0.0,
        }
    }

    /// The value in `f64` that belongs to a role's derivative, written from the papers' formulas: not halved,
    /// not averaged.
    fn value(objective: Objective, role: Role, s: f64) -> f64 {
        let [w, r, f] = [objective.real_weight, objective.real_label, objective.fake_label].map(f64::from);
        let (d, not_d) = (probability(s), probability(-s));
        let cross = |label: f64, d: f64, not_d: f64| -label * libm::log(d) - (1.0 - label) * libm::log(not_d);
        match (objective.loss, role) {
            (Loss::Log | Loss::Minimax, Role::Real) => w * cross(r, d, not_d),
            (Loss::Log | Loss::Minimax, Role::Fake) => cross(f, d, not_d),
            (Loss::Log, Role::Fooling) => -libm::log(d),
            (Loss::Minimax, Role::Fooling) => libm::log(not_d),
            (Loss::Flipped, Role::Real) => w * cross(r, not_d, d),
            (Loss::Flipped, Role::Fake) => cross(f, not_d, d),
            (Loss::Flipped, Role::Fooling) => -libm::log(not_d),
            (Loss::LeastSquares, Role::Real) => square(r - d),
            (Loss::LeastSquares, Role::Fake) => square(d - f),
            (Loss::LeastSquares, Role::Fooling) => square(1.0 - d),
            (Loss::Wasserstein, Role::Real | Role::Fooling) | (Loss::Hinge, Role::Fooling) => -s,
            (Loss::Wasserstein, Role::Fake) => s,
            (Loss::Hinge, Role::Real) => (1.0 - s).max(0.0),
            (Loss::Hinge, Role::Fake) => (1.0 + s).max(0.0),
        }
    }

    #[test]
    fn output_deltas_are_the_derivatives_of_the_losses() {
        for objective in objectives() {
            for role in [Role::Real, Role::Fake, Role::Fooling] {
                // Beside the hinge's corners, where there is no derivative.
                for i in -40..=40 {
                    let s = i as f32 * 0.25 + 0.125;
                    let h = 1e-5;
                    let s64 = f64::from(s);
                    let difference =
                        (value(objective, role, s64 + h) - value(objective, role, s64 - h)) / (2.0 * h);
                    let delta = f64::from(objective.output_delta::<Reference>(role, s, 0.25)) * 4.0;
                    let tolerance = 1e-5 * difference.abs() + 2e-7;
                    assert!(
                        (delta - difference).abs() <= tolerance,
                        "{objective:?} {role:?} {s}: {delta} {difference}"
                    );
                }
            }
        }
    }

    #[test]
    fn losses_shown_are_those_that_train() {
        for objective in objectives() {
            for (real, fake) in [(0.5_f32, -2.0_f32), (-3.0, 1.5)] {
                let of = |role, s: f32| value(objective, role, f64::from(s));
                let d = (of(Role::Real, real) + of(Role::Fake, fake)) / 2.0;
                assert!(
                    (objective.discriminator(&[real], &[fake]) - d).abs() < 1e-9,
                    "{objective:?}"
                );
                let g = of(Role::Fooling, fake);
                assert!((objective.generator(&[fake]) - g).abs() < 1e-9, "{objective:?}");
            }
        }
    }

    #[test]
    fn terms_shown_are_what_a_loss_is_made_of() {
        let (real, fake) = ([0.5_f32, -2.0, 3.0], [-0.25_f32, 1.5, -4.0]);
        for objective in objectives() {
            let w = f64::from(objective.real_weight);
            let (of_real, of_fake) = (
                objective.mean_term(Role::Real, &real),
                objective.mean_term(Role::Fake, &fake),
            );
            let d = match objective.loss {
                Loss::Log | Loss::Minimax | Loss::Flipped => -(w * of_real + of_fake),
                Loss::LeastSquares | Loss::Hinge => of_real + of_fake,
                Loss::Wasserstein => of_fake - of_real,
            };
            let shown = 2.0 * objective.discriminator(&real, &fake);
            assert!((d - shown).abs() < 1e-12, "{objective:?}: {d} {shown}");
            let fooling = objective.mean_term(Role::Fooling, &fake);
            let g = match objective.loss {
                Loss::Minimax | Loss::LeastSquares => fooling,
                _ => -fooling,
            };
            let shown = objective.generator(&fake);
            assert!((g - shown).abs() < 1e-12, "{objective:?}: {g} {shown}");
        }
    }

    #[test]
    fn losses_rest_where_the_design_says_when_d_cannot_tell() {
        let near = |a: f64, b: f64| (a - b).abs() < 6e-4;
        let (log, least_squares) = (plain(Loss::Log), plain(Loss::LeastSquares));
        assert!(near(least_squares.discriminator(&[0.0], &[0.0]), 0.25));
        assert!(near(least_squares.generator(&[0.0]), 0.25));
        assert!(near(log.generator(&[0.0]), core::f64::consts::LN_2));
        // With the weight of 0.95 D rests at probability 0.95 / 1.95.
        let s = libm::log(0.95) as f32;
        assert!(near(log.discriminator(&[s], &[s]), 0.676));
        assert!(near(log.generator(&[s]), 0.719));
    }

    #[test]
    fn extreme_logits_give_finite_losses_and_deltas() {
        for s in [-1e30_f32, -200.0, 200.0, 1e30] {
            for objective in objectives() {
                for role in [Role::Real, Role::Fake, Role::Fooling] {
                    assert!(objective.output_delta::<Reference>(role, s, 1.0).is_finite());
                }
                assert!(objective.discriminator(&[s], &[s]).is_finite());
                assert!(objective.generator(&[s]).is_finite());
            }
        }
    }
}
