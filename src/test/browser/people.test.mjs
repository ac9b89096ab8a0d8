import assert from 'node:assert/strict';
import test from 'node:test';
import { People } from '../../../webapp/js/people.js';
import { Room } from '../../../webapp/js/room.js';
import { Line, message } from './fake/line.mjs';

const member = (user, sessions = 1) => ({ user, sessions });

test('namesAreInTheirOrderHoweverTheyCame', () => {
  const people = new People([member('Eve'), member('Ann')], 2);
  people.joined(member('Ben'), 3);
  assert.deepEqual(people.names, ['Ann', 'Ben', 'Eve']);
  assert.equal(people.count, 3);
  people.left(member('Ann', 0), 2);
  assert.deepEqual(people.names, ['Ben', 'Eve']);
  assert.equal(people.count, 2);
});

test('inALargeRoomThoseWithoutANameHereAreCounted', () => {
  const people = new People([member('Ann'), member('Ben')], 1000);
  people.left(member('Zoe', 0), 999);
  assert.equal(people.count, 999);
  people.joined(member('Zoe'), 1000);
  assert.deepEqual([people.count, people.names.length], [1000, 3]);
});

/** A room in which Ann and others are. */
function enter(members, count) {
  const line = new Line();
  const seen = [];
  const ignored = () => {};
  const view = { filled: ignored, older: ignored, message: ignored, dropped: ignored, lost: ignored, live: ignored, refused: ignored };
  const room = new Room(line.connection, 'chat:test', { ...view, people: (people) => seen.push(people && [people.count, ...people.names]) });
  line.connection.onState(({ phase }) => (phase === 'open' ? room.enter() : room.cut()));
  line.connection.onFrame((frame) => ['joined', 'left', 'presence'].includes(frame.type) && room.presence(frame));
  line.connect();
  line.answer('history', { type: 'history', messages: [message('a-1')] });
  line.answer('subscribe', { type: 'subscribed', position: 'a-1', members, count });
  return { line, room, seen };
}

test('aRoomTellsWhoIsThereAndEachChange', () => {
  const { line, seen } = enter([member('Ann')], 1);
  assert.equal(line.sent.findLast(({ type }) => type === 'subscribe').presence, true);
  line.say({ type: 'joined', channel: 'chat:test', member: member('Ben'), count: 2 });
  line.say({ type: 'left', channel: 'chat:test', member: member('Ben', 0), count: 1 });
  assert.deepEqual(seen.slice(-3), [[1, 'Ann'], [2, 'Ann', 'Ben'], [1, 'Ann']]);
});

test('whileTheConnectionIsAwayNobodyKnowsWhoIsThere', () => {
  const { line, seen } = enter([member('Ann')], 1);
  line.close(1006);
  assert.equal(seen.at(-1), undefined);
  line.untilNextAttempt();
  line.welcome();
  line.answer('subscribe', { type: 'subscribed', position: 'a-1', recovered: true, members: [member('Ann'), member('Ben')], count: 2 });
  assert.deepEqual(seen.at(-1), [2, 'Ann', 'Ben']);
});

test('whereOnlyTheCountIsToldTheNamesAreAskedForOnceInAWhile', () => {
  const { line, seen } = enter([member('Ann')], 1);
  const asked = () => line.sent.filter(({ type }) => type === 'presence').length;
  for (const count of [500, 700, 900]) line.say({ type: 'presence', channel: 'chat:test', count });
  assert.deepEqual(seen.at(-1), [900, 'Ann']);
  assert.equal(asked(), 0);
  line.clock.pass(2_000);
  assert.equal(asked(), 1);
  line.answer('presence', { type: 'presence', members: [member('Ann'), member('Ben')], count: 901 });
  assert.deepEqual(seen.at(-1), [901, 'Ann', 'Ben']);
  line.say({ type: 'presence', channel: 'chat:test', count: 902 });
  line.clock.pass(2_000);
  assert.equal(asked(), 2);
});

test('aRoomThatWasLeftTellsNothing', () => {
  const { line, room, seen } = enter([member('Ann')], 1);
  line.say({ type: 'presence', channel: 'chat:test', count: 5 });
  room.leave();
  const before = seen.length;
  line.clock.pass(2_000);
  assert.equal(seen.length, before);
});
