// @ts-check
import { closeText, comesBack, delay } from './backoff.js';
import { decode, encode } from './codec.js';

/** @import { Command, Frame } from './codec.js' */

/**
 * connecting: on the way, until the server has said `connected`. open: commands can be sent. waiting: will try again at `until`.
 * stopped: will not, for the reason in `text`.
 * @typedef {{ phase: 'connecting' | 'open' | 'waiting' | 'stopped', until?: number, text?: string }} State
 */

/**
 * What a connection takes from its surroundings.
 * @typedef {object} Surroundings
 * @property {() => string} url asked anew for each attempt
 * @property {(url: string) => WebSocket} open
 * @property {() => number} now ms
 * @property {() => number} random from 0 up to 1
 * @property {(run: () => void, ms: number) => number} setTimer
 * @property {(timer: number | undefined) => void} clearTimer
 */

const HANDSHAKE = 10_000; // ms until `connected`
const PROBE = 5_000; // ms for an answer when there is reason to doubt the connection
const STABLE = 10_000; // ms: a connection that held so long was a good one, and back-off begins anew

/** Holds one WebSocket to the server at a time, notices when it is dead, and comes back. Knows nothing of channels. */
export class Connection {
  #surroundings;
  /** @type {Set<(state: State) => void>} */ #onState = new Set();
  /** @type {Set<(frame: Frame) => void>} */ #onFrame = new Set();
  /** @type {Map<number, { answered: (frame: Frame) => void, refused: (frame: Frame) => void }>} */ #calls = new Map();
  /** @type {Set<number>} */ #later = new Set();
  /** @type {WebSocket | null} */ #socket = null;
  /** @type {number | undefined} */ #watch;
  /** @type {number | undefined} */ #return;
  /** @type {number | false | null} */ #promised = null;
  #openedAt = 0;
  #attempt = 0;
  #silence = HANDSHAKE;
  #id = 0;
  /** @type {State} */ state = { phase: 'stopped' };

  /** @param {Surroundings} surroundings */
  constructor(surroundings) {
    this.#surroundings = surroundings;
  }

  /** @param {(state: State) => void} listener @returns {() => void} its own off */
  onState(listener) {
    this.#onState.add(listener);
    return () => this.#onState.delete(listener);
  }

  /** Hears of everything but answers. @param {(frame: Frame) => void} listener @returns {() => void} its own off */
  onFrame(listener) {
    this.#onFrame.add(listener);
    return () => this.#onFrame.delete(listener);
  }

  /** Connects now, whatever was before: at first, after a wait cut short, or because the address has changed. */
  connect() {
    this.#leave();
    const { open, url } = this.#surroundings;
    const socket = open(url());
    this.#socket = socket;
    this.#promised = null;
    this.#openedAt = 0;
    this.#silence = HANDSHAKE;
    this.#listenOut();
    socket.onmessage = (event) => this.#receive(String(event.data));
    socket.onclose = (event) => this.#ended(event.code, event.reason);
    this.#become({ phase: 'connecting' });
  }

  /**
   * Sends a command. The answer is taken at once, before anything that the server sent after it. If the connection ends first,
   * neither is called.
   * @param {Command} command
   * @param {(answer: Frame) => void} [answered]
   * @param {(error: Frame) => void} [refused]
   * @returns {boolean} false if there is no connection
   */
  call(command, answered = () => {}, refused = () => {}) {
    if (this.state.phase !== 'open' || !this.#socket) return false;
    const id = ++this.#id;
    this.#calls.set(id, { answered, refused });
    this.#socket.send(encode({ ...command, id }));
    return true;
  }

  /** Runs something after a while, unless the connection has ended by then. @param {number} ms @param {() => void} run */
  later(ms, run) {
    const timer = this.#surroundings.setTimer(() => {
      this.#later.delete(timer);
      run();
    }, ms);
    this.#later.add(timer);
  }

  /**
   * The network is back, or somebody looks at the page again: waits no longer, and lets an open connection prove that it lives.
   * @param {Command} probe something harmless that is answered
   */
  check(probe) {
    if (this.state.phase === 'waiting') this.connect();
    else if (this.call(probe)) this.#listenOut(PROBE);
  }

  /** @param {string} text */
  #receive(text) {
    this.#listenOut();
    for (const frame of decode(text)) {
      const call = this.#calls.get(frame.re ?? 0);
      if (call) {
        this.#calls.delete(frame.re ?? 0);
        (frame.type === 'error' ? call.refused : call.answered)(frame);
        continue;
      }
      if (frame.type === 'connected') this.#welcome(frame);
      if (frame.type === 'closing') this.#promised = frame.reconnect ?? null;
      for (const listener of this.#onFrame) listener(frame);
    }
  }

  /** @param {Frame} frame */
  #welcome(frame) {
    this.#silence = (frame.heartbeat ?? 15) * 2000;
    this.#openedAt = this.#surroundings.now();
    this.#listenOut();
    this.#become({ phase: 'open' });
  }

  /** Without a sign of life for so long, the connection is given up: a close would never come over a dead line. */
  #listenOut(ms = this.#silence) {
    const { setTimer, clearTimer } = this.#surroundings;
    clearTimer(this.#watch);
    this.#watch = setTimer(() => this.#ended(4001, ''), ms);
  }

  /** @param {number} code @param {string} reason */
  #ended(code, reason) {
    const { now, random, setTimer } = this.#surroundings;
    const promised = this.#promised;
    if (this.#openedAt && now() - this.#openedAt > STABLE) this.#attempt = 0;
    this.#leave();
    if (promised === false || !comesBack(code)) {
      this.#become({ phase: 'stopped', text: closeText(code, reason) });
      return;
    }
    const wait = promised ?? delay(this.#attempt++, random);
    this.#return = setTimer(() => this.connect(), wait);
    this.#become({ phase: 'waiting', until: now() + wait });
  }

  #leave() {
    const { clearTimer } = this.#surroundings;
    for (const timer of [this.#watch, this.#return, ...this.#later]) clearTimer(timer);
    this.#later.clear();
    this.#calls.clear();
    if (!this.#socket) return;
    this.#socket.onmessage = this.#socket.onclose = null;
    this.#socket.close();
    this.#socket = null;
  }

  /** @param {State} state */
  #become(state) {
    this.state = state;
    for (const listener of this.#onState) listener(state);
  }
}
