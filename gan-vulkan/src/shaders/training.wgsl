// Trains GANs, one a workgroup: the contract's section 6, to be read beside gan-core's training.rs. The kernel
// is one text: sizes and switches (constants written by sizes.rs and switches.rs), functions.wgsl, shared.wgsl or
// storage.wgsl, which say where the numbers lie, dense.wgsl, update.wgsl and steepness.wgsl, which compute, and
// this file, which says what and when. What hangs on a switch that is off is dropped by the driver's compiler.
//
// An epoch is updates, an update is steps (numbered as in steps.rs), a step is items that the workgroup's
// invocations share out; between two steps stands a barrier. A dispatch runs whole epochs, or some steps
// of one update, or some items of one step, so that no dispatch need last longer than a driver allows.
//
// Rows of activations are `[row][sample]`: G's from the noise to the fake samples, which are D's inputs at
// the same time, then D's to its logits. On the way back each layer's deltas take the place of its
// activations, so one set of rows serves both of D's batches, one after the other.

struct Dispatch {
    // How often the updates below are run.
    epochs: u32,
    first_update: u32,
    end_update: u32,
    first_step: u32,
    end_step: u32,
    first_item: u32,
    end_item: u32,
    flags: u32,
    // Rounds of the last loop.
    guard: u32,
}

// The rows left by the dispatch before are still needed.
const RESUME: u32 = 1u;
// The next dispatch needs the rows.
const KEEP: u32 = 2u;
// The last update of an epoch is among those run.
const COUNTS: u32 = 4u;

var<immediate> dispatch: Dispatch;
// Packed states (gan_core::packed), one after another.
@group(0) @binding(0) var<storage, read_write> states: array<u32>;
// Hyper-parameters, SETTINGS words a GAN (inputs.rs names them), then, where something fades, FACTORS_EACH words
// an epoch and GAN.
@group(0) @binding(1) var<storage, read> settings: array<u32>;
// Real points and noise vectors `[sample][component]`, of all GANs.
@group(0) @binding(2) var<storage, read> atlases: array<f32>;
// 1 where loops were cut short, then rows and gradients, WORK_WORDS a GAN.
@group(0) @binding(3) var<storage, read_write> work: array<f32>;

const SGD: u32 = 0u;
const LEAST_SQUARES: u32 = 1u;
const MINIMAX: u32 = 2u;
const FLIPPED: u32 = 3u;
const WASSERSTEIN: u32 = 4u;
const HINGE: u32 = 5u;
const REAL: u32 = 0u;
const FAKE: u32 = 1u;
const FOOLING: u32 = 2u;
// Not a batch's gradients, but those of a penalty.
const STEEP: u32 = 3u;
// What follows a layer's dot products.
const RELU: u32 = 0u;
const TANH: u32 = 1u;
const LINEAR: u32 = 2u;
const LEAKY_RELU: u32 = 3u;
const HIDDEN_TANH: u32 = 4u;
// Factors of an epoch.
const RATE_FACTOR: u32 = 0u;
const NOISE_FACTOR: u32 = 1u;
const MATCHING_FACTOR: u32 = 2u;

var<private> gan: u32;
var<private> invocation: u32;
// The dispatch's epoch under way.
var<private> epoch_under_way: u32;
// Epoch, real and noise cursor, two words each: the first words of the state. Then, where techniques count,
// updates of both networks and samples written to the replay buffer.
var<workgroup> counts: array<u32, 12>;
const REAL_CURSOR: u32 = 2u;
const NOISE_CURSOR: u32 = 4u;
const G_UPDATES_DONE: u32 = 6u;
const D_UPDATES_DONE: u32 = 8u;
const WRITTEN: u32 = 10u;
// 0, or the update at which the run stopped, as in the state.
var<workgroup> stopped: u32;
// Bit 0: D has had a loss computed, bit 1: G has; as in the state.
var<workgroup> judged: u32;
var<workgroup> not_finite: atomic<u32>;
// Partial sums over the batch: 4 parameters of each of the tiles under way, 16 each and 1 to spare, which
// spreads them over the memory's banks.
var<workgroup> partials: array<f32, PARTIALS>;

