import { type Channel, createChannel } from '../channels.ts';
import { apply } from '../log.ts';
import { addWait } from '../metrics/rtt.ts';
import { readSketch } from '../metrics/sketch.ts';
import type { Connection, Exchange, Header, NetworkEntry } from '../model.ts';
import { protocolById } from '../protocols/protocols.ts';
import { base64 } from '../protocols/wire/bytes.ts';
import { createLog, type Log } from '../state.ts';
import { createExchangeStore } from '../store/exchanges.ts';
import { createMessageStore } from '../store/messages.ts';
import { FileError } from './file-error.ts';
import type { ChannelCharts, SavedEntry, Session } from './format.ts';
import { type ChannelReport, keepReport } from './report.ts';

/**
 * The log of a session that `parseSession` found sound, to be looked at: every report is as it was saved. Nothing can be
 * applied to it, as the state that led there was not saved.
 * @throws FileError for a binary content that is no base64
 */
export function fromSession(session: Session): Log {
  const log = createLog(session.captureStartedAt);
  log.dropped = session.dropped;
  log.rejected = session.rejected;
  log.sources = { ...session.sources };
  for (const { key, frameId, url, clockOffsetMs, visibility } of session.documents) {
    apply(log, { kind: 'document', document: { key, frameId, url }, at: session.captureStartedAt });
    Object.assign(log.documents.get(key)!, { clockOffsetMs, visibility });
  }
  log.now = session.writtenAt;
  for (const { origin, waitsMs } of session.roundTrips) for (const waitMs of waitsMs) addWait(log.rtt, origin, waitMs);

  const charts = new Map(session.charts.map((chart) => [chart.channelId, chart]));
  const documentKeys = documentKeysOf(session);
  for (const report of session.channels)
    log.channels.push(readChannel(report, documentKeys.get(report.id) ?? null, charts.get(report.id)));

  const entryOf = entryReader(session.headers);
  log.history = {
    connections: session.connections.map(
      (saved): Connection => ({ ...saved, handshakes: saved.handshakes.map(entryOf) }),
    ),
    exchanges: createExchangeStore({ ...UNLIMITED_EXCHANGES }, session.evicted),
    messages: createMessageStore({ ...UNLIMITED_MESSAGES }, session.messages.first),
  };
  for (const saved of session.exchanges)
    log.history.exchanges.add({
      ...saved,
      network: saved.network === null ? null : entryOf(saved.network),
    } as Exchange);
  readMessages(log, session);
  return log;
}

/** What was saved was within bounds already. */
const UNLIMITED_EXCHANGES = { exchanges: Infinity, bodies: Infinity };
const UNLIMITED_MESSAGES = { messages: Infinity, content: Infinity };

/** A channel's document is that of its exchanges or connections. */
function documentKeysOf({ exchanges, connections }: Session): Map<number, string | null> {
  const keys = new Map<number, string | null>();
  for (const { channelId, documentKey } of [...exchanges, ...connections]) keys.set(channelId, documentKey);
  return keys;
}

function readChannel(report: ChannelReport, documentKey: string | null, charts: ChannelCharts | undefined): Channel {
  const { id, method, sampleUrl, operation, startedAt, lastAt, httpVersion, subprotocol, protocol } = report;
  const channel = createChannel(id, { documentKey, method, url: sampleUrl, operation }, startedAt);
  channel.lastAt = lastAt;
  channel.httpVersion = httpVersion;
  channel.subprotocol = subprotocol ?? '';
  channel.protocol = protocol === null ? null : protocolById(protocol);
  const { since, ...verdict } = report.verdict;
  channel.standing = { verdict, since: since ?? startedAt, contradictions: 0 };
  channel.settled = true;
  if (charts !== undefined) {
    channel.series = charts.series;
    const { receivedAt, delayMs, sketch } = charts.latency;
    channel.latency.receivedAt = receivedAt;
    channel.latency.delayMs = delayMs;
    channel.latency.sketch = sketch === undefined ? null : readSketch(sketch);
    channel.latency.count = channel.latency.sketch?.count ?? delayMs.length;
  }
  keepReport(channel, report);
  return channel;
}

function entryReader(headers: Session['headers']): (saved: SavedEntry) => NetworkEntry {
  const header = (index: number): Header => headers[index]!;
  return (saved) => ({
    ...saved,
    requestHeaders: saved.requestHeaders.map(header),
    responseHeaders: saved.responseHeaders.map(header),
  });
}

function readMessages({ history: { messages } }: Log, { messages: columns }: Session): void {
  const { channelId, carrierId, at, sent, type, payloadBytes, content, lastEventId } = columns;
  for (let i = 0; i < at.length; i++) {
    messages.add({
      channelId: channelId[i]!,
      carrierId: carrierId[i]!,
      at: at[i]!,
      direction: sent[i] ? 'sent' : 'received',
      type: type[i]!,
      payloadBytes: payloadBytes[i]!,
      content: contentOf(content[i]!, i),
      lastEventId: lastEventId[i]!,
    });
  }
}

function contentOf(saved: Session['messages']['content'][number], i: number): string | Uint8Array | null {
  if (saved === null || typeof saved === 'string') return saved;
  const bytes = base64(saved.base64);
  if (bytes === null) throw new FileError(`messages.content[${i}].base64: this is no base64.`);
  return bytes;
}
