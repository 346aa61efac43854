//! How training is cut into dispatches.
//!
//! An update is numbered steps, each a number of items that a workgroup's invocations share out
//! (`shaders/training.wgsl` has the same numbering). A driver may end a dispatch that lasts too long, and
//! Mesa's processor driver silently ends loops after 65,535 iterations of an invocation, all its loops
//! together. So a dispatch has a budget of loop tests: it runs as many epochs as fit, else as many updates,
//! else as many steps, else as many items.
//!
//! The kernel's last loop is counted, and its count tells when a driver cut loops.

use crate::sizes::{NetworkSizes, Sizes};
use crate::switches::{Steepness, Switch};

/// The work of a dispatch: the kernel's push constants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dispatch {
    /// How often the updates are run.
    pub epochs: u32,
    /// Updates of the epoch, from the first to before the last.
    pub updates: [u32; 2],
    /// Steps of each, likewise.
    pub steps: [u32; 2],
    /// Items of each, likewise.
    pub items: [u32; 2],
    /// The update was begun by the dispatch before.
    pub resumes: bool,
    /// The update is completed by the next dispatch.
    pub keeps: bool,
    /// Completes the epoch.
    pub counts: bool,
}

const ALL: u32 = u32::MAX;

impl Dispatch {
    /// The words that the kernel reads. `guard` is the rounds of its last loop.
    pub(crate) const fn words(&self, guard: u32) -> [u32; 9] {
        let flags = self.resumes as u32 | (self.keeps as u32) << 1 | (self.counts as u32) << 2;
        let ([u0, u1], [s0, s1], [i0, i1]) = (self.updates, self.steps, self.items);
        [self.epochs, u0, u1, s0, s1, i0, i1, flags, guard]
    }
}

/// Step at which D's update turns to the fake batch.
#[must_use]
pub const fn half(sizes: &Sizes) -> u32 {
    3 * sizes.discriminator.layers + 1
}

/// Steps that put something else before D than what G made.
#[must_use]
pub fn disguises(sizes: &Sizes) -> u32 {
    match sizes.switches.disguised() {
        Switch::Off => 0,
        Switch::On => 1,
    }
}

/// Steps of a penalty on D's gradient, ahead of its update.
#[must_use]
pub const fn steep_steps(sizes: &Sizes) -> u32 {
    match sizes.switches.steepness {
        Steepness::Free => 0,
        Steepness::R1 | Steepness::Gradient => 4 * sizes.discriminator.layers,
    }
}

/// Steps ahead of G's update in which D sees the real batch.
#[must_use]
pub const fn feature_steps(sizes: &Sizes) -> u32 {
    match sizes.switches.feature_matching {
        Switch::Off => 0,
        Switch::On => sizes.discriminator.layers + 1,
    }
}

/// Loops that techniques add to the kernel, whatever step it is at.
fn idle_loops(sizes: &Sizes) -> u32 {
    let steepness = match sizes.switches.steepness {
        Steepness::Free => 0,
        Steepness::R1 | Steepness::Gradient => 6,
    };
    // Components of noise, samples to remember and a count to round.
    let components = u32::from(sizes.noise > 2);
    let counting = match sizes.state.words > sizes.state.techniques {
        true => 2,
        false => 0,
    };
    // Remainders of cursors by the length of the techniques' own atlases.
    let remainders = match (sizes.switches.label_noise, sizes.switches.disguised()) {
        (Switch::Off, Switch::Off) => 0,
        _ => 2,
    };
    steepness + disguises(sizes) + components + counting + remainders
}

/// A step's items, how many of them the workgroup computes at a time, and an invocation's loop tests for one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Step {
    items: u32,
    at_a_time: u32,
    tests: u32,
    /// Loop tests of the techniques' steps that this one is not: a processor that plays a graphics card may
    /// run all of them, for no invocation. GAN Lab's own steps are within the budget's margin.
    idle: u32,
}

impl Step {
    /// Loop tests of an invocation for so many of the items.
    const fn cost(&self, items: u32) -> u64 {
        items.div_ceil(self.at_a_time) as u64 * self.tests as u64 + 1 + self.idle as u64
    }
}

