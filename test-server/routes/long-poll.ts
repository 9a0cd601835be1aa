import { type Context, failAtRate, type Route, sendJson } from '../http/context.ts';
import { choiceParam, numberParam } from '../http/params.ts';
import type { Run } from '../run.ts';
import { sendEvents, sinceRange } from './events-reply.ts';

const timeoutRange = { default: 25_000, min: 1, max: 120_000 };

/**
 * Long polling (RFC 6202 §2): the request is held until there is an event after `since`, or for `timeout` ms; then
 * `onTimeout` says how it ends: `503`, `204`, or `200` with `[]`.
 */
export const longPoll: Route = { method: 'GET', path: '/long-poll', handle };

function handle({ reply, params, runs }: Context): void {
  const run = runs.ofQuery(params);
  const since = numberParam(params, 'since', sinceRange);
  const timeoutMs = numberParam(params, 'timeout', timeoutRange);
  const onTimeout = choiceParam(params, 'onTimeout', ['503', '204', '200']);
  const events = run.history.after(since);
  run.arrived('long-polling');
  failAtRate(run);
  if (events.length > 0) {
    sendEvents(run, reply, events);
    return;
  }
  hold(run, reply, timeoutMs, (timedOut) => {
    if (!timedOut) sendEvents(run, reply, run.history.after(since));
    else if (onTimeout === '200') sendJson(reply, 200, '[]');
    else if (onTimeout === '204') reply.writeHead(204, { 'Cache-Control': 'no-store' }).end();
    else sendJson(reply, 503, '{"timeout":true}');
  });
}

/** Calls `answer` once: at the run's next event, or after the timeout; never when the client leaves first. */
function hold(run: Run, reply: Context['reply'], timeoutMs: number, answer: (timedOut: boolean) => void): void {
  const release = (): void => {
    clearTimeout(timer);
    unsubscribe();
  };
  const timer = setTimeout(() => {
    release();
    answer(true);
  }, timeoutMs);
  const unsubscribe = run.subscribe(() => {
    release();
    answer(false);
  });
  reply.on('close', release);
}
