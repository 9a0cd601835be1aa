import { describe, expect, it } from 'vitest';
import { factsOf } from '../../../src/core/facts/facts-of.ts';
import { createHarReader } from '../../../src/core/session/har/read.ts';
import { writeHar } from '../../../src/core/session/har/write.ts';
import { fromSession } from '../../../src/core/session/read.ts';
import { toSession } from '../../../src/core/session/write.ts';
import type { ChannelFacts } from '../../../src/core/simulate/facts.ts';
import type { Log } from '../../../src/core/state.ts';
import { play, repeat, T0 } from '../../support/timeline.ts';

const only = (log: Log): ChannelFacts => {
  const { channels } = factsOf(log);
  expect(channels).toHaveLength(1);
  return channels[0]!;
};
const event = (atMs: number, seq: number) => `{"id":${seq},"at":${T0 + atMs},"data":"x"}`;

/** Every second poll brings two events, the other none. */
const POLLS = repeat(12, 1000, (i, at) =>
  i % 2 === 0
    ? `${at}ms GET /news?since=${i} 200 {"events":[${event(at - 700, 2 * i)},${event(at - 300, 2 * i + 1)}],"next":${i}} 20ms`
    : `${at}ms GET /news?since=${i} 200 [] 20ms`,
);

describe('a polling channel', () => {
  it('is told as the log judged it', () => {
    const channel = only(play(POLLS));
    expect(channel).toMatchObject({ transport: 'polling', method: 'GET', httpVersion: 'http/1.1', rttMs: 20 });
    expect(channel.exchanges.map(({ worth }) => worth).slice(0, 3)).toEqual(['baseline', 'empty', 'useful']);
    expect(channel.exchanges[2]).toMatchObject({
      startedAt: T0 + 2000,
      sentAt: T0 + 2000,
      respondedAt: T0 + 2020,
      waitMs: 20,
      status: 200,
      network: { requestHeaderBytes: 500, responseHeaderBytes: 150, fromCache: false, requestHeaderCount: null },
    });
    expect(channel.connections).toEqual([]);
  });

  it('lists the events of an answer with their stamps and sizes', () => {
    const { exchanges } = only(play(POLLS));
    expect(exchanges[2]!.items).toEqual([
      { stamp: T0 + 1300, payloadBytes: event(1300, 4).length },
      { stamp: T0 + 1700, payloadBytes: event(1700, 5).length },
    ]);
    expect(exchanges[1]!.items).toBeNull();
  });

  it('keeps a list without stamps in one piece: it may be one state', () => {
    const { exchanges } = only(play(repeat(6, 1000, (i, at) => `${at}ms GET /users 200 [{"n":${i}},{"n":7}]`)));
    expect(exchanges.map(({ items }) => items)).toEqual(Array(6).fill(null));
  });

  it('gives an answer that is one stamped object its whole size', () => {
    const body = (i: number, at: number) => `{ "updated_at": ${T0 + at}, "n": ${i} }`;
    const { exchanges } = only(play(repeat(6, 1000, (i, at) => `${at}ms GET /state 200 ${body(i, at)}`)));
    expect(exchanges[3]!.items).toEqual([{ stamp: T0 + 3000, payloadBytes: body(3, 3000).length }]);
  });

  it('knows nothing of the wire where only the page was heard', () => {
    const { exchanges } = only(play(POLLS, { network: false }));
    expect(exchanges[2]).toMatchObject({ network: null, sentAt: null, items: null });
  });

  it('is the same after the recording was saved and read', () => {
    const log = play(POLLS);
    const read = fromSession(JSON.parse(JSON.stringify(toSession(log, '1', { raw: true }))));
    expect(factsOf(read)).toEqual(factsOf(log));
  });

  it('tells the same events after it was saved as HAR and read', () => {
    const log = play(POLLS);
    const reader = createHarReader();
    for (const piece of writeHar(log, '1', { raw: true })) reader.feed(new TextEncoder().encode(piece));
    const [read, live] = [only(reader.finish()), only(log)];
    expect(read.transport).toBe('polling');
    expect(read.exchanges.map(({ worth, items }) => [worth, items])).toEqual(
      live.exchanges.map(({ worth, items }) => [worth, items]),
    );
  });
});
