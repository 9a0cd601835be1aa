import type { PageEvent } from '../protocol.ts';
import { originOf } from './channel-key.ts';
import { type Channel, countEnd, countEntry, countFraming, countPayload, countWorth, settle } from './channels.ts';
import { joinConnection } from './connections.ts';
import { addWait, rttMs } from './metrics/rtt.ts';
import { type Exchange, type NetworkEntry, type Outcome, unreachable } from './model.ts';
import { channelOf, type Log } from './state.ts';

type ExchangeEvent = Extract<PageEvent, { kind: 'request' | 'response' | 'chunk' | 'end' }>;

/** When the network panel says a request is over and the page has not, the page never reads its body. */
const PAGE_PATIENCE_MS = 2000;
/** When the page says so and the network panel has not, it never saw the request, or is far behind. */
const NETWORK_PATIENCE_MS = 5000;
/** A straggling entry still finds its exchange for this long, or it would count as a second one. */
const FORGET_MS = 60_000;

export function applyExchangeEvent(log: Log, documentKey: string, event: ExchangeEvent, at: number): void {
  const key = `${documentKey} ${event.id}`;
  if (event.kind === 'request') {
    begin(log, key, documentKey, event, at);
    return;
  }
  const known = log.exchanges.get(key);
  if (known === undefined) return;
  const { exchange, channel } = known;
  switch (event.kind) {
    case 'response':
      exchange.respondedAt = at;
      exchange.status = event.status;
      exchange.contentType = event.contentType;
      settleByContentType(channel, event.contentType, at);
      return;
    case 'chunk':
      exchange.responseBodyBytes = (exchange.responseBodyBytes ?? 0) + event.bytes;
      return;
    case 'end':
      if (exchange.endedAt !== null) return;
      if (event.bodyBytes !== null) exchange.responseBodyBytes = event.bodyBytes;
      end(log, key, exchange, channel, event.outcome, at);
      return;
    default:
      unreachable(event);
  }
}

function begin(
  log: Log,
  key: string,
  documentKey: string,
  event: Extract<PageEvent, { kind: 'request' }>,
  at: number,
): void {
  const url = event.url ?? '';
  const exchange = createExchange(log, documentKey, event.method.toUpperCase(), url, at);
  exchange.api = event.api;
  exchange.page = true;
  exchange.requestBodyBytes = event.bodyBytes;
  const channel = channelOf(log, documentKey, exchange.method, url, at);
  channel.exchanges++;
  channel.onWire++;
  log.sources.pageOnly++;
  countPayload(channel, 'sent', event.bodyBytes, at);
  log.exchanges.set(key, { exchange, channel });
  if (event.api === 'beacon') settle(channel, 'telemetry', { kind: 'beacon' }, at);
  const entry = log.joiner.addExchange(exchange, key);
  if (entry !== null) join(log, key, entry);
}

/** An entry of devtools.network came: it completes the exchange or connection it belongs to, or waits for it. */
export function applyEntry(log: Log, entry: NetworkEntry): void {
  if (entry.resourceType === 'websocket' || entry.resourceType === 'eventsource') {
    joinConnection(log, entry);
    return;
  }
  const key = log.joiner.addEntry(entry, log.now);
  if (key !== null) join(log, key, entry);
}

function join(log: Log, key: string, entry: NetworkEntry): void {
  const { exchange, channel } = log.exchanges.get(key)!;
  if (entry.redirectUrl !== null) {
    follow(log, key, entry, entry.redirectUrl);
    return;
  }
  exchange.network = entry;
  exchange.waitMs = entry.waitMs;
  log.sources.pageOnly--;
  log.sources.both++;
  countEntry(channel, entry);
  if (exchange.endedAt !== null) judge(log, key, exchange, channel);
}

/** A redirect is one exchange for the page and one more on the wire for each hop; the last hop brings the answer. */
function follow(log: Log, key: string, hop: NetworkEntry, url: string): void {
  const { exchange, channel } = log.exchanges.get(key)!;
  countEntry(channel, hop);
  channel.onWire++;
  // https://fetch.spec.whatwg.org/#http-redirect-fetch: these make a GET of whatever it was.
  const becomesGet = hop.status === 303 || (exchange.method === 'POST' && (hop.status === 301 || hop.status === 302));
  const next = log.joiner.addExchange({ method: becomesGet ? 'GET' : hop.method, url, startedAt: hop.endedAt }, key);
  if (next !== null) join(log, key, next);
}

function end(log: Log, key: string, exchange: Exchange, channel: Channel, outcome: Outcome, at: number): void {
  exchange.endedAt = at;
  exchange.outcome = outcome;
  const origin = originOf(exchange.url);
  if (exchange.respondedAt !== null)
    addWait(log.rtt, origin, exchange.waitMs ?? exchange.respondedAt - exchange.startedAt);
  countEnd(channel, exchange, rttMs(log.rtt, origin));
  if (exchange.network !== null) judge(log, key, exchange, channel);
}

