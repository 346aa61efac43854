//! `gan-lab eval`: a trained network applied to points, as CSV.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use gan_core::evaluate::{Evaluator, evaluation_words};
use gan_core::{Network, Point, Reference};
use lab::files::points;
use lab::files::tensors::Model;

use crate::failure::Failure;

/// Arguments of `eval`.
#[derive(Args)]
pub struct Arguments {
    /// Parameters of the networks
    #[arg(long, value_name = "F.safetensors")]
    model: PathBuf,
    /// Inputs, one a row: noise for the generator, x and y for the discriminator
    #[arg(long, value_name = "F.csv")]
    points: PathBuf,
    /// Which network
    #[arg(long, value_enum)]
    net: NetworkName,
}

#[derive(Clone, Copy, ValueEnum)]
enum NetworkName {
    /// Prints x,y: the sample made of each noise vector
    Generator,
    /// Prints score: the probability of being real, at each point
    Discriminator,
}

/// Applies the network and prints a table.
pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let model = Model::load(&arguments.model)?;
    let network = match arguments.net {
        NetworkName::Generator => Network::Generator,
        NetworkName::Discriminator => Network::Discriminator,
    };
    let shape = model.configuration.shape(network);
    let inputs = points::load(&arguments.points, shape.inputs())?;
    let mut scratch = vec![0.0; evaluation_words(&shape)];
    let mut evaluator = Evaluator::<Reference>::new(shape, model.parameters(network), &mut scratch);
    let mut table = csv::Writer::from_writer(std::io::stdout().lock());
    match arguments.net {
        NetworkName::Generator => {
            let mut samples: Vec<Point> = vec![[0.0; 2]; inputs.len() / shape.inputs()];
            evaluator.generate(&inputs, &mut samples);
            table.write_record(["x", "y"])?;
            for sample in samples {
                table.serialize(sample)?;
            }
        }
        NetworkName::Discriminator => {
            let points: &[Point] = inputs.as_chunks().0;
            let mut scores = vec![0.0_f32; points.len()];
            evaluator.score(points, &mut scores);
            table.write_record(["score"])?;
            for score in scores {
                table.serialize([score])?;
            }
        }
    }
    Ok(table.flush()?)
}
