// @ts-check
/** Brings together what the page is made of: one connection, the room looked at, what is to be sent, and the people before it. */
import { Connection } from './connection.js';
import { memory } from './memory.js';
import { CAPACITY, Outbox } from './outbox.js';
import { Crowd } from './page/crowd.js';
import { $, element, when } from './page/dom.js';
import { Events } from './page/events.js';
import { Messages } from './page/messages.js';
import { Room } from './room.js';
import { NAME_RULE, Rooms, channelOf, isRoomName, nameFault } from './rooms.js';

/** @import { Message } from './codec.js' */
/** @import { State } from './connection.js' */
/** @import { RoomView } from './room.js' */

const LONGEST = 16_000; // characters of a message: escaped as JSON still below the server's limit
const BACK = 20; // with how many older messages the events begin

const local = memory(() => localStorage);
const tab = memory(() => sessionStorage);
const wide = matchMedia('(min-width: 64rem)');
const messages = new Messages();
const crowd = new Crowd();
const events = new Events();
const rooms = new Rooms(local);

let name = tab.getItem('parley.name') ?? local.getItem('parley.name') ?? `Guest-${Math.floor(1000 + Math.random() * 9000)}`;
let current = '';
let lastTime = 0; // of the newest message shown
/** @type {Room} */ let room;

const connection = new Connection({
  url() {
    const url = new URL(name ? `ws?name=${encodeURIComponent(name)}` : 'ws', document.baseURI);
    return url.href.replace(/^http/, 'ws');
  },
  open: (url) => new WebSocket(url, 'parley.v1'),
  now: Date.now,
  random: Math.random,
  setTimer: (run, ms) => setTimeout(run, ms),
  clearTimer: (timer) => clearTimeout(timer),
});

const outbox = new Outbox(connection, {
  newKey: () => Array.from(crypto.getRandomValues(new Uint32Array(4)), (word) => word.toString(36)).join('-'),
  now: Date.now,
  shown: (channel, position) => (channel === room.channel ? room.shows(position) : undefined),
  mine: (position) => messages.mark(position),
  changed: showPending,
});

/** @type {RoomView} */
const view = {
  filled(page, more) {
    for (const message of page) view.message(message);
    messages.toEnd();
    showEarlier(more);
    const first = page.length > BACK ? page[page.length - BACK - 1].position : more ? page[0].position : 'earliest';
    events.start(room.channel, first, name);
    watchEvents();
  },
  older(page, more) {
    messages.addBefore(page);
    showEarlier(more);
  },
  message(message) {
    lastTime = message.time;
    messages.add(message, outbox.arrived(message, name));
    if (document.hidden) document.title = `• #${current} · Parley`;
  },
  dropped(position) {
    messages.drop(position);
    showEarlier(true);
  },
  /** What can be said of a loss and no more: neither how many messages it was, nor that there was one. */
  lost() {
    showEarlier(false);
    const since = lastTime ? `after the last message above (${new Date(lastTime).toLocaleTimeString()})` : 'before now';
    messages.note(
      'Messages may be missing here',
      `What was said ${since} could not be recovered: the server’s log does not hold it any more. How many messages that is, is not known; it may be none. What follows is what is still there.`,
    );
    outbox.lost(room.channel);
  },
  live() {
    messages.busy(false);
    outbox.flush();
  },
  people: (people) => crowd.show(people, name),
  refused: (text) => messages.note('The server refused this', text),
};

/** @param {boolean} more */
function showEarlier(more) {
  const query = `limit=500&before=${encodeURIComponent(room.first ?? 'latest')}`;
  messages.showEarlier(more, room.full, `channels/${encodeURIComponent(room.channel)}/messages?${query}`);
}

function showPending() {
  if (!room) return;
  messages.showPending(
    outbox.of(room.channel),
    name,
    (entry) => outbox.again(entry),
    (entry) => outbox.discard(entry),
  );
}

// Rooms

function showRooms() {
  const items = rooms.list().map(({ name: one, unread }) => {
    const link = /** @type {HTMLAnchorElement} */ (element('a', unread ? 'room unread' : 'room', one));
    link.href = `#${one}`;
    if (one === current) link.setAttribute('aria-current', 'page');
    if (unread) link.append(element('span', 'unseen', ', new messages'));
    const made = element('li');
    made.append(link);
    return made;
  });
  $('room-list').replaceChildren(...items);
}

/** @param {string} wanted */
function open(wanted) {
  if (wanted === current) return;
  if (room) {
    rooms.seen(current, room.last);
    room.leave();
    rooms.follow(connection, current, showRooms);
    if (rooms.has(wanted)) connection.call({ type: 'unsubscribe', channel: channelOf(wanted) });
  }
  current = wanted;
  lastTime = 0;
  room = new Room(connection, channelOf(current), view);
  rooms.visit(current);
  showRooms();
  $('room-title').textContent = `#${current}`;
  document.title = `#${current} · Parley`;
  messages.clear();
  events.clear(room.channel);
  crowd.show(undefined, name);
  showPending();
  if (connection.state.phase === 'open') room.enter();
}

/** The address says which room: links to a room work, and so does the way back. */
function followAddress() {
  let wanted = location.hash.slice(1);
  try {
    wanted = decodeURIComponent(wanted);
  } catch {
    // No room's name either way.
  }
  const good = isRoomName(wanted);
  if (!good) history.replaceState(null, '', `#${current || 'lobby'}`);
  fault('room', wanted && !good ? NAME_RULE : '');
  open(good ? wanted : current || 'lobby');
}

