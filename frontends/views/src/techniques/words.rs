//! What a technique is set to, in a few words.

use gan_core::Technique;
use gan_core::techniques::{
    Bound, Decay, FadeEpochs, HiddenActivation, Initialization, Inputs, NetworkTechniques, Normalization,
    Output, Penalty, RateDecay, Share, Weight,
};

use crate::text;

/// The value alone, also of what is off: 'leaky, slope 0.2', 'none'.
pub(crate) fn value(technique: Technique) -> String {
    let none = || "none".to_owned();
    match technique {
        Technique::Inputs(Inputs::Plain) => "0 to 1".to_owned(),
        Technique::Inputs(Inputs::Centred) => "−1 to 1".to_owned(),
        Technique::Output(Output::Tanh) => "tanh".to_owned(),
        Technique::Output(Output::Linear) => "linear".to_owned(),
        Technique::RealWeight(weight) | Technique::LabelNoise(weight) => share(weight),
        Technique::Labels(labels) => format!("{} and {}", share(labels.real), share(labels.fake)),
        Technique::Penalty(penalty) => match penalty {
            Penalty::None => none(),
            Penalty::Clipping(bound) => format!("clipping at ±{}", bounded(bound)),
            Penalty::R1(of) => format!("R1 {}", weight(of)),
            Penalty::Gradient(of) => format!("gradient penalty {}", weight(of)),
        },
        Technique::InstanceNoise(noise) => noise.map_or_else(none, |noise| {
            format!("{}{}", noise.deviation.get(), fading(noise.fade))
        }),
        Technique::FeatureMatching(matching) => matching.map_or_else(none, |matching| {
            format!("{}{}", share(matching.weight), fading(matching.fade))
        }),
        Technique::Minibatch(kernels) => kernels.map_or_else(none, |kernels| match kernels.get() {
            1 => "1 kernel".to_owned(),
            count => format!("{count} kernels"),
        }),
        Technique::Replay(replay) => replay.map_or_else(none, |replay| {
            let of = text::count(replay.capacity.get() as u64);
            format!("{} of {of}", replay.samples.get())
        }),
        Technique::Average(average) => average.map_or_else(none, decay),
        Technique::RateDecay(decay) => match decay {
            RateDecay::Constant => none(),
            RateDecay::Linear(epochs) => format!("linear, {} epochs", text::count(epochs.get() as u64)),
            RateDecay::Cosine(epochs) => format!("cosine, {} epochs", text::count(epochs.get() as u64)),
        },
        Technique::Truncation(truncation) => {
            truncation.map_or_else(none, |most| format!("{} deviations", most.get()))
        }
        Technique::Activation(_, activation) => match activation {
            HiddenActivation::Relu => "ReLU".to_owned(),
            HiddenActivation::LeakyRelu(slope) => format!("leaky ReLU {}", slope.get()),
            HiddenActivation::Tanh => "tanh".to_owned(),
        },
        Technique::Normalization(_, normalization) => match normalization {
            Normalization::None => none(),
            Normalization::Batch(of) => format!("batch {}", decay(of)),
            Normalization::Spectral => "spectral".to_owned(),
        },
        Technique::Initialization(_, initialization) => match initialization {
            Initialization::Classic => "GAN Lab's",
            Initialization::Scale => "0.02",
            Initialization::Xavier => "Xavier",
            Initialization::He => "He",
        }
        .to_owned(),
        Technique::Betas(_, betas) => format!("{}, {}", decay(betas.beta_1), decay(betas.beta_2)),
        Technique::History(_, history) => history.map_or_else(none, weight),
    }
}

