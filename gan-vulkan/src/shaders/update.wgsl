// The ends of an update: samples in, derivatives of the loss, parameters out; to be read beside gan-core's
// loss.rs and optimizer.rs.

// A loss with what can be set about it.
struct Objective {
    loss: u32,
    real_weight: f32,
    real_label: f32,
    fake_label: f32,
}

// The derivative of the loss in a logit: gan-core's Objective::output_delta, of which this is the common form, to
// the bit. A sample has a label, 1 where G fools; flipped losses exchange both probabilities and the sign; G's
// minimax loss is its fake samples' in D's, with the other sign.
fn output_delta(role: u32, logit: f32) -> f32 {
    let loss = objective.loss;
    let p = canonical(sigmoid(logit));
    let q = canonical(sigmoid(-logit));
    let flipped = loss == FLIPPED;
    let against = role == FOOLING && loss == MINIMAX;
    var label = select(objective.fake_label, objective.real_label, role == REAL);
    label = select(label, select(1.0, 0.0, against), role == FOOLING);
    let weight = select(1.0, objective.real_weight, role == REAL);
    let e = label * select(q, p, flipped) - (1.0 - label) * select(p, q, flipped);
    let scaled = select(weight * e, (2.0 * e) * (p * q), loss == LEAST_SQUARES);
    var delta = select(-scaled, scaled, flipped || against);
    if (loss >= WASSERSTEIN) {
        let beyond = (role == REAL && !(logit < 1.0)) || (role == FAKE && !(logit > -1.0));
        delta = select(select(-1.0, 1.0, role == FAKE), 0.0, loss == HINGE && beyond);
    }
    return canonical(delta * INVERSE_BATCH);
}

// Logits -> derivatives of the loss in them, in their place. The logits are kept for the losses shown.
fn output_deltas(role: u32) {
    // Which labels are wrong is drawn beside the batch.
    var first = 0u;
    if (LABEL_NOISE) {
        first = remainder_of_count(select(NOISE_CURSOR, REAL_CURSOR, role == REAL), setting(OWN_LENGTH));
    }
    for (var n = dispatch.first_item + invocation; n < min(dispatch.end_item, BATCH); n += WORKGROUP) {
        let place = LOGIT_ROW * BATCH + n;
        let logit = row(place);
        states[gan * STATE_WORDS + LOGITS_AT + role * BATCH + n] = bits(logit);
        var told = role;
        if (LABEL_NOISE && role != FOOLING) {
            let chances = setting(select(FAKE_LABELS, REAL_LABELS, role == REAL));
            if (atlases[chances + (first + n) % setting(OWN_LENGTH)] < from_bits(setting(MISTAKES))) {
                told = select(REAL, FAKE, role == REAL);
            }
        }
        set_row(place, output_delta(told, logit));
    }
    if (invocation == 0u) {
        judged |= select(1u, 2u, role == FOOLING);
    }
    all_done();
}

// A count of 64 bits modulo a length below 2^20: a byte of the low word at a time.
fn remainder_of_count(at: u32, length: u32) -> u32 {
    var remainder = counts[at + 1u] % length;
    for (var shift = 32u; shift > 0u; shift -= 8u) {
        remainder = ((remainder << 8u) | ((counts[at] >> (shift - 8u)) & 255u)) % length;
    }
    return remainder;
}

// A batch of real points or of noise, from its cursor on, into rows.
fn gather(real: bool, layer: Layer) {
    let atlas = setting(select(NOISE_ATLAS, REAL_ATLAS, real));
    let length = setting(ATLAS_LENGTH);
    let components = layer.inputs;
    let first = remainder_of_count(select(NOISE_CURSOR, REAL_CURSOR, real), length);
    var blur = 0u;
    if (INSTANCE_NOISE && real) {
        blur = remainder_of_count(REAL_CURSOR, setting(OWN_LENGTH));
    }
    for (var n = dispatch.first_item + invocation; n < min(dispatch.end_item, BATCH); n += WORKGROUP) {
        let sample = atlas + (first + n) % length * components;
        let place = layer.row * BATCH + n;
        set_row(place, atlases[sample]);
        if (components >= 2u) {
            set_row(place + BATCH, atlases[sample + 1u]);
        }
        if (NOISE > 2u) {
            for (var c = 2u; c < components; c++) {
                set_row(place + c * BATCH, atlases[sample + c]);
            }
        }
        if (INSTANCE_NOISE && real) {
            blurred(place, setting(REAL_NOISE) + (blur + n) % setting(OWN_LENGTH) * 2u);
        }
    }
    all_done();
}

// Instance noise on a sample: c(x + s * n) for x and y.
fn blurred(place: u32, normals: u32) {
    let deviation = factor(NOISE_FACTOR);
    set_row(place, canonical(row(place) + deviation * atlases[normals]));
    set_row(place + BATCH, canonical(row(place + BATCH) + deviation * atlases[normals + 1u]));
}