/** Somebody chose a room: on to writing, but without bringing up a phone's keyboard. */
function entered() {
  showPanel('chat');
  if (matchMedia('(pointer: fine)').matches) $('text').focus();
}

// What is said, and by whom

function send() {
  const text = $('text').value;
  if (text.trim() === '') return;
  if (fault('text', text.length > LONGEST ? `Too long: ${text.length} of ${LONGEST} characters.` : '')) return;
  const taken = outbox.add(room.channel, text);
  if (fault('text', taken ? '' : `${CAPACITY} messages wait to be sent already. This one stays here until there is room.`)) return;
  $('text').value = '';
  $('text').rows = 1;
  messages.toEnd();
}

function showName() {
  $('name').value = name;
  $('text-label').textContent = `Message as ${name || 'anonymous'}`;
}

/** @param {string} wanted */
function rename(wanted) {
  if (fault('name', nameFault(wanted)) || wanted === name) return;
  outbox.renamed();
  name = wanted;
  for (const storage of [tab, local]) storage.setItem('parley.name', name);
  showName();
  events.rename(name);
  connection.connect();
}

/** @param {'room' | 'name' | 'text'} what @param {string} text nothing if all is well */
function fault(what, text) {
  $(`${what}-fault`).textContent = text;
  $(what === 'room' ? 'room-name' : what).ariaInvalid = String(text !== '');
  return text !== '';
}

// The connection

/** @param {State} state */
function showState({ phase, until = 0, text = '' }) {
  const seconds = Math.max(1, Math.ceil((until - Date.now()) / 1000));
  const waiting = navigator.onLine ? 'Connection lost, reconnecting' : 'Offline, trying again';
  const said = { open: 'Connected', connecting: 'Connecting…', waiting, stopped: `Not connected: ${text}` }[phase];
  $('state').dataset.phase = phase;
  $('state-text').textContent = phase === 'waiting' ? `${navigator.onLine ? 'Reconnecting' : 'Offline, trying'} in ${seconds} s` : said;
  $('earlier').disabled = phase !== 'open';
  if (phase === 'connecting') return; // one attempt of many: no news, and no reason to take the button away
  if ($('announcer').textContent !== said) $('announcer').textContent = said;
  if (phase === 'open' && document.activeElement === $('connect')) $('text').focus();
  $('connect').hidden = phase === 'open';
}

connection.onState((state) => {
  showState(state);
  if (state.phase === 'open') {
    room.enter();
    for (const one of rooms.list()) if (one.name !== current) rooms.follow(connection, one.name, showRooms);
  } else {
    room.cut();
    outbox.cut();
    showPending();
  }
});
connection.onFrame((frame) => {
  const here = frame.channel === room.channel;
  if (frame.type === 'message' && here) room.take(/** @type {Message & typeof frame} */ (frame));
  else if (frame.type === 'message' && rooms.news(frame.channel ?? '')) showRooms();
  else if (frame.type === 'gap' && here) room.gap();
  else if (here && ['joined', 'left', 'presence'].includes(frame.type)) room.presence(frame);
});
setInterval(() => connection.state.phase === 'waiting' && showState(connection.state), 250);

const check = () => connection.check({ type: 'history', channel: room.channel, limit: 1 });
addEventListener('online', check);
addEventListener('offline', () => showState(connection.state));
document.addEventListener('visibilitychange', () => {
  watchEvents();
  if (document.hidden) return rooms.seen(current, room.last);
  document.title = `#${current} · Parley`;
  check();
});
addEventListener('pagehide', () => rooms.seen(current, room.last));
addEventListener('beforeunload', (event) => outbox.size && event.preventDefault());

// Panels: all three beside each other where there is room, else one

/** @param {'chat' | 'rooms' | 'events'} panel */
function showPanel(panel) {
  $('columns').dataset.panel = panel;
  $('show-rooms').ariaExpanded = String(panel === 'rooms');
  $('show-events').ariaExpanded = String(panel === 'events');
  watchEvents();
}

function watchEvents() {
  events.watch(!document.hidden && (wide.matches || $('columns').dataset.panel === 'events'));
}

for (const panel of /** @type {const} */ (['rooms', 'events'])) {
  when(`show-${panel}`, 'click', () => showPanel($('columns').dataset.panel === panel ? 'chat' : panel));
}
wide.addEventListener('change', watchEvents);
addEventListener('keydown', (event) => {
  const { panel } = $('columns').dataset;
  if (event.key !== 'Escape' || panel === 'chat' || wide.matches) return;
  showPanel('chat');
  $(`show-${panel}`).focus();
});

// What people do

when('skip', 'click', () => (showPanel('chat'), $('text').focus()));
when('connect', 'click', () => connection.connect());
when('earlier', 'click', () => room.older());
when('composer', 'submit', (event) => (event.preventDefault(), send()));
when('text', 'keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  send();
});
when('text', 'input', ({ target }) => (target.rows = Math.min(6, target.value.split('\n').length)));
when('room-form', 'submit', (event) => {
  event.preventDefault();
  const wanted = $('room-name').value.trim().replace(/^#/, '');
  if (fault('room', isRoomName(wanted) ? '' : NAME_RULE)) return;
  $('room-name').value = '';
  location.hash = wanted;
  entered();
});
when('room-list', 'click', ({ target }) => target.closest('a') && entered());
when('name-form', 'submit', (event) => (event.preventDefault(), rename($('name').value.trim())));
when('messages', 'pointerover', ({ target }) => events.mark(target.closest('[data-position]')?.dataset.position));
addEventListener('hashchange', followAddress);

showName();
followAddress();
connection.connect();
