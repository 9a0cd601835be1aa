import { type PageEvent, PROTOCOL_VERSION } from '../../../protocol.ts';
import { apply, type LogInput } from '../../log.ts';
import type { Log } from '../../state.ts';
import type { Step, Story } from './stories.ts';

/** Applies the stories of many entries to a log in order of time, as if they happened now. */
export interface Replay {
  /** One more entry's story; what is due of others before `from` is applied first. */
  add(story: Story, from: number): void;
  /** Applies what is left and settles what waits. */
  finish(): void;
}

/** The recorder looks at what waits twice a second; so does this, of the log's time. */
const TICK_MS = 500;
/** Events of a story applied at a time. */
const MAX_EVENTS = 1000;

interface Cursor extends Story {
  next: Step;
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
      const cursor = pop();
      const until = Math.min(at, heap[0]?.next.at ?? Infinity, cursor.next.at + TICK_MS);
      if (takeFrom(cursor, until)) push(cursor);
    }
  }

  /** Applies the next step, and with it all events that come before anybody else's turn; false at the end of the story. */
  function takeFrom(cursor: Cursor, until: number): boolean {
    const first = cursor.next;
    if (first.kind === 'entry') {
      take(first);
      return goOn(cursor);
    }
    const events = [first];
    let more = goOn(cursor);
    for (; more && cursor.next.at < until && events.length < MAX_EVENTS; more = goOn(cursor)) {
      if (cursor.next.kind === 'entry') break;
      events.push(cursor.next);
    }
    take(batchOf(cursor.documentKey, events));
    return more;
  }

  function goOn(cursor: Cursor): boolean {
    const step = cursor.steps.next();
    if (!step.done) cursor.next = step.value;
    return !step.done;
  }

  return {
    add(story, from) {
      advanceTo(from);
      const first = story.steps.next();
      if (!first.done) push({ ...story, next: first.value });
    },
    finish() {
      advanceTo(Infinity);
      apply(log, { kind: 'finish', at: log.now });
    },
  };
}

/** Events carry wall time: the monotonic clock of such a document is the wall clock. */
export const batchOf = (documentKey: string, events: PageEvent[]): LogInput => ({
  kind: 'batch',
  documentKey,
  batch: { v: PROTOCOL_VERSION, wallAt: 0, monoAt: 0, base: '', dropped: 0, events },
  rejected: 0,
  at: events.at(-1)!.at,
});
