//! [`State`]s as messages: what changes with every epoch whole, what lasts only where it is new.

use std::borrow::Cow;
use std::sync::Arc;

use gan_core::{Change, Phase};
use serde::{Deserialize, Serialize};

use super::beginning::{ExperimentMessage, LogMessage};
use super::fit::check;
use super::{Malformed, ensure};
use crate::recording::{RecordingStatus, Verification};
use crate::run::backends::Whereabouts;
use crate::run::remote::known::{Known, Lasting, Opened};
use crate::{
    Beside, Course, Gauged, HeatmapSide, Inference, Pace, PhaseReport, Setting, Slice, State, Status,
    StopState,
};

/// A [`State`], and the speed at which it came about.
#[derive(Serialize, Deserialize)]
pub(in crate::run::remote) struct StateMessage<'a> {
    /// Epochs per second, if they are known.
    pub(in crate::run::remote) speed: Option<f64>,
    #[serde(borrow)]
    first: RunMessage<'a>,
    #[serde(borrow)]
    second: Option<(Setting, RunMessage<'a>)>,
    stop: Cow<'a, Option<StopState>>,
}

/// One run's.
#[derive(Serialize, Deserialize)]
struct RunMessage<'a> {
    #[serde(borrow)]
    experiment: New<ExperimentMessage<'a>>,
    /// The hyper-parameters that can change while a run goes on; the others are those that it began with.
    running: Vec<Change>,
    epoch: u64,
    status: Status,
    pace: Pace,
    heatmap: HeatmapSide,
    slice: Slice,
    generator: Cow<'a, [f32]>,
    average: Option<Cow<'a, [f32]>>,
    discriminator: Cow<'a, [f32]>,
    inference: Option<Cow<'a, Inference>>,
    discriminator_loss: Option<f64>,
    generator_loss: Option<f64>,
    gauged: Cow<'a, Gauged>,
    log: New<LogMessage<'a>>,
    end: u64,
    course: Course,
    /// The number of the recording.
    opened: Option<u64>,
    verification: Option<Verification>,
    forks: New<Cow<'a, [u64]>>,
    #[serde(borrow)]
    whereabouts: New<WhereaboutsMessage<'a>>,
    #[serde(borrow)]
    recording: RecordingStatusMessage<'a>,
    phase: New<Option<Cow<'a, PhaseReport>>>,
    upcoming: Option<Phase>,
}

/// A lasting part of a run, sent only when it is new.
#[derive(Serialize, Deserialize)]
enum New<T> {
    /// The part is as it was.
    Same,
    /// The part is another now.
    Is(T),
}

impl<T> New<T> {
    fn unless(same: bool, message: impl FnOnce() -> T) -> Self {
        match same {
            true => Self::Same,
            false => Self::Is(message()),
        }
    }

    fn or<K: Clone>(
        self,
        known: Option<&K>,
        make: impl FnOnce(T) -> Result<K, Malformed>,
    ) -> Result<K, Malformed> {
        match (self, known) {
            (Self::Is(message), _) => make(message),
            (Self::Same, Some(known)) => Ok(known.clone()),
            (Self::Same, None) => Err(Malformed::Impossible {
                what: "something is as it was that never was",
            }),
        }
    }
}

/// [`Whereabouts`] on a processor: a worker has nothing else.
#[derive(Serialize, Deserialize)]
struct WhereaboutsMessage<'a> {
    device: &'a str,
    trouble: Option<&'a str>,
}

