// When to paint: when something has happened, or is due; at most once a frame, and never unseen.

/** At most so many pixels are painted; a display that has more shows them larger. */
const MOST_PIXELS = 2.5e6;

export class Painting {
  /** Of the pictures painted so far; times in milliseconds. */
  statistics = { frames: 0, first: null, last: 0, worst: 0, total: 0 };
  #lab;
  #canvas;
  #context;
  #obey;
  /** Whether it is known how large the canvas is. */
  #running = false;
  #over = false;
  /** Pixels of the display to one of CSS's, when the size was last looked at. */
  #ratio = 1;
  #frame = 0;
  #timer = 0;

  /**
   * @param {Lab} lab
   * @param {HTMLCanvasElement} canvas
   * @param {(wishes: object) => void} obey does what a picture wants besides
   */
  constructor(lab, canvas, obey) {
    this.#lab = lab;
    this.#canvas = canvas;
    this.#context = canvas.getContext("2d", { alpha: false });
    this.#obey = obey;
  }

  /** From here on pictures are painted. */
  begin() {
    new ResizeObserver(() => this.#resize()).observe(this.#canvas);
    this.#resize();
  }

  #resize() {
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    if (!width || !height || this.#over) return;
    this.#running = true;
    this.#ratio = devicePixelRatio;
    const scale = Math.min(devicePixelRatio, Math.sqrt(MOST_PIXELS / (width * height)));
    this.#lab.call("resize", width, height, scale);
    // At once: a browser stretches the picture that it has.
    this.now();
  }

  /** From here on none are. */
  stop() {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#timer);
    this.#running = false;
    this.#over = true;
  }

  /** Paints with the browser's next frame. */
  soon() {
    this.#frame ||= requestAnimationFrame(() => this.now());
  }

  /** Paints at once: what a browser does only where somebody has just pressed something cannot wait. */
  now() {
    if (!this.#running) return;
    // Zoomed, or on another display: nobody tells.
    if (this.#ratio !== devicePixelRatio) return this.#resize();
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#timer);
    this.#frame = 0;
    const began = performance.now();
    const wishes = JSON.parse(this.#lab.text(this.#lab.call("paint")));
    const picture = this.#lab.picture();
    if (this.#canvas.width !== picture.width || this.#canvas.height !== picture.height) {
      this.#canvas.width = picture.width;
      this.#canvas.height = picture.height;
    }
    this.#context.putImageData(picture, 0, 0);
    this.#count(performance.now() - began);
    if (wishes.delay === 0) this.soon();
    else if (wishes.delay !== null) this.#timer = setTimeout(() => this.soon(), wishes.delay);
    this.#obey(wishes);
  }

  #count(time) {
    const { statistics } = this;
    if (statistics.frames++) {
      statistics.last = time;
      statistics.worst = Math.max(statistics.worst, time);
      statistics.total += time;
    } else {
      performance.mark("gan-lab: first picture");
      statistics.first = performance.now();
    }
  }
}