/// Steps of both networks' updates, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Steps {
    discriminator: Vec<Step>,
    generator: Vec<Step>,
    /// Loop tests of a dispatch besides its steps'.
    overhead: u64,
}

/// Widths of a layer.
#[derive(Clone, Copy)]
struct Layer {
    inputs: u32,
    outputs: u32,
}

fn layers(network: &NetworkSizes, inputs: u32, outputs: u32) -> Vec<Layer> {
    (0..network.layers)
        .map(|index| Layer {
            inputs: if index == 0 { inputs } else { network.neurons },
            outputs: if index + 1 == network.layers {
                outputs
            } else {
                network.neurons
            },
        })
        .collect()
}

impl Steps {
    /// The steps of a kernel of these sizes.
    #[must_use]
    pub fn new(sizes: &Sizes) -> Self {
        let Sizes { workgroup, batch, .. } = *sizes;
        let idle = idle_loops(sizes);
        let step = |items, tests| Step {
            items,
            at_a_time: workgroup,
            tests,
            idle,
        };
        // A round tests its own loop and one over what is summed.
        let forward = |layer: &Layer| step(layer.outputs.div_ceil(4) * batch, layer.inputs + 2);
        let backward = |layer: &Layer| step(layer.inputs.div_ceil(4) * batch, layer.outputs + 2);
        let gradients = |layer: &Layer| Step {
            items: layer.outputs.div_ceil(2) * (layer.inputs + 2).div_ceil(2),
            at_a_time: sizes.tiles(),
            tests: batch.div_ceil(16) + 2,
            idle,
        };
        let back = |layers: &[Layer], steps: &mut Vec<Step>| {
            for (index, layer) in layers.iter().enumerate().rev() {
                steps.push(gradients(layer));
                if index > 0 {
                    steps.push(backward(layer));
                }
            }
        };
        // Samples to remember, and a count of 64 bits to round.
        let counting = match sizes.state.words > sizes.state.techniques {
            true => batch.div_ceil(workgroup) + 50,
            false => 0,
        };
        let update = |network: &NetworkSizes| Step {
            // It may not be cut: it looks at every number before it stores any.
            items: 1,
            at_a_time: 1,
            tests: 2 * (network.parameters.div_ceil(workgroup) + 1) + counting,
            idle,
        };
        let each_sample = step(batch, 2);
        // Components beyond the second have a loop of their own.
        let components = 2 + if sizes.noise > 2 { sizes.noise } else { 0 };
        let gather = step(batch, components);
        let sums = |neurons: u32| {
            gradients(&Layer {
                inputs: 0,
                outputs: neurons,
            })
        };
        let matching = sizes.switches.feature_matching == Switch::On;
        let disguise = |steps: &mut Vec<Step>| {
            steps.extend((0..disguises(sizes)).map(|_| each_sample));
        };
        let g = layers(&sizes.generator, sizes.noise, 2);
        let d = layers(&sizes.discriminator, 2, 1);

        let mut discriminator = Vec::new();
        for fake in [false, true] {
            discriminator.push(gather);
            if fake {
                discriminator.extend(g.iter().map(forward));
                disguise(&mut discriminator);
            }
            discriminator.extend(d.iter().map(forward));
            discriminator.push(each_sample);
            back(&d, &mut discriminator);
        }
        if steep_steps(sizes) > 0 {
            let hidden = &d[..d.len() - 1];
            discriminator.push(step(batch, 2 + components));
            discriminator.extend(hidden.iter().map(forward));
            discriminator.extend(d.iter().rev().map(backward));
            discriminator.push(each_sample);
            discriminator.extend(hidden.iter().map(forward));
            discriminator.extend(d.iter().map(gradients));
        }
        discriminator.push(update(&sizes.discriminator));

        let mut generator = Vec::new();
        if matching {
            generator.push(gather);
            generator.extend(d[..d.len() - 1].iter().map(forward));
            generator.push(sums(sizes.discriminator.neurons));
        }
        generator.push(gather);
        generator.extend(g.iter().map(forward));
        disguise(&mut generator);
        generator.extend(d.iter().map(forward));
        generator.push(each_sample);
        if matching {
            generator.push(sums(sizes.discriminator.neurons));
        }
        generator.extend(d.iter().rev().map(backward));
        back(&g, &mut generator);
        generator.push(update(&sizes.generator));

        let carried = 2 * (sizes.work_words() + sizes.generator.parameters + sizes.discriminator.parameters);
        Self {
            discriminator,
            generator,
            overhead: u64::from(carried.div_ceil(workgroup)) + 100,
        }
    }

