//! Models and atlases read back; damaged ones are refused.

use super::*;
use crate::{Experiment, Trainer};
use gan_core::{Reference, Shape};
use proptest::prelude::*;

fn model(preset: Preset) -> Model {
    let trainer = Trainer::<Reference>::new(Experiment::preset(preset, 1));
    let [generator, discriminator] = NETWORKS.map(|network| trainer.gan().parameters(network).to_vec());
    Model {
        configuration: preset.configuration(),
        epoch: Some(0),
        generator,
        discriminator,
        average: None,
        inference: None,
    }
}

#[test]
fn a_model_reads_back_and_its_file_is_always_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let (a, b) = (folder.path().join("a"), folder.path().join("b"));
    for preset in Preset::ALL {
        let model = model(preset);
        model.save(&a).unwrap();
        model.save(&b).unwrap();
        assert_eq!(Model::load(&a).unwrap(), model);
        assert_eq!(std::fs::read(&a).unwrap(), std::fs::read(&b).unwrap());
    }
}

#[test]
fn a_model_without_metadata_tells_its_shapes() {
    let model = model(Preset::Disjoint);
    let bytes = |values: &[f32]| values.iter().flat_map(|v| v.to_le_bytes()).collect::<Vec<u8>>();
    let (mut data, mut names) = (Vec::new(), Vec::new());
    for network in NETWORKS {
        for (index, layer) in model.configuration.shape(network).layers().iter().enumerate() {
            let values = model.parameters(network);
            names.push((
                format!("{network}.{index}.weight"),
                vec![layer.outputs, layer.inputs],
            ));
            data.push(bytes(&values[layer.weights()]));
            names.push((format!("{network}.{index}.bias"), vec![layer.outputs]));
            data.push(bytes(&values[layer.biases()]));
        }
    }
    let views = names
        .into_iter()
        .zip(&data)
        .map(|((name, shape), data)| (name, TensorView::new(Dtype::F32, shape, data).unwrap()));
    let file = safetensors::serialize(views, None).unwrap();
    let read = Model::parse(&file).unwrap();
    for network in NETWORKS {
        assert_eq!(
            read.configuration.shape(network),
            model.configuration.shape(network)
        );
        assert_eq!(read.parameters(network), model.parameters(network));
    }
    assert_eq!(read.epoch, None);
}

#[test]
fn damaged_files_are_refused_in_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("m.safetensors");
    let mut model = model(Preset::Line);
    model.save(&path).unwrap();
    let whole = std::fs::read(&path).unwrap();
    for cut in [0, 7, 8, 100, whole.len() - 1] {
        assert!(
            Model::parse(&whole[..cut]).unwrap_err().contains("safetensors"),
            "cut at {cut}"
        );
    }
    assert!(
        Atlases::parse(&whole)
            .unwrap_err()
            .contains("has no tensor 'real'; it holds discriminator.0.bias")
    );
    model.generator[3] = f32::NAN;
    model.save(&path).unwrap();
    let message = Model::load(&path).unwrap_err().to_string();
    assert!(
        message.contains("'generator.0.weight' holds NaN at index 3"),
        "{message}"
    );
}

proptest! {
    #[test]
    fn a_model_of_any_techniques_reads_back(configuration in configuration::any::configuration(), seed: u32) {
        let mut number = seed;
        let mut count = |shape: Shape| -> Vec<f32> {
            (0..shape.parameters())
                .map(|_| {
                    number = number.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    number as f32 / 1e9 - 2.0
                })
                .collect()
        };
        let [generator, discriminator] = NETWORKS.map(|network| count(configuration.shape(network)));
        let average = configuration.techniques.average;
        let inference = Inference::is_needed(&configuration).then(|| Inference {
            generator: count(configuration.inference_shape(Network::Generator)),
            discriminator: count(configuration.inference_shape(Network::Discriminator)),
            average: average.map(|_| count(configuration.inference_shape(Network::Generator))),
        });
        let model = Model {
            inference,
            configuration,
            epoch: Some(3),
            generator,
            discriminator,
            average: average.map(|_| count(configuration.shape(Network::Generator))),
        };
        let bytes = model.to_bytes().unwrap();
        prop_assert_eq!(Model::parse(&bytes), Ok(model.clone()));
        // Without metadata: the shapes are found, and each number in its place.
        let (file, _) = open(&bytes).unwrap();
        let plain = safetensors::serialize(file.tensors(), None).unwrap();
        let read = Model::parse(&plain).unwrap();
        for network in NETWORKS {
            let [own, found] = [&model, &read].map(|model| {
                let shape = model.configuration.shape(network);
                (shape.layers().len(), shape.parameters(), shape.minibatch())
            });
            prop_assert_eq!(own, found);
            prop_assert_eq!(read.parameters(network), model.parameters(network));
        }
        prop_assert_eq!(read.average, model.average);
        prop_assert_eq!(read.inference, model.inference);
    }
}

