//! Vulkan, on whatever device there is: rows that its kernel carries; the others it refuses by name.

use gan_core::Backend;
use gan_lab_tests::hashes::{Row, compare, rows};
use gan_lab_tests::skip;
use gan_vulkan::{Device, Options, Population, TrainError};

#[test]
fn vulkan_gives_the_hashes() {
    let device = match Device::open(None) {
        Ok(device) => device,
        Err(error) => return skip(&error.to_string()),
    };
    let mut population = Population::new(device, Options::default()).unwrap();
    let (all, mut carried, mut hashes) = (rows(), Vec::<Row>::new(), Vec::new());
    for row in &all {
        let mut run = [row.run()];
        match population.load(&run) {
            Ok(()) => {}
            Err(TrainError::Refused(what)) => {
                println!("Vulkan does not carry '{}': {what}", row.name);
                continue;
            }
            Err(error) => panic!("'{}': {error}", row.name),
        }
        population.train(row.epochs).unwrap();
        population.read(&mut run).unwrap();
        hashes.push(run[0].state_hash().to_string());
        carried.push(row.clone());
    }
    assert!(
        5 * carried.len() >= 4 * all.len(),
        "only {} of {} rows are carried",
        carried.len(),
        all.len()
    );
    compare(population.name(), &carried, &hashes);
    println!("Vulkan: {} rows on {}", carried.len(), population.name());
}
