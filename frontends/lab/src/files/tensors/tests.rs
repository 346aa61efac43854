//! Models and atlases read back; damaged ones are refused.

use super::*;
use crate::{Experiment, Trainer};
use gan_core::Reference;

fn model(preset: Preset) -> Model {
    let trainer = Trainer::<Reference>::new(Experiment::preset(preset, 1));
    let [generator, discriminator] = NETWORKS.map(|network| trainer.gan().parameters(network).to_vec());
    Model {
        configuration: preset.configuration(),
        epoch: Some(0),
        generator,
        discriminator,
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

#[test]
fn atlases_read_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.safetensors");
    let trainer = Trainer::<Reference>::new(Experiment::preset(Preset::Line, 1));
    let atlases = trainer.atlases();
    atlases.save(&path, trainer.gan().configuration()).unwrap();
    assert_eq!(Atlases::load(&path).unwrap(), atlases);
}
