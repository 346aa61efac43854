//! `gan-lab eval`: a trained network applied to points, as CSV.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use gan_core::evaluate::{Evaluator, evaluation_words};
use gan_core::{Network, Point, Reference};
use lab::checks::observer::of_being_real;
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
    /// The same with the moving average of the generator, where the run kept one
    Average,
    /// Prints score: the probability of being real, at each point
    Discriminator,
}

/// Applies the network and prints a table.
pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let model = Model::load(&arguments.model)?;
    let (network, parameters) = match arguments.net {
        NetworkName::Generator => (Network::Generator, model.at_points(Network::Generator)),
        NetworkName::Average => (Network::Generator, model.average_at_points()),
        NetworkName::Discriminator => (Network::Discriminator, model.at_points(Network::Discriminator)),
    };
    let parameters = parameters.ok_or_else(|| {
        let problem = match (arguments.net, model.configuration.techniques.average) {
            (NetworkName::Average, None) => "it has no moving average; choose --net generator",
            _ => {
                "it does not tell how its networks answer about single points, for they only know batches; export it \
                 again"
            }
        };
        Failure::bad_input(format_args!("{}: {problem}", arguments.model.display()))
    })?;
    let (configuration, techniques) = (&model.configuration, &model.configuration.techniques);
    let shape = configuration.inference_shape(network);
    let mut inputs = points::load(&arguments.points, shape.inputs())?;
    let mut scratch = vec![0.0; evaluation_words(&shape)];
    let mut evaluator = Evaluator::<Reference>::new(shape, parameters, &mut scratch).of(techniques);
    let mut table = csv::Writer::from_writer(std::io::stdout().lock());
    match arguments.net {
        NetworkName::Generator | NetworkName::Average => {
            for component in &mut inputs {
                *component = techniques.inputs.normalize(*component);
            }
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
            of_being_real(configuration, &mut scores);
            table.write_record(["score"])?;
            for score in scores {
                table.serialize([score])?;
            }
        }
    }
    Ok(table.flush()?)
}
