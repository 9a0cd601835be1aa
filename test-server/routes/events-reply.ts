import type { ServerResponse } from 'node:http';
import type { ServerEvent } from '../history.ts';
import { NO_STORE, sendJson } from '../http/context.ts';
import { resetMidResponse } from '../http/reset.ts';
import type { Run } from '../run.ts';

export const sinceRange = { default: 0, min: 0, max: Number.MAX_SAFE_INTEGER, integer: true };

/** A reply holds at most this much, so that no client can ask for a history of large events at once. */
const MAX_REPLY_BYTES = 4 * 1024 * 1024;

/** Answers a poll with `{"events":[…],"next":seq}`, oldest first; what does not fit is left for the next poll. */
export function sendEvents(
  run: Run,
  reply: ServerResponse,
  events: ServerEvent[],
  headers: Record<string, string> = NO_STORE,
): void {
  let bytes = 0;
  const fitting = events.filter(({ json }, index) => {
    bytes += json.length;
    return index === 0 || bytes <= MAX_REPLY_BYTES;
  });
  const json = `{"events":[${fitting.map((event) => event.json).join(',')}],"next":${fitting.at(-1)!.seq}}`;
  if (!resetMidResponse(run, reply, json)) sendJson(reply, 200, json, headers);
}
