//! This machine's processor, at every level; and what the table holds.

use std::collections::HashSet;

use gan_core::configuration::{Loss, NoiseKind, Optimizer};
use gan_core::{Configuration, Target, memory_words};
use gan_lab_tests::hashes::{compare, rows};

#[test]
fn every_level_gives_the_hashes() {
    let rows = rows();
    for level in lab::run::instructions::available() {
        let hashes: Vec<String> = rows.iter().map(|row| row.train(level).to_string()).collect();
        compare(level.name(), &rows, &hashes);
        println!("{}: {} rows", level.name(), rows.len());
    }
}

#[test]
fn the_table_has_every_loss_optimiser_noise_and_target() {
    let rows = rows();
    let of = |seen: &dyn Fn(&Configuration) -> bool| rows.iter().any(|row| seen(&row.configuration));
    for loss in Loss::ALL {
        for optimizer in [Optimizer::Sgd, Optimizer::Adam] {
            let seen = |c: &Configuration| c.loss == loss && c.discriminator.optimizer == optimizer;
            assert!(of(&seen), "no row with {loss:?} and {optimizer:?}");
        }
    }
    for kind in [NoiseKind::Uniform, NoiseKind::Normal, NoiseKind::Spherical] {
        assert!(of(&|c| c.noise.kind == kind), "no row with {kind:?} noise");
    }
    for target in Target::ALL {
        assert!(of(&|c| c.target == target), "no row with {target:?}");
    }
    let diverging = rows
        .iter()
        .filter(|row| row.run().run_epochs(row.epochs).is_err());
    assert_eq!(diverging.count(), 2, "rows that leave the finite numbers");
}

#[test]
fn rows_fit_a_board_and_are_all_different() {
    let rows = rows();
    assert!(rows.len() >= 24, "{} rows", rows.len());
    for row in &rows {
        let configuration = &row.configuration;
        let bytes = 4 * memory_words(configuration);
        assert!(bytes <= 224 * 1024, "'{}' takes {bytes} bytes", row.name);
        assert!(
            configuration.atlas.get() <= 1500,
            "'{}' has a long atlas",
            row.name
        );
        for network in [&configuration.generator, &configuration.discriminator] {
            let size = (network.hidden_layers.get(), network.neurons.get());
            assert!(
                size.0 <= 2 && size.1 <= 11,
                "'{}' has networks of {size:?}",
                row.name
            );
        }
    }
    let names: HashSet<_> = rows.iter().map(|row| &row.name).collect();
    let hashes: HashSet<_> = rows.iter().map(|row| row.hash).collect();
    assert_eq!((names.len(), hashes.len()), (rows.len(), rows.len()));
}
