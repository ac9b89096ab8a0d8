import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import test from 'node:test';
import { decode, encode, textOf } from '../../../webapp/js/codec.js';

const FOLDER = new URL('../resources/vectors/', import.meta.url);

for (const file of readdirSync(FOLDER)) {
  const steps = JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8'));
  const heard = steps.filter((step) => step.hear).map((step) => step.hear);

  test(`${file}: whatIsSaidIsOneLineOfJsonWithAllItsMembers`, () => {
    for (const { say } of steps.filter((step) => step.say)) {
      assert.ok(!encode(say).includes('\n'));
      assert.deepEqual(JSON.parse(encode(say)), say);
    }
  });

  test(`${file}: whatIsHeardIsReadWholeAlsoWhenItComesInOneFrame`, () => {
    for (const frame of heard) assert.deepEqual(decode(JSON.stringify(frame)), [frame]);
    assert.deepEqual(decode(heard.map((frame) => JSON.stringify(frame)).join('\n')), heard);
  });

  test(`${file}: messagesAreShownAsText`, () => {
    for (const { data } of heard.filter(({ type }) => type === 'message')) {
      assert.equal(textOf(data), typeof data === 'string' ? data : JSON.stringify(data));
    }
  });
}
