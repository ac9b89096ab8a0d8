import { Connection } from '../../../../webapp/js/connection.js';
import { Clock } from './clock.mjs';

/** A connection of which the test holds the server's end. */
export class Line {
  clock = new Clock();
  /** Every WebSocket that was opened, the newest last. */
  sockets = [];
  states = [];
  frames = [];
  random = 0.5;

  connection = new Connection({
    url: () => `ws://test/ws?${this.sockets.length}`,
    open: (url) => this.#open(url),
    now: this.clock.now,
    random: () => this.random,
    setTimer: this.clock.setTimer,
    clearTimer: this.clock.clearTimer,
  });

  constructor() {
    this.connection.onState((state) => this.states.push(state));
    this.connection.onFrame((frame) => this.frames.push(frame));
  }

  #open(url) {
    const socket = { url, sent: [], closed: false, send: (text) => socket.sent.push(JSON.parse(text)), close: () => (socket.closed = true) };
    this.sockets.push(socket);
    return socket;
  }

  get socket() {
    return this.sockets.at(-1);
  }

  /** The commands sent over the newest socket. */
  get sent() {
    return this.socket.sent;
  }

  /** One text frame from the server, with these objects on a line each. */
  say(...frames) {
    this.socket.onmessage({ data: frames.map((frame) => JSON.stringify(frame)).join('\n') });
  }

  /** Answers the newest command of that type. */
  answer(type, frame) {
    const { id, channel } = this.sent.findLast((command) => command.type === type);
    this.say({ re: id, channel, ...frame });
  }

  connect() {
    this.connection.connect();
    this.welcome();
  }

  welcome() {
    this.say({ type: 'connected', session: 's', user: 'u', heartbeat: 15, server: 'test' });
  }

  /** The server closes. */
  close(code, reason = '') {
    this.socket.onclose({ code, reason });
  }

  /** Lets time pass until the client tries again. */
  untilNextAttempt() {
    this.clock.pass(this.connection.state.until - this.clock.now());
  }

  /** Breaks off, and lets the client come back. */
  breakAndReturn() {
    this.close(1006);
    this.untilNextAttempt();
    this.welcome();
  }
}

/** A message as the server sends it. */
export const message = (position, data = position, more = {}) => ({ type: 'message', channel: 'chat:test', position, data, time: 1, ...more });