fn setting(i: u32) -> u32 {
    return settings[gan * SETTINGS + i];
}

// The run's loss, and its networks' decays: beta 1 and what it leaves, beta 2 likewise.
var<private> objective: Objective;
var<private> g_decays: vec4<f32>;
var<private> d_decays: vec4<f32>;

fn read_settings() {
    objective = Objective(
        setting(LOSS),
        from_bits(setting(REAL_WEIGHT)),
        from_bits(setting(REAL_LABEL)),
        from_bits(setting(FAKE_LABEL)),
    );
    g_decays = decays_at(G_BETAS);
    d_decays = decays_at(D_BETAS);
}

fn decays_at(i: u32) -> vec4<f32> {
    return bitcast<vec4<f32>>(vec4(setting(i), setting(i + 1u), setting(i + 2u), setting(i + 3u)));
}

// What the host has worked out for this epoch.
fn factor(which: u32) -> f32 {
    return from_bits(settings[setting(FACTORS) + epoch_under_way * FACTORS_EACH + which]);
}

// Layer l of the generator: noise -> neurons -> ... -> neurons -> 2.
fn generator_layer(l: u32) -> Layer {
    let first = l == 0u;
    let last = l + 1u == G_LAYERS;
    return Layer(
        GENERATOR,
        select((NOISE + 1u) * G_NEURONS + (l - 1u) * (G_NEURONS + 1u) * G_NEURONS, 0u, first),
        select(G_NEURONS, NOISE, first),
        select(G_NEURONS, 2u, last),
        select(NOISE + (l - 1u) * G_NEURONS, 0u, first),
        select(G_HIDDEN, G_OUTPUT, last),
        G_HIDDEN,
    );
}

// Layer l of the discriminator: 2 -> neurons -> ... -> neurons -> 1. Its inputs are behind what ends G.
fn discriminator_layer(l: u32) -> Layer {
    let first = l == 0u;
    let last = l + 1u == D_LAYERS;
    return Layer(
        DISCRIMINATOR,
        select(3u * D_NEURONS + (l - 1u) * (D_NEURONS + 1u) * D_NEURONS, 0u, first),
        select(D_NEURONS, 2u, first),
        select(D_NEURONS, 1u, last),
        D_ROW + select(2u + (l - 1u) * D_NEURONS, 0u, first),
        select(D_HIDDEN, LINEAR, last),
        select(D_HIDDEN, G_OUTPUT, first),
    );
}

// What a step does.
struct Work {
    kind: u32,
    layer: Layer,
    role: u32,
}

const NOTHING: u32 = 0u;
const GATHER_REAL: u32 = 1u;
const GATHER_NOISE: u32 = 2u;
const FORWARD: u32 = 3u;
const OUTPUT_DELTAS: u32 = 4u;
const BACKWARD: u32 = 5u;
const GRADIENTS: u32 = 6u;
const UPDATE: u32 = 7u;
const DISGUISE: u32 = 8u;
const GATHER_STEEP: u32 = 9u;
const SLOPES: u32 = 10u;
const INPUT_TANGENTS: u32 = 11u;
const TANGENTS: u32 = 12u;

