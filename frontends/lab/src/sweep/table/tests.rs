//! Tables read back, and those of another grid are refused.

use super::*;
use crate::Experiment;
use crate::sweep::outcome::tests::outcome;
use gan_core::Preset;
use gan_core::techniques::Decay;

fn grid(axes: &[&str], epochs: u64) -> Grid {
    let axes: Vec<String> = axes.iter().map(|axis| (*axis).to_owned()).collect();
    let base = Experiment::preset(Preset::Ring, 13);
    Grid::new(&base, &axes, "7,3".parse().unwrap(), epochs).unwrap()
}

fn outcomes() -> Vec<Option<Outcome>> {
    let diverged = |epoch, network| Some(Diverged { epoch, network });
    vec![
        Some(outcome(0.25, None, diverged(17, Network::Generator))),
        None,
        Some(outcome(1e-9, Some(2.0 / 3.0), None)),
        Some(outcome(
            1.0,
            Some(1.0),
            diverged(u64::MAX, Network::Discriminator),
        )),
    ]
}

fn text(grid: &Grid) -> String {
    String::from_utf8(to_csv(grid, &outcomes())).unwrap()
}

#[test]
fn what_is_written_reads_back() {
    let grid = grid(&["generator.learning_rate=0.01,0.1"], 20);
    let text = text(&grid);
    let mut lines = text.lines();
    assert!(lines.next().unwrap().starts_with(
        "generator.learning_rate,seed,epochs,hash,d_loss,g_loss,kl,js,coverage,diverged,seconds,atlas,batch,"
    ));
    assert_eq!(
        lines.next(),
        Some(
            "0.01,7,20,000000000003d090,0.35,,0.75,0.25,,17/generator,1.25,12000,150,2,0.1,9,sgd,3,\
             1,10,sgd,1,log,2,uniform,ring"
        )
    );
    assert_eq!(from_csv(&grid, &text), Ok(outcomes()));
    assert_eq!(from_csv(&grid, ""), Ok(vec![None; 4]));
}

#[test]
fn the_moving_averages_figures_have_columns_where_a_run_keeps_one() {
    let mut configuration = Preset::Ring.configuration();
    configuration.techniques.average = Decay::from_decimal(0.999).ok();
    let base = Experiment::new(configuration, 13, crate::Drawing::default()).unwrap();
    let grid = Grid::new(&base, &[], "7,3".parse().unwrap(), 20).unwrap();
    let average = |coverage| {
        Some(AverageOutcome {
            divergence: Divergence { kl: 0.5, js: 0.125 },
            coverage,
        })
    };
    for average in [None, average(None), average(Some(0.5))] {
        let kept = Outcome {
            average,
            ..outcome(0.25, None, None)
        };
        let outcomes = vec![Some(kept), None];
        let text = String::from_utf8(to_csv(&grid, &outcomes)).unwrap();
        assert!(text.contains("diverged,seconds,average_kl,average_js,average_coverage,atlas"));
        assert_eq!(from_csv(&grid, &text), Ok(outcomes));
        if average.is_some() {
            let error = from_csv(&grid, &text.replace("0.125", "x")).unwrap_err();
            assert_eq!(
                error.to_string(),
                "line 2: 'x' is no average_js: remove the line, or name another file"
            );
        }
        let json = String::from_utf8(to_json(&grid, &[Some(kept), None])).unwrap();
        assert_eq!(
            json.contains("\"average\":{\"kl\":0.5,\"js\":0.125"),
            average.is_some()
        );
    }
}

#[test]
fn a_torn_last_line_is_left_out_wherever_it_is_torn() {
    let grid = grid(&["generator.learning_rate=0.01,0.1"], 20);
    let text = text(&grid);
    for end in 0..text.len() {
        let kept = from_csv(&grid, &text[..end])
            .unwrap()
            .into_iter()
            .flatten()
            .count();
        let lines = text[..end].matches('\n').count();
        assert_eq!(kept, lines.saturating_sub(1), "torn at byte {end}");
    }
}

#[test]
fn another_grids_table_is_refused_with_the_line() {
    let text = text(&grid(&["generator.learning_rate=0.01,0.1"], 20));
    for (other, expected) in [
        (grid(&["batch=8,16"], 20), TableError::OtherColumns),
        (
            grid(&["generator.learning_rate=0.01,0.3"], 20),
            TableError::OtherRun { line: 3 },
        ),
        (
            grid(&["generator.learning_rate=0.01,0.1"], 21),
            TableError::OtherRun { line: 2 },
        ),
    ] {
        assert_eq!(from_csv(&other, &text), Err(expected));
    }
    // A key that is not varied differs.
    let base = Experiment::preset(Preset::Line, 13);
    let axes = ["generator.learning_rate=0.01,0.1".to_owned()];
    let line = Grid::new(&base, &axes, "7,3".parse().unwrap(), 20).unwrap();
    assert_eq!(from_csv(&line, &text), Err(TableError::OtherRun { line: 2 }));
    // More seeds, in another order: the rows have a place there.
    let base = Experiment::preset(Preset::Ring, 13);
    let wider = Grid::new(&base, &axes, "1..9".parse().unwrap(), 20).unwrap();
    let kept = from_csv(&wider, &text).unwrap();
    assert_eq!((kept[6], kept[9 + 2]), (outcomes()[0], outcomes()[3]));
}

#[test]
fn a_row_that_cannot_be_read_is_named() {
    let grid = grid(&["generator.learning_rate=0.01,0.1"], 20);
    let text = text(&grid);
    for (from, to, part) in [
        (",0.75,", ",much,", "line 2: 'much' is no kl"),
        (",0.75,", ",NaN,", "line 2: 'NaN' is no kl"),
        (
            ",17/generator,",
            ",17/gardener,",
            "line 2: '17/gardener' is no diverged",
        ),
        (",1.25,", ",-1,", "line 2: '-1' is no seconds"),
        (",0.75,", ",", "line 2: 25 columns"),
        ("003d090", "003d09g", "is no hash"),
    ] {
        let broken = text.replacen(from, to, 1);
        let message = from_csv(&grid, &broken).unwrap_err().to_string();
        assert!(message.contains(part), "{to}: {message}");
    }
}

#[test]
fn json_has_the_configuration_in_the_structure_of_its_file() {
    let grid = grid(&["generator.learning_rate=0.01,0.1"], 20);
    let rows: serde_json::Value = serde_json::from_slice(&to_json(&grid, &outcomes())).unwrap();
    assert_eq!(rows.as_array().unwrap().len(), 3);
    assert_eq!(rows[0]["configuration"]["generator"]["learning_rate"], 0.01);
    assert_eq!(rows[0]["diverged"]["network"], "generator");
    assert_eq!(
        (rows[0]["seed"].as_u64(), rows[0]["g_loss"].as_f64()),
        (Some(7), None)
    );
    assert_eq!(rows[1]["coverage"].as_f64(), Some(2.0 / 3.0));
    let none: serde_json::Value = serde_json::from_slice(&to_json(&grid, &[None; 4])).unwrap();
    assert_eq!(none, serde_json::json!([]));
}
