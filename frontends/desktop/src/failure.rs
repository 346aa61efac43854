//! How a command ends when it does not end well: one sentence and an exit code.

use std::fmt::Display;
use std::process::ExitCode;

use lab::files::FileError;

/// Why a command stops.
#[derive(Debug)]
pub enum Failure {
    /// The thing asked for is not so: exit code 1. Everything else to say has been printed.
    NotSo(String),
    /// Bad usage or input: exit code 2. One sentence: what, where, what to do.
    BadInput(String),
    /// Nobody reads our output any more, as after `| head`: not worth a word.
    NobodyReads,
}

impl Failure {
    /// Bad usage or input.
    pub fn bad_input(what: impl Display) -> Self {
        Self::BadInput(what.to_string())
    }

    /// Says what happened, on standard error.
    pub fn report(self) -> ExitCode {
        match self {
            Self::NotSo(what) => {
                eprintln!("gan-lab: {what}");
                ExitCode::from(1)
            }
            Self::BadInput(what) => {
                eprintln!("gan-lab: {what}");
                ExitCode::from(2)
            }
            Self::NobodyReads => ExitCode::SUCCESS,
        }
    }
}

impl From<FileError> for Failure {
    fn from(error: FileError) -> Self {
        Self::bad_input(error)
    }
}

impl From<std::io::Error> for Failure {
    /// Converts an error of writing to standard output.
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::BrokenPipe => Self::NobodyReads,
            _ => Self::BadInput(format!("standard output cannot be written: {error}")),
        }
    }
}

impl From<csv::Error> for Failure {
    /// Converts an error of writing to standard output.
    fn from(error: csv::Error) -> Self {
        match error.into_kind() {
            csv::ErrorKind::Io(error) => error.into(),
            kind => Self::BadInput(format!("the table cannot be written: {kind:?}")),
        }
    }
}
