import { computed, signal } from '@preact/signals';
import { mergeSeries, type Series } from '../core/series.ts';
import { type ChannelReport, reportChannel } from '../core/session/report.ts';
import type { Recorder } from './source/recorder.ts';

/** Seconds of the past that the charts show. */
const CHART_SECONDS = 60;

/** The panel's state: a few signals over the recorder's log. The log is plain and grows in place; `version` says that it did. */
export function createStore(recorder: Recorder) {
  const version = signal(0);
  const selectedId = signal<number | null>(null);
  let frame = 0;

  // However many events come, one repaint per animation frame.
  recorder.subscribe(() => {
    if (frame !== 0) return;
    frame = requestAnimationFrame(() => {
      frame = 0;
      version.value++;
    });
  });

  const channels = computed<ChannelReport[]>(() => {
    version.value;
    const { log } = recorder;
    return log.channels.map((channel) => reportChannel(log, channel));
  });
  const selected = computed(() => channels.value.find(({ id }) => id === selectedId.value) ?? null);
  const summary = computed(() => {
    version.value;
    return summarise(channels.value, recorder);
  });

  return {
    recorder,
    version,
    channels,
    selected,
    selectedId,
    summary,
    select: (id: number | null) => {
      selectedId.value = id;
    },
    /** The last minute of the selected channel, or of all together; raw log data, read when a chart draws. */
    series: (): Series => {
      const { log } = recorder;
      const shown = log.channels.filter(({ id }) => selectedId.value === null || id === selectedId.value);
      const to = Math.floor(log.now / 1000);
      return mergeSeries(
        shown.map(({ series }) => series),
        to - CHART_SECONDS + 1,
        to,
      );
    },
  };
}

export type Store = ReturnType<typeof createStore>;

export interface Summary {
  channels: number;
  requests: number;
  wasted: number;
  judged: number;
  headerBytes: number;
  payloadBytes: number;
  wireBytes: number;
  reported: number;
  reportable: number;
  dropped: number;
  rejected: number;
  startedAt: number;
}

function summarise(channels: readonly ChannelReport[], { log }: Recorder): Summary {
  const sum = (of: (channel: ChannelReport) => number) => channels.reduce((total, channel) => total + of(channel), 0);
  return {
    channels: channels.length,
    requests: sum((c) => c.requests),
    wasted: sum((c) => c.wastedTotal),
    judged: sum((c) => c.wastedTotal + c.useful),
    headerBytes: sum((c) => (c.bytes.requestHeader.value ?? 0) + (c.bytes.responseHeader.value ?? 0)),
    payloadBytes: sum((c) => (c.bytes.payloadSent.value ?? 0) + (c.bytes.payloadReceived.value ?? 0)),
    wireBytes: sum((c) => c.bytes.wire.value ?? 0),
    reported: sum((c) => c.reported.exchanges),
    reportable: sum((c) => c.reported.of),
    dropped: log.dropped,
    rejected: log.rejected,
    startedAt: log.startedAt,
  };
}
