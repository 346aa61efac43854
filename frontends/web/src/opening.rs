//! Files that were dropped onto the page or chosen in the browser's list, and addresses: what they ask of the run.

use std::path::PathBuf;

use lab::files::{folder, opening, store};
use lab::{Command, Experiment, Snapshot};

/// The outcome of files that came in.
#[derive(Debug, PartialEq)]
pub(crate) enum Asked {
    /// A command for the run.
    Of(Box<Command>),
    /// Several files to choose from, in this folder.
    Choice(PathBuf),
    /// Nothing, and the reason.
    Refused(String),
}

/// Puts a file where files lie that can be opened.
pub(crate) fn keep(name: &str, bytes: &[u8]) -> Result<PathBuf, String> {
    // Folders of the device before the name are dropped.
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let path = folder::here().join(name);
    store::put(&path, bytes)
        .map(|()| path)
        .map_err(|error| error.to_string())
}

/// Decides what files that came together ask: one is opened; of several, one is to be chosen.
pub(crate) fn asked(paths: &[PathBuf], now: &Snapshot) -> Asked {
    let mut known = paths.iter().filter(|path| opening::Kind::of(path).is_some());
    let path = match (known.next(), known.next(), paths.first()) {
        (Some(_), Some(_), _) => return Asked::Choice(folder::here()),
        (Some(path), None, _) | (None, _, Some(path)) => path,
        (None, _, None) => return Asked::Refused("There is no file in what was dropped.".to_owned()),
    };
    match opening::command(path, &experiment(now)) {
        Ok(command) => Asked::Of(Box::new(command)),
        Err(error) => Asked::Refused(error.to_string()),
    }
}

/// The run's experiment with its present hyper-parameters, for files that leave some out.
fn experiment(now: &Snapshot) -> Experiment {
    let experiment = now.experiment.with_configuration(now.configuration);
    experiment.unwrap_or_else(|_| (*now.experiment).clone())
}
