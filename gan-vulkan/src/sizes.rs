//! The sizes of a kernel: everything about a population that is baked into its shader.

use gan_core::{Configuration, Network, StateLayout};

use crate::inputs::{FACTORS, SETTINGS};
use crate::switches::{Places, Steepness, Switch, Switches};

/// Memory that holds the numbers of a GAN while it trains.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MemoryKind {
    /// In a workgroup's shared memory.
    Shared,
    /// In storage buffers.
    Storage,
}

/// Sizes that a kernel is compiled for. GANs of equal sizes train in one dispatch, whatever their rates,
/// losses, optimisers, update counts, samples and strengths of techniques.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sizes {
    /// Invocations of a workgroup: a multiple of 16.
    pub workgroup: u32,
    /// Memory that holds the numbers.
    pub memory: MemoryKind,
    /// Samples in a batch.
    pub batch: u32,
    /// Components of a noise vector.
    pub noise: u32,
    /// The generator.
    pub generator: NetworkSizes,
    /// The discriminator.
    pub discriminator: NetworkSizes,
    /// Techniques in the kernel.
    pub switches: Switches,
    /// Places of the states' words.
    pub state: StateLayout,
}

/// Sizes of one network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NetworkSizes {
    /// Neurons of a hidden layer.
    pub neurons: u32,
    /// Layers of weights.
    pub layers: u32,
    /// Weights and biases.
    pub parameters: u32,
    /// Rows of activations.
    pub rows: u32,
}

/// Words of `work` ahead of the GANs' parts: a flag.
pub const ROWS_AT: u32 = 1;
/// Workgroup variables besides arrays: counts, flags, guard.
const FEW_WORDS: u32 = 16;

impl Sizes {
    /// For GANs of a configuration's shapes and batch.
    #[must_use]
    pub fn new(configuration: &Configuration, workgroup: u32, memory: MemoryKind) -> Self {
        let network = |network| {
            let shape = configuration.shape(network);
            NetworkSizes {
                neurons: configuration.network(network).neurons.get() as u32,
                layers: configuration.network(network).hidden_layers.get() as u32 + 2,
                parameters: shape.parameters() as u32,
                rows: shape.rows() as u32,
            }
        };
        Self {
            workgroup,
            memory,
            batch: configuration.batch.get() as u32,
            noise: configuration.noise.dimensions.get() as u32,
            generator: network(Network::Generator),
            discriminator: network(Network::Discriminator),
            switches: Switches::of(configuration),
            state: StateLayout::of(configuration),
        }
    }

    /// Gradients' tiles that a workgroup computes at a time, 16 invocations each.
    #[must_use]
    pub const fn tiles(&self) -> u32 {
        self.workgroup / 16
    }

    /// Rows of activations: G's, and D's, whose inputs are G's outputs.
    #[must_use]
    pub const fn rows(&self) -> u32 {
        self.generator.rows + self.discriminator.rows - 2
    }

    /// D's rows once more, for the derivatives that a penalty asks for.
    const fn rows_beside(&self) -> u32 {
        match self.switches.steepness {
            Steepness::Free => 0,
            Steepness::R1 | Steepness::Gradient => self.discriminator.rows,
        }
    }

    /// Words of all rows, those that techniques add included.
    #[must_use]
    pub fn row_words(&self) -> u32 {
        let clean = match self.switches.disguised() {
            Switch::Off => 0,
            Switch::On => 2,
        };
        (self.rows() + self.rows_beside() + clean) * self.batch
    }

    /// Parameters of the larger network.
    #[must_use]
    pub fn most_parameters(&self) -> u32 {
        self.generator.parameters.max(self.discriminator.parameters)
    }

    /// Words of `work` that a GAN takes.
    #[must_use]
    pub fn work_words(&self) -> u32 {
        self.row_words() + self.most_parameters()
    }

    /// Bytes of shared memory that the kernel takes.
    #[must_use]
    pub fn shared_bytes(&self) -> u32 {
        let words = match self.memory {
            MemoryKind::Shared => {
                self.generator.parameters
                    + self.discriminator.parameters
                    + self.most_parameters()
                    + self.row_words()
            }
            MemoryKind::Storage => 0,
        };
        4 * (words + self.partials() + FEW_WORDS)
    }

