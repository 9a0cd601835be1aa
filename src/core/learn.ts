import { placeOf } from './channel-key.ts';
import { createRepeated, shareHeaders } from './headers.ts';
import { boundsOf, narrow } from './metrics/clock.ts';
import { learnTold } from './metrics/handshake.ts';
import type { NetworkEntry } from './model.ts';
import type { Log } from './state.ts';

/** Targets whose headers are remembered. */
const MAX_TARGETS = 2000;

/** What an entry tells besides its exchange: of the browser, of the server's clock. */
export function learn(log: Log, entry: NetworkEntry): void {
  const place = placeOf(entry.url);
  const target = place?.target ?? '';
  let last = log.headers.get(target);
  if (last === undefined) {
    if (log.headers.size >= MAX_TARGETS) log.headers.clear();
    last = createRepeated();
    log.headers.set(target, last);
  }
  shareHeaders(last, entry);
  const host = place?.host ?? '';
  learnTold(log.browserHeaders, host, last.told);
  const reading = boundsOf(entry);
  if (reading === null) return;
  log.clocks.set(host, narrow(log.clocks.get(host), reading));
}
