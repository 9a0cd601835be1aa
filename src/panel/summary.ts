import type { ChannelReport } from '../core/session/report.ts';
import type { Log } from '../core/state.ts';

/** The page in a handful of figures. Bytes; times epoch ms. */
export interface Summary {
  channels: number;
  /** Channels there are, hidden and filtered ones included. */
  allChannels: number;
  requests: number;
  wasted: number;
  judged: number;
  payloadBytes: number;
  wireBytes: number;
  reported: number;
  reportable: number;
  dropped: number;
  rejected: number;
  startedAt: number;
}

export function summarise(log: Log, channels: readonly ChannelReport[], allChannels: number): Summary {
  const sum = (of: (channel: ChannelReport) => number) => channels.reduce((total, channel) => total + of(channel), 0);
  return {
    channels: channels.length,
    allChannels,
    requests: sum((c) => c.requests),
    wasted: sum((c) => c.wastedTotal),
    judged: sum((c) => c.wastedTotal + c.useful),
    payloadBytes: sum((c) => (c.bytes.payloadSent.value ?? 0) + (c.bytes.payloadReceived.value ?? 0)),
    wireBytes: sum((c) => c.bytes.wire.value ?? 0),
    reported: sum((c) => c.reported.exchanges),
    reportable: sum((c) => c.reported.of),
    dropped: log.dropped,
    rejected: log.rejected,
    startedAt: log.startedAt,
  };
}
