//! Our parameters in somebody else's hands: a script that knows safetensors and NumPy, and nothing of
//! gan-lab, makes of them what `gan-lab eval` makes.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use gan_lab_tests::{fixture, gan_lab, skip, workspace};

/// Between sums in `f32` and in `f64`, of numbers around 1.
const TOLERANCE: f64 = 1e-5;

/// Debian's, which finds Debian's NumPy, or else whichever there is.
fn python() -> Command {
    let system = Path::new("/usr/bin/python3");
    Command::new(if system.exists() {
        system
    } else {
        Path::new("python3")
    })
}

fn succeed(output: Output) -> String {
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

fn table(text: &str) -> Vec<Vec<f64>> {
    let rows = text.lines().skip(1);
    rows.map(|row| row.split(',').map(|value| value.parse().unwrap()).collect())
        .collect()
}

/// A grid of noise vectors, or of points that reach beyond the unit square.
fn inputs(columns: usize, header: &str) -> String {
    let steps = (0..=10).map(|step| f64::from(step) / 10.0);
    let rows = steps
        .clone()
        .flat_map(|x| steps.clone().map(move |y| [x, 1.5 * y - 0.25]));
    let rows = rows.map(|point| format!("{:?}", &point[..columns]).replace(['[', ']', ' '], "") + "\n");
    format!("{header}\n{}", rows.collect::<String>())
}

fn agrees(model: &Path, columns: usize) {
    let folder = tempfile::tempdir().unwrap();
    let points = folder.path().join("points.csv");
    for (network, columns) in [("generator", columns), ("discriminator", 2)] {
        fs::write(&points, inputs(columns, "noise")).unwrap();
        let mut own = gan_lab();
        own.arg("eval")
            .arg("--model")
            .arg(model)
            .arg("--points")
            .arg(&points)
            .args(["--net", network]);
        let own = succeed(own.output().unwrap());
        let mut other = python();
        other
            .arg(fixture("numpy").join("evaluate.py"))
            .arg(model)
            .arg(network)
            .arg(&points);
        let other = succeed(other.output().unwrap());
        assert_eq!(own.lines().next(), other.lines().next());
        let (own, other) = (table(&own), table(&other));
        assert_eq!((own.len(), other.len()), (121, 121));
        for (own, other) in own.iter().flatten().zip(other.iter().flatten()) {
            assert!((own - other).abs() <= TOLERANCE, "{network}: {own} and {other}");
        }
        let spread = own
            .iter()
            .map(|row| row[0])
            .fold([1.0_f64, 0.0], |[least, most], x| [least.min(x), most.max(x)]);
        assert!(spread[1] - spread[0] > 0.1, "{network}: {spread:?} says nothing");
    }
}

#[test]
fn numpy_makes_the_same_of_our_parameters() {
    if !python()
        .args(["-c", "import numpy"])
        .output()
        .is_ok_and(|output| output.status.success())
    {
        skip("there is no Python with NumPy");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let model = folder.path().join("m.safetensors");
    // One number of noise, and the deepest of the presets.
    let config = folder.path().join("c.toml");
    fs::write(&config, "[noise]\ndimensions = 1\n").unwrap();
    for (preset, config, columns) in [("disjoint", None, 2), ("ring", Some(&config), 1)] {
        let mut train = gan_lab();
        train
            .args([
                "train", "--preset", preset, "--seed", "5", "--epochs", "300", "--save",
            ])
            .arg(&model);
        if let Some(config) = config {
            train.arg("--config").arg(config);
        }
        succeed(train.output().unwrap());
        agrees(&model, columns);
    }

    let theirs = workspace().join("../shared/ganlab-models/pretrained_ring.json");
    if theirs.is_file() {
        succeed(
            gan_lab()
                .arg("import")
                .arg(theirs)
                .arg("--out")
                .arg(&model)
                .output()
                .unwrap(),
        );
        agrees(&model, 2);
    } else {
        println!("skipped: no models of GAN Lab's at hand");
    }
}
