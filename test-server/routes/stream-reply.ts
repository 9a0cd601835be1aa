import type { ServerResponse } from 'node:http';
import type { ServerEvent } from '../history.ts';
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

/**
 * A response that never ends, fed by a run's events in the given format. It plays the faults of streams (a buffering
 * proxy, a reset) and cuts off a client that does not read.
 */
export function createStream(
  run: Run,
  technique: 'sse' | 'http-stream',
  reply: ServerResponse,
  format: (event: ServerEvent) => string,
) {
  const { bufferForMs, resetAfterBytes } = run.faults;
  const timers: NodeJS.Timeout[] = [];
  let heldText = '';
  let writtenBytes = 0;
  let waitingWrites = 0;
  let unsubscribe = () => {};

  function send(text: string): void {
    writtenBytes += text.length;
    if (resetAfterBytes > 0 && writtenBytes >= resetAfterBytes) {
      unsubscribe();
      reply.write(text.slice(0, text.length + resetAfterBytes - writtenBytes), () => resetReply(reply));
      return;
    }
    waitingWrites += 1;
    reply.write(text, () => {
      waitingWrites -= 1;
    });
    if (reply.writableLength > MAX_QUEUED_BYTES) cutOff();
  }

  function write(text: string): void {
    if (bufferForMs === 0) send(text);
    else heldText += text;
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
  if (bufferForMs === 0) reply.flushHeaders();
  else {
    timers.push(
      setInterval(() => {
        if (heldText) send(heldText);
        heldText = '';
      }, bufferForMs),
    );
  }

  return {
    write,
    /** Sends the events missed, then each new one as it comes. */
    follow(missed: ServerEvent[]): void {
      for (const event of missed) write(format(event));
      unsubscribe = run.subscribe((event) => write(format(event)));
    },
    every(intervalMs: number, action: () => void): void {
      timers.push(setInterval(action, intervalMs));
    },
  };
}
