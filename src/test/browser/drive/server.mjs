import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventually } from './eventually.mjs';

const WAR = process.env.PARLEY_WAR ?? fileURLToPath(new URL('../../../../target/parley.war', import.meta.url));
const JAVA = process.env.PARLEY_JAVA ?? 'java';

/** Two thirds of the work of a start, as ParleyCommand has it. */
const SOON_READY = '-XX:TieredStopAtLevel=1';

/** Parley as somebody starts it who has nothing but the WAR. Ends with this process, whatever happens. */
export class Server {
  #process;
  #folder;
  #said = '';
  #options;
  #clear = () => {
    this.#process?.kill('SIGKILL');
    rmSync(this.#folder, { recursive: true, force: true });
  };

  /** On a port that is free now; options are the JVM's. What it stores outlives its death, not the test. */
  static async start(...options) {
    const server = new Server();
    server.#options = options;
    server.port = await freePort();
    server.#folder = mkdtempSync(join(tmpdir(), 'parley-browser-'));
    process.on('exit', server.#clear);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));
    await server.start();
    return server;
  }

  get url() {
    return `http://127.0.0.1:${this.port}/`;
  }

  /** On the same port again. */
  async start() {
    const { PARLEY_WAR, PARLEY_JAVA, ...env } = process.env;
    const args = [SOON_READY, `-Djava.io.tmpdir=${this.#folder}`, `-Dparley.port=${this.port}`, `-Dparley.data=${this.#folder}/data`, ...this.#options, '-jar', WAR];
    this.#process = spawn(JAVA, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.#process.stdout, this.#process.stderr]) stream.on('data', (text) => (this.#said += text));
    await eventually('the server is ready', async () => {
      if (this.#process.exitCode !== null) throw new Error(`the server ended:\n${this.#said}`);
      return (await fetch(`${this.url}health/ready`).catch(() => null))?.status === 200;
    });
  }

  /** As by a power cut: nothing is said to anybody. */
  async kill() {
    const ended = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.kill('SIGKILL');
    await ended;
  }

  async end() {
    if (this.#process.exitCode === null && this.#process.signalCode === null) await this.kill();
    process.off('exit', this.#clear);
    this.#clear();
  }

  /** Publishes as curl would. */
  async publish(channel, text) {
    const url = `${this.url}channels/${encodeURIComponent(channel)}/messages`;
    const answer = await fetch(url, { method: 'POST', headers: { 'Content-Type': 'text/plain; charset=utf-8' }, body: text });
    if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`);
  }
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
