import type { Tally } from '../channels.ts';
import { addFigures, derived, sumFigure } from '../metrics/figures.ts';
import { ascending, quantile } from '../metrics/statistics.ts';
import { worthOf } from '../metrics/waste.ts';
import type { Connection, Exchange, Figure, NetworkEntry } from '../model.ts';
import type { Series } from '../series.ts';
import { type ChannelReport, latencyFigures } from '../session/report.ts';
import type { Log } from '../state.ts';
import { lowerBound } from '../timeline/density.ts';
import { laneOf } from '../timeline/lane.ts';

/** Epoch ms, both included. */
export interface TimeRange {
  from: number;
  to: number;
}

/**
 * A channel's report narrowed to what began within a stretch of time; null when nothing did and nothing was open. Counts come from
 * what is kept of the past, so a range older than that counts less than there was. Verdict, protocol and addresses stay those of the
 * whole: they were learned from all of it.
 */
export function reportInRange(
  log: Log,
  report: ChannelReport,
  connections: readonly Connection[],
  series: Series,
  range: TimeRange,
): ChannelReport | null {
  const within = (at: number) => at >= range.from && at <= range.to;
  const exchanges = log.history.exchanges.of(report.id).filter(({ startedAt }) => within(startedAt));
  const opens = connections.flatMap(({ spans }) => spans).filter(({ from }) => within(from)).length;
  const messages = messagesIn(log, report.id, range);
  const standsOpen = connections.some(({ spans }) =>
    spans.some(({ from, to }) => from <= range.to && (to ?? Infinity) >= range.from),
  );
  if (exchanges.length === 0 && opens === 0 && messages.count === 0 && !standsOpen) return null;

  const isPoll = report.transport === 'polling' || report.transport === 'long-polling';
  const isConnection = report.connections > 0;
  const onWire = exchanges.filter(({ network }) => network?.fromCache !== true);
  const worth = (kind: Exchange['worth']) => exchanges.filter((exchange) => exchange.worth === kind).length;
  const wasted = {
    empty: isPoll ? worth('empty') : 0,
    identical: isPoll ? worth('identical') : 0,
    volatileOnly: isPoll ? worth('volatile-only') : 0,
    heldTimeout: isPoll ? worth('held-timeout') : 0,
  };
  const over = onWire.filter(({ endedAt }) => endedAt !== null);
  const entries = [
    ...onWire.flatMap(({ network }) => network ?? []),
    ...connections.flatMap(({ handshakes }) => handshakes).filter(({ startedAt }) => within(startedAt)),
  ];
  const bytes = bytesIn(entries, over, opens, messages, framingIn(series, range));
  const payload = (bytes.payloadSent.value ?? 0) + (bytes.payloadReceived.value ?? 0);
  return {
    ...report,
    requests: onWire.length + opens,
    exchanges: onWire.length,
    cached: exchanges.length - onWire.length,
    inFlight: exchanges.filter(({ endedAt }) => endedAt === null).length,
    aborted: exchanges.filter(({ outcome }) => outcome === 'aborted' || outcome === 'cut').length,
    // Its kind is what it was, even where none opened just then.
    connections: isConnection ? opens : 0,
    reconnects: isConnection ? Math.max(opens - 1, 0) : 0,
    baseline: worth('baseline'),
    useful: worth('useful'),
    wasted,
    wastedTotal: wasted.empty + wasted.identical + wasted.volatileOnly + wasted.heldTimeout,
    errors: worth('error'),
    unjudged: over.filter((e) => e.worth === null && !e.streamed && e.outcome === 'done').length,
    messages:
      isConnection || messages.count > 0
        ? { sent: messages.sent, received: messages.count - messages.sent }
        : { sent: 0, received: exchanges.filter(broughtNews).length },
    reported: {
      exchanges: entries.filter(({ requestHeaderBytes }) => requestHeaderBytes !== null).length,
      of: over.length + opens,
    },
    bytes,
    overheadRatio: bytes.wire.value ? Math.max(bytes.wire.value - payload, 0) / bytes.wire.value : null,
    latency: latencyIn(log, report, range),
  };
}

