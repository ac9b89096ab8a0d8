import assert from 'node:assert/strict';
import test from 'node:test';
import { memory } from '../../../webapp/js/memory.js';
import { Rooms, isRoomName, nameFault } from '../../../webapp/js/rooms.js';
import { Line, message } from './fake/line.mjs';

const storage = (items = {}) => ({ getItem: (key) => items[key] ?? null, setItem: (key, value) => (items[key] = value) });

test('aRoomsNameIsWhatTheProtocolAllows', () => {
  for (const name of ['lobby', 'A.b_c~d-9', 'x'.repeat(195), '..']) assert.ok(isRoomName(name), name);
  for (const name of ['', 'a b', 'a:b', 'ä', 'a/b', '<b>', 'a\n', 'x'.repeat(196)]) assert.ok(!isRoomName(name), name);
});

test('aNicknameHasNoControlCharactersAndAnEnd', () => {
  for (const name of ['', 'Ann', 'Zoë 🦊', '<b>', 'x'.repeat(64)]) assert.equal(nameFault(name), '', name);
  for (const name of ['a\nb', 'a\u0000', '\u007f', '\ud800', 'x'.repeat(65)]) assert.notEqual(nameFault(name), '', name);
});

test('roomsAreRememberedAndTheOldestVisitGoesFirst', () => {
  const kept = storage();
  const rooms = new Rooms(kept);
  for (let i = 10; i < 23; i++) rooms.visit(`room-${i}`);
  const names = new Rooms(kept).list().map(({ name }) => name);
  assert.equal(names.length, 12);
  assert.ok(!names.includes('room-10'));
});

test('whatSomebodyElseLeftInTheStorageDoesNoHarm', () => {
  for (const text of ['nonsense', '7', 'null', '[7]', '[["<b>","x"]]', '[[7,7]]']) {
    assert.deepEqual(new Rooms(storage({ 'parley.rooms': text })).list(), [], text);
  }
});

test('aStorageThatThrowsRemembersNothing', () => {
  const forbidden = memory(() => {
    throw new Error('forbidden');
  });
  const rooms = new Rooms(forbidden);
  rooms.visit('lobby');
  assert.deepEqual(rooms.list(), [{ name: 'lobby', unread: false }]);
});

test('aRoomNotLookedAtHasNewsOnce', () => {
  const rooms = new Rooms(storage());
  rooms.visit('a');
  assert.equal(rooms.news('chat:a'), true);
  assert.equal(rooms.news('chat:a'), false);
  assert.equal(rooms.news('chat:unknown'), false);
  rooms.visit('a');
  assert.deepEqual(rooms.list(), [{ name: 'a', unread: false }]);
});

test('whatCameWhileNobodyLookedIsAskedFor', () => {
  const line = new Line();
  line.connect();
  const rooms = new Rooms(storage());
  rooms.visit('test');
  rooms.seen('test', 'a-5');
  let changes = 0;
  rooms.follow(line.connection, 'test', () => changes++);
  assert.equal(line.sent.find(({ type }) => type === 'history').after, 'a-5');
  line.answer('history', { type: 'history', messages: [message('a-6')] });
  assert.equal(changes, 1);
  assert.deepEqual(rooms.list(), [{ name: 'test', unread: true }]);
});
