//! A population of GANs on a device: the [`Backend`] of Vulkan.

use std::time::Duration;

use gan_core::{Backend, Configuration, Gan, Network, Reference};

use crate::Device;
use crate::compute::{Bound, ComputeError, Computer, Kernel, Words};
use crate::error::TrainError;
use crate::inputs::{Atlases, FACTORS, SETTINGS, atlas_words, factor_words, setting_words};
use crate::refusal::Refusal;
use crate::shader;
use crate::sizes::{MemoryKind, ROWS_AT, Sizes};
use crate::steps::{Dispatch, Steps};
use crate::switches::Switch;

/// How a population is trained; nothing here changes a bit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Invocations of a workgroup, a multiple of 16; if left open, 128 on a graphics card and 32 on a processor.
    pub workgroup: Option<u32>,
    /// Memory for a GAN's numbers; shared memory if left open and they fit.
    pub memory: Option<MemoryKind>,
    /// Epochs of a dispatch at most.
    pub epochs_per_dispatch: Option<u32>,
    /// Loop tests of a dispatch, instead of what suits the device.
    pub budget: Option<u64>,
}

/// Invocations that every device offers.
const WORKGROUP: u32 = 128;
/// Invocations on a processor, which computes them in turns and pays for those with nothing to do: the presets take a
/// third less time than with 128.
const PROCESSOR_WORKGROUP: u32 = 32;
/// Loop tests of a dispatch on a processor: well below Mesa's 65,535.
const PROCESSOR_BUDGET: u64 = 20_000;
/// Loop tests of the first dispatch on a graphics card; after it, as many as take a good time.
const FIRST_BUDGET: u64 = 200_000;
/// Time that a dispatch on a graphics card is to take: longer than its overhead, shorter than a
/// watchdog's bite.
const GOOD_TIME: [Duration; 2] = [Duration::from_millis(40), Duration::from_millis(100)];
/// The most storage that a population's buffers take together on a device.
const MOST_BUDGET: u64 = 1 << 40;

/// Trains populations on a device.
pub struct Population {
    computer: Computer,
    options: Options,
    budget: u64,
    kernels: Vec<(Sizes, Kernel)>,
    loaded: Option<Loaded>,
    /// Time on the device since the last load.
    time: Duration,
}

struct Loaded {
    sizes: Sizes,
    steps: Steps,
    runs: usize,
    most_updates: u32,
    states: Words,
    work: Words,
    bound: Bound,
    dispatches: u32,
    /// The epoch that each run must have reached unless it stopped.
    epochs: Vec<u64>,
    fading: Option<Fading>,
}

/// Factors that the host works out for each epoch of each run.
struct Fading {
    configurations: Vec<Configuration>,
    /// Words that they are uploaded to, `[run][epoch][factor]`.
    factors: Words,
    /// Epochs that it has room for.
    room: u32,
}

/// Words of all runs' factors at a time, about.
const FACTOR_WORDS: usize = 1 << 18;

impl Fading {
    /// Epochs that there is to be room for.
    fn room(runs: usize) -> u32 {
        (FACTOR_WORDS / (runs * FACTORS)).clamp(1, 4096) as u32
    }

    /// The factors of so many epochs, in their places.
    fn words(&self, completed: &[u64], epochs: u32) -> Vec<u32> {
        let mut words = vec![0; self.configurations.len() * self.room as usize * FACTORS];
        let places = words.chunks_exact_mut(self.room as usize * FACTORS);
        for ((places, configuration), completed) in places.zip(&self.configurations).zip(completed) {
            for (place, epoch) in places.chunks_exact_mut(FACTORS).zip(0..u64::from(epochs)) {
                place.copy_from_slice(&factor_words(configuration, completed + epoch));
            }
        }
        words
    }
}