// A step of D's update: the real batch through D and back, the noise through G, the fake batch through D
// and back, a penalty, the update.
fn discriminator_work(step: u32) -> Work {
    let begin = HALF + G_LAYERS + DISGUISES;
    let role = select(REAL, FAKE, step > HALF);
    // Within the batch's way through D: forward, deltas, then gradients and deltas of each layer in turns.
    let way = select(step - 1u, step - 1u - begin, step > begin);
    if (step == 0u) {
        return Work(GATHER_REAL, discriminator_layer(0u), role);
    }
    if (step == HALF) {
        return Work(GATHER_NOISE, generator_layer(0u), role);
    }
    if (step > HALF && step <= HALF + G_LAYERS) {
        return Work(FORWARD, generator_layer(step - HALF - 1u), role);
    }
    if (DISGUISED && step == begin) {
        return Work(DISGUISE, discriminator_layer(0u), role);
    }
    if (way < D_LAYERS) {
        return Work(FORWARD, discriminator_layer(way), role);
    }
    if (way == D_LAYERS) {
        return Work(OUTPUT_DELTAS, discriminator_layer(0u), role);
    }
    if (way < 3u * D_LAYERS) {
        let back = way - D_LAYERS - 1u;
        return Work(GRADIENTS - back % 2u, discriminator_layer(D_LAYERS - 1u - back / 2u), role);
    }
    if (STEEPNESS && way < 3u * D_LAYERS + STEEP_STEPS) {
        return steep_work(way - 3u * D_LAYERS);
    }
    return Work(select(NOTHING, UPDATE, way == 3u * D_LAYERS + STEEP_STEPS), discriminator_layer(0u), role);
}

// A step of a penalty on D's gradient: forward to its last hidden layer, back to its inputs beside that, the
// tangents forward, and the parameters' gradients.
fn steep_work(step: u32) -> Work {
    let l = D_LAYERS;
    if (step == 0u) {
        return Work(GATHER_STEEP, discriminator_layer(0u), STEEP);
    }
    if (step < l) {
        return Work(FORWARD, discriminator_layer(step - 1u), STEEP);
    }
    if (step < 2u * l) {
        return Work(SLOPES, discriminator_layer(2u * l - 1u - step), STEEP);
    }
    if (step == 2u * l) {
        return Work(INPUT_TANGENTS, discriminator_layer(0u), STEEP);
    }
    if (step < 3u * l) {
        return Work(TANGENTS, discriminator_layer(step - 2u * l - 1u), STEEP);
    }
    return Work(GRADIENTS, discriminator_layer(step - 3u * l), STEEP);
}

// The sums over a batch of D's last hidden layer, the features, as gradients of a layer of biases alone.
fn feature_sums(at: u32) -> Work {
    let layer = Layer(0u, at, 0u, D_NEURONS, LOGIT_ROW - D_NEURONS, LINEAR, LINEAR);
    return Work(GRADIENTS, layer, FOOLING);
}

// A step of G's update: noise through G and D, back through D and G, the update; ahead of them, where features
// are to match, the real batch through D to its last hidden layer.
fn generator_work(number: u32) -> Work {
    if (FEATURE_MATCHING && number < FEATURE_STEPS) {
        if (number == 0u) {
            return Work(GATHER_REAL, discriminator_layer(0u), FOOLING);
        }
        if (number < D_LAYERS) {
            return Work(FORWARD, discriminator_layer(number - 1u), FOOLING);
        }
        return feature_sums(0u);
    }
    let step = number - FEATURE_STEPS;
    let begin = G_LAYERS + DISGUISES;
    let there = begin + D_LAYERS;
    if (step == 0u) {
        return Work(GATHER_NOISE, generator_layer(0u), FOOLING);
    }
    if (step <= G_LAYERS) {
        return Work(FORWARD, generator_layer(step - 1u), FOOLING);
    }
    if (DISGUISED && step == begin) {
        return Work(DISGUISE, discriminator_layer(0u), FOOLING);
    }
    if (step <= there) {
        return Work(FORWARD, discriminator_layer(step - 1u - begin), FOOLING);
    }
    if (step == there + 1u) {
        return Work(OUTPUT_DELTAS, discriminator_layer(0u), FOOLING);
    }
    if (FEATURE_MATCHING && step == there + 2u) {
        return feature_sums(D_NEURONS);
    }
    let far = there + 1u + u32(FEATURE_MATCHING) + D_LAYERS;
    if (step <= far) {
        return Work(BACKWARD, discriminator_layer(far - step), FOOLING);
    }
    let back = step - (far + 1u);
    if (back < 2u * G_LAYERS - 1u) {
        return Work(GRADIENTS - back % 2u, generator_layer(G_LAYERS - 1u - back / 2u), FOOLING);
    }
    return Work(select(NOTHING, UPDATE, back == 2u * G_LAYERS - 1u), generator_layer(0u), FOOLING);
}

