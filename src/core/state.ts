import { absorb } from './absorb.ts';
import { keyParts, originOf } from './channel-key.ts';
import { type Channel, createChannel, settle } from './channels.ts';
import { createFamilies, type Families } from './families.ts';
import { createJoiner, type Joiner } from './join.ts';
import type { Clock } from './metrics/clock.ts';
import { type BrowserHeaders, createBrowserHeaders } from './metrics/handshake.ts';
import { createLatencySamples } from './metrics/latency.ts';
import { createRtt, type Rtt, rttMs } from './metrics/rtt.ts';
import type { Connection, Exchange, NetworkEntry, PageDocument } from './model.ts';
import type { Hint, Protocol } from './protocols/protocol.ts';
import { recogniseByHint } from './protocols/protocols.ts';
import { createExchangeStore, type ExchangeStore } from './store/exchanges.ts';
import { createMessageStore, type MessageStore } from './store/messages.ts';
import type { ExchangeStream } from './stream-of-exchange.ts';

/** A document of the tab, and what was learned of it since. */
export interface KnownDocument extends PageDocument {
  clockOffsetMs: number | null;
  /** When it was shown and hidden, oldest first. */
  visibility: { at: number; hidden: boolean }[];
  /** What came in last, on whatever channel; −∞: nothing yet. */
  lastArrival: { channelId: number; at: number };
}

export interface KnownExchange {
  exchange: Exchange;
  channel: Channel;
  stream: ExchangeStream | null;
  /** All is known that ever will be. */
  isReady: boolean;
}

export interface KnownConnection {
  connection: Connection;
  channel: Channel;
}

/** All that the recorder knows. Only `apply` changes it. */
export interface Log {
  startedAt: number;
  /** Time of the latest input. */
  now: number;
  documents: Map<string, KnownDocument>;
  channels: Channel[];
  channelsByKey: Map<string, Channel>;
  /** The same, whatever document does the job: the one seen last. */
  channelsByJob: Map<string, Channel>;
  families: Families;
  protocolsByUrl: Map<string, Protocol | null>;
  /** By document, protocol and session: where the requests that send up belong. */
  downlinks: Map<string, Channel>;
  /** Under `pageKey`, from their request until both sources have spoken, or one never will. */
  exchanges: Map<number, KnownExchange>;
  connections: Map<number, KnownConnection>;
  /** By document: where its keys begin. */
  keysFrom: Map<string, number>;
  /** What is kept of the past, within bounds. */
  history: { exchanges: ExchangeStore; connections: Connection[]; messages: MessageStore };
  /** Blobs whose content is still to come: `connection key contentId` → the message. */
  awaited: Map<string, number>;
  /** Handshakes reported before their connection, newest last. */
  strayHandshakes: NetworkEntry[];
  joiner: Joiner;
  rtt: Rtt;
  browserHeaders: BrowserHeaders;
  /** Of each server's host. */
  clocks: Map<string, Clock>;
  /** Events lost in a page's ring before they could be sent. */
  dropped: number;
  /** Events that were not of the protocol. */
  rejected: number;
  /** Requests seen, by which source: the share joined is both / all. */
  sources: { both: number; pageOnly: number; networkOnly: number };
  lastId: number;
  /** The field in which the server says when an event happened; null: the usual ones are recognised. */
  stampName: string | null;
}

export function createLog(at: number): Log {
  return {
    startedAt: at,
    now: at,
    documents: new Map(),
    channels: [],
    channelsByKey: new Map(),
    channelsByJob: new Map(),
    families: createFamilies(),
    protocolsByUrl: new Map(),
    downlinks: new Map(),
    exchanges: new Map(),
    connections: new Map(),
    keysFrom: new Map(),
    history: { exchanges: createExchangeStore(), connections: [], messages: createMessageStore() },
    awaited: new Map(),
    strayHandshakes: [],
    joiner: createJoiner(),
    rtt: createRtt(),
    browserHeaders: createBrowserHeaders(),
    clocks: new Map(),
    dropped: 0,
    rejected: 0,
    sources: { both: 0, pageOnly: 0, networkOnly: 0 },
    lastId: 0,
    stampName: null,
  };
}

/** Numbers that a document may give to what it does. */
const IDS = 2 ** 32;

/** The key of what a document numbers `id`: a number, because one put together of both would be made for each event. Never negative. */
export function pageKey(log: Log, documentKey: string, id: number): number {
  let from = log.keysFrom.get(documentKey);
  if (from === undefined) {
    from = log.keysFrom.size * IDS;
    log.keysFrom.set(documentKey, from);
  }
  // Whatever number a page makes up, it reaches none but its own.
  return from + (id >>> 0);
}

