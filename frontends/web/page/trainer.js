// The worker as the page sees it: messages to and from.

export class Trainer {
  #lab;
  #worker;
  #ready = false;
  #hashes = [];

  /**
   * @param {Lab} lab the page's instance
   * @param {WebAssembly.Module} module
   * @param {() => void} changed there is something new to see
   * @param {(why: string) => void} failed it trains no longer
   */
  constructor(lab, module, changed, failed) {
    this.#lab = lab;
    this.#worker = new Worker("worker.js", { type: "module" });
    this.#worker.onerror = (event) => failed(event.message || "the worker could not be loaded");
    this.#worker.onmessage = ({ data }) => {
      if (data instanceof Uint8Array) {
        const problem = lab.give(data, "receive");
        if (problem) failed(lab.text(problem));
        changed();
      } else if (data.failed) {
        failed(data.failed);
      } else if (data.ready) {
        this.#ready = true;
        this.send();
      } else {
        this.#hashes.shift()?.(data);
      }
    };
    this.#worker.postMessage(module);
  }

  /** Sends what the page has to say. */
  send() {
    if (!this.#ready) return;
    let length;
    while ((length = this.#lab.call("next_message"))) {
      const message = this.#lab.bytes(length);
      this.#worker.postMessage(message, [message.buffer]);
    }
  }

  /** The name of the run's state, and its epoch: `{ hash, epoch }`. */
  hash() {
    return new Promise((resolve) => {
      this.#hashes.push(resolve);
      this.#worker.postMessage("hash");
    });
  }
}
