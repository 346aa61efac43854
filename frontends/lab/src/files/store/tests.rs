//! Tests of the promises that both stores keep, and of the memory store's own behaviour.

use super::disk::Disk;
use super::*;

/// Asks a store, in a folder that is empty and holds nothing but this test's files.
fn keeps_the_promises(store: &impl Store, folder: &Path) {
    let path = |name: &str| folder.join(name);
    let write = |name: &str, bytes: &[u8]| {
        let mut making = store.begin(&path(name)).unwrap();
        for byte in bytes {
            making.write_all(&[*byte]).unwrap();
        }
        making.flush().unwrap();
        making
    };
    let read = |name: &str| String::from_utf8(store.read(&path(name), 100).unwrap()).unwrap();
    let list = || {
        let mut names: Vec<PathBuf> = store.list(folder).unwrap().map(Result::unwrap).collect();
        names.sort();
        names
    };

    assert_eq!(store.found(&path("a.txt")), None);
    drop(write("a.txt", b"never"));
    assert_eq!(store.found(&path("a.txt")), None, "nothing half-written is left");
    store.finish(write("a.txt", b"one")).unwrap();
    drop(write("a.txt", b"never"));
    let second = write("a.txt", b"two");
    assert_eq!(read("a.txt"), "one", "until the new one is whole");
    store.finish(second).unwrap();
    assert_eq!(read("a.txt"), "two");
    assert_eq!(read("./a.txt"), "two");
    assert_eq!(store.read(&path("a.txt"), 2).unwrap(), b"tw");
    assert_eq!(store.found(&path("a.txt")), Some(Found::File(3)));
    assert_eq!(store.found(folder), Some(Found::Folder));
    assert_eq!(store.found(&path("a.txt/b")), None);

    let mut growing = store.grow(&path("a.txt")).unwrap();
    growing.write_all(b", three").unwrap();
    assert_eq!(read("a.txt"), "two, three", "at once");
    store.finish(write("a.txt", b"other")).unwrap();
    growing.write_all(b", four").unwrap();
    assert_eq!(read("a.txt"), "other", "what is replaced is another file");
    drop(growing);
    store.grow(&path("a.txt")).unwrap().write_all(b"s").unwrap();
    assert_eq!(read("a.txt"), "others");

    store.finish(write("B.csv", b"")).unwrap();
    assert_eq!(list(), [path("B.csv"), path("a.txt")]);

    for name in ["none.txt", "a.txt/b"] {
        assert!(store.read(&path(name), 9).is_err(), "{name}");
        assert!(store.grow(&path(name)).is_err(), "{name}");
        assert!(store.list(&path(name)).is_err(), "{name}");
    }
    for (name, part) in [
        ("", "is a directory; name a file in it"),
        ("none/b.txt", "cannot be written: there is no folder"),
        ("a.txt/b", "cannot be written: there is no folder"),
    ] {
        let path = path(name);
        for error in [store.writable(&path).err(), store.begin(&path).err()] {
            let message = error.unwrap().to_string();
            assert!(message.contains(part), "{name}: {message}");
            assert!(message.starts_with(&path.display().to_string()), "{message}");
        }
    }
    let [old, new] = ["a.txt", "new.txt"].map(|name| store.writable(&path(name)).unwrap().unwrap());
    assert_ne!(old, new);
    assert_eq!(store.writable(&path("./new.txt")).unwrap(), Some(new));
    assert_eq!(list().len(), 2, "asking changes nothing");
}

#[test]
fn a_disk_keeps_the_promises() {
    let folder = tempfile::tempdir().unwrap();
    keeps_the_promises(&Disk, folder.path());
}

#[test]
fn folders_in_memory_keep_the_promises() {
    keeps_the_promises(&Memory::default(), Path::new("/"));
    keeps_the_promises(&Memory::default(), Path::new(""));
}

#[test]
fn what_is_put_makes_its_folders() {
    let memory = Memory::default();
    let put = |path: &str| memory.put(Path::new(path), path.as_bytes());
    for path in [
        "lessons/b.toml",
        "/lessons/a/1.csv",
        "/lessons/a/2.csv",
        "lessonsx",
        "/z.csv",
    ] {
        put(path).unwrap();
    }
    let list = |folder: &str| -> Vec<String> {
        let paths = memory.list(Path::new(folder)).unwrap();
        paths.map(|path| path.unwrap().display().to_string()).collect()
    };
    assert_eq!(list("/"), ["/lessons", "/lessonsx", "/z.csv"]);
    assert_eq!(list("/lessons"), ["/lessons/a", "/lessons/b.toml"]);
    assert_eq!(
        list("/lessons/a/../a"),
        ["/lessons/a/../a/1.csv", "/lessons/a/../a/2.csv"]
    );
    assert_eq!(memory.found(Path::new("lessons/./a")), Some(Found::Folder));
    assert_eq!(memory.found(Path::new("/less")), None);
    assert_eq!(memory.found(Path::new("../../z.csv")), Some(Found::File(6)));
    assert_eq!(memory.here(), Path::new("/"));
    assert!(memory.take_written().is_empty(), "it came from outside");
    for (path, part) in [
        ("/lessons", "is a directory"),
        ("/", "is a directory"),
        ("", "is a directory"),
        ("/z.csv/deep/er", "cannot lie in '/z.csv', which is a file"),
    ] {
        let message = put(path).unwrap_err().to_string();
        assert!(message.contains(part), "{message}");
    }
    assert_eq!(
        list("/"),
        ["/lessons", "/lessonsx", "/z.csv"],
        "and nothing is changed"
    );
    let message = memory
        .read(Path::new("x.weights.bin"), 9)
        .unwrap_err()
        .to_string();
    assert_eq!(message, "it is not among the files that were added; add it first");
}

#[test]
fn what_was_written_is_offered_once_and_when_it_is_done() {
    let memory = Memory::default();
    let write = |name: &str, bytes: &[u8]| {
        let mut making = memory.begin(Path::new(name)).unwrap();
        making.write_all(bytes).unwrap();
        memory.finish(making).unwrap();
    };
    let taken = || -> Vec<String> {
        let told = |(path, bytes): (PathBuf, Vec<u8>)| {
            format!("{} {}", path.display(), String::from_utf8(bytes).unwrap())
        };
        memory.take_written().into_iter().map(told).collect()
    };
    write("b", b"1");
    write("/a", b"2");
    write("b", b"3");
    assert_eq!(taken(), ["/a 2", "/b 3"], "the newest, in the order of paths");
    assert_eq!(taken(), [""; 0]);
    let mut growing = memory.grow(Path::new("a")).unwrap();
    growing.write_all(b"4").unwrap();
    write("c", b"5");
    assert_eq!(taken(), ["/c 5"], "the other one is not done");
    growing.write_all(b"6").unwrap();
    drop(growing);
    assert_eq!(taken(), ["/a 246"]);
    write("a", b"7");
    memory.put(Path::new("a"), b"8").unwrap();
    assert_eq!(taken(), [""; 0], "what replaced it came from outside");
    let mut making = memory.begin(Path::new("never")).unwrap();
    making.write_all(b"9").unwrap();
    drop(making);
    assert_eq!(taken(), [""; 0]);
}

#[test]
fn on_a_disk_what_is_put_is_written_and_nothing_is_offered() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.txt");
    put(&path, b"one").unwrap();
    assert_eq!(std::fs::read(&path).unwrap(), b"one");
    assert!(put(folder.path(), b"one").is_err());
    assert!(take_written().is_empty());
}
