//! Files on a disk. A link is followed; a device or a pipe is written to, never replaced.

use std::fs::{self, File};
use std::io::{self, BufWriter, Read as _, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::{Found, Store};
use crate::files::{FileError, IS_FOLDER, no_folder, not_written};

/// The file system.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Disk;

/// A stream, or a temporary file beside the one that it will be.
pub(crate) enum Making {
    Stream(BufWriter<File>),
    File {
        temporary: BufWriter<NamedTempFile>,
        path: PathBuf,
    },
}

impl Store for Disk {
    type Making = Making;
    type Growing = File;

    fn here(&self) -> PathBuf {
        std::env::current_dir().unwrap_or_else(|_| PathBuf::from("."))
    }

    fn found(&self, path: &Path) -> Option<Found> {
        let metadata = fs::metadata(path).ok()?;
        Some(if metadata.is_dir() {
            Found::Folder
        } else if metadata.is_file() {
            Found::File(metadata.len())
        } else {
            Found::Stream
        })
    }

    fn read(&self, path: &Path, most: u64) -> io::Result<Vec<u8>> {
        // Counted while reading: devices and pipes do not say how long they are.
        let mut bytes = Vec::new();
        File::open(path)?.take(most).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn list(&self, folder: &Path) -> io::Result<impl Iterator<Item = io::Result<PathBuf>>> {
        Ok(fs::read_dir(folder)?.map(|entry| Ok(entry?.path())))
    }

    fn writable(&self, path: &Path) -> Result<Option<PathBuf>, FileError> {
        let Destination::File { folder, path: file } = destination(path)? else {
            return Ok(None);
        };
        NamedTempFile::new_in(&folder).map_err(|error| not_written(path, &error))?;
        Ok(Some(file))
    }

    fn begin(&self, path: &Path) -> Result<Making, FileError> {
        let error = |error: io::Error| not_written(path, &error);
        match destination(path)? {
            Destination::Stream => {
                let stream = File::options().write(true).open(path).map_err(error)?;
                Ok(Making::Stream(BufWriter::new(stream)))
            }
            Destination::File { folder, path } => {
                let temporary = NamedTempFile::new_in(folder).map_err(error)?;
                let temporary = BufWriter::new(temporary);
                Ok(Making::File { temporary, path })
            }
        }
    }

    fn finish(&self, making: Making) -> io::Result<()> {
        match making {
            Making::Stream(mut stream) => stream.flush(),
            Making::File { temporary, path } => {
                let temporary = temporary.into_inner().map_err(io::IntoInnerError::into_error)?;
                open_to_readers(&temporary)?;
                temporary.persist(path).map_err(|failed| failed.error)?;
                Ok(())
            }
        }
    }

    fn grow(&self, path: &Path) -> io::Result<File> {
        File::options().append(true).open(path)
    }
}

impl Write for Making {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Stream(stream) => stream.write(bytes),
            Self::File { temporary, .. } => temporary.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Stream(stream) => stream.flush(),
            Self::File { temporary, .. } => temporary.flush(),
        }
    }
}

/// The destination of writing to a path.
enum Destination {
    /// To a file, old or new, in a folder that exists.
    File { folder: PathBuf, path: PathBuf },
    /// To a device or a pipe.
    Stream,
}

fn destination(path: &Path) -> Result<Destination, FileError> {
    let error = |error: io::Error| not_written(path, &error);
    match Disk.found(path) {
        Some(Found::Folder) => return Err(FileError::new(path, IS_FOLDER)),
        Some(Found::Stream) => return Ok(Destination::Stream),
        Some(Found::File(_)) | None => {}
    }
    let Some(name) = path.file_name() else {
        return Err(FileError::new(path, "names no file; name one"));
    };
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    if !folder.is_dir() {
        return Err(no_folder(path, folder));
    }
    // A link to an old file stands for that file; a new file is known by its folder.
    let path = match fs::canonicalize(path) {
        Ok(path) => path,
        Err(_) => fs::canonicalize(folder).map_err(error)?.join(name),
    };
    let folder = path.parent().unwrap_or(folder).to_owned();
    Ok(Destination::File { folder, path })
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
