import { describe, expect, it } from 'vitest';
import { apply } from '../../../src/core/log.ts';
import { heartbeatMs, retryMs } from '../../../src/core/rows/stream-settings.ts';
import { createLog, type Log } from '../../../src/core/state.ts';
import type { PageEvent } from '../../../src/protocol.ts';
import { messageEvent } from '../../support/message.ts';
import { batch, T0 } from '../../support/timeline.ts';

function stream(api: 'event-source' | 'websocket', ...events: PageEvent[]): Log {
  const log = createLog(T0);
  apply(log, batch({ kind: 'connect', id: 1, at: 0, api, url: 'wss://app.test/live', stack: null }));
  for (const event of events) apply(log, batch(event));
  return log;
}
const open = (at: number): PageEvent => ({ kind: 'open', id: 1, at, protocol: '', extensions: '' });
const lost = (at: number): PageEvent => ({ kind: 'reconnecting', id: 1, at });
const say = (at: number, text: string, direction: 'sent' | 'received'): PageEvent =>
  messageEvent(1, at, text, { direction });

describe('how long a stream stays away', () => {
  it('is told by its gaps', () => {
    const log = stream('event-source', open(10), lost(1000), open(4000), lost(5000), open(8200));
    expect(retryMs(log.history.connections)).toBe(3100);
  });

  it('is not known of one that never opened again', () => {
    expect(retryMs(stream('event-source', open(10), lost(1000)).history.connections)).toBeNull();
    expect(retryMs([])).toBeNull();
  });
});

describe('how often a side says that it is there', () => {
  it('is told by its heartbeats, each side apart', () => {
    const log = stream(
      'websocket',
      open(1),
      ...[0, 1, 2, 3].map((n) => say(n * 25_000, '{"type":"ping"}', 'sent')),
      ...[0, 1].map((n) => say(n * 25_000 + 40, '{"type":"pong"}', 'received')),
      say(1234, '{"price":1}', 'received'),
    );
    expect(heartbeatMs(log, log.channels[0]!)).toEqual({ sent: 25_000, received: 25_000 });
  });

  it('is not known of one that says so once, or never', () => {
    const log = stream('websocket', open(1), say(10, 'ping', 'sent'), say(20, 'news', 'received'));
    expect(heartbeatMs(log, log.channels[0]!)).toEqual({ sent: null, received: null });
  });
});
