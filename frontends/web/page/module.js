// The wasm module: fetched, unpacked, compiled; and how to speak with an instance of it.

/** What is told to whoever looks, as it is. */
export class Sentence extends Error {}

/**
 * Fetches and compiles a module that may be packed with gzip.
 * @param {string} name
 * @param {(share: number) => void} progress is told how much has come, 0–1
 * @returns {Promise<WebAssembly.Module>}
 */
export async function compile(name, progress) {
  if (!name) {
    throw new Sentence("This browser has no WebAssembly, in which gan-lab trains: open the page in another, or in a newer one.");
  }
  const response = await fetch(name).catch(() => null);
  if (!response?.ok) {
    throw new Sentence(`gan-lab could not be loaded (${name}${response ? `: ${response.status}` : ""}): check the connection and reload.`);
  }
  const reader = response.body.getReader();
  const total = Number(response.headers.get("Content-Length"));
  const first = await reader.read();
  let come = 0;
  const counted = (chunk) => {
    come += chunk.length;
    if (total) progress(Math.min(come / total, 1));
    return chunk;
  };
  const bytes = new ReadableStream({
    start: (stream) => stream.enqueue(counted(first.value)),
    pull: async (stream) => {
      const { done, value } = await reader.read();
      if (done) stream.close();
      else stream.enqueue(counted(value));
    },
  });
  // A server may have unpacked it on the way.
  const packed = first.value?.[0] === 0x1f && first.value[1] === 0x8b;
  if (packed && typeof DecompressionStream !== "function") {
    throw new Sentence("This browser is too old for gan-lab, which comes packed: open the page in a newer one.");
  }
  const plain = packed ? bytes.pipeThrough(new DecompressionStream("gzip")) : bytes;
  const wasm = new Response(plain, { headers: { "Content-Type": "application/wasm" } });
  return WebAssembly.compileStreaming(wasm);
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** An instance of the module. */
export class Lab {
  #exports;

  /** @param {WebAssembly.Module} module */
  static async of(module) {
    const browser = { now: () => performance.now() };
    const lab = new Lab();
    lab.#exports = (await WebAssembly.instantiate(module, { browser })).exports;
    lab.call("prepare");
    return lab;
  }

  /** Calls a function of the module with numbers. Where it fails, what it said is the error. */
  call(name, ...numbers) {
    try {
      return this.#exports[name](...numbers);
    } catch (error) {
      const said = this.text(this.#exports.outbox_length());
      throw new Error(said || String(error));
    }
  }

  /** The same, with bytes or text. */
  give(content, name, ...numbers) {
    const bytes = typeof content === "string" ? encoder.encode(content) : content;
    const place = this.call("inbox", bytes.length);
    new Uint8Array(this.#exports.memory.buffer, place, bytes.length).set(bytes);
    return this.call(name, ...numbers);
  }

  /** A copy of so many bytes that the last call gave. */
  bytes(length) {
    return new Uint8Array(this.#exports.memory.buffer, this.#exports.outbox(), length).slice();
  }

  /** So many bytes that the last call gave, as text. */
  text(length) {
    return decoder.decode(this.bytes(length));
  }

  /** The pixels that were painted last; of this moment only. */
  picture() {
    const [width, height] = [this.call("width"), this.call("height")];
    const pixels = new Uint8ClampedArray(this.#exports.memory.buffer, this.call("pixels"), 4 * width * height);
    return new ImageData(pixels, width, height);
  }
}