    /// Steps of the longer update.
    fn count(&self) -> u32 {
        self.discriminator.len().max(self.generator.len()) as u32
    }

    /// The step of each network with this number.
    fn both(&self, step: u32) -> impl Iterator<Item = &Step> {
        let step = step as usize;
        [self.discriminator.get(step), self.generator.get(step)]
            .into_iter()
            .flatten()
    }

    /// Loop tests of some items of a step, whichever network's update it is of: GANs of one dispatch may
    /// differ in how many updates each network has.
    fn step_cost(&self, step: u32, items: u32) -> u64 {
        let costs = self.both(step).map(|step| step.cost(items.min(step.items)));
        costs.max().unwrap_or(1)
    }

    fn update_cost(&self) -> u64 {
        let cost = |steps: &[Step]| steps.iter().map(|step| step.cost(step.items) + 2).sum::<u64>();
        cost(&self.discriminator).max(cost(&self.generator)) + u64::from(self.count()) + 20
    }

    /// Loop tests of an invocation in an epoch of so many updates.
    #[must_use]
    pub fn epoch_cost(&self, updates: u32) -> u64 {
        u64::from(updates) * self.update_cost() + 2
    }

    /// The dispatches that run `epochs` epochs of at most `updates` updates, each within `budget` loop tests
    /// as far as a step's smallest part allows. How often the list is to be run comes with it.
    #[must_use]
    pub fn dispatches(&self, epochs: u64, updates: u32, budget: u64) -> (u64, Vec<Dispatch>) {
        let budget = budget.saturating_sub(self.overhead).max(1);
        let fitting = budget / self.epoch_cost(updates);
        if fitting > 0 {
            let at_a_time = fitting.min(epochs).min(u64::from(u32::MAX)).max(1);
            let whole = Dispatch {
                epochs: at_a_time as u32,
                updates: [0, ALL],
                steps: [0, self.count()],
                items: [0, ALL],
                resumes: false,
                keeps: false,
                counts: true,
            };
            return (epochs / at_a_time, vec![whole]);
        }
        let at_a_time = (budget / self.update_cost()) as u32;
        let mut list = Vec::new();
        match at_a_time {
            0 => (0..updates).for_each(|update| self.cut_update(update, budget, &mut list)),
            _ => {
                for first in (0..updates).step_by(at_a_time as usize) {
                    let end = (first + at_a_time).min(updates);
                    list.push(self.part([first, end], [0, self.count()], [0, ALL]));
                }
            }
        }
        if let Some(last) = list.last_mut() {
            last.counts = true;
        }
        (epochs, list)
    }

    fn part(&self, updates: [u32; 2], steps: [u32; 2], items: [u32; 2]) -> Dispatch {
        Dispatch {
            epochs: 1,
            updates,
            steps,
            items,
            resumes: false,
            keeps: false,
            counts: false,
        }
    }

