//! Tests of recordings that a person may write, and of the errors for all others.

use super::*;
use crate::Setting;
use crate::lesson::{Component, ShownLayer};
use crate::recording::Narration;
use crate::recording::narration::{Page, Task};
use crate::recording::sample::session;
use gan_core::configuration::UpdatesPerEpoch;
use proptest::prelude::*;

/// A finished recording of a session with every kind of command.
fn text() -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("r.toml");
    session(&path).finish_recording().unwrap();
    std::fs::read_to_string(&path).unwrap()
}

/// A recording as short as a person would write it.
fn by_hand(rest: &str) -> String {
    let configuration = toml::Table::from_iter([(
        "configuration".to_owned(),
        toml::Value::Table(configuration::table(&Preset::Ring.configuration())),
    )]);
    format!("format = 1\nprofile = 'reference'\nseed = 7\n{configuration}\n{rest}")
}

fn refused(text: &str) -> String {
    let problem = parse(text.as_bytes()).unwrap_err();
    assert!(!problem.contains('\n'), "one sentence: {problem:?}");
    problem
}

#[test]
fn what_is_written_reads_back() {
    let text = text();
    let (recording, ending) = parse(text.as_bytes()).unwrap();
    assert_eq!(ending, Ending::Whole);
    assert_eq!(recording.to_toml(), text);
}

#[test]
fn a_person_may_write_it() {
    let text = by_hand(
        "[narration]\r\ntitle = 'The ring, gently'\nauthor = 'A. Teacher'\n\
         [[from]]\nepoch = 10\ngenerator = { learning_rate = 0.01, steps = 3 }\n\
         discriminator.optimizer = 'adam'\nloss = 'least-squares'\n\
         [[from]]\nepoch = 13\n[from.generator]\nsteps = 2\n\
         [[from]]\nepoch = 20\nhash.7 = '0123456789abcdef'\nhash.3 = '0000000000000000'\n",
    );
    let (recording, _) = parse(text.as_bytes()).unwrap();
    assert_eq!(recording.narration.title.as_deref(), Some("The ring, gently"));
    let actions: Vec<_> = recording
        .log
        .actions()
        .iter()
        .map(|done| (done.epoch, done.times))
        .collect();
    assert_eq!(
        actions,
        [(10, 1), (10, 1), (10, 1), (10, 5)],
        "steps that follow at once are one"
    );
    assert_eq!(recording.end(), 15);
    let epochs: Vec<_> = recording
        .checkpoints
        .taken()
        .iter()
        .map(|taken| taken.epoch)
        .collect();
    assert_eq!(epochs, [3, 7]);
    let (again, _) = parse(recording.to_toml().as_bytes()).unwrap();
    assert_eq!(again, recording);
}

/// A page of everything that a page can have.
const PAGE: &str = r#"[narration]
title = "Of everything"
summary = "One line."
[[narration.page]]
title = "A page"
text = """
One "paragraph"
in two lines.

Another \\ one.
"""
epoch = 300
layers = ["real", "fake"]
highlight = ["generator", "discriminator loss"]
holds = ["js below 0.3 for 100 epochs", "swings at most 1 over 1000 epochs"]
of_32_seeds = 29
[narration.page.beside]
discriminator.updates_per_epoch = 3
holds = ["median js below 0.25 over 50 epochs"]
[narration.page.task]
text = "Do it."
hint = "Thus."
done = ["generator.steps at least 10"]
"#;

#[test]
fn a_lesson_reads_back_as_it_is_written() {
    let (recording, _) = parse(by_hand(PAGE).as_bytes()).unwrap();
    let page = &recording.narration.pages[0];
    assert_eq!(page.text, "One \"paragraph\"\nin two lines.\n\nAnother \\ one.\n");
    let paragraphs: Vec<_> = page.paragraphs().collect();
    assert_eq!(paragraphs, ["One \"paragraph\" in two lines.", "Another \\ one."]);
    assert_eq!(
        page.highlight,
        [Component::Generator, Component::DiscriminatorLoss]
    );
    assert_eq!(page.layers, Some(vec![ShownLayer::Real, ShownLayer::Fake]));
    let stand = page.stand.as_ref().unwrap();
    let updates = UpdatesPerEpoch::new(3).unwrap();
    let difference = stand.beside.as_ref().unwrap().difference;
    assert_eq!(
        difference,
        Setting::from(Change::updates_per_epoch(Network::Discriminator, updates))
    );
    let written = recording.to_toml();
    let (again, _) = parse(written.as_bytes()).unwrap();
    assert_eq!(again, recording);
    assert_eq!(again.to_toml(), written);
    let windows = by_hand(PAGE).replace('\n', "\r\n");
    assert_eq!(parse(windows.as_bytes()).unwrap().0, recording);
}

