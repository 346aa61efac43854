//! Whether the arrays of a state are those of its networks and batches: whoever looks relies on it, and bytes
//! can say anything.

use gan_core::{Configuration, Network};

use super::{Malformed, ensure};
use crate::{Inference, PhaseReport, State};

/// An error says which are not.
pub(super) fn check(state: &State) -> Result<(), Malformed> {
    let configuration = &state.configuration;
    let techniques = &configuration.techniques;
    let trained = |network| configuration.shape(network).parameters();
    let plain = |network| configuration.inference_shape(network).parameters();
    let as_many = |values: &[f32], count: usize| values.len() == count;
    let averaged = |values: &Option<Vec<f32>>, count: usize| match values {
        Some(values) => techniques.average.is_some() && as_many(values, count),
        None => techniques.average.is_none(),
    };
    let fit = as_many(&state.generator, trained(Network::Generator))
        && as_many(&state.discriminator, trained(Network::Discriminator))
        && averaged(&state.average, trained(Network::Generator));
    ensure(fit, "parameters are not as many as the networks have")?;
    let fit = match &state.inference {
        None => !Inference::is_needed(configuration),
        Some(inference) => {
            Inference::is_needed(configuration)
                && as_many(&inference.generator, plain(Network::Generator))
                && as_many(&inference.discriminator, plain(Network::Discriminator))
                && averaged(&inference.average, plain(Network::Generator))
        }
    };
    ensure(fit, "plain networks stand for the run's that are not theirs")?;
    let fit = state
        .phase
        .as_deref()
        .is_none_or(|report| report_fits(report, configuration));
    ensure(fit, "a phase is not of the run's batches and networks")
}

fn report_fits(report: &PhaseReport, configuration: &Configuration) -> bool {
    let samples = configuration.batch.get();
    let or_none = |count: usize| count == samples || count == 0;
    let layers = configuration.shape(report.phase.network).layers();
    report.fake.len() == samples
        && report.noise.len() == samples * configuration.noise.dimensions.get()
        && or_none(report.real.len())
        && report.predictions.as_ref().is_none_or(|predictions| {
            predictions.fake_logits.len() == samples && or_none(predictions.real_logits.len())
        })
        && report.weight.as_ref().is_none_or(|weight| {
            let mut layer = layers.iter().skip(weight.layer);
            layer.next().is_some_and(|layer| {
                layer.weights().contains(&weight.index)
                    && weight.input < layer.inputs
                    && weight.output < layer.outputs
            })
        })
}
