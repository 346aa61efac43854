//! Recipes: whole configurations for a target, to begin with.
//!
//! `fixtures/recipes` says how the recommended ones were found, and how often each of them trains.

use std::sync::LazyLock;

use gan_core::{Configuration, Preset, Target};

use crate::files::configuration;

/// The recommended recipes, for the ring.
static FIRST_RECOMMENDED: LazyLock<Configuration> =
    LazyLock::new(|| of_ring(include_str!("../../../../fixtures/recipes/recommended.toml")));
static RECOMMENDED: LazyLock<Configuration> =
    LazyLock::new(|| of_ring(include_str!("../../../../fixtures/recipes/recommended-2.toml")));

fn of_ring(text: &str) -> Configuration {
    configuration::parse(text, &Preset::Ring.configuration()).expect("the test below reads it too")
}

/// A way to configure a run for a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Recipe {
    /// GAN Lab's preset of the target; of a target without one, the ring's networks and rates.
    Classic,
    /// The first configuration that trained on every target, in 10,000 epochs: what `recommended` meant when links and
    /// commands were written with it, and means for ever.
    FirstRecommended,
    /// One configuration whose samples come as near to the real ones as other real ones, on every target, in 10,000
    /// epochs.
    Recommended,
}

impl Recipe {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Classic, Self::FirstRecommended, Self::Recommended];
    /// The recipes that are offered to begin with.
    pub const OFFERED: [Self; 2] = [Self::Classic, Self::Recommended];

    /// The name in links and commands.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Classic => "classic",
            Self::FirstRecommended => "recommended",
            Self::Recommended => "recommended-2",
        }
    }

    /// The configuration for a target.
    #[must_use]
    pub fn configuration(self, target: Target) -> Configuration {
        let of_target = |preset: &Preset| preset.configuration().target == target;
        let preset = Preset::ALL.into_iter().find(of_target).unwrap_or(Preset::Ring);
        let classic = Configuration {
            target,
            ..preset.configuration()
        };
        match self {
            Self::Classic => classic,
            Self::FirstRecommended => Configuration {
                target,
                ..*FIRST_RECOMMENDED
            },
            Self::Recommended => Configuration {
                target,
                ..*RECOMMENDED
            },
        }
    }

    /// The recipe that a configuration is of, whatever its target, if it is of one.
    #[must_use]
    pub fn of(configuration: &Configuration) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|recipe| recipe.configuration(configuration.target) == *configuration)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_target_has_a_configuration_of_each_recipe_and_it_is_recognised() {
        for target in Target::ALL {
            for recipe in Recipe::ALL {
                let configuration = recipe.configuration(target);
                assert_eq!(configuration.target, target);
                assert_eq!(configuration.check(), Ok(()));
                assert_eq!(Recipe::of(&configuration), Some(recipe));
            }
        }
        let mut own = Preset::Line.configuration();
        own.batch = gan_core::configuration::BatchSize::LEAST;
        assert_eq!(Recipe::of(&own), None);
    }

    #[test]
    fn presets_are_the_classic_recipe() {
        for preset in Preset::ALL {
            let configuration = preset.configuration();
            assert_eq!(Recipe::Classic.configuration(configuration.target), configuration);
        }
    }
}
