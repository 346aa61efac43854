// The run in the page's address, after '#': it can be sent, kept and opened again.

/** The address follows the run at most this often, in milliseconds: browsers refuse more. */
const INTERVAL = 1000;

export class Address {
  #lab;
  #shown;
  #timer = 0;

  /**
   * @param {Lab} lab
   * @param {() => void} changed there is something new to see
   */
  constructor(lab, changed) {
    this.#lab = lab;
    const open = () => {
      this.#shown = location.hash.slice(1);
      if (this.#shown) lab.give(this.#shown, "follow");
      changed();
    };
    if (location.hash.length > 1) open();
    // Nothing is said of a run that nobody has touched.
    else this.#shown = this.#now();
    addEventListener("hashchange", open);
  }

  #now() {
    return this.#lab.text(this.#lab.call("address"));
  }

  /** The run may have changed. */
  follow() {
    this.#timer ||= setTimeout(() => {
      this.#timer = 0;
      const now = this.#now();
      if (now === this.#shown) return;
      this.#shown = now;
      history.replaceState(null, "", now ? `#${now}` : location.pathname + location.search);
    }, INTERVAL);
  }
}
