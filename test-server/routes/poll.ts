import { type Context, failAtRate, NO_STORE, type Route, sendJson } from '../http/context.ts';
import { choiceParam, numberParam } from '../http/params.ts';
import { sendEvents, sinceRange } from './events-reply.ts';

/**
 * Polling: answers at once. `since` is the last `seq` the client has; `empty` says how "nothing new" is answered: `200`
 * with `[]`, `204`, or `304` to a matching If-None-Match. `mode=snapshot` gives only the latest event and how many it
 * stands for.
 */
export const poll: Route = { method: 'GET', path: '/poll', handle };

function handle({ request, reply, params, runs }: Context): void {
  const run = runs.ofQuery(params);
  const empty = choiceParam(params, 'empty', ['200', '204', '304']);
  const mode = choiceParam(params, 'mode', ['events', 'snapshot']);
  const events = run.history.after(numberParam(params, 'since', sinceRange));
  run.arrived('polling');
  failAtRate(run);
  const etag = `"${run.latestSeq}"`;
  const headers = empty === '304' ? { 'Cache-Control': 'no-cache', ETag: etag } : NO_STORE;
  if (empty === '304' && request.headers['if-none-match'] === etag) reply.writeHead(304, headers).end();
  else if (events.length === 0 && empty === '204') reply.writeHead(204, headers).end();
  else if (events.length === 0) sendJson(reply, 200, '[]', headers);
  else if (mode === 'snapshot') {
    const latest = events.at(-1)!;
    const json = `{"event":${latest.json},"coalesced":${events.length - 1},"next":${latest.seq}}`;
    sendJson(reply, 200, json, headers);
  } else sendEvents(run, reply, events, headers);
}
