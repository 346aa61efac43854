//! How a GAN advances: phase by phase, every stride the same machine (paper, section 4.2;
//! `CONTRACT.md`, section 6).
//!
//! An epoch is D's updates, then G's; an update is five phases (`phases.rs`). [`Gan::advance`] runs
//! one of them and leaves what it made readable; epochs and one-network steps are that, repeated. Nothing
//! allocates.

use core::fmt;

use crate::configuration::{Configuration, Network};
use crate::gan::{Gan, MidEpoch};
use crate::optimizer::NotFinite;
use crate::profile::Profile;

/// One of the five phases of an update.
///
/// ```
/// use gan_core::Stage;
///
/// assert_eq!(Stage::ALL.len(), 5);
/// assert_eq!(Stage::ALL[4], Stage::Update);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Stage {
    /// The generator derives samples from noise.
    RunGenerator,
    /// The discriminator classifies samples.
    RunDiscriminator,
    /// The loss, and its derivative in each logit.
    ComputeLoss,
    /// The derivative of the loss in each parameter of the network.
    ComputeGradients,
    /// The network's parameters follow their gradients.
    Update,
}

impl Stage {
    /// All of them, in order.
    pub const ALL: [Self; 5] = [
        Self::RunGenerator,
        Self::RunDiscriminator,
        Self::ComputeLoss,
        Self::ComputeGradients,
        Self::Update,
    ];
}

/// A place within an epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Phase {
    /// The network being updated.
    pub network: Network,
    /// Which of its updates in this epoch, from 0.
    pub update: usize,
    /// Which of the update's phases.
    pub stage: Stage,
}

/// Updates of each network in an epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Plan {
    discriminator: usize,
    generator: usize,
}

impl Plan {
    pub(crate) const fn of(configuration: &Configuration) -> Self {
        Self {
            discriminator: configuration.discriminator.updates_per_epoch.get(),
            generator: configuration.generator.updates_per_epoch.get(),
        }
    }

    const fn only(network: Network) -> Self {
        match network {
            Network::Generator => Self {
                discriminator: 0,
                generator: 1,
            },
            Network::Discriminator => Self {
                discriminator: 1,
                generator: 0,
            },
        }
    }

    fn first(self) -> Option<Phase> {
        self.from(Network::Discriminator, 0)
    }

    /// The first phase of a network's update, or of the next network's where it has no more.
    #[inline]
    fn from(self, network: Network, update: usize) -> Option<Phase> {
        let phase = |network, update| Phase {
            network,
            update,
            stage: Stage::RunGenerator,
        };
        match network {
            Network::Discriminator if update < self.discriminator => Some(phase(network, update)),
            Network::Discriminator => self.from(Network::Generator, 0),
            Network::Generator => (update < self.generator).then(|| phase(network, update)),
        }
    }

    #[inline]
    fn after(self, phase: Phase) -> Option<Phase> {
        let stage = match phase.stage {
            Stage::RunGenerator => Stage::RunDiscriminator,
            Stage::RunDiscriminator => Stage::ComputeLoss,
            Stage::ComputeLoss => Stage::ComputeGradients,
            Stage::ComputeGradients => Stage::Update,
            Stage::Update => return self.from(phase.network, phase.update + 1),
        };
        Some(Phase { stage, ..phase })
    }
}

/// An update would have stored a number that is infinite or not a number. It was discarded whole, and
/// the run stays where it was, for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Diverged {
    /// The epoch in which it happened, from 1.
    pub epoch: u64,
    /// The network that was to be updated.
    pub network: Network,
}

impl fmt::Display for Diverged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "diverged: the {} left the finite numbers in epoch {}",
            self.network, self.epoch
        )
    }
}

impl core::error::Error for Diverged {}

/// A one-network step could not be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepError {
    /// An epoch is under way.
    MidEpoch,
    /// The run diverged.
    Diverged(Diverged),
}

impl From<MidEpoch> for StepError {
    fn from(_: MidEpoch) -> Self {
        Self::MidEpoch
    }
}

impl From<Diverged> for StepError {
    fn from(diverged: Diverged) -> Self {
        Self::Diverged(diverged)
    }
}

/// How far to run.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stretch {
    Phase,
    /// So many, at least one, what is left of the one under way being the first.
    Epochs(u64),
}

