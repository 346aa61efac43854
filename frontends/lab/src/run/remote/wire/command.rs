//! [`Command`]s as messages.

use std::borrow::Cow;
use std::sync::Arc;

use gan_core::Change;
use serde::{Deserialize, Serialize};

use super::Malformed;
use super::beginning::{ExperimentMessage, RecordingMessage};
use crate::run::remote::known::Opened;
use crate::{Command, HeatmapSide, Pace, Setting, Slice, Step, Stop};

/// A [`Command`].
#[derive(Serialize, Deserialize)]
pub(in crate::run::remote) enum CommandMessage<'a> {
    Play,
    Pause,
    Step(Step),
    SetPace(Pace),
    SetHeatmap(HeatmapSide),
    SetSlice(Slice),
    Change(Change),
    #[serde(borrow)]
    Restart(ExperimentMessage<'a>),
    Seek(u64),
    Retrace,
    Open {
        number: u64,
        #[serde(borrow)]
        recording: RecordingMessage<'a>,
    },
    /// A path that is not Unicode, of which there are none in a browser, is written as nearly as can be.
    #[serde(borrow)]
    Record(Cow<'a, str>),
    EndRecording,
    Compare(Option<Setting>),
    Branch(Setting),
    StopWhen(Option<Stop>),
}

impl<'a> CommandMessage<'a> {
    /// The message for a command, on the side which asks; a recording that is opened gets its
    /// number.
    pub(in crate::run::remote) fn of(command: &'a Command, opened: &mut Opened) -> Self {
        match command {
            Command::Play => Self::Play,
            Command::Pause => Self::Pause,
            Command::Step(step) => Self::Step(*step),
            Command::SetPace(pace) => Self::SetPace(*pace),
            Command::SetHeatmap(side) => Self::SetHeatmap(*side),
            Command::SetSlice(slice) => Self::SetSlice(*slice),
            Command::Change(change) => Self::Change(*change),
            Command::Restart(experiment) => Self::Restart(experiment.into()),
            Command::Seek(epoch) => Self::Seek(*epoch),
            Command::Retrace => Self::Retrace,
            Command::Open(recording) => Self::Open {
                number: opened.open(recording),
                recording: (&**recording).into(),
            },
            Command::Record(path) => Self::Record(path.to_string_lossy()),
            Command::EndRecording => Self::EndRecording,
            Command::Compare(contrast) => Self::Compare(*contrast),
            Command::Branch(contrast) => Self::Branch(*contrast),
            Command::StopWhen(stop) => Self::StopWhen(stop.clone()),
        }
    }

    /// The command, on the side which obeys.
    pub(in crate::run::remote) fn command(self, opened: &mut Opened) -> Result<Command, Malformed> {
        Ok(match self {
            Self::Play => Command::Play,
            Self::Pause => Command::Pause,
            Self::Step(step) => Command::Step(step),
            Self::SetPace(pace) => Command::SetPace(pace),
            Self::SetHeatmap(side) => Command::SetHeatmap(side),
            Self::SetSlice(slice) => Command::SetSlice(slice),
            Self::Change(change) => Command::Change(change),
            Self::Restart(experiment) => Command::Restart(experiment.try_into()?),
            Self::Seek(epoch) => Command::Seek(epoch),
            Self::Retrace => Command::Retrace,
            Self::Open { number, recording } => {
                let recording = Arc::new(recording.try_into()?);
                opened.keep(number, Arc::clone(&recording));
                Command::Open(recording)
            }
            Self::Record(path) => Command::Record(path.into_owned().into()),
            Self::EndRecording => Command::EndRecording,
            Self::Compare(contrast) => Command::Compare(contrast),
            Self::Branch(contrast) => Command::Branch(contrast),
            Self::StopWhen(stop) => Command::StopWhen(stop),
        })
    }
}
