// @ts-check
import { textOf } from '../codec.js';
import { $, element, isAtEnd, when } from './dom.js';

/** @import { Message } from '../codec.js' */
/** @import { Entry } from '../outbox.js' */

const TOGETHER = 5 * 60_000; // ms: within it, one person's messages stand under one name
const HUES = 6; // as many as the style sheet has

/** The list of messages, what waits to be sent below it, and where the reader stands in it. */
export class Messages {
  #pending = '';
  #atEnd = true;

  constructor() {
    when('to-end', 'click', () => this.toEnd());
    when('scroll', 'scroll', ({ target }) => {
      this.#atEnd = isAtEnd(target);
      if (this.#atEnd) $('to-end').hidden = true;
    });
    // A keyboard comes up on a phone, a line is added below: the end stays in sight.
    new ResizeObserver(() => this.#atEnd && this.toEnd()).observe($('scroll'));
  }

  /** Begins another room. */
  clear() {
    $('messages').replaceChildren();
    $('to-end').hidden = $('empty').hidden = $('earlier').hidden = $('earlier-note').hidden = true;
    this.busy(true);
  }

  /** While busy, a screen reader does not read out what is added. @param {boolean} busy */
  busy(busy) {
    $('log').ariaBusy = String(busy);
    if (!busy) this.#showEmpty();
  }

  /** @param {Message} message @param {boolean} mine */
  add(message, mine) {
    const made = messageItem(message, $('messages').lastElementChild);
    made.classList.toggle('mine', mine);
    this.#append(made);
  }

  /** @param {Message[]} messages */
  addBefore(messages) {
    const scroll = $('scroll');
    const fromEnd = scroll.scrollHeight - scroll.scrollTop;
    /** @type {HTMLElement[]} */ const items = [];
    for (const message of messages) items.push(messageItem(message, items.at(-1)));
    this.busy(true);
    $('messages').prepend(...items);
    scroll.scrollTop = scroll.scrollHeight - fromEnd;
    requestAnimationFrame(() => this.busy(false));
  }

  /** @param {string} position of a message that is shown no longer, with all before it */
  drop(position) {
    const gone = itemAt(position);
    while (gone?.previousElementSibling) gone.previousElementSibling.remove();
    gone?.remove();
  }

  /** A message shown has turned out to be from here. @param {string} position */
  mark(position) {
    itemAt(position)?.classList.add('mine');
  }

  /** @param {string} heading @param {string} text */
  note(heading, text) {
    const made = element('li', 'divider');
    made.append(element('strong', '', heading), element('span', '', text));
    this.#append(made);
  }

  /** @param {Entry[]} entries @param {string} name @param {(entry: Entry) => void} again @param {(entry: Entry) => void} discard */
  showPending(entries, name, again, discard) {
    const pending = entries.map(({ key, state }) => key + state).join();
    if (pending === this.#pending) return; // a button there may have the focus
    this.#pending = pending;
    this.#keepEnd(() => $('pending').replaceChildren(...entries.map((entry) => pendingItem(entry, name, again, discard))));
    this.#showEmpty();
  }

  /** Offers what is older: by a button, or where the page is full, as a link. @param {boolean} more @param {boolean} full */
  showEarlier(more, full, link = '') {
    const focused = document.activeElement === $('earlier');
    $('earlier').hidden = !more || full;
    $('earlier-note').hidden = !more || !full;
    $('earlier-link').href = link;
    if (focused && $('earlier').hidden) $('scroll').focus({ preventScroll: true });
  }

  toEnd() {
    $('scroll').scrollTop = $('scroll').scrollHeight;
    $('to-end').hidden = true;
  }

  /** @param {HTMLElement} made */
  #append(made) {
    if (!this.#keepEnd(() => $('messages').append(made))) $('to-end').hidden = false;
    $('empty').hidden = true;
  }

  /** Who reads at the end stays there; who reads further up stays there. @param {() => void} change */
  #keepEnd(change) {
    const atEnd = isAtEnd($('scroll'));
    change();
    if (atEnd) $('scroll').scrollTop = $('scroll').scrollHeight;
    return atEnd;
  }

  #showEmpty() {
    $('empty').hidden = $('messages').childElementCount + $('pending').childElementCount > 0;
  }
}

/** @param {string} position @returns {HTMLElement | undefined} */
const itemAt = (position) => [...$('messages').children].find((item) => item.dataset.position === position);

/** @param {Message} message @param {Element | null | undefined} previous */
function messageItem({ from = '', data, time, position, event }, previous) {
  const made = item(from, textOf(data), timeElement(time), event);
  Object.assign(made.dataset, { position, time });
  const before = previous instanceof HTMLElement ? previous.dataset : {};
  made.classList.toggle('follows', before.from === from && time - Number(before.time) < TOGETHER);
  return made;
}

/** @param {Entry} entry @param {string} name @param {(entry: Entry) => void} again @param {(entry: Entry) => void} discard */
function pendingItem(entry, name, again, discard) {
  const state = { waiting: 'waiting to be sent', sent: 'sending…', failed: entry.why }[entry.state];
  const meta = element('span', 'time', state);
  const made = item(name, entry.text, meta);
  made.classList.add('mine', entry.state);
  if (entry.state !== 'failed') return made;
  meta.role = 'alert';
  const actions = element('p', 'actions');
  for (const [text, run] of /** @type {const} */ ([['Send again', again], ['Discard', discard]])) {
    const button = element('button', 'quiet', text);
    button.addEventListener('click', () => (run(entry), $('text').focus()));
    actions.append(button);
  }
  made.append(actions);
  return made;
}

/** @param {string} from @param {string} text @param {HTMLElement} meta @param {string} [event] */
function item(from, text, meta, event) {
  const made = element('li', 'message');
  const name = from || 'anonymous';
  const face = element('span', `face hue-${hue(name)}`, [...name][0]);
  face.ariaHidden = 'true';
  const head = element('p', 'head');
  head.append(element('bdi', `from hue-${hue(name)}`, name), element('span', 'you', 'you'), meta);
  if (event) head.append(element('bdi', 'event', event));
  const body = element('p', 'text', text);
  body.dir = 'auto';
  made.append(face, head, body);
  made.dataset.from = from;
  return made;
}

/** @param {number} time ms */
function timeElement(time) {
  const date = new Date(time);
  const today = date.toDateString() === new Date().toDateString();
  const made = /** @type {HTMLTimeElement} */ (element('time', 'time'));
  made.textContent = date.toLocaleString([], { timeStyle: 'short', ...(today ? {} : { dateStyle: 'medium' }) });
  made.title = date.toLocaleString();
  made.dateTime = date.toISOString();
  return made;
}

/** @param {string} text */
const hue = (text) => [...text].reduce((sum, char) => (sum * 31 + (char.codePointAt(0) ?? 0)) % 9973, 7) % HUES;
