// Computes one expression a case, so that the host can see how a device rounds (probe.rs has the cases and
// what must come out). Ahead of this text stands functions.wgsl.

struct Case {
    operation: u32,
    a: f32,
    b: f32,
    c: f32,
}

@group(0) @binding(0) var<storage, read> cases: array<Case>;
@group(0) @binding(1) var<storage, read_write> results: array<f32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
    if (id.x >= arrayLength(&cases)) {
        return;
    }
    let a = cases[id.x].a;
    let b = cases[id.x].b;
    let c = cases[id.x].c;
    var result = a;
    switch (cases[id.x].operation) {
        case 0u: {
            result = a + b;
        }
        case 1u: {
            result = a * b;
        }
        case 2u: {
            result = a * b + c;
        }
        case 3u: {
            result = c - a * b;
        }
        case 4u: {
            result = (vec4(c) + vec4(a, b, a, b) * b).x;
        }
        case 5u: {
            result = (a + b) - b;
        }
        case 6u: {
            result = divide(a, b);
        }
        case 7u: {
            result = square_root(a);
        }
        case 8u: {
            result = exponential(a);
        }
        case 9u: {
            result = canonical(sigmoid(a));
        }
        case 10u: {
            result = hyperbolic_tangent(a);
        }
        case 11u: {
            result = canonical(a);
        }
        case 12u: {
            result = canonical_square(a);
        }
        default: {
            result = relu(vec4(a)).x;
        }
    }
    results[id.x] = result;
}
