import type { ServerResponse } from 'node:http';
import type { ServerEvent } from '../history.ts';
import { type BodyWriter, startBody } from '../http/body-writer.ts';
import { HttpError } from '../http/errors.ts';
import { numberParam } from '../http/params.ts';
import { resetReply } from '../http/reset.ts';
import type { Run } from '../run.ts';
import { sinceRange } from './events-reply.ts';

/** What may wait for one client that does not read, before it is cut off. */
export const MAX_QUEUED_BYTES = 1024 * 1024;

/** Where a stream resumes: Last-Event-ID, else `since`, else null (only what is new). @throws HttpError 400 */
export function resumePoint(run: Run, params: URLSearchParams, lastEventId?: string | string[]): number | null {
  if (typeof lastEventId === 'string' && lastEventId !== '') {
    const seq = lastEventId.startsWith(`${run.id}-`) ? Number(lastEventId.slice(run.id.length + 1)) : Number.NaN;
    if (!Number.isSafeInteger(seq) || seq < 0) {
      throw new HttpError(400, `"Last-Event-ID" is not the id of an event of run ${run.id}`, 'Last-Event-ID');
    }
    return seq;
  }
  return params.has('since') ? numberParam(params, 'since', sinceRange) : null;
}

/** An event in the bytes a stream sends for it, made once for all its subscribers. */
export function createFormat(format: (event: ServerEvent) => string | Buffer): (event: ServerEvent) => Buffer {
  const made = new WeakMap<ServerEvent, Buffer>();
  return (event) => {
    const known = made.get(event);
    if (known) return known;
    const formatted = format(event);
    const bytes = typeof formatted === 'string' ? Buffer.from(formatted) : formatted;
    made.set(event, bytes);
    return bytes;
  };
}

/**
 * A response that never ends, fed by a run's events in the given format. It plays the faults of streams (a buffering
 * proxy, a reset) and cuts off a client that does not read.
 */
export function createStream(
  run: Run,
  technique: 'sse' | 'http-stream',
  reply: ServerResponse,
  format: (event: ServerEvent) => Buffer,
) {
  const { bufferForMs, resetAfterBytes } = run.faults;
  const timers: NodeJS.Timeout[] = [];
  let held: Buffer[] = [];
  let body: BodyWriter | null = bufferForMs === 0 ? startBody(reply) : null;
  let writtenBytes = 0;
  let waitingWrites = 0;
  let unsubscribe = () => {};
  const taken = (): void => {
    waitingWrites -= 1;
  };

  function send(content: Buffer): void {
    body ??= startBody(reply);
    writtenBytes += content.length;
    if (resetAfterBytes > 0 && writtenBytes >= resetAfterBytes) {
      unsubscribe();
      body(content.subarray(0, content.length + resetAfterBytes - writtenBytes), () => resetReply(reply));
      return;
    }
    waitingWrites += 1;
    body(content, taken);
    if (waitingWrites > 0 && reply.writableLength > MAX_QUEUED_BYTES) cutOff();
  }

  function write(content: Buffer): void {
    if (bufferForMs === 0) send(content);
    else held.push(content);
  }

  function releaseHeld(): void {
    if (held.length > 0) send(Buffer.concat(held));
    held = [];
  }

  function cutOff(): void {
    unsubscribe();
    run.ledger.cutOff(technique, waitingWrites);
    reply.destroy();
  }

  reply.on('close', () => {
    unsubscribe();
    for (const timer of timers) clearInterval(timer);
  });
  if (bufferForMs > 0) timers.push(setInterval(releaseHeld, bufferForMs));

  return {
    write,
    /** Sends the events missed, then each new one as it comes. */
    follow(missed: ServerEvent[]): void {
      for (const event of missed) write(format(event));
      unsubscribe = run.subscribe((event) => write(format(event)));
    },
    after(delayMs: number, action: () => void): void {
      timers.push(setTimeout(action, delayMs));
    },
    every(intervalMs: number, action: () => void): void {
      timers.push(setInterval(action, intervalMs));
    },
  };
}
