import assert from 'node:assert/strict';
import test from 'node:test';
import { LIMIT, Room } from '../../../webapp/js/room.js';
import { Line, message } from './fake/line.mjs';

/** A room on a line, with all that it showed, in the order shown. */
function enter(history = [], more = false) {
  const line = new Line();
  const shown = [];
  const view = {
    filled: (messages) => shown.push(...messages.map(({ position }) => position)),
    older: (messages) => shown.unshift(...messages.map(({ position }) => position)),
    message: ({ position }) => shown.push(position),
    dropped: (position) => shown.splice(0, shown.indexOf(position) + 1),
    lost: () => shown.push('lost'),
    live: () => {},
    people: () => {},
    refused: (text) => shown.push(`refused ${text}`),
  };
  const room = new Room(line.connection, 'chat:test', view);
  line.connection.onState(({ phase }) => (phase === 'open' ? room.enter() : room.cut()));
  line.connection.onFrame((frame) => frame.type === 'message' && room.take(frame));
  line.connect();
  line.answer('history', { type: 'history', messages: history, more });
  return { line, room, shown };
}

const subscribedAfter = (line) => line.sent.findLast(({ type }) => type === 'subscribe').after;

test('readingGoesOnAfterTheLastOfTheHistory', () => {
  const { line, shown } = enter([message('a-1'), message('a-2')]);
  assert.equal(subscribedAfter(line), 'a-2');
  line.answer('subscribe', { type: 'subscribed', position: 'a-3', recovered: true });
  line.say(message('a-3'));
  assert.deepEqual(shown, ['a-1', 'a-2', 'a-3']);
});

test('anEmptyRoomIsReadFromItsBeginning', () => {
  const { line, shown } = enter();
  assert.equal(subscribedAfter(line), 'earliest');
  line.answer('subscribe', { type: 'subscribed', position: 'a-1' });
  line.say(message('a-1'));
  assert.deepEqual(shown, ['a-1']);
});

test('aRoomThatStayedEmptyStandsAtItsHead', () => {
  const { line } = enter();
  line.answer('subscribe', { type: 'subscribed', position: 'a-0' });
  line.answer('history', { type: 'history', messages: [] });
  line.breakAndReturn();
  assert.equal(subscribedAfter(line), 'a-0');
});

test('aMessageUnderWayWhileAnEmptyRoomIsEnteredIsNotSkipped', () => {
  const { line } = enter();
  line.answer('subscribe', { type: 'subscribed', position: 'a-1' });
  line.answer('history', { type: 'history', messages: [message('a-1')] });
  line.breakAndReturn();
  assert.equal(subscribedAfter(line), 'earliest');
});

test('aReturnAsksForWhatCameAfterTheLastMessageShown', () => {
  const { line, shown } = enter([message('a-1')]);
  line.answer('subscribe', { type: 'subscribed', position: 'a-1', recovered: true });
  line.say(message('a-2'), message('a-3'));
  line.breakAndReturn();
  assert.equal(subscribedAfter(line), 'a-3');
  line.answer('subscribe', { type: 'subscribed', position: 'a-4', recovered: true });
  line.say(message('a-4'));
  assert.deepEqual(shown, ['a-1', 'a-2', 'a-3', 'a-4']);
});

test('aConnectionLostBetweenTheAnswerAndTheMessagesSkipsNone', () => {
  const { line } = enter([message('a-1')]);
  line.answer('subscribe', { type: 'subscribed', position: 'a-9', recovered: true });
  line.breakAndReturn();
  assert.equal(subscribedAfter(line), 'a-1');
});

test('aLossIsToldBeforeWhatIsStillThere', () => {
  const { line, shown } = enter([message('a-1')]);
  line.answer('subscribe', { type: 'subscribed', position: 'a-1', recovered: true });
  line.breakAndReturn();
  line.answer('subscribe', { type: 'subscribed', position: 'b-1', recovered: false });
  line.say(message('b-1'));
  assert.deepEqual(shown, ['a-1', 'lost', 'b-1']);
});

test('aLossIsToldOnceThoughNothingFollows', () => {
  const { line, shown } = enter([message('a-1')]);
  line.answer('subscribe', { type: 'subscribed', position: 'a-1', recovered: true });
  line.breakAndReturn();
  line.answer('subscribe', { type: 'subscribed', position: 'b-0', recovered: false });
  line.answer('history', { type: 'history', messages: [] });
  line.breakAndReturn();
  assert.equal(subscribedAfter(line), 'b-0');
  assert.deepEqual(shown, ['a-1', 'lost']);
});

test('aMessageIsShownOnceHoweverOftenItComes', () => {
  const { line, shown } = enter([message('a-1')]);
  line.answer('subscribe', { type: 'subscribed', position: 'a-1', recovered: true });
  line.say(message('a-1'), message('a-2'), message('a-2'));
  assert.deepEqual(shown, ['a-1', 'a-2']);
});

test('olderPagesGoBeforeTheFirst', () => {
  const { line, room, shown } = enter([message('a-3')], true);
  line.answer('subscribe', { type: 'subscribed', position: 'a-3', recovered: true });
  room.older();
  assert.equal(line.sent.at(-1).before, 'a-3');
  line.answer('history', { type: 'history', messages: [message('a-1'), message('a-2')], more: false });
  assert.deepEqual(shown, ['a-1', 'a-2', 'a-3']);
});

test('theOldestGoWhenTooManyAreShown', () => {
  const { line, room, shown } = enter();
  line.answer('subscribe', { type: 'subscribed', position: 'a-0' });
  for (let i = 1; i <= LIMIT + 2; i++) line.say(message(`a-${i}`));
  assert.equal(shown.length, LIMIT);
  assert.equal(shown[0], 'a-3');
  assert.equal(room.first, 'a-3');
  assert.equal(room.full, true);
});

test('aRoomThatWasLeftShowsNothingMore', () => {
  const { line, room, shown } = enter([message('a-1')]);
  room.leave();
  line.answer('subscribe', { type: 'subscribed', position: 'a-1', recovered: true });
  line.say(message('a-2'));
  assert.deepEqual(shown, ['a-1']);
});

test('aRefusalThatMayPassIsTriedAgain', () => {
  const { line } = enter([message('a-1')]);
  line.answer('subscribe', { type: 'error', code: 4011, text: 'log unreachable', retry: true });
  const before = line.sent.length;
  line.clock.pass(3_000);
  assert.equal(line.sent.length, before + 1);
  assert.equal(subscribedAfter(line), 'a-1');
});

test('aFinalRefusalIsToldAndNotRepeated', () => {
  const { line, shown } = enter([message('a-1')]);
  line.answer('subscribe', { type: 'error', code: 4003, text: 'not permitted', retry: false });
  const before = line.sent.length;
  line.clock.pass(3_000);
  assert.equal(line.sent.length, before);
  assert.deepEqual(shown, ['a-1', 'refused not permitted']);
});
