import type { ConnectionApi, PageEvent } from '../protocol.ts';
import { countEntry, countFraming, countMessage } from './channel-counts.ts';
import { recogniseChannel, recognisePayload, shortLabels } from './channel-protocol.ts';
import { settle } from './channel-verdict.ts';
import type { Channel } from './channels.ts';
import { channelOf } from './jobs.ts';
import { noteCall } from './metrics/calls.ts';
import { eventStreamFramingBytes, webSocketFrameHeaderBytes } from './metrics/framing.ts';
import { type Connection, type NetworkEntry, type Transport, unreachable } from './model.ts';
import { isHeartbeat } from './protocols/labels.ts';
import { noteArrival } from './reactions.ts';
import { type KnownConnection, type Log, pageKey } from './state.ts';

type ConnectionEvent = Extract<
  PageEvent,
  { kind: 'connect' | 'open' | 'message' | 'content' | 'buffered' | 'reconnecting' | 'close' }
>;

/** The hook's clock reading and the browser's `startedDateTime` differ by less (measured: −0.4 to 2.2 ms). */
const TOLERANCE_MS = 5;

export function applyConnectionEvent(log: Log, documentKey: string, event: ConnectionEvent, at: number): void {
  const key = pageKey(log, documentKey, event.id);
  if (event.kind === 'connect') {
    connect(log, key, documentKey, event, at);
    return;
  }
  const known = log.connections.get(key);
  if (known === undefined) return;
  const { connection, channel } = known;
  channel.lastAt = Math.max(channel.lastAt, at);
  switch (event.kind) {
    case 'open':
      if (connection.state === 'reconnecting') channel.onWire++;
      if (connection.state !== 'open') channel.openConnections++;
      connection.state = 'open';
      connection.openedAt = at;
      connection.protocol = event.protocol;
      connection.extensions = event.extensions;
      channel.subprotocol = event.protocol;
      channel.extensions = event.extensions;
      recogniseChannel(channel);
      connection.opens++;
      connection.spans.push({ from: at, to: null });
      if (connection.spans.length > MAX_SPANS) connection.spans.shift();
      channel.opens++;
      channel.parallel = Math.max(channel.parallel, channel.openConnections);
      connection.streams.push({ openedAt: at, bytes: 0 });
      return;
    case 'message':
      takeMessage(log, key, known, event, at);
      return;
    case 'content': {
      const awaited = `${key} ${event.contentId}`;
      const seq = log.awaited.get(awaited);
      log.awaited.delete(awaited);
      if (seq !== undefined) log.history.messages.setContent(seq, event.bytes);
      return;
    }
    case 'buffered':
      if (event.bytes <= (connection.bufferedPeaks.at(-1)?.bytes ?? 0)) return;
      connection.bufferedPeaks.push({ at, bytes: event.bytes });
      if (connection.bufferedPeaks.length > MAX_PEAKS) connection.bufferedPeaks.shift();
      return;
    case 'reconnecting':
      retry(known);
      leaveOpen(known, 'reconnecting', at);
      return;
    case 'close':
      // A page that gives up while the browser still waits to try again makes no attempt.
      if (!event.wasClean) retry(known);
      leaveOpen(known, 'closed', at);
      connection.closedAt = at;
      connection.closeCode = event.code;
      connection.wasClean = event.wasClean;
      return;
    default:
      unreachable(event);
  }
}

function connect(
  log: Log,
  key: number,
  documentKey: string,
  event: Extract<PageEvent, { kind: 'connect' }>,
  at: number,
): void {
  const connection: Connection = {
    id: ++log.lastId,
    channelId: 0,
    documentKey,
    api: event.api,
    url: event.url,
    startedAt: at,
    openedAt: null,
    closedAt: null,
    opens: 0,
    state: 'connecting',
    closeCode: null,
    wasClean: null,
    protocol: '',
    extensions: '',
    lastEventId: '',
    stack: event.stack,
    bufferedPeaks: [],
    spans: [],
    streams: [],
    handshakes: [],
  };
  log.history.connections.push(connection);
  if (log.history.connections.length > MAX_CONNECTIONS) log.history.connections.shift();
  admit(log, key, connection, at);
  const early = log.strayHandshakes.findIndex((entry) => belongsTo(connection, entry));
  if (early >= 0) joinConnection(log, log.strayHandshakes.splice(early, 1)[0]!);
}

