import type { Connection, Exchange, Header, NetworkEntry } from '../../model.ts';
import type { Log } from '../../state.ts';
import type { Message } from '../../store/messages.ts';
import { isEventStream } from '../../stream-of-exchange.ts';
import { createRedactor, KEEP_ALL, type Redactor } from '../redact/redactor.ts';
import type { ExportOptions } from '../write.ts';
import { GENERATOR } from './dialect.ts';
import { eventSourceMessage, webSocketMessage } from './messages.ts';

/** What one entry is made of: from the network log where it told, else from what the page knows. */
interface Source {
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

/** A HAR 1.2 file in pieces, one an entry, so that none need hold it all; without secrets unless it is to be raw. */
export function* writeHar(log: Log, version: string, { raw }: ExportOptions = { raw: false }): Generator<string> {
  const redactor = raw ? KEEP_ALL : createRedactor();
  const pages = [...log.documents.values()].map(({ key, url }) => ({
    startedDateTime: isoTime(log.startedAt),
    id: key,
    title: redactor.url(url),
    pageTimings: {},
  }));
  const head = { version: '1.2', creator: { name: GENERATOR, version }, pages };
  yield `{"log":${JSON.stringify(head).slice(0, -1)},"entries":[`;
  let separator = '\n';
  for (const source of sourcesOf(log, redactor)) {
    yield separator + JSON.stringify(entryOf(source, log, redactor));
    separator = ',\n';
  }
  yield '\n]}}\n';
}

/** In order of start, as readers expect. */
function sourcesOf(log: Log, redactor: Redactor): Source[] {
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
  const { api, url, documentKey, startedAt, openedAt, closedAt, handshakes } = connection;
  const kind = KINDS[api];
  const told = handshakes.toSorted((a, b) => a.startedAt - b.startedAt);
  return (told.length === 0 ? [null] : told).map((network, i, all) => {
    const from = i === 0 ? -Infinity : network!.startedAt;
    const to = all[i + 1]?.startedAt ?? Infinity;
    const own = messages.filter(({ at }) => at >= from && at < to);
    const isLast = i === all.length - 1;
    return {
      method: network?.method ?? 'GET',
      url,
      documentKey,
      resourceType: kind.resourceType,
      startedAt: network?.startedAt ?? startedAt,
      // The network log tells of a socket's handshake alone while it is open.
      endedAt: Math.max(network?.endedAt ?? 0, isLast ? (closedAt ?? now) : 0),
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

/** −1 is how HAR writes "unknown". */
const UNKNOWN = -1;

function entryOf(source: Source, log: Log, redactor: Redactor): object {
  const { network, startedAt, endedAt, respondedAt } = source;
  const url = redactor.url(source.url);
  const blocked = network?.blockedMs ?? 0;
  const wait = network?.waitMs ?? Math.max((respondedAt ?? endedAt) - startedAt, 0);
  const receive = network?.receiveMs ?? Math.max(endedAt - startedAt - wait, 0);
  const httpVersion = network?.httpVersion || 'unknown';
  const headers = (list: readonly Header[] = []) => list.map(redactor.header).map(([name, value]) => ({ name, value }));
  return {
    _resourceType: source.resourceType,
    ...(network?.fromCache ? { _fromCache: 'disk' } : {}),
    ...(network && network.headerPlusMinus > 0 ? { _headerPlusMinus: network.headerPlusMinus } : {}),
    ...(log.documents.has(source.documentKey ?? '') ? { pageref: source.documentKey } : {}),
    startedDateTime: isoTime(startedAt),
    time: endedAt - startedAt,
    request: {
      method: source.method,
      url,
      httpVersion,
      cookies: [],
      headers: headers(network?.requestHeaders),
      queryString: queryOf(url),
      headersSize: network?.requestHeaderBytes ?? UNKNOWN,
      bodySize: source.requestBodyBytes ?? UNKNOWN,
      ...(source.requestBody === null
        ? {}
        : { postData: { mimeType: contentTypeOf(network), text: redactor.text(source.requestBody) } }),
    },
    response: {
      status: source.status,
      statusText: '',
      httpVersion,
      cookies: [],
      headers: headers(network?.responseHeaders),
      content: {
        size: network?.contentBytes ?? source.contentBytes ?? UNKNOWN,
        mimeType: network?.contentType ?? source.contentType ?? 'x-unknown',
        ...(network?.body == null ? {} : { text: redactor.text(network.body) }),
      },
      redirectURL: network?.redirectUrl == null ? '' : redactor.url(network.redirectUrl),
      headersSize: network?.responseHeaderBytes ?? UNKNOWN,
      bodySize: network?.responseBodyWireBytes ?? UNKNOWN,
      ...(source.aborted ? { _error: 'net::ERR_ABORTED' } : {}),
    },
    cache: {},
    timings: { blocked, dns: UNKNOWN, connect: UNKNOWN, ssl: UNKNOWN, send: 0, wait, receive },
    ...source.messages,
  };
}

const contentTypeOf = (network: NetworkEntry | null): string =>
  network?.requestHeaders.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';

const isoTime = (epochMs: number): string => new Date(epochMs).toISOString();

function queryOf(url: string): { name: string; value: string }[] {
  const query = /\?([^#]*)/.exec(url)?.[1] ?? '';
  return query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const equals = pair.indexOf('=');
      return equals < 0 ? { name: pair, value: '' } : { name: pair.slice(0, equals), value: pair.slice(equals + 1) };
    });
}