/// A [`RecordingStatus`].
#[derive(Serialize, Deserialize)]
enum RecordingStatusMessage<'a> {
    Off,
    #[serde(borrow)]
    Writing(Cow<'a, str>),
    #[serde(borrow)]
    Written(Cow<'a, str>),
    Failed(&'a str),
}

impl<'a> StateMessage<'a> {
    /// The message for a state, of which the other side knows something.
    pub(in crate::run::remote) fn of(
        state: &'a State,
        speed: Option<f64>,
        known: &Known,
        opened: &Opened,
    ) -> Self {
        let second = state.beside.as_ref();
        Self {
            speed,
            first: RunMessage::of(state, known.first.as_ref(), opened),
            second: second.map(|beside| {
                let run = RunMessage::of(&beside.run, known.second.as_ref(), opened);
                (beside.contrast, run)
            }),
            stop: Cow::Borrowed(&state.stop),
        }
    }

    /// The state, by what is known of it.
    pub(in crate::run::remote) fn state(self, known: &Known, opened: &Opened) -> Result<State, Malformed> {
        let mut state = self.first.state(known.first.as_ref(), opened)?;
        if let Some((contrast, run)) = self.second {
            let run = run.state(known.second.as_ref(), opened)?;
            state.beside = Some(Box::new(Beside { contrast, run }));
        }
        state.stop = self.stop.into_owned();
        Ok(state)
    }
}

impl<'a> RunMessage<'a> {
    fn of(state: &'a State, known: Option<&Lasting>, opened: &Opened) -> Self {
        let is = |same: fn(&State, &Lasting) -> bool| known.is_some_and(|known| same(state, known));
        Self {
            experiment: New::unless(
                is(|state, known| Arc::ptr_eq(&state.experiment, &known.experiment)),
                || (&*state.experiment).into(),
            ),
            running: Change::all(&state.configuration).collect(),
            epoch: state.epoch,
            status: state.status,
            pace: state.pace,
            heatmap: state.heatmap,
            slice: state.slice,
            generator: Cow::Borrowed(&state.generator),
            average: state.average.as_deref().map(Cow::Borrowed),
            discriminator: Cow::Borrowed(&state.discriminator),
            inference: state.inference.as_ref().map(Cow::Borrowed),
            discriminator_loss: state.discriminator_loss,
            gauged: Cow::Borrowed(&state.gauged),
            generator_loss: state.generator_loss,
            log: New::unless(is(|state, known| Arc::ptr_eq(&state.log, &known.log)), || {
                (&*state.log).into()
            }),
            end: state.end,
            course: state.course,
            opened: state
                .opened
                .as_ref()
                .and_then(|recording| opened.number(recording)),
            verification: state.verification,
            forks: New::unless(is(|state, known| Arc::ptr_eq(&state.forks, &known.forks)), || {
                Cow::Borrowed(&*state.forks)
            }),
            whereabouts: New::unless(
                is(|state, known| Arc::ptr_eq(&state.whereabouts, &known.whereabouts)),
                || WhereaboutsMessage {
                    device: &state.whereabouts.device,
                    trouble: state.whereabouts.trouble.as_deref(),
                },
            ),
            recording: match &state.recording {
                RecordingStatus::Off => RecordingStatusMessage::Off,
                RecordingStatus::Writing(path) => RecordingStatusMessage::Writing(path.to_string_lossy()),
                RecordingStatus::Written(path) => RecordingStatusMessage::Written(path.to_string_lossy()),
                RecordingStatus::Failed(why) => RecordingStatusMessage::Failed(why),
            },
            phase: New::unless(is(has_same_phase), || state.phase.as_deref().map(Cow::Borrowed)),
            upcoming: state.upcoming,
        }
    }

    fn state(self, known: Option<&Lasting>, opened: &Opened) -> Result<State, Malformed> {
        let of_same_run = matches!(self.experiment, New::Same);
        let experiment = self
            .experiment
            .or(known.map(|known| &known.experiment), |message| {
                message.try_into().map(Arc::new)
            })?;
        let beginning = *experiment.configuration();
        let changes = self.running.into_iter();
        let configuration = changes.fold(beginning, |configuration, change| {
            change.applied_to(configuration)
        });
        let forks = self.forks.or(known.map(|known| &known.forks), |forks| {
            Ok(Arc::from(forks.into_owned()))
        })?;
        if let (true, Some(known)) = (of_same_run, known) {
            ensure(forks.starts_with(&known.forks), "a way that a run went is gone")?;
        }
        let state = State {
            configuration,
            epoch: self.epoch,
            status: self.status,
            pace: self.pace,
            heatmap: self.heatmap,
            slice: self.slice,
            generator: self.generator.into_owned(),
            average: self.average.map(Cow::into_owned),
            discriminator: self.discriminator.into_owned(),
            inference: self.inference.map(Cow::into_owned),
            discriminator_loss: self.discriminator_loss,
            gauged: self.gauged.into_owned(),
            generator_loss: self.generator_loss,
            log: self.log.or(known.map(|known| &known.log), |message| {
                message.try_into().map(Arc::new)
            })?,
            end: self.end,
            course: self.course,
            opened: match self.opened {
                None => None,
                Some(number) => Some(Arc::clone(opened.numbered(number).ok_or(
                    Malformed::Impossible {
                        what: "a recording was opened that nobody asked for",
                    },
                )?)),
            },
            verification: self.verification,
            forks,
            whereabouts: self
                .whereabouts
                .or(known.map(|known| &known.whereabouts), |message| {
                    Ok(Arc::new(Whereabouts {
                        device: message.device.into(),
                        trouble: message.trouble.map(Into::into),
                        ..Whereabouts::processor()
                    }))
                })?,
            recording: match self.recording {
                RecordingStatusMessage::Off => RecordingStatus::Off,
                RecordingStatusMessage::Writing(path) => RecordingStatus::Writing(path_of(path)),
                RecordingStatusMessage::Written(path) => RecordingStatus::Written(path_of(path)),
                RecordingStatusMessage::Failed(why) => RecordingStatus::Failed(why.into()),
            },
            phase: self.phase.or(known.map(|known| &known.phase), |report| {
                Ok(report.map(|report| Arc::new(report.into_owned())))
            })?,
            upcoming: self.upcoming,
            stop: None,
            beside: None,
            experiment,
        };
        check(&state)?;
        Ok(state)
    }
}

fn path_of(path: Cow<'_, str>) -> Arc<std::path::Path> {
    Arc::from(std::path::PathBuf::from(path.into_owned()))
}

fn has_same_phase(state: &State, known: &Lasting) -> bool {
    match (&state.phase, &known.phase) {
        (None, None) => true,
        (Some(one), Some(other)) => Arc::ptr_eq(one, other),
        (None, Some(_)) | (Some(_), None) => false,
    }
}
