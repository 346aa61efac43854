//! Damaged files of every format, handed to every command that reads it.

use super::*;

/// Commands that a file can be handed to.
const RECORDING_READERS: [&[&str]; 4] = [
    &["replay", FILE],
    &["view", "--open", FILE],
    &["render", "--open", FILE, "--out", "old"],
    &["export", "--recording", FILE, "--out", "old"],
];
const CONFIGURATION_READERS: [&[&str]; 5] = [
    &["train", "--config", FILE, "--save", "old"],
    &["view", "--config", FILE],
    &["render", "--config", FILE, "--out", "old"],
    &["export", "--config", FILE, "--out", "old"],
    &["sweep", "--config", FILE, "--out", "old"],
];
const POINTS_READERS: [&[&str]; 5] = [
    &["train", "--data", FILE, "--metrics", "old"],
    &["view", "--data", FILE],
    &["render", "--data", FILE, "--out", "old"],
    &["export", "--data", FILE, "--out", "old"],
    &[
        "eval",
        "--model",
        "good.safetensors",
        "--net",
        "generator",
        "--points",
        FILE,
    ],
];
const MODEL_READERS: [&[&str]; 4] = [
    &["train", "--init", FILE, "--save", "old"],
    &["view", "--open", FILE],
    &["render", "--open", FILE, "--out", "old"],
    &[
        "eval",
        "--points",
        "good.csv",
        "--net",
        "discriminator",
        "--model",
        FILE,
    ],
];
const ATLAS_READERS: [&[&str]; 1] = [&["train", "--atlas", FILE, "--save", "old"]];
const GAN_LAB_READERS: [&[&str]; 3] = [
    &["import", FILE, "--out", "old"],
    &["train", "--init", FILE, "--save", "old"],
    &["view", "--open", FILE],
];

fn edited(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    assert!(text.contains(from), "{text}");
    text.replacen(from, to, 1).into_bytes()
}

/// A number of a safetensors file replaced by one that is not finite.
fn with_a_nan(bytes: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let end = bytes.len();
    bytes[end - 4..].copy_from_slice(&f32::NAN.to_le_bytes());
    bytes
}

#[test]
fn recordings() {
    let desk = Desk::new();
    let good = desk.read("good.toml");
    let cut = good.len() / 4;
    desk.refuse(
        "bad.toml",
        &RECORDING_READERS,
        &[
            ("half a head", good[..cut].to_vec(), "line "),
            (
                "another version",
                edited(&good, "format = 1", "format = 9"),
                "has the format 9, but this gan-lab reads 1",
            ),
            (
                "another profile",
                edited(&good, "\"reference\"", "\"abacus\""),
                "the profile 'abacus'",
            ),
            (
                "two seeds",
                edited(&good, "seed = ", "seed = 1\nseed = "),
                "duplicate key",
            ),
            (
                "a rate that is none",
                edited(&good, "learning_rate = 0.", "learning_rate = nan # "),
                "learning rate is NaN",
            ),
            (
                "too large a number",
                edited(&good, "batch = 150", "batch = 99999999999999999999"),
                "line ",
            ),
            (
                "other text",
                [&good[..], b"# caf\xe9\n"].concat(),
                "is not UTF-8 text; save it as UTF-8",
            ),
            (
                "a key of nobody's",
                edited(&good, "seed = ", "sead = "),
                "unknown field `sead`",
            ),
        ],
    );
}

#[test]
fn configurations() {
    let desk = Desk::new();
    desk.refuse(
        "bad.toml",
        &CONFIGURATION_READERS,
        &[
            ("half a table", b"[generator\n".to_vec(), "line 1"),
            (
                "a key twice",
                b"batch = 1\nbatch = 2\n".to_vec(),
                "line 2: duplicate key",
            ),
            (
                "a number out of range",
                b"\n[generator]\nneurons = 101\n".to_vec(),
                "line 3: neurons is 101, but must be from 1 to 100",
            ),
            (
                "no number",
                b"[generator]\nlearning_rate = nan\n".to_vec(),
                "line 2: learning rate is NaN",
            ),
            (
                "infinity",
                b"[generator]\nlearning_rate = inf\n".to_vec(),
                "line 2: learning rate is inf",
            ),
            ("a shape", b"batch = [150]\n".to_vec(), "line 1: invalid type"),
            (
                "other text",
                b"target = \"\xff\"\n".to_vec(),
                "is not UTF-8 text (byte 10); save it as UTF-8",
            ),
            (
                "a key of nobody's",
                b"speed = 3\n".to_vec(),
                "line 1: unknown field `speed`",
            ),
        ],
    );
}

