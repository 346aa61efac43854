//! A folder's entries that can be opened, described in words.

use std::cmp::Reverse;
use std::path::{Path, PathBuf};

use gan_core::Preset;

use super::opening::{self, Kind, Opened};
use super::store::{self, Found, Store as _};
use super::{FileError, read};

/// A file longer than that is told by its name alone.
const PEEKED: u64 = 256 << 10;
/// The most entries of a folder that are told.
pub const MOST: usize = 1000;

/// Something in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name, without the folder's.
    pub name: String,
    /// The entry's path.
    pub path: PathBuf,
    /// A folder, or a file that gan-lab opens.
    pub kind: EntryKind,
}

/// The kind of a folder's entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// A folder.
    Folder,
    /// A file that gan-lab opens, in a few words: 'recording, 2000 epochs'.
    File(String),
}

/// The folder that the program was started in, if it can be told; in memory the one of all folders.
#[must_use]
pub fn here() -> PathBuf {
    store::place().here()
}

/// Whether a path leads to a folder.
#[must_use]
pub fn is_one(path: &Path) -> bool {
    store::place().found(path) == Some(Found::Folder)
}

fn is_file(path: &Path) -> bool {
    matches!(store::place().found(path), Some(Found::File(_)))
}

/// Folders and files that gan-lab opens, folders first, each in the order of names; hidden ones are left out.
pub fn list(folder: &Path) -> Result<Vec<Entry>, FileError> {
    let error = |error| FileError::new(folder, format_args!("cannot be read: {error}"));
    if is_file(folder) {
        return Err(FileError::new(folder, "is a file; name the folder it is in"));
    }
    let mut entries = Vec::new();
    for path in store::place().list(folder).map_err(error)? {
        let path = path.map_err(error)?;
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if name.starts_with('.') || entries.len() == MOST {
            continue;
        }
        let kind = if is_one(&path) {
            Some(EntryKind::Folder)
        } else {
            words(&path).map(EntryKind::File)
        };
        entries.extend(kind.map(|kind| Entry { name, path, kind }));
    }
    entries.sort_by_cached_key(|entry| {
        (
            Reverse(entry.kind == EntryKind::Folder),
            entry.name.to_lowercase(),
            entry.name.clone(),
        )
    });
    Ok(entries)
}

/// '2,000 epochs'.
fn epochs(count: u64) -> String {
    let digits = count.to_string();
    let grouped = digits.as_bytes().rchunks(3).rev();
    let groups: Vec<&str> = grouped
        .filter_map(|group| std::str::from_utf8(group).ok())
        .collect();
    let plural = if count == 1 { "" } else { "s" };
    format!("{} epoch{plural}", groups.join(","))
}

/// A file's description; `None` if it belongs to another program.
fn words(path: &Path) -> Option<String> {
    let kind = Kind::of(path)?;
    let Some(Found::File(length)) = store::place().found(path) else {
        return None;
    };
    let whole = |words: &str| Some(words.to_owned());
    match kind {
        Kind::Points => whole("points"),
        Kind::Parameters => whole("parameters"),
        Kind::GanLabModel if is_file(&path.with_extension("weights.bin")) => whole("model of GAN Lab's"),
        Kind::GanLabModel => None,
        Kind::Text if length > PEEKED => whole("text"),
        Kind::Text => Some(match opening::open(path, &Preset::Ring.configuration()) {
            Ok(Opened::Recording(recording, _)) => match &recording.narration.title {
                Some(title) if recording.narration.pages.is_empty() => format!("recording: {title}"),
                Some(title) => format!("lesson: {title}"),
                None => format!("recording, {}", epochs(recording.end())),
            },
            Ok(_) => "hyper-parameters".to_owned(),
            // It may be one that another gan-lab wrote, or be damaged: whoever opens it is told.
            Err(_) if read(path).is_ok_and(|bytes| opening::is_recording(&bytes)) => {
                "recording, unreadable".to_owned()
            }
            Err(_) => return None,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Experiment, Trainer};
    use gan_core::Reference;
    use std::fs;

    const LESSON: &str = "[narration]\ntitle = 'Two steps'\n[[narration.page]]\ntitle = 'One'\ntext = 'Look.'\n[configuration]";

    #[test]
    fn folders_come_first_and_files_are_told_in_words() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let mut trainer =
            Trainer::<Reference>::recorded(Experiment::preset(Preset::Line, 1), &path("b.toml")).unwrap();
        trainer.run_epochs(5).unwrap();
        trainer.finish_recording().unwrap();
        trainer.model().save(&path("m.safetensors")).unwrap();
        let text = fs::read_to_string(path("b.toml")).unwrap();
        for (name, text) in [
            ("A.csv", "1,2\n"),
            ("c.toml", "batch = 3\n"),
            ("cargo.toml", "[package]\nname = 'x'\n"),
            ("d.toml", &text.replacen("format = 1", "format = 2", 1)),
            (
                "e.toml",
                &text.replacen(
                    "[configuration]",
                    "[narration]\ntitle = 'Gently'\n[configuration]",
                    1,
                ),
            ),
            ("f.toml", &text.replacen("[configuration]", LESSON, 1)),
            ("g.json", "{}"),
            ("g.weights.bin", ""),
            ("other.json", "{}"),
            ("notes.txt", ""),
            (".hidden.csv", "1,2\n"),
        ] {
            fs::write(path(name), text).unwrap();
        }
        fs::create_dir(path("z")).unwrap();
        let list = list(folder.path()).unwrap();
        let told: Vec<(&str, &str)> = list
            .iter()
            .map(|entry| match &entry.kind {
                EntryKind::Folder => (entry.name.as_str(), "folder"),
                EntryKind::File(words) => (entry.name.as_str(), words.as_str()),
            })
            .collect();
        assert_eq!(
            told,
            [
                ("z", "folder"),
                ("A.csv", "points"),
                ("b.toml", "recording, 5 epochs"),
                ("c.toml", "hyper-parameters"),
                ("d.toml", "recording, unreadable"),
                ("e.toml", "recording: Gently"),
                ("f.toml", "lesson: Two steps"),
                ("g.json", "model of GAN Lab's"),
                ("m.safetensors", "parameters"),
            ]
        );
        assert_eq!(epochs(1), "1 epoch");
        assert_eq!(epochs(1_234_000), "1,234,000 epochs");
        for (folder, part) in [(path("none"), "cannot be read"), (path("A.csv"), "is a file")] {
            let message = super::list(&folder).unwrap_err().to_string();
            assert!(message.contains(part), "{message}");
        }
    }
}
