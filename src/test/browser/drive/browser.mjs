import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { chromium } from 'playwright-core';
import { eventually } from './eventually.mjs';

const PICTURES = fileURLToPath(new URL('../../../../target/browser/', import.meta.url));
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** What the browser says of a server that is away. */
const AWAY = /ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_EMPTY_RESPONSE|WebSocket connection to/;

export const DESK = { viewport: { width: 1280, height: 800 } };
export const PHONE = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 };

export class Browser {
  #browser;
  windows = [];

  static async start() {
    mkdirSync(PICTURES, { recursive: true });
    const browser = new Browser();
    browser.#browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });
    return browser;
  }

  /** A window of somebody who shares nothing with the others, on a page. */
  async window(url, name, options = DESK, prepare = async () => {}) {
    const context = await this.#browser.newContext({ locale: 'en-GB', ...options });
    const page = await context.newPage();
    const window = new Window(page, context);
    this.windows.push(window);
    await page.addInitScript((given) => {
      if (localStorage.getItem('parley.name') === null) localStorage.setItem('parley.name', given);
      addEventListener('securitypolicyviolation', (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
    }, name);
    await prepare(page);
    await page.goto(url);
    return window;
  }

  /** Closes the windows of one test; they must have had nothing to complain of. */
  async closeWindows() {
    const windows = this.windows.splice(0);
    await Promise.all(windows.map((window) => window.close()));
    assert.deepEqual(windows.flatMap(({ problems }) => problems), []);
  }

  async end() {
    await this.#browser.close();
  }
}

/** One person's window. */
class Window {
  problems = [];
  #context;
  /** While the server is away, the browser's own complaints of it are no problem. */
  away = false;

  constructor(page, context) {
    this.page = page;
    this.#context = context;
    page.on('pageerror', (error) => this.problems.push(String(error.stack)));
    page.on('dialog', (dialog) => (this.problems.push(`dialog: ${dialog.message()}`), dialog.dismiss()));
    page.on('console', (message) => {
      if (!['error', 'warning'].includes(message.type()) || (this.away && AWAY.test(message.text()))) return;
      this.problems.push(`${message.type()}: ${message.text()}`);
    });
  }

  async close() {
    await this.#context.close();
  }

  async say(text) {
    await this.page.fill('#text', text);
    await this.page.press('#text', 'Enter');
  }

  /** The messages of the log, in the order shown; a note between them as its heading in brackets. */
  shown() {
    return this.page.$$eval('#messages > li', (items) =>
      items.map((item) => item.querySelector(':scope > .text')?.textContent ?? `[${item.querySelector('strong').textContent}]`),
    );
  }

  pending() {
    return this.page.$$eval('#pending .text', (items) => items.map((item) => item.textContent));
  }

  /** The events beside it: their data, or their name where they have one. */
  events() {
    return this.page.$$eval('#events-list > li', (items) =>
      items.map((item) => {
        const fields = Object.fromEntries([...item.querySelectorAll('.line')].map((line) => line.textContent.split(/: (.*)/s)));
        return fields.event ?? JSON.parse(fields.data);
      }),
    );
  }

  async shows(expected) {
    await eventually(`shown are ${JSON.stringify(expected)}`, async () => isDeepStrictEqual(await this.shown(), expected), async () => `but ${JSON.stringify(await this.shown())}`);
  }

  async showsEvents(expected) {
    await eventually(`events are ${JSON.stringify(expected)}`, async () => isDeepStrictEqual(await this.events(), expected), async () => `but ${JSON.stringify(await this.events())}`);
  }

  /** Who is said to be in the room, in the order shown. */
  async isWith(expected) {
    const here = () => this.page.$$eval('#people-list > li', (items) => items.map((item) => item.textContent));
    await eventually(`here are ${expected}`, async () => isDeepStrictEqual(await here(), expected), async () => `but ${await here()}`);
    assert.equal(await this.page.textContent('#people-count'), `${expected.length} here`);
  }

  async is(phase) {
    await eventually(`the connection is ${phase}`, async () => (await this.page.getAttribute('#state', 'data-phase')) === phase);
  }

  async picture(name) {
    await this.page.screenshot({ path: `${PICTURES}${name}.png` });
  }

  /** Nothing is wider than the window. */
  async fits() {
    const wide = await this.page.evaluate(() =>
      [...document.querySelectorAll('body *')]
        .filter((one) => one.checkVisibility() && !one.closest('.unseen, .skip'))
        .filter((one) => one.getBoundingClientRect().right > innerWidth + 0.5 || one.getBoundingClientRect().left < -0.5)
        .map((one) => `${one.tagName}.${one.className} ${one.id}`),
    );
    assert.deepEqual(wide, []);
    assert.ok(await this.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  }
}