impl Population {
    /// An empty population on a device.
    pub fn new(device: Device, options: Options) -> Result<Self, TrainError> {
        Ok(Self {
            budget: first_budget(&device, &options),
            computer: Computer::new(device)?,
            options,
            kernels: Vec::new(),
            loaded: None,
            time: Duration::ZERO,
        })
    }

    /// The device.
    #[must_use]
    pub const fn on(&self) -> &Device {
        self.computer.device()
    }

    /// Time that the device has computed for the runs it has.
    #[must_use]
    pub const fn device_time(&self) -> Duration {
        self.time
    }

    /// The sizes of the kernel for a configuration.
    #[must_use]
    pub fn sizes(&self, configuration: &Configuration) -> Sizes {
        let facts = self.on().facts();
        let usual = if facts.is_cpu() {
            PROCESSOR_WORKGROUP
        } else {
            WORKGROUP
        };
        let workgroup = self.options.workgroup.unwrap_or(usual);
        let sizes = |memory| Sizes::new(configuration, workgroup, memory);
        match self.options.memory {
            Some(memory) => sizes(memory),
            None if sizes(MemoryKind::Shared).shared_bytes() <= facts.shared_bytes => {
                sizes(MemoryKind::Shared)
            }
            None => sizes(MemoryKind::Storage),
        }
    }

    fn kernel(&mut self, sizes: &Sizes) -> Result<Kernel, TrainError> {
        if let Some((_, kernel)) = self.kernels.iter().find(|(known, _)| known == sizes) {
            return Ok(kernel.clone());
        }
        let controls = self.on().facts().controls;
        let spirv = shader::compile(&shader::training(sizes), controls)?;
        let kernel = self.computer.kernel(&spirv)?;
        self.kernels.push((*sizes, kernel.clone()));
        Ok(kernel)
    }

    /// Runs one dispatch for every run and adapts the budget to the time it took.
    fn dispatch(&mut self, dispatch: &Dispatch) -> Result<(), TrainError> {
        let loaded = self.loaded.as_mut().ok_or(TrainError::NoRuns)?;
        loaded.dispatches = loaded.dispatches.wrapping_add(1);
        let guard = 16 + loaded.dispatches % 16;
        let words = dispatch.words(guard);
        if let Some(fading) = &loaded.fading {
            let factors = fading.words(&loaded.epochs, dispatch.epochs);
            self.computer.upload(&factors, &fading.factors)?;
        }
        let time = self
            .computer
            .run(&loaded.bound, Some(words), loaded.runs as u32)?;
        self.time += time;
        if !self.on().facts().is_cpu() && self.options.budget.is_none() {
            if time < GOOD_TIME[0] {
                self.budget = (self.budget * 2).min(MOST_BUDGET);
            } else if time > GOOD_TIME[1] {
                self.budget = (self.budget / 2).max(1000);
            }
        }
        Ok(())
    }

    /// Refuses results of loops that were cut.
    fn check_loops(&self) -> Result<(), TrainError> {
        let loaded = self.loaded.as_ref().ok_or(TrainError::NoRuns)?;
        let mut flag = [0];
        self.computer.download(&loaded.work, &mut flag)?;
        match flag {
            [0] => Ok(()),
            _ => Err(TrainError::LoopsCut),
        }
    }

    /// Runs one step of an update for every run, for tests that look at what each leaves: rows of
    /// activations `[run][row][sample]` and gradients `[run][parameter]`.
    pub fn run_step(&mut self, update: u32, step: u32) -> Result<Rows, TrainError> {
        let loaded = self.loaded.as_ref().ok_or(TrainError::NoRuns)?;
        let dispatch = loaded.steps.single(update, step);
        let (sizes, runs) = (loaded.sizes, loaded.runs);
        self.dispatch(&dispatch)?;
        self.check_loops()?;
        let each = sizes.work_words() as usize;
        let mut words = vec![0; ROWS_AT as usize + runs * each];
        if let Some(loaded) = &self.loaded {
            self.computer.download(&loaded.work, &mut words)?;
        }
        let work = words[ROWS_AT as usize..].chunks_exact(each);
        let rows = sizes.row_words() as usize;
        let floats = |words: &[u32]| words.iter().map(|word| f32::from_bits(*word)).collect();
        Ok(Rows {
            activations: work.clone().map(|work| floats(&work[..rows])).collect(),
            gradients: work.map(|work| floats(&work[rows..])).collect(),
        })
    }
}

