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
  const json = jsonOf(events);
  if (!resetMidResponse(run, reply, json)) sendJson(reply, 200, json, headers);
}

/** The latest reply made: one event answers all long polls at once, all with the same. */
let latest: { first: ServerEvent; last: ServerEvent; json: string } | null = null;

function jsonOf(events: ServerEvent[]): string {
  const first = events[0]!;
  const last = events.at(-1)!;
  if (latest?.first !== first || latest.last !== last) latest = { first, last, json: makeJson(events) };
  return latest.json;
}

function makeJson(events: ServerEvent[]): string {
  let bytes = 0;
  const fitting = events.filter(({ json }, index) => {
    bytes += json.length;
    return index === 0 || bytes <= MAX_REPLY_BYTES;
  });
  return `{"events":[${fitting.map((event) => event.json).join(',')}],"next":${fitting.at(-1)!.seq}}`;
}