#[test]
fn problems_of_a_lesson_name_line_and_remedy() {
    let before = by_hand("").lines().count();
    let edited = |from: &str, to: &str| {
        let text = PAGE.replacen(from, to, 1);
        assert_ne!(text, PAGE, "{from}");
        refused(&by_hand(&text))
    };
    for (from, to, line, part) in [
        (
            "\"One line.\"",
            "\"a\\nb\"",
            3,
            "the summary must be one line of at most 200",
        ),
        (
            "Another",
            "\\tAnother",
            6,
            "the text must be at most 4000 characters, none of them a tab",
        ),
        (
            "Another",
            &"x".repeat(4001),
            6,
            "the text must be at most 4000 characters",
        ),
        ("title = \"A page\"\n", "", 4, "missing field `title`"),
        ("epoch = 300", "epoch = -1", 12, "invalid value"),
        (
            "epoch = 300",
            "epoch = 9000000000000",
            12,
            "epoch is 9000000000000, but must be from 0",
        ),
        (
            "epoch = 300\n",
            "",
            14,
            "'holds', 'beside' and 'of_32_seeds' are of an epoch of the recording: give the page one",
        ),
        (
            "\"real\", \"fake\"",
            "\"real\", \"fog\"",
            13,
            "the layer 'fog' is not one of real, contour",
        ),
        (
            "\"real\", \"fake\"",
            "\"real\", \"real\"",
            13,
            "is named twice: leave one out",
        ),
        (
            "\"generator\", ",
            "\"engine\", ",
            14,
            "the component 'engine' is not one of noise, generator",
        ),
        (
            "for 100 epochs",
            "for ever",
            15,
            "must end after its number, or with 'for N epochs'",
        ),
        (
            "\"js below 0.3",
            "\"beauty below 0.3",
            15,
            "must begin with js, kl",
        ),
        (
            "updates_per_epoch = 3",
            "steps = 3",
            17,
            "a run beside differs in one thing",
        ),
        (
            "updates_per_epoch = 3",
            "updates_per_epoch = 3\ngenerator.learning_rate = 0.1",
            17,
            "a run beside differs in one thing",
        ),
        (
            "updates_per_epoch = 3",
            "updates_per_epoch = 11",
            18,
            "updates per epoch is 11, but must be from 0 to 10",
        ),
        (
            "done = [\"generator.steps at least 10\"]",
            "done = []",
            23,
            "say what in 'done'",
        ),
        (
            "done = [\"generator.steps at least 10\"]",
            "",
            20,
            "missing field `done`",
        ),
        ("hint =", "help =", 22, "unknown field `help`"),
    ] {
        let problem = edited(from, to);
        let place = format!("line {}: ", before + line);
        assert!(
            problem.starts_with(&place) && problem.contains(part),
            "{from} gave {problem:?}, not {place}{part}"
        );
    }
    let many = "\"js below 1\", ".repeat(17);
    let problem = edited("\"js below 0.3 for 100 epochs\", ", &many);
    assert!(
        problem.contains("there are at most 16 conditions in a place"),
        "{problem}"
    );
    let many = "[[narration.page]]\ntitle = ''\ntext = ''\n".repeat(33);
    let problem = refused(&by_hand(&many));
    assert!(problem.contains("a lesson has at most 32 pages"), "{problem}");
    assert!(
        problem.starts_with(&format!("line {}: ", before + 32 * 3 + 1)),
        "{problem}"
    );
}

#[test]
fn a_last_line_without_its_break_is_dropped_and_said() {
    let whole = by_hand("[[from]]\nepoch = 0\nhash.0 = '0123456789abcdef'\n");
    let torn = format!("{whole}[[from]]\nepoch = 12");
    let (recording, ending) = parse(torn.as_bytes()).unwrap();
    assert_eq!(ending, Ending::Torn);
    assert_eq!(parse(whole.as_bytes()).unwrap(), (recording, Ending::Whole));
    // Even within a character.
    let torn = [whole.as_bytes(), &"# é".as_bytes()[..3]].concat();
    assert_eq!(parse(&torn).unwrap().1, Ending::Torn);
}

