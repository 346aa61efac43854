//! Shaders that run on devices are valid SPIR-V, by Khronos' own judge.

use std::process::{Command, Stdio};

use gan_core::configuration::{BatchSize, HiddenLayers, Neurons, NoiseDimensions};
use gan_core::{Configuration, Preset};
use gan_vulkan::shader;
use gan_vulkan::sizes::{MemoryKind, Sizes};
use gan_vulkan::spirv::FloatControls;

/// A device that declares everything.
const CONTROLS: FloatControls = FloatControls {
    round_to_even: true,
    preserve_signs_and_infinities: true,
    preserve_subnormals: true,
};

fn kernels() -> Vec<Vec<u32>> {
    let mut configurations: Vec<Configuration> = Preset::ALL.map(Preset::configuration).to_vec();
    for (layers, neurons, dimensions, batch) in [(0, 1, 1, 1), (5, 100, 2, 1024)] {
        let mut configuration = Preset::Line.configuration();
        configuration.noise.dimensions = NoiseDimensions::new(dimensions).unwrap();
        configuration.batch = BatchSize::new(batch).unwrap();
        for network in [&mut configuration.generator, &mut configuration.discriminator] {
            network.hidden_layers = HiddenLayers::new(layers).unwrap();
            network.neurons = Neurons::new(neurons).unwrap();
        }
        configurations.push(configuration);
    }
    let mut kernels = Vec::new();
    for configuration in &configurations {
        for memory in [MemoryKind::Shared, MemoryKind::Storage] {
            let sizes = Sizes::new(configuration, 128, memory);
            kernels.push(shader::compile(&shader::training(&sizes), CONTROLS).unwrap());
        }
    }
    kernels
}

#[test]
fn every_kernel_is_valid() {
    if Command::new("spirv-val")
        .arg("--version")
        .stdout(Stdio::null())
        .status()
        .is_err()
    {
        let why = "spirv-val is not installed (spirv-tools)";
        assert_ne!(
            std::env::var("CI").as_deref(),
            Ok("true"),
            "not skipped under CI: {why}"
        );
        println!("skipped: {why}");
        return;
    }
    let folder = std::env::temp_dir().join(format!("gan-vulkan-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    for (number, words) in kernels().iter().enumerate() {
        let file = folder.join(format!("{number}.spv"));
        let bytes: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
        std::fs::write(&file, bytes).unwrap();
        let output = Command::new("spirv-val")
            .args(["--target-env", "vulkan1.1"])
            .arg(&file)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "kernel {number}: {said}");
    }
    std::fs::remove_dir_all(folder).unwrap();
}
