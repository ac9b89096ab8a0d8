const DEADLINE = 60_000; // ms: only ends a failing test

/** Waits until something holds, or fails with what it was. */
export async function eventually(what, holds, last = () => '') {
  const end = Date.now() + DEADLINE;
  while (Date.now() < end) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`not within ${DEADLINE / 1000} s: ${what} ${await last()}`);
}
