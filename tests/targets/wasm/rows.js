// Trains every row of the table in a wasm module: the same lines in Node and in a browser.

/**
 * @param {BufferSource} bytes a module built from `src/lib.rs`
 * @param {{words: number[], drawing: number[], seed: string, epochs: number}[]} rows
 * @returns {Promise<{vectors: boolean, milliseconds: number, hashes: string[]}>}
 */
export async function train(bytes, rows) {
  const { instance } = await WebAssembly.instantiate(bytes, {});
  const { memory, configuration, drawing, vectors, train } = instance.exports;
  const began = performance.now();
  const hashes = rows.map((row) => {
    // Anew for each row: memory that grows is another buffer.
    const write = (address, words) => new Uint32Array(memory.buffer, address, words.length).set(words);
    write(configuration(), row.words);
    write(drawing(), row.drawing);
    const hash = train(BigInt(row.seed), BigInt(row.epochs), row.drawing.length / 2);
    return BigInt.asUintN(64, hash).toString(16).padStart(16, "0");
  });
  return { vectors: vectors() === 1, milliseconds: performance.now() - began, hashes };
}
