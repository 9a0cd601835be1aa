import type { Frame } from 'puppeteer-core';
import { bundle } from '../../support/bundle.ts';

/** Runs in the panel: tells its log of sockets and their messages, as the recorder would. */
const LOADER = `
import { apply } from './src/core/log.ts';
const VERSION = 2;
let told = 0;
globalThis.transportLensLoad = {
  sockets(count) {
    const events = [];
    for (let i = 0; i < count; i++) {
      const url = 'wss://load.test/' + 'abcdefghijklmnopqrst'[i % 20] + 'uvwxyz'[i % 6] + i + 'x/feed';
      events.push({ kind: 'connect', id: 1e6 + i, at: 0, api: 'websocket', url, stack: null });
      events.push({ kind: 'open', id: 1e6 + i, at: 0, protocol: '', extensions: '' });
    }
    tell(events, 0);
  },
  messages(count, sockets, everyMs) {
    const { log } = transportLensRecorder;
    for (const end = told + count; told < end; ) {
      const events = [];
      for (let i = 0; i < 100; i++, told++) {
        const text = told % 50 === 7 ? '{"type":"ping"}' : JSON.stringify({
          type: 'tick', seq: told, symbol: 'S' + (told % 997), price: (told * 7919) % 100000, note: told % 20000 === 5 ? 'needle' : 'hay',
        });
        events.push({
          kind: 'message', id: 1e6 + (told % sockets), at: told * everyMs, direction: told % 10 === 3 ? 'sent' : 'received',
          type: 'text', payloadBytes: text.length, text, bytes: null, contentId: null, lastEventId: '',
        });
      }
      tell(events, told * everyMs);
    }
    return log.history.messages.next - log.history.messages.first;
  },
};
let begun = 0;
function tell(events, monoAt) {
  const { log } = transportLensRecorder;
  begun ||= Date.now() - 300_000;
  const batch = { v: VERSION, wallAt: begun + monoAt, monoAt, base: '', dropped: 0, events };
  apply(log, { kind: 'batch', documentKey: 'load', batch, rejected: 0, at: Date.now() });
}
`;

const SLICE = 10_000;

/** Fills the panel's log with messages of so many sockets, spread over the last five minutes. Returns how many it keeps. */
export async function fillLog(panel: Frame, messages: number, sockets: number): Promise<number> {
  // tsx keeps function names through a helper that does not exist in a page.
  await panel.evaluate('globalThis.__name = (f) => f');
  await panel.evaluate(await bundle(LOADER));
  await panel.evaluate(`transportLensLoad.sockets(${sockets})`);
  let kept = 0;
  for (let told = 0; told < messages; told += SLICE)
    kept = (await panel.evaluate(`transportLensLoad.messages(${SLICE}, ${sockets}, ${300_000 / messages})`)) as number;
  return kept;
}
