import type { WriteStream } from 'node:tty';

/** One line on a terminal that says what is going on; nothing at all elsewhere. */
export interface Progress {
  say(line: string): void;
  /** Leaves no trace of it. */
  clear(): void;
}

const CLEAR_LINE = '\r\x1b[2K';
const MIN_GAP_MS = 100;

/** Quiet where nobody watches: in CI, and when the stream is no terminal. */
export function createProgress(
  stream: Pick<WriteStream, 'write' | 'isTTY' | 'columns'>,
  env: NodeJS.ProcessEnv,
): Progress {
  if (!stream.isTTY || env.CI) return { say() {}, clear() {} };
  let saidAt = -Infinity;
  return {
    say(line) {
      const now = performance.now();
      if (now - saidAt < MIN_GAP_MS) return;
      saidAt = now;
      stream.write(CLEAR_LINE + line.slice(0, stream.columns - 1));
    },
    clear() {
      if (saidAt > -Infinity) stream.write(CLEAR_LINE);
      saidAt = -Infinity;
    },
  };
}
