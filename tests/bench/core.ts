import { apply } from '../../src/core/log.ts';
import { createLog, type Log } from '../../src/core/state.ts';
import { type PageEvent, PROTOCOL_VERSION } from '../../src/protocol.ts';
import { entryOf, ORIGIN, T0 } from '../support/timeline.ts';

/*
 * npm run bench:core
 * CPU time of one event through the log with 50 channels, after ever longer recordings, beside a loop that only counts the
 * same events by kind; and what a million messages hold in memory besides their payloads.
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

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

const text = (i: number): string => `{"id":${i},"at":${T0 + i},"data":"price ${i % 977} of ${i % 13}"}`;

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
    const url = `${ORIGIN}/poll/${'abcdefghij'[i % 10]}${'klmno'[i % 5]}?since=${i}`;
    yield { kind: 'request', id, at, api: 'fetch', method: 'GET', url, bodyBytes: 0, bodyText: null, stack: null };
    yield { kind: 'response', id, at: at + 5, status: 200, url, contentType: 'application/json' };
    yield { kind: 'end', id, at: at + 6, outcome: 'done', bodyBytes: 30 };
  }
}

interface Measure {
  events: number;
  logNs: number;
  countNs: number;
}

/** Cost of an event at the given lengths of a recording; the network log answers each request of a page. */
function measure(source: Generator<PageEvent>, lengths: readonly number[], withEntries: boolean): Measure[] {
  const log = open();
  const counts = new Map<string, number>();
  let told = 0;
  return lengths.map((length) => {
    const batches: PageEvent[][] = [];
    for (let i = told; i < length; i += BATCH) batches.push(Array.from({ length: BATCH }, () => source.next().value));
    const before = cpuMs();
    for (const events of batches) {
      const { at } = events.at(-1)!;
      tell(log, events, at);
      if (withEntries) for (const event of events) if (event.kind === 'end') answer(log, event.id, event.at);
    }
    apply(log, { kind: 'tick', at: log.now });
    const logMs = cpuMs() - before;
    const countBefore = cpuMs();
    for (const events of batches) for (const { kind } of events) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    const countMs = cpuMs() - countBefore;
    const events = batches.length * BATCH;
    told = length;
    return { events: length, logNs: (logMs * 1e6) / events, countNs: (countMs * 1e6) / events };
  });
}

function answer(log: Log, id: number, at: number): void {
  const i = id - CHANNELS;
  const body = `[{"id":${i}}]`;
  const entry = entryOf({
    url: `${ORIGIN}/poll/${'abcdefghij'[i % 10]}${'klmno'[i % 5]}?since=${i}`,
    startedAt: T0 + at - 6,
    endedAt: T0 + at,
    body,
    contentBytes: body.length,
  });
  apply(log, { kind: 'entry', entry, at: log.now });
}

function print(title: string, measures: readonly Measure[]): void {
  console.log(`\n${title}`);
  console.log('   recorded so far    log, ns an event   counting alone   ratio');
  for (const { events, logNs, countNs } of measures)
    console.log(
      `${String(events).padStart(18)} ${logNs.toFixed(0).padStart(21)} ${countNs.toFixed(1).padStart(16)} ${(logNs / countNs).toFixed(0).padStart(7)}`,
    );
}

const LENGTHS = [10_000, 30_000, 100_000, 300_000, 1_000_000];
measure(messages(), [50_000], false);
print(
  `Messages over ${CHANNELS} sockets (goal ≤ 1500 ns, the same at every length)`,
  measure(messages(), LENGTHS, false),
);
print(
  `Polls over ${CHANNELS} channels, entries of the network log included`,
  measure(polls(), LENGTHS.slice(0, 4), true),
);

const MESSAGES = 1_000_000;
// Through bytes, so that they are flat: a text put together holds its parts until somebody reads it.
const payloads = Array.from({ length: MESSAGES }, (_, i) => Buffer.from(text(i)).toString('latin1'));
globalThis.gc?.();
const before = process.memoryUsage();
const log = open();
const source = messages();
for (let i = 0; i < MESSAGES; ) {
  const events: PageEvent[] = [];
  for (let k = 0; k < BATCH; k++) {
    const event = source.next().value as PageEvent;
    // The payloads are there already: what grows is what the log adds to them.
    events.push(event.kind === 'message' ? { ...event, text: payloads[i++ % MESSAGES]! } : event);
  }
  tell(log, events, i / 5);
}
globalThis.gc?.();
const after = process.memoryUsage();
const grown = after.heapUsed - before.heapUsed + (after.arrayBuffers - before.arrayBuffers);
console.log(
  `\n${payloads.length.toLocaleString('en')} messages hold ${(grown / 1e6).toFixed(0)} MB besides their payloads (goal ≤ 120 MB), ${log.history.messages.next} kept`,
);
