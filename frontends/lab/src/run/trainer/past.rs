//! A run's states on the way, sparse enough for bounded memory, near enough that what lies between is
//! trained again in an instant.
//!
//! Training is deterministic, so a state and the log of actions give every later state. Keyframes are
//! taken at multiples of an interval, which doubles whenever there are too many, as checkpoints are. The
//! presets' states take 4 to 8 KB; 512 of them leave at most 256 epochs to train again in a run of 100,000.

use gan_core::{Change, Checkpoint, Configuration, Gan, Profile, StateHash, StateLayout};

use crate::run::memory::AlignedWords;

/// The most keyframes.
const MOST: usize = 512;
/// The most words that keyframes take, unless [`LEAST`] of them take more.
const MOST_WORDS: usize = 16 << 20;
/// So many keyframes there can be, however large the networks.
const LEAST: usize = 16;
/// Epochs from one keyframe to the next, as long as there is room for all.
const INTERVAL: u64 = 16;

/// A run's state between two epochs.
#[derive(Clone, Debug)]
struct Keyframe {
    epoch: u64,
    configuration: Configuration,
    words: Box<[u32]>,
}

impl Keyframe {
    /// The state of a run between two epochs, or diverged.
    fn of<P: Profile>(gan: &Gan<AlignedWords, P>) -> Self {
        let configuration = *gan.configuration();
        let mut words = vec![0; StateLayout::of(&configuration).words].into_boxed_slice();
        gan.pack(&mut words)
            .expect("it is between two epochs, or diverged");
        Self {
            epoch: gan.epoch(),
            configuration,
            words,
        }
    }

    fn restore<P: Profile>(&self, gan: &mut Gan<AlignedWords, P>) {
        let put =
            |gan: &mut Gan<AlignedWords, P>| gan.unpack(&self.words).expect("it was packed from this run");
        if gan.upcoming().is_some() {
            // Changes are taken between epochs only.
            put(gan);
        }
        for change in Change::all(&self.configuration) {
            // Refused only where both states diverged: they are the same one.
            let _ = gan.change(change);
        }
        // Last, because another optimiser forgets the moments.
        put(gan);
    }
}

/// States that a run can be put back to.
#[derive(Clone, Debug)]
pub(super) struct Past {
    /// In the order of their epochs.
    keyframes: Vec<Keyframe>,
    /// The run's newest state, and its name, while an earlier one is looked at.
    present: Option<(Keyframe, StateHash)>,
    interval: u64,
    most: usize,
}

impl Past {
    /// The past of a run that will not be put back, and needs no memory for that.
    pub(super) const fn none() -> Self {
        Self {
            keyframes: Vec::new(),
            present: None,
            interval: u64::MAX,
            most: 0,
        }
    }

    /// The past of a run that is at its beginning now.
    pub(super) fn from<P: Profile>(gan: &Gan<AlignedWords, P>) -> Self {
        let words = StateLayout::of(gan.configuration()).words;
        let mut past = Self {
            keyframes: Vec::new(),
            present: None,
            interval: INTERVAL,
            most: (MOST_WORDS / words).clamp(LEAST, MOST),
        };
        past.keyframes.push(Keyframe::of(gan));
        past
    }

    /// Whether states are kept.
    pub(super) const fn is_kept(&self) -> bool {
        self.most > 0
    }

    /// The next epoch whose state is to be kept.
    pub(super) fn due(&self) -> u64 {
        match self.keyframes.last() {
            Some(last) => (last.epoch / self.interval + 1).saturating_mul(self.interval),
            None => u64::MAX,
        }
    }

    /// Keeps the state of a run between two epochs, if it is due.
    pub(super) fn reached<P: Profile>(&mut self, gan: &Gan<AlignedWords, P>) {
        if gan.epoch() != self.due() {
            return;
        }
        if self.keyframes.len() >= self.most {
            self.interval = self.interval.saturating_mul(2);
            let interval = self.interval;
            let mut first = true;
            // The first stays, at whichever epoch the run began.
            self.keyframes
                .retain(|keyframe| std::mem::take(&mut first) || keyframe.epoch.is_multiple_of(interval));
            if gan.epoch() != self.due() {
                return;
            }
        }
        self.keyframes.push(Keyframe::of(gan));
    }

    /// The last epoch kept that is not later than this one.
    pub(super) fn nearest(&self, epoch: u64) -> Option<u64> {
        self.before(epoch).map(|keyframe| keyframe.epoch)
    }

    fn before(&self, epoch: u64) -> Option<&Keyframe> {
        let later = self.keyframes.partition_point(|keyframe| keyframe.epoch <= epoch);
        self.keyframes[..later].last()
    }

    /// Puts a run back to the last state kept that is not later than this epoch.
    pub(super) fn restore<P: Profile>(&self, epoch: u64, gan: &mut Gan<AlignedWords, P>) {
        if let Some(keyframe) = self.before(epoch) {
            keyframe.restore(gan);
        }
    }

    /// Keeps the newest state, exactly as it is, before an earlier one is looked at.
    pub(super) fn leave<P: Profile>(&mut self, gan: &Gan<AlignedWords, P>) {
        self.present
            .get_or_insert_with(|| (Keyframe::of(gan), gan.state_hash()));
    }

    /// The name of the newest state, while an earlier one is looked at.
    pub(super) fn present(&self) -> Option<Checkpoint> {
        self.present.as_ref().map(|(keyframe, hash)| Checkpoint {
            epoch: keyframe.epoch,
            hash: *hash,
        })
    }

    /// Whether the newest state, while an earlier one is looked at, is the end of a run that diverged.
    pub(super) fn ends_diverged(&self) -> bool {
        self.present.as_ref().is_some_and(|(keyframe, _)| {
            let layout = StateLayout::of(&keyframe.configuration);
            keyframe.words[layout.stopped] != 0
        })
    }

    /// Puts a run back to its newest state, if it had been left.
    pub(super) fn come_back<P: Profile>(&self, gan: &mut Gan<AlignedWords, P>) -> bool {
        if let Some((present, _)) = &self.present {
            present.restore(gan);
        }
        self.present.is_some()
    }

    /// The run is at its newest state.
    pub(super) fn forget_present(&mut self) {
        self.present = None;
    }

    /// Memory of the states kept, in bytes.
    pub(super) fn bytes(&self) -> usize {
        let kept = self
            .keyframes
            .iter()
            .chain(self.present.iter().map(|(kept, _)| kept));
        kept.map(|kept| size_of_val(kept) + size_of_val(&*kept.words))
            .sum()
    }

    /// How many states are kept.
    #[cfg(test)]
    pub(super) fn keyframes(&self) -> usize {
        self.keyframes.len()
    }

    /// Forgets everything after this epoch: the run goes another way from there.
    pub(super) fn cut(&mut self, epoch: u64) {
        self.keyframes.retain(|keyframe| keyframe.epoch <= epoch);
        self.present = None;
    }
}