/** URLs of requests and event streams that devtools.network has not reported yet. */
export function pendingUrls(log: Log): Set<string> {
  const urls = new Set<string>();
  for (const { exchange } of log.exchanges.values()) if (exchange.network === null) urls.add(exchange.url);
  for (const { connection } of log.connections.values())
    if (connection.api === 'event-source' && connection.closedAt === null) urls.add(connection.url);
  return urls;
}

/** What decides to which channel a request or connection belongs. */
export interface Job {
  documentKey: string | null;
  method: string;
  url: string;
  /** Head of the request's body. */
  requestText: string | null;
}

/** The channel that does this job, made if it is new. Channels that turn out to do the same one are merged. */
export function channelOf(log: Log, job: Job, at: number): Channel {
  const { documentKey, method, url } = job;
  const hint = { url, method, subprotocol: '', contentType: null, eventName: null };
  const protocol = protocolOf(log, hint);
  const side = protocol?.side?.(hint) ?? null;
  const session = side === null ? null : `${documentKey} ${protocol!.id} ${protocol!.session?.(hint)}`;
  const channel = channelByKey(log, job, at);
  channel.protocol ??= protocol;
  if (side === 'downlink') log.downlinks.set(session!, channel);
  if (side === 'uplink' && !channel.settled) {
    // What a polling or streaming transport sends up is the other side of the channel that brings its news down.
    channel.uplinkOf = log.downlinks.get(session!)?.id ?? null;
    settle(channel, 'request', { kind: 'uplink', protocol: protocol!.displayName }, at);
  }
  return channel;
}

/** URLs whose protocol is remembered: asking every recogniser costs more than all else that a request does. */
const MAX_REMEMBERED = 1000;

function protocolOf(log: Log, hint: Hint): Protocol | null {
  const key = `${hint.method} ${hint.url}`;
  let protocol = log.protocolsByUrl.get(key);
  if (protocol === undefined) {
    protocol = recogniseByHint(hint);
    if (log.protocolsByUrl.size >= MAX_REMEMBERED) log.protocolsByUrl.clear();
    log.protocolsByUrl.set(key, protocol);
  }
  return protocol;
}

function channelByKey(log: Log, { documentKey, method, url, requestText }: Job, at: number): Channel {
  const parts = keyParts(documentKey, method, url, requestText);
  const { key, merged } = log.families.keyOf(parts);
  let channel = log.channelsByKey.get(key);
  for (const old of merged) {
    const same = log.channelsByKey.get(old);
    if (same === undefined) continue;
    log.channelsByKey.delete(old);
    if (channel === undefined) channel = same;
    else mergeChannels(log, channel, same);
  }
  // A request that no hook saw but whose like a document of the tab makes is most likely that document's.
  const job = key.slice(key.indexOf(' '));
  channel ??= documentKey === null ? log.channelsByJob.get(job) : undefined;
  channel ??= create(log, documentKey, method, url, parts.operation, at);
  log.channelsByKey.set(key, channel);
  log.channelsByJob.set(job, channel);
  channel.url = url;
  channel.lastAt = Math.max(channel.lastAt, at);
  return channel;
}

function create(
  log: Log,
  documentKey: string | null,
  method: string,
  url: string,
  operation: string | null,
  at: number,
): Channel {
  const channel = createChannel(++log.lastId, documentKey, method, url, operation, at);
  if (log.stampName !== null) channel.latency = createLatencySamples(log.stampName);
  log.channels.push(channel);
  return channel;
}

function mergeChannels(log: Log, into: Channel, from: Channel): void {
  absorb(into, from, rttMs(log.rtt, originOf(into.url)));
  log.channels.splice(log.channels.indexOf(from), 1);
  for (const [session, channel] of log.downlinks) if (channel === from) log.downlinks.set(session, into);
  for (const [job, channel] of log.channelsByJob) if (channel === from) log.channelsByJob.set(job, into);
  for (const known of [...log.exchanges.values(), ...log.connections.values()])
    if (known.channel === from) known.channel = into;
  for (const connection of log.history.connections)
    if (connection.channelId === from.id) connection.channelId = into.id;
  log.history.exchanges.move(from.id, into.id);
  log.history.messages.move(from.id, into.id);
}

/** Whether the document was hidden at that time; null when nobody knows. */
export function wasHidden(log: Log, documentKey: string | null, at: number): boolean | null {
  const visibility = log.documents.get(documentKey ?? '')?.visibility ?? [];
  return visibility.findLast((change) => change.at <= at)?.hidden ?? null;
}