#[test]
fn problems_name_line_and_remedy() {
    let line = by_hand("").lines().count() + 1;
    for (rest, at, part) in [
        ("[[from]]\nepoch = -1\n", 1, "invalid value"),
        ("[[from]]\nhash.0 = '0'\n", 1, "a hash is 16 hex digits"),
        (
            "[[from]]\nhash.x = '0123456789abcdef'\n",
            1,
            "hash.x is of no epoch; write as in hash.2000",
        ),
        ("[[from]]\n[[from]]\nepoch = 3\n", 0, "a [[from]] needs an epoch"),
        ("[[from]]\nloss = 'log'\n", 0, "a [[from]] needs an epoch"),
        ("[[from]]\nepoch = 1\nspeed = 3\n", 2, "unknown field `speed`"),
        ("[[from]]\nepoch = 1\nepoch = 3\n", 2, "duplicate key"),
        (
            "[[from]]\nepoch = 1\nloss = 'softmax'\n",
            2,
            "unknown variant `softmax`",
        ),
        (
            "[[from]]\nepoch = 1\ngenerator.learning_rate = nan\n",
            2,
            "learning rate is NaN, but must be from 0.000001 to 10",
        ),
        (
            "[[from]]\nepoch = 1\ngenerator.steps = 0\n",
            2,
            "steps is 0, but must be from 1 to",
        ),
        (
            "[[from]]\nepoch = 9000000000000000000\n",
            1,
            "epoch is 9000000000000000000, but must be from 0 to 1000000000000",
        ),
        (
            "[[from]]\nepoch = 5\ngenerator.steps = 5\n[[from]]\nepoch = 9\n",
            4,
            "from epoch 9, but what stands before it goes on to 10: keep the order",
        ),
        (
            "[[from]]\nepoch = 1\ngenerator.steps = 5\ndiscriminator.steps = 5\n",
            0,
            "steps of both networks; write a [[from]] for each",
        ),
        (
            "[[from]]\nepoch = 1\nhash.5 = '0123456789abcdef'\n[[from]]\nepoch = 2\nhash.5 = '0123456789abcdef'\n",
            5,
            "a checkpoint at epoch 5 does not come after the one at 5",
        ),
        (
            "[drawing]\npoints = [[0.5, 0.5]]\n",
            0,
            "the target is not 'drawing'",
        ),
        (
            "[narration]\ntitle = \"a\\nb\"\n",
            1,
            "the title must be one line of at most 200",
        ),
        ("[lesson]\n", 0, "unknown field `lesson`"),
    ] {
        let problem = refused(&by_hand(rest));
        let place = format!("line {}: ", line + at);
        assert!(
            problem.starts_with(&place) && problem.contains(part),
            "{rest:?} gave {problem:?}"
        );
    }
    let many: String = (0..=MOST_CHECKPOINTS)
        .map(|epoch| format!("hash.{epoch} = '0123456789abcdef'\n"))
        .collect();
    let problem = refused(&by_hand(&format!("[[from]]\nepoch = 0\n{many}")));
    assert!(
        problem.contains("there are already 64 checkpoints: leave some out"),
        "{problem}"
    );
    let many = "[[from]]\nepoch = 0\nloss = 'log'\n".repeat(LOG_CAPACITY + 1);
    let problem = refused(&by_hand(&many));
    assert!(
        problem.contains(&format!(
            "a recording holds {LOG_CAPACITY} actions: leave some out"
        )),
        "{problem}"
    );
}

