//! Folders in memory, for where there is no disk.
//!
//! There are files alone: a folder is what their paths say. A file's content is shared with whoever writes on
//! at its end, as an open file of a disk is: so it is known which files still grow, and one that is replaced
//! meanwhile does not get what is written to the old one.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io::{self, Write};
use std::ops::Bound;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Found, Store};
use crate::files::{FileError, IS_FOLDER, no_folder};

/// The folder of all folders.
const ROOT: &str = "/";

/// Folders and files in memory. A clone is the same ones.
#[derive(Clone, Default)]
pub struct Memory(Arc<Mutex<Tree>>);

#[derive(Default)]
struct Tree {
    /// By their paths from the root.
    files: BTreeMap<PathBuf, Content>,
    /// Paths written and not taken yet.
    written: BTreeSet<PathBuf>,
}

/// Bytes of a file, shared with who writes on.
#[derive(Clone, Default)]
pub(crate) struct Content(Arc<Mutex<Vec<u8>>>);

/// A file that is not in its place yet.
pub(crate) struct Making {
    path: PathBuf,
    bytes: Vec<u8>,
}

impl Memory {
    /// Has a file lie at a path, with the folders on the way, and does not offer it as written.
    pub fn put(&self, path: &Path, bytes: &[u8]) -> Result<(), FileError> {
        let place = from_root(path);
        let mut tree = self.tree();
        if tree.is_folder(&place) {
            return Err(FileError::new(path, IS_FOLDER));
        }
        let mut above = place.ancestors().skip(1);
        if let Some(file) = above.find(|above| tree.files.contains_key(*above)) {
            let problem = format_args!("cannot lie in '{}', which is a file", file.display());
            return Err(FileError::new(path, problem));
        }
        tree.written.remove(&place);
        tree.files.insert(place, Content::of(bytes.to_vec()));
        Ok(())
    }

    /// Each file that was written whole or grew since the last time, as it is now, in the order of paths; one
    /// that still grows comes when it is done.
    #[must_use]
    pub fn take_written(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let tree = &mut *self.tree();
        let files = &tree.files;
        let done = |path: &PathBuf| files.get(path).is_some_and(|content| !content.is_growing());
        let taken = tree.written.extract_if(.., |path| done(path));
        taken
            .map(|path| {
                let bytes = files[&path].bytes().clone();
                (path, bytes)
            })
            .collect()
    }

    /// A panic elsewhere leaves maps and vectors whole.
    fn tree(&self) -> MutexGuard<'_, Tree> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.tree().files.keys()).finish()
    }
}

impl Store for Memory {
    type Making = Making;
    type Growing = Content;

    fn here(&self) -> PathBuf {
        PathBuf::from(ROOT)
    }

    fn found(&self, path: &Path) -> Option<Found> {
        let place = from_root(path);
        let tree = self.tree();
        let file = tree.files.get(&place);
        let file = file.map(|content| Found::File(content.bytes().len() as u64));
        file.or_else(|| tree.is_folder(&place).then_some(Found::Folder))
    }

    fn read(&self, path: &Path, most: u64) -> io::Result<Vec<u8>> {
        let tree = self.tree();
        let content = tree.files.get(&from_root(path)).ok_or_else(missing)?;
        let bytes = content.bytes();
        let count = usize::try_from(most).map_or(bytes.len(), |most| most.min(bytes.len()));
        Ok(bytes[..count].to_vec())
    }

    fn list(&self, folder: &Path) -> io::Result<impl Iterator<Item = io::Result<PathBuf>>> {
        let place = from_root(folder);
        let tree = self.tree();
        if !tree.is_folder(&place) {
            let what = "no file that was added lies in such a folder";
            return Err(io::Error::new(io::ErrorKind::NotFound, what));
        }
        let own = |path: &PathBuf| path.strip_prefix(&place).ok()?.components().next().map(to_owned);
        let mut names: Vec<PathBuf> = tree.below(&place).filter_map(own).collect();
        names.dedup();
        let folder = folder.to_owned();
        Ok(names.into_iter().map(move |name| Ok(folder.join(name))))
    }

    fn writable(&self, path: &Path) -> Result<Option<PathBuf>, FileError> {
        let place = from_root(path);
        let tree = self.tree();
        if tree.is_folder(&place) {
            return Err(FileError::new(path, IS_FOLDER));
        }
        match place.parent() {
            Some(folder) if tree.is_folder(folder) => Ok(Some(place)),
            _ => Err(no_folder(path, path.parent().unwrap_or(path))),
        }
    }

    fn begin(&self, path: &Path) -> Result<Making, FileError> {
        let place = self.writable(path)?;
        Ok(Making {
            path: place.unwrap_or_else(|| from_root(path)),
            bytes: Vec::new(),
        })
    }

    fn finish(&self, Making { path, bytes }: Making) -> io::Result<()> {
        let mut tree = self.tree();
        tree.written.insert(path.clone());
        tree.files.insert(path, Content::of(bytes));
        Ok(())
    }

    fn grow(&self, path: &Path) -> io::Result<Content> {
        let place = from_root(path);
        let mut tree = self.tree();
        let content = tree.files.get(&place).cloned().ok_or_else(missing)?;
        tree.written.insert(place);
        Ok(content)
    }
}

impl Tree {
    /// The paths of files below a folder; those of one folder follow one another.
    fn below(&self, folder: &Path) -> impl Iterator<Item = &PathBuf> {
        let after = (Bound::Excluded(folder), Bound::Unbounded);
        let paths = self.files.range::<Path, _>(after).map(|(path, _)| path);
        paths.take_while(move |path| path.starts_with(folder))
    }

    fn is_folder(&self, place: &Path) -> bool {
        place == Path::new(ROOT) || self.below(place).next().is_some()
    }
}

impl Content {
    fn of(bytes: Vec<u8>) -> Self {
        Self(Arc::new(Mutex::new(bytes)))
    }

    fn bytes(&self) -> MutexGuard<'_, Vec<u8>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether somebody writes on.
    fn is_growing(&self) -> bool {
        Arc::strong_count(&self.0) > 1
    }
}

impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes in memory", self.bytes().len())
    }
}

impl Write for Content {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Write for Making {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The same path from the root on, without detours.
fn from_root(path: &Path) -> PathBuf {
    let mut place = PathBuf::from(ROOT);
    for component in path.components() {
        match component {
            Component::Normal(name) => place.push(name),
            Component::ParentDir => {
                place.pop();
            }
            Component::RootDir => place = PathBuf::from(ROOT),
            Component::CurDir | Component::Prefix(_) => {}
        }
    }
    place
}

fn to_owned(component: Component) -> PathBuf {
    PathBuf::from(component.as_os_str())
}

fn missing() -> io::Error {
    let what = "it is not among the files that were added; add it first";
    io::Error::new(io::ErrorKind::NotFound, what)
}
