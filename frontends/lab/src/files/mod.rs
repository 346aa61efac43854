//! Files, read and written: one module a format.
//!
//! Every error is one sentence that names the file, the place and the remedy. A file is written
//! under a temporary name first and renamed when whole, so nothing half-written is left and an old
//! file stays until the new one is there. `store` is where files lie: a disk, or in a browser
//! folders in memory.

use std::fmt;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

pub mod configuration;
pub mod folder;
pub mod gan_lab_model;
pub mod link;
pub mod metrics;
pub mod opening;
pub mod points;
pub mod samples;
pub mod saving;
pub mod store;
pub mod tensors;

use self::store::{Found, Place, Store};

/// A file could not be read or written.
#[derive(Debug)]
pub struct FileError {
    path: PathBuf,
    what: String,
}

impl FileError {
    /// `what` completes "ring.toml: …": what is wrong, where, and what to do.
    pub(crate) fn new(path: &Path, what: impl fmt::Display) -> Self {
        Self {
            path: path.to_owned(),
            what: what.to_string(),
        }
    }
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.display().to_string();
        write!(f, "{}: {}", sentence(&path), sentence(&self.what))
    }
}

impl std::error::Error for FileError {}

/// Characters that a sentence has at most.
const LONGEST: usize = 400;

/// Words on one line, whatever a file holds that they repeat: control characters are spelled out, and what
/// is too long is cut.
pub(crate) fn sentence(words: &str) -> String {
    let spelled = |character: char| {
        let escaped = character.is_control().then(|| character.escape_default());
        let plain = (!character.is_control()).then_some(character);
        escaped.into_iter().flatten().chain(plain)
    };
    let mut characters = words.chars().flat_map(spelled);
    let mut text: String = characters.by_ref().take(LONGEST).collect();
    if characters.next().is_some() {
        text.push('…');
    }
    text
}

/// More than any file of ours needs; a larger one is refused before it fills the memory.
const MOST_BYTES: u64 = 256 << 20;

/// Whether anything lies at a path.
#[must_use]
pub fn exists(path: &Path) -> bool {
    store::place().found(path).is_some()
}

/// All bytes of a file.
pub fn read(path: &Path) -> Result<Vec<u8>, FileError> {
    if store::place().found(path) == Some(Found::Folder) {
        return Err(FileError::new(path, IS_FOLDER));
    }
    let read = store::place().read(path, MOST_BYTES + 1);
    let bytes = read.map_err(|error| FileError::new(path, format_args!("cannot be read: {error}")))?;
    if bytes.len() as u64 > MOST_BYTES {
        let megabytes = MOST_BYTES >> 20;
        return Err(FileError::new(
            path,
            format_args!("has more than {megabytes} MiB, more than any of gan-lab's files"),
        ));
    }
    Ok(bytes)
}

/// A file as UTF-8 text.
pub fn read_text(path: &Path) -> Result<String, FileError> {
    String::from_utf8(read(path)?).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        FileError::new(
            path,
            format_args!("is not UTF-8 text (byte {at}); save it as UTF-8"),
        )
    })
}

/// Writes a whole file, or nothing.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    let mut unfinished = Unfinished::begin(path)?;
    unfinished
        .write_all(bytes)
        .map_err(|error| not_written(path, &error))?;
    unfinished.finish()
}

/// A file in the making, for what is too long to lie in memory. Until it is [finished](Self::finish) the
/// old file stays; one that is dropped leaves nothing.
pub struct Unfinished {
    named: PathBuf,
    making: <Place as Store>::Making,
}

impl Unfinished {
    /// Begins one that is to be at this path.
    pub fn begin(path: &Path) -> Result<Self, FileError> {
        Ok(Self {
            named: path.to_owned(),
            making: store::place().begin(path)?,
        })
    }

    /// Puts it in its place.
    pub fn finish(self) -> Result<(), FileError> {
        let finished = store::place().finish(self.making);
        finished.map_err(|error| not_written(&self.named, &error))
    }
}

