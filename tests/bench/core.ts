import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { apply } from '../../src/core/log.ts';
import type { NetworkEntry } from '../../src/core/model.ts';
import { createLog, type Log } from '../../src/core/state.ts';
import { type PageEvent, PROTOCOL_VERSION } from '../../src/protocol.ts';
import { entryOf, ORIGIN, T0 } from '../support/timeline.ts';

/*
 * npm run bench:core
 * Time of one event through the log with 50 channels, after ever longer recordings, beside the least that others do: a loop
 * that counts the same events by kind, one that parses their content; and what a million messages hold in memory besides their
 * payloads. An event is what the log is told at a time: one of a page's, or an entry of the network log. The first ten thousand
 * pay for the compiler as well, and are not measured.
 */
const CHANNELS = 50;
const BATCH = 100;
const DOCUMENT = 'document-1';

function open(): Log {
  const log = createLog(T0);
  apply(log, { kind: 'document', document: { key: DOCUMENT, frameId: 0, url: `${ORIGIN}/` }, at: T0 });
  return log;
}

function tell(log: Log, events: PageEvent[], at: number): void {
  const head = { v: PROTOCOL_VERSION, wallAt: T0, monoAt: 0, base: `${ORIGIN}/`, dropped: 0 } as const;
  apply(log, { kind: 'batch', documentKey: DOCUMENT, batch: { ...head, events }, rejected: 0, at: T0 + at });
}

/** A text put together holds its parts until somebody reads it; through bytes it is flat, as it comes off a port. */
const flat = (text: string): string => Buffer.from(text).toString('latin1');
const text = (i: number): string => flat(`{"id":${i},"at":${T0 + i},"data":"price ${i % 977} of ${i % 13}"}`);
const pollUrl = (i: number): string =>
  flat(`${ORIGIN}/poll/${'abcdefghij'[i % 10]}${'klmno'[Math.floor(i / 10) % 5]}?since=${i}`);

/** Sockets, one message each in turn. */
function* messages(): Generator<PageEvent> {
  for (let id = 0; id < CHANNELS; id++) {
    yield {
      kind: 'connect',
      id,
      at: 0,
      api: 'websocket',
      url: `wss://app.test/live/${'abcdefghij'[id % 10]}${'klmno'[id % 5]}${id}x`,
      stack: null,
    };
    yield { kind: 'open', id, at: 0, protocol: '', extensions: '' };
  }
  for (let i = 0; ; i++) {
    const payload = text(i);
    yield {
      kind: 'message',
      id: i % CHANNELS,
      at: i / 5,
      direction: 'received',
      type: 'text',
      payloadBytes: payload.length,
      text: payload,
      bytes: null,
      contentId: null,
      lastEventId: '',
    };
  }
}

/** Polls, each a request, a response and an end, once a second and channel. */
function* polls(): Generator<PageEvent> {
  for (let i = 0; ; i++) {
    const at = (i * 1000) / CHANNELS;
    const id = CHANNELS + i;
    const url = pollUrl(i);
    yield { kind: 'request', id, at, api: 'fetch', method: 'GET', url, bodyBytes: 0, bodyText: null, stack: null };
    yield { kind: 'response', id, at: at + 5, status: 200, url, contentType: 'application/json' };
    yield { kind: 'end', id, at: at + 6, outcome: 'done', bodyBytes: 30 };
  }
}

interface Measure {
  recorded: number;
  logNs: number;
  /** Of all of it: with what garbage collection, the compiler and other programs take now and then. */
  meanLogNs: number;
  countNs: number;
  parseNs: number;
}

const median = (numbers: number[]): number => numbers.toSorted((a, b) => a - b)[numbers.length >> 1]!;

/**
 * Cost of an event, in ns, once so many are recorded, up to the next of the lengths: the median of the batches, since whatever
 * else the machine does only ever adds. A batch is made right before it is told, as one comes that was just read off a port; making it is not counted.
 * The network log answers each request of a page. Beside it: counting the same events by kind, and parsing their content.
 */
