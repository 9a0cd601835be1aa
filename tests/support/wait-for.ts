const STEP_MS = 10;

/** Resolves with the first value of `read` that is not null, undefined or false, asking every `stepMs`. Rejects after `timeoutMs`. */
export async function waitFor<T>(
  read: () => T | Promise<T>,
  timeoutMs = 10_000,
  stepMs = STEP_MS,
): Promise<Exclude<T, null | undefined | false>> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const value = await read();
    if (value !== null && value !== undefined && value !== false) return value as Exclude<T, null | undefined | false>;
    if (performance.now() > deadline) throw new Error(`not so within ${timeoutMs} ms: ${read}`);
    await new Promise((resolve) => setTimeout(resolve, stepMs));
  }
}