#[test]
fn tensors_of_techniques_have_their_names_and_sizes() {
    let mut configuration = Preset::Line.configuration();
    for (key, value) in [
        ("generator.normalization", "batch"),
        ("generator.average", "0.99"),
        ("discriminator.minibatch_kernels", "2"),
    ] {
        configuration = configuration::change(key, value, &configuration).unwrap();
    }
    let experiment = Experiment::new(configuration, 1, crate::Drawing::default()).unwrap();
    let model = Trainer::<Reference>::new(experiment).model();
    let bytes = model.to_bytes().unwrap();
    let (file, _) = open(&bytes).unwrap();
    let sizes: Vec<(String, Vec<usize>)> = file
        .tensors()
        .into_iter()
        .map(|(name, tensor)| (name, tensor.shape().to_vec()))
        .collect();
    let (inference, mut sizes): (Vec<_>, Vec<_>) = sizes
        .into_iter()
        .partition(|(name, _)| name.starts_with("inference."));
    sizes.sort_unstable();
    assert_eq!(inference.len(), 3 * 2 * 3, "three plain networks of three layers");
    assert!(inference.contains(&("inference.discriminator.2.weight".to_owned(), vec![1, 6])));
    // Line: generator 2→5→5→2, discriminator 2→6→6→1.
    let expected = [
        ("average.0.bias", vec![5]),
        ("average.0.scale", vec![5]),
        ("average.0.weight", vec![5, 2]),
        ("average.1.bias", vec![5]),
        ("average.1.scale", vec![5]),
        ("average.1.weight", vec![5, 5]),
        ("average.2.bias", vec![2]),
        ("average.2.weight", vec![2, 5]),
        ("discriminator.0.bias", vec![6]),
        ("discriminator.0.weight", vec![6, 2]),
        ("discriminator.1.bias", vec![6]),
        ("discriminator.1.weight", vec![6, 6]),
        ("discriminator.2.bias", vec![1]),
        ("discriminator.2.weight", vec![1, 8]),
        ("discriminator.minibatch.weight", vec![6, 6]),
        ("generator.0.bias", vec![5]),
        ("generator.0.scale", vec![5]),
        ("generator.0.weight", vec![5, 2]),
        ("generator.1.bias", vec![5]),
        ("generator.1.scale", vec![5]),
        ("generator.1.weight", vec![5, 5]),
        ("generator.2.bias", vec![2]),
        ("generator.2.weight", vec![2, 5]),
    ];
    assert_eq!(sizes, expected.map(|(name, size)| (name.to_owned(), size)));
    // Missing or surplus tensors are reported.
    let without = |gone: &str| {
        let kept = file.tensors().into_iter().filter(|(name, _)| name != gone);
        let (_, metadata) = open(&bytes).unwrap();
        let metadata = HashMap::from([(METADATA.to_owned(), metadata.unwrap())]);
        let bytes = safetensors::serialize(kept, Some(metadata)).unwrap();
        Model::parse(&bytes).unwrap_err()
    };
    for (gone, part) in [
        ("generator.1.scale", "has no tensor 'generator.1.scale'"),
        (
            "generator.0.scale",
            "its moving average has other layers than its generator",
        ),
        ("average.0.weight", "has no tensor 'average.0.weight'"),
        (
            "discriminator.minibatch.weight",
            "'discriminator.2.weight' is [1, 8], which does not fit",
        ),
    ] {
        let message = without(gone);
        assert!(message.contains(part), "without {gone}: {message}");
    }
    let mut lost = model.clone();
    lost.average = None;
    assert!(
        lost.to_bytes()
            .unwrap_err()
            .contains("the moving average is missing")
    );
}

#[test]
fn atlases_read_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.safetensors");
    let trainer = Trainer::<Reference>::new(Experiment::preset(Preset::Line, 1));
    let atlases = trainer.atlases();
    atlases.save(&path, trainer.gan().configuration()).unwrap();
    assert_eq!(Atlases::load(&path).unwrap(), atlases);
}
