//! File storage: on a disk, or in memory where there is no disk.
//!
//! Nothing else in this crate reads, writes or lists a file, so recordings, parameters and the page of files
//! are the same code on a desktop and in a browser. There every path leads below a folder `/`: what a person
//! opens is [`put`] there, and what a run saves is offered by [`take_written`], to be handed on as a
//! download. Both stores keep the same promises, which one set of tests asks of both: a file is replaced whole
//! or not at all, and one that grows stays the file it was, also when another takes its place.

#[cfg(not(target_family = "wasm"))]
mod disk;
mod memory;
#[cfg(test)]
mod tests;

use std::fmt;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

pub use self::memory::Memory;
use super::FileError;

/// The store of this machine.
#[cfg(not(target_family = "wasm"))]
pub(crate) type Place = disk::Disk;
/// The store of this machine.
#[cfg(target_family = "wasm")]
pub(crate) type Place = Memory;

/// A file that grows.
pub(crate) type Growing = <Place as Store>::Growing;

/// The kind of thing at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// A folder.
    Folder,
    /// A file of so many bytes.
    File(u64),
    /// A device or a pipe, which takes bytes as they come.
    Stream,
}

/// Files in folders. Paths that do not begin at the root begin at [`Self::here`].
pub(crate) trait Store {
    /// A file in the making: nobody sees it until it is [finished](Self::finish).
    type Making: Write;
    /// A file that grows by what is written, each time at once.
    type Growing: Write + fmt::Debug;

    /// The folder that one is in, if it can be told.
    fn here(&self) -> PathBuf;

    /// The kind of thing at a path, if anything is there.
    fn found(&self, path: &Path) -> Option<Found>;

    /// The first bytes of a file, at most so many.
    fn read(&self, path: &Path, most: u64) -> io::Result<Vec<u8>>;

    /// The paths of all that lies in a folder, in any order.
    fn list(&self, folder: &Path) -> io::Result<impl Iterator<Item = io::Result<PathBuf>>>;

    /// The file that writing to a path would replace or make; `None` for a stream. An error where it cannot
    /// be written. Changes nothing.
    fn writable(&self, path: &Path) -> Result<Option<PathBuf>, FileError>;

    /// Begins a file that is to be at a path.
    fn begin(&self, path: &Path) -> Result<Self::Making, FileError>;

    /// Puts it in its place.
    fn finish(&self, making: Self::Making) -> io::Result<()>;

    /// A file that is there, to write on at its end.
    fn grow(&self, path: &Path) -> io::Result<Self::Growing>;
}

/// The store of this machine.
#[cfg(not(target_family = "wasm"))]
pub(crate) const fn place() -> Place {
    disk::Disk
}

/// The store of this machine: one for the whole program.
#[cfg(target_family = "wasm")]
pub(crate) fn place() -> Place {
    static MEMORY: std::sync::LazyLock<Memory> = std::sync::LazyLock::new(Memory::default);
    MEMORY.clone()
}

/// Has a file lie at a path, as if it had always been there: in memory the folders on the way come into being,
/// and it is not [offered](take_written); on a disk it is written.
pub fn put(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    #[cfg(target_family = "wasm")]
    return place().put(path, bytes);
    #[cfg(not(target_family = "wasm"))]
    super::write(path, bytes)
}

/// Each file in memory that was written whole or grew since the last time, as it is now, in the order of paths;
/// one that still grows comes when it is done. Of a disk none: there they lie where they were named.
#[must_use]
pub fn take_written() -> Vec<(PathBuf, Vec<u8>)> {
    #[cfg(target_family = "wasm")]
    return place().take_written();
    #[cfg(not(target_family = "wasm"))]
    Vec::new()
}
