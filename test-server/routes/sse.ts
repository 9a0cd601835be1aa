import { type Context, failAtRate, NO_STORE, type Route } from '../http/context.ts';
import { flagParam, numberParam } from '../http/params.ts';
import { createFormat, createStream, resumePoint } from './stream-reply.ts';

/**
 * Server-sent events (HTML §9.2). Replays from `Last-Event-ID` or `since`. `retry` ms sets the browser's reconnection
 * time, `keepalive` ms sends comments, `repeat` ms sends the latest event again, as servers do that push their state on a
 * timer; `named=1` gives events the name `news`, `closeAfter` ms ends the stream as servers do. POST is for fetch-based
 * clients, which EventSource cannot be.
 */
export const sse: readonly Route[] = [
  { method: 'GET', path: '/sse', handle },
  { method: 'POST', path: '/sse', handle },
];

const upToAMinute = { default: 0, min: 0, max: 60_000, integer: true };

const unnamed = createFormat(({ id, json }) => `id: ${id}\ndata: ${json}\n\n`);
const named = createFormat(({ id, json }) => `event: news\nid: ${id}\ndata: ${json}\n\n`);
const keepalive = Buffer.from(': keepalive\n\n');

function handle({ request, reply, params, runs }: Context): void {
  const run = runs.ofQuery(params);
  const since = resumePoint(run, params, request.headers['last-event-id']);
  const retryMs = numberParam(params, 'retry', upToAMinute);
  const keepaliveMs = numberParam(params, 'keepalive', upToAMinute);
  const repeatMs = numberParam(params, 'repeat', upToAMinute);
  const closeAfterMs = numberParam(params, 'closeAfter', upToAMinute);
  const format = flagParam(params, 'named') ? named : unnamed;
  const missed = since === null ? [] : run.history.after(since);
  run.arrived('sse');
  failAtRate(run);
  request.resume();
  reply.writeHead(200, { 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no', ...NO_STORE });
  if (request.method === 'HEAD') {
    reply.end();
    return;
  }
  if (run.faults.reconnectStorm) {
    reply.end('retry: 1\n\n');
    return;
  }
  const stream = createStream(run, 'sse', reply, format);
  if (retryMs > 0) stream.write(Buffer.from(`retry: ${retryMs}\n\n`));
  stream.follow(missed);
  if (closeAfterMs > 0) stream.after(closeAfterMs, () => reply.end());
  if (keepaliveMs > 0) stream.every(keepaliveMs, () => stream.write(keepalive));
  if (repeatMs > 0) stream.every(repeatMs, repeatLatest);

  function repeatLatest(): void {
    const { latest } = run.history;
    if (latest !== null) stream.write(format(latest));
  }
}
