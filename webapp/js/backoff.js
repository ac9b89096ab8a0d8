// @ts-check
/** Whether to come back after a connection has ended, and when. Pure. */

const FIRST = 500; // ms: the longest wait before the first attempt
const LONGEST = 5000; // ms: nobody waits longer than this for a server that is there again

/** Ends that another attempt would only repeat: protocol, kind of data, bad UTF-8, too big. */
const FINAL = new Set([1002, 1003, 1007, 1009]);

/** @type {Record<number, string>} */
const MEANING = {
  1002: 'protocol error',
  1003: 'unsupported data',
  1007: 'invalid text',
  1009: 'message too big',
  4500: 'not allowed',
  4501: 'credentials missing or expired',
  4502: 'removed by an administrator',
  4503: 'too many protocol errors',
};

/**
 * Full jitter: anything between nothing and a limit that doubles with each attempt, so that the many clients of a server that
 * restarts do not come back all at once.
 * @param {number} attempt from 0
 * @param {() => number} random from 0 up to 1
 * @returns {number} ms
 */
export function delay(attempt, random) {
  return Math.round(random() * Math.min(LONGEST, FIRST * 2 ** attempt));
}

/** @param {number} code of a WebSocket close */
export function comesBack(code) {
  return !FINAL.has(code) && (code < 4500 || code > 4999);
}

/**
 * @param {number} code
 * @param {string} reason as the server gave it, may be empty
 */
export function closeText(code, reason) {
  return `${reason || MEANING[code] || 'closed by the server'} (${code})`;
}
