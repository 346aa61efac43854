//! Prints the cost of the measures beside that of an epoch, on this machine: microseconds, the
//! least of several tries.

use std::error::Error;
use std::hint::black_box;
use std::time::Instant;

use fearless_simd::Level;
use gan_core::evaluate::{Evaluator, evaluation_words};
use gan_core::gan::{draw_noise, draw_real};
use gan_core::measures::{Bins, Course, Histogram, Modes, Oscillation};
use gan_core::random::{Purpose, Stream};
use gan_core::{Gan, Instructions, Network, Preset, Reference, memory_words};

/// Samples on each side, as the viewer takes them.
const SAMPLES: usize = 10_000;

fn main() -> Result<(), Box<dyn Error>> {
    let instructions = Instructions::Simd(Level::new());
    for preset in Preset::ALL {
        let configuration = preset.configuration();
        let memory = vec![0.0; memory_words(&configuration)];
        let mut gan = Gan::<_, Reference>::new(memory, &configuration, 7, &[])?;
        gan.use_instructions(instructions);
        gan.run_epochs(1000)?;
        let mut real = vec![[0.0; 2]; SAMPLES];
        let stream = Stream::new(7, Purpose::EvaluationReal);
        draw_real::<Reference>(&configuration, &[], stream, &mut real);
        let dimensions = configuration.noise.dimensions.get();
        let mut noise = vec![0.0; SAMPLES * dimensions];
        let stream = Stream::new(7, Purpose::EvaluationNoise);
        draw_noise::<Reference>(&configuration, stream, &mut noise);
        let shapes = [Network::Generator, Network::Discriminator].map(|network| configuration.shape(network));
        let [mut for_generator, mut for_discriminator] =
            shapes.map(|shape| vec![0.0; evaluation_words(&shape)]);
        let [generator, discriminator] =
            [Network::Generator, Network::Discriminator].map(|network| gan.parameters(network).to_vec());
        let mut generator = Evaluator::<Reference>::new(shapes[0], &generator, &mut for_generator)
            .with_instructions(instructions);
        let mut discriminator =
            Evaluator::<Reference>::new(shapes[1], &discriminator, &mut for_discriminator)
                .with_instructions(instructions);
        let mut fake = vec![[0.0; 2]; SAMPLES];
        generator.generate(&noise, &mut fake);
        let bins = Bins::<100>::of(&real).ok_or("no bins")?;
        let mut scores = vec![0.0; SAMPLES];
        let mut course = Course::<256>::new();
        (0..256).for_each(|n| course.push(f64::from(n % 37)));
        let mut before = vec![0.0; shapes[0].parameters().max(shapes[1].parameters())];

        println!("{preset:?}");
        let row = |what: &str, tries: u32, each: &mut dyn FnMut()| {
            let time = |_| {
                let begun = Instant::now();
                each();
                begun.elapsed().as_secs_f64() * 1e6
            };
            let least = (0..tries).map(time).fold(f64::INFINITY, f64::min);
            println!("  {what:<40} {least:>10.2}");
        };
        row("an epoch", 1000, &mut || {
            gan.run_epoch().expect("it stays finite");
        });
        row("an epoch, its updates measured", 1000, &mut || {
            black_box(gan.run_measured_epoch(&mut before).expect("it stays finite"));
        });
        row("D's loss", 1000, &mut || {
            black_box(gan.loss(Network::Discriminator));
        });
        row("mean and variance of 256 losses", 1000, &mut || {
            black_box(course.spread());
        });
        row("their period", 100, &mut || {
            black_box(Oscillation::of(course.ordered(&mut [0.0; 256])));
        });
        row("bins of 10,000 real samples, once a run", 5, &mut || {
            black_box(Bins::<100>::of(&real));
        });
        row("10,000 fake samples", 20, &mut || {
            generator.generate(&noise, &mut fake)
        });
        row("NDB of them", 20, &mut || {
            black_box(bins.compare(&real));
        });
        row("modes", 20, &mut || {
            black_box(Modes::of(configuration.target, &real));
        });
        row("histogram of 10,000 outputs", 20, &mut || {
            discriminator.score(&real, &mut scores);
            black_box(Histogram::of(&scores));
        });
        row("dead units of both, 10,000 samples", 20, &mut || {
            black_box(generator.activity_of_noise(&noise));
            black_box(discriminator.activity_at(&real));
        });
    }
    Ok(())
}
