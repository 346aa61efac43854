//! Optimisers: how a network's parameters follow their gradients (`CONTRACT.md`, section 6).
//!
//! An update is all or nothing. It first looks whether every number it would store is finite and only
//! then stores; computing each twice costs nothing beside a batch and needs no second copy of memory.

use crate::configuration::Optimizer;
use crate::kernels::Kernels;
use crate::math::{canonical, canonical_square};
use crate::profile::Profile;
use crate::techniques::Betas;

pub(crate) const EPSILON: f32 = 1e-8;

/// An update would have stored a number that is infinite or not a number; nothing was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NotFinite;

/// β1^t and β2^t after t updates with Adam.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Powers {
    pub(crate) beta_1: f32,
    pub(crate) beta_2: f32,
}

impl Powers {
    /// Before the first update.
    pub(crate) const ONE: Self = Self {
        beta_1: 1.0,
        beta_2: 1.0,
    };

    fn next(self, betas: Betas) -> Self {
        Self {
            beta_1: canonical_square(self.beta_1 * betas.beta_1.kept()),
            beta_2: canonical_square(self.beta_2 * betas.beta_2.kept()),
        }
    }
}

/// Numbers that an update reads and writes; every slice in the order of the network's parameters.
pub(crate) struct Update<'a> {
    pub(crate) parameters: &'a mut [f32],
    pub(crate) gradients: &'a [f32],
    /// First moments of Adam.
    pub(crate) means: &'a mut [f32],
    /// Second moments of Adam.
    pub(crate) squares: &'a mut [f32],
    pub(crate) powers: &'a mut Powers,
}

impl Update<'_> {
    /// Applies the gradients, or leaves everything as it was.
    pub(crate) fn apply(
        &mut self,
        kernels: Kernels<impl Profile>,
        optimizer: Optimizer,
        betas: Betas,
        rate: f32,
    ) -> Result<(), NotFinite> {
        match optimizer {
            Optimizer::Sgd => kernels.sgd(rate, self.parameters, self.gradients),
            Optimizer::Adam => {
                let powers = self.powers.next(betas);
                let step = Adam {
                    rate,
                    betas: [betas.beta_1, betas.beta_2].map(|beta| [beta.kept(), beta.taken()]),
                    correction_1: 1.0 - powers.beta_1,
                    correction_2: 1.0 - powers.beta_2,
                };
                kernels.adam(&step, self.parameters, self.gradients, self.means, self.squares)?;
                *self.powers = powers;
                Ok(())
            }
        }
    }
}

/// A parameter after a step of stochastic gradient descent.
#[inline(always)]
pub(crate) const fn sgd(rate: f32, x: f32, g: f32) -> f32 {
    canonical(x - rate * g)
}

/// Constants of a step with Adam, besides parameters, gradients and moments.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Adam {
    pub(crate) rate: f32,
    /// β and 1 − β of the first moment, then of the second.
    pub(crate) betas: [[f32; 2]; 2],
    /// 1 − β1^t
    pub(crate) correction_1: f32,
    /// 1 − β2^t
    pub(crate) correction_2: f32,
}

impl Adam {
    /// A parameter and its moments after the step (Kingma and Ba 2015, algorithm 1).
    #[inline(always)]
    pub(crate) fn next<P: Profile>(&self, x: f32, g: f32, m: f32, v: f32) -> [f32; 3] {
        let [[beta_1, k_1], [beta_2, k_2]] = self.betas;
        let m = canonical(beta_1 * m + k_1 * g);
        let v = canonical_square(beta_2 * v + k_2 * (g * g));
        let denominator = P::square_root(v / self.correction_2) + EPSILON;
        [
            canonical(x - self.rate * ((m / self.correction_1) / denominator)),
            m,
            v,
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::Instructions;
    use crate::profile::Reference;
    use crate::techniques::Techniques;

    struct Arrays {
        parameters: [f32; 2],
        means: [f32; 2],
        squares: [f32; 2],
        powers: Powers,
    }

    fn arrays() -> Arrays {
        Arrays {
            parameters: [1.0, -2.0],
            means: [0.0; 2],
            squares: [0.0; 2],
            powers: Powers::ONE,
        }
    }

    fn update(arrays: &mut Arrays, gradients: &[f32; 2], optimizer: Optimizer) -> Result<(), NotFinite> {
        let Arrays {
            parameters,
            means,
            squares,
            powers,
        } = arrays;
        Update {
            parameters,
            gradients,
            means,
            squares,
            powers,
        }
        .apply(
            Kernels::<Reference>::new(Instructions::Scalar),
            optimizer,
            Techniques::NONE.generator.betas,
            0.1,
        )
    }

    #[test]
    fn sgd_steps_against_the_gradient() {
        let mut a = arrays();
        update(&mut a, &[0.5, -1.0], Optimizer::Sgd).unwrap();
        assert_eq!(a.parameters, [0.95, -1.9]);
        assert_eq!(a.powers, Powers::ONE);
    }

    #[test]
    fn adam_follows_its_definition_in_f64() {
        let mut a = arrays();
        let (mut x, mut m, mut v) = (1.0_f64, 0.0_f64, 0.0_f64);
        for t in 1..=50_i32 {
            let g = f64::from(t % 7) - 3.0;
            update(&mut a, &[g as f32, 0.0], Optimizer::Adam).unwrap();
            m = 0.9 * m + 0.1 * g;
            v = 0.999 * v + 0.001 * g * g;
            let corrected = (
                m / (1.0 - libm::pow(0.9, t.into())),
                v / (1.0 - libm::pow(0.999, t.into())),
            );
            x -= 0.1 * corrected.0 / (libm::sqrt(corrected.1) + 1e-8);
        }
        assert!(
            (f64::from(a.parameters[0]) - x).abs() < 1e-4,
            "{} {x}",
            a.parameters[0]
        );
        assert_eq!(a.parameters[1], -2.0);
    }

    #[test]
    fn an_update_that_would_store_infinity_changes_nothing() {
        for optimizer in [Optimizer::Sgd, Optimizer::Adam] {
            for bad in [f32::INFINITY, f32::NAN, 3e38] {
                let mut a = arrays();
                a.parameters[1] = f32::MAX;
                let before = (a.parameters, a.means, a.squares, a.powers);
                assert_eq!(
                    update(&mut a, &[1.0, -bad], optimizer),
                    Err(NotFinite),
                    "{optimizer:?} {bad}"
                );
                assert_eq!((a.parameters, a.means, a.squares, a.powers), before);
            }
        }
    }
}