impl<M: AsRef<[f32]> + AsMut<[f32]>, P: Profile> Gan<M, P> {
    /// Runs one phase, and says which; between epochs, the first of the next. An epoch without updates
    /// has no phase and only counts: `None`.
    ///
    /// ```
    /// # use gan_core::{Gan, Preset, Reference, memory_words};
    /// # let line = Preset::Line.configuration();
    /// # let mut gan = Gan::<_, Reference>::new(vec![0.0; memory_words(&line)], &line, 1, &[])?;
    /// use gan_core::{Network, Stage};
    ///
    /// let first = gan.advance()?.expect("an epoch has phases");
    /// assert_eq!((first.network, first.stage), (Network::Discriminator, Stage::RunGenerator));
    /// gan.finish_epoch()?;
    /// assert_eq!((gan.epoch(), gan.upcoming()), (1, None));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn advance(&mut self) -> Result<Option<Phase>, Diverged> {
        if self.upcoming.is_none() {
            self.begin(Plan::of(&self.configuration));
        }
        let phase = self.upcoming;
        self.run(Stretch::Phase)?;
        Ok(phase)
    }

    /// Completes the epoch under way, if one is.
    pub fn finish_epoch(&mut self) -> Result<(), Diverged> {
        match self.upcoming {
            None => Ok(()),
            Some(_) => self.run(Stretch::Epochs(1)),
        }
    }

    /// Completes the epoch under way, or the next one.
    pub fn run_epoch(&mut self) -> Result<(), Diverged> {
        self.run_epochs(1)
    }

    /// Completes as many epochs, the one under way included.
    pub fn run_epochs(&mut self, count: u64) -> Result<(), Diverged> {
        if count == 0 {
            return Ok(());
        }
        if self.upcoming.is_none() {
            self.begin(Plan::of(&self.configuration));
        }
        self.run(Stretch::Epochs(count))
    }

    /// One update of one network alone, which counts as an epoch.
    ///
    /// ```
    /// # use gan_core::{Gan, Preset, Reference, memory_words};
    /// # let line = Preset::Line.configuration();
    /// # let mut gan = Gan::<_, Reference>::new(vec![0.0; memory_words(&line)], &line, 1, &[])?;
    /// use gan_core::Network;
    ///
    /// let generator = gan.parameters(Network::Generator).to_vec();
    /// gan.step(Network::Discriminator).map_err(|error| format!("{error:?}"))?;
    /// assert_eq!(gan.parameters(Network::Generator), generator);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn step(&mut self, network: Network) -> Result<(), StepError> {
        self.between_epochs()?;
        self.begin(Plan::only(network));
        Ok(self.run(Stretch::Epochs(1))?)
    }

    fn begin(&mut self, plan: Plan) {
        self.plan = plan;
        self.upcoming = plan.first();
    }

    /// Runs upcoming phases. An epoch begun without any is completed at once.
    fn run(&mut self, stretch: Stretch) -> Result<(), Diverged> {
        match self.diverged {
            Some(diverged) => Err(diverged),
            None if self.configuration.techniques.are_off_in_phases() => self.run_phases::<true>(stretch),
            None => self.run_phases::<false>(stretch),
        }
    }

    fn run_phases<const PLAIN: bool>(&mut self, stretch: Stretch) -> Result<(), Diverged> {
        let whole = Plan::of(&self.configuration);
        let (mut plan, mut upcoming) = (self.plan, self.upcoming);
        let mut left = match stretch {
            Stretch::Phase => 1,
            Stretch::Epochs(count) => count,
        };
        let mut phases = self.phases::<PLAIN>();
        let mut outcome = Ok(());
        loop {
            while let Some(phase) = upcoming {
                if let Err(NotFinite) = phases.run(phase) {
                    outcome = Err(Diverged {
                        epoch: phases.epoch + 1,
                        network: phase.network,
                    });
                    break;
                }
                upcoming = plan.after(phase);
                if stretch == Stretch::Phase {
                    break;
                }
            }
            if upcoming.is_some() {
                break;
            }
            phases.epoch += 1;
            left -= 1;
            if left == 0 {
                break;
            }
            (plan, upcoming) = (whole, whole.first());
        }
        self.epoch = phases.epoch;
        (self.plan, self.upcoming, self.diverged) = (plan, upcoming, outcome.err());
        outcome
    }
}
