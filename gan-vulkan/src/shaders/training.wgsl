// Trains GANs, one a workgroup: the contract's section 6, to be read beside gan-core's training.rs. The kernel
// is one text: sizes (constants written by sizes.rs), functions.wgsl, shared.wgsl or storage.wgsl, which say
// where the numbers lie, dense.wgsl and update.wgsl, which compute, and this file, which says what and when.
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
// Hyper-parameters, SETTINGS words a GAN.
@group(0) @binding(1) var<storage, read> settings: array<u32>;
// Real points and noise vectors `[sample][component]`, of all GANs.
@group(0) @binding(2) var<storage, read> atlases: array<f32>;
// 1 where loops were cut short, then rows and gradients, WORK_WORDS a GAN.
@group(0) @binding(3) var<storage, read_write> work: array<f32>;

const SETTINGS: u32 = 10u;
const SGD: u32 = 0u;
const LEAST_SQUARES: u32 = 1u;
const REAL: u32 = 0u;
const FAKE: u32 = 1u;
const FOOLING: u32 = 2u;
// What follows a layer's dot products.
const RELU: u32 = 0u;
const TANH: u32 = 1u;
const LINEAR: u32 = 2u;

var<private> gan: u32;
var<private> invocation: u32;
// Epoch, real and noise cursor, two words each: the first words of the state.
var<workgroup> counts: array<u32, 6>;
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
        select(RELU, TANH, last),
        RELU,
    );
}

// Layer l of the discriminator: 2 -> neurons -> ... -> neurons -> 1. Its inputs are behind G's tanh.
fn discriminator_layer(l: u32) -> Layer {
    let first = l == 0u;
    let last = l + 1u == D_LAYERS;
    return Layer(
        DISCRIMINATOR,
        select(3u * D_NEURONS + (l - 1u) * (D_NEURONS + 1u) * D_NEURONS, 0u, first),
        select(D_NEURONS, 2u, first),
        select(D_NEURONS, 1u, last),
        D_ROW + select(2u + (l - 1u) * D_NEURONS, 0u, first),
        select(RELU, LINEAR, last),
        select(RELU, TANH, first),
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

// A step of D's update: the real batch through D and back, the noise through G, the fake batch through D
// and back, the update.
fn discriminator_work(step: u32) -> Work {
    let role = select(REAL, FAKE, step > HALF);
    // Within the batch's way through D: forward, deltas, then gradients and deltas of each layer in turns.
    let way = select(step - 1u, step - 1u - HALF - G_LAYERS, step > HALF + G_LAYERS);
    if (step == 0u) {
        return Work(GATHER_REAL, discriminator_layer(0u), role);
    }
    if (step == HALF) {
        return Work(GATHER_NOISE, generator_layer(0u), role);
    }
    if (step > HALF && step <= HALF + G_LAYERS) {
        return Work(FORWARD, generator_layer(step - HALF - 1u), role);
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
    return Work(select(NOTHING, UPDATE, way == 3u * D_LAYERS), discriminator_layer(0u), role);
}

// A step of G's update: noise through G and D, back through D and G, the update.
fn generator_work(step: u32) -> Work {
    let there = G_LAYERS + D_LAYERS;
    if (step == 0u) {
        return Work(GATHER_NOISE, generator_layer(0u), FOOLING);
    }
    if (step <= G_LAYERS) {
        return Work(FORWARD, generator_layer(step - 1u), FOOLING);
    }
    if (step <= there) {
        return Work(FORWARD, discriminator_layer(step - 1u - G_LAYERS), FOOLING);
    }
    if (step == there + 1u) {
        return Work(OUTPUT_DELTAS, discriminator_layer(0u), FOOLING);
    }
    if (step <= there + 1u + D_LAYERS) {
        return Work(BACKWARD, discriminator_layer(there + 1u + D_LAYERS - step), FOOLING);
    }
    let back = step - (there + 2u + D_LAYERS);
    if (back < 2u * G_LAYERS - 1u) {
        return Work(GRADIENTS - back % 2u, generator_layer(G_LAYERS - 1u - back / 2u), FOOLING);
    }
    return Work(select(NOTHING, UPDATE, back == 2u * G_LAYERS - 1u), generator_layer(0u), FOOLING);
}

// One step; `number` names the update where a run stops.
fn run(work: Work, number: u32) {
    switch (work.kind) {
        case GATHER_REAL, GATHER_NOISE: {
            let real = work.kind == GATHER_REAL;
            gather(setting(select(8u, 7u, real)), select(4u, 2u, real), work.layer.inputs, work.layer.row);
        }
        case FORWARD: {
            forward(work.layer);
        }
        case OUTPUT_DELTAS: {
            output_deltas(work.role);
        }
        case BACKWARD: {
            backward(work.layer);
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
        stopped = states[state + 6u];
        judged = states[state + 7u];
        atomicStore(&not_finite, 0u);
    }
    bring();
    all_done();
    let discriminator_updates = setting(6u);
    let updates = discriminator_updates + setting(5u);
    for (var epoch = 0u; epoch < dispatch.epochs; epoch++) {
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
