// Multiplications and additions and nothing else: what the device could do at best without fusing them.

struct Run {
    rounds: u32,
}

var<immediate> run: Run;
@group(0) @binding(0) var<storage, read_write> results: array<f32>;

@compute @workgroup_size(256)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
    // Known only at run time, so that nothing can be worked out beforehand.
    let factor = results[0];
    let term = results[1];
    var a = vec4(f32(id.x)) * factor;
    var b = a + term;
    var c = b + term;
    var d = c + term;
    for (var i = 0u; i < run.rounds; i++) {
        a = a * factor + term;
        b = b * factor + term;
        c = c * factor + term;
        d = d * factor + term;
    }
    let sum = a + b + c + d;
    results[id.x + 2u] = sum.x + sum.y + sum.z + sum.w;
}
