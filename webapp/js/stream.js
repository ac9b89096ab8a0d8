// @ts-check

/**
 * An event as it came; `event` is empty where it has no name.
 * @typedef {{ id: string, event: string, data: string }} Event
 */

const AGAIN = 3_000; // ms

/**
 * The same log by the browser's own EventSource, which comes back by itself with the last id it saw. Only where it gives up, on an
 * answer that is no event stream (a server just starting), is it begun anew.
 */
export class Stream {
  #seen;
  #stateChanged;
  /** @type {EventSource | null} */ #source = null;
  /** @type {number | undefined} */ #timer;
  #url = '';
  #after = '';

  /** @param {(event: Event) => void} seen @param {(open: boolean) => void} stateChanged */
  constructor(seen, stateChanged) {
    this.#seen = seen;
    this.#stateChanged = stateChanged;
  }

  /** @param {string} url with a query, be it empty @param {string} after a position */
  start(url, after) {
    this.stop();
    this.#url = url;
    this.#after = after;
    this.#open();
  }

  /** Goes on where it is, at another address. @param {string} url */
  move(url) {
    const open = this.#source !== null || this.#timer !== undefined; // or about to be
    this.stop();
    if (this.#url) this.#url = url;
    if (open) this.#open();
  }

  /** Lets go of the connection; {@link resume} goes on where it was. */
  stop() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#source?.close();
    this.#source = null;
  }

  /** Lets go, and has nothing to resume. */
  forget() {
    this.stop();
    this.#url = '';
  }

  resume() {
    if (this.#url && !this.#source) this.#open();
  }

  #open() {
    const source = new EventSource(`${this.#url}&after=${encodeURIComponent(this.#after)}`);
    this.#source = source;
    source.onopen = () => this.#stateChanged(true);
    source.onerror = () => {
      this.#stateChanged(false);
      if (source.readyState !== EventSource.CLOSED) return;
      this.stop();
      this.#timer = setTimeout(() => {
        this.#timer = undefined;
        this.resume();
      }, AGAIN);
    };
    for (const name of ['message', 'parley.gap', 'parley.closing']) source.addEventListener(name, (event) => this.#take(name, event));
  }

  /** @param {string} name @param {MessageEvent<string>} event */
  #take(name, { lastEventId, data }) {
    this.#after = lastEventId || this.#after;
    this.#seen({ id: lastEventId, event: name === 'message' ? '' : name, data });
  }
}
