// @ts-check
import { Stream } from '../stream.js';
import { $, element, isAtEnd } from './dom.js';

/** @import { Event } from '../stream.js' */

const MOST = 200; // events shown

/** The room once more, as the browser's EventSource gives it: each event with its fields as they came. */
export class Events {
  #stream = new Stream(
    (event) => this.#show(event),
    (open) => this.#state(open),
  );

  #channel = '';

  /** Begins another room. @param {string} channel */
  clear(channel) {
    this.#stream.forget();
    $('events-list').replaceChildren();
    $('curl').textContent = `curl -N ${new URL(`events/${channel}`, document.baseURI).href}`;
  }

  /** @param {string} channel @param {string} after a position @param {string} name under which the reader is in the room, as everywhere on this page */
  start(channel, after, name) {
    this.#channel = channel;
    this.#stream.start(address(channel, name), after);
  }

  /** @param {string} name */
  rename(name) {
    this.#stream.move(address(this.#channel, name));
  }

  /** A browser has six connections to a server, for all its tabs: none is held for what nobody looks at. @param {boolean} seen */
  watch(seen) {
    if (seen) this.#stream.resume();
    else this.#stream.stop();
  }

  /** Marks the event with this id, to show that a message is the same here and there. @param {string | undefined} position */
  mark(position) {
    for (const one of $('events-list').children) one.classList.toggle('same', one.dataset.position === position);
  }

  /** @param {Event} event */
  #show({ id, event, data }) {
    const made = element('li', event ? 'raw-event special' : 'raw-event');
    made.dataset.position = id;
    for (const [field, value] of Object.entries({ event, data, id })) {
      if (!value) continue;
      const line = element('span', 'line');
      line.append(element('span', 'key', `${field}: `), value);
      made.append(line);
    }
    const scroll = $('events-scroll');
    const atEnd = isAtEnd(scroll);
    $('events-list').append(made);
    if ($('events-list').childElementCount > MOST) $('events-list').firstElementChild.remove();
    if (atEnd) scroll.scrollTop = scroll.scrollHeight;
  }

  /** @param {boolean} open */
  #state(open) {
    $('events-state').dataset.phase = open ? 'open' : 'waiting';
    $('events-text').textContent = open ? 'Open' : 'Broken off; the browser tries again';
  }
}

/** @param {string} channel @param {string} name */
const address = (channel, name) => `events/${encodeURIComponent(channel)}?${new URLSearchParams(name ? { name } : {})}`;
