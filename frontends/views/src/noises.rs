//! Noise to choose from: what teaches most of the 48 kinds there are.

use gan_core::configuration::{Noise, NoiseDimensions, NoiseKind};

/// Kinds and dimensions, fewest dimensions first; what there is now among them, as the last if it is not usual.
pub(crate) fn to_choose_from(now: Noise) -> Vec<Noise> {
    use NoiseKind::{Normal, Spherical, Uniform};
    let usual = [
        (Uniform, 1),
        (Normal, 1),
        (Uniform, 2),
        (Normal, 2),
        (Spherical, 2),
        (Uniform, 8),
        (Normal, 8),
        (Spherical, 8),
    ];
    let noise = |(kind, dimensions)| {
        let dimensions = NoiseDimensions::new(dimensions).ok()?;
        Some(Noise { kind, dimensions })
    };
    let mut all: Vec<Noise> = usual.into_iter().filter_map(noise).collect();
    if !all.contains(&now) {
        all.push(now);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_there_is_can_always_be_chosen() {
        for kind in [NoiseKind::Uniform, NoiseKind::Normal, NoiseKind::Spherical] {
            for dimensions in 1..=16 {
                let dimensions = NoiseDimensions::new(dimensions).unwrap();
                let now = Noise { kind, dimensions };
                let all = to_choose_from(now);
                assert_eq!(all.iter().filter(|noise| **noise == now).count(), 1);
                assert!(all.len() <= 9);
            }
        }
    }
}
