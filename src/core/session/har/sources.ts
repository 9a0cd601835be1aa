import type { Connection, Exchange, NetworkEntry } from '../../model.ts';
import type { Log } from '../../state.ts';
import type { Message } from '../../store/messages.ts';
import { isEventStream } from '../../stream-of-exchange.ts';
import type { Redactor } from '../redact/redactor.ts';
import { eventSourceMessage, webSocketMessage } from './messages.ts';

/** What one entry is made of: from the network log where it told, else from what the page knows. */
export interface Source {
  method: string;
  url: string;
  documentKey: string | null;
  resourceType: string;
  startedAt: number;
  endedAt: number;
  respondedAt: number | null;
  status: number;
  contentType: string | null;
  requestBodyBytes: number | null;
  contentBytes: number | null;
  requestBody: string | null;
  aborted: boolean;
  network: NetworkEntry | null;
  messages: object;
}

/** Exchanges and connections in order of start, as readers expect. What is still pending is left out, but for streams. */
export function sourcesOf(log: Log, redactor: Redactor): Source[] {
  const byCarrier = messagesByCarrier(log);
  const sources = [
    ...log.history.exchanges.all
      .filter(({ outcome, streamed }) => outcome !== 'pending' || streamed)
      .map((exchange) => ofExchange(exchange, byCarrier.get(exchange.id) ?? [], log.now, redactor)),
    ...log.history.connections.flatMap((connection) =>
      ofConnection(connection, byCarrier.get(connection.id) ?? [], log.now, redactor),
    ),
  ];
  return sources.sort((a, b) => a.startedAt - b.startedAt);
}

function messagesByCarrier({ history: { messages } }: Log): Map<number, Message[]> {
  const byCarrier = new Map<number, Message[]>();
  for (let seq = messages.first; seq < messages.next; seq++) {
    const message = messages.get(seq)!;
    const own = byCarrier.get(message.carrierId) ?? [];
    own.push(message);
    byCarrier.set(message.carrierId, own);
  }
  return byCarrier;
}

function ofExchange(exchange: Exchange, messages: readonly Message[], now: number, redactor: Redactor): Source {
  const { network, outcome } = exchange;
  const isStream = isEventStream(exchange.contentType) && messages.length > 0;
  return {
    method: exchange.method,
    url: exchange.url,
    documentKey: exchange.documentKey,
    resourceType: network?.resourceType ?? (exchange.api === 'beacon' ? 'ping' : (exchange.api ?? 'other')),
    startedAt: network?.startedAt ?? exchange.startedAt,
    endedAt: network?.endedAt ?? exchange.endedAt ?? now,
    respondedAt: exchange.respondedAt,
    status: network?.status ?? exchange.status ?? 0,
    contentType: exchange.contentType,
    requestBodyBytes: exchange.requestBodyBytes,
    contentBytes: exchange.responseBodyBytes,
    requestBody: network?.requestBody ?? exchange.requestText,
    aborted: outcome === 'aborted' || outcome === 'cut',
    network,
    messages: isStream
      ? { _eventSourceMessages: messages.map((message) => eventSourceMessage(message, redactor)) }
      : {},
  };
}

interface ConnectionKind {
  resourceType: string;
  /** Of a handshake that succeeded. */
  status: number;
  contentType: string | null;
  messagesOf(messages: readonly Message[], redactor: Redactor): object;
}

const WEB_SOCKET: ConnectionKind = {
  resourceType: 'websocket',
  status: 101,
  contentType: null,
  messagesOf: (messages, redactor) => ({
    _webSocketMessages: messages.map((message) => webSocketMessage(message, redactor)),
  }),
};
const EVENT_SOURCE: ConnectionKind = {
  resourceType: 'eventsource',
  status: 200,
  contentType: 'text/event-stream',
  messagesOf: (messages, redactor) => ({
    _eventSourceMessages: messages.map((message) => eventSourceMessage(message, redactor)),
  }),
};
const KINDS: Record<Connection['api'], ConnectionKind> = {
  websocket: WEB_SOCKET,
  'websocket-stream': WEB_SOCKET,
  'event-source': EVENT_SOURCE,
  // No reader of HAR has a place for its messages.
  webtransport: { resourceType: 'webtransport', status: 200, contentType: null, messagesOf: () => ({}) },
};

/** An EventSource that came back is an entry for each request it made; what it brought belongs to the one before it in time. */
function ofConnection(connection: Connection, messages: readonly Message[], now: number, redactor: Redactor): Source[] {
  const { api, url, documentKey, openedAt, closedAt } = connection;
  const kind = KINDS[api];
  return attemptsOf(connection).map(({ startedAt, network }, i, all) => {
    const next = all[i + 1]?.startedAt ?? Infinity;
    const own = messages.filter(({ at }) => (i === 0 || at >= startedAt) && at < next);
    const lastAt = own.at(-1)?.at ?? startedAt;
    return {
      method: network?.method ?? 'GET',
      url,
      documentKey,
      resourceType: kind.resourceType,
      startedAt,
      // Of what is open the network log tells the head alone.
      endedAt: Math.max(network?.endedAt ?? 0, next === Infinity ? (closedAt ?? now) : lastAt),
      respondedAt: openedAt,
      status: network?.status ?? (openedAt === null ? 0 : kind.status),
      contentType: kind.contentType,
      requestBodyBytes: 0,
      contentBytes: network?.contentBytes ?? null,
      requestBody: null,
      aborted: false,
      network,
      messages: kind.messagesOf(own, redactor),
    };
  });
}

/** The page is told that a stream is open this long after its request began, at most, on a busy machine. */
const OPENS_WITHIN_MS = 5000;

/** The requests of a connection: those the network log told of, and openings that only the page saw. */
function attemptsOf({
  startedAt,
  spans,
  handshakes,
}: Connection): { startedAt: number; network: NetworkEntry | null }[] {
  const left = handshakes.toSorted((a, b) => a.startedAt - b.startedAt);
  const opened = spans.map(({ from }, i) => {
    const told = left.findIndex((entry) => entry.startedAt <= from && entry.startedAt > from - OPENS_WITHIN_MS);
    const network = told < 0 ? null : left.splice(told, 1)[0]!;
    return { startedAt: network?.startedAt ?? (i === 0 ? startedAt : from), network };
  });
  const failed = left.map((network) => ({ startedAt: network.startedAt, network }));
  const attempts = [...opened, ...failed].sort((a, b) => a.startedAt - b.startedAt);
  return attempts.length === 0 ? [{ startedAt, network: null }] : attempts;
}