    /// Words of partial sums: 4 parameters a tile, 16 sums each and one to spare.
    const fn partials(&self) -> u32 {
        4 * self.tiles() * 17
    }

    /// The sizes as WGSL constants.
    #[must_use]
    pub fn constants(&self) -> String {
        let (g, d, state) = (&self.generator, &self.discriminator, &self.state);
        let counts = [
            ("WORKGROUP", self.workgroup),
            ("TILES", self.tiles()),
            ("PARTIALS", self.partials()),
            ("BATCH", self.batch),
            ("NOISE", self.noise),
            ("G_NEURONS", g.neurons),
            ("G_LAYERS", g.layers),
            ("D_NEURONS", d.neurons),
            ("D_LAYERS", d.layers),
            ("GENERATOR_PARAMETERS", g.parameters),
            ("DISCRIMINATOR_PARAMETERS", d.parameters),
            ("PARAMETERS", g.parameters + d.parameters),
            ("MOST_PARAMETERS", self.most_parameters()),
            ("D_ROW", g.rows - 2),
            ("LOGIT_ROW", self.rows() - 1),
            ("BESIDE", self.discriminator.rows),
            ("CLEAN_ROW", self.rows() + self.rows_beside()),
            ("SETTINGS", SETTINGS.len() as u32),
            ("FACTORS_EACH", FACTORS as u32),
            ("DISGUISES", crate::steps::disguises(self)),
            ("STEEP_STEPS", crate::steps::steep_steps(self)),
            ("FEATURE_STEPS", crate::steps::feature_steps(self)),
            ("ROW_WORDS", self.row_words()),
            ("HALF", crate::steps::half(self)),
            ("STATE_WORDS", state.words as u32),
            ("GENERATOR_AT", state.generator.parameters as u32),
            ("DISCRIMINATOR_AT", state.discriminator.parameters as u32),
            ("LOGITS_AT", state.logits as u32),
            ("WORK_WORDS", self.work_words()),
            ("ROWS_AT", ROWS_AT),
            ("GRADIENTS_AT", ROWS_AT + self.row_words()),
        ];
        let mut text = String::from("// Sizes of this kernel.\n");
        for (name, value) in counts {
            text += &format!("const {name}: u32 = {value}u;\n");
        }
        for (index, name) in SETTINGS.iter().enumerate() {
            text += &format!("const {name}: u32 = {index}u;\n");
        }
        text += &self.switches.constants(state, &Places::of(&self.switches, state));
        // The shortest decimal that reads back as the same number.
        text += &format!("const INVERSE_BATCH: f32 = {:?};\n", 1.0 / self.batch as f32);
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gan_core::Preset;
    use gan_core::configuration::{BatchSize, HiddenLayers, Neurons};

    /// Bytes of shared memory that every device offers, with 128 invocations.
    const LEAST_SHARED: u32 = 16 * 1024;

    #[test]
    fn the_largest_networks_fit_every_device() {
        let mut configuration = Preset::Line.configuration();
        configuration.batch = BatchSize::MOST;
        for network in [Network::Generator, Network::Discriminator] {
            configuration.network_mut(network).hidden_layers = HiddenLayers::MOST;
            configuration.network_mut(network).neurons = Neurons::MOST;
        }
        let sizes = Sizes::new(&configuration, 128, MemoryKind::Storage);
        assert!(sizes.shared_bytes() <= LEAST_SHARED, "{}", sizes.shared_bytes());
        // And a buffer of the least size that devices offer holds some of them.
        assert!(
            sizes.work_words() < 128 * 1024 * 1024 / 4 / 20,
            "{}",
            sizes.work_words()
        );
    }

    #[test]
    fn every_preset_fits_the_shared_memory_of_a_common_graphics_card() {
        for preset in Preset::ALL {
            let sizes = Sizes::new(&preset.configuration(), 128, MemoryKind::Shared);
            assert!(
                sizes.shared_bytes() <= 3 * LEAST_SHARED,
                "{preset:?}: {}",
                sizes.shared_bytes()
            );
        }
    }
}
