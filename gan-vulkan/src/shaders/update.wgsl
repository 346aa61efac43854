// The ends of an update: samples in, derivatives of the loss, parameters out; to be read beside gan-core's
// loss.rs and optimizer.rs.

// Logits -> derivatives of the loss in them, in their place. The logits are kept for the losses shown.
fn output_deltas(role: u32) {
    for (var n = dispatch.first_item + invocation; n < min(dispatch.end_item, BATCH); n += WORKGROUP) {
        let place = LOGIT_ROW * BATCH + n;
        let logit = row(place);
        states[gan * STATE_WORDS + LOGITS_AT + role * BATCH + n] = bits(logit);
        let p = canonical(sigmoid(logit));
        let q = canonical(sigmoid(-logit));
        var delta: f32;
        if (setting(2u) == LEAST_SQUARES) {
            delta = select(-((2.0 * q) * (p * q)), (2.0 * p) * (p * q), role == FAKE);
        } else if (role == REAL) {
            delta = -(0.95 * q);
        } else {
            delta = select(-q, p, role == FAKE);
        }
        set_row(place, canonical(delta * INVERSE_BATCH));
    }
    if (invocation == 0u) {
        judged |= select(1u, 2u, role == FOOLING);
    }
    all_done();
}

// A batch from an atlas, from its cursor on, into rows.
fn gather(atlas: u32, cursor: u32, components: u32, first_row: u32) {
    let length = setting(9u);
    // The cursor, 64 bits, modulo the length, which is below 2^20: a byte of the low word at a time.
    var first = counts[cursor + 1u] % length;
    for (var shift = 32u; shift > 0u; shift -= 8u) {
        first = ((first << 8u) | ((counts[cursor] >> (shift - 8u)) & 255u)) % length;
    }
    for (var n = dispatch.first_item + invocation; n < min(dispatch.end_item, BATCH); n += WORKGROUP) {
        let sample = atlas + (first + n) % length * components;
        set_row(first_row * BATCH + n, atlases[sample]);
        if (components == 2u) {
            set_row((first_row + 1u) * BATCH + n, atlases[sample + 1u]);
        }
    }
    all_done();
}

// Parameter, first and second moment after an update.
struct Updated {
    parameter: f32,
    mean: f32,
    square: f32,
}

// What `updated` needs: settings of one network, and the powers of beta after the update.
struct Step {
    optimizer: u32,
    rate: f32,
    power_1: f32,
    power_2: f32,
}

fn updated(step: Step, x: f32, g: f32, mean: f32, square: f32) -> Updated {
    if (step.optimizer == SGD) {
        return Updated(canonical(x - step.rate * g), mean, square);
    }
    let m = canonical(0.9 * mean + 0.1 * g);
    let v = canonical_square(0.999 * square + 0.001 * (g * g));
    let denominator = square_root(divide(v, 1.0 - step.power_2)) + 1e-8;
    let ahead = divide(divide(m, 1.0 - step.power_1), denominator);
    return Updated(canonical(x - step.rate * ahead), m, v);
}

// A network's parameters follow their gradients, unless a number would not be finite: then everything
// stays and the run has stopped.
fn update(of_discriminator: bool, number: u32) {
    let first = select(GENERATOR, DISCRIMINATOR, of_discriminator);
    let count = select(GENERATOR_PARAMETERS, DISCRIMINATOR_PARAMETERS, of_discriminator);
    let network = u32(of_discriminator);
    let state = gan * STATE_WORDS + select(GENERATOR_AT, DISCRIMINATOR_AT, of_discriminator);
    let powers = state - 2u;
    let step = Step(
        setting(3u + network),
        from_bits(setting(network)),
        canonical_square(from_bits(states[powers]) * 0.9),
        canonical_square(from_bits(states[powers + 1u]) * 0.999),
    );
    let means = state + count;
    let squares = means + count;
    for (var i = invocation; i < count; i += WORKGROUP) {
        let x = parameter(first + i);
        let now = updated(step, x, gradient(i), from_bits(states[means + i]), from_bits(states[squares + i]));
        if (not_finite_bits(now.parameter) || not_finite_bits(now.mean) || not_finite_bits(now.square)) {
            atomicOr(&not_finite, 1u);
        }
    }
    workgroupBarrier();
    if (invocation == 0u && atomicLoad(&not_finite) != 0u) {
        stopped = 1u + number;
    }
    if (workgroupUniformLoad(&stopped) == 0u) {
        for (var i = invocation; i < count; i += WORKGROUP) {
            let x = parameter(first + i);
            let now = updated(step, x, gradient(i), from_bits(states[means + i]), from_bits(states[squares + i]));
            set_parameter(first + i, now.parameter);
            if (step.optimizer != SGD) {
                states[means + i] = bits(now.mean);
                states[squares + i] = bits(now.square);
            }
        }
        if (invocation == 0u) {
            if (step.optimizer != SGD) {
                states[powers] = bits(step.power_1);
                states[powers + 1u] = bits(step.power_2);
            }
            count_up(4u, BATCH);
            if (of_discriminator) {
                count_up(2u, BATCH);
            }
        }
    }
    storageBarrier();
    all_done();
}

// Adds to a count of 64 bits.
fn count_up(at: u32, by: u32) {
    counts[at] += by;
    if (counts[at] < by) {
        counts[at + 1u] += 1u;
    }
}
