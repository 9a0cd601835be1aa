import type { Channel } from '../channels.ts';
import { saveSketch } from '../metrics/sketch.ts';
import type { Connection, Exchange, Header, NetworkEntry } from '../model.ts';
import type { Log } from '../state.ts';
import { toBase64 } from './base64.ts';
import {
  type ChannelCharts,
  type MessageColumns,
  type SavedConnection,
  type SavedEntry,
  type SavedExchange,
  SCHEMA_VERSION,
  type Session,
} from './format.ts';
import { createRedactor, KEEP_ALL, type Redactor } from './redact/redactor.ts';
import { type ChannelReport, reportChannel } from './report.ts';

export interface ExportOptions {
  /** Cookies, credentials and tokens and all. */
  raw: boolean;
}

/** All that a log holds, as plain JSON; without cookies, credentials and tokens unless it is to be raw. */
export function toSession(log: Log, version: string, { raw }: ExportOptions = { raw: false }): Session {
  const redactor = raw ? KEEP_ALL : createRedactor();
  const headers = createHeaderTable(redactor);
  const { exchanges, connections, messages } = log.history;
  return {
    schemaVersion: SCHEMA_VERSION,
    generator: `Transport Lens ${version}`,
    captureStartedAt: log.startedAt,
    writtenAt: log.now,
    sanitized: !raw,
    documents: [...log.documents.values()].map(({ key, frameId, url, clockOffsetMs, visibility }) => ({
      key,
      frameId,
      url: redactor.url(url),
      clockOffsetMs,
      visibility: [...visibility],
    })),
    dropped: log.dropped,
    rejected: log.rejected,
    evicted: { messages: messages.first, exchanges: exchanges.dropped, bodies: exchanges.bodiesDropped },
    sources: { ...log.sources },
    roundTrips: [...log.rtt.waits].map(([origin, { newest }]) => ({ origin, waitsMs: [...newest] })),
    channels: log.channels.map((channel) => redactReport(reportChannel(log, channel), redactor)),
    charts: log.channels.map(chartsOf),
    connections: connections.map((connection) => saveConnection(connection, headers, redactor)),
    exchanges: exchanges.all.map((exchange) => saveExchange(exchange, headers, redactor)),
    messages: saveMessages(log, redactor),
    headers: headers.all,
  };
}

function redactReport(report: ChannelReport, { url, text }: Redactor): ChannelReport {
  const { frame, subprotocol, urlTemplate, sampleUrl } = report;
  return {
    ...report,
    urlTemplate: url(urlTemplate),
    sampleUrl: url(sampleUrl),
    subprotocol: subprotocol === null ? null : text(subprotocol),
    frame: frame === null ? null : { ...frame, url: url(frame.url) },
  };
}

const chartsOf = ({ id, series, latency }: Channel): ChannelCharts => ({
  channelId: id,
  series: series.map((bucket) => ({ ...bucket })),
  latency: {
    receivedAt: [...latency.receivedAt],
    delayMs: [...latency.delayMs],
    ...(latency.sketch === null ? {} : { sketch: saveSketch(latency.sketch) }),
  },
});

interface HeaderTable {
  all: [name: string, value: string][];
  indexOf(header: Header): number;
}

function createHeaderTable(redactor: Redactor): HeaderTable {
  const all: HeaderTable['all'] = [];
  const known = new Map<string, number>();
  return {
    all,
    indexOf(header) {
      const [name, value] = redactor.header(header);
      const key = `${name}:${value}`;
      let index = known.get(key);
      if (index === undefined) {
        index = all.push([name, value]) - 1;
        known.set(key, index);
      }
      return index;
    },
  };
}

function saveEntry(entry: NetworkEntry, { indexOf }: HeaderTable, { url, text }: Redactor): SavedEntry {
  const { redirectUrl, requestBody, body } = entry;
  return {
    ...entry,
    url: url(entry.url),
    requestHeaders: entry.requestHeaders.map(indexOf),
    responseHeaders: entry.responseHeaders.map(indexOf),
    redirectUrl: redirectUrl === null ? null : url(redirectUrl),
    requestBody: requestBody === null ? null : text(requestBody),
    body: body === null ? null : text(body),
  };
}

function saveExchange(exchange: Exchange, headers: HeaderTable, redactor: Redactor): SavedExchange {
  const { requestText, stack, network } = exchange;
  return {
    ...exchange,
    url: redactor.url(exchange.url),
    requestText: requestText === null ? null : redactor.text(requestText),
    stack: stack === null ? null : redactor.text(stack),
    network: network === null ? null : saveEntry(network, headers, redactor),
  };
}

function saveConnection(connection: Connection, headers: HeaderTable, redactor: Redactor): SavedConnection {
  const { url, protocol, stack, handshakes } = connection;
  return {
    ...connection,
    url: redactor.url(url),
    // Where a page cannot set headers, tokens travel as the name of a protocol.
    protocol: redactor.text(protocol),
    stack: stack === null ? null : redactor.text(stack),
    streams: connection.streams.map((stream) => ({ ...stream })),
    handshakes: handshakes.map((entry) => saveEntry(entry, headers, redactor)),
  };
}

function saveMessages({ history: { messages } }: Log, redactor: Redactor): MessageColumns {
  const columns: MessageColumns = {
    first: messages.first,
    channelId: [],
    carrierId: [],
    at: [],
    sent: [],
    type: [],
    payloadBytes: [],
    content: [],
    lastEventId: [],
  };
  for (let seq = messages.first; seq < messages.next; seq++) {
    const { channelId, carrierId, at, direction, type, payloadBytes, content, lastEventId } = messages.get(seq)!;
    columns.channelId.push(channelId);
    columns.carrierId.push(carrierId);
    columns.at.push(at);
    columns.sent.push(direction === 'sent');
    columns.type.push(type);
    columns.payloadBytes.push(payloadBytes);
    columns.content.push(
      content === null
        ? null
        : typeof content === 'string'
          ? redactor.text(content)
          : { base64: toBase64(redactor.bytes(content)) },
    );
    columns.lastEventId.push(lastEventId);
  }
  return columns;
}
