import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { DESK } from './drive/browser.mjs';
import { eventually } from './drive/eventually.mjs';
import { Stage } from './drive/stage.mjs';

const DARK = { ...DESK, colorScheme: 'dark' };

describe('the chat', { concurrency: 1, timeout: 300_000 }, () => {
  const stage = new Stage();

  test('twoWindowsChatAndAThirdReadsTheSameAsEvents', async () => {
    const ann = await stage.open('Ann', 'first');
    const ben = await stage.open('Ben', 'first', DARK);
    const eve = await stage.open('Eve', 'first');
    const said = [];
    const say = async (window, text) => {
      said.push(text);
      await window.say(text);
      for (const one of [ann, ben, eve]) await one.shows(said);
    };
    await say(ann, 'Good morning! Is anyone here?');
    await say(ben, 'Morning. The kettle is on.');
    await say(ann, 'I moved the notes to the shared folder.');
    await say(ann, 'The pictures too. They are large, so give it a minute.');
    await say(ben, 'Found them, thank you.');

    for (const window of [ann, ben, eve]) {
      await window.showsEvents(said);
      assert.deepEqual(await window.pending(), []);
    }
    assert.equal(await ann.page.locator('#messages .mine').count(), 3);
    assert.equal(await eve.page.locator('#messages .mine').count(), 0);
    const positions = (list) => eve.page.$$eval(`${list} > li`, (items) => items.map((item) => item.dataset.position));
    assert.deepEqual(await positions('#events-list'), await positions('#messages'));
    await ann.picture('desk-light');
    await ben.picture('desk-dark');
  });

  test('everybodyComesBackByThemselvesAfterTheServerWasKilled', async () => {
    const ann = await stage.open('Ann', 'killed');
    const ben = await stage.open('Ben', 'killed', DARK);
    const eve = await stage.open('Eve', 'killed');
    const everyone = [ann, ben, eve];
    for (const window of everyone) await window.is('open');
    await ann.say('one');
    await ben.shows(['one']);
    await ben.say('two');
    for (const window of everyone) {
      await window.showsEvents(['one', 'two']);
      await window.shows(['one', 'two']);
      window.away = true;
    }

    await stage.server.kill();
    for (const window of everyone) await window.is('waiting');
    const kept = ['written while the server was away', 'and this after it'];
    for (const text of kept) await ann.say(text);
    assert.deepEqual(await ann.pending(), kept);
    for (const [window, name] of [[ann, 'desk-reconnecting'], [ben, 'desk-reconnecting-dark']]) {
      await window.is('waiting');
      assert.match(await window.page.textContent('#state-text'), /^(Reconnecting in \d+ s|Connecting…)$/);
      await window.picture(name);
    }
    await stage.server.start();

    for (const window of everyone) {
      await window.shows(['one', 'two', ...kept]);
      await window.showsEvents(['one', 'two', ...kept]);
      assert.deepEqual(await window.pending(), []);
      window.away = false;
    }
    await ben.say('three');
    await ann.shows(['one', 'two', ...kept, 'three']);
    await ann.say('four');
    for (const window of everyone) {
      await window.shows(['one', 'two', ...kept, 'three', 'four']);
      await window.showsEvents(['one', 'two', ...kept, 'three', 'four']);
    }
    await ann.picture('desk-back');
    await ben.picture('desk-back-dark');
  });

  test('whatBothWroteWhileTheServerWasAwayIsThereOnceAfterEachOfItsDeaths', async () => {
    const everyone = [await stage.open('Ann', 'storm'), await stage.open('Ben', 'storm')];
    const expected = ['before'];
    await everyone[0].say('before');
    for (const window of everyone) await window.shows(expected); // from here on each knows of something to miss
    for (let death = 1; death <= 2; death++) {
      for (const window of everyone) {
        await window.is('open');
        window.away = true;
      }
      await stage.server.kill();
      for (const window of everyone) await window.is('waiting');
      for (const [i, window] of everyone.entries()) {
        await window.say(`${i} after death ${death}`);
        expected.push(`${i} after death ${death}`);
      }
      await stage.server.start();
      const all = [...expected].sort().join();
      for (const window of everyone) {
        await eventually(`shown is ${all}`, async () => (await window.shown()).sort().join() === all, async () => `but ${await window.shown()}`);
      }
    }
  });

  test('historyIsThereAtOnceAndOlderPagesOnDemand', async () => {
    for (let i = 1; i <= 120; i++) await stage.server.publish('chat:archive', `entry ${i}`);
    const entries = (from) => Array.from({ length: 121 - from }, (_, i) => `entry ${from + i}`);
    const ann = await stage.open('Ann', 'archive');
    await ann.shows(entries(71));
    await ann.showsEvents(entries(101));
    await ann.page.click('#earlier');
    await ann.shows(entries(21));
    await ann.page.click('#earlier');
    await ann.shows(entries(1));
    assert.equal(await ann.page.isVisible('#earlier'), false);
    await stage.server.publish('chat:archive', 'entry 121');
    await ann.shows([...entries(1), 'entry 121']);
    assert.equal(await ann.page.isVisible('#to-end'), true);
    await ann.page.click('#to-end');
    assert.equal(await ann.page.isVisible('#to-end'), false);
  });

  test('aRoomVisitedBeforeTellsOfNewMessages', async () => {
    const ann = await stage.open('Ann', 'here');
    await ann.is('open');
    await ann.page.goto(`${stage.server.url}#there`);
    await ann.page.waitForSelector('#room-list a[aria-current=page][href="#there"]');
    assert.equal(await ann.page.locator('.room.unread').count(), 0);
    await stage.server.publish('chat:here', 'psst');
    await ann.page.waitForSelector('#room-list a.unread[href="#here"]');
    await ann.picture('desk-unread');
    await ann.page.click('#room-list a.unread');
    await ann.shows(['psst']);
    assert.equal(await ann.page.locator('.room.unread').count(), 0);
  });

  test('quickChangesOfRoomShowEachRoomsOwnMessages', async () => {
    await stage.server.publish('chat:red', 'in red');
    await stage.server.publish('chat:blue', 'in blue');
    const ann = await stage.open('Ann', 'red');
    await ann.is('open');
    for (let i = 0; i < 5; i++) {
      await ann.page.evaluate(() => (location.hash = 'blue'));
      await ann.page.evaluate(() => (location.hash = 'red'));
    }
    await ann.shows(['in red']);
    await ann.say('more red');
    await ann.shows(['in red', 'more red']);
    await ann.page.evaluate(() => (location.hash = 'blue'));
    await ann.shows(['in blue']);
  });

  test('aServerThatTurnsSomebodyAwayIsNotAskedAgain', async () => {
    const ann = await stage.open('Ann', 'shut', DESK, (page) =>
      page.routeWebSocket(/\/ws/, (socket) => {
        socket.send('{"type":"connected","session":"s","user":"Ann","heartbeat":15}');
        socket.close({ code: 4502, reason: 'kicked by an administrator' });
      }),
    );
    await ann.is('stopped');
    assert.equal(await ann.page.textContent('#state-text'), 'Not connected: kicked by an administrator (4502)');
    assert.equal(await ann.page.isVisible('#connect'), true);
    await ann.picture('desk-stopped');
  });

  test('whoWritesMoreThanCanWaitIsTold', async () => {
    const ann = await stage.open('Ann', 'silent', DESK, (page) => page.routeWebSocket(/\/ws/, () => {}));
    for (let i = 1; i <= 101; i++) await ann.say(`number ${i}`);
    assert.equal((await ann.pending()).length, 100);
    assert.match(await ann.page.textContent('#text-fault'), /100 messages wait/);
    assert.equal(await ann.page.inputValue('#text'), 'number 101');
  });
});
