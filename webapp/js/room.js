// @ts-check
import { People } from './people.js';

/** @import { Connection } from './connection.js' */
/** @import { Frame, Message } from './codec.js' */

/**
 * Who shows a room.
 * @typedef {object} RoomView
 * @property {(messages: Message[], more: boolean) => void} filled with the newest of its history, once
 * @property {(messages: Message[], more: boolean) => void} older
 * @property {(message: Message) => void} message
 * @property {(position: string) => void} dropped is shown no longer, with all before it
 * @property {() => void} lost what came after the last message shown cannot be told, from here on it can
 * @property {() => void} live reading goes on, after a start or a return
 * @property {(people: People | undefined) => void} people who is here now; nothing while that is not known
 * @property {(text: string) => void} refused
 */

const PAGE = 50;
const RETRY = 3_000; // ms
const CENSUS = 2_000; // ms between two questions who is there, in a room too busy to tell each change

/** The most messages that are shown at a time. */
export const LIMIT = 500;

/**
 * One channel as it is read here: the newest history first, then everything after it, each message once, across any number of
 * connections.
 */
export class Room {
  #connection;
  #view;
  #live = false;
  #closed = false;
  #asking = false; // for who is there
  /** @type {People | undefined} */ #people;
  /** @type {string[]} */ #shown = [];
  /** Where reading goes on: a position, `earliest`, or nothing before history is there. */
  #after = '';

  /** @param {Connection} connection @param {string} channel @param {RoomView} view */
  constructor(connection, channel, view) {
    this.#connection = connection;
    this.#view = view;
    this.channel = channel;
  }

  /** @param {string} position */
  shows(position) {
    return this.#shown.includes(position);
  }

  /** The oldest position shown, if there is one. */
  get first() {
    return this.#shown.at(0);
  }

  /** The newest position shown, if there is one. */
  get last() {
    return this.#shown.at(-1);
  }

  /** To be called whenever the connection opens. */
  enter() {
    if (this.#after) this.#subscribe();
    else this.#call({ type: 'history', limit: PAGE }, (page) => this.#fill(page), () => this.enter());
  }

  /** The connection has ended. */
  cut() {
    this.#live = false;
    this.#asking = false;
    this.#show(undefined);
  }

  leave() {
    this.#closed = true;
    if (this.#live) this.#connection.call({ type: 'unsubscribe', channel: this.channel });
  }

  /** @param {Message} message */
  take(message) {
    if (!this.#live || this.shows(message.position)) return;
    this.#after = message.position;
    this.#shown.push(message.position);
    this.#view.message(message);
    if (this.#shown.length > LIMIT) this.#view.dropped(/** @type {string} */ (this.#shown.shift()));
  }

  /** This reader fell behind what is kept, and goes on after the gap. */
  gap() {
    if (this.#live) this.#view.lost();
  }

  /** Somebody came or left, or so many did that only their number is told. @param {Frame} change */
  presence({ type, member, count = 0 }) {
    if (!this.#live || !this.#people) return;
    if (member) {
      if (type === 'joined') this.#people.joined(member, count);
      else this.#people.left(member, count);
    } else {
      this.#people.count = count;
      this.#ask();
    }
    this.#view.people(this.#people);
  }

  /** @param {People | undefined} people */
  #show(people) {
    this.#people = people;
    this.#view.people(people);
  }

  #ask() {
    if (this.#asking) return;
    this.#asking = true;
    this.#connection.later(CENSUS, () => {
      this.#asking = false;
      if (!this.#closed) this.#call({ type: 'presence' }, ({ members = [], count = 0 }) => this.#show(new People(members, count)));
    });
  }

  older() {
    const ask = { type: 'history', before: this.first ?? 'latest', limit: Math.min(PAGE, LIMIT - this.#shown.length) };
    this.#call(ask, ({ messages = [], more = false }) => {
      const unknown = messages.filter(({ position }) => !this.shows(position));
      this.#shown.unshift(...unknown.map(({ position }) => position));
      this.#view.older(unknown, more);
    });
  }

  get full() {
    return this.#shown.length >= LIMIT;
  }

  /** @param {Frame} page */
  #fill({ messages = [], more = false }) {
    this.#shown = messages.map(({ position }) => position);
    this.#after = this.last ?? 'earliest';
    this.#view.filled(messages, more);
    this.#subscribe();
  }

  #subscribe() {
    this.#call(
      { type: 'subscribe', after: this.#after, presence: true },
      ({ recovered, position = '', members = [], count = 0 }) => {
        this.#live = true;
        this.#show(new People(members, count));
        if (recovered === false) {
          this.#after = 'earliest';
          this.#view.lost();
        }
        if (this.#after === 'earliest') this.#settle(position);
        this.#view.live();
      },
      () => this.#subscribe(),
    );
  }

  /**
   * In an empty log the head is where reading goes on, so that a loss before the first message is told as well. That it is empty
   * is asked after the head was taken: else a message just under way would be skipped.
   * @param {string} head
   */
  #settle(head) {
    this.#call({ type: 'history', limit: 1 }, ({ messages = [] }) => {
      if (messages.length === 0 && this.#after === 'earliest') this.#after = head;
    });
  }

  /** @param {{ type: string } & Record<string, unknown>} command @param {(answer: Frame) => void} answered @param {() => void} [again] */
  #call(command, answered, again) {
    const open = /** @param {(frame: Frame) => void} run */ (run) => (/** @type {Frame} */ frame) => this.#closed || run(frame);
    this.#connection.call(
      { ...command, channel: this.channel },
      open(answered),
      open(({ text = '', detail, retry }) => {
        if (retry && again) this.#connection.later(RETRY, () => this.#closed || again());
        this.#view.refused(detail ? `${text}: ${detail}` : text);
      }),
    );
  }
}
