//! Files, read and written: one module a format.
//!
//! Every error is one sentence that names the file, the place and the remedy. What is written goes to a
//! temporary file first and is renamed when whole, so nothing half-written is left and an old file stays
//! until the new one is there.

use std::fmt;
use std::io::Write;
use std::path::{Path, PathBuf};

pub mod configuration;
pub mod gan_lab_model;
pub mod points;
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
        write!(f, "{}: {}", self.path.display(), self.what)
    }
}

impl std::error::Error for FileError {}

/// More than any file of ours needs; a larger one is refused before it fills the memory.
const MOST_BYTES: u64 = 256 << 20;

/// All bytes of a file.
pub fn read(path: &Path) -> Result<Vec<u8>, FileError> {
    let error = |error: std::io::Error| FileError::new(path, format_args!("cannot be read: {error}"));
    let metadata = std::fs::metadata(path).map_err(error)?;
    if metadata.is_dir() {
        return Err(FileError::new(path, "is a directory; name a file in it"));
    }
    if metadata.len() > MOST_BYTES {
        let megabytes = metadata.len() >> 20;
        return Err(FileError::new(
            path,
            format_args!("has {megabytes} MiB, more than any of gan-lab's files"),
        ));
    }
    std::fs::read(path).map_err(error)
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
    let error = |error: std::io::Error| FileError::new(path, format_args!("cannot be written: {error}"));
    if path.is_dir() {
        return Err(FileError::new(path, "is a directory; name a file in it"));
    }
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(error)?;
    file.write_all(bytes).map_err(error)?;
    open_to_readers(&file).map_err(error)?;
    file.persist(path).map_err(|failed| error(failed.error))?;
    Ok(())
}

/// Temporary files are private; what we write is as readable as any new file.
#[cfg(unix)]
fn open_to_readers(file: &tempfile::NamedTempFile) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.as_file()
        .set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn open_to_readers(_: &tempfile::NamedTempFile) -> std::io::Result<()> {
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
            std::fs::read_dir(folder.path()).unwrap().count(),
            1,
            "no temporary file is left"
        );
        let missing = folder.path().join("nowhere/a.txt");
        assert!(
            write(&missing, b"x")
                .unwrap_err()
                .to_string()
                .contains("cannot be written")
        );
        assert!(
            write(folder.path(), b"x")
                .unwrap_err()
                .to_string()
                .contains("is a directory")
        );
    }

    #[test]
    fn unreadable_files_are_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("latin1.txt");
        std::fs::write(&path, b"caf\xe9").unwrap();
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
