//! The page of files: what there is to open in a folder, and what of the run can be saved there.
//!
//! Files are read and written by `lab::files` alone; here is what is chosen, and what came of it, in the one
//! sentence that the command line would print.

mod list;

use std::path::{Path, PathBuf};

use egui::{Key, Label, Modifiers, Rect, RichText, Sense, TextEdit, Ui, vec2};
use lab::files::folder::{self, Entry, EntryKind};
use lab::files::saving::{self, Part};
use lab::files::{check_writable, opening};
use lab::recording::{RecordingStatus, unrecordable};
use lab::{Command, Snapshot};

use crate::choices::target_name;
use crate::overlay::{self, Closing};
use crate::style::Look;
use crate::widgets::{ChoiceButton, Pressable, PushButton, Weight};

/// What the page of files is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To begin with what a file holds.
    Open,
    /// To keep something of the run.
    Save,
}

/// Something of a run that can be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    Recording,
    Part(Part),
}

/// Width of the page before scaling.
const WIDTH: f32 = 560.0;

/// The page, while it is open, and where it was last.
#[derive(Debug, Default)]
pub(crate) struct Files {
    page: Option<Page>,
    folder: Option<PathBuf>,
}

#[derive(Debug)]
struct Page {
    purpose: Purpose,
    what: What,
    folder: PathBuf,
    entries: Vec<Entry>,
    /// What is in the field: a name in the folder, or a path.
    name: String,
    /// What was put there and not by hand.
    suggested: String,
    said: Said,
    /// Whether the field is to have the keyboard.
    focus: bool,
    commands: Vec<Command>,
    closing: Closing,
}

