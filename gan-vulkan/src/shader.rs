//! From WGSL to the SPIR-V that runs: naga, then [`crate::spirv`].

use naga::back::spv;
use naga::proc::{BoundsCheckPolicies, BoundsCheckPolicy};
use naga::valid::{Capabilities, ValidationFlags, Validator};

use crate::sizes::{MemoryKind, Sizes};
use crate::spirv::{FloatControls, PatchError, patch};
use crate::switches::Steepness;

/// The functions of the contract.
pub const FUNCTIONS: &str = include_str!("shaders/functions.wgsl");
const SHARED: &str = include_str!("shaders/shared.wgsl");
const STORAGE: &str = include_str!("shaders/storage.wgsl");
const DENSE: &str = include_str!("shaders/dense.wgsl");
const UPDATE: &str = include_str!("shaders/update.wgsl");
const STEEPNESS: &str = include_str!("shaders/steepness.wgsl");
/// In its place where there is no penalty.
const NO_STEEPNESS: &str =
    "fn gather_steep() {} fn slopes(layer: Layer) {} fn input_tangents() {} fn tangents(layer: Layer) {}";
const TRAINING: &str = include_str!("shaders/training.wgsl");

/// A shader did not compile.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ShaderError {
    /// naga refused the WGSL.
    #[error("the shader does not compile: {0}")]
    Wgsl(String),
    /// The SPIR-V that naga wrote could not be patched.
    #[error(transparent)]
    Spirv(#[from] PatchError),
}

/// The training kernel for these sizes, as WGSL.
#[must_use]
pub fn training(sizes: &Sizes) -> String {
    let memory = match sizes.memory {
        MemoryKind::Shared => SHARED,
        MemoryKind::Storage => STORAGE,
    };
    let steepness = match sizes.switches.steepness {
        Steepness::Free => NO_STEEPNESS,
        Steepness::R1 | Steepness::Gradient => STEEPNESS,
    };
    let constants = sizes.constants();
    [&*constants, FUNCTIONS, memory, DENSE, UPDATE, steepness, TRAINING].join("\n")
}

/// Compiles WGSL and patches it for the device.
pub fn compile(wgsl: &str, controls: FloatControls) -> Result<Vec<u32>, ShaderError> {
    Ok(patch(&unpatched(wgsl)?, controls)?)
}

/// The SPIR-V that naga writes, without the patches: for tests that show why they are needed.
pub fn unpatched(wgsl: &str) -> Result<Vec<u32>, ShaderError> {
    let module =
        naga::front::wgsl::parse_str(wgsl).map_err(|error| ShaderError::Wgsl(error.emit_to_string(wgsl)))?;
    let info = Validator::new(ValidationFlags::all(), Capabilities::IMMEDIATES)
        .validate(&module)
        .map_err(|error| ShaderError::Wgsl(error.emit_to_string(wgsl)))?;
    let options = spv::Options {
        lang_version: (1, 3),
        flags: spv::WriterFlags::empty(),
        // Every index is computed from sizes baked in; checks would cost, and hide a mistake.
        bounds_check_policies: BoundsCheckPolicies {
            index: BoundsCheckPolicy::Unchecked,
            buffer: BoundsCheckPolicy::Unchecked,
            image_load: BoundsCheckPolicy::Unchecked,
            binding_array: BoundsCheckPolicy::Unchecked,
        },
        zero_initialize_workgroup_memory: spv::ZeroInitializeWorkgroupMemoryMode::None,
        force_loop_bounding: false,
        emit_int_div_checks: false,
        ..Default::default()
    };
    spv::write_vec(&module, &info, &options, None).map_err(|error| ShaderError::Wgsl(error.to_string()))
}