    /// One update in several dispatches.
    fn cut_update(&self, update: u32, budget: u64, list: &mut Vec<Dispatch>) {
        let begin = list.len();
        let updates = [update, update + 1];
        let mut step = 0;
        while step < self.count() {
            let mut end = step;
            let mut cost = 0;
            while end < self.count() && cost + self.step_cost(end, ALL) <= budget {
                cost += self.step_cost(end, ALL);
                end += 1;
            }
            if end > step {
                list.push(self.part(updates, [step, end], [0, ALL]));
                step = end;
                continue;
            }
            // Not even one step fits: its items, as many at a time as do.
            let most = self.both(step).map(|step| step.items).max().unwrap_or(0);
            let round = self.both(step).map(|step| step.at_a_time).max().unwrap_or(1);
            let rounds = (budget / self.step_cost(step, round).max(1)).max(1) as u32;
            for first in (0..most).step_by((rounds * round) as usize) {
                let items = [first, first.saturating_add(rounds * round)];
                list.push(self.part(updates, [step, step + 1], items));
            }
            step += 1;
        }
        let last = list.len() - 1;
        for (index, dispatch) in list.iter_mut().enumerate().skip(begin) {
            dispatch.resumes = index > begin;
            dispatch.keeps = index < last;
        }
    }

    /// The dispatch that runs one step of an update, for looking at what each leaves.
    #[must_use]
    pub fn single(&self, update: u32, step: u32) -> Dispatch {
        Dispatch {
            resumes: step > 0,
            keeps: true,
            ..self.part([update, update + 1], [step, step + 1], [0, ALL])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sizes::MemoryKind;
    use gan_core::configuration::{HiddenLayers, Neurons};
    use gan_core::{Network, Preset};

    fn steps(layers: u32, neurons: u32) -> Steps {
        let mut configuration = Preset::Gaussians.configuration();
        for network in [Network::Generator, Network::Discriminator] {
            let network = configuration.network_mut(network);
            network.hidden_layers = HiddenLayers::new(layers).unwrap();
            network.neurons = Neurons::new(neurons).unwrap();
        }
        Steps::new(&Sizes::new(&configuration, 128, MemoryKind::Storage))
    }

    #[test]
    fn what_fits_is_one_dispatch_of_whole_epochs() {
        let steps = steps(1, 8);
        let (times, list) = steps.dispatches(100, 3, steps.overhead + 10 * steps.epoch_cost(3));
        assert_eq!((times, list.len()), (10, 1));
        assert_eq!((list[0].epochs, list[0].counts, list[0].keeps), (10, true, false));
        let (times, list) = steps.dispatches(4, 3, u64::MAX);
        assert_eq!((times, list[0].epochs), (1, 4));
        // An epoch without updates only counts.
        assert_eq!(steps.dispatches(7, 0, 20_000).1[0].epochs, 7);
    }

    #[test]
    fn every_item_of_an_epoch_is_run_once_whatever_the_budget() {
        for (layers, neurons) in [(0, 1), (1, 8), (5, 100)] {
            let steps = steps(layers, neurons);
            for budget in [1, 500, 20_000, 60_000, 1_000_000] {
                let (_, list) = steps.dispatches(1, 3, budget);
                for update in 0..3 {
                    for step in 0..steps.count() {
                        let most = steps.both(step).map(|step| step.items).max().unwrap();
                        let holds = |range: [u32; 2], at| (range[0]..range[1]).contains(&at);
                        let parts = list
                            .iter()
                            .filter(|part| holds(part.updates, update) && holds(part.steps, step));
                        let mut next = 0;
                        for part in parts {
                            assert_eq!(
                                part.items[0], next,
                                "update {update}, step {step}, budget {budget}"
                            );
                            next = part.items[1];
                        }
                        assert!(next >= most, "update {update}, step {step}, budget {budget}");
                    }
                }
                assert!(list.last().is_some_and(|last| last.counts && !last.keeps));
                assert_eq!(list.iter().filter(|part| part.counts).count(), 1);
            }
        }
    }

    #[test]
    fn dispatches_of_the_largest_networks_stay_far_below_the_processors_limit() {
        let steps = steps(5, 100);
        let (_, list) = steps.dispatches(1, 3, 20_000);
        for part in &list {
            let cost: u64 = (part.steps[0]..part.steps[1])
                .map(|step| steps.step_cost(step, part.items[1].saturating_sub(part.items[0])))
                .sum();
            assert!(steps.overhead + cost <= 40_000, "{part:?}: {cost}");
        }
        assert!(list.len() > 20, "{}", list.len());
    }
}
