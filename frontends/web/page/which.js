// Which module this browser runs: for the page and for the service worker, so no module itself.

// A function that makes a vector, (module (func (result v128) (i8x16.splat (i32.const 0)))) and more of the kind,
// is valid only where there are vectors.
const VECTORS = Uint8Array.of(
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
);

/** The name of the file to load; empty where there is no WebAssembly. */
const MODULE =
  typeof WebAssembly !== "object" ? "" : WebAssembly.validate(VECTORS) ? "gan-lab-simd128.bin" : "gan-lab.bin";
