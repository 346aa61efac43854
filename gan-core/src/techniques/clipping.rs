//! Weight clipping: what keeps a discriminator that is no probability from growing without bound (Arjovsky et
//! al. 2017, algorithm 1; `CONTRACT.md`, section 9).

use super::Bound;

/// Cuts parameters off at ± the bound.
pub(crate) fn clip(bound: Bound, parameters: &mut [f32]) {
    let most = bound.get();
    for x in parameters {
        *x = if *x < most { *x } else { most };
        *x = if *x > -most { *x } else { -most };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_stay_within_the_bound() {
        let mut parameters = [0.02, 0.01, -0.01, -7.0, f32::MAX, 0.0, -0.005];
        clip(Bound::new(0.01).unwrap(), &mut parameters);
        assert_eq!(parameters, [0.01, 0.01, -0.01, -0.01, 0.01, 0.0, -0.005]);
    }
}
