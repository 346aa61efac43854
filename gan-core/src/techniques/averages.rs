//! Averages of parameters over a run's updates: the moving average of the generator, which is shown, and
//! historical averaging, which pulls a network back to where it has been (`CONTRACT.md`, section 9).

use super::Decay;
use crate::configuration::{Configuration, Network};
use crate::math::canonical;
use crate::memory::placed;

/// Sizes that determine the length of each array.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AverageSizes {
    moving: usize,
    generator_history: usize,
    discriminator_history: usize,
}

/// The averages, each in the order of its network's parameters.
pub(crate) struct AverageParts<S> {
    /// Moving average of the generator.
    pub(crate) moving: S,
    /// Mean of every state of the generator so far.
    pub(crate) generator_history: S,
    /// Mean of every state of the discriminator so far.
    pub(crate) discriminator_history: S,
}

impl AverageSizes {
    pub(crate) const fn of(configuration: &Configuration) -> Self {
        const fn history(configuration: &Configuration, network: Network) -> usize {
            match configuration.techniques.network(network).historical_averaging {
                Some(_) => configuration.shape(network).parameters(),
                None => 0,
            }
        }
        Self {
            moving: match configuration.techniques.average {
                Some(_) => configuration.shape(Network::Generator).parameters(),
                None => 0,
            },
            generator_history: history(configuration, Network::Generator),
            discriminator_history: history(configuration, Network::Discriminator),
        }
    }

    pub(crate) const fn words(&self) -> usize {
        placed(self.moving) + placed(self.generator_history) + placed(self.discriminator_history)
    }

    /// Numbers that are state: all.
    pub(crate) const fn state_words(&self) -> usize {
        self.moving + self.generator_history + self.discriminator_history
    }

    #[inline(always)]
    pub(crate) fn carve<S>(&self, take: &mut impl FnMut(usize) -> S) -> AverageParts<S> {
        AverageParts {
            moving: take(self.moving),
            generator_history: take(self.generator_history),
            discriminator_history: take(self.discriminator_history),
        }
    }
}

/// The moving average after an update (Yazıcı et al. 2019, equation 5): `a = c(β · a + k · x)`.
pub(crate) fn follow(decay: Decay, average: &mut [f32], parameters: &[f32]) {
    let (kept, taken) = (decay.kept(), decay.taken());
    for (a, x) in average.iter_mut().zip(parameters) {
        keep(a, canonical(kept * *a + taken * x));
    }
}

/// Adds the gradient of historical averaging of weight λ, that of λ · ‖x − h‖² (Salimans et al.
/// 2016, section 3.3): `g = c(g + (2·λ) · (x − h))`.
pub(crate) fn pull_back(weight: f32, gradients: &mut [f32], parameters: &[f32], history: &[f32]) {
    let twice = 2.0 * weight;
    for ((g, x), h) in gradients.iter_mut().zip(parameters).zip(history) {
        *g = canonical(*g + twice * (x - h));
    }
}

/// The mean of all states after the `updates`th update, this one included, the initial state being one of
/// them: `h = c(h + (x − h) / (t + 1))`.
pub(crate) fn remember(updates: u64, history: &mut [f32], parameters: &[f32]) {
    let states = (updates + 1) as f32;
    for (h, x) in history.iter_mut().zip(parameters) {
        keep(h, canonical(*h + (x - *h) / states));
    }
}

/// Stores a number of a state that follows training, unless it is infinite or not a number.
/// Such a number stays as it was: only parameters and moments stop a run.
pub(crate) fn keep(place: &mut f32, value: f32) {
    if value.is_finite() {
        *place = value;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_history_is_the_mean_of_all_states() {
        let mut history = [1.0];
        for (update, x) in [3.0, 5.0, -1.0].into_iter().enumerate() {
            remember(update as u64 + 1, &mut history, &[x]);
        }
        assert_eq!(history, [2.0]);
    }

    #[test]
    fn pulling_back_is_the_gradient_of_the_squared_distance() {
        let loss = |x: f64| 0.5 * (x - 2.0) * (x - 2.0);
        let h = 1e-6;
        let difference = (loss(3.0 + h) - loss(3.0 - h)) / (2.0 * h);
        let mut g = [0.0];
        pull_back(0.5, &mut g, &[3.0], &[2.0]);
        assert!((f64::from(g[0]) - difference).abs() < 1e-6);
    }

    #[test]
    fn an_average_forgets_by_its_decay() {
        let mut average = [1.0, 0.0];
        follow(Decay::new(7_500).unwrap(), &mut average, &[0.0, 4.0]);
        assert_eq!(average, [0.75, 1.0]);
    }
}
