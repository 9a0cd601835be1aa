import { describe, expect, it } from 'vitest';
import { apply } from '../../../../src/core/log.ts';
import { writeCsv } from '../../../../src/core/session/csv/write.ts';
import { FileError } from '../../../../src/core/session/file-error.ts';
import { createHarReader } from '../../../../src/core/session/har/read.ts';
import { writeHar } from '../../../../src/core/session/har/write.ts';
import { checkSession, parseSession } from '../../../../src/core/session/parse.ts';
import { fromSession } from '../../../../src/core/session/read.ts';
import { describeRemovals } from '../../../../src/core/session/redact/describe.ts';
import { reportChannel } from '../../../../src/core/session/report.ts';
import { toSession } from '../../../../src/core/session/write.ts';
import { createLog, type Log } from '../../../../src/core/state.ts';
import { createFinisher } from '../../../../src/panel/source/finish.ts';
import { readBatch } from '../../../../src/panel/source/read-batch.ts';
import { createRandom, type Random } from '../../../../test-server/random.ts';
import { entryOf, ORIGIN, T0 } from '../../../support/timeline.ts';
import { GENUINE, wireBatch } from '../../protocol/wire.ts';
import { POLLS } from '../har/traffic.ts';
import { chrome, firefox, harOf, mitmproxy, VENDORS } from '../har/vendors.ts';
import { richLog } from '../rich-log.ts';
import { mutateBytes, mutateJson } from './mutate.ts';

const SEED = 20_265;
/** No single case may take longer, even on a busy machine: they are all of some kilobytes. */
const LIMIT_MS = 5000;

/** Of so many logs one is written in every way there is. */
const WRITTEN = 4;
let used = 0;

/** Every channel is reported, and of some logs everything is made that can be made of a log. */
function useLog(log: Log): void {
  for (const channel of log.channels) reportChannel(log, channel);
  if (used++ % WRITTEN !== 0) return;
  const session = JSON.parse(JSON.stringify(toSession(log, '1.0')));
  fromSession(checkSession(session));
  for (const piece of writeHar(log, '1.0')) expect(typeof piece).toBe('string');
  for (const table of ['channels', 'exchanges', 'messages'] as const)
    for (const line of writeCsv(log, table)) expect(typeof line).toBe('string');
  describeRemovals(log);
}

/** Runs one case: it works, or says in one sentence what is wrong. Returns that sentence, '' when all is well. */
function complaintOf(makeLog: () => Log, about: string): string {
  const startedAt = performance.now();
  try {
    useLog(makeLog());
    return '';
  } catch (error) {
    if (error instanceof FileError) return error.message;
    throw new Error(`${about}: ${(error as Error).stack}`);
  } finally {
    expect(performance.now() - startedAt, about).toBeLessThan(LIMIT_MS);
  }
}

function readInPieces(bytes: Uint8Array, random: Random): Log {
  const reader = createHarReader();
  for (let at = 0; at < bytes.length; ) {
    const length = 1 + Math.floor(random() * 4000);
    reader.feed(bytes.slice(at, at + length));
    at += length;
  }
  return reader.finish();
}

const encode = (json: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(json));

/** Small files of every tool, with sockets and streams. */
function hars(): object[] {
  const socket = {
    ...chrome.entry({ ...POLLS[0]!, status: 101, path: '/live', type: 'websocket' }),
    _webSocketMessages: [
      { type: 'send', time: T0 / 1000, opcode: 1, data: '{"token":"x"}' },
      { type: 'receive', time: T0 / 1000 + 1, opcode: 2, data: 'AAH/' },
    ],
  };
  const stream = {
    ...firefox.entry({ ...POLLS[0]!, path: '/stream', mimeType: 'text/event-stream', body: 'id: 1\ndata: a\n\n' }),
    _resourceType: 'eventsource',
    _eventSourceMessages: [{ time: T0 / 1000, eventName: 'news', eventId: '1', data: 'a' }],
  };
  return [
    ...Object.values(VENDORS).map((vendor) => harOf(vendor, POLLS.slice(0, 5).map(vendor.entry))),
    harOf(chrome, [socket, stream, chrome.entry(POLLS[1]!)]),
    harOf(mitmproxy, [stream, socket]),
  ];
}

describe('10,000 damaged inputs', { timeout: 300_000 }, () => {
  it('4,000 HARs are read or refused with the place', () => {
    const random = createRandom(SEED);
    const all = hars();
    let refused = 0;
    for (let i = 0; i < 4000; i++) {
      const har = structuredClone(all[i % all.length]!);
      if (i % 3 !== 0) mutateJson(har, random);
      const bytes = i % 3 === 0 ? mutateBytes(encode(har), random) : encode(har);
      if (complaintOf(() => readInPieces(bytes, random), `HAR ${i}`) !== '') refused++;
    }
    // Much of the damage is in fields that nobody needs.
    expect(refused).toBeGreaterThan(1000);
    expect(refused).toBeLessThan(3500);
  });

  it('3,000 sessions are opened or refused with the place', () => {
    const random = createRandom(SEED + 1);
    const sound = toSession(richLog(), '1.0', { raw: true });
    let refused = 0;
    for (let i = 0; i < 3000; i++) {
      const session = JSON.parse(JSON.stringify(sound));
      if (i % 4 !== 0) mutateJson(session, random);
      const text =
        i % 4 === 0 ? new TextDecoder().decode(mutateBytes(encode(session), random)) : JSON.stringify(session);
      if (complaintOf(() => fromSession(parseSession(text)), `session ${i}`) !== '') refused++;
    }
    expect(refused).toBeGreaterThan(1500);
    expect(refused).toBeLessThan(2950);
  });

  it('3,000 batches are taken in as far as they are sound', () => {
    const random = createRandom(SEED + 2);
    let taken = 0;
    for (let i = 0; i < 3000; i++) {
      const events = structuredClone(GENUINE);
      if (random() < 0.3) events.sort(() => random() - 0.5);
      mutateJson(events, random);
      const bytes = new Uint8Array([0xec, 0x95, 0x88, 9, 1, 2, 3, 4, 5, 6, 7, 8]);
      const raw = wireBatch(events, { wallAt: T0 + 7, monoAt: 7, base: ORIGIN, bytes });
      if (random() < 0.3) raw.fields[Math.floor(random() * raw.fields.length)] = 256 * random();
      const checked = readBatch(raw);
      const makeLog = () => {
        const log = createLog(T0);
        apply(log, { kind: 'document', document: { key: 'd', frameId: 0, url: ORIGIN }, at: T0 });
        const { batch, rejected } = checked!;
        apply(log, { kind: 'batch', documentKey: 'd', batch: createFinisher()(batch), rejected, at: T0 + 10 });
        const entry = entryOf({ url: `${ORIGIN}/a`, startedAt: T0 + 1, body: '[1]' });
        apply(log, { kind: 'entry', entry, at: T0 + 20 });
        if (i % 2 === 0) apply(log, { kind: 'gone', documentKey: 'd', at: T0 + 30 });
        apply(log, { kind: 'tick', at: T0 + 10_000 });
        apply(log, { kind: 'finish', at: T0 + 10_000 });
        return log;
      };
      if (checked === null) continue;
      taken += checked.batch.events.length;
      expect(complaintOf(makeLog, `batch ${i}`), `batch ${i}`).toBe('');
    }
    // What follows a damaged event is lost with it: about half.
    expect(taken).toBeGreaterThan((3000 * GENUINE.length) / 3);
  });
});
