//! Measures of a network's updates: the gradient of each layer, and how far its parameters move.
//!
//! Gradients that vanish do so layer by layer, from the output back (Hochreiter 1991; Glorot and Bengio 2010), and
//! those that explode do too, so each layer has a norm of its own: the Euclidean one, `√Σ g²`, over its weights,
//! biases and scales. How far an update moves a network, `‖θ_after − θ_before‖`, tells what the optimiser made of
//! it: with SGD the rate times the gradient's norm, with Adam at most about the rate times √parameters.

use heapless::Vec;

use crate::configuration::Network;
use crate::gan::Gan;
use crate::profile::Profile;
use crate::shape::{Layer, MOST_LAYERS};
use crate::training::{Diverged, Stage};

/// Measures of one network's updates in an epoch.
#[derive(Clone, Debug, PartialEq)]
pub struct UpdateMeasures {
    /// Norm of the last update's gradient, a layer each, from the input on.
    pub gradients: Vec<f64, MOST_LAYERS>,
    /// Distance moved per update, the mean over the epoch's.
    pub moved: f64,
}

impl UpdateMeasures {
    /// Norm of the whole gradient: `√Σ norm²` over the layers.
    #[must_use]
    pub fn gradient(&self) -> f64 {
        libm::sqrt(self.gradients.iter().map(|norm| norm * norm).sum())
    }
}

/// Measures of both networks' updates in an epoch; `None` for a network that had none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Updates {
    /// The generator's.
    pub generator: Option<UpdateMeasures>,
    /// The discriminator's.
    pub discriminator: Option<UpdateMeasures>,
}

impl Updates {
    /// A network's.
    #[must_use]
    pub const fn of(&self, network: Network) -> Option<&UpdateMeasures> {
        match network {
            Network::Generator => self.generator.as_ref(),
            Network::Discriminator => self.discriminator.as_ref(),
        }
    }
}

/// The Euclidean norm of each layer's gradients, in the order of the parameters. The matrix of minibatch
/// discrimination counts with the hidden layer before it.
#[must_use]
pub fn layer_norms(layers: &[Layer], gradients: &[f32]) -> Vec<f64, MOST_LAYERS> {
    let ends = layers.iter().skip(1).map(|layer| layer.offset);
    let ranges = layers.iter().zip(ends.chain([gradients.len()]));
    ranges
        .map(|(layer, end)| norm(gradients[layer.offset..end].iter().map(|g| f64::from(*g))))
        .collect()
}

/// How far parameters moved: the Euclidean norm of the difference.
///
/// ```
/// use gan_core::measures::updates::distance;
///
/// assert_eq!(distance(&[0.0, 0.0], &[3.0, 4.0]), 5.0);
/// ```
#[must_use]
pub fn distance(before: &[f32], after: &[f32]) -> f64 {
    norm(
        before
            .iter()
            .zip(after)
            .map(|(x, y)| f64::from(*y) - f64::from(*x)),
    )
}

/// In four sums, which need not wait for each other.
fn norm(numbers: impl Iterator<Item = f64>) -> f64 {
    let mut sums = [0.0; 4];
    for (index, number) in numbers.enumerate() {
        sums[index % 4] += number * number;
    }
    libm::sqrt(sums.iter().sum())
}

impl<M: AsRef<[f32]> + AsMut<[f32]>, P: Profile> Gan<M, P> {
    /// Norm of the gradient of a network's last update in each layer, from the input on; of an update that was
    /// refused too, where it may be infinite or not a number. All 0 before the first, and of no meaning after epochs
    /// that were trained elsewhere.
    #[must_use]
    pub fn gradient_norms(&self, network: Network) -> Vec<f64, MOST_LAYERS> {
        let layers = match network {
            Network::Generator => &self.generator_layers,
            Network::Discriminator => &self.discriminator_layers,
        };
        layer_norms(layers, self.gradients(network))
    }

    /// Completes the epoch under way, or the next one, as [`Self::run_epoch`] does and to the same bits, and measures
    /// its updates; of the one under way, those that are left. `before` has room for the parameters of the larger
    /// network.
    ///
    /// ```
    /// # use gan_core::{Gan, Preset, Reference, memory_words};
    /// # let line = Preset::Line.configuration();
    /// # let mut gan = Gan::<_, Reference>::new(vec![0.0; memory_words(&line)], &line, 1, &[])?;
    /// use gan_core::Network;
    ///
    /// let largest = Network::ALL.map(|network| gan.parameters(network).len()).into_iter().max();
    /// let mut before = vec![0.0; largest.unwrap_or(0)];
    /// let updates = gan.run_measured_epoch(&mut before)?;
    /// let discriminator = updates.of(Network::Discriminator).expect("it has an update in every epoch");
    /// assert!(discriminator.moved > 0.0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Panics
    /// If `before` is too small.
    pub fn run_measured_epoch(&mut self, before: &mut [f32]) -> Result<Updates, Diverged> {
        let mut moved = [(0.0, 0_u32); 2];
        loop {
            if let Some(phase) = self.upcoming().filter(|phase| phase.stage == Stage::Update) {
                let parameters = self.parameters(phase.network);
                before[..parameters.len()].copy_from_slice(parameters);
            }
            let Some(phase) = self.advance()? else { break };
            if phase.stage == Stage::Update {
                let parameters = self.parameters(phase.network);
                let (sum, count) = &mut moved[phase.network as usize];
                *sum += distance(&before[..parameters.len()], parameters);
                *count += 1;
            }
            if self.upcoming().is_none() {
                break;
            }
        }
        // Gradients stay until the next update, so the last one's are still there.
        let of = |network: Network| {
            let (sum, count) = moved[network as usize];
            (count > 0).then(|| UpdateMeasures {
                gradients: self.gradient_norms(network),
                moved: sum / f64::from(count),
            })
        };
        Ok(Updates {
            generator: of(Network::Generator),
            discriminator: of(Network::Discriminator),
        })
    }
}

