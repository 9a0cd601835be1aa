import { describe, expect, it } from 'vitest';
import { addStamped } from '../../../src/core/metrics/latency.ts';
import { createPool } from '../../../src/core/metrics/pooled.ts';
import { parseSession } from '../../../src/core/session/parse.ts';
import { fromSession } from '../../../src/core/session/read.ts';
import { reportChannel } from '../../../src/core/session/report.ts';
import { toSession } from '../../../src/core/session/write.ts';
import type { Log } from '../../../src/core/state.ts';
import { createExchangeStore } from '../../../src/core/store/exchanges.ts';
import type { Message } from '../../../src/core/store/messages.ts';
import { createMessageStore } from '../../../src/core/store/messages.ts';
import { richLog } from './rich-log.ts';

const reopened = (log: Log): Log => fromSession(parseSession(JSON.stringify(toSession(log, '1.0', { raw: true }))));
const messagesOf = ({ history: { messages } }: Log): (Message | null)[] =>
  Array.from({ length: messages.next - messages.first }, (_, i) => messages.get(messages.first + i));

describe('a session that was saved and opened again', () => {
  const log = richLog();
  const again = reopened(log);

  it('has the very same report of every channel', () => {
    expect(log.channels.length).toBeGreaterThanOrEqual(5);
    expect(again.channels.map((channel) => reportChannel(again, channel))).toEqual(
      log.channels.map((channel) => reportChannel(log, channel)),
    );
  });

  it('has the same exchanges and connections, in all and by channel', () => {
    expect(again.history.exchanges.all).toEqual(log.history.exchanges.all);
    expect(again.history.connections).toEqual(log.history.connections);
    for (const { id } of log.channels) expect(again.history.exchanges.of(id)).toEqual(log.history.exchanges.of(id));
  });

  it('has the same messages, text and bytes', () => {
    expect(messagesOf(log).some((message) => message?.content instanceof Uint8Array)).toBe(true);
    expect(messagesOf(again)).toEqual(messagesOf(log));
    for (const { id } of log.channels)
      expect(again.history.messages.of(id).toArray()).toEqual(log.history.messages.of(id).toArray());
  });

  it('has the same documents, round trips and curves', () => {
    for (const [key, { url, frameId, clockOffsetMs, visibility }] of log.documents)
      expect(again.documents.get(key)).toMatchObject({ key, url, frameId, clockOffsetMs, visibility });
    expect([...again.documents.keys()]).toEqual([...log.documents.keys()]);
    expect([...again.rtt.waits]).toEqual([...log.rtt.waits]);
    expect(again.channels.map(({ series }) => series)).toEqual(log.channels.map(({ series }) => series));
    expect(again.channels.map(({ latency }) => latency.delayMs)).toEqual(
      log.channels.map(({ latency }) => latency.delayMs),
    );
  });

  it('has the delays of a channel with more than are kept', () => {
    const long = richLog();
    const { latency } = long.channels[0]!;
    for (let i = 0; i < 25_000; i++) addStamped(latency, `{"at":${long.now + i}}`, long.now + i + (i % 300));
    const read = reopened(long);
    const [before, after] = [long, read].map(({ channels }) => channels.map((channel) => channel.latency));
    expect(after![0]).toMatchObject({ count: latency.count, sketch: latency.sketch });
    expect(createPool().quantile(after!, 0.95)).toBe(createPool().quantile(before!, 0.95));
    expect(read.channels.map((channel) => reportChannel(read, channel).latency)).toEqual(
      long.channels.map((channel) => reportChannel(long, channel).latency),
    );
    expect(reportChannel(read, read.channels[0]!).latency.p95).toMatchObject({ provenance: 'estimated' });
  });

  it('says the same when it is saved once more', () => {
    expect(toSession(again, '1.0', { raw: true })).toEqual(toSession(log, '1.0', { raw: true }));
  });
});

describe('a session that could not keep all', () => {
  it('still owns up to what was dropped, and goes on counting from there', () => {
    const log = richLog();
    log.dropped = 3;
    log.rejected = 2;
    log.history.messages = createMessageStore(undefined, 8192);
    log.history.exchanges = createExchangeStore(undefined, { exchanges: 5, bodies: 4 });
    const again = reopened(log);
    expect(again).toMatchObject({ dropped: 3, rejected: 2 });
    expect(again.history.messages).toMatchObject({ first: 8192, next: 8192 });
    expect(again.history.exchanges).toMatchObject({ dropped: 5, bodiesDropped: 4 });
  });
});
