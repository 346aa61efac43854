//! Whether a device computes as the contract says: shown, not believed.
//!
//! A shader computes expressions whose results tell arithmetics apart: subnormal numbers that would be
//! flushed, ties that would be rounded another way, products that would lose their rounding in a contraction,
//! and the contract's functions over many numbers. Every result must have the bits that gan-core's have.
//! Vulkan lets a device declare how it rounds; bit-exact is said only where it declares and the probe agrees.
//!
//! lavapipe does not declare that it keeps subnormals; the probe shows that it does.

use std::fmt;

use gan_core::math;

use crate::Device;
use crate::compute::Computer;
use crate::error::TrainError;
use crate::shader::{self, FUNCTIONS};

/// The probe's own part of its shader; [`FUNCTIONS`] come ahead of it.
pub const SHADER: &str = include_str!("shaders/probe.wgsl");
/// Invocations of a workgroup of the probe.
const WORKGROUP: u32 = 64;

/// Findings of a probe: whether the results of each kind were as the contract says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Findings {
    /// Subnormal numbers stay, in operands and results.
    pub subnormals: bool,
    /// Results are rounded to nearest, ties to even.
    pub rounding: bool,
    /// Products are rounded before they are added, and sums are not reordered.
    pub separate: bool,
    /// Division, square root, exponential, sigmoid, tanh and the flushes give gan-core's bits.
    pub functions: bool,
}

impl Findings {
    /// Whether everything was as it must be.
    #[must_use]
    pub const fn all(&self) -> bool {
        self.subnormals && self.rounding && self.separate && self.functions
    }
}

/// The verdict on a device's results.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It declares its rounding, and the probe found the contract's bits.
    BitExact,
    /// The probe found nothing wrong, but the device does not declare how it rounds.
    NotDeclared,
    /// The probe found other bits.
    Differs(Findings),
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BitExact => f.write_str("bit-exact: declared, and verified by a probe"),
            Self::NotDeclared => f.write_str("not promised: it does not declare how it rounds"),
            Self::Differs(findings) => {
                let kinds = [
                    (findings.subnormals, "flushes subnormal numbers"),
                    (findings.rounding, "does not round to nearest even"),
                    (findings.separate, "contracts or reorders operations"),
                    (findings.functions, "computes other functions"),
                ];
                let wrong: Vec<&str> = kinds.iter().filter(|kind| !kind.0).map(|kind| kind.1).collect();
                write!(f, "other bits than the reference: it {}", wrong.join(", "))
            }
        }
    }
}

/// Probes a device.
pub fn verdict(device: &Device) -> Result<Verdict, TrainError> {
    let controls = device.facts().controls;
    let spirv = shader::compile(&[FUNCTIONS, SHADER].join("\n"), controls)?;
    let findings = findings(device, &spirv)?;
    Ok(match (findings.all(), controls.round_to_even) {
        (false, _) => Verdict::Differs(findings),
        (true, false) => Verdict::NotDeclared,
        (true, true) => Verdict::BitExact,
    })
}

/// Findings of a compiled probe on a device; the SPIR-V may be spoilt on purpose.
pub fn findings(device: &Device, spirv: &[u32]) -> Result<Findings, TrainError> {
    let computer = Computer::new(device.clone())?;
    let cases = cases();
    let words: Vec<u32> = cases.iter().flat_map(Case::words).collect();
    let buffers = [computer.buffer(words.len())?, computer.buffer(cases.len())?];
    computer.upload(&words, &buffers[0])?;
    let kernel = computer.kernel(spirv)?;
    let bound = computer.bind(&kernel, &[&buffers[0], &buffers[1]])?;
    let groups = (cases.len() as u32).div_ceil(WORKGROUP);
    computer.run::<0>(&bound, None, groups)?;
    let mut results = vec![0; cases.len()];
    computer.download(&buffers[1], &mut results)?;
    let good = |kind| {
        let cases = cases.iter().zip(&results);
        cases
            .filter(|(case, _)| case.kind == kind)
            .all(|(case, result)| case.expected.to_bits() == *result)
    };
    Ok(Findings {
        subnormals: good(Kind::Subnormals),
        rounding: good(Kind::Rounding),
        separate: good(Kind::Separate),
        functions: good(Kind::Functions),
    })
}

/// The property that a case tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Subnormals,
    Rounding,
    Separate,
    Functions,
}

/// Expressions, numbered as in the shader.
#[derive(Clone, Copy, Debug)]
enum Operation {
    Sum,
    Product,
    ProductSum,
    Difference,
    VectorProductSum,
    ThereAndBack,
    Quotient,
    SquareRoot,
    Exponential,
    Sigmoid,
    Tanh,
    Canonical,
    CanonicalSquare,
    Relu,
}

impl Operation {
    fn result(self, [a, b, c]: [f32; 3]) -> f32 {
        match self {
            Self::Sum => a + b,
            Self::Product => a * b,
            Self::ProductSum => a * b + c,
            Self::Difference => c - a * b,
            Self::VectorProductSum => c + a * b,
            Self::ThereAndBack => (a + b) - b,
            Self::Quotient => a / b,
            // Correctly rounded, as the standard wants it of every processor.
            Self::SquareRoot => a.sqrt(),
            Self::Exponential => math::exp(a),
            // Canonical, as the contract uses it.
            Self::Sigmoid => math::canonical(math::sigmoid(a)),
            Self::Tanh => math::tanh(a),
            Self::Canonical => math::canonical(a),
            Self::CanonicalSquare => math::canonical_square(a),
            Self::Relu => math::relu(a),
        }
    }
}

