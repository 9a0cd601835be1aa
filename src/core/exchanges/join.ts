import { countEntry } from '../channel-counts.ts';
import { judge } from '../judging.ts';
import type { NetworkEntry } from '../model.ts';
import type { Log } from '../state.ts';

/** An exchange's entry came: both sources have told of it. */
export function join(log: Log, key: number, entry: NetworkEntry): void {
  const known = log.exchanges.get(key)!;
  const { exchange, channel } = known;
  if (entry.redirectUrl !== null && isRedirect(entry.status)) {
    follow(log, key, entry, entry.redirectUrl);
    return;
  }
  exchange.network = entry;
  exchange.waitMs = entry.waitMs;
  // The same text twice: one of them need not be kept.
  if (entry.url === exchange.url) entry.url = exchange.url;
  log.history.exchanges.noteBody(exchange);
  log.sources.pageOnly--;
  log.sources.both++;
  if (!exchange.headTold) countEntry(channel, entry);
  if (exchange.endedAt !== null) judge(log, key, known);
}

/** https://fetch.spec.whatwg.org/#redirect-status; a Location beside 201 leads nowhere. */
const isRedirect = (status: number): boolean => [301, 302, 303, 307, 308].includes(status);

/** A redirect is one exchange for the page and one more on the wire for each hop; the last hop brings the answer. */
function follow(log: Log, key: number, hop: NetworkEntry, url: string): void {
  const known = log.exchanges.get(key)!;
  const { exchange, channel } = known;
  countEntry(channel, hop);
  channel.onWire++;
  // https://fetch.spec.whatwg.org/#http-redirect-fetch: these make a GET of whatever it was.
  const becomesGet = hop.status === 303 || (exchange.method === 'POST' && (hop.status === 301 || hop.status === 302));
  known.awaitedUrl = url;
  const next = log.joiner.addExchange({ method: becomesGet ? 'GET' : hop.method, url, startedAt: hop.endedAt }, key);
  if (next !== null) join(log, key, next);
}