/** Connections kept for the timeline; a page that opens more keeps its counts. */
const MAX_CONNECTIONS = 10_000;
/** Times that a connection was open which are kept. */
const MAX_SPANS = 1000;
/** Each is twice the one before: no page gets further. */
const MAX_PEAKS = 32;
/** Blobs whose content may be awaited at a time. */
const MAX_AWAITED = 1000;

function takeMessage(
  log: Log,
  key: number,
  { connection, channel }: KnownConnection,
  event: Extract<PageEvent, { kind: 'message' }>,
  at: number,
): void {
  const { direction, type, payloadBytes, text, bytes, contentId, lastEventId } = event;
  const { api } = connection;
  const content = text ?? bytes;
  if (content !== null) recognisePayload(channel, content, direction, api === 'event-source' ? type : null);
  if (direction === 'received') noteArrival(log, connection.documentKey, channel.id, at);
  const labels = shortLabels(channel, content, direction, type);
  if (isHeartbeat(labels)) channel.heartbeats[direction]++;
  for (const { correlation } of labels) if (correlation !== null) noteCall(channel.calls, correlation, direction, at);
  countMessage(channel, direction, payloadBytes, text, at);
  const framing = framingBytes(connection, event);
  countFraming(channel, framing, at);
  const stream = connection.streams.at(-1);
  if (stream !== undefined) stream.bytes += framing + (payloadBytes ?? 0);
  connection.lastEventId = lastEventId;
  const seq = log.history.messages.add({
    channelId: channel.id,
    carrierId: connection.id,
    at,
    direction,
    type,
    payloadBytes,
    content,
    lastEventId,
  });
  if (contentId !== null && log.awaited.size < MAX_AWAITED) log.awaited.set(`${key} ${contentId}`, seq);
}

/** An attempt to open again that failed: it crossed the wire all the same. */
function retry({ connection, channel }: KnownConnection): void {
  if (connection.state === 'reconnecting') channel.onWire++;
}

const TRANSPORTS: Record<ConnectionApi, Transport> = {
  websocket: 'websocket',
  'websocket-stream': 'websocket',
  'event-source': 'sse',
  webtransport: 'webtransport',
};

function admit(log: Log, key: number, connection: Connection, at: number): Channel {
  const { documentKey, url, api } = connection;
  const channel = channelOf(log, { documentKey, method: 'GET', url, requestText: null }, at);
  connection.channelId = channel.id;
  channel.connections++;
  channel.onWire++;
  channel.parallel = Math.max(channel.parallel, channel.openConnections + 1);
  log.connections.set(key, { connection, channel });
  settle(channel, TRANSPORTS[api], { kind: api }, at);
  return channel;
}

/** Takes the connections that are still open into a fresh log: their messages go on, with counts from now. */
export function keepOpenConnections(from: Log, to: Log): void {
  for (const [documentKey, key] of from.keysFrom) to.keysFrom.set(documentKey, key);
  for (const [key, { connection }] of from.connections) {
    if (connection.closedAt !== null) continue;
    const channel = admit(to, key, connection, to.startedAt);
    if (connection.state !== 'open') continue;
    channel.openConnections++;
    channel.opens++;
  }
}