/// One expression with its numbers and what must come out.
struct Case {
    kind: Kind,
    operation: Operation,
    numbers: [f32; 3],
    expected: f32,
}

impl Case {
    fn new(kind: Kind, operation: Operation, numbers: [f32; 3]) -> Self {
        Self {
            kind,
            operation,
            numbers,
            expected: operation.result(numbers),
        }
    }

    fn words(&self) -> [u32; 4] {
        let [a, b, c] = self.numbers.map(f32::to_bits);
        [self.operation as u32, a, b, c]
    }
}

fn cases() -> Vec<Case> {
    use Operation::*;
    let power = |exponent: i32| 2.0_f32.powi(exponent);
    let ulp = power(-23);
    let mut cases = Vec::new();
    // Subnormal results, subnormal operands with a normal result, and both.
    for sign in [1.0, -1.0] {
        for (operation, numbers) in [
            (Product, [power(-100), sign * power(-40), 0.0]),
            (Product, [sign * f32::from_bits(12_345), power(60), 0.0]),
            (Sum, [f32::MIN_POSITIVE, sign * -1.5 * f32::MIN_POSITIVE, 0.0]),
            (Sum, [sign * f32::from_bits(77), f32::from_bits(5), 0.0]),
            (ProductSum, [power(-70), sign * power(-70), power(-140)]),
            (VectorProductSum, [power(-70), sign * power(-60), power(-130)]),
        ] {
            cases.push(Case::new(Kind::Subnormals, operation, numbers));
        }
    }
    // Ties to even in both directions, and what is nearer than truncation or rounding up would give.
    for sign in [1.0, -1.0] {
        for low in [0.25, 0.5, 0.75, 1.25, 1.5, 1.75, 2.5, 3.5] {
            let numbers = [sign, sign * low * ulp, 0.0];
            cases.push(Case::new(Kind::Rounding, Sum, numbers));
            let numbers = [sign * (1.0 + ulp), low * ulp + 1.0, 0.0];
            cases.push(Case::new(Kind::Rounding, Product, numbers));
        }
        let numbers = [sign * (1.0 + power(-12)), 1.0 + power(-12), 0.0];
        cases.push(Case::new(Kind::Rounding, Product, numbers));
    }
    // Sums that show whether the product in them was rounded on its own, and that nothing cancels early.
    let mut numbers = Numbers(1);
    for _ in 0..200 {
        let (a, b) = (numbers.around_one(), numbers.around_one());
        for operation in [ProductSum, VectorProductSum] {
            cases.push(Case::new(Kind::Separate, operation, [a, b, -(a * b)]));
        }
        cases.push(Case::new(Kind::Separate, Difference, [a, b, a * b]));
        cases.push(Case::new(
            Kind::Separate,
            ThereAndBack,
            [a, 12_582_912.0 * b, 0.0],
        ));
    }
    functions(&mut cases);
    cases
}

/// Cases of the contract's functions over the numbers that reach them.
fn functions(cases: &mut Vec<Case>) {
    use Operation::*;
    let mut numbers = Numbers(2);
    let edges = [
        0.0,
        -0.0,
        0.625,
        -0.625,
        87.0,
        88.0,
        -87.0,
        -88.5,
        1e30,
        f32::INFINITY,
        f32::NEG_INFINITY,
        f32::NAN,
        f32::from_bits(0x2680_0000),
        f32::from_bits(0x267f_ffff),
        f32::from_bits(0x0d80_0000),
        f32::from_bits(0x0d7f_ffff),
    ];
    for index in 0..4000 {
        let x = edges.get(index).copied().unwrap_or_else(|| numbers.logit());
        for operation in [Exponential, Sigmoid, Tanh] {
            cases.push(Case::new(Kind::Functions, operation, [x, 0.0, 0.0]));
        }
        if !x.is_nan() {
            for operation in [Canonical, CanonicalSquare, Relu] {
                cases.push(Case::new(Kind::Functions, operation, [x, 0.0, 0.0]));
            }
        }
        let (a, b) = (numbers.normal(), numbers.normal().abs());
        if (a / b).is_normal() || (a / b).is_infinite() {
            cases.push(Case::new(Kind::Functions, Quotient, [a, b, 0.0]));
        }
        cases.push(Case::new(Kind::Functions, SquareRoot, [b, 0.0, 0.0]));
    }
    for (a, b) in [
        (0.0, 3.0),
        (-0.0, 3.0),
        (1.0, f32::INFINITY),
        (f32::INFINITY, 2.0),
        (f32::MAX, 0.5),
    ] {
        cases.push(Case::new(Kind::Functions, Quotient, [a, b, 0.0]));
    }
    for a in [0.0, f32::INFINITY, f32::MAX, f32::MIN_POSITIVE] {
        cases.push(Case::new(Kind::Functions, SquareRoot, [a, 0.0, 0.0]));
    }
}

/// A few thousand numbers that are the same on every machine (Steele, Lea and Flood 2014).
struct Numbers(u64);

impl Numbers {
    fn bits(&mut self) -> u32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 32) as u32
    }

    /// In [1, 2).
    fn around_one(&mut self) -> f32 {
        f32::from_bits(0x3f80_0000 | self.bits() & 0x007f_ffff)
    }

    /// In (−16, 16).
    fn logit(&mut self) -> f32 {
        (self.bits() as i32) as f32 * 2.0_f32.powi(-27)
    }

    /// Any normal number.
    fn normal(&mut self) -> f32 {
        loop {
            let x = f32::from_bits(self.bits());
            if x.is_normal() {
                return x;
            }
        }
    }
}
