// @ts-check
/** @import { Connection } from './connection.js' */
/** @import { Frame, Message } from './codec.js' */

/**
 * A message of this page that is not yet certain to stand in the log.
 * @typedef {object} Entry
 * @property {string} key makes sending again harmless
 * @property {string} channel
 * @property {string} text
 * @property {'waiting' | 'sent' | 'failed'} state
 * @property {number} since ms, when it was first sent; 0 before
 * @property {string} position once the server has answered
 * @property {string} echo the position of a message that came in meanwhile and looks like this one
 * @property {string} why it failed
 */

/** The most that may wait. */
export const CAPACITY = 100;

const KEY_TIME = 4 * 60_000; // ms: the server forgets keys after 5 minutes, unless told otherwise
const RETRY = 2_000; // ms
const UNCERTAIN = 'No answer came: it may have been sent or not.';

/** What people wrote here, from the Enter key until it is seen in the log. Sent in order, and again after each return. */
export class Outbox {
  #connection;
  #surroundings;
  /** @type {Entry[]} */ #entries = [];

  /**
   * @param {Connection} connection
   * @param {object} surroundings
   * @param {() => string} surroundings.newKey
   * @param {() => number} surroundings.now ms
   * @param {(channel: string, position: string) => boolean | undefined} surroundings.shown undefined if that channel is not looked at
   * @param {(position: string) => void} surroundings.mine a message shown has turned out to be from here
   * @param {() => void} surroundings.changed
   */
  constructor(connection, surroundings) {
    this.#connection = connection;
    this.#surroundings = surroundings;
  }

  get size() {
    return this.#entries.length;
  }

  /** What is to be shown beside the log: all but what stands there already. @param {string} channel */
  of(channel) {
    return this.#entries.filter((entry) => entry.channel === channel && !entry.echo);
  }

  /** @param {string} channel @param {string} text @returns {boolean} false if there is no room left */
  add(channel, text) {
    if (this.size >= CAPACITY) return false;
    const key = this.#surroundings.newKey();
    this.#entries.push({ key, channel, text, state: 'waiting', since: 0, position: '', echo: '', why: '' });
    this.flush();
    return true;
  }

  /** Sends all that waits. */
  flush() {
    for (const entry of this.#entries) {
      if (entry.state === 'waiting') this.#send(entry);
    }
    this.#surroundings.changed();
  }

  /** The connection has ended: what was not answered will be sent again. */
  cut() {
    for (const entry of this.#entries) {
      if (entry.state === 'sent' && !entry.position) entry.state = 'waiting';
    }
  }

  /** Keys belong to a name: under another one, what may have been stored already would be stored again. */
  renamed() {
    for (const entry of this.#entries) {
      if (entry.since && !entry.position) this.#fail(entry, UNCERTAIN);
    }
  }

  /**
   * A message of the log is shown.
   * @param {Message} message @param {string} name who writes here
   * @returns {boolean} whether it is certainly from here
   */
  arrived({ channel, position, data, from = '' }, name) {
    const own = this.#entries.find((entry) => entry.position === position);
    if (own) return this.discard(own);
    const like = this.#entries.find((e) => e.channel === channel && e.state === 'sent' && !e.echo && !e.position && e.text === data);
    if (!like || from !== name) return false;
    like.echo = position;
    this.#surroundings.changed();
    return false;
  }

  /**
   * The log of a channel was lost. What had been seen in it was sent; what had been answered and not been seen is lost with it.
   * @param {string} channel
   */
  lost(channel) {
    this.#entries = this.#entries.filter((entry) => entry.channel !== channel || !entry.echo);
    for (const entry of this.#entries) {
      if (entry.channel === channel && entry.position) {
        this.#fail(entry, 'It was stored, and then lost with the server’s log.');
      }
    }
  }

  /** By hand. @param {Entry} entry */
  again(entry) {
    Object.assign(entry, { state: 'waiting', since: 0, position: '', why: '' });
    this.flush();
  }

  /** @param {Entry} entry */
  discard(entry) {
    this.#entries = this.#entries.filter((one) => one !== entry);
    this.#surroundings.changed();
    return true;
  }

  /** @param {Entry} entry */
  #send(entry) {
    const now = this.#surroundings.now();
    if (entry.since && now - entry.since > KEY_TIME) {
      this.#fail(entry, UNCERTAIN);
      return;
    }
    const { channel, text: data, key } = entry;
    const answered = (/** @type {Frame} */ { position = '' }) => this.#published(entry, position);
    if (this.#connection.call({ type: 'publish', channel, data, key }, answered, (error) => this.#refused(entry, error))) {
      entry.state = 'sent';
      entry.since ||= now;
    }
  }

  /** @param {Entry} entry @param {string} position */
  #published(entry, position) {
    const shown = this.#surroundings.shown(entry.channel, position);
    if (shown === false) {
      Object.assign(entry, { position, echo: '' });
      this.#surroundings.changed();
      return;
    }
    this.discard(entry);
    if (shown) this.#surroundings.mine(position);
  }

  /** @param {Entry} entry @param {Frame} error */
  #refused(entry, { text = '', detail, retry, after = RETRY }) {
    if (!retry) {
      this.#fail(entry, `Not sent: ${detail || text}.`);
      return;
    }
    entry.state = 'waiting';
    this.#connection.later(after, () => this.flush());
    this.#surroundings.changed();
  }

  /** @param {Entry} entry @param {string} why */
  #fail(entry, why) {
    Object.assign(entry, { state: 'failed', why });
    this.#surroundings.changed();
  }
}
