import { apply } from '../../../src/core/log.ts';
import type { Log } from '../../../src/core/state.ts';
import { type Batch, type PageEvent, PROTOCOL_VERSION } from '../../../src/protocol.ts';

const FIRST_ID = 1e6;
const EVENTS = 100;

/** Tells a log of sockets and their messages, as the recorder would. Runs in the panel, too. */
export function createMadeUp(log: Log, begunAt: number) {
  let told = 0;

  function tell(events: PageEvent[], monoAt: number): void {
    const batch: Batch = { v: PROTOCOL_VERSION, wallAt: begunAt + monoAt, monoAt, base: '', dropped: 0, events };
    apply(log, { kind: 'batch', documentKey: 'made-up', batch, rejected: 0, at: Date.now() });
  }
  return {
    sockets(count: number): void {
      const events: PageEvent[] = [];
      for (let i = 0; i < count; i++) {
        const id = FIRST_ID + i;
        const url = `wss://load.test/${'abcdefghijklmnopqrst'[i % 20]}${'uvwxyz'[i % 6]}${i}x/feed`;
        events.push({ kind: 'connect', id, at: 0, api: 'websocket', url, stack: null });
        events.push({ kind: 'open', id, at: 0, protocol: '', extensions: '' });
      }
      tell(events, 0);
    },
    /** So many more; one in fifty is a heartbeat. */
    messages(count: number, sockets: number, everyMs: number): void {
      for (const end = told + count; told < end; ) {
        const events: PageEvent[] = [];
        for (let i = 0; i < EVENTS; i++, told++) {
          const text = told % 50 === 7 ? '{"type":"ping"}' : tick(told);
          events.push({
            kind: 'message',
            id: FIRST_ID + (told % sockets),
            at: told * everyMs,
            direction: told % 10 === 3 ? 'sent' : 'received',
            type: 'text',
            payloadBytes: text.length,
            text,
            bytes: null,
            contentId: null,
            lastEventId: '',
          });
        }
        tell(events, told * everyMs);
      }
    },
  };
}

const tick = (seq: number): string =>
  JSON.stringify({
    type: 'tick',
    seq,
    symbol: `S${seq % 997}`,
    price: (seq * 7919) % 100_000,
    note: seq % 20_000 === 5 ? 'needle' : 'hay',
  });
