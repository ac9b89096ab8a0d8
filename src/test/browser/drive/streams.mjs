// Opens many event streams on one page and reads a message from each, and a WebSocket beside them. A program of its own, which a test starts that knows the server:
//     node streams.mjs URL COUNT
// Writes what it saw as JSON.
import { Browser } from './browser.mjs';

const [url, count] = process.argv.slice(2);
const browser = await Browser.start();
const { page } = await browser.window(url, 'Ann', { ignoreHTTPSErrors: true });
const seen = await page.evaluate(async (wanted) => {
  const channels = Array.from({ length: wanted }, () => `streams:${crypto.randomUUID()}`);
  const sources = channels.map((channel) => new EventSource(`events/${channel}`));
  await Promise.all(sources.map((source) => new Promise((resolve) => source.addEventListener('open', resolve, { once: true }))));
  const messages = Promise.all(sources.map((source) => new Promise((resolve) => source.addEventListener('message', ({ data }) => resolve(JSON.parse(data)), { once: true }))));
  const headers = { 'Content-Type': 'application/json' };
  for (const channel of channels) await fetch(`channels/${channel}/messages`, { method: 'POST', headers, body: JSON.stringify(channel) });
  const heard = await messages;
  const address = new URL('ws', location.href);
  address.protocol = address.protocol.replace('http', 'ws');
  const socket = new WebSocket(address, 'parley.v1');
  const first = await new Promise((resolve, reject) => {
    socket.addEventListener('message', ({ data }) => resolve(JSON.parse(data)), { once: true });
    socket.addEventListener('close', ({ code }) => reject(new Error(`closed with ${code}`)), { once: true });
  });
  for (const source of sources) source.close();
  const [page] = performance.getEntriesByType('navigation');
  return { heard: heard.filter((text, i) => text === channels[i]).length, protocol: page.nextHopProtocol, socket: first.type };
}, Number(count));
await browser.end();
process.stdout.write(JSON.stringify(seen));