#[test]
fn a_head_must_be_whole() {
    let whole = by_hand("");
    let edited = |from: &str, to: &str| refused(&whole.replacen(from, to, 1));
    for (from, to, part) in [
        (
            "format = 1",
            "format = 2",
            "line 1: has the format 2, but this gan-lab reads 1",
        ),
        (
            "format = 1\n",
            "",
            "line 1: is not a recording: one begins with 'format = 1'",
        ),
        (
            "'reference'",
            "'abacus'",
            "line 2: the profile 'abacus' is not one of reference, micromath",
        ),
        ("seed = 7\n", "", "missing field `seed`"),
        (
            "seed = 7\n",
            "seed = 7\nreached = 1000000000001\n",
            "line 4: reached",
        ),
        (
            "batch = 150\n",
            "",
            "the configuration has no batch; a recording needs every key",
        ),
        (
            "\"ring\"",
            "\"drawing\"",
            "the target 'drawing' has no points; write them under [drawing]",
        ),
        (
            "batch = 150",
            "batch = 0",
            "batch size is 0, but must be from 1 to 1024",
        ),
    ] {
        let problem = edited(from, to);
        assert!(
            problem.contains(part) && problem.starts_with("line "),
            "{from} → {to} gave {problem:?}"
        );
    }
    let text = text();
    for (from, to, part) in [
        ("source =", "origin =", "unknown field `origin`"),
        ("x = [", "# x = [", "points of a file have source, x and y"),
        (
            "y = [0.0, 0.1]",
            "y = [0.2, 0.1]",
            "the least and the most of a range",
        ),
        (
            "y = [0.0, 0.1]",
            "y = [0.0, inf]",
            "the least and the most of a range",
        ),
        ("[0.9,", "[1.9,", "drawn point 2 lies outside the unit square"),
        ("[0.9,", "[nan,", "drawn point 2 lies outside the unit square"),
    ] {
        let problem = refused(&text.replacen(from, to, 1));
        assert!(
            problem.contains(part) && problem.starts_with("line "),
            "{from} → {to} gave {problem:?}"
        );
    }
    assert_eq!(
        refused(""),
        "line 1: is not a recording: one begins with 'format = 1'"
    );
    let latin1 = [text.as_bytes(), b"# caf\xe9\n"].concat();
    let problem = parse(&latin1).unwrap_err();
    let line = text.lines().count() + 1;
    assert_eq!(
        problem,
        format!("line {line}: is not UTF-8 text; save it as UTF-8")
    );
}

proptest! {
    #[test]
    fn every_technique_reads_back(configuration in configuration::any::configuration()) {
        let experiment = Experiment::new(configuration, 7, Drawing::default()).unwrap();
        let recording = Recording::of(&experiment, Reference::NAME);
        let (again, ending) = parse(recording.to_toml().as_bytes()).unwrap();
        prop_assert_eq!(ending, Ending::Whole);
        prop_assert_eq!(again, recording);
    }
}

#[test]
fn techniques_that_do_not_go_together_are_refused_with_their_line() {
    let text = by_hand("").replace(
        "[configuration.discriminator]\n",
        "[configuration.penalty]\nkind = 'r1'\n[configuration.discriminator]\nnormalization = 'batch'\n",
    );
    let line = text
        .lines()
        .position(|line| line.starts_with("normalization"))
        .unwrap()
        + 1;
    let expected = format!("line {line}: a penalty on D's gradient needs each sample alone");
    assert!(refused(&text).starts_with(&expected), "{}", refused(&text));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = parse(&bytes);
        let head = by_hand("");
        let _ = parse(&[head.as_bytes(), &bytes].concat());
    }

    #[test]
    fn any_text_reads_back_as_it_is_written(
        title in "[^\\p{C}]{0,60}",
        text in "(?s)([^\\p{Cc}]|\n|\"|\\\\){0,200}",
        hint in proptest::option::of("[^\\p{Cc}]{0,40}"),
    ) {
        let (mut recording, _) = parse(by_hand(PAGE).as_bytes()).unwrap();
        let task = Task { text: text.clone(), hint, done: vec!["modes at least 3".parse().unwrap()] };
        recording.narration.title = Some(title.clone());
        recording.narration.pages.push(Page { title, text, task: Some(task), ..Page::default() });
        prop_assert_eq!(parse(recording.to_toml().as_bytes()).unwrap().0, recording);
    }

    #[test]
    fn points_read_back_to_the_last_bit(
        bits in proptest::collection::vec([0_u32..=0x3f80_0000, 0_u32..=0x3f80_0000], 1..6)
    ) {
        let points: Vec<_> = bits.iter().map(|point| point.map(f32::from_bits)).collect();
        let ring = Experiment::preset(Preset::Ring, u64::from(bits[0][0]) << 40);
        let experiment = ring.learning(Drawing::drawn(points).unwrap()).unwrap();
        let recording = Recording {
            profile: "reference".to_owned(),
            experiment,
            narration: Narration::default(),
            log: Log::new(),
            checkpoints: Checkpoints::new(),
            reached: 0,
        };
        prop_assert_eq!(parse(recording.to_toml().as_bytes()).unwrap().0, recording);
    }
}