#[test]
fn points() {
    let desk = Desk::new();
    desk.refuse(
        "bad.csv",
        &POINTS_READERS,
        &[
            ("nothing", Vec::new(), "holds no rows; write 2 numbers a line"),
            ("a header alone", b"x,y\n".to_vec(), "holds no rows"),
            (
                "half a row",
                b"0.1,0.2\n0.3".to_vec(),
                "line 2: 2 columns are needed, not 1",
            ),
            (
                "three columns",
                b"0.1,0.2,0.3\n".to_vec(),
                "line 1: 2 columns are needed, not 3",
            ),
            (
                "no number",
                b"0.1,0.2\n0.3,NaN\n".to_vec(),
                "line 2, column 2: 'NaN' is not a finite number",
            ),
            (
                "infinity",
                b"0.1,0.2\n1e99,0.3\n".to_vec(),
                "line 2, column 1: '1e99' is not a finite number",
            ),
            (
                "words",
                b"0.1,0.2\n0.3,\"a\nb\"\n".to_vec(),
                "line 2, column 2: 'a\\nb' is not a number",
            ),
            (
                "other text",
                b"0.1,0.2\n0.3,\xff\n".to_vec(),
                "line 2: is not UTF-8 text",
            ),
        ],
    );
}

#[test]
fn parameters() {
    let desk = Desk::new();
    let good = desk.read("good.safetensors");
    let header = String::from_utf8_lossy(&good).into_owned();
    assert!(header.contains("\"generator.0.bias\""));
    let replaced = |from: &str, to: &str| {
        assert_eq!(from.len(), to.len());
        let at = good
            .windows(from.len())
            .position(|part| part == from.as_bytes())
            .unwrap();
        let mut bytes = good.clone();
        bytes[at..at + to.len()].copy_from_slice(to.as_bytes());
        bytes
    };
    let huge = [&u64::MAX.to_le_bytes()[..], &good[8..]].concat();
    desk.refuse(
        "bad.safetensors",
        &MODEL_READERS,
        &[
            ("nothing", Vec::new(), "is not a safetensors file, or damaged"),
            (
                "half of it",
                good[..good.len() / 2].to_vec(),
                "is not a safetensors file, or damaged",
            ),
            ("a huge header", huge, "is not a safetensors file, or damaged"),
            ("noise", vec![0xff; 4096], "is not a safetensors file, or damaged"),
            ("a NaN", with_a_nan(&good), "holds NaN at index"),
            (
                "another name",
                replaced("generator.0.bias", "generator.9.bias"),
                "has no tensor 'generator.0.bias'",
            ),
            (
                "metadata of another model",
                replaced("neurons = 5", "neurons = 4"),
                "its tensors are not of the shapes its metadata tells",
            ),
            (
                "an atlas",
                desk.read("atlas.safetensors"),
                "has no tensor 'generator.0.weight'; it holds noise, real",
            ),
        ],
    );
    let atlas = desk.read("atlas.safetensors");
    desk.refuse(
        "bad.safetensors",
        &ATLAS_READERS,
        &[
            (
                "half of it",
                atlas[..atlas.len() / 2].to_vec(),
                "is not a safetensors file, or damaged",
            ),
            ("a NaN", with_a_nan(&atlas), "holds NaN at index"),
            ("a model", good.clone(), "has no tensor 'real'"),
        ],
    );
    // Good ones that do not fit.
    let message = desk.refused(
        &["train", "--preset", "ring", "--init", "good.safetensors"],
        "another preset",
    );
    assert!(
        message.contains(
            "good.safetensors: its generator has the layers 2→5→5→2, the configuration's 2→10→10→2; choose"
        ),
        "{message}"
    );
}

#[test]
fn models_of_gan_lab() {
    let desk = Desk::new();
    let [json, numbers] = &gan_lab_model();
    fs::write(desk.path("bad.weights.bin"), numbers).unwrap();
    desk.refuse(
        "bad.json",
        &GAN_LAB_READERS,
        &[
            ("nothing", Vec::new(), "is not a model of GAN Lab's"),
            (
                "half of it",
                json[..json.len() / 2].to_vec(),
                "is not a model of GAN Lab's",
            ),
            (
                "another shape",
                edited(json, "\"numGeneratorNeurons\":1", "\"numGeneratorNeurons\":7"),
                "its layers need",
            ),
            (
                "a huge shape",
                edited(json, "[1,1]", "[4294967296,4294967296]"),
                "the .weights.bin ends within",
            ),
            (
                "too many neurons",
                edited(json, "\"numGeneratorNeurons\":1", "\"numGeneratorNeurons\":4000"),
                "neurons is 4000, but must be from 1 to 100",
            ),
            (
                "a key twice",
                edited(json, "\"noiseSize\":1", "\"noiseSize\":1,\"noiseSize\":2"),
                "duplicate field",
            ),
            (
                "other text",
                edited(json, "Ring", "Ri\u{1}ng"),
                "is not a model of GAN Lab's",
            ),
        ],
    );
    fs::write(desk.path("good.json"), json).unwrap();
    for (what, bytes, part) in [
        ("no numbers", None, "good.weights.bin: cannot be read"),
        (
            "half of them",
            Some(numbers[..12].to_vec()),
            "good.json: the .weights.bin ends within tensor",
        ),
        (
            "a NaN",
            Some([&f32::NAN.to_le_bytes()[..], &numbers[4..]].concat()),
            "holds a number that is not finite",
        ),
    ] {
        if let Some(bytes) = bytes {
            fs::write(desk.path("good.weights.bin"), bytes).unwrap();
        }
        for reader in GAN_LAB_READERS {
            let arguments = naming(reader, "good.json");
            let message = desk.refused(&arguments, what);
            assert!(message.contains(part), "{what}: {message}");
        }
    }
}
