import { describe, expect, it } from 'vitest';
import { apply } from '../../../src/core/log.ts';
import { reportInRange } from '../../../src/core/range/report.ts';
import { reportChannel } from '../../../src/core/session/report.ts';
import { createLog, type Log } from '../../../src/core/state.ts';
import type { PageEvent } from '../../../src/protocol.ts';
import { messageEvent } from '../../support/message.ts';
import { batch, play, repeat, T0 } from '../../support/timeline.ts';

function narrowed(log: Log, fromMs: number, toMs: number) {
  const channel = log.channels[0]!;
  const connections = log.history.connections.filter(({ channelId }) => channelId === channel.id);
  const range = { from: T0 + fromMs, to: T0 + toMs };
  return reportInRange(log, reportChannel(log, channel), connections, channel.series, range);
}

describe('polls in a range', () => {
  const log = play(repeat(20, 1000, (i, at) => `${at}ms GET /news 200 ${i % 4 ? '[]' : `{"n":${i}}`} 40ms`));

  it('are those that started in it, with their worth and their heads', () => {
    expect(narrowed(log, 4000, 11_000)).toMatchObject({
      transport: 'polling',
      requests: 8,
      useful: 2,
      wastedTotal: 6,
      wasted: { empty: 6 },
      reported: { exchanges: 8, of: 8 },
      bytes: { requestHeader: { value: 8 * 500, provenance: 'measured' }, responseHeader: { value: 8 * 150 } },
    });
  });

  it('add up to the whole when the range holds all of it', () => {
    const whole = reportChannel(log, log.channels[0]!);
    const { requests, useful, wasted, baseline, aborted, inFlight, messages, bytes } = narrowed(log, 0, 60_000)!;
    expect({ requests, useful, wasted, baseline, aborted, inFlight, messages }).toEqual({
      requests: whole.requests,
      useful: whole.useful,
      wasted: whole.wasted,
      baseline: whole.baseline,
      aborted: whole.aborted,
      inFlight: whole.inFlight,
      messages: whole.messages,
    });
    expect(bytes.wire.value).toBe(whole.bytes.wire.value);
  });

  it('are nothing where none was', () => {
    expect(narrowed(log, 100, 900)).toBeNull();
  });
});

describe('a socket in a range', () => {
  const log = createLog(T0);
  const said = (at: number, direction: 'sent' | 'received', text: string): PageEvent =>
    messageEvent(1, at, text, { direction });
  const events: PageEvent[] = [
    { kind: 'connect', id: 1, at: 0, api: 'websocket', url: 'wss://app.test/ws', stack: null },
    { kind: 'open', id: 1, at: 10, protocol: '', extensions: '' },
    said(1000, 'received', 'one'),
    said(2000, 'sent', 'second'),
    said(3000, 'received', 'three!!'),
  ];
  for (const event of events) apply(log, batch(event));

  it('counts the messages in it, each way, with their bytes', () => {
    expect(narrowed(log, 1500, 3500)).toMatchObject({
      connections: 0,
      messages: { sent: 1, received: 1 },
      bytes: { payloadSent: { value: 6 }, payloadReceived: { value: 7 } },
    });
  });

  it('is there while it stands open, even if it said nothing', () => {
    expect(narrowed(log, 2100, 2900)).toMatchObject({ messages: { sent: 0, received: 0 }, openConnections: 1 });
  });
});
