//! The beginnings of runs, as messages: experiments, and recordings without their narration, which
//! a trainer does not read.

use std::borrow::Cow;
use std::sync::Arc;

use gan_core::log::{Log, Stamped};
use gan_core::{Checkpoint, Checkpoints, Configuration, Point};
use serde::{Deserialize, Serialize};

use super::{Malformed, ensure, impossible};
use crate::files::tensors::Model;
use crate::recording::LOG_CAPACITY;
use crate::recording::Narration;
use crate::setup::drawing::Source;
use crate::{Drawing, Experiment, Recording, Scaling};

/// An [`Experiment`].
#[derive(Serialize, Deserialize)]
pub(in crate::run::remote) struct ExperimentMessage<'a> {
    configuration: Configuration,
    seed: u64,
    points: Cow<'a, [Point]>,
    #[serde(borrow)]
    file: Option<FileMessage<'a>>,
    parameters: Option<Cow<'a, Model>>,
}

/// [`Source::File`].
#[derive(Serialize, Deserialize)]
struct FileMessage<'a> {
    name: &'a str,
    /// The lowest and the highest corner of where the points lay.
    corners: [Point; 2],
}

impl<'a> From<&'a Experiment> for ExperimentMessage<'a> {
    fn from(experiment: &'a Experiment) -> Self {
        let drawing = experiment.drawing();
        Self {
            configuration: *experiment.configuration(),
            seed: experiment.seed(),
            points: Cow::Borrowed(drawing.points()),
            file: match drawing.source() {
                Source::Brush => None,
                Source::File { name, scaling } => {
                    let [x, y] = scaling.ranges();
                    let corners = [[x.least, y.least], [x.most, y.most]];
                    Some(FileMessage { name, corners })
                }
            },
            parameters: experiment.parameters().map(|model| Cow::Borrowed(&**model)),
        }
    }
}

impl TryFrom<ExperimentMessage<'_>> for Experiment {
    type Error = Malformed;

    fn try_from(message: ExperimentMessage<'_>) -> Result<Self, Malformed> {
        let source = match message.file {
            None => Source::Brush,
            Some(FileMessage { name, corners }) => {
                let finite = corners.as_flattened().iter().all(|value| value.is_finite());
                ensure(finite, "a drawing's file had points that are not finite")?;
                let scaling = Scaling::of(&corners).expect("there are two corners");
                let name = name.into();
                Source::File { name, scaling }
            }
        };
        let drawing = Drawing::of(message.points.into_owned(), source)
            .map_err(impossible("a drawing's points are outside or too many"))?;
        let experiment = Self::new(message.configuration, message.seed, drawing)
            .map_err(impossible("a run cannot begin with such a configuration"))?;
        match message.parameters {
            None => Ok(experiment),
            Some(model) => experiment
                .with_parameters(Arc::new(model.into_owned()))
                .map_err(impossible("parameters do not fit the networks")),
        }
    }
}

/// A [`Log`].
#[derive(Serialize, Deserialize)]
pub(in crate::run::remote) struct LogMessage<'a> {
    actions: Cow<'a, [Stamped]>,
    dropped: u64,
}

impl<'a> From<&'a Log<LOG_CAPACITY>> for LogMessage<'a> {
    fn from(log: &'a Log<LOG_CAPACITY>) -> Self {
        Self {
            actions: Cow::Borrowed(log.actions()),
            dropped: log.dropped(),
        }
    }
}

impl TryFrom<LogMessage<'_>> for Log<LOG_CAPACITY> {
    type Error = Malformed;

    fn try_from(message: LogMessage<'_>) -> Result<Self, Malformed> {
        Self::restored(&message.actions, message.dropped).map_err(impossible("the log is too long"))
    }
}

/// A [`Recording`], without its narration.
#[derive(Serialize, Deserialize)]
pub(in crate::run::remote) struct RecordingMessage<'a> {
    profile: &'a str,
    #[serde(borrow)]
    experiment: ExperimentMessage<'a>,
    log: LogMessage<'a>,
    reached: u64,
    pub(super) checkpoints: Cow<'a, [Checkpoint]>,
}

impl<'a> From<&'a Recording> for RecordingMessage<'a> {
    fn from(recording: &'a Recording) -> Self {
        Self {
            profile: &recording.profile,
            experiment: (&recording.experiment).into(),
            log: (&recording.log).into(),
            reached: recording.reached,
            checkpoints: Cow::Borrowed(recording.checkpoints.taken()),
        }
    }
}

impl TryFrom<RecordingMessage<'_>> for Recording {
    type Error = Malformed;

    fn try_from(message: RecordingMessage<'_>) -> Result<Self, Malformed> {
        let mut checkpoints = Checkpoints::new();
        for checkpoint in message.checkpoints.iter() {
            let pushed = checkpoints.push(*checkpoint);
            pushed.map_err(impossible("a recording's hashes are too many, or not in order"))?;
        }
        Ok(Self {
            profile: message.profile.to_owned(),
            experiment: message.experiment.try_into()?,
            narration: Narration::default(),
            log: message.log.try_into()?,
            reached: message.reached,
            checkpoints,
        })
    }
}