/// Results of a step.
#[derive(Clone, Debug, PartialEq)]
pub struct Rows {
    /// Activations, or deltas in their places, of each run: `[row][sample]`, G's rows, then D's but its
    /// inputs, which are G's outputs.
    pub activations: Vec<Vec<f32>>,
    /// Gradients of each run, in the order of the network's parameters.
    pub gradients: Vec<Vec<f32>>,
}

impl Backend for Population {
    type Error = TrainError;

    fn name(&self) -> &'static str {
        "vulkan"
    }

    fn device(&self) -> &str {
        &self.on().facts().name
    }

    fn check(&self, configuration: &Configuration) -> Result<(), TrainError> {
        Refusal::of(configuration).map_or(Ok(()), |refusal| Err(TrainError::Refused(refusal)))
    }

    fn together(&self, one: &Configuration, other: &Configuration) -> bool {
        self.sizes(one) == self.sizes(other)
    }

    fn most_runs(&self, configuration: &Configuration) -> usize {
        let sizes = self.sizes(configuration);
        let atlases = atlas_words(configuration);
        let largest = sizes.state.words.max(sizes.work_words() as usize).max(atlases);
        let facts = self.on().facts();
        let one_buffer = (facts.buffer_bytes as usize / 4 - ROWS_AT as usize) / largest;
        // Half of the memory: the rest is for copies on their way, and for others.
        let all = 4 * (sizes.state.words + sizes.work_words() as usize + atlases);
        let memory = (facts.memory_bytes / 2) as usize / all;
        // Every device offers 65,535 workgroups.
        one_buffer.min(memory).clamp(1, 65_535)
    }

    fn load<M>(&mut self, runs: &[Gan<M, Reference>]) -> Result<(), TrainError>
    where
        M: AsRef<[f32]> + AsMut<[f32]>,
    {
        self.loaded = None;
        self.time = Duration::ZERO;
        // A budget that suited fewer or smaller runs might take too long with these.
        self.budget = first_budget(self.on(), &self.options);
        runs.iter().try_for_each(|run| self.check(run.configuration()))?;
        let first = runs.first().ok_or(TrainError::NoRuns)?;
        let sizes = self.sizes(first.configuration());
        let other = |gan: &Gan<M, Reference>| !self.together(gan.configuration(), first.configuration());
        if let Some(run) = runs.iter().position(other) {
            return Err(TrainError::Unequal { run });
        }
        let most = runs.iter().map(|run| self.most_runs(run.configuration())).min();
        if let Some(most) = most.filter(|most| runs.len() > *most) {
            let (expected, came) = (most, runs.len());
            return Err(TrainError::WrongCount { expected, came });
        }
        let mut states = vec![0; runs.len() * sizes.state.words];
        for (run, (gan, words)) in runs
            .iter()
            .zip(states.chunks_exact_mut(sizes.state.words))
            .enumerate()
        {
            gan.pack(words).map_err(|_| TrainError::MidEpoch { run })?;
        }
        let mut atlases = Atlases::default();
        let mut settings = Vec::new();
        let room = match sizes.switches.fading {
            Switch::On => Fading::room(runs.len()),
            Switch::Off => 0,
        };
        for (run, gan) in runs.iter().enumerate() {
            let factors = runs.len() * SETTINGS.len() + run * room as usize * FACTORS;
            settings.extend(setting_words(gan, &mut atlases, factors as u32));
        }
        settings.resize(settings.len() + runs.len() * room as usize * FACTORS, 0);
        let kernel = self.kernel(&sizes)?;
        let computer = &self.computer;
        let whole = |words: &[u32]| -> Result<Words, ComputeError> {
            let buffer = computer.buffer(words.len())?;
            computer.upload(words, &buffer)?;
            Ok(buffer)
        };
        let (states, settings, atlases) = (whole(&states)?, whole(&settings)?, whole(&atlases.words)?);
        let work = computer.buffer(ROWS_AT as usize + runs.len() * sizes.work_words() as usize)?;
        computer.upload(&[0], &work)?;
        let bound = computer.bind(&kernel, &[&states, &settings, &atlases, &work])?;
        let fading = match sizes.switches.fading {
            Switch::Off => None,
            Switch::On => Some(Fading {
                configurations: runs.iter().map(|gan| *gan.configuration()).collect(),
                factors: settings
                    .clone()
                    .slice((runs.len() * SETTINGS.len()) as u64..settings.len()),
                room,
            }),
        };
        let updates = |gan: &Gan<M, Reference>| {
            let of = |network| gan.configuration().network(network).updates_per_epoch.get() as u32;
            of(Network::Generator) + of(Network::Discriminator)
        };
        self.loaded = Some(Loaded {
            steps: Steps::new(&sizes),
            sizes,
            runs: runs.len(),
            most_updates: runs.iter().map(updates).max().unwrap_or(0),
            states,
            work,
            bound,
            dispatches: 0,
            epochs: runs.iter().map(Gan::epoch).collect(),
            fading,
        });
        Ok(())
    }

    fn train(&mut self, epochs: u64) -> Result<(), TrainError> {
        let mut left = epochs;
        while left > 0 {
            let loaded = self.loaded.as_ref().ok_or(TrainError::NoRuns)?;
            let asked = self.options.epochs_per_dispatch.map_or(left, u64::from);
            let room = loaded.fading.as_ref().map_or(left, |fading| fading.room.into());
            let at_a_time = asked.min(room).min(left);
            let (_, dispatches) = loaded
                .steps
                .dispatches(at_a_time, loaded.most_updates, self.budget);
            // A list of several is one epoch.
            let done = match dispatches.as_slice() {
                [whole] => u64::from(whole.epochs),
                _ => 1,
            };
            for dispatch in &dispatches {
                self.dispatch(dispatch)?;
            }
            left -= done;
            if let Some(loaded) = &mut self.loaded {
                loaded.epochs.iter_mut().for_each(|epoch| *epoch += done);
            }
        }
        self.check_loops()
    }

    fn read<M>(&mut self, runs: &mut [Gan<M, Reference>]) -> Result<(), TrainError>
    where
        M: AsRef<[f32]> + AsMut<[f32]>,
    {
        let loaded = self.loaded.as_ref().ok_or(TrainError::NoRuns)?;
        if runs.len() != loaded.runs {
            let (expected, came) = (loaded.runs, runs.len());
            return Err(TrainError::WrongCount { expected, came });
        }
        let layout = loaded.sizes.state;
        let mut words = vec![0; loaded.runs * layout.words];
        self.computer.download(&loaded.states, &mut words)?;
        let states = words.chunks_exact(layout.words);
        for (run, (state, expected)) in states.clone().zip(&loaded.epochs).enumerate() {
            let epoch = u64::from(state[layout.epoch]) | u64::from(state[layout.epoch + 1]) << 32;
            if epoch != *expected && state[layout.stopped] == 0 {
                return Err(TrainError::WrongEpoch { run });
            }
        }
        for (gan, state) in runs.iter_mut().zip(states) {
            gan.unpack(state).map_err(TrainError::NoState)?;
        }
        Ok(())
    }
}

/// Loop tests of a dispatch before anything was timed.
fn first_budget(device: &Device, options: &Options) -> u64 {
    match (options.budget, device.facts().is_cpu()) {
        (Some(budget), _) => budget,
        (None, true) => PROCESSOR_BUDGET,
        (None, false) => FIRST_BUDGET,
    }
}
