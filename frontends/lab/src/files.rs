//! Files, read and written: one module a format.
//!
//! Every error is one sentence that names the file, the place and the remedy. What is written goes to a
//! temporary file first and is renamed when whole, so nothing half-written is left and an old file stays
//! until the new one is there. A link is followed; a device or a pipe is written to, never replaced.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

pub mod configuration;
pub mod folder;
pub mod gan_lab_model;
pub mod metrics;
pub mod opening;
pub mod points;
pub mod samples;
pub mod saving;
pub mod tensors;

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

/// All bytes of a file.
pub fn read(path: &Path) -> Result<Vec<u8>, FileError> {
    let error = |error: io::Error| FileError::new(path, format_args!("cannot be read: {error}"));
    if path.is_dir() {
        return Err(FileError::new(path, "is a directory; name a file in it"));
    }
    // Counted while reading: devices and pipes do not say how long they are.
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(error)?;
    file.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(error)?;
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
    sink: Sink,
}

enum Sink {
    Stream(BufWriter<File>),
    File {
        temporary: BufWriter<NamedTempFile>,
        path: PathBuf,
    },
}

impl Unfinished {
    /// Begins one that is to be at this path.
    pub fn begin(path: &Path) -> Result<Self, FileError> {
        let error = |error: io::Error| not_written(path, &error);
        let sink = match place(path)? {
            Place::Stream => {
                let stream = File::options().write(true).open(path).map_err(error)?;
                Sink::Stream(BufWriter::new(stream))
            }
            Place::File { folder, path } => {
                let temporary = NamedTempFile::new_in(folder).map_err(error)?;
                let temporary = BufWriter::new(temporary);
                Sink::File { temporary, path }
            }
        };
        Ok(Self {
            named: path.to_owned(),
            sink,
        })
    }

    /// Puts it in its place.
    pub fn finish(self) -> Result<(), FileError> {
        let error = |error: io::Error| not_written(&self.named, &error);
        match self.sink {
            Sink::Stream(mut stream) => stream.flush().map_err(error),
            Sink::File { temporary, path } => {
                let temporary = temporary
                    .into_inner()
                    .map_err(|failed| error(failed.into_error()))?;
                open_to_readers(&temporary).map_err(error)?;
                temporary.persist(path).map_err(|failed| error(failed.error))?;
                Ok(())
            }
        }
    }
}

impl Write for Unfinished {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.sink {
            Sink::Stream(stream) => stream.write(bytes),
            Sink::File { temporary, .. } => temporary.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.sink {
            Sink::Stream(stream) => stream.flush(),
            Sink::File { temporary, .. } => temporary.flush(),
        }
    }
}

/// Whether all of `paths` can be written, each a file of its own: asked before long work, so that it is
/// not done in vain. Changes nothing.
pub fn check_writable<P: AsRef<Path>>(paths: &[P]) -> Result<(), FileError> {
    let mut files: Vec<PathBuf> = Vec::new();
    for named in paths.iter().map(AsRef::as_ref) {
        let Place::File { folder, path } = place(named)? else {
            continue;
        };
        NamedTempFile::new_in(&folder).map_err(|error| not_written(named, &error))?;
        if files.contains(&path) {
            let problem = "is named for two different things; give each a file of its own";
            return Err(FileError::new(named, problem));
        }
        files.push(path);
    }
    Ok(())
}

/// Where writing to a path leads.
enum Place {
    /// To a file, old or new, in a folder that exists.
    File { folder: PathBuf, path: PathBuf },
    /// To a device or a pipe, which takes bytes as they come.
    Stream,
}

fn place(path: &Path) -> Result<Place, FileError> {
    let error = |error: io::Error| not_written(path, &error);
    match fs::metadata(path) {
        Ok(metadata) if metadata.is_dir() => {
            return Err(FileError::new(path, "is a directory; name a file in it"));
        }
        Ok(metadata) if !metadata.is_file() => return Ok(Place::Stream),
        Ok(_) | Err(_) => {}
    }
    let Some(name) = path.file_name() else {
        return Err(FileError::new(path, "names no file; name one"));
    };
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    if !folder.is_dir() {
        let problem = format_args!("cannot be written: there is no folder '{}'", folder.display());
        return Err(FileError::new(path, problem));
    }
    // Of a link to an old file, the file; a new one is known by its folder.
    let path = match fs::canonicalize(path) {
        Ok(path) => path,
        Err(_) => fs::canonicalize(folder).map_err(error)?.join(name),
    };
    let folder = path.parent().unwrap_or(folder).to_owned();
    Ok(Place::File { folder, path })
}

/// Why a path cannot be written.
#[must_use]
pub fn not_written(path: &Path, error: &io::Error) -> FileError {
    FileError::new(path, format_args!("cannot be written: {error}"))
}

/// Temporary files are private; what we write is as readable as any new file.
#[cfg(unix)]
fn open_to_readers(file: &NamedTempFile) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.as_file().set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn open_to_readers(_: &NamedTempFile) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

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