/** Both sources have spoken, or one never will: what did it bring? */
function judge(log: Log, key: string, exchange: Exchange, channel: Channel): void {
  const entry = exchange.network;
  if (!exchange.judged) {
    exchange.judged = true;
    if (entry !== null) {
      const carriesNothing = entry.status === 304 || entry.fromCache;
      exchange.responseBodyBytes = carriesNothing ? 0 : (entry.contentBytes ?? exchange.responseBodyBytes);
      // With a content coding the difference is compression, not framing.
      const wire = entry.contentEncoding === null ? entry.responseBodyWireBytes : null;
      if (wire !== null && exchange.responseBodyBytes !== null && wire > exchange.responseBodyBytes)
        countFraming(channel, wire - exchange.responseBodyBytes, exchange.endedAt!);
    }
    countPayload(channel, 'received', exchange.responseBodyBytes, exchange.endedAt!);
    countWorth(channel, exchange, rttMs(log.rtt, originOf(exchange.url)));
  }
  if (entry !== null) log.exchanges.delete(key);
}

/** Settles what waited in vain for its other half. */
export function settleLate(log: Log): void {
  for (const [key, { exchange, channel }] of log.exchanges) {
    const { endedAt, network } = exchange;
    if (endedAt === null) {
      if (network !== null && log.now - network.endedAt > PAGE_PATIENCE_MS)
        finishByEntry(log, key, exchange, channel, network);
    } else if (log.now - endedAt > FORGET_MS) {
      log.exchanges.delete(key);
      log.joiner.forget(key);
    } else if (log.now - endedAt > NETWORK_PATIENCE_MS) judge(log, key, exchange, channel);
  }
  for (const { entry, key } of log.joiner.expire(log.now)) {
    if (key === null) beginByEntry(log, entry);
    else join(log, key, entry);
  }
}

/** The page never read the body, or no hook saw the request: the network panel alone says how it ended. */
function finishByEntry(log: Log, key: string, exchange: Exchange, channel: Channel, entry: NetworkEntry): void {
  exchange.status = entry.status;
  exchange.respondedAt ??= entry.startedAt + entry.waitMs;
  end(log, key, exchange, channel, entry.status === 0 ? 'error' : 'done', entry.endedAt);
}

function beginByEntry(log: Log, entry: NetworkEntry): void {
  const exchange = createExchange(log, null, entry.method, entry.url, entry.startedAt);
  exchange.network = entry;
  exchange.waitMs = entry.waitMs;
  exchange.contentType = entry.contentType;
  exchange.requestBodyBytes = entry.requestBodyBytes;
  const channel = channelOf(log, null, entry.method, entry.url, entry.startedAt);
  channel.exchanges++;
  channel.onWire++;
  log.sources.networkOnly++;
  countPayload(channel, 'sent', entry.requestBodyBytes, entry.startedAt);
  countEntry(channel, entry);
  if (entry.resourceType === 'ping') settle(channel, 'telemetry', { kind: 'beacon' }, entry.startedAt);
  else if (entry.resourceType === 'document')
    settle(channel, 'navigation', { kind: 'form-navigation' }, entry.startedAt);
  else settleByContentType(channel, entry.contentType, entry.startedAt);
  const key = `network ${exchange.id}`;
  log.exchanges.set(key, { exchange, channel });
  finishByEntry(log, key, exchange, channel, entry);
}

/** A request that fails this shortly before its document goes away failed because it went away. */
const LEAVING_MS = 200;

/** The document is gone: what it was still waiting for was cut by the navigation. */
export function cutExchanges(log: Log, documentKey: string, at: number): void {
  for (const [key, { exchange, channel }] of log.exchanges) {
    if (exchange.documentKey !== documentKey) continue;
    if (exchange.endedAt === null) end(log, key, exchange, channel, 'cut', at);
    else if (exchange.outcome === 'error' && !exchange.judged && at - exchange.endedAt < LEAVING_MS) {
      exchange.outcome = 'cut';
      channel.aborted++;
      channel.failures--;
    }
  }
}

const STREAM_TYPES = [
  'application/x-ndjson',
  'application/ndjson',
  'application/json-seq',
  'multipart/x-mixed-replace',
];

function settleByContentType(channel: Channel, contentType: string | null, at: number): void {
  if (contentType === null) return;
  const type = contentType.split(';', 1)[0]!.trim().toLowerCase();
  if (type === 'text/event-stream') settle(channel, 'sse', { kind: 'content-type', contentType: type }, at);
  else if (STREAM_TYPES.includes(type)) settle(channel, 'http-stream', { kind: 'content-type', contentType: type }, at);
}

function createExchange(log: Log, documentKey: string | null, method: string, url: string, at: number): Exchange {
  return {
    id: ++log.lastId,
    documentKey,
    api: null,
    method,
    url,
    startedAt: at,
    respondedAt: null,
    endedAt: null,
    waitMs: null,
    status: null,
    contentType: null,
    outcome: 'pending',
    requestBodyBytes: null,
    responseBodyBytes: null,
    page: false,
    network: null,
    worth: null,
    judged: false,
  };
}
