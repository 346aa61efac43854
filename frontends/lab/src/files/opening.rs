//! Whatever a file holds: told by its name, and, of TOML, by its first key.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use gan_core::{Configuration, Reference, SetupError};

use super::tensors::Model;
use super::{FileError, configuration, gan_lab_model, read};
use crate::recording::{Ending, Recording};
use crate::{Command, Drawing, Experiment};

/// The kind of file that a name promises.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `.toml`: a recording, perhaps a lesson, or a configuration.
    Text,
    /// `.csv`: points to learn.
    Points,
    /// `.safetensors`: the parameters of both networks.
    Parameters,
    /// `.json`: a model saved by GAN Lab, its numbers in a `.weights.bin` beside it.
    GanLabModel,
}

/// The content of an opened file.
#[derive(Clone, Debug, PartialEq)]
pub enum Opened {
    /// A run that was written down, and whether its end is missing.
    Recording(Box<Recording>, Ending),
    /// Hyper-parameters.
    Configuration(Configuration),
    /// Points to learn.
    Points(Drawing),
    /// The parameters of both networks, and the hyper-parameters they were trained with.
    Model(Box<Model>),
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Text, Self::Points, Self::Parameters, Self::GanLabModel];

    /// How names of its files end, without the dot.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Text => "toml",
            Self::Points => "csv",
            Self::Parameters => "safetensors",
            Self::GanLabModel => "json",
        }
    }

    /// By a file's name; `None` for those of other programs.
    #[must_use]
    pub fn of(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?;
        let named = |kind: &Self| kind.extension().eq_ignore_ascii_case(extension);
        Self::ALL.into_iter().find(named)
    }
}

/// Opens a file of any kind. A configuration takes the keys that it leaves out from `base`.
pub fn open(path: &Path, base: &Configuration) -> Result<Opened, FileError> {
    match Kind::of(path) {
        Some(Kind::Text) => text(path, base),
        Some(Kind::Points) => Drawing::load(path).map(Opened::Points),
        Some(Kind::Parameters | Kind::GanLabModel) => model(path).map(|model| Opened::Model(Box::new(model))),
        None => {
            // A folder, or no file at all, is said to be that.
            read(path)?;
            let problem = "is of no kind that gan-lab opens; they end in .toml, .csv, .safetensors or .json";
            Err(FileError::new(path, problem))
        }
    }
}

/// The command that shows a file in a session whose run has begun with `now`. A recording is
/// opened; every other file begins a run of the same seed, and of the same points where the file
/// has none.
pub fn command(path: &Path, now: &Experiment) -> Result<Command, FileError> {
    let base = now.configuration();
    let refused = |what: &dyn fmt::Display| FileError::new(path, what);
    let no_points = |problem: SetupError| match problem {
        SetupError::EmptyDrawing => {
            refused(&"its target is a drawing and there are no points: draw or load some first")
        }
        problem => refused(&problem),
    };
    match open(path, base)? {
        Opened::Recording(recording, _) => match recording.of_profile::<Reference>() {
            Ok(()) => Ok(Command::Open(Arc::from(recording))),
            Err(error) => Err(refused(&error)),
        },
        Opened::Configuration(configuration) => now
            .with_configuration(configuration)
            .map(Command::Restart)
            .map_err(no_points),
        Opened::Points(drawing) => now.learning(drawing).map(Command::Restart).map_err(no_points),
        Opened::Model(model) => {
            let begun = now.with_configuration(model.configuration).map_err(no_points)?;
            begun
                .with_parameters(Arc::from(model))
                .map(Command::Restart)
                .map_err(|error| refused(&error))
        }
    }
}

/// The parameters of both networks: GAN Lab's where the name ends in `.json`, safetensors otherwise.
pub fn model(path: &Path) -> Result<Model, FileError> {
    match Kind::of(path) {
        Some(Kind::GanLabModel) => gan_lab_model::load(path),
        _ => Model::load(path),
    }
}

fn text(path: &Path, base: &Configuration) -> Result<Opened, FileError> {
    let bytes = read(path)?;
    if is_recording(&bytes) {
        let parsed = Recording::parse(&bytes).map_err(|problem| FileError::new(path, problem))?;
        return Ok(Opened::Recording(Box::new(parsed.0), parsed.1));
    }
    configuration::load(path, base).map(Opened::Configuration)
}

/// Whether a TOML names the format of recordings, which configurations have not: before its first table.
pub(super) fn is_recording(bytes: &[u8]) -> bool {
    let mut lines = bytes.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii_start);
    let key = |line: &[u8]| {
        line.strip_prefix(b"format")
            .is_some_and(|rest| rest.trim_ascii_start().starts_with(b"="))
    };
    lines.by_ref().take_while(|line| !line.starts_with(b"[")).any(key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Trainer;
    use gan_core::{Preset, Target};

    #[test]
    fn every_kind_opens_as_what_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let base = Preset::Line.configuration();
        let mut recorded =
            Trainer::<Reference>::recorded(Experiment::preset(Preset::Ring, 7), &path("r.toml")).unwrap();
        recorded.run_epochs(3).unwrap();
        recorded.finish_recording().unwrap();
        recorded.model().save(&path("m.SafeTensors")).unwrap();
        std::fs::write(path("c.toml"), "# format = 1\ntarget = 'ring'\n[noise]\n").unwrap();
        std::fs::write(path("p.csv"), "0.1,0.2\n").unwrap();
        let opened = |name: &str| open(&path(name), &base);
        assert!(
            matches!(opened("r.toml"), Ok(Opened::Recording(recording, Ending::Whole)) if recording.end() == 3)
        );
        let mut ring = base;
        ring.target = Target::Ring;
        assert_eq!(opened("c.toml").unwrap(), Opened::Configuration(ring));
        assert!(
            matches!(opened("p.csv"), Ok(Opened::Points(drawing)) if drawing.points()[..] == [[0.1, 0.2]])
        );
        assert!(matches!(opened("m.SafeTensors"), Ok(Opened::Model(model)) if model.epoch == Some(3)));
        std::fs::write(path("notes.txt"), "0.1,0.2\n").unwrap();
        std::fs::write(path("g.json"), "{}").unwrap();
        std::fs::write(path("g.weights.bin"), "").unwrap();
        for (name, part) in [
            ("notes.txt", "is of no kind that gan-lab opens"),
            ("none.xyz", "cannot be read"),
            ("none.toml", "cannot be read"),
            ("", "is a directory"),
            ("g.json", "is not a model of GAN Lab's"),
        ] {
            let message = opened(name).unwrap_err().to_string();
            assert!(message.contains(part) && !message.contains('\n'), "{message}");
        }
    }
}
