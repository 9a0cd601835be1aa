import { type Context, failAtRate, NO_STORE, type Route } from '../http/context.ts';
import { createFormat, createStream, resumePoint } from './stream-reply.ts';

/** HTTP streaming: one response that never ends, chunked, one JSON line per event (NDJSON). `since` replays. */
export const stream: Route = { method: 'GET', path: '/stream', handle };

const ndjson = createFormat((event) => `${event.json}\n`);

function handle({ request, reply, params, runs }: Context): void {
  const run = runs.ofQuery(params);
  const since = resumePoint(run, params);
  const missed = since === null ? [] : run.history.after(since);
  run.arrived('http-stream');
  failAtRate(run);
  reply.writeHead(200, { 'Content-Type': 'application/x-ndjson', 'X-Accel-Buffering': 'no', ...NO_STORE });
  if (request.method === 'HEAD') reply.end();
  else createStream(run, 'http-stream', reply, ndjson).follow(missed);
}
