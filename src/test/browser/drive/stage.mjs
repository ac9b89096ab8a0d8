import { after, afterEach, before } from 'node:test';
import { Browser } from './browser.mjs';
import { Server } from './server.mjs';

/** What a message list has where the page tells of a loss. */
export const LOSS = '[Messages may be missing here]';

/** One server and one browser for the tests of a suite; each test has windows of its own. Nothing is left of them. */
export class Stage {
  /** @param {string[]} options of the server's JVM */
  constructor(...options) {
    before(async () => {
      this.server = await Server.start(...options);
      this.browser = await Browser.start();
    });
    afterEach(() => this.browser.closeWindows());
    after(async () => {
      await this.browser?.end();
      await this.server?.end();
    });
  }

  /** A window on a room. */
  open(name, room, options, prepare) {
    return this.browser.window(`${this.server.url}#${room}`, name, options, prepare);
  }
}