function measure(source: Generator<PageEvent>, lengths: readonly number[]): Measure[] {
  const log = open();
  const counts = new Map<string, number>();
  let recorded = 0;
  const tellBatch = () => {
    const { events, entries } = batchOf(source);
    const told = events.length + entries.length;
    recorded += told;
    const logNs = nsOf(told, () => {
      const { at } = events.at(-1)!;
      tell(log, events, at);
      for (const entry of entries) apply(log, { kind: 'entry', entry, at: log.now });
      apply(log, { kind: 'tick', at: log.now });
    });
    const countNs = nsOf(told, () => {
      for (const { kind } of events) counts.set(kind, (counts.get(kind) ?? 0) + 1);
      for (const { method } of entries) counts.set(method, (counts.get(method) ?? 0) + 1);
    });
    const texts = [
      ...events.flatMap((event) => (event.kind === 'message' ? [event.text!] : [])),
      ...entries.map(({ body }) => body!),
    ];
    const parseNs = nsOf(told, () => {
      for (const text of texts) JSON.parse(text);
    });
    return { logNs, countNs, parseNs };
  };
  return lengths.map((length, i) => {
    while (recorded < length) tellBatch();
    const measured: ReturnType<typeof tellBatch>[] = [];
    while (recorded < (lengths[i + 1] ?? length + LAST)) measured.push(tellBatch());
    return {
      recorded: length,
      logNs: median(measured.map(({ logNs }) => logNs)),
      meanLogNs: measured.reduce((sum, { logNs }) => sum + logNs, 0) / measured.length,
      countNs: median(measured.map(({ countNs }) => countNs)),
      parseNs: median(measured.map(({ parseNs }) => parseNs)),
    };
  });
}

function nsOf(told: number, work: () => void): number {
  // Asking the system for CPU time takes as long as ten events.
  const before = performance.now();
  work();
  return ((performance.now() - before) * 1e6) / told;
}

function batchOf(source: Generator<PageEvent>): { events: PageEvent[]; entries: NetworkEntry[] } {
  const events = Array.from({ length: BATCH }, () => source.next().value as PageEvent);
  return { events, entries: events.flatMap((event) => (event.kind === 'end' ? [entryFor(event.id, event.at)] : [])) };
}

/** As many headers as Chromium tells of a request of a page, made anew for each as the network log does. */
const HEADERS = JSON.stringify(
  [
    ...['accept', 'accept-encoding', 'accept-language', 'cache-control', 'connection', 'cookie', 'host', 'referer'],
    ...['sec-ch-ua', 'sec-fetch-dest', 'sec-fetch-mode', 'sec-fetch-site', 'user-agent'],
  ].map((name) => [name, 'a value of thirty characters ..']),
);
const ANSWERED = JSON.stringify([
  ...['content-type', 'content-length', 'cache-control', 'connection', 'etag', 'vary'].map((name) => [name, 'a value']),
  ['date', new Date(T0).toUTCString()],
]);

function entryFor(id: number, at: number): NetworkEntry {
  const i = id - CHANNELS;
  const body = flat(`[{"id":${i}}]`);
  return entryOf({
    url: pollUrl(i),
    startedAt: T0 + at - 6,
    endedAt: T0 + at,
    requestHeaders: JSON.parse(HEADERS),
    responseHeaders: JSON.parse(ANSWERED).map(([name, value]: string[]) => [name, name === 'etag' ? `"${i}"` : value]),
    body,
    contentBytes: body.length,
  });
}

const COLUMNS = ['recorded before', 'log, ns an event', 'mean', 'counting alone', 'ratio', 'parsing alone', 'ratio'];
const WIDTH = 18;

function print(title: string, measures: readonly Measure[]): void {
  console.log(`\n${title}\n${COLUMNS.map((name) => name.padStart(WIDTH)).join('')}`);
  for (const { recorded, logNs, meanLogNs, countNs, parseNs } of measures) {
    const cells = [recorded, logNs, meanLogNs, countNs, logNs / countNs, parseNs, logNs / parseNs];
    console.log(cells.map((n) => n.toFixed(n < 100 ? 1 : 0).padStart(WIDTH)).join(''));
  }
}

const LENGTHS = [10_000, 30_000, 100_000, 300_000, 1_000_000];
const LAST = 100_000;
// What is measured first would pay for the compiler.
measure(messages(), [50_000]);
measure(polls(), [50_000]);
print(`Messages over ${CHANNELS} sockets (goal ≤ 1500 ns, the same at every length)`, measure(messages(), LENGTHS));
print(
  `Polls over ${CHANNELS} channels, entries of the network log among them (goal ≤ 1500 ns, the same at every length)`,
  measure(polls(), LENGTHS),
);

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
const MESSAGES = 1_000_000;
collectGarbage();
const before = process.memoryUsage();
const log = open();
const source = messages();
let told = 0;
while (log.history.messages.next < MESSAGES) {
  const { events } = batchOf(source);
  told += events.length;
  tell(log, events, told / 5);
}
collectGarbage();
const after = process.memoryUsage();
const grown = after.heapUsed - before.heapUsed + (after.arrayBuffers - before.arrayBuffers);
// A character of these payloads is a byte.
const heldMB = (grown - log.history.messages.contentSize) / 1e6;
const { next } = log.history.messages;
console.log(
  `\n${next.toLocaleString('en')} messages hold ${heldMB.toFixed(0)} MB besides their payloads (goal ≤ 120 MB)`,
);
