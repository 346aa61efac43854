//! Every format that a person can hand to gan-lab, and what must hold for any bytes in it: no panic; a
//! refusal is one sentence; what is accepted is written and reads back to the same thing.
//!
//! Tests feed it the corpora of `fixtures/fuzz/` and mutations of them, `tests/fuzz` whatever a fuzzer finds.

use gan_core::{Preset, Target};
use lab::files::tensors::{Atlases, Model};
use lab::files::{configuration, gan_lab_model, points, samples};
use lab::{Drawing, Recording};

/// The longest sentence: whatever a file holds is not repeated at length.
const LONGEST: usize = 600;

/// A format of files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// TOML of a run.
    Recording,
    /// TOML of a run with narration.
    Lesson,
    /// TOML of hyper-parameters.
    Configuration,
    /// Points, two columns, and rows of other lengths.
    Csv,
    /// Parameters, and atlases.
    Safetensors,
    /// JSON and numbers of a model saved by GAN Lab; here in one file, a zero byte between them.
    GanLabModel,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Recording,
        Self::Lesson,
        Self::Configuration,
        Self::Csv,
        Self::Safetensors,
        Self::GanLabModel,
    ];

    /// The name of its corpus and of its target.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Recording => "recording",
            Self::Lesson => "lesson",
            Self::Configuration => "configuration",
            Self::Csv => "csv",
            Self::Safetensors => "safetensors",
            Self::GanLabModel => "gan_lab_model",
        }
    }

    /// Reads bytes as a file of this format; whether it was one.
    ///
    /// # Panics
    /// If something does not hold that must.
    #[must_use]
    pub fn holds(self, bytes: &[u8]) -> bool {
        match self {
            Self::Recording | Self::Lesson => recording(bytes),
            Self::Configuration => configuration(bytes),
            Self::Csv => csv(bytes),
            Self::Safetensors => safetensors(bytes),
            Self::GanLabModel => gan_lab_model(bytes),
        }
    }
}

/// The value that was read, if one was; a refusal is one sentence.
fn read<T>(outcome: Result<T, String>) -> Option<T> {
    outcome.map_err(|sentence| one_sentence(&sentence)).ok()
}

fn one_sentence(sentence: &str) {
    let length = sentence.chars().count();
    assert!(
        (1..=LONGEST).contains(&length),
        "{length} characters: {sentence:?}"
    );
    assert!(!sentence.contains(char::is_control), "{sentence:?}");
}

fn recording(bytes: &[u8]) -> bool {
    let Some((recording, _)) = read(Recording::parse(bytes)) else {
        return false;
    };
    let written = recording.to_toml();
    let (again, _) = Recording::parse(written.as_bytes()).expect("what is written is one");
    assert_eq!(again, recording, "{written}");
    assert_eq!(again.to_toml(), written);
    true
}

fn configuration(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return false;
    };
    let Some(read) = read(configuration::parse(text, &Preset::Ring.configuration())) else {
        return false;
    };
    let written = configuration::to_toml(&read);
    let again = configuration::parse(&written, &Preset::Line.configuration());
    assert_eq!(again, Ok(read), "{written}");
    true
}

fn csv(bytes: &[u8]) -> bool {
    for columns in [1, 3] {
        let values = read(points::parse(bytes, columns));
        assert!(values.is_none_or(|values| values.len().is_multiple_of(columns)));
    }
    let Some(drawing) = read(Drawing::parse("points.csv", bytes)) else {
        return false;
    };
    let inside = |value: &f32| (0.0..=1.0).contains(value);
    assert!(drawing.points().as_flattened().iter().all(inside));
    let written = samples::points_table(&drawing);
    let again = Drawing::parse("again.csv", &written).expect("what is written are points");
    let bits = |drawing: &Drawing| -> Vec<u32> {
        drawing
            .points()
            .as_flattened()
            .iter()
            .copied()
            .map(f32::to_bits)
            .collect()
    };
    assert_eq!(bits(&again), bits(&drawing));
    true
}

fn safetensors(bytes: &[u8]) -> bool {
    let model = read(Model::parse(bytes));
    if let Some(model) = &model {
        reads_back(model);
    }
    let atlases = read(Atlases::parse(bytes));
    if let Some(atlases) = &atlases {
        let written = atlases
            .to_bytes(&Preset::Line.configuration())
            .expect("it was in a file");
        assert_eq!(Atlases::parse(&written).as_ref(), Ok(atlases));
    }
    model.is_some() || atlases.is_some()
}

fn gan_lab_model(bytes: &[u8]) -> bool {
    let zero = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    let (json, numbers) = bytes.split_at(zero);
    let Some(model) = read(gan_lab_model::parse(json, numbers.get(1..).unwrap_or_default())) else {
        return false;
    };
    assert!(model.epoch.is_some() && Target::ALL.contains(&model.configuration.target));
    reads_back(&model);
    true
}

fn reads_back(model: &Model) {
    let written = model.to_bytes().expect("it was in a file");
    assert_eq!(Model::parse(&written).as_ref(), Ok(model));
}
