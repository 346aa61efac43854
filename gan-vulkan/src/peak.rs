//! The peak of a device: multiplications and additions that are not fused, and nothing else.

use crate::Device;
use crate::compute::Computer;
use crate::error::TrainError;
use crate::shader;

const SHADER: &str = include_str!("shaders/peak.wgsl");
/// Invocations of a workgroup.
const WORKGROUP: u32 = 256;
/// Multiplications and additions of an invocation in a round: 4 chains of 4 numbers, two operations each.
const OPERATIONS: u64 = 32;

/// Billions of operations a second, the best of several tries.
pub fn gigaflops(device: &Device) -> Result<f64, TrainError> {
    // A processor is full with few workgroups, and ends loops early.
    let (groups, rounds) = match device.facts().is_cpu() {
        true => (64_u32, 4_000_u32),
        false => (16_384, 16_384),
    };
    let computer = Computer::new(device.clone())?;
    let results = computer.buffer((2 + groups * WORKGROUP) as usize)?;
    computer.upload(&[0.999_f32.to_bits(), 0.001_f32.to_bits()], &results)?;
    let kernel = computer.kernel(&shader::compile(SHADER, device.facts().controls)?)?;
    let bound = computer.bind(&kernel, &[&results])?;
    let mut best = f64::MAX;
    for _ in 0..10 {
        let time = computer.run(&bound, Some([rounds]), groups)?;
        best = best.min(time.as_secs_f64());
    }
    let operations = OPERATIONS * u64::from(rounds) * u64::from(groups * WORKGROUP);
    Ok(operations as f64 / best * 1e-9)
}