/// What a run with this has, for a line of what is on: 'leaky ReLU 0.2', 'spectral norm', 'average 0.999'.
pub(crate) fn phrase(technique: Technique) -> String {
    let written = value(technique);
    match technique {
        Technique::Inputs(_) => format!("inputs {written}"),
        Technique::Output(_) => format!("{written} output"),
        Technique::RealWeight(_) => format!("real weight {written}"),
        Technique::Labels(_) => format!("labels {written}"),
        Technique::LabelNoise(_) => format!("noisy labels {written}"),
        Technique::Penalty(Penalty::None) => "no penalty".to_owned(),
        Technique::Penalty(_) => written,
        Technique::InstanceNoise(None) => "no instance noise".to_owned(),
        Technique::InstanceNoise(_) => format!("instance noise {written}"),
        Technique::FeatureMatching(None) => "no feature matching".to_owned(),
        Technique::FeatureMatching(_) => format!("feature matching {written}"),
        Technique::Minibatch(None) => "no minibatch discrimination".to_owned(),
        Technique::Minibatch(_) => format!("minibatch, {written}"),
        Technique::Replay(None) => "no replay".to_owned(),
        Technique::Replay(_) => format!("replay {written}"),
        Technique::Average(None) => "no moving average".to_owned(),
        Technique::Average(_) => format!("average {written}"),
        Technique::RateDecay(RateDecay::Constant) => "constant rates".to_owned(),
        Technique::RateDecay(RateDecay::Linear(epochs)) => {
            format!("linear decay, {} epochs", text::count(epochs.get() as u64))
        }
        Technique::RateDecay(RateDecay::Cosine(epochs)) => {
            format!("cosine decay, {} epochs", text::count(epochs.get() as u64))
        }
        Technique::Truncation(None) => "no truncation".to_owned(),
        Technique::Truncation(_) => format!("truncated at {written}"),
        Technique::Activation(_, HiddenActivation::Tanh) => "tanh neurons".to_owned(),
        Technique::Activation(..) => written,
        Technique::Normalization(_, Normalization::None) => "no normalization".to_owned(),
        Technique::Normalization(_, Normalization::Batch(of)) => format!("batch norm {}", decay(of)),
        Technique::Normalization(_, Normalization::Spectral) => "spectral norm".to_owned(),
        Technique::Initialization(..) => format!("{written} weights"),
        Technique::Betas(_, betas) if betas.beta_2 == NetworkTechniques::NONE.betas.beta_2 => {
            format!("β1 {}", decay(betas.beta_1))
        }
        Technique::Betas(..) => format!("β {written}"),
        Technique::History(_, None) => "no historical averaging".to_owned(),
        Technique::History(..) => format!("historical averaging {written}"),
    }
}

fn share(share: Share) -> String {
    share.get().to_string()
}

fn weight(weight: Weight) -> String {
    weight.get().to_string()
}

fn bounded(bound: Bound) -> String {
    bound.get().to_string()
}

fn decay(decay: Decay) -> String {
    (f64::from(decay.ten_thousandths()) / 10_000.0).to_string()
}

fn fading(fade: FadeEpochs) -> String {
    match fade.get() {
        0 => String::new(),
        epochs => format!(", fading over {}", text::count(epochs as u64)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Kind, choices};
    use super::*;
    use gan_core::{Network, Preset};

    #[test]
    fn what_is_on_in_words() {
        let of = |text: &str, kind: Kind| {
            let all = choices(kind, &Preset::Ring.configuration());
            let phrases: Vec<String> = all.into_iter().map(phrase).collect();
            assert!(phrases.iter().any(|phrase| phrase == text), "{text}: {phrases:?}");
        };
        of("leaky ReLU 0.2", Kind::Activation(Network::Generator));
        of("spectral norm", Kind::Normalization(Network::Discriminator));
        of("batch norm 0.9", Kind::Normalization(Network::Generator));
        of("R1 1", Kind::Penalty);
        of("clipping at ±0.1", Kind::Penalty);
        of("β1 0.5", Kind::Betas(Network::Generator));
        of("average 0.999", Kind::Average);
        of("labels 0.9 and 0", Kind::Labels);
        of("instance noise 0.1, fading over 4,000", Kind::InstanceNoise);
        of("replay 50 of 3,000", Kind::Replay);
        of("cosine decay, 10,000 epochs", Kind::RateDecay);
        of("no moving average", Kind::Average);
    }

    #[test]
    fn no_two_choices_read_alike() {
        for kind in Kind::ALL {
            let all = choices(kind, &Preset::Ring.configuration());
            let mut words: Vec<String> = all.iter().map(|technique| value(*technique)).collect();
            words.sort();
            words.dedup();
            assert_eq!(words.len(), all.len(), "{kind:?}: {words:?}");
        }
    }
}
