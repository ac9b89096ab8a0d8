// @ts-check
import { $, element } from './dom.js';

/** @import { People } from '../people.js' */

const MOST = 200; // names shown

/** The people in the room: a line that says who, and opens to a list. */
export class Crowd {
  /** @type {People | undefined} */ #people;
  #name = '';
  #due = false;

  /** @param {People | undefined} people nothing while that is not known @param {string} name of who looks */
  show(people, name) {
    this.#people = people;
    this.#name = name;
    if (this.#due) return; // many come and go in one frame
    this.#due = true;
    requestAnimationFrame(() => this.#paint());
  }

  #paint() {
    this.#due = false;
    $('people').hidden = !this.#people;
    if (!this.#people) return;
    const { count } = this.#people;
    const own = this.#name || 'anonymous';
    const all = [own, ...this.#people.names.filter((name) => name !== own)]; // a late comer is not on a large room's list
    const names = all.slice(0, MOST);
    const more = count - names.length;
    $('people-count').textContent = `${count} here`;
    $('people-names').textContent = `: ${names.map((name) => isolated(name, own)).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
    const items = names.map((name) => {
      const made = element('li');
      made.append(person(name, own));
      return made;
    });
    if (more > 0) items.push(element('li', 'hint', `and ${more} more`));
    $('people-list').replaceChildren(...items);
  }
}

/** In a line of text: between the characters that keep its direction to itself, and without any of its own. @param {string} name @param {string} own */
const isolated = (name, own) => `\u2068${name.replace(/[\u202a-\u202e\u2066-\u2069]/g, '')}\u2069${name === own ? ' (you)' : ''}`;

/** @param {string} name @param {string} own */
function person(name, own) {
  const made = element('bdi', '', name);
  if (name === own) made.append(element('span', 'self', ' (you)'));
  return made;
}
