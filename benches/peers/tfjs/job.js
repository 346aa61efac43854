// A job's folder, as run.py writes it: see ../peer.py. Safetensors are an 8-byte length, a JSON header of
// that length (dtype, shape, place of every tensor), and the numbers.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Tensors by name: `{shape, values}`, values as Float32Array in storage order. */
export function readSafetensors(path) {
  const bytes = readFileSync(path);
  const start = 8 + Number(bytes.readBigUInt64LE(0));
  const { __metadata__, ...header } = JSON.parse(bytes.toString('utf8', 8, start));
  const tensors = {};
  for (const [name, { dtype, shape, data_offsets: [from, to] }] of Object.entries(header)) {
    if (dtype !== 'F32') throw new Error(`${path}: ${name} is ${dtype}, but must be F32`);
    // A copy: the numbers need not lie where a Float32Array may begin.
    tensors[name] = { shape, values: new Float32Array(new Uint8Array(bytes.subarray(start + from, start + to)).buffer) };
  }
  return tensors;
}

/** Configuration, initial and expected parameters, and atlas. */
export function readJob(folder) {
  const { configuration, check_epochs: checkEpochs } = JSON.parse(readFileSync(join(folder, 'job.json'), 'utf8'));
  const [init, expected, atlas] = ['init', 'expected', 'atlas'].map((name) =>
    readSafetensors(join(folder, `${name}.safetensors`)));
  return { configuration, checkEpochs, init, expected, atlas };
}

/** The largest difference of a parameter; NaN if any is. */
export function furthest(a, b) {
  let largest = 0;
  for (const name of Object.keys(b)) {
    b[name].values.forEach((value, n) => {
      largest = Math.max(largest, Math.abs(a[name].values[n] - value));
    });
  }
  return largest;
}