// One step; `number` names the update where a run stops.
fn run(work: Work, number: u32) {
    switch (work.kind) {
        case GATHER_REAL, GATHER_NOISE: {
            gather(work.kind == GATHER_REAL, work.layer);
        }
        case FORWARD: {
            forward(work.layer);
        }
        case OUTPUT_DELTAS: {
            output_deltas(work.role);
        }
        case BACKWARD: {
            let of_discriminator = work.layer.network == DISCRIMINATOR;
            backward(work.layer, work.role == FOOLING && of_discriminator && work.layer.activation == LINEAR);
        }
        case GRADIENTS: {
            gradients(work.layer, work.role);
        }
        case UPDATE: {
            // It is never cut; a dispatch of later items of this step is for the other network's.
            if (dispatch.first_item == 0u) {
                update(work.role != FOOLING, number);
            }
        }
        case DISGUISE: {
            disguise(work.role);
        }
        case GATHER_STEEP: {
            gather_steep();
        }
        case SLOPES: {
            slopes(work.layer);
        }
        case INPUT_TANGENTS: {
            input_tangents();
        }
        case TANGENTS: {
            tangents(work.layer);
        }
        default: {}
    }
}

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(local_invocation_index) index: u32, @builtin(workgroup_id) group: vec3<u32>) {
    gan = group.x;
    invocation = index;
    let state = gan * STATE_WORDS;
    if (invocation == 0u) {
        for (var i = 0u; i < 6u; i++) {
            counts[i] = states[state + i];
        }
        if (COUNTING) {
            for (var i = 0u; i < 6u; i++) {
                counts[6u + i] = states[state + COUNTS_AT + i];
            }
        }
        stopped = states[state + 6u];
        judged = states[state + 7u];
        atomicStore(&not_finite, 0u);
    }
    read_settings();
    bring();
    all_done();
    let discriminator_updates = setting(D_UPDATES);
    let updates = discriminator_updates + setting(G_UPDATES);
    for (var epoch = 0u; epoch < dispatch.epochs; epoch++) {
        epoch_under_way = epoch;
        for (var number = dispatch.first_update; number < min(dispatch.end_update, updates); number++) {
            if (workgroupUniformLoad(&stopped) != 0u) {
                break;
            }
            let of_discriminator = number < discriminator_updates;
            // As the state names the place where a run stops.
            let name = select(2u * (number - discriminator_updates) + 1u, 2u * number, of_discriminator);
            for (var step = dispatch.first_step; step < dispatch.end_step; step++) {
                var work = generator_work(step);
                if (of_discriminator) {
                    work = discriminator_work(step);
                }
                run(work, name);
            }
        }
        if (workgroupUniformLoad(&stopped) == 0u && invocation == 0u && (dispatch.flags & COUNTS) != 0u) {
            count_up(0u, 1u);
        }
    }
    all_done();
    take_back();
    if (invocation == 0u) {
        for (var i = 0u; i < 6u; i++) {
            states[state + i] = counts[i];
        }
        if (COUNTING) {
            for (var i = 0u; i < 6u; i++) {
                states[state + COUNTS_AT + i] = counts[6u + i];
            }
        }
        states[state + 6u] = stopped;
        states[state + 7u] = judged;
    }
    // Where a driver cuts loops short, this one is cut too, and the host is told.
    var rounds = 0u;
    for (var i = 0u; i < dispatch.guard; i++) {
        rounds += 1u + (i & 1u);
    }
    if (rounds != dispatch.guard + dispatch.guard / 2u) {
        work[0] = 1.0;
    }
}
