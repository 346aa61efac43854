//! What things are called, said once: networks, noise, optimisers, losses, rates.

use gan_core::Network;
use gan_core::configuration::{LearningRate, Loss, Noise, NoiseKind, Optimizer};

/// 'Generator'.
pub(crate) const fn network(network: Network) -> &'static str {
    match network {
        Network::Generator => "Generator",
        Network::Discriminator => "Discriminator",
    }
}

/// '2-D uniform'.
pub(crate) fn noise(noise: Noise) -> String {
    let kind = match noise.kind {
        NoiseKind::Uniform => "uniform",
        NoiseKind::Normal => "normal",
        NoiseKind::Spherical => "spherical",
    };
    format!("{}-D {kind}", noise.dimensions.get())
}

/// 'SGD'.
pub(crate) const fn optimizer(optimizer: Optimizer) -> &'static str {
    match optimizer {
        Optimizer::Sgd => "SGD",
        Optimizer::Adam => "Adam",
    }
}

/// 'Log loss'.
pub(crate) const fn loss(loss: Loss) -> &'static str {
    match loss {
        Loss::Log => "Log loss",
        Loss::LeastSquares => "Least squares",
        Loss::Minimax => "Minimax",
        Loss::Flipped => "Flipped labels",
        Loss::Wasserstein => "Wasserstein",
        Loss::Hinge => "Hinge",
    }
}

/// As [`loss`], within a sentence: 'log loss'; Wasserstein stays a name.
pub(crate) const fn loss_within(loss: Loss) -> &'static str {
    match loss {
        Loss::Log => "log loss",
        Loss::LeastSquares => "least squares",
        Loss::Minimax => "minimax",
        Loss::Flipped => "flipped labels",
        Loss::Wasserstein => "Wasserstein",
        Loss::Hinge => "hinge",
    }
}

/// What a network's loss says.
pub(crate) const fn loss_of(network: Network) -> &'static str {
    match network {
        Network::Discriminator => {
            "How badly the discriminator tells real from fake. It learns to make this small."
        }
        Network::Generator => {
            "How well the discriminator sees through the fake samples. The generator learns to make this small."
        }
    }
}

/// '0.03': all digits that make the number, in the other notation where they would be too many.
pub(crate) fn rate(rate: LearningRate) -> String {
    let plain = rate.get().to_string();
    if plain.len() > LONGEST_PLAIN {
        format!("{:e}", rate.get())
    } else {
        plain
    }
}

/// Characters of '0.012345678'.
const LONGEST_PLAIN: usize = 11;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_written_in_full_and_never_long() {
        let written = |number| rate(LearningRate::new(number).unwrap());
        assert_eq!(written(1e-6), "0.000001");
        assert_eq!(written(10.0), "10");
        assert_eq!(written(0.000_001_234_567_8), "1.2345678e-6");
        for number in [0.03, 0.012_345_679, 0.000_001_234_567_8, 9.999_999] {
            let written = written(number);
            assert_eq!(written.parse(), Ok(number));
            assert!(written.len() <= 13, "{written}");
        }
    }
}