// What D is to see of the fake batch, in the place of what G made, which is kept: old samples for the last,
// in D's update, and noise on all.
fn disguise(role: u32) {
    let length = setting(OWN_LENGTH);
    let first = remainder_of_count(NOISE_CURSOR, length);
    for (var n = dispatch.first_item + invocation; n < min(dispatch.end_item, BATCH); n += WORKGROUP) {
        let place = D_ROW * BATCH + n;
        let kept = CLEAN_ROW * BATCH + n;
        set_row(kept, row(place));
        set_row(kept + BATCH, row(place + BATCH));
        let own = (first + n) % length;
        if (REPLAY && role == FAKE && n >= BATCH - setting(REPLAYED)) {
            let filled = filled_places();
            if (filled > 0u) {
                let old = gan * STATE_WORDS + REPLAY_AT + 2u * chosen(atlases[setting(CHOICES) + own], filled);
                set_row(place, from_bits(states[old]));
                set_row(place + BATCH, from_bits(states[old + 1u]));
            }
        }
        if (INSTANCE_NOISE) {
            blurred(place, setting(FAKE_NOISE) + own * 2u);
        }
    }
    all_done();
}

// Places of the replay buffer that hold a sample.
fn filled_places() -> u32 {
    return select(min(counts[WRITTEN], setting(CAPACITY)), setting(CAPACITY), counts[WRITTEN + 1u] != 0u);
}

// floor(u * count), u a multiple of 2^-24 below 1 and the count below 2^20, exactly.
fn chosen(u: f32, count: u32) -> u32 {
    let parts = u32(u * 16777216.0);
    return ((parts >> 12u) * count + (((parts & 4095u) * count) >> 12u)) >> 12u;
}

// Parameter, first and second moment after an update.
struct Updated {
    parameter: f32,
    mean: f32,
    square: f32,
}

// What `updated` needs: settings of one network, and the powers of beta after the update. `decays` are
// the moments', each what is kept and what is taken.
struct Step {
    optimizer: u32,
    rate: f32,
    decays: vec4<f32>,
    power_1: f32,
    power_2: f32,
}

fn updated(step: Step, x: f32, g: f32, mean: f32, square: f32) -> Updated {
    if (step.optimizer == SGD) {
        return Updated(canonical(x - step.rate * g), mean, square);
    }
    let m = canonical(step.decays.x * mean + step.decays.y * g);
    let v = canonical_square(step.decays.z * square + step.decays.w * (g * g));
    let denominator = square_root(divide(v, 1.0 - step.power_2)) + 1e-8;
    let ahead = divide(divide(m, 1.0 - step.power_1), denominator);
    return Updated(canonical(x - step.rate * ahead), m, v);
}

// The gradient of a parameter x, with historical averaging: c(g + (2 * weight) * (x - h)).
fn pulled_gradient(of_discriminator: bool, i: u32, x: f32) -> f32 {
    var g = gradient(i);
    if (select(G_HISTORY, D_HISTORY, of_discriminator)) {
        let h = from_bits(states[gan * STATE_WORDS + select(G_HISTORY_AT, D_HISTORY_AT, of_discriminator) + i]);
        g = canonical(g + from_bits(setting(select(G_PULL, D_PULL, of_discriminator))) * (x - h));
    }
    return g;
}

// Stores a number of a state that follows training, unless it is infinite or not a number.
fn keep(place: u32, value: f32) {
    if (!not_finite_bits(value)) {
        states[place] = bits(value);
    }
}

