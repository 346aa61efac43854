//! A configuration's text as tables, perhaps in part: put onto a base, and written whole.

use gan_core::configuration::{AtlasLength, BatchSize, NoiseDimensions};
use gan_core::techniques::{Conflict, Truncation};
use gan_core::{Configuration, Network};
use serde::{Deserialize, Serialize};
use toml::Spanned;

use super::names::{InputsName, LossName, NoiseName, OutputName, TargetName};
use super::network::NetworkTable;
use super::techniques::{
    FeatureMatchingTable, InstanceNoiseTable, LabelsTable, PenaltyTable, RateDecayTable, ReplayTable,
};
use super::value::{OrNone, set, set_or_none, written};
use super::{Extent, Problem};

/// A configuration as it is written, perhaps in part.
#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Document {
    target: Option<TargetName>,
    loss: Option<LossName>,
    batch: Option<Spanned<u32>>,
    atlas: Option<Spanned<u32>>,
    inputs: Option<InputsName>,
    output: Option<OutputName>,
    truncation: Option<Spanned<OrNone<f32>>>,
    #[serde(default)]
    noise: NoiseTable,
    #[serde(default)]
    generator: NetworkTable,
    #[serde(default)]
    discriminator: NetworkTable,
    labels: Option<LabelsTable>,
    penalty: Option<PenaltyTable>,
    instance_noise: Option<InstanceNoiseTable>,
    feature_matching: Option<FeatureMatchingTable>,
    replay: Option<ReplayTable>,
    rate_decay: Option<RateDecayTable>,
}

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct NoiseTable {
    kind: Option<NoiseName>,
    dimensions: Option<Spanned<u32>>,
}

impl Document {
    /// The configuration, where it says nothing that of the base. The techniques of the base go together.
    pub(crate) fn onto(self, base: &Configuration) -> Result<Configuration, Problem> {
        let mut configuration = *base;
        let places = self.places();
        if let Some(target) = self.target {
            configuration.target = target.into();
        }
        if let Some(loss) = self.loss {
            configuration.loss = loss.into();
        }
        if let Some(kind) = self.noise.kind {
            configuration.noise.kind = kind.into();
        }
        set(
            &mut configuration.noise.dimensions,
            self.noise.dimensions,
            NoiseDimensions::new,
        )?;
        set(&mut configuration.batch, self.batch, BatchSize::new)?;
        set(&mut configuration.atlas, self.atlas, AtlasLength::new)?;
        self.generator.onto(Network::Generator, &mut configuration)?;
        self.discriminator
            .onto(Network::Discriminator, &mut configuration)?;
        let techniques = &mut configuration.techniques;
        if let Some(inputs) = self.inputs {
            techniques.inputs = inputs.into();
        }
        if let Some(output) = self.output {
            techniques.output = output.into();
        }
        set_or_none(&mut techniques.truncation, self.truncation, Truncation::new)?;
        if let Some(table) = self.labels {
            table.onto(techniques)?;
        }
        if let Some(table) = self.penalty {
            techniques.penalty = table.onto(techniques.penalty)?;
        }
        if let Some(table) = self.instance_noise {
            techniques.instance_noise = table.onto(techniques.instance_noise)?;
        }
        if let Some(table) = self.feature_matching {
            techniques.feature_matching = table.onto(techniques.feature_matching)?;
        }
        if let Some(table) = self.replay {
            techniques.replay = table.onto(techniques.replay)?;
        }
        if let Some(table) = self.rate_decay {
            techniques.rate_decay = table.onto(techniques.rate_decay)?;
        }
        configuration.check().map_err(|conflict| Problem {
            byte: places.of(conflict),
            what: conflict.to_string(),
        })?;
        Ok(configuration)
    }

    fn places(&self) -> Places {
        Places {
            penalty: self.penalty.as_ref().and_then(PenaltyTable::place),
            discriminator: self.discriminator.place_of_conflict(),
            batch: self.batch.as_ref().map(|batch| batch.span().start),
            replay: self.replay.as_ref().and_then(ReplayTable::place),
        }
    }

    /// The first of GAN Lab's keys that it leaves out; what it says of techniques may always be left out.
    pub(crate) fn missing(&self) -> Option<String> {
        let keys = [
            ("target", self.target.is_some()),
            ("loss", self.loss.is_some()),
            ("batch", self.batch.is_some()),
            ("atlas", self.atlas.is_some()),
            ("noise.kind", self.noise.kind.is_some()),
            ("noise.dimensions", self.noise.dimensions.is_some()),
        ];
        let own = keys.into_iter().find(|(_, given)| !given);
        let of = |network: Network, table: &NetworkTable| Some(format!("{network}.{}", table.missing()?));
        own.map(|(key, _)| key.to_owned())
            .or_else(|| of(Network::Generator, &self.generator))
            .or_else(|| of(Network::Discriminator, &self.discriminator))
    }

    /// A whole configuration as it is written; of the techniques those that are not as in GAN Lab.
    pub(crate) fn of(configuration: &Configuration) -> Self {
        Self::to_extent(configuration, Extent::Differing)
    }

    /// As [`Self::of`], of the techniques as many as asked.
    pub(super) fn to_extent(configuration: &Configuration, extent: Extent) -> Self {
        let techniques = &configuration.techniques;
        let none = gan_core::Techniques::NONE;
        Self {
            target: Some(configuration.target.into()),
            loss: Some(configuration.loss.into()),
            batch: written(configuration.batch.get() as u32),
            atlas: written(configuration.atlas.get() as u32),
            inputs: extent
                .unless(techniques.inputs == none.inputs, techniques.inputs.into())
                .map(Spanned::into_inner),
            output: extent
                .unless(techniques.output == none.output, techniques.output.into())
                .map(Spanned::into_inner),
            truncation: extent.or_none(techniques.truncation.map(Truncation::get)),
            noise: NoiseTable {
                kind: Some(configuration.noise.kind.into()),
                dimensions: written(configuration.noise.dimensions.get() as u32),
            },
            generator: NetworkTable::of(Network::Generator, configuration, extent),
            discriminator: NetworkTable::of(Network::Discriminator, configuration, extent),
            labels: LabelsTable::of(techniques, extent),
            penalty: PenaltyTable::of(techniques.penalty, extent),
            instance_noise: InstanceNoiseTable::of(techniques.instance_noise, extent),
            feature_matching: FeatureMatchingTable::of(techniques.feature_matching, extent),
            replay: ReplayTable::of(techniques.replay, extent),
            rate_decay: RateDecayTable::of(techniques.rate_decay, extent),
        }
    }
}

/// Where what can be at odds stands in the text.
struct Places {
    penalty: Option<usize>,
    /// Normalisation and minibatch discrimination of D.
    discriminator: Option<usize>,
    batch: Option<usize>,
    replay: Option<usize>,
}

impl Places {
    /// The last thing said of a conflict: what was said before it held until then.
    fn of(&self, conflict: Conflict) -> Option<usize> {
        match conflict {
            Conflict::PenaltyWithBatchNormalization | Conflict::PenaltyWithMinibatch => {
                self.penalty.max(self.discriminator)
            }
            Conflict::ReplayOfWholeBatch => self.replay.max(self.batch),
            Conflict::ReplayBufferTooSmall => self.replay,
        }
    }
}
