import assert from 'node:assert/strict';
import test from 'node:test';
import { Stream } from '../../../webapp/js/stream.js';

/** The browser's EventSource, driven by hand. */
class Source extends EventTarget {
  static CLOSED = 2;
  static all = [];
  readyState = 0;

  constructor(url) {
    super();
    this.url = url;
    Source.all.push(this);
  }

  close() {
    this.readyState = Source.CLOSED;
  }

  giveUp() {
    this.close();
    this.onerror();
  }
}

function begun(t) {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  globalThis.EventSource = Source;
  Source.all = [];
  const stream = new Stream(() => {}, () => {});
  stream.start('/events?name=ann', 'p-1');
  return stream;
}

const open = () => Source.all.filter(({ readyState }) => readyState !== Source.CLOSED).map(({ url }) => url);

test('aStreamThatWasGivenUpIsBegunAnew', (t) => {
  begun(t);
  Source.all[0].giveUp();
  assert.deepEqual(open(), []);
  t.mock.timers.tick(3_000);
  assert.deepEqual(open(), ['/events?name=ann&after=p-1']);
});

test('aMoveDuringThePauseGoesOnAtTheNewAddress', (t) => {
  const stream = begun(t);
  Source.all[0].giveUp();
  stream.move('/events?name=bob');
  assert.deepEqual(open(), ['/events?name=bob&after=p-1']);
  t.mock.timers.tick(3_000);
  assert.equal(Source.all.length, 2);
});

test('aMoveOpensNothingThatWasStopped', (t) => {
  const stream = begun(t);
  Source.all[0].giveUp();
  stream.stop();
  stream.move('/events?name=bob');
  t.mock.timers.tick(3_000);
  assert.deepEqual(open(), []);
  stream.resume();
  assert.deepEqual(open(), ['/events?name=bob&after=p-1']);
});
