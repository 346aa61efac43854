//! The parts of a run on the screen that can be saved as files. The run itself writes its recording
//! ([`Command::Record`](crate::Command::Record)).

use std::path::Path;

use super::{FileError, metrics, samples};
use crate::Snapshot;
use crate::files::tensors::Model;

/// Something of a run that is worth a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// The parameters of both networks as they are now, as safetensors.
    Parameters,
    /// The points that it learns, if they are a drawing or of a file, as CSV.
    Points,
    /// Measurements since the run began: CSV, or JSON lines where the name ends in `.jsonl`.
    Metrics,
}

impl Snapshot {
    /// The networks as they are now.
    #[must_use]
    pub fn model(&self) -> Model {
        Model {
            configuration: self.configuration,
            // In the middle of an epoch they are of none.
            epoch: self.upcoming.is_none().then_some(self.epoch),
            generator: self.generator.clone(),
            discriminator: self.discriminator.clone(),
            average: self.average.as_ref().map(|average| average.parameters.clone()),
            inference: self.inference.clone(),
        }
    }
}

/// Saves a part of a run.
pub fn save(part: Part, snapshot: &Snapshot, path: &Path) -> Result<(), FileError> {
    match part {
        Part::Parameters => snapshot.model().save(path),
        Part::Points => samples::save_points(path, snapshot.experiment.drawing()),
        Part::Metrics => metrics::save(path, snapshot.history.measured()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Drawing, Experiment, Inline, Session as _};
    use gan_core::Preset;

    #[test]
    fn what_is_saved_is_what_is_seen() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let drawing = Drawing::drawn([[0.25, 0.5], [0.5, 0.75]]).unwrap();
        let experiment = Experiment::preset(Preset::Line, 1)
            .learning(drawing.clone())
            .unwrap();
        let mut run = Inline::new(experiment);
        run.run_epochs(7).unwrap();
        let snapshot = run.latest();
        save(Part::Parameters, &snapshot, &path("m.safetensors")).unwrap();
        assert_eq!(
            Model::load(&path("m.safetensors")).unwrap(),
            run.trainer().model()
        );
        save(Part::Points, &snapshot, &path("p.csv")).unwrap();
        assert_eq!(Drawing::load(&path("p.csv")).unwrap().points(), drawing.points());
        save(Part::Metrics, &snapshot, &path("m.jsonl")).unwrap();
        let lines = std::fs::read_to_string(path("m.jsonl")).unwrap();
        assert_eq!(lines.lines().count(), 8, "epochs 0 to 7");
        run.run_phases(3).unwrap();
        assert_eq!(run.latest().model().epoch, None);
    }
}
