import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { DESK, PHONE } from './drive/browser.mjs';
import { eventually } from './drive/eventually.mjs';
import { lowContrast, namelessControls } from './drive/looks.mjs';
import { LOSS, Stage } from './drive/stage.mjs';

describe('the page', { concurrency: 1, timeout: 300_000 }, () => {
  const stage = new Stage('-Dparley.namespace.default.durable=false'); // so that a restart loses something

  test('aPhoneShowsOneThingAtATimeAndNothingSticksOut', async () => {
    const ann = await stage.open('Ann', 'pocket', PHONE);
    await ann.is('open');
    await stage.server.publish('chat:pocket', `${'W'.repeat(400)} and more`);
    await stage.server.publish('chat:pocket', 'Is it still raining over there?');
    await ann.say('On the train. It has stopped; the sky is clearing from the west.');
    await ann.shows([`${'W'.repeat(400)} and more`, 'Is it still raining over there?', 'On the train. It has stopped; the sky is clearing from the west.']);
    await ann.fits();
    await ann.picture('phone');
    await ann.page.tap('#show-rooms');
    assert.equal(await ann.page.isVisible('#chat'), false);
    await ann.fits();
    await ann.picture('phone-rooms');
    await ann.page.tap('#show-events');
    await ann.showsEvents(await ann.shown());
    await ann.fits();
    await ann.picture('phone-events');
    await ann.page.keyboard.press('Escape');
    assert.equal(await ann.page.isVisible('#chat'), true);
    assert.equal(await ann.page.evaluate(() => document.activeElement.id), 'show-events');

    ann.away = true;
    await stage.server.kill();
    await ann.is('waiting');
    await ann.fits();
    await ann.picture('phone-reconnecting');
    const before = await ann.shown();
    await stage.server.start();
    await ann.shows([...before, LOSS]);
    const loss = await ann.page.textContent('.divider');
    assert.match(loss, /could not be recovered/);
    assert.match(loss, /How many messages that is, is not known/);
    await ann.picture('phone-back');
  });

  test('everythingCanBeDoneByKeyboard', async () => {
    const ann = await stage.open('Ann', 'keys');
    await ann.is('open');
    const { keyboard } = ann.page;
    await keyboard.press('Tab');
    assert.equal(await focused(ann), 'skip');
    await keyboard.press('Enter');
    assert.equal(await focused(ann), 'text');
    await keyboard.type('first line');
    await keyboard.press('Shift+Enter');
    await keyboard.type('second line');
    await keyboard.press('Enter');
    await ann.shows(['first line\nsecond line']);

    await tabTo(ann, 'room-name');
    await keyboard.type('a room');
    await keyboard.press('Enter');
    assert.match(await ann.page.textContent('#room-fault'), /letters a–z, digits/);
    assert.equal(await ann.page.getAttribute('#room-name', 'aria-invalid'), 'true');
    await keyboard.press('Control+A');
    await keyboard.type('garden');
    await keyboard.press('Enter');
    await ann.shows([]);
    assert.equal(new URL(ann.page.url()).hash, '#garden');
    assert.equal(await focused(ann), 'text');
    await ann.page.goBack();
    await ann.shows(['first line\nsecond line']);
    await ann.page.goForward();
    await ann.shows([]);

    await tabTo(ann, 'name');
    await keyboard.press('Control+A');
    await keyboard.type('Ann Other');
    await keyboard.press('Enter');
    await ann.is('open');
    await tabTo(ann, 'text');
    await keyboard.type('renamed');
    await keyboard.press('Enter');
    await ann.shows(['renamed']);
    assert.equal(await ann.page.textContent('#messages .from'), 'Ann Other');
  });

  const focused = (window) => window.page.evaluate(() => document.activeElement.id);

  /** Goes on by Tab as far as that element; wherever it stops on the way, one must see it. */
  async function tabTo(window, id) {
    for (let i = 0; i < 30; i++) {
      await window.page.keyboard.press('Tab');
      const { style, width } = await window.page.evaluate(() => {
        const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
        return { style: outlineStyle, width: parseFloat(outlineWidth) };
      });
      const at = await focused(window);
      if (await window.page.evaluate(() => document.activeElement !== document.body)) assert.ok(style !== 'none' && width >= 2, `the focus on ${at} is seen`);
      if (at === id) return;
    }
    assert.fail(`${id} is not reached`);
  }

  test('hostileTextIsTextAndStaysInItsPlace', async () => {
    const name = '<img src=x onerror=alert(1)>\u202e\u2067';
    const hostile = [
      '<script>alert(1)</script><img src=x onerror=alert(2)><a href="javascript:alert(3)">x</a>',
      '\u202egnp.exe \u2067مرحبا\u202d hello',
      'Ż\u0351\u036b\u0343a'.repeat(30) + '\u0321\u0352\u036b'.repeat(200),
      'w'.repeat(15_000),
      'line\n'.repeat(400).trim(),
      '&amp; &lt;b&gt; {{7*7}} ${7*7} %3Cb%3E \u0000\u001b[31m',
      '👩‍👩‍👧‍👧'.repeat(50),
    ];
    for (const options of [DESK, PHONE]) {
      const room = options === DESK ? 'hostile' : 'hostile-phone';
      const ann = await stage.open(name, room, options);
      await ann.is('open');
      for (const text of hostile) await ann.say(text);
      await ann.shows(hostile);
      assert.equal(await ann.page.locator('#messages .text *, #messages .from *').count(), 0);
      assert.deepEqual(new Set(await ann.page.locator('#messages .from').allTextContents()), new Set([name]));
      await ann.fits();
      await ann.page.evaluate(() => (document.querySelector('#scroll').scrollTop = 0));
      await ann.picture(room);
      const boxes = await ann.page.$$eval('#messages > li', (items) => items.map((item) => item.getBoundingClientRect().height));
      assert.ok(Math.max(...boxes) < 500, `no message is higher than it may: ${boxes}`);
    }
  });

  test('aHostileAddressOpensNothingButTheLobby', async () => {
    const ann = await stage.open('Ann', '<img%20src=x%20onerror=alert(1)>');
    await ann.is('open');
    assert.equal(new URL(ann.page.url()).hash, '#lobby');
    assert.match(await ann.page.textContent('#room-fault'), /letters a–z, digits/);
  });

  for (const colorScheme of ['light', 'dark']) {
    test(`everythingHasANameAndContrastIn${colorScheme === 'dark' ? 'TheDark' : 'TheLight'}`, async () => {
      const ann = await stage.open('Ann', 'looks', { ...DESK, colorScheme });
      await ann.is('open');
      for (const text of ['a', 'b', 'c', 'd', 'e', 'f']) await stage.server.publish('chat:looks', text);
      await ann.say('mine');
      await eventually('it is there', async () => (await ann.shown()).includes('mine'));
      assert.deepEqual(await namelessControls(ann.page), []);
      assert.deepEqual(await lowContrast(ann.page), []);
      for (const role of ['log', 'navigation', 'main', 'complementary', 'status']) {
        assert.equal(await ann.page.getByRole(role).count(), 1, role);
      }
      assert.equal(await ann.page.getByRole('log').getAttribute('aria-busy'), 'false');
    });
  }

  test('whoWantsLittleMotionGetsNone', async () => {
    const ann = await stage.open('Ann', 'calm', { ...DESK, reducedMotion: 'reduce' }, (page) => page.routeWebSocket(/\/ws/, () => {}));
    assert.equal(await ann.page.$eval('#state .dot', (dot) => getComputedStyle(dot).animationName), 'none');
  });
});
