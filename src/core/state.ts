import type { Channel } from './channels.ts';
import { createFamilies, type Families } from './families.ts';
import type { RepeatedHeaders } from './headers.ts';
import { createJoiner, type Joiner } from './join.ts';
import type { Clock } from './metrics/clock.ts';
import { type BrowserHeaders, createBrowserHeaders } from './metrics/handshake.ts';
import { createRtt, type Rtt } from './metrics/rtt.ts';
import type { Connection, Exchange, NetworkEntry, PageDocument } from './model.ts';
import type { Protocol } from './protocols/protocol.ts';
import type { Arrivals } from './reactions.ts';
import type { Route } from './routes.ts';
import { createExchangeStore, type ExchangeStore } from './store/exchanges.ts';
import { createMessageStore, type MessageStore } from './store/messages.ts';
import type { ExchangeStream } from './stream-of-exchange.ts';

/** A document of the tab, and what was learned of it since. */
export interface KnownDocument extends PageDocument {
  clockOffsetMs: number | null;
  /** When it was shown and hidden, oldest first. */
  visibility: { at: number; hidden: boolean }[];
  arrivals: Arrivals;
}

export interface KnownExchange {
  exchange: Exchange;
  channel: Channel;
  /** Where the next entry that belongs to it will be from: a redirect leads elsewhere. */
  awaitedUrl: string;
  /** The head of its response came. */
  isAnswered: boolean;
  /** The messages of its response, once it came in pieces. */
  stream: ExchangeStream | null;
  /** It was taken to be over because the page read nothing of the answer. */
  isUnread: boolean;
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
  /** By URL without its query: where the newest request there went. */
  routes: Map<string, Route>;
  /** By target: the headers that the next entry is likely to repeat. */
  headers: Map<string, RepeatedHeaders>;
  /** By document, protocol and session: where the requests that send up belong. */
  downlinks: Map<string, Channel>;
  /** The same of what opened them, with the protocol that it named. */
  handshakes: Map<string, Protocol>;
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
    routes: new Map(),
    headers: new Map(),
    downlinks: new Map(),
    handshakes: new Map(),
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

/** Whether the document was hidden at that time; null when nobody knows. */
export function wasHidden(log: Log, documentKey: string | null, at: number): boolean | null {
  const visibility = log.documents.get(documentKey ?? '')?.visibility;
  if (visibility === undefined) return null;
  for (let i = visibility.length - 1; i >= 0; i--) if (visibility[i]!.at <= at) return visibility[i]!.hidden;
  return null;
}
