import assert from 'node:assert/strict';
import test from 'node:test';
import { CAPACITY, Outbox } from '../../../webapp/js/outbox.js';
import { Line, message } from './fake/line.mjs';

const CHANNEL = 'chat:test';

function open() {
  const line = new Line();
  const positions = new Set();
  const mine = [];
  let keys = 0;
  const outbox = new Outbox(line.connection, {
    newKey: () => `key-${++keys}`,
    now: line.clock.now,
    shown: (channel, position) => (channel === CHANNEL ? positions.has(position) : undefined),
    mine: (position) => mine.push(position),
    changed: () => {},
  });
  line.connection.onState(({ phase }) => (phase === 'open' ? outbox.flush() : outbox.cut()));
  line.connect();
  const arrive = (one) => {
    positions.add(one.position);
    if (outbox.arrived(one, 'Ann')) mine.push(one.position);
  };
  return { line, outbox, mine, arrive };
}

const states = (outbox) => outbox.of(CHANNEL).map(({ text, state }) => `${text} ${state}`);
const published = (line) => line.sent.filter(({ type }) => type === 'publish').map(({ data, key }) => `${data} ${key}`);
const echo = (position, data) => message(position, data, { from: 'Ann' });

test('aMessageStaysUntilItIsSeenInTheLog', () => {
  const { line, outbox, mine, arrive } = open();
  outbox.add(CHANNEL, 'a');
  assert.deepEqual(states(outbox), ['a sent']);
  line.answer('publish', { type: 'published', position: 'p-1' });
  assert.deepEqual(states(outbox), ['a sent']);
  arrive(echo('p-1', 'a'));
  assert.deepEqual(states(outbox), []);
  assert.deepEqual(mine, ['p-1']);
});

test('anEchoBeforeTheAnswerIsNotShownTwice', () => {
  const { line, outbox, mine, arrive } = open();
  outbox.add(CHANNEL, 'a');
  arrive(echo('p-1', 'a'));
  assert.deepEqual(states(outbox), []);
  assert.deepEqual(mine, []);
  line.answer('publish', { type: 'published', position: 'p-1' });
  assert.deepEqual(mine, ['p-1']);
  assert.equal(outbox.size, 0);
});

test('aMessageOfSomebodyElseWithTheSameNameAndTextIsNotTakenForOurs', () => {
  const { line, outbox, mine, arrive } = open();
  outbox.add(CHANNEL, 'a');
  arrive(echo('p-1', 'a'));
  line.answer('publish', { type: 'published', position: 'p-2' });
  assert.deepEqual(states(outbox), ['a sent']);
  arrive(echo('p-2', 'a'));
  assert.deepEqual(states(outbox), []);
  assert.deepEqual(mine, ['p-2']);
});

test('whatWasNotAnsweredIsSentAgainWithItsKeyAndInOrder', () => {
  const { line, outbox } = open();
  outbox.add(CHANNEL, 'a');
  line.answer('publish', { type: 'published', position: 'p-1' });
  outbox.add(CHANNEL, 'b');
  line.close(1006);
  outbox.add(CHANNEL, 'c');
  assert.deepEqual(states(outbox), ['a sent', 'b waiting', 'c waiting']);
  line.untilNextAttempt();
  line.welcome();
  assert.deepEqual(published(line), ['b key-2', 'c key-3']);
});

test('afterALossWhatHadBeenSeenIsNotSentAgain', () => {
  const { line, outbox, arrive } = open();
  outbox.add(CHANNEL, 'a');
  arrive(echo('p-1', 'a'));
  line.close(1006);
  outbox.lost(CHANNEL);
  line.untilNextAttempt();
  line.welcome();
  assert.deepEqual(published(line), []);
});

test('whatWasAnsweredAndThenLostIsToldAndNotSentAgain', () => {
  const { line, outbox } = open();
  outbox.add(CHANNEL, 'a');
  line.answer('publish', { type: 'published', position: 'p-1' });
  outbox.lost(CHANNEL);
  assert.deepEqual(states(outbox), ['a failed']);
  line.breakAndReturn();
  assert.deepEqual(published(line), []);
});

test('theQueueIsBounded', () => {
  const { line, outbox } = open();
  line.close(1006);
  for (let i = 0; i < CAPACITY; i++) assert.equal(outbox.add(CHANNEL, String(i)), true);
  assert.equal(outbox.add(CHANNEL, 'one too many'), false);
  assert.equal(outbox.size, CAPACITY);
});

test('aRefusalThatMayPassIsTriedAgainWhenTheServerSays', () => {
  const { line, outbox } = open();
  outbox.add(CHANNEL, 'a');
  line.answer('publish', { type: 'error', code: 4010, text: 'too many requests', retry: true, after: 700 });
  assert.deepEqual(states(outbox), ['a waiting']);
  line.clock.pass(699);
  assert.equal(published(line).length, 1);
  line.clock.pass(1);
  assert.deepEqual(published(line), ['a key-1', 'a key-1']);
});

test('aFinalRefusalIsLeftToThePerson', () => {
  const { line, outbox } = open();
  outbox.add(CHANNEL, 'a');
  line.answer('publish', { type: 'error', code: 4005, text: 'too large', retry: false });
  const [entry] = outbox.of(CHANNEL);
  assert.equal(entry.state, 'failed');
  assert.match(entry.why, /too large/);
  line.breakAndReturn();
  assert.deepEqual(published(line), []);
  outbox.again(entry);
  assert.deepEqual(published(line), ['a key-1']);
  outbox.discard(entry);
  assert.equal(outbox.size, 0);
});

test('aKeyOlderThanTheServersMemoryIsNotReliedOn', () => {
  const { line, outbox } = open();
  outbox.add(CHANNEL, 'a');
  line.close(1006);
  line.clock.pass(5 * 60_000);
  line.connection.connect();
  line.welcome();
  assert.deepEqual(states(outbox), ['a failed']);
  assert.deepEqual(published(line), []);
});

test('underANewNameNothingUncertainIsSentAgain', () => {
  const { line, outbox } = open();
  outbox.add(CHANNEL, 'a');
  line.close(1006);
  outbox.add(CHANNEL, 'b');
  outbox.renamed();
  assert.deepEqual(states(outbox), ['a failed', 'b waiting']);
});

test('aMessageOfARoomNotLookedAtIsGoneWithItsAnswer', () => {
  const { line, outbox } = open();
  outbox.add('chat:other', 'a');
  line.answer('publish', { type: 'published', position: 'q-1' });
  assert.equal(outbox.size, 0);
});
