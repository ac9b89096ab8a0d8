import assert from 'node:assert/strict';
import test from 'node:test';
import { decode, encode, textOf } from '../../../webapp/js/codec.js';

test('aCommandIsOneLineWhateverItHolds', () => {
  const command = { type: 'publish', channel: 'chat:a', data: 'two\nlines\u2028and "quotes"', id: 7 };
  const text = encode(command);
  assert.ok(!text.includes('\n'));
  assert.deepEqual(JSON.parse(text), command);
});

test('aFrameHoldsOneObjectALine', () => {
  assert.deepEqual(decode('{"type":"ping"}\n{"type":"message","data":1}\n'), [{ type: 'ping' }, { type: 'message', data: 1 }]);
});

test('whatIsNoObjectWithATypeIsLeftOut', () => {
  assert.deepEqual(decode('\nnonsense\n[]\nnull\n7\n{"type":7}\n{}\n{"type":"ping","new":true}'), [{ type: 'ping', new: true }]);
});

test('textIsShownAsItIsAndTheRestAsJson', () => {
  assert.equal(textOf('<b>"a"</b>'), '<b>"a"</b>');
  assert.equal(textOf({ a: [1, null] }), '{"a":[1,null]}');
  assert.equal(textOf(null), 'null');
  assert.equal(textOf(0), '0');
});

test('binaryDataIsShownByItsKindAndSize', () => {
  assert.equal(textOf({ $binary: 'AAECAw==', type: 'image/png' }), '[image/png, 4 bytes]');
  assert.equal(textOf({ $binary: '' }), '[binary, 0 bytes]');
  assert.equal(textOf({ $binary: 7 }), '{"$binary":7}');
});
