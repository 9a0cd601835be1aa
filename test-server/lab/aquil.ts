import { once } from 'node:events';
import { WebSocket } from 'ws';
import { createPoller, longPollUntil, until } from './clients.ts';
import type { Experiment, Row } from './experiment.ts';

const EVENTS = 5;
const POLL_MS = 250;
/** Polls come this long after the events they meet, so that which of the two is first is not left to chance. */
const PHASE_MS = 25;

/** Reads server-sent events until there are enough, then leaves. */
async function readSse(url: string): Promise<void> {
  const leaving = new AbortController();
  const response = await fetch(url, { signal: leaving.signal });
  let text = '';
  for await (const part of response.body!.pipeThrough(new TextDecoderStream())) {
    text += part;
    if (text.split('\ndata:').length > EVENTS) break;
  }
  leaving.abort();
}

async function readWebSocket(url: string): Promise<void> {
  const socket = new WebSocket(url);
  for (let count = 0; count < EVENTS; count += 1) await once(socket, 'message');
  socket.terminate();
}

/** Aquil.io, "Websockets vs. server-sent events vs. (long-)polling", 2017: requests needed for five messages. */
export const aquil: Experiment = async (server) => {
  const times = Array.from({ length: EVENTS }, (_, index) => index * 1000).join();
  const run = server.createRun({ kind: 'recorded', times, startWhen: 'long-polling,sse,websocket' });
  const query = `run=${run}`;
  const started = [
    longPollUntil(`${server.url}/long-poll?${query}&timeout=20000`, EVENTS),
    readSse(`${server.url}/sse?${query}`),
    readWebSocket(`${server.url.replace('http', 'ws')}/ws?${query}`),
  ];
  while (server.truth(run).startedAt === null) await new Promise((resolve) => setImmediate(resolve));
  const firstAt = server.truth(run).startedAt! + POLL_MS + PHASE_MS;
  const { counts, poll } = createPoller(`${server.url}/poll?${query}`);
  // On time, so that nothing drifts.
  for (let count = 0; counts.seen < EVENTS; count += 1) {
    await until(firstAt + count * POLL_MS);
    await poll();
  }
  await Promise.all(started);

  const { exchanges } = server.truth(run);
  const requests = (technique: string, useful = false): number =>
    exchanges.filter((exchange) => exchange.technique === technique && (!useful || exchange.messages > 0)).length;
  const row = (en: string, ko: string, published: string, expected: number, measured: number): Row => ({
    what: { en, ko },
    published,
    expected,
    tolerance: 1,
    measured,
  });
  return [
    row('Polling: requests', '폴링: 요청', '15–16', 16, requests('polling')),
    row('Polling: with news', '폴링: 소식이 있는 응답', '5', EVENTS, requests('polling', true)),
    row('Long polling: requests', '롱 폴링: 요청', '5', EVENTS, requests('long-polling')),
    row('Long polling: with news', '롱 폴링: 소식이 있는 응답', '5', EVENTS, requests('long-polling', true)),
    row('SSE: requests', 'SSE: 요청', '1', 1, requests('sse')),
    row('WebSocket: requests', 'WebSocket: 요청', '1', 1, requests('websocket')),
  ];
};