impl Write for Unfinished {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.making.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.making.flush()
    }
}

/// Whether all of `paths` can be written, each a file of its own: asked before long work, so that it is
/// not done in vain. Changes nothing.
pub fn check_writable<P: AsRef<Path>>(paths: &[P]) -> Result<(), FileError> {
    let mut files: Vec<PathBuf> = Vec::new();
    for named in paths.iter().map(AsRef::as_ref) {
        let Some(file) = store::place().writable(named)? else {
            continue;
        };
        if files.contains(&file) {
            let problem = "is named for two different things; give each a file of its own";
            return Err(FileError::new(named, problem));
        }
        files.push(file);
    }
    Ok(())
}

/// Why a path cannot be written.
#[must_use]
pub fn not_written(path: &Path, error: &io::Error) -> FileError {
    FileError::new(path, format_args!("cannot be written: {error}"))
}

/// Problem of a path to a folder, where one to a file is needed.
const IS_FOLDER: &str = "is a directory; name a file in it";

/// Why a path cannot be written whose folder does not exist.
fn no_folder(path: &Path, folder: &Path) -> FileError {
    let problem = format_args!("cannot be written: there is no folder '{}'", folder.display());
    FileError::new(path, problem)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn writing_replaces_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        write(&path, b"one").unwrap();
        write(&path, b"two").unwrap();
        assert_eq!(read_text(&path).unwrap(), "two");
        assert_eq!(
            fs::read_dir(folder.path()).unwrap().count(),
            1,
            "no temporary file is left"
        );
        let missing = folder.path().join("nowhere/a.txt");
        let message = write(&missing, b"x").unwrap_err().to_string();
        assert!(
            message.contains("cannot be written: there is no folder"),
            "{message}"
        );
        assert!(
            write(folder.path(), b"x")
                .unwrap_err()
                .to_string()
                .contains("is a directory")
        );
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_and_devices_stay() {
        let folder = tempfile::tempdir().unwrap();
        let [file, link] = ["file.txt", "link.txt"].map(|name| folder.path().join(name));
        write(&file, b"one").unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        write(&link, b"two").unwrap();
        assert_eq!(read_text(&file).unwrap(), "two");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        // A link to the null device, so that a failure of this test does not cost the machine its own.
        let device = folder.path().join("device");
        std::os::unix::fs::symlink("/dev/null", &device).unwrap();
        write(&device, b"x").unwrap();
        assert!(!fs::metadata(&device).unwrap().is_file());
        assert!(fs::symlink_metadata(&device).unwrap().is_symlink());
    }

    #[cfg(unix)]
    #[test]
    fn what_never_ends_is_refused() {
        let message = read(Path::new("/dev/zero")).unwrap_err().to_string();
        assert!(message.contains("more than 256 MiB"), "{message}");
    }

    #[test]
    fn what_cannot_be_written_is_known_before() {
        let folder = tempfile::tempdir().unwrap();
        let [one, other] = ["one.txt", "other.txt"].map(|name| folder.path().join(name));
        check_writable(&[&one, &other]).unwrap();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "nothing is left");
        let same = folder.path().join(".").join("one.txt");
        for (paths, part) in [
            ([one.as_path(), &same], "two different things"),
            ([&one, &folder.path().join("nowhere/b.txt")], "there is no folder"),
            ([&one, folder.path()], "is a directory"),
        ] {
            let message = check_writable(&paths).unwrap_err().to_string();
            assert!(message.contains(part), "{message}");
        }
    }

    #[test]
    fn unreadable_files_are_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("latin1.txt");
        fs::write(&path, b"caf\xe9").unwrap();
        let message = read_text(&path).unwrap_err().to_string();
        assert!(
            message.contains("latin1.txt: is not UTF-8 text (byte 3)"),
            "{message}"
        );
        assert!(
            read(folder.path())
                .unwrap_err()
                .to_string()
                .contains("is a directory")
        );
    }
}
