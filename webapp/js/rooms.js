// @ts-check
/** @import { Connection } from './connection.js' */

const KEY = 'parley.rooms';
const MOST = 12;

export const NAME_RULE = 'A room’s name has letters a–z, digits and . _ ~ - only, up to 195 of them.';

/** @param {string} name */
export const isRoomName = (name) => /^[A-Za-z0-9._~-]{1,195}$/.test(name);

/** @param {string} room */
export const channelOf = (room) => `chat:${room}`;

/** Why a nickname cannot be used, or nothing. @param {string} name */
export function nameFault(name) {
  if (name.length > 64) return 'A name has at most 64 characters.';
  return /[\p{Cc}\p{Cs}]/u.test(name) ? 'A name has no control characters.' : '';
}

/** The rooms visited, with the newest position seen of each, kept in the browser; and which have something new. */
export class Rooms {
  #storage;
  /** @type {Map<string, string>} */ #seen = new Map();
  /** @type {Set<string>} */ #unread = new Set();

  /** @param {Pick<Storage, 'getItem' | 'setItem'>} storage */
  constructor(storage) {
    this.#storage = storage;
    try {
      const pairs = JSON.parse(storage.getItem(KEY) ?? '[]');
      this.#seen = new Map(pairs.filter((/** @type {unknown[]} */ [name, at]) => typeof name === 'string' && isRoomName(name) && typeof at === 'string'));
    } catch {
      // Something else wrote there: begin anew.
    }
  }

  /** @returns {{ name: string, unread: boolean }[]} by name */
  list() {
    const names = [...this.#seen.keys()].sort((a, b) => a.localeCompare(b));
    return names.map((name) => ({ name, unread: this.#unread.has(name) }));
  }

  /** @param {string} name */
  has(name) {
    return this.#seen.has(name);
  }

  /** @param {string} name */
  visit(name) {
    const position = this.#seen.get(name) ?? '';
    this.#seen.delete(name);
    this.#seen.set(name, position);
    this.#unread.delete(name);
    if (this.#seen.size > MOST) this.#seen.delete(/** @type {string} */ (this.#seen.keys().next().value));
    this.#save();
  }

  /** @param {string} name @param {string | undefined} position the newest that was shown */
  seen(name, position) {
    if (position && this.#seen.has(name)) this.#seen.set(name, position);
    this.#save();
  }

  /** @param {string} channel @returns {boolean} whether that is news */
  news(channel) {
    const name = this.list().find((room) => channelOf(room.name) === channel && !room.unread)?.name;
    if (name) this.#unread.add(name);
    return name !== undefined;
  }

  /**
   * Listens to a room that is not looked at, and asks whether something came since it was.
   * @param {Connection} connection @param {string} name @param {() => void} changed
   */
  follow(connection, name, changed) {
    const channel = channelOf(name);
    connection.call({ type: 'subscribe', channel });
    connection.call({ type: 'history', channel, after: this.#seen.get(name) || 'earliest', limit: 1 }, ({ messages = [] }) => {
      if (messages.length && this.news(channel)) changed();
    });
  }

  #save() {
    this.#storage.setItem(KEY, JSON.stringify([...this.#seen]));
  }
}
