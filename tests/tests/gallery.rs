//! `gan-lab gallery`: made whole or not at all, the same each time, and with nothing from anywhere else.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Output;

use gan_lab_tests::gan_lab;
use lab::Recording;
use lab::lesson;

fn made(out: &Path) -> Output {
    gan_lab().arg("gallery").arg("--out").arg(out).output().unwrap()
}

fn names(folder: &Path) -> BTreeSet<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

/// Values of an attribute in the page's tags.
fn of_attribute<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let begin = format!(" {attribute}=\"");
    html.split(&begin)
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap())
        .collect()
}

#[test]
fn a_gallery_is_whole_refers_to_nothing_else_and_is_the_same_each_time() {
    let folder = tempfile::tempdir().unwrap();
    let [one, other] = ["one", "other"].map(|name| folder.path().join(name));
    // A folder that is there and empty will do.
    std::fs::create_dir(&other).unwrap();
    for out in [&one, &other] {
        let output = made(out);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{said}");
    }
    assert_eq!(names(folder.path()).len(), 2, "nothing half made is left");
    assert_eq!(names(&one), names(&other));
    for name in names(&one) {
        let [one, other] = [&one, &other].map(|folder| std::fs::read(folder.join(&name)).unwrap());
        assert!(one == other, "{name}");
    }

    let html = std::fs::read_to_string(one.join("index.html")).unwrap();
    let mut referred = BTreeSet::from(["index.html".to_owned()]);
    for link in [of_attribute(&html, "src"), of_attribute(&html, "href")].concat() {
        match link.strip_prefix('#') {
            Some(place) => assert!(html.contains(&format!("<section id=\"{place}\">")), "{link}"),
            None => _ = referred.insert(link.to_owned()),
        }
    }
    assert_eq!(
        referred,
        names(&one),
        "what is there is shown, and what is shown is there"
    );
    for foreign in ["http:", "https:", "//", "<script", "url(", "@import", "<link"] {
        assert!(!html.contains(foreign), "{foreign}");
    }

    let mut exhibits = 0;
    for exhibit in lesson::exhibits() {
        exhibits += 1;
        assert!(html.contains(exhibit.lesson.narration.title.as_deref().unwrap()));
        for (what, shown) in ["failure", "cure"].into_iter().zip(exhibit.failure_and_cure()) {
            let name = format!("{}-{what}", exhibit.name);
            let (recording, _) = Recording::load(&one.join(format!("{name}.toml"))).unwrap();
            assert_eq!(recording.experiment, shown.experiment);
            let picture = image::open(one.join(format!("{name}.png"))).unwrap();
            assert_eq!((picture.width(), picture.height()), (560, 560));
        }
    }
    assert_eq!(html.matches("<section").count(), exhibits);

    // The command beside a picture makes it again.
    let name = "7-a-discriminator-too-strong-failure";
    let again = folder.path().join("again.png");
    let output = gan_lab()
        .args(["render", "--open"])
        .arg(one.join(format!("{name}.toml")))
        .args(["--view", "layers", "--size", "560x560", "--out"])
        .arg(&again)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let [again, first] = [again, one.join(format!("{name}.png"))].map(|path| std::fs::read(path).unwrap());
    assert!(again == first);
}

#[test]
fn what_is_there_already_is_not_touched() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("mine.txt"), "mine").unwrap();
    for (out, part) in [
        (folder.path().to_owned(), "has something in it already"),
        (
            folder.path().join("mine.txt"),
            "has something in it already, or is no folder",
        ),
        (folder.path().join("none").join("gallery"), "cannot be made"),
    ] {
        let output = made(&out);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(
            said.contains(part) && said.trim_end().lines().count() == 1,
            "{said}"
        );
    }
    assert_eq!(names(folder.path()), BTreeSet::from(["mine.txt".to_owned()]));
}
