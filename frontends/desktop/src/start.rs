//! The start of a run, as the command line tells it.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use gan_core::{Preset, Target};
use lab::files::configuration;
use lab::setup::experiment::setup_problem;
use lab::{Drawing, Experiment, Recipe};

use crate::failure::Failure;

/// Configuration, seed and data of a run.
#[derive(Args)]
pub struct Start {
    /// GAN Lab's preset to begin with
    #[arg(long, value_enum, default_value = "ring")]
    preset: PresetName,
    /// How the preset's data are to be learnt
    #[arg(long, value_enum, default_value = "classic")]
    recipe: RecipeName,
    /// What to learn instead of the preset's data, with its networks and learning rates or the recipe's
    #[arg(long, value_name = "TARGET", value_parser = target, conflicts_with = "data")]
    target: Option<Target>,
    /// Seed of all randomness: the same seed gives the same run
    #[arg(long, default_value_t = 13)]
    seed: u64,
    /// Hyper-parameters that differ from the preset's, as TOML
    #[arg(long, value_name = "F.toml")]
    config: Option<PathBuf>,
    /// Points to learn, two columns; scaled into the unit square if they lie outside
    #[arg(long, value_name = "F.csv")]
    data: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum RecipeName {
    /// With GAN Lab's networks and rates
    Classic,
    /// With the first configuration that trained on all data, in 10,000 epochs
    Recommended,
    /// With the one that converges on all data, in 10,000 epochs that take some four times as long
    #[value(name = "recommended-2")]
    Recommended2,
}

impl From<RecipeName> for Recipe {
    fn from(name: RecipeName) -> Self {
        match name {
            RecipeName::Classic => Self::Classic,
            RecipeName::Recommended => Self::FirstRecommended,
            RecipeName::Recommended2 => Self::Recommended,
        }
    }
}

#[derive(Clone, Copy, ValueEnum)]
enum PresetName {
    Line,
    Gaussians,
    Ring,
    Disjoint,
}

impl From<PresetName> for Preset {
    fn from(name: PresetName) -> Self {
        match name {
            PresetName::Line => Self::Line,
            PresetName::Gaussians => Self::Gaussians,
            PresetName::Ring => Self::Ring,
            PresetName::Disjoint => Self::Disjoint,
        }
    }
}

/// A target by the name that it has in a configuration.
fn target(name: &str) -> Result<Target, String> {
    let ring = Preset::Ring.configuration();
    let configuration = configuration::change("target", name, &ring)?;
    match configuration.target {
        Target::Drawing => Err("points to learn are given with --data F.csv".to_owned()),
        target => Ok(target),
    }
}

impl Start {
    /// The experiment told.
    pub fn experiment(&self) -> Result<Experiment, Failure> {
        let target = Preset::from(self.preset).configuration().target;
        let mut configuration = Recipe::from(self.recipe).configuration(target);
        if let Some(path) = &self.config {
            configuration = configuration::load(path, &configuration)?;
        }
        if let Some(target) = self.target {
            configuration.target = target;
        }
        let mut drawing = Drawing::default();
        if let Some(path) = &self.data {
            configuration.target = Target::Drawing;
            drawing = Drawing::load(path)?;
        }
        let experiment = Experiment::new(configuration, self.seed, drawing);
        experiment.map_err(|problem| Failure::bad_input(setup_problem(&problem)))
    }
}