/// What came of what was asked for.
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
        };
        page.enter(folder);
        page.suggest(snapshot);
        self.page = Some(page);
    }

    pub(crate) fn close(&mut self) {
        self.page = None;
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
        if beside == Closing::Asked || escape {
            page.closing = Closing::Asked;
        }
    }

    /// What was asked of the run since the last time; a page that is done with goes.
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
            target_name(snapshot.experiment.configuration().target),
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

    fn show(&mut self, ui: &mut Ui, snapshot: &Snapshot, look: Look) {
        let width = look.of(WIDTH);
        ui.set_width(width);
        self.choose_purpose(ui, snapshot, look);
        ui.add_space(look.of(8.0));
        if self.purpose == Purpose::Save {
            self.choose_what(ui, snapshot, look);
            ui.add_space(look.of(8.0));
        }
        let place = RichText::new(self.folder.display().to_string());
        ui.add(Label::new(place.font(look.body()).color(look.colours.faint)).truncate());
        ui.add_space(look.of(4.0));
        if let Some(chosen) = list::show(ui, &self.folder, &self.entries, &self.name, look) {
            self.choose(chosen, snapshot);
        }
        ui.add_space(look.of(10.0));
        let entered = self.field(ui, look);
        self.sentence(ui, look);
        let pressed = self.buttons(ui, look);
        if entered || pressed {
            self.act(snapshot);
        }
    }

    fn choose_purpose(&mut self, ui: &mut Ui, snapshot: &Snapshot, look: Look) {
        let choices = [
            (
                Purpose::Open,
                "Open a file",
                "A recording, hyper-parameters, points, parameters, a model of GAN Lab's",
            ),
            (
                Purpose::Save,
                "Save this run",
                "Its recording, parameters, points or metrics",
            ),
        ];
        let buttons = choices.map(|(purpose, words, hint)| (purpose, (words, hint)));
        if let Some(purpose) = choice(ui, &buttons, self.purpose, look) {
            (self.purpose, self.said) = (purpose, Said::Nothing);
            self.name.clear();
            self.suggested.clear();
            self.suggest(snapshot);
        }
    }

    fn choose_what(&mut self, ui: &mut Ui, snapshot: &Snapshot, look: Look) {
        let buttons = What::ALL.map(|what| (what, what.words()));
        if let Some(what) = choice(ui, &buttons, self.what, look) {
            (self.what, self.said) = (what, Said::Nothing);
            self.suggest(snapshot);
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

    /// The field; true when what is in it is meant.
    fn field(&mut self, ui: &mut Ui, look: Look) -> bool {
        let label = RichText::new("Name").font(look.body()).color(look.colours.faint);
        let label = ui.label(label);
        let edit = TextEdit::singleline(&mut self.name)
            .font(look.body())
            .text_color(look.colours.ink)
            .hint_text("a name from the list, or a path")
            .margin(vec2(look.of(8.0), look.of(5.0)))
            .desired_width(look.of(WIDTH));
        let response = ui.add(edit).labelled_by(label.id);
        if std::mem::take(&mut self.focus) {
            response.request_focus();
        }
        if response.changed() {
            self.said = Said::Nothing;
        }
        let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        // Whoever is refused types on.
        self.focus = entered;
        entered
    }

    /// What came of it, in a room of its own, so that nothing moves.
    fn sentence(&self, ui: &mut Ui, look: Look) {
        let name = |path: &Path| {
            path.file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned()
        };
        let (words, colour) = match &self.said {
            Said::Nothing => (String::new(), look.colours.text),
            Said::Refused(why) => (why.clone(), look.colours.alarm),
            Said::Replaces(path) => {
                let words = format!("{} is there already: press Save again to replace it.", name(path));
                (words, look.colours.alarm)
            }
            Said::Writing(path, _) => (format!("Writing {}…", name(path)), look.colours.text),
            Said::Written(path) => (format!("{} is saved.", name(path)), look.colours.text),
        };
        let height = look.of(50.0);
        ui.allocate_ui(vec2(look.of(WIDTH), height), |ui| {
            ui.set_min_height(height);
            ui.add_space(look.of(6.0));
            ui.label(RichText::new(words).font(look.body()).color(colour));
        });
    }

    /// True when what the page is for is to be done.
    fn buttons(&mut self, ui: &mut Ui, look: Look) -> bool {
        let (size, gap) = (vec2(look.of(96.0), look.of(30.0)), look.of(8.0));
        let (row, _) = ui.allocate_exact_size(vec2(look.of(WIDTH), size.y), Sense::hover());
        let last = Rect::from_min_size(row.right_top() - vec2(size.x, 0.0), size);
        let before = last.translate(vec2(-size.x - gap, 0.0));
        let (closing, words, hint) = match (self.purpose, &self.said) {
            (_, Said::Written(_)) => ("Close", "Save", "Write the file"),
            (Purpose::Open, _) => ("Cancel", "Open", "Begin with what the file holds"),
            (Purpose::Save, _) => ("Cancel", "Save", "Write the file"),
        };
        let button = |words, hint, weight| PushButton {
            icon: None,
            words,
            hint,
            pressable: Pressable::Yes,
            weight,
            font: look.body(),
        };
        let cancel = button(closing, "Back to the run", Weight::Plain);
        if cancel.show(ui, before, look).clicked() {
            self.closing = Closing::Asked;
        }
        button(words, hint, Weight::Primary)
            .show(ui, last, look)
            .clicked()
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
        } else if path.exists() && self.said != Said::Replaces(path.clone()) {
            self.said = Said::Replaces(path);
        } else {
            self.save(path, snapshot);
        }
    }

    fn open(&mut self, path: &Path, snapshot: &Snapshot) {
        // With the hyper-parameters of now, where the file leaves some out.
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

    /// Its name, and what it is good for.
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

/// Buttons side by side, each with words and a hint, of which one is chosen; the one that was pressed.
fn choice<T: Copy + PartialEq>(ui: &mut Ui, all: &[(T, (&str, &str))], chosen: T, look: Look) -> Option<T> {
    let button = |ui: &mut Ui, (value, (words, hint)): &(T, (&str, &str))| {
        let size = vec2(look.of(108.0), look.of(28.0));
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        let button = ChoiceButton {
            words,
            name: words,
            hint,
            chosen: chosen == *value,
            font: look.body(),
        };
        button.show(ui, rect, look).clicked().then_some(*value)
    };
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = look.of(6.0);
        all.iter().filter_map(|one| button(ui, one)).last()
    })
    .inner
}

/// Whether an entry is a folder.
const fn is_folder(entry: &Entry) -> bool {
    matches!(entry.kind, EntryKind::Folder)
}
