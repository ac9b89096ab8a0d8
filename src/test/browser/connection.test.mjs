import assert from 'node:assert/strict';
import test from 'node:test';
import { Line } from './fake/line.mjs';

const phases = (line) => line.states.map(({ phase }) => phase);

test('aConnectionIsOpenOnceTheServerHasSaidSo', () => {
  const line = new Line();
  line.connection.connect();
  assert.equal(line.connection.call({ type: 'history', channel: 'a' }), false);
  line.welcome();
  assert.deepEqual(phases(line), ['connecting', 'open']);
  assert.equal(line.connection.call({ type: 'history', channel: 'a' }), true);
});

test('anAnswerIsTakenBeforeWhatFollowsItInTheSameFrame', () => {
  const line = new Line();
  line.connect();
  const order = [];
  line.connection.onFrame(({ type }) => order.push(type));
  line.connection.call({ type: 'subscribe', channel: 'a' }, () => order.push('answer'));
  line.say({ type: 'subscribed', re: line.sent[0].id }, { type: 'message' });
  assert.deepEqual(order, ['answer', 'message']);
});

test('anErrorRefusesItsCommandAndIsNoFrameForOthers', () => {
  const line = new Line();
  line.connect();
  const refused = [];
  line.connection.call({ type: 'publish', channel: 'a' }, assert.fail, ({ code }) => refused.push(code));
  line.answer('publish', { type: 'error', code: 4003 });
  assert.deepEqual(refused, [4003]);
  assert.deepEqual(line.frames.map(({ type }) => type), ['connected']);
});

test('aBrokenConnectionComesBackWithGrowingWaits', () => {
  const line = new Line();
  line.connection.connect();
  const waits = [];
  for (let i = 0; i < 4; i++) {
    line.close(1006);
    const wait = line.connection.state.until - line.clock.now();
    waits.push(wait);
    line.clock.pass(wait - 1);
    assert.equal(line.sockets.length, i + 1);
    line.clock.pass(1);
    assert.equal(line.sockets.length, i + 2);
  }
  assert.deepEqual(waits, [250, 500, 1000, 2000]);
});

test('aConnectionThatHeldForAWhileBeginsBackOffAnew', () => {
  const line = new Line();
  line.connection.connect();
  for (let i = 0; i < 5; i++) {
    line.close(1006);
    line.untilNextAttempt();
  }
  line.welcome();
  line.clock.pass(10_001);
  line.close(1006);
  assert.equal(line.connection.state.until - line.clock.now(), 250);
});

test('aConnectionClosedAtOnceAgainDoesNotBeginAnew', () => {
  const line = new Line();
  line.connect();
  line.close(4000);
  line.untilNextAttempt();
  line.welcome();
  line.close(4000);
  assert.equal(line.connection.state.until - line.clock.now(), 500);
});

test('silenceOfTwoHeartbeatsEndsAConnectionAndASignOfLifeKeepsIt', () => {
  const line = new Line();
  line.connect();
  line.clock.pass(29_000);
  line.say({ type: 'ping' });
  line.clock.pass(29_000);
  assert.equal(line.connection.state.phase, 'open');
  line.clock.pass(1_000);
  assert.equal(line.connection.state.phase, 'waiting');
  assert.equal(line.socket.closed, true);
});

test('aServerThatNeverWelcomesIsGivenUp', () => {
  const line = new Line();
  line.connection.connect();
  line.clock.pass(10_000);
  assert.deepEqual(phases(line), ['connecting', 'waiting']);
});

test('aFinalCloseStopsAndSaysWhy', () => {
  const line = new Line();
  line.connect();
  line.close(4502, 'be kind');
  assert.deepEqual(line.connection.state, { phase: 'stopped', text: 'be kind (4502)' });
  assert.equal(line.clock.pending, 0);
});

test('theTimeToComeBackThatTheServerGaveIsKept', () => {
  const line = new Line();
  line.connect();
  line.say({ type: 'closing', code: 1012, text: 'restart', reconnect: 7300 });
  line.close(1012);
  assert.equal(line.connection.state.until - line.clock.now(), 7300);
});

test('aServerThatWantsNobodyBackIsLeftAlone', () => {
  const line = new Line();
  line.connect();
  line.say({ type: 'closing', code: 1012, text: 'gone for good', reconnect: false });
  line.close(1012, 'gone for good');
  assert.deepEqual(line.connection.state, { phase: 'stopped', text: 'gone for good (1012)' });
});

test('aCheckCutsAWaitShort', () => {
  const line = new Line();
  line.connect();
  line.close(1006);
  line.connection.check({ type: 'history', channel: 'a' });
  assert.equal(line.connection.state.phase, 'connecting');
  line.clock.pass(1_000);
  assert.equal(line.sockets.length, 2);
});

test('aCheckOfAnOpenConnectionWantsAnAnswerSoon', () => {
  const dead = new Line();
  dead.connect();
  dead.connection.check({ type: 'history', channel: 'a' });
  dead.clock.pass(5_000);
  assert.equal(dead.connection.state.phase, 'waiting');

  const alive = new Line();
  alive.connect();
  alive.connection.check({ type: 'history', channel: 'a' });
  alive.answer('history', { type: 'history', messages: [] });
  alive.clock.pass(5_000);
  assert.equal(alive.connection.state.phase, 'open');
});

test('whatAnOldConnectionStillSaysIsNotHeard', () => {
  const line = new Line();
  line.connect();
  const old = line.socket;
  line.connection.connect();
  assert.equal(old.onmessage, null);
  assert.equal(old.onclose, null);
  assert.equal(old.closed, true);
});

test('whatWasPutOffIsForgottenWithItsConnection', () => {
  const line = new Line();
  line.connect();
  line.connection.later(100, assert.fail);
  line.close(1006);
  line.clock.pass(1_000);
});
