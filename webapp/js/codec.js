// @ts-check
/** parley.v1 as text: commands out, frames in. Pure. */

/**
 * One entry of a channel's log.
 * @typedef {object} Message
 * @property {string} channel
 * @property {string} position opaque; names this entry on every transport
 * @property {unknown} data any JSON value; a plain string is what people write
 * @property {string} [event]
 * @property {string} [from] a nickname: whoever likes may use it
 * @property {number} time ms since 1970, by the server's clock
 */

/**
 * A user on a channel, however often connected.
 * @typedef {{ user: string, sessions: number }} Member
 */

/**
 * What the server says. Which members are there depends on `type`.
 * @typedef {object} Frame
 * @property {string} type
 * @property {number} [re] the id of the command that this answers
 * @property {string} [channel]
 * @property {string} [position]
 * @property {boolean} [recovered]
 * @property {Message[]} [messages]
 * @property {boolean} [more]
 * @property {Member[]} [members] some of those who are there
 * @property {Member} [member] who came or left
 * @property {number} [count] of all who are there
 * @property {number} [heartbeat] seconds
 * @property {number} [code]
 * @property {string} [text]
 * @property {string} [detail]
 * @property {boolean} [retry]
 * @property {number} [after] ms
 * @property {number|false} [reconnect] ms
 */

/** @typedef {{ type: string, channel: string } & Record<string, unknown>} Command */

/** @param {Command & { id: number }} command */
export const encode = (command) => JSON.stringify(command);

/**
 * Takes a text frame apart: one object a line. What is no object with a type is left out.
 * @param {string} text
 * @returns {Frame[]}
 */
export function decode(text) {
  const frames = [];
  for (const line of text.split('\n')) {
    try {
      const frame = JSON.parse(line);
      if (typeof frame?.type === 'string') frames.push(frame);
    } catch {
      // An empty line, or something of a later version that is not for us.
    }
  }
  return frames;
}

/**
 * A message's data as people read it.
 * @param {unknown} data
 */
export function textOf(data) {
  if (typeof data === 'string') return data;
  const binary = /** @type {{ $binary?: unknown, type?: unknown } | null} */ (data)?.$binary;
  if (typeof binary !== 'string') return JSON.stringify(data);
  const bytes = Math.floor((binary.replace(/=+$/, '').length * 3) / 4);
  const { type } = /** @type {{ type?: unknown }} */ (data);
  return `[${typeof type === 'string' ? type : 'binary'}, ${bytes} bytes]`;
}
