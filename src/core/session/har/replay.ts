import { apply, type LogInput } from '../../log.ts';
import type { Log } from '../../state.ts';
import type { TimedInputs } from './inputs.ts';

/** Applies the inputs of many entries to a log in order of time, as if they came live. */
export interface Replay {
  /** One more entry's inputs; those of others that are due before `from` are applied first. */
  add(inputs: TimedInputs, from: number): void;
  /** Applies what is left and settles what waits. */
  finish(): void;
}

/** The recorder looks at what waits twice a second; so does this, of the log's time. */
const TICK_MS = 500;

interface Cursor {
  next: LogInput;
  rest: TimedInputs;
}

export function createReplay(log: Log): Replay {
  /** A binary heap, the earliest on top. */
  const heap: Cursor[] = [];
  let tickedAt = log.now;

  function take(input: LogInput): void {
    // Entries of an unsorted file may come late; the log's time does not go back.
    const at = Math.max(input.at, log.now);
    if (at - tickedAt >= TICK_MS) {
      tickedAt = at;
      apply(log, { kind: 'tick', at });
    }
    apply(log, at === input.at ? input : { ...input, at });
  }

  function push(cursor: Cursor): void {
    let i = heap.push(cursor) - 1;
    for (let up = (i - 1) >> 1; i > 0 && heap[up]!.next.at > cursor.next.at; up = (i - 1) >> 1) {
      heap[i] = heap[up]!;
      heap[up] = cursor;
      i = up;
    }
  }

  function pop(): Cursor {
    const top = heap[0]!;
    const last = heap.pop()!;
    if (heap.length === 0) return top;
    let i = 0;
    for (;;) {
      let down = 2 * i + 1;
      if (down + 1 < heap.length && heap[down + 1]!.next.at < heap[down]!.next.at) down++;
      if (down >= heap.length || heap[down]!.next.at >= last.next.at) break;
      heap[i] = heap[down]!;
      i = down;
    }
    heap[i] = last;
    return top;
  }

  function advanceTo(at: number): void {
    while (heap.length > 0 && heap[0]!.next.at < at) {
      const { next, rest } = pop();
      take(next);
      const following = rest.next();
      if (!following.done) push({ next: following.value, rest });
    }
  }

  return {
    add(inputs, from) {
      advanceTo(from);
      const first = inputs.next();
      if (!first.done) push({ next: first.value, rest: inputs });
    },
    finish() {
      advanceTo(Infinity);
      apply(log, { kind: 'finish', at: log.now });
    },
  };
}
