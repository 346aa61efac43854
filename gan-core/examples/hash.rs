//! The shortest program around `gan-core`: memory in, epochs, a hash out. `.ci/builds.sh` compares what
//! builds of every kind print.

use std::error::Error;

use fearless_simd::Level;
use gan_core::{Gan, Instructions, Preset, Reference, memory_words};

fn main() -> Result<(), Box<dyn Error>> {
    for (preset, seed, epochs) in [(Preset::Ring, 7, 2000), (Preset::Disjoint, 3, 300)] {
        let configuration = preset.configuration();
        let levels = [
            Instructions::Scalar,
            Instructions::BASELINE,
            Instructions::Simd(Level::new()),
        ];
        for instructions in levels {
            let memory = vec![0.0; memory_words(&configuration)];
            let mut gan = Gan::<_, Reference>::new(memory, &configuration, seed, &[])?;
            gan.use_instructions(instructions);
            gan.run_epochs(epochs)?;
            println!(
                "{preset:?}, seed {seed}, {} epochs, {}: {}",
                gan.epoch(),
                instructions.name(),
                gan.state_hash()
            );
        }
    }
    Ok(())
}
