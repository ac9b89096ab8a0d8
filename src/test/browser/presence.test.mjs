import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { DESK, PHONE } from './drive/browser.mjs';
import { Stage } from './drive/stage.mjs';

describe('who is in the room', { concurrency: 1, timeout: 300_000 }, () => {
  const stage = new Stage('-Dparley.heartbeat=1s', '-Dparley.presence-grace=500ms');

  /** Lets people read a room, until it is aborted. */
  async function join(room, names) {
    const control = new AbortController();
    const url = (name) => `${stage.server.url}events/chat:${room}?name=${encodeURIComponent(name)}`;
    await Promise.all(names.map((name) => fetch(url(name), { signal: control.signal })));
    return control;
  }

  test('whoIsInTheRoomIsSeenByNameAndLive', async () => {
    const ann = await stage.open('Ann', 'company');
    await ann.isWith(['Ann (you)']);
    const ben = await stage.open('Ben', 'company', { ...DESK, colorScheme: 'dark' });
    const eve = await stage.open('Eve', 'company');
    await ann.isWith(['Ann (you)', 'Ben', 'Eve']);
    await ben.isWith(['Ben (you)', 'Ann', 'Eve']);
    assert.equal((await ann.page.textContent('#people-names')).replace(/[\u2068\u2069]/g, ''), ': Ann (you), Ben, Eve');
    await ann.page.getByText('3 here').click();
    assert.equal(await ann.page.getByRole('list', { name: 'People in this room' }).getByRole('listitem').count(), 3);
    await ann.picture('desk-people');

    await eve.page.fill('#name', 'Evelyn');
    await eve.page.press('#name', 'Enter');
    await ann.isWith(['Ann (you)', 'Ben', 'Evelyn']);
    await ben.page.evaluate(() => (location.hash = 'elsewhere'));
    await ben.isWith(['Ben (you)']);
    await eve.page.close();
    await ann.isWith(['Ann (you)', 'Ben']); // who has been here listens on
  });

  test('onAPhoneTheNamesAreALineThatOpens', async () => {
    const ann = await stage.open('Ann', 'pocket', PHONE);
    await ann.isWith(['Ann (you)']);
    const names = ['W'.repeat(64), ...Array.from({ length: 12 }, (_, i) => `Somebody ${String(i).padStart(2, '0')}`)];
    const others = await join('pocket', names);
    await ann.isWith(['Ann (you)', ...names.slice(1), names[0]]);
    await ann.fits();
    await ann.picture('phone-people');
    await ann.page.tap('#people summary');
    await ann.fits();
    await ann.picture('phone-people-open');
    others.abort();
    await ann.isWith(['Ann (you)']);
  });

  test('aNameIsTextAndInALargeRoomTheOthersAreCounted', async () => {
    const ann = await stage.open('Ann', 'crowd');
    await ann.isWith(['Ann (you)']);
    const hostile = '<img src=x onerror=alert(1)>\u202e';
    const names = [hostile, ...Array.from({ length: 120 }, (_, i) => `Member ${i}`)];
    const others = await join('crowd', names);
    await ann.page.getByText('122 here').waitFor();
    assert.ok((await ann.page.$$eval('#people-list bdi', (items) => items.map((item) => item.textContent))).includes(hostile));
    const late = await stage.open('Late', 'crowd');
    await late.page.getByText('123 here').waitFor();
    assert.equal(await late.page.textContent('#people-list li:last-child'), 'and 22 more');
    await late.page.click('#people summary');
    await late.picture('desk-people-many');
    others.abort();
    await ann.isWith(['Ann (you)', 'Late']);
  });
});
