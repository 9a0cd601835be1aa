import { computed, signal } from '@preact/signals';
import { type ChannelReport, reportChannel } from '../core/session/report.ts';
import { createLog, type Log } from '../core/state.ts';
import { fingerprint } from './fingerprint.ts';
import type { Recorder } from './source/recorder.ts';
import { type Summary, summarise } from './summary.ts';

/** A span of time, epoch ms, to which everything on screen is narrowed. */
export interface TimeRange {
  from: number;
  to: number;
}

/** A session or HAR that was opened in place of what is recorded. */
export interface OpenedLog {
  name: string;
  log: Log;
}

/** Figures of channels are read, not watched: four times a second is live enough, whatever comes in. */
const REPORT_MS = 250;

/**
 * The panel's state: a few signals over a log that is plain and grows in place. `version` says that it did, at most once an
 * animation frame and only when something on screen may differ; `beat` says so at most four times a second.
 * `recorder` null: the viewer, which shows opened files alone.
 */
export function createStore(recorder: Recorder | null) {
  const version = signal(0);
  const beat = signal(0);
  const opened = signal<OpenedLog | null>(null);
  const paused = signal(false);
  const selectedId = signal<number | null>(null);
  const filterText = signal('');
  const filterInverted = signal(false);
  const range = signal<TimeRange | null>(null);
  const hiddenIds = signal<ReadonlySet<number>>(new Set());
  /** Set by the filter bar. */
  const channelFilter = signal<(channel: ChannelReport) => boolean>(() => true);
  const nothing = createLog(0);
  const logNow = (): Log => opened.peek()?.log ?? recorder?.log ?? nothing;

  let frame = 0;
  let seenLog = logNow();
  let seen = '';
  let beatAt = -Infinity;
  let pendingBeat = 0;

  function repaint(): void {
    version.value++;
    const sinceMs = performance.now() - beatAt;
    if (seenLog === logNow() && sinceMs < REPORT_MS) {
      if (pendingBeat === 0) pendingBeat = window.setTimeout(beatNow, REPORT_MS - sinceMs);
      return;
    }
    beatNow();
  }
  function beatNow(): void {
    clearTimeout(pendingBeat);
    pendingBeat = 0;
    beatAt = performance.now();
    seenLog = logNow();
    beat.value++;
  }

  recorder?.subscribe(() => {
    if (frame !== 0 || paused.peek() || opened.peek() !== null) return;
    frame = requestAnimationFrame(() => {
      frame = 0;
      const now = fingerprint(recorder);
      // A clock that merely ticked changes nothing on screen.
      if (now === seen && seenLog === logNow()) return;
      seen = now;
      repaint();
    });
  });

  const channels = computed<ChannelReport[]>(() => {
    beat.value;
    opened.value;
    const log = logNow();
    return log.channels.map((channel) => reportChannel(log, channel));
  });
  const shown = computed(() =>
    channels.value.filter((channel) => !hiddenIds.value.has(channel.id) && channelFilter.value(channel)),
  );
  const selected = computed(() => channels.value.find(({ id }) => id === selectedId.value) ?? null);
  const summary = computed<Summary>(() => summarise(logNow(), shown.value, channels.value.length));

  return {
    recorder,
    /** What is on screen: the opened file's log, or the recorder's. */
    get log(): Log {
      return logNow();
    },
    version,
    beat,
    opened,
    paused,
    channels,
    /** Those that are neither hidden nor filtered out. */
    shown,
    selected,
    selectedId,
    range,
    hiddenIds,
    filterText,
    filterInverted,
    channelFilter,
    summary,
    select: (id: number | null) => {
      selectedId.value = id;
    },
    /** Puts a file in place of the recording, or (null) the recording back. */
    open: (file: OpenedLog | null) => {
      selectedId.value = null;
      range.value = null;
      hiddenIds.value = new Set();
      opened.value = file;
      repaint();
    },
    pause: (on: boolean) => {
      paused.value = on;
      if (!on) repaint();
    },
  };
}

export type Store = ReturnType<typeof createStore>;