#[cfg(test)]
mod tests {
    extern crate std;
    use super::*;
    use crate::configuration::UpdatesPerEpoch;
    use crate::{Change, Configuration, Preset, memory_words};
    use std::vec;
    use std::vec::Vec as Many;

    const BOTH: [Network; 2] = [Network::Generator, Network::Discriminator];

    fn gan(configuration: &Configuration) -> Gan<Many<f32>> {
        Gan::new(vec![0.0; memory_words(configuration)], configuration, 7, &[]).unwrap()
    }

    #[test]
    fn measured_epochs_are_epochs_to_the_last_bit() {
        for technique in ["", "discriminator.minibatch_kernels=3"] {
            for preset in Preset::ALL {
                let configuration = preset.configuration().with_written(technique);
                let (mut one, mut other) = (gan(&configuration), gan(&configuration));
                one.run_epochs(12).unwrap();
                // One of them from the middle of an epoch on.
                for _ in 0..3 {
                    other.advance().unwrap();
                }
                for _ in 0..12 {
                    other.run_measured_epoch(&mut [0.0; 1000]).unwrap();
                }
                assert_eq!(one.state_hash(), other.state_hash(), "{preset:?} {technique:?}");
            }
        }
    }

    #[test]
    fn with_sgd_a_network_moves_the_rate_times_its_gradient() {
        for preset in Preset::ALL {
            let mut configuration = preset.configuration();
            configuration.discriminator.updates_per_epoch = UpdatesPerEpoch::new(1).unwrap();
            let mut gan = gan(&configuration);
            for _ in 0..20 {
                let before = BOTH.map(|network| gan.parameters(network).to_vec());
                let updates = gan.run_measured_epoch(&mut [0.0; 1000]).unwrap();
                for (network, before) in BOTH.into_iter().zip(&before) {
                    let measures = updates.of(network).unwrap();
                    let rate = f64::from(configuration.network(network).learning_rate.get());
                    let expected = rate * measures.gradient();
                    assert!(
                        (measures.moved - expected).abs() <= 1e-4 * expected,
                        "{preset:?} {network:?}: {measures:?}, {expected}"
                    );
                    assert_eq!(measures.moved, distance(before, gan.parameters(network)));
                    assert_eq!(measures.gradients, gan.gradient_norms(network));
                    assert_eq!(
                        measures.gradients.len(),
                        configuration.shape(network).layers().len()
                    );
                }
            }
        }
    }

    #[test]
    fn layers_share_the_gradient_among_them() {
        let ring = Preset::Ring.configuration();
        let configuration = ring.with_written("discriminator.minibatch_kernels=3");
        let layers = configuration.shape(Network::Discriminator).layers();
        let count = configuration.shape(Network::Discriminator).parameters();
        // 1 wherever a layer's own begin, else 0; then all 1.
        let mut gradients = vec![0.0; count];
        layers.iter().for_each(|layer| gradients[layer.offset] = 3.0);
        assert!(layer_norms(&layers, &gradients).iter().all(|norm| *norm == 3.0));
        gradients.fill(1.0);
        let squares: f64 = layer_norms(&layers, &gradients).iter().map(|x| x * x).sum();
        assert!((squares - count as f64).abs() < 1e-9, "{squares} {count}");
        gradients[0] = f32::NAN;
        let norms = layer_norms(&layers, &gradients);
        assert!(norms[0].is_nan() && norms[1].is_finite());
        assert_eq!(distance(&[1.0, 2.0, 3.0], &[1.0, 5.0, -1.0]), 5.0);
    }

    #[test]
    fn a_network_that_is_not_updated_has_no_measures() {
        let mut gan = gan(&Preset::Line.configuration());
        for network in BOTH {
            let none = UpdatesPerEpoch::new(0).unwrap();
            gan.change(Change::updates_per_epoch(network, none)).unwrap();
            let updates = gan.run_measured_epoch(&mut [0.0; 1000]).unwrap();
            assert_eq!(updates.of(network), None);
        }
        assert_eq!(gan.epoch(), 2);
    }
}