/** A handshake as devtools.network reported it once it was over: whether its connection is known. */
export function joinConnection(log: Log, entry: NetworkEntry): boolean {
  for (const { connection, channel } of log.connections.values()) {
    if (!belongsTo(connection, entry)) continue;
    // Told before, while its stream was open.
    if (connection.handshakes.some(({ startedAt }) => startedAt === entry.startedAt)) {
      completeStream(connection, channel, entry);
      return true;
    }
    connection.handshakes.push(entry);
    countEntry(channel, entry);
    completeStream(connection, channel, entry);
    log.sources.both++;
    return true;
  }
  return false;
}

/** A handshake whose connection is yet to be told of waits for it, in bounded number. */
export function keepHandshake(log: Log, entry: NetworkEntry): void {
  log.strayHandshakes.push(entry);
  if (log.strayHandshakes.length > MAX_STRAYS) log.strayHandshakes.shift();
}

/** How late a stream's entry may begin after the page was told that it is open, the clocks of both apart. */
const OPEN_LATE_MS = 50;

/** Of an event stream that has ended the network log knows all bytes, comments and chunk heads included: what no message explains is framing. */
function completeStream(connection: Connection, channel: Channel, entry: NetworkEntry): void {
  const wire = entry.contentEncoding === null ? entry.responseBodyWireBytes : entry.contentBytes;
  const i = connection.streams.findIndex(({ openedAt }) => entry.startedAt <= openedAt + OPEN_LATE_MS);
  if (connection.api !== 'event-source' || i < 0) return;
  const [stream] = connection.streams.splice(i, 1);
  // One that the page closed is reported with its head alone.
  if (wire !== null && wire > stream!.bytes) countFraming(channel, wire - stream!.bytes, entry.endedAt);
}

const MAX_STRAYS = 64;

/** First in first out on the URL: a handshake lies within the life of its connection, and a socket has but one. */
function belongsTo(connection: Connection, entry: NetworkEntry): boolean {
  const isWebSocket = entry.resourceType === 'websocket';
  // What a page posts to the URL of its stream is no handshake.
  if (!isWebSocket && entry.resourceType !== 'eventsource') return false;
  if (connection.url !== entry.url || isWebSocket !== (connection.api !== 'event-source')) return false;
  if (isWebSocket && connection.handshakes.length > 0) return false;
  const endedAt = connection.closedAt ?? Infinity;
  return entry.startedAt >= connection.startedAt - TOLERANCE_MS && entry.startedAt <= endedAt + TOLERANCE_MS;
}

/** Long after its end nothing more can be learned of a connection; its channel keeps the counts. */
const FORGET_MS = 60_000;

export function forgetConnections(log: Log): void {
  for (const [key, { connection }] of log.connections) {
    if (connection.closedAt !== null && log.now - connection.closedAt > FORGET_MS) log.connections.delete(key);
  }
}

/** The document is gone: its connections went with it. */
export function cutConnections(log: Log, documentKey: string, at: number): void {
  for (const known of log.connections.values()) {
    if (known.connection.documentKey !== documentKey || known.connection.closedAt !== null) continue;
    leaveOpen(known, 'cut', at);
    known.connection.closedAt = at;
  }
}

function leaveOpen(
  { connection, channel }: { connection: Connection; channel: { openConnections: number } },
  state: Connection['state'],
  at: number,
): void {
  if (connection.state === 'open') channel.openConnections--;
  const span = connection.spans.at(-1);
  if (span?.to === null) span.to = at;
  connection.state = state;
}

function framingBytes(connection: Connection, event: Extract<PageEvent, { kind: 'message' }>): number {
  // How QUIC frames it nobody here can know.
  if (connection.api === 'webtransport') return 0;
  if (connection.api !== 'event-source')
    return webSocketFrameHeaderBytes(event.payloadBytes ?? 0, event.direction === 'sent');
  // The browser repeats the last id on events that bring none of their own.
  const id = event.lastEventId === connection.lastEventId ? null : event.lastEventId;
  return eventStreamFramingBytes(event.type, id, event.text ?? '');
}
