//! Losses of both networks: their derivative in the logit, which trains, beside their value, which is
//! shown (`CONTRACT.md`, sections 6 and 8). They know logits, nothing of shapes.

use crate::configuration::Loss;
use crate::math::canonical;
use crate::profile::Profile;

/// GAN Lab's weight of the real batch in the log loss: one-sided label smoothing.
pub const REAL_WEIGHT: f32 = 0.95;

/// What a logit is about, and whose loss it enters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A real sample, in the discriminator's loss.
    Real,
    /// A fake sample, in the discriminator's loss.
    Fake,
    /// A fake sample, in the generator's loss.
    Fooling,
}

impl Loss {
    /// ∂loss/∂logit of one sample of a batch with `inverse` = 1 / batch, canonical.
    #[inline(always)]
    #[must_use]
    pub fn output_delta<P: Profile>(self, role: Role, logit: f32, inverse: f32) -> f32 {
        let p = canonical(P::sigmoid(logit));
        let q = canonical(P::sigmoid(-logit));
        canonical(match (self, role) {
            (Self::Log, Role::Real) => -(REAL_WEIGHT * q) * inverse,
            (Self::Log, Role::Fake) => p * inverse,
            (Self::Log, Role::Fooling) => -q * inverse,
            (Self::LeastSquares, Role::Real | Role::Fooling) => -((2.0 * q) * (p * q)) * inverse,
            (Self::LeastSquares, Role::Fake) => ((2.0 * p) * (p * q)) * inverse,
        })
    }

    /// What a batch puts into a loss, the mean over its samples; logits `[sample]`. With D = σ(logit):
    ///
    /// | | real | fake | fooling |
    /// |---|---|---|---|
    /// | log | mean ln D | mean ln(1 − D) | mean ln D |
    /// | least squares | mean (1 − D)² | mean D² | mean (1 − D)² |
    #[must_use]
    pub fn mean_term(self, role: Role, logits: &[f32]) -> f64 {
        match (self, role) {
            (Self::Log, Role::Real | Role::Fooling) => -mean(logits, |s| softplus(-s)),
            (Self::Log, Role::Fake) => -mean(logits, softplus),
            (Self::LeastSquares, Role::Real | Role::Fooling) => mean(logits, |s| square(probability(-s))),
            (Self::LeastSquares, Role::Fake) => mean(logits, |s| square(probability(s))),
        }
    }

    /// The discriminator's loss as GAN Lab shows it, halved; logits `[sample]`.
    #[must_use]
    pub fn discriminator(self, real_logits: &[f32], fake_logits: &[f32]) -> f64 {
        let real = self.mean_term(Role::Real, real_logits);
        let fake = self.mean_term(Role::Fake, fake_logits);
        match self {
            Self::Log => -(f64::from(REAL_WEIGHT) * real + fake) / 2.0,
            Self::LeastSquares => (real + fake) / 2.0,
        }
    }

    /// The generator's loss; logits of fake samples, `[sample]`.
    #[must_use]
    pub fn generator(self, fake_logits: &[f32]) -> f64 {
        let term = self.mean_term(Role::Fooling, fake_logits);
        match self {
            Self::Log => -term,
            Self::LeastSquares => term,
        }
    }
}

fn mean(logits: &[f32], f: impl Fn(f64) -> f64) -> f64 {
    logits.iter().map(|s| f(f64::from(*s))).sum::<f64>() / logits.len() as f64
}

/// ln(1 + e^s) without overflow: −ln of the probability σ(−s).
fn softplus(s: f64) -> f64 {
    s.max(0.0) + libm::log1p(libm::exp(-s.abs()))
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

    /// The value in `f64` that belongs to a role's derivative: not halved, not averaged.
    fn value(loss: Loss, role: Role, s: f64) -> f64 {
        match (loss, role) {
            (Loss::Log, Role::Real) => f64::from(REAL_WEIGHT) * softplus(-s),
            (Loss::Log, Role::Fake) => softplus(s),
            (Loss::Log, Role::Fooling) => softplus(-s),
            (Loss::LeastSquares, Role::Real | Role::Fooling) => square(1.0 - probability(s)),
            (Loss::LeastSquares, Role::Fake) => square(probability(s)),
        }
    }

    #[test]
    fn output_deltas_are_the_derivatives_of_the_losses() {
        for loss in [Loss::Log, Loss::LeastSquares] {
            for role in [Role::Real, Role::Fake, Role::Fooling] {
                for i in -40..=40 {
                    let s = i as f32 * 0.25;
                    let h = 1e-5;
                    let s64 = f64::from(s);
                    let difference = (value(loss, role, s64 + h) - value(loss, role, s64 - h)) / (2.0 * h);
                    let delta = f64::from(loss.output_delta::<Reference>(role, s, 0.25)) * 4.0;
                    let tolerance = 1e-5 * difference.abs() + 1e-9;
                    assert!(
                        (delta - difference).abs() <= tolerance,
                        "{loss:?} {role:?} {s}: {delta} {difference}"
                    );
                }
            }
        }
    }

    #[test]
    fn losses_rest_where_the_design_says_when_d_cannot_tell() {
        let near = |a: f64, b: f64| (a - b).abs() < 6e-4;
        assert!(near(Loss::LeastSquares.discriminator(&[0.0], &[0.0]), 0.25));
        assert!(near(Loss::LeastSquares.generator(&[0.0]), 0.25));
        assert!(near(Loss::Log.generator(&[0.0]), core::f64::consts::LN_2));
        // With the weight of 0.95 D rests at probability 0.95 / 1.95.
        let s = libm::log(0.95) as f32;
        assert!(near(Loss::Log.discriminator(&[s], &[s]), 0.676));
        assert!(near(Loss::Log.generator(&[s]), 0.719));
    }

    #[test]
    fn extreme_logits_give_finite_losses_and_deltas() {
        for s in [-1e30_f32, -200.0, 200.0, 1e30] {
            for loss in [Loss::Log, Loss::LeastSquares] {
                assert!(loss.output_delta::<Reference>(Role::Real, s, 1.0).is_finite());
                assert!(loss.discriminator(&[s], &[s]).is_finite() && loss.generator(&[s]).is_finite());
            }
        }
    }
}
