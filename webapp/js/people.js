// @ts-check
/** @import { Member } from './codec.js' */

/** Who is in a room: whom the server listed, and each change since. Not everybody in a large room has a name here. Pure. */
export class People {
  /** @type {Set<string>} */ #names = new Set();

  /** @param {Member[]} members those that came first @param {number} count of all */
  constructor(members, count) {
    for (const { user } of members) this.#names.add(user);
    this.count = count;
  }

  get names() {
    return [...this.#names].sort((a, b) => a.localeCompare(b));
  }

  /** @param {Member} member @param {number} count of all since then */
  joined({ user }, count) {
    this.#names.add(user);
    this.count = count;
  }

  /** @param {Member} member @param {number} count of all since then */
  left({ user }, count) {
    this.#names.delete(user);
    this.count = count;
  }
}
