import assert from 'node:assert/strict';
import test from 'node:test';
import { closeText, comesBack, delay } from '../../../webapp/js/backoff.js';

test('theLongestWaitDoublesUpToFiveSeconds', () => {
  const longest = Array.from({ length: 8 }, (_, attempt) => delay(attempt, () => 1));
  assert.deepEqual(longest, [500, 1000, 2000, 4000, 5000, 5000, 5000, 5000]);
  assert.equal(delay(2000, () => 1), 5000);
});

test('theJitterIsFull', () => {
  assert.equal(delay(5, () => 0), 0);
  assert.equal(delay(5, () => 0.25), 1250);
});

test('aClientStopsWhereComingBackWouldOnlyRepeatTheEnd', () => {
  for (const code of [1002, 1003, 1007, 1009, 4500, 4501, 4502, 4503, 4999]) assert.equal(comesBack(code), false, String(code));
});

test('aClientComesBackFromEverythingElse', () => {
  for (const code of [1000, 1001, 1005, 1006, 1011, 1012, 1013, 4000, 4001, 4499]) assert.equal(comesBack(code), true, String(code));
});

test('anEndIsToldInTheServersWordsOrOurs', () => {
  assert.equal(closeText(4502, 'kicked'), 'kicked (4502)');
  assert.equal(closeText(4502, ''), 'removed by an administrator (4502)');
  assert.equal(closeText(4777, ''), 'closed by the server (4777)');
});