// A network's parameters follow their gradients, unless a number would not be finite: then everything
// stays and the run has stopped.
fn update(of_discriminator: bool, number: u32) {
    let first = select(GENERATOR, DISCRIMINATOR, of_discriminator);
    let count = select(GENERATOR_PARAMETERS, DISCRIMINATOR_PARAMETERS, of_discriminator);
    let network = u32(of_discriminator);
    let base = gan * STATE_WORDS;
    let state = base + select(GENERATOR_AT, DISCRIMINATOR_AT, of_discriminator);
    let powers = state - 2u;
    let decays = select(g_decays, d_decays, of_discriminator);
    var rate = from_bits(setting(G_RATE + network));
    if (FADING) {
        rate = rate * factor(RATE_FACTOR);
    }
    let step = Step(
        setting(G_OPTIMIZER + network),
        rate,
        decays,
        canonical_square(from_bits(states[powers]) * decays.x),
        canonical_square(from_bits(states[powers + 1u]) * decays.z),
    );
    let means = state + count;
    let squares = means + count;
    for (var i = invocation; i < count; i += WORKGROUP) {
        let x = parameter(first + i);
        let g = pulled_gradient(of_discriminator, i, x);
        let now = updated(step, x, g, from_bits(states[means + i]), from_bits(states[squares + i]));
        if (not_finite_bits(now.parameter) || not_finite_bits(now.mean) || not_finite_bits(now.square)) {
            atomicOr(&not_finite, 1u);
        }
    }
    workgroupBarrier();
    if (invocation == 0u && atomicLoad(&not_finite) != 0u) {
        stopped = 1u + number;
    }
    if (workgroupUniformLoad(&stopped) == 0u) {
        var remembered = 1.0;
        if (select(G_HISTORY, D_HISTORY, of_discriminator)) {
            remembered = states_of_history(of_discriminator);
        }
        for (var i = invocation; i < count; i += WORKGROUP) {
            let x = parameter(first + i);
            let g = pulled_gradient(of_discriminator, i, x);
            let now = updated(step, x, g, from_bits(states[means + i]), from_bits(states[squares + i]));
            var after = now.parameter;
            if (CLIPPING && of_discriminator) {
                let most = from_bits(setting(BOUND));
                after = select(most, after, after < most);
                after = select(-most, after, after > -most);
            }
            set_parameter(first + i, after);
            if (step.optimizer != SGD) {
                states[means + i] = bits(now.mean);
                states[squares + i] = bits(now.square);
            }
            if (AVERAGE && !of_discriminator) {
                let place = base + AVERAGE_AT + i;
                let kept = from_bits(setting(AVERAGE_KEPT)) * from_bits(states[place]);
                keep(place, canonical(kept + from_bits(setting(AVERAGE_TAKEN)) * after));
            }
            if (select(G_HISTORY, D_HISTORY, of_discriminator)) {
                let place = base + select(G_HISTORY_AT, D_HISTORY_AT, of_discriminator) + i;
                let h = from_bits(states[place]);
                keep(place, canonical(h + divide(after - h, remembered)));
            }
        }
        if (REPLAY && of_discriminator) {
            remember_samples();
        }
        if (COUNTING) {
            // Everybody has read the counts.
            workgroupBarrier();
        }
        if (invocation == 0u) {
            if (step.optimizer != SGD) {
                states[powers] = bits(step.power_1);
                states[powers + 1u] = bits(step.power_2);
            }
            if (select(G_HISTORY, D_HISTORY, of_discriminator)) {
                count_up(select(G_UPDATES_DONE, D_UPDATES_DONE, of_discriminator), 1u);
            }
            if (REPLAY && of_discriminator) {
                count_up(WRITTEN, own_samples());
            }
            count_up(NOISE_CURSOR, BATCH);
            if (of_discriminator) {
                count_up(REAL_CURSOR, BATCH);
            }
        }
    }
    storageBarrier();
    all_done();
}

// States that a network's history is the mean of after this update, its first one included: t + 1.
fn states_of_history(of_discriminator: bool) -> f32 {
    let at = select(G_UPDATES_DONE, D_UPDATES_DONE, of_discriminator);
    let low = counts[at] + 2u;
    return rounded_count(low, counts[at + 1u] + u32(low < 2u));
}

// A count of 64 bits as the nearest number, of two equally near the even one.
fn rounded_count(low: u32, high: u32) -> f32 {
    // The first 24 digits, and of those after them the first and whether any other is set.
    var digits = low;
    var exponent = 0u;
    var rest = 0u;
    var more = high;
    while (more != 0u || digits >= 16777216u) {
        rest = (rest >> 1u) | (rest & 1u) | ((digits & 1u) << 31u);
        digits = (digits >> 1u) | (more << 31u);
        more = more >> 1u;
        exponent += 1u;
    }
    let half = 0x80000000u;
    digits += u32(rest > half || (rest == half && (digits & 1u) != 0u));
    return f32(digits) * from_bits((127u + exponent) << 23u);
}

// Samples of a batch that go to the replay buffer: as many as are replayed, of those that are G's own.
fn own_samples() -> u32 {
    return min(setting(REPLAYED), BATCH - setting(REPLAYED));
}

fn remember_samples() {
    let capacity = setting(CAPACITY);
    let first = remainder_of_count(WRITTEN, capacity);
    let kept = CLEAN_ROW * BATCH;
    for (var n = invocation; n < own_samples(); n += WORKGROUP) {
        let place = gan * STATE_WORDS + REPLAY_AT + 2u * ((first + n) % capacity);
        states[place] = bits(row(kept + n));
        states[place + 1u] = bits(row(kept + BATCH + n));
    }
}

// Adds to a count of 64 bits.
fn count_up(at: u32, by: u32) {
    counts[at] += by;
    if (counts[at] < by) {
        counts[at + 1u] += 1u;
    }
}
