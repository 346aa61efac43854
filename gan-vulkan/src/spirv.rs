//! Patches of naga's SPIR-V: declarations that bit-exact arithmetic needs and naga does not write.
//!
//! A driver may contract `a * b + c` into one rounding, and choose rounding mode and the treatment of
//! subnormals, unless the module forbids it: every floating point operation is decorated `NoContraction`,
//! and the entry point declares the float controls the device has (SPV_KHR_float_controls). On the way
//! each barrier is checked to hold up the whole workgroup: one of a smaller scope would be a race that some
//! drivers do not show. Its memory scope becomes the workgroup: a GAN's numbers are nobody else's,
//! and naga's wider scope would empty a graphics card's caches at every step.
//!
//! A module is a header of five words and instructions, each with its length in its first word, in an order
//! fixed by the specification (SPIR-V 1.3, sections 2.3 and 2.4).

use std::collections::{HashMap, HashSet};

/// Controls of 32-bit floating point that a device declares and a module then asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FloatControls {
    /// RoundingModeRTE: rounds to nearest, ties to even.
    pub round_to_even: bool,
    /// SignedZeroInfNanPreserve: keeps the sign of zero, infinities and NaN.
    pub preserve_signs_and_infinities: bool,
    /// DenormPreserve: keeps subnormal numbers.
    pub preserve_subnormals: bool,
}

/// The module is not what naga writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PatchError {
    /// The words do not follow the format.
    #[error("the SPIR-V is malformed at word {word}")]
    Malformed {
        /// The word, from 0.
        word: usize,
    },
    /// A barrier holds up less than a workgroup.
    #[error("the barrier at word {word} holds up less than a workgroup")]
    NarrowBarrier {
        /// The word, from 0.
        word: usize,
    },
    /// There is no entry point.
    #[error("the SPIR-V has no entry point")]
    NoEntryPoint,
}

const HEADER: usize = 5;
const OP_EXTENSION: u32 = 10;
const OP_EXT_INST_IMPORT: u32 = 11;
const OP_MEMORY_MODEL: u32 = 14;
const OP_ENTRY_POINT: u32 = 15;
const OP_EXECUTION_MODE: u32 = 16;
const OP_CAPABILITY: u32 = 17;
const OP_CONSTANT: u32 = 43;
const OP_DECORATE: u32 = 71;
const OP_CONTROL_BARRIER: u32 = 224;
/// FNegate, FAdd, FSub, FMul, FDiv, FRem, FMod, VectorTimesScalar … Dot.
const ARITHMETIC: [u32; 14] = [
    127, 129, 131, 133, 136, 140, 141, 142, 143, 144, 145, 146, 147, 148,
];
const NO_CONTRACTION: u32 = 42;
const SCOPE_WORKGROUP: u32 = 2;

/// The module with NoContraction on every floating point operation, and the device's float controls.
pub fn patch(module: &[u32], controls: FloatControls) -> Result<Vec<u32>, PatchError> {
    let instructions = instructions(module)?;
    let entry_point = instructions
        .iter()
        .find(|instruction| instruction.code == OP_ENTRY_POINT)
        .ok_or(PatchError::NoEntryPoint)?
        .words[2];
    check_barriers(&instructions)?;
    let additions = Additions::new(entry_point, controls);
    let decorations = no_contraction(&instructions);
    let mut patched = module[..HEADER].to_vec();
    // Each addition goes to the end of its own section, which is where the next one begins.
    let mut pending = [
        (&additions.capabilities, Section::Capabilities),
        (&additions.extensions, Section::Extensions),
        (&additions.execution_modes, Section::ExecutionModes),
        (&decorations, Section::Annotations),
    ]
    .into_iter()
    .peekable();
    for instruction in &instructions {
        while let Some((words, _)) = pending.next_if(|(_, section)| instruction.section() > *section) {
            patched.extend(words);
        }
        match (instruction.code, instruction.words) {
            // Both scopes, of execution and of memory: the workgroup, as WGSL has it.
            (OP_CONTROL_BARRIER, [head, execution, _, semantics]) => {
                patched.extend([head, execution, execution, semantics]);
            }
            (_, words) => patched.extend(words),
        }
    }
    Ok(patched)
}

struct Instruction<'a> {
    code: u32,
    /// Index of its first word in the module.
    at: usize,
    words: &'a [u32],
}

/// Sections of a module, in order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Section {
    Capabilities,
    Extensions,
    ExecutionModes,
    Annotations,
    Rest,
}

impl Instruction<'_> {
    fn section(&self) -> Section {
        match self.code {
            OP_CAPABILITY => Section::Capabilities,
            OP_EXTENSION => Section::Extensions,
            OP_EXT_INST_IMPORT | OP_MEMORY_MODEL | OP_ENTRY_POINT | OP_EXECUTION_MODE => {
                Section::ExecutionModes
            }
            // Debug information (names, sources) and decorations: all come before types.
            3..=8 | OP_DECORATE..=75 | 330 => Section::Annotations,
            _ => Section::Rest,
        }
    }
}

