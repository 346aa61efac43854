// The worker: trains what the page asks for, and never keeps it waiting.

import { Lab } from "./module.js";

/** The module's instance, once it is there. */
let lab = null;
/** The next turn, where that is due after a while. */
let timer = 0;
/** What comes back through here comes after the messages that wait already; a timer would take its time. */
const soon = new MessageChannel();
soon.port1.onmessage = turn;

/** Trains a little, says what there is to say, and comes again when it is time. */
function turn() {
  try {
    clearTimeout(timer);
    const wait = lab.call("worker_turn");
    let length;
    while ((length = lab.call("worker_message"))) {
      const message = lab.bytes(length);
      postMessage(message, [message.buffer]);
    }
    if (wait === 0) soon.port2.postMessage(null);
    else if (wait !== Infinity) timer = setTimeout(turn, wait);
  } catch (error) {
    fail(error);
  }
}

/** Tells the page what ended the run. */
function fail(error) {
  lab = null;
  postMessage({ failed: error.message });
}

onmessage = async ({ data }) => {
  try {
    if (data instanceof WebAssembly.Module) {
      lab = await Lab.of(data);
      lab.call("worker_open");
      postMessage({ ready: true });
    } else if (data === "hash") {
      const [hash, epoch] = lab.text(lab.call("worker_hash")).split(" ");
      postMessage({ hash, epoch: Number(epoch) });
    } else if (lab) {
      const problem = lab.give(data, "worker_receive");
      if (problem) throw new Error(lab.text(problem));
      turn();
    }
  } catch (error) {
    fail(error);
  }
};
