//! Every backend against the reference, bit for bit: kernel by kernel, one epoch, thousands, saved and
//! loaded again, presets and random configurations.
//!
//! The tests of a backend are in `conformance/`; here each backend takes them.

mod backends;
mod kernels;
mod population;
mod random;
mod techniques;

use gan_core::{Backend, Preset};
use gan_vulkan::sizes::MemoryKind;
use gan_vulkan::{Options, TrainError};
use lab::run::backends::Cpu;

use crate::backends::{conforms, vulkan};

#[test]
fn processor_presets() {
    for preset in Preset::ALL {
        conforms(&mut Cpu::default(), &population::of_preset(preset), 200);
    }
}

#[test]
fn processor_random_configurations() {
    random::populations(16, |runs| conforms(&mut Cpu::default(), runs, 20));
}

#[test]
fn processor_techniques() {
    techniques::populations(|runs| conforms(&mut Cpu::default(), runs, 12));
}

#[test]
fn processor_changes_and_stops_on_the_way() {
    population::changes_on_the_way(&mut Cpu::default());
    population::divergence_stops_a_run_where_the_reference_stops(&mut Cpu::default());
}

#[test]
fn vulkan_kernel_by_kernel() {
    for memory in [MemoryKind::Shared, MemoryKind::Storage] {
        let options = Options {
            memory: Some(memory),
            ..Options::default()
        };
        let Some(mut device) = vulkan(options) else { return };
        kernels::every_phase(&mut device);
        kernels::every_phase_of_techniques(&mut device);
    }
}

/// 4 presets × 2 losses × 2 optimisers × 1,000 epochs.
#[test]
fn vulkan_presets() {
    let Some(mut device) = vulkan(Options::default()) else {
        return;
    };
    for preset in Preset::ALL {
        conforms(&mut device, &population::of_preset(preset), 1000);
    }
}

/// Each technique alone, and losses, labels and noise; in either memory, since each has its own way there.
#[test]
fn vulkan_techniques() {
    for memory in [MemoryKind::Shared, MemoryKind::Storage] {
        let options = Options {
            memory: Some(memory),
            ..Options::default()
        };
        let Some(mut device) = vulkan(options) else { return };
        techniques::populations(|runs| conforms(&mut device, runs, 12));
    }
}

/// Vulkan refuses configurations that the kernel cannot carry before anything is computed, by name
/// and why, in one sentence.
#[test]
fn vulkan_refuses_by_name() {
    let Some(mut device) = vulkan(Options::default()) else {
        return;
    };
    for (configuration, name) in techniques::refused() {
        let error = device.load(&[population::run(&configuration, 1)]).unwrap_err();
        let said = error.to_string();
        assert!(
            matches!(error, TrainError::Refused(_))
                && said.starts_with("Vulkan does not carry ")
                && said.contains(name),
            "{said}"
        );
        assert!(
            said.contains(": ") && said.lines().count() == 1 && !said.ends_with('.'),
            "{said}"
        );
        assert_eq!(device.train(1), Err(TrainError::NoRuns));
    }
}

/// 256 random configurations: 63 shapes of four runs each for 50 epochs, and 5 × 100 with four for 2. In two tests, as
/// drivers on the processor hardly use a second core for four runs.
fn vulkan_random(which: impl Fn(usize) -> bool) {
    let Some(mut device) = vulkan(Options::default()) else {
        return;
    };
    let mut numbers = 0..;
    random::populations(63, |runs| {
        if numbers.next().is_some_and(&which) {
            conforms(&mut device, runs, 50);
        }
    });
    if which(63) {
        conforms(&mut device, &random::largest(), 2);
    }
}

#[test]
fn vulkan_random_configurations() {
    vulkan_random(|number| number % 2 == 0);
}

#[test]
fn vulkan_random_configurations_and_the_largest() {
    vulkan_random(|number| number % 2 == 1);
}

#[test]
fn vulkan_changes_and_stops_on_the_way() {
    let Some(mut device) = vulkan(Options::default()) else {
        return;
    };
    population::changes_on_the_way(&mut device);
    population::divergence_stops_a_run_where_the_reference_stops(&mut device);
}

#[test]
fn vulkan_workgroups_of_every_size() {
    for workgroup in [32, 64, 96, 128, 192, 256] {
        let options = Options {
            workgroup: Some(workgroup),
            ..Options::default()
        };
        let Some(mut device) = vulkan(options) else { return };
        conforms(&mut device, &population::of_preset(Preset::Ring), 10);
        conforms(&mut device, &population::of_preset(Preset::Line), 10);
    }
}

/// Enough runs to fill the device: where a barrier were missing, some of them would differ.
#[test]
fn vulkan_many_runs_at_once() {
    for workgroup in [32, 64, 128, 256] {
        for memory in [MemoryKind::Shared, MemoryKind::Storage] {
            let options = Options {
                workgroup: Some(workgroup),
                memory: Some(memory),
                ..Options::default()
            };
            let Some(mut device) = vulkan(options) else { return };
            let count = if device.on().facts().is_cpu() { 8 } else { 1024 };
            conforms(&mut device, &population::of_seeds(Preset::Gaussians, count), 30);
        }
    }
}

#[test]
fn vulkan_dispatches_of_every_length() {
    for epochs in 1..=10 {
        let options = Options {
            epochs_per_dispatch: Some(epochs),
            ..Options::default()
        };
        let Some(mut device) = vulkan(options) else { return };
        conforms(&mut device, &population::of_preset(Preset::Gaussians), 23);
    }
    // Shorter than an epoch, an update, a step: stopped and resumed anywhere.
    for memory in [MemoryKind::Shared, MemoryKind::Storage] {
        for budget in [1, 150, 400, 900] {
            let options = Options {
                memory: Some(memory),
                budget: Some(budget),
                ..Options::default()
            };
            let Some(mut device) = vulkan(options) else { return };
            conforms(&mut device, &population::of_preset(Preset::Gaussians), 2);
        }
    }
}

#[test]
fn vulkan_loops_that_a_driver_cuts_are_refused() {
    let options = Options {
        budget: Some(u64::MAX),
        ..Options::default()
    };
    let Some(mut device) = vulkan(options) else { return };
    let runs = random::largest();
    device.load(&runs[..1]).unwrap();
    let trained = device.train(1);
    match device.on().facts().is_cpu() {
        true => assert_eq!(trained, Err(TrainError::LoopsCut)),
        false => assert_eq!(trained, Ok(())),
    }
}
