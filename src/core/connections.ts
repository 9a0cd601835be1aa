import type { PageEvent } from '../protocol.ts';
import { type Channel, countEntry, countFraming, countMessage, settle } from './channels.ts';
import { eventStreamFramingBytes, webSocketFrameHeaderBytes } from './metrics/framing.ts';
import { type Connection, type NetworkEntry, unreachable } from './model.ts';
import { channelOf, type Log } from './state.ts';

type ConnectionEvent = Extract<PageEvent, { kind: 'connect' | 'open' | 'message' | 'reconnecting' | 'close' }>;

/** The hook's clock reading and the browser's `startedDateTime` differ by less (measured: −0.4 to 2.2 ms). */
const TOLERANCE_MS = 5;

export function applyConnectionEvent(log: Log, documentKey: string, event: ConnectionEvent, at: number): void {
  const key = `${documentKey} ${event.id}`;
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
      if (connection.state !== 'open') channel.openConnections++;
      connection.state = 'open';
      connection.openedAt = at;
      connection.protocol = event.protocol;
      connection.extensions = event.extensions;
      connection.opens++;
      // A new socket of the same job is a reconnect as much as an EventSource that opens again.
      channel.opens++;
      channel.reconnects = channel.opens - channel.parallel;
      return;
    case 'message':
      countMessage(channel, connection, event.direction, event.payloadBytes, event.text, at);
      countFraming(channel, framingBytes(connection, event), at);
      connection.lastEventId = event.lastEventId;
      return;
    case 'reconnecting':
      leaveOpen(known, 'reconnecting');
      channel.onWire++;
      return;
    case 'close':
      leaveOpen(known, 'closed');
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
  key: string,
  documentKey: string,
  event: Extract<PageEvent, { kind: 'connect' }>,
  at: number,
): void {
  const connection: Connection = {
    id: ++log.lastId,
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
    handshakes: [],
  };
  admit(log, key, connection, at);
  const early = log.strayHandshakes.findIndex((entry) => belongsTo(connection, entry));
  if (early >= 0) joinConnection(log, log.strayHandshakes.splice(early, 1)[0]!);
}

function admit(log: Log, key: string, connection: Connection, at: number): Channel {
  const channel = channelOf(log, connection.documentKey, 'GET', connection.url, at);
  channel.connections++;
  channel.onWire++;
  channel.parallel = Math.max(channel.parallel, channel.openConnections + 1);
  log.connections.set(key, { connection, channel });
  if (connection.api === 'websocket') settle(channel, 'websocket', { kind: 'websocket' }, at);
  else settle(channel, 'sse', { kind: 'event-source' }, at);
  return channel;
}

/** Takes the connections that are still open into a fresh log: their messages go on, with counts from now. */
export function keepOpenConnections(from: Log, to: Log): void {
  for (const [key, { connection }] of from.connections) {
    if (connection.closedAt !== null) continue;
    const channel = admit(to, key, connection, to.startedAt);
    if (connection.state !== 'open') continue;
    channel.openConnections++;
    channel.opens++;
  }
}

/** A handshake as devtools.network reported it once it was over. Those of connections we do not know wait, in bounded number. */
export function joinConnection(log: Log, entry: NetworkEntry): void {
  for (const { connection, channel } of log.connections.values()) {
    if (!belongsTo(connection, entry)) continue;
    connection.handshakes.push(entry);
    countEntry(channel, entry);
    log.sources.both++;
    return;
  }
  log.strayHandshakes.push(entry);
  if (log.strayHandshakes.length > MAX_STRAYS) log.strayHandshakes.shift();
}

const MAX_STRAYS = 64;

/** First in first out on the URL: a handshake lies within the life of its connection, and a socket has but one. */
function belongsTo(connection: Connection, entry: NetworkEntry): boolean {
  const isWebSocket = entry.resourceType === 'websocket';
  if (connection.url !== entry.url || isWebSocket !== (connection.api === 'websocket')) return false;
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
    leaveOpen(known, 'cut');
    known.connection.closedAt = at;
  }
}

function leaveOpen(
  { connection, channel }: { connection: Connection; channel: { openConnections: number } },
  state: Connection['state'],
): void {
  if (connection.state === 'open') channel.openConnections--;
  connection.state = state;
}

function framingBytes(connection: Connection, event: Extract<PageEvent, { kind: 'message' }>): number {
  if (connection.api === 'websocket')
    return webSocketFrameHeaderBytes(event.payloadBytes ?? 0, event.direction === 'sent');
  // The browser repeats the last id on events that bring none of their own.
  const id = event.lastEventId === connection.lastEventId ? null : event.lastEventId;
  return eventStreamFramingBytes(event.type, id, event.text ?? '');
}
