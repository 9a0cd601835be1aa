import { createPool } from '../core/metrics/pooled.ts';
import { ascending, quantile } from '../core/metrics/statistics.ts';
import type { TimeRange } from '../core/range/report.ts';
import type { ChannelReport } from '../core/session/report.ts';
import type { Log } from '../core/state.ts';
import { type Memory, memoryOf } from '../core/store/memory.ts';

/** The page in a handful of figures. Bytes; times epoch ms. */
export interface Summary {
  channels: number;
  /** Channels there are, hidden and filtered ones included. */
  allChannels: number;
  requests: number;
  /** Over the time that was looked at; null while that is too short to say. */
  requestsPerMinute: number | null;
  messages: number;
  wasted: number;
  judged: number;
  payloadBytes: number;
  wireBytes: number;
  reported: number;
  reportable: number;
  /** 95 % of the stamped events were in the page sooner than this, in ms; null: none was stamped. */
  p95Ms: number | null;
  /** The channel with the most responses in vain. */
  worst: ChannelReport | null;
  /** Lost in pages before they could be sent; recorded, but the oldest had to go. */
  dropped: number;
  evicted: number;
  rejected: number;
  /** Channels that only the network log saw. */
  unhooked: number;
  /** Of everything that is recorded, shown or not. */
  memory: Memory;
  startedAt: number;
}

/** Shorter stretches say nothing of a minute. */
const MIN_STRETCH_MS = 5000;

export function createSummariser(): (log: Log, channels: readonly ChannelReport[], range: TimeRange | null) => Summary {
  const pool = createPool();
  return (log, channels, range) => {
    const sum = (of: (channel: ChannelReport) => number) => channels.reduce((total, channel) => total + of(channel), 0);
    const requests = sum((c) => c.requests);
    const stretchMs = stretchOf(log, channels, range);
    const { messages, exchanges } = log.history;
    return {
      channels: channels.length,
      allChannels: log.channels.length,
      requests,
      requestsPerMinute: stretchMs < MIN_STRETCH_MS ? null : (requests * 60_000) / stretchMs,
      messages: sum((c) => c.messages.received + c.messages.sent),
      wasted: sum((c) => c.wastedTotal),
      judged: sum((c) => c.wastedTotal + c.useful),
      payloadBytes: sum((c) => (c.bytes.payloadSent.value ?? 0) + (c.bytes.payloadReceived.value ?? 0)),
      wireBytes: sum((c) => c.bytes.wire.value ?? 0),
      reported: sum((c) => c.reported.exchanges),
      reportable: sum((c) => c.reported.of),
      p95Ms: p95Of(log, channels, range, pool),
      worst: channels.reduce<ChannelReport | null>(
        (worst, c) => (c.wastedTotal > (worst?.wastedTotal ?? 0) ? c : worst),
        null,
      ),
      dropped: log.dropped,
      evicted: messages.first + exchanges.dropped,
      rejected: log.rejected,
      unhooked: channels.filter(({ source }) => source === 'network').length,
      memory: memoryOf(log.history),
      startedAt: log.startedAt,
    };
  };
}

/** From the first to the last thing that happened, or the chosen range. */
function stretchOf(log: Log, channels: readonly ChannelReport[], range: TimeRange | null): number {
  if (range !== null) return range.to - range.from;
  const last = channels.reduce((latest, { lastAt }) => Math.max(latest, lastAt), log.startedAt);
  const first = channels.reduce((earliest, { startedAt }) => Math.min(earliest, startedAt), last);
  return last - first;
}

function p95Of(
  log: Log,
  channels: readonly ChannelReport[],
  range: TimeRange | null,
  pool: ReturnType<typeof createPool>,
): number | null {
  const shown = new Set(channels.map(({ id }) => id));
  const samples = log.channels.filter(({ id }) => shown.has(id)).map(({ latency }) => latency);
  if (range === null) return pool.quantile(samples, 0.95);
  const delays = samples.flatMap(({ delayMs, receivedAt }) =>
    delayMs.filter((_, i) => receivedAt[i]! >= range.from && receivedAt[i]! <= range.to),
  );
  return quantile(ascending(delays), 0.95);
}