fn instructions(module: &[u32]) -> Result<Vec<Instruction<'_>>, PatchError> {
    let mut found = Vec::new();
    let mut at = HEADER;
    while at < module.len() {
        let (length, code) = ((module[at] >> 16) as usize, module[at] & 0xffff);
        let words = module.get(at..at + length).filter(|words| !words.is_empty());
        let words = words.ok_or(PatchError::Malformed { word: at })?;
        found.push(Instruction { code, at, words });
        at += length;
    }
    Ok(found)
}

fn check_barriers(instructions: &[Instruction<'_>]) -> Result<(), PatchError> {
    let constants: HashMap<u32, u32> = instructions
        .iter()
        .filter(|instruction| instruction.code == OP_CONSTANT)
        .map(|instruction| (instruction.words[2], instruction.words[3]))
        .collect();
    let narrow = instructions.iter().find(|instruction| {
        instruction.code == OP_CONTROL_BARRIER
            && constants.get(&instruction.words[1]) != Some(&SCOPE_WORKGROUP)
    });
    match narrow {
        Some(instruction) => Err(PatchError::NarrowBarrier { word: instruction.at }),
        None => Ok(()),
    }
}

fn no_contraction(instructions: &[Instruction<'_>]) -> Vec<u32> {
    let has = |instruction: &&Instruction<'_>| {
        instruction.code == OP_DECORATE && instruction.words[2] == NO_CONTRACTION
    };
    let already: HashSet<u32> = instructions
        .iter()
        .filter(has)
        .map(|instruction| instruction.words[1])
        .collect();
    instructions
        .iter()
        .filter(|instruction| ARITHMETIC.contains(&instruction.code))
        .map(|instruction| instruction.words[2])
        .filter(|result| !already.contains(result))
        .flat_map(|result| [3 << 16 | OP_DECORATE, result, NO_CONTRACTION])
        .collect()
}

struct Additions {
    capabilities: Vec<u32>,
    extensions: Vec<u32>,
    execution_modes: Vec<u32>,
}

impl Additions {
    fn new(entry_point: u32, controls: FloatControls) -> Self {
        let mut additions = Self {
            capabilities: Vec::new(),
            extensions: Vec::new(),
            execution_modes: Vec::new(),
        };
        for (declared, capability, mode) in [
            (controls.preserve_subnormals, 4464, 4459),
            (controls.preserve_signs_and_infinities, 4466, 4461),
            (controls.round_to_even, 4467, 4462),
        ] {
            if declared {
                additions
                    .capabilities
                    .extend([2 << 16 | OP_CAPABILITY, capability]);
                let words = [4 << 16 | OP_EXECUTION_MODE, entry_point, mode, 32];
                additions.execution_modes.extend(words);
            }
        }
        if !additions.capabilities.is_empty() {
            let name = b"SPV_KHR_float_controls\0\0";
            let words = name.as_chunks::<4>().0;
            additions
                .extensions
                .push((words.len() as u32 + 1) << 16 | OP_EXTENSION);
            let words = words.iter().map(|bytes| u32::from_le_bytes(*bytes));
            additions.extensions.extend(words);
        }
        additions
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONTROLS: FloatControls = FloatControls {
        round_to_even: true,
        preserve_signs_and_infinities: true,
        preserve_subnormals: false,
    };

    /// A capability, a memory model, an entry point 4, a constant 5 of `scope`, an addition 6, a barrier.
    fn module(scope: u32) -> Vec<u32> {
        let mut words = vec![0x0723_0203, 0x0001_0300, 0, 10, 0];
        words.extend([2 << 16 | OP_CAPABILITY, 1]);
        words.extend([3 << 16 | OP_MEMORY_MODEL, 0, 1]);
        words.extend([4 << 16 | OP_ENTRY_POINT, 5, 4, 0]);
        words.extend([4 << 16 | OP_CONSTANT, 1, 5, scope]);
        words.extend([5 << 16 | 129, 1, 6, 5, 5]);
        words.extend([4 << 16 | OP_CONTROL_BARRIER, 5, 7, 5]);
        words
    }

    #[test]
    fn additions_go_where_the_specification_wants_them() {
        let module = module(SCOPE_WORKGROUP);
        let patched = patch(&module, CONTROLS).unwrap();
        let codes: Vec<u32> = instructions(&patched).unwrap().iter().map(|i| i.code).collect();
        assert_eq!(codes, [17, 17, 17, 10, 14, 15, 16, 16, 71, 43, 129, 224]);
        let barrier = &patched[patched.len() - 4..];
        assert_eq!(barrier[1], barrier[2], "what it makes visible is the workgroup's");
        let twice = patch(&patched, FloatControls::default()).unwrap();
        assert_eq!(twice, patched, "what is decorated already is not decorated again");
    }

    #[test]
    fn a_barrier_of_a_subgroup_is_refused() {
        let subgroup = 3;
        assert!(matches!(
            patch(&module(subgroup), CONTROLS),
            Err(PatchError::NarrowBarrier { .. })
        ));
    }

    #[test]
    fn a_torn_module_is_refused() {
        let mut words = module(SCOPE_WORKGROUP);
        words.pop();
        assert!(matches!(
            patch(&words, CONTROLS),
            Err(PatchError::Malformed { .. })
        ));
        assert_eq!(patch(&words[..HEADER], CONTROLS), Err(PatchError::NoEntryPoint));
    }
}
