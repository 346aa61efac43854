//! The page of files: what there is to open in a folder, and what of the run can be saved there.
//!
//! Files are read and written by `lab::files` alone; here is what is chosen, and what came of it, in the one
//! sentence that the command line would print.
//!
//! No crate for file dialogs serves here: those for egui are large or do their own input and
//! output, and none says what a file is.

mod list;
mod page;

use std::path::{Path, PathBuf};

use egui::{Key, Modifiers, Ui};
use lab::files::folder::{self, Entry};
use lab::files::saving::{self, Part};
use lab::files::{check_writable, exists, opening};
use lab::recording::{RecordingStatus, unrecordable};
use lab::{Command, Snapshot};

use crate::overlay::{self, Closing};
use crate::style::Look;

/// The purpose of the page of files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To begin with what a file holds.
    Open,
    /// To keep something of the run.
    Save,
}

/// The list of files of whatever shows the picture, where it has one of its own: a browser lets no page read
/// what was not chosen there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Picker {
    /// It has none.
    #[default]
    None,
    /// It can be asked for.
    Offered,
    /// It was asked for.
    Asked,
}

/// Something of a run that can be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    Recording,
    Part(Part),
}

/// The page, while it is open, and where it was last.
#[derive(Debug, Default)]
pub(crate) struct Files {
    page: Option<Page>,
    folder: Option<PathBuf>,
    picker: Picker,
}

#[derive(Debug)]
struct Page {
    purpose: Purpose,
    what: What,
    folder: PathBuf,
    entries: Vec<Entry>,
    /// Text in the field: a name in the folder, or a path.
    name: String,
    /// Name that the page put there, not a hand.
    suggested: String,
    said: Said,
    /// Whether the field is to have the keyboard.
    focus: bool,
    commands: Vec<Command>,
    closing: Closing,
    picker: Picker,
}

/// Answer to the last request.
#[derive(Debug, PartialEq)]
enum Said {
    Nothing,
    Refused(String),
    /// There is such a file; asked again, it is replaced.
    Replaces(PathBuf),
    /// The run is writing it; what was known of recordings before.
    Writing(PathBuf, RecordingStatus),
    Written(PathBuf),
}

impl Files {
    pub(crate) const fn is_open(&self) -> bool {
        self.page.is_some()
    }

    /// Opens the page where it was last, or closes it.
    pub(crate) fn toggle(&mut self, purpose: Purpose, snapshot: &Snapshot) {
        match &self.page {
            Some(page) if page.purpose == purpose => self.page = None,
            _ => {
                let folder = self.folder.clone().unwrap_or_else(folder::here);
                self.show_in(purpose, folder, snapshot);
            }
        }
    }

    /// Opens the page in a folder.
    pub(crate) fn show_in(&mut self, purpose: Purpose, folder: PathBuf, snapshot: &Snapshot) {
        let mut page = Page {
            purpose,
            what: What::Recording,
            folder: folder.clone(),
            entries: Vec::new(),
            name: String::new(),
            suggested: String::new(),
            said: Said::Nothing,
            focus: true,
            commands: Vec::new(),
            closing: Closing::No,
            picker: self.picker,
        };
        page.enter(folder);
        page.suggest(snapshot);
        self.page = Some(page);
    }

    pub(crate) fn close(&mut self) {
        self.page = None;
    }

    /// From now on there is a picker to be asked for.
    pub(crate) const fn offer_picker(&mut self) {
        self.picker = Picker::Offered;
    }

    /// Whether the picker was asked for since the last time.
    pub(crate) fn take_picker_asked(&mut self) -> bool {
        let asked = self.picker == Picker::Asked;
        if asked {
            self.picker = Picker::Offered;
        }
        asked
    }

    /// Shows the page if it is open; a click beside it closes it.
    pub(crate) fn show(&mut self, ui: &Ui, snapshot: &Snapshot, look: Look) {
        let Some(page) = &mut self.page else {
            return;
        };
        page.follow(snapshot);
        let beside = overlay::show(ui, "Files", "Files", look, |ui| page.show(ui, snapshot, look));
        let escape = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
        self.folder = Some(page.folder.clone());
        if page.picker == Picker::Asked {
            // A file chosen in the picker is opened without this page.
            self.picker = Picker::Asked;
            page.closing = Closing::Asked;
        }
        if beside == Closing::Asked || escape {
            page.closing = Closing::Asked;
        }
    }

    /// Takes the commands given for the run since the last time; drops a page that is to close.
    pub(crate) fn take_commands(&mut self) -> Vec<Command> {
        let Some(page) = &mut self.page else {
            return Vec::new();
        };
        let commands = std::mem::take(&mut page.commands);
        if page.closing == Closing::Asked {
            self.page = None;
        }
        commands
    }
}

impl Page {
    /// Goes into a folder, if it can be read.
    fn enter(&mut self, folder: PathBuf) {
        match folder::list(&folder) {
            Ok(entries) => {
                (self.folder, self.entries, self.said) = (folder, entries, Said::Nothing);
                self.name.clone_from(&self.suggested);
            }
            Err(error) => self.said = Said::Refused(error.to_string()),
        }
    }