/** The first answer is in no count of waste, but may have carried something. */
const broughtNews = (exchange: Exchange): boolean =>
  exchange.worth === 'useful' || (exchange.worth === 'baseline' && worthOf(exchange, null, null)?.carries === true);

interface MessageSums {
  count: number;
  sent: number;
  sentBytes: number;
  receivedBytes: number;
}

function messagesIn(log: Log, channelId: number, range: TimeRange): MessageSums {
  const { messages } = log.history;
  const lane = laneOf(log, channelId, []).messages;
  const sums = { count: 0, sent: 0, sentBytes: 0, receivedBytes: 0 };
  for (let i = lowerBound(lane, range.from); i < lane.length && lane.timeAt(i) <= range.to; i++) {
    const seq = lane.seqAt(i);
    const size = messages.payloadBytesOf(seq) ?? 0;
    sums.count++;
    if (messages.isSent(seq)) {
      sums.sent++;
      sums.sentBytes += size;
    } else sums.receivedBytes += size;
  }
  return sums;
}

function bytesIn(
  entries: readonly NetworkEntry[],
  over: readonly Exchange[],
  opens: number,
  messages: MessageSums,
  framing: Figure,
): ChannelReport['bytes'] {
  const heads = over.length + opens;
  const plusMinus = entries.map((entry) => entry.headerPlusMinus);
  const requestHeader = sumFigure(
    tally(
      entries.map((entry) => entry.requestHeaderBytes),
      plusMinus,
    ),
    heads,
  );
  const responseHeader = sumFigure(
    tally(
      entries.map((entry) => entry.responseHeaderBytes),
      plusMinus,
    ),
    heads,
  );
  const known = (of: (exchange: Exchange) => number | null) =>
    over.reduce((sum, exchange) => sum + (of(exchange) ?? 0), 0);
  const payloadSent = derived(known((exchange) => exchange.requestBodyBytes) + messages.sentBytes);
  const answers = known((exchange) => (exchange.streamed ? 0 : exchange.responseBodyBytes));
  const payloadReceived = derived(answers + messages.receivedBytes);
  const wire = addFigures(requestHeader, responseHeader, framing, payloadSent, payloadReceived);
  return { requestHeader, responseHeader, framing, payloadSent, payloadReceived, wire };
}

function tally(sizes: readonly (number | null)[], plusMinus: readonly number[]): Tally {
  const sum: Tally = { bytes: 0, of: 0, min: Infinity, max: 0, plusMinus: 0 };
  for (const [i, size] of sizes.entries()) {
    if (size === null) continue;
    sum.bytes += size;
    sum.of++;
    sum.min = Math.min(sum.min, size);
    sum.max = Math.max(sum.max, size);
    sum.plusMinus += plusMinus[i]!;
  }
  return sum;
}

/** Framing is kept by the second: those that begin within the range, hence an estimate. */
function framingIn(series: Series, { from, to }: TimeRange): Figure {
  const inside = series.filter(({ second }) => second >= Math.floor(from / 1000) && second * 1000 <= to);
  return {
    value: inside.reduce((sum, { framingBytes }) => sum + framingBytes, 0),
    provenance: 'estimated',
    plusMinus: null,
  };
}

function latencyIn(
  log: Log,
  { id: channelId, sampleUrl: url }: ChannelReport,
  range: TimeRange,
): ChannelReport['latency'] {
  const samples = log.channels.find(({ id }) => id === channelId)?.latency;
  const delays = ascending(
    (samples?.delayMs ?? []).filter(
      (_, i) => samples!.receivedAt[i]! >= range.from && samples!.receivedAt[i]! <= range.to,
    ),
  );
  const [p50, p95] = [quantile(delays, 0.5), quantile(delays, 0.95)];
  return latencyFigures(log, url, { p50, p95, max: delays.at(-1) ?? null }, delays.length);
}
