import type { Figure } from '../../model.ts';
import type { Log } from '../../state.ts';
import { toBase64 } from '../base64.ts';
import { createRedactor, KEEP_ALL, type Redactor } from '../redact/redactor.ts';
import { reportChannel } from '../report.ts';
import type { ExportOptions } from '../write.ts';
import { type Cell, csvLine } from './cells.ts';

export const TABLES = ['channels', 'exchanges', 'messages'] as const;
export type Table = (typeof TABLES)[number];

/** A table of a log as CSV (RFC 4180), a line a piece, the names first; without secrets unless it is to be raw. */
export function* writeCsv(log: Log, table: Table, { raw }: ExportOptions = { raw: false }): Generator<string> {
  const redactor = raw ? KEEP_ALL : createRedactor();
  let named = false;
  for (const row of ROWS[table](log, redactor)) {
    if (!named) yield csvLine(Object.keys(row));
    named = true;
    yield csvLine(Object.values(row));
  }
}

type Row = Record<string, Cell>;

const ROWS: Record<Table, (log: Log, redactor: Redactor) => Generator<Row>> = {
  channels: channelRows,
  exchanges: exchangeRows,
  messages: messageRows,
};

/** Three cells a figure: a number without its provenance is none. */
const figure = (name: string, { value, provenance, plusMinus }: Figure): Row => ({
  [name]: value,
  [`${name}Provenance`]: provenance,
  [`${name}PlusMinus`]: plusMinus,
});

function* channelRows(log: Log, { url }: Redactor): Generator<Row> {
  for (const channel of log.channels) {
    const { bytes, latency, verdict, wasted, messages, frame, ...report } = reportChannel(log, channel);
    yield {
      id: report.id,
      transport: report.transport,
      confidence: verdict.confidence,
      provisional: verdict.provisional,
      method: report.method,
      urlTemplate: url(report.urlTemplate),
      sampleUrl: url(report.sampleUrl),
      operation: report.operation,
      protocol: report.protocol,
      httpVersion: report.httpVersion,
      frameUrl: frame === null ? null : url(frame.url),
      source: report.source,
      startedAt: isoTime(report.startedAt),
      lastAt: isoTime(report.lastAt),
      requests: report.requests,
      exchanges: report.exchanges,
      cached: report.cached,
      inFlight: report.inFlight,
      aborted: report.aborted,
      connections: report.connections,
      reconnects: report.reconnects,
      useful: report.useful,
      wastedEmpty: wasted.empty,
      wastedIdentical: wasted.identical,
      wastedVolatileOnly: wasted.volatileOnly,
      wastedHeldTimeout: wasted.heldTimeout,
      errors: report.errors,
      messagesSent: messages.sent,
      messagesReceived: messages.received,
      ...figure('requestHeaderBytes', bytes.requestHeader),
      ...figure('responseHeaderBytes', bytes.responseHeader),
      ...figure('framingBytes', bytes.framing),
      ...figure('payloadSentBytes', bytes.payloadSent),
      ...figure('payloadReceivedBytes', bytes.payloadReceived),
      overheadRatio: report.overheadRatio,
      ...figure('latencyP50Ms', latency.p50),
      ...figure('latencyP95Ms', latency.p95),
      ...figure('latencyMaxMs', latency.max),
    };
  }
}

function* exchangeRows({ history }: Log, { url }: Redactor): Generator<Row> {
  for (const exchange of history.exchanges.all) {
    const { network, startedAt, respondedAt, endedAt } = exchange;
    yield {
      id: exchange.id,
      channelId: exchange.channelId,
      method: exchange.method,
      url: url(exchange.url),
      status: exchange.status ?? network?.status ?? null,
      outcome: exchange.outcome,
      worth: exchange.worth,
      startedAt: isoTime(startedAt),
      waitMs: exchange.waitMs ?? (respondedAt === null ? null : respondedAt - startedAt),
      durationMs: endedAt === null ? null : endedAt - startedAt,
      hidden: exchange.hidden,
      contentType: exchange.contentType,
      httpVersion: network?.httpVersion ?? null,
      requestHeaderBytes: network?.requestHeaderBytes ?? null,
      responseHeaderBytes: network?.responseHeaderBytes ?? null,
      requestBodyBytes: exchange.requestBodyBytes,
      responseBodyBytes: exchange.responseBodyBytes,
      seenByPage: exchange.page,
      seenByNetwork: network !== null,
    };
  }
}

function* messageRows({ history: { messages } }: Log, { text, bytes }: Redactor): Generator<Row> {
  for (let seq = messages.first; seq < messages.next; seq++) {
    const { channelId, carrierId, at, direction, type, payloadBytes, content, lastEventId } = messages.get(seq)!;
    const isBinary = content !== null && typeof content !== 'string';
    yield {
      seq,
      channelId,
      carrierId,
      at: isoTime(at),
      direction,
      type,
      payloadBytes,
      lastEventId,
      encoding: isBinary ? 'base64' : null,
      content: content === null ? null : isBinary ? toBase64(bytes(content)) : text(content as string),
    };
  }
}

const isoTime = (epochMs: number): string => new Date(epochMs).toISOString();
