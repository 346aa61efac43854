//! The probe tells good arithmetic from bad: a device's own from one that was spoilt on purpose.

use gan_vulkan::probe::{self, Findings, SHADER, Verdict};
use gan_vulkan::shader::{self, FUNCTIONS};
use gan_vulkan::{Device, OpenError};

const GOOD: Findings = Findings {
    subnormals: true,
    rounding: true,
    separate: true,
    functions: true,
};

/// The first device; without one, `None` and why, which fails where everything must be there.
fn device() -> Option<Device> {
    let skipped = |error: OpenError| {
        assert_ne!(
            std::env::var("CI").as_deref(),
            Ok("true"),
            "not skipped under CI: {error}"
        );
        println!("skipped: {error}");
    };
    Device::open(None).map_err(skipped).ok()
}

fn found(device: &Device, spoil: impl Fn(String) -> String) -> Findings {
    let wgsl = spoil([FUNCTIONS, SHADER].join("\n"));
    let spirv = shader::compile(&wgsl, device.facts().controls).unwrap();
    probe::findings(device, &spirv).unwrap()
}

/// Replaces text that must be there.
fn replaced(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "nothing to spoil: {from}");
    text.replace(from, to)
}

#[test]
fn a_device_that_rounds_as_it_should_is_bit_exact() {
    let Some(device) = device() else { return };
    assert_eq!(found(&device, |good| good), GOOD);
    assert_eq!(probe::verdict(&device), Ok(Verdict::BitExact));
}

#[test]
fn contraction_is_found() {
    let Some(device) = device() else { return };
    for (from, to) in [
        ("a * b + c;", "(a * b + c) + product_remainder(a, b, a * b);"),
        ("c - a * b;", "(c - a * b) - product_remainder(a, b, a * b);"),
        (
            "(vec4(c) + vec4(a, b, a, b) * b).x",
            "(c + a * b) + product_remainder(a, b, a * b)",
        ),
        ("result = (a + b) - b;", "result = a;"),
    ] {
        let findings = found(&device, |good| replaced(&good, from, to));
        assert!(!findings.separate, "{to}: {findings:?}");
    }
}

#[test]
fn flushed_subnormals_are_found() {
    let Some(device) = device() else { return };
    let flush = "fn flush(x: f32) -> f32 { return select(x, 0.0, (bits(x) & 0x7f800000u) == 0u); }\n";
    for (from, to) in [
        ("results[id.x] = result;", "results[id.x] = flush(result);"),
        ("let a = cases[id.x].a;", "let a = flush(cases[id.x].a);"),
    ] {
        let findings = found(&device, |good| flush.to_owned() + &replaced(&good, from, to));
        assert!(!findings.subnormals, "{to}: {findings:?}");
    }
}

#[test]
fn another_rounding_is_found() {
    let Some(device) = device() else { return };
    // Towards zero: one ulp back where the rounded sum lies beyond the exact one.
    let truncated = "let s = a + b; let over = (s - a) - b; \
        result = from_bits(bits(s) - select(0u, 1u, over * s > 0.0));";
    let findings = found(&device, |good| replaced(&good, "result = a + b;", truncated));
    assert!(!findings.rounding, "{findings:?}");
}

#[test]
fn a_function_off_by_an_ulp_is_found() {
    let Some(device) = device() else { return };
    for (from, to) in [
        ("p = p * r + 0.5;", "p = p * r + 0.50000006;"),
        ("p = p * z + -0.3333328;", "p = p * z + -0.33333278;"),
        ("remainder > half", "remainder > -half"),
        ("remainder > least", "remainder > -least"),
        ("0x26800000u", "0x26800001u"),
    ] {
        let findings = found(&device, |good| replaced(&good, from, to));
        assert!(!findings.functions, "{to}: {findings:?}");
    }
}

#[test]
fn a_shader_without_the_patches_is_found_or_told_apart() {
    let Some(device) = device() else { return };
    let spirv = shader::unpatched(&[FUNCTIONS, SHADER].join("\n")).unwrap();
    let findings = probe::findings(&device, &spirv).unwrap();
    println!("without patches: {findings:?}");
    assert!(!findings.all());
}