    /// Puts a name into the field, unless somebody typed another one.
    fn suggest(&mut self, snapshot: &Snapshot) {
        if self.purpose == Purpose::Open {
            return;
        }
        let own = format!(
            "{}-{}",
            snapshot.experiment.configuration().target.name(),
            snapshot.experiment.seed()
        );
        let suggested = own + self.what.ending();
        if self.name == self.suggested {
            self.name.clone_from(&suggested);
        }
        self.suggested = suggested;
    }

    /// Sees what became of a recording.
    fn follow(&mut self, snapshot: &Snapshot) {
        let Said::Writing(path, before) = &self.said else {
            return;
        };
        match &snapshot.recording {
            RecordingStatus::Written(written) if **written == **path => {
                self.said = Said::Written(path.clone());
                self.reread();
            }
            now @ RecordingStatus::Failed(why) if now != before => self.said = Said::Refused(why.to_string()),
            _ => {}
        }
    }

    /// The folder has another file.
    fn reread(&mut self) {
        if let Ok(entries) = folder::list(&self.folder) {
            self.entries = entries;
        }
    }

    /// Does what was done to an entry of the list.
    fn choose(&mut self, chosen: list::Chosen, snapshot: &Snapshot) {
        match chosen {
            list::Chosen::Folder(path) => self.enter(path),
            list::Chosen::File(name) => (self.name, self.said) = (name, Said::Nothing),
            list::Chosen::Opened(name) => {
                (self.name, self.said) = (name, Said::Nothing);
                self.act(snapshot);
            }
        }
    }

    /// Opens or saves what is in the field.
    fn act(&mut self, snapshot: &Snapshot) {
        let name = self.name.trim();
        let path = self.folder.join(name);
        if name.is_empty() {
            self.said = Said::Refused("There is no name: choose a file, or type one.".to_owned());
        } else if folder::is_one(&path) {
            self.enter(path);
        } else if self.purpose == Purpose::Open {
            self.open(&path, snapshot);
        } else if exists(&path) && self.said != Said::Replaces(path.clone()) {
            self.said = Said::Replaces(path);
        } else {
            self.save(path, snapshot);
        }
    }

    fn open(&mut self, path: &Path, snapshot: &Snapshot) {
        // The run's present hyper-parameters count if the file leaves some out.
        let now = snapshot.experiment.with_configuration(snapshot.configuration);
        let now = now.unwrap_or_else(|_| (*snapshot.experiment).clone());
        match opening::command(path, &now) {
            Ok(command) => {
                self.commands.push(command);
                self.closing = Closing::Asked;
            }
            Err(error) => self.said = Said::Refused(error.to_string()),
        }
    }

    fn save(&mut self, path: PathBuf, snapshot: &Snapshot) {
        let outcome = match self.what {
            What::Recording => self.record(path, snapshot),
            What::Part(part) => saving::save(part, snapshot, &path)
                .map(|()| Said::Written(path))
                .map_err(|error| error.to_string()),
        };
        self.said = outcome.unwrap_or_else(Said::Refused);
        self.reread();
    }

    /// Has the run write itself down.
    fn record(&mut self, path: PathBuf, snapshot: &Snapshot) -> Result<Said, String> {
        if let RecordingStatus::Writing(other) = &snapshot.recording {
            let other = other.display();
            return Err(format!(
                "The run is being written to {other} already: end that recording first."
            ));
        }
        if let Some(problem) = unrecordable(&snapshot.experiment) {
            return Err(format!("{}: {problem}", path.display()));
        }
        check_writable(&[&path]).map_err(|error| error.to_string())?;
        self.commands
            .extend([Command::Record(path.clone()), Command::EndRecording]);
        Ok(Said::Writing(path, snapshot.recording.clone()))
    }
}

impl What {
    const ALL: [Self; 4] = [
        Self::Recording,
        Self::Part(Part::Parameters),
        Self::Part(Part::Points),
        Self::Part(Part::Metrics),
    ];

    /// The name, and the use, of a thing to save.
    const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Recording => (
                "Recording",
                "The whole run as a short text, to be replayed to the same bits anywhere",
            ),
            Self::Part(Part::Parameters) => (
                "Parameters",
                "Weights and biases of both networks as they are now, for PyTorch and NumPy: safetensors",
            ),
            Self::Part(Part::Points) => ("Points", "The points that the run learns, drawn or loaded: CSV"),
            Self::Part(Part::Metrics) => (
                "Metrics",
                "Losses and divergences since the run began: CSV, or JSON lines where the name ends in .jsonl",
            ),
        }
    }

    /// How names of its files end.
    const fn ending(self) -> &'static str {
        match self {
            Self::Recording => ".toml",
            Self::Part(Part::Parameters) => ".safetensors",
            Self::Part(Part::Points) => "-points.csv",
            Self::Part(Part::Metrics) => "-metrics.csv",
        }
    }
}
