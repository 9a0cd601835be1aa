import { computed, effect, signal } from '@preact/signals';
import { IDLE_MS } from '../core/channel-state.ts';
import { factsOf } from '../core/filter/facts.ts';
import { compileFilter } from '../core/filter/filter.ts';
import type { TimeRange } from '../core/range/report.ts';
import { createLog, type Log } from '../core/state.ts';
import { createKnownEvents } from './event-names.ts';
import { fingerprint } from './fingerprint.ts';
import { createReports } from './reports.ts';
import type { Recorder } from './source/recorder.ts';
import { createSummariser, type Summary } from './summary.ts';

export type { TimeRange };

/** A session or HAR that was opened in place of what is recorded. */
export interface OpenedLog {
  name: string;
  log: Log;
}

/** A filter by events needs their names. */
const EVENT_KEY = /\bevent:/i;
/** Figures of channels are read, not watched: four times a second is live enough, whatever comes in. */
const REPORT_MS = 250;
/** Once all is quiet, channels turn idle. */
const QUIET_MS = IDLE_MS + 500;

/**
 * The panel's state: a few signals over a log that is plain and grows in place. `version` says that it did, at most once an
 * animation frame and only when something on screen may differ; `beat` says so at most four times a second, when the reports of its
 * channels were made anew. `recorder` null: the viewer, which shows opened files alone.
 */
export function createStore(recorder: Recorder | null) {
  const version = signal(0);
  const beat = signal(0);
  const opened = signal<OpenedLog | null>(null);
  const paused = signal(false);
  const selectedId = signal<number | null>(null);
  const range = signal<TimeRange | null>(null);
  const hiddenIds = signal<ReadonlySet<number>>(new Set());
  const filterText = signal('');
  const filterInverted = signal(false);
  const filter = computed(() => compileFilter(filterText.value, filterInverted.value));
  const nothing = createLog(0);
  const logNow = (): Log => opened.peek()?.log ?? recorder?.log ?? nothing;
  const events = createKnownEvents(logNow);
  const reports = createReports();
  const summarise = createSummariser();

  let seenLog = logNow();
  let seen = '';
  let frame = 0;
  let beatAt = -Infinity;
  let beatTimer = 0;
  let quietTimer = 0;

  /** Reports those channels that changed; goes on in the next frames when they are many. */
  function beatNow(): void {
    clearTimeout(beatTimer);
    beatTimer = 0;
    beatAt = performance.now();
    const log = logNow();
    if (log !== seenLog) {
      seenLog = log;
      range.value = null;
      selectedId.value = null;
      hiddenIds.value = new Set();
    }
    const isDone = reports.refresh(log, range.peek());
    beat.value = beat.peek() + 1;
    if (!isDone) beatTimer = window.setTimeout(beatNow, 0);
  }
  function repaint(): void {
    version.value = version.peek() + 1;
    const waitMs = beatAt + REPORT_MS - performance.now();
    if (seenLog !== logNow() || waitMs <= 0) beatNow();
    else if (beatTimer === 0) beatTimer = window.setTimeout(beatNow, waitMs);
    clearTimeout(quietTimer);
    quietTimer = window.setTimeout(beatNow, QUIET_MS);
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
  effect(() => {
    range.value;
    beatNow();
  });
  effect(() => {
    version.value;
    if (EVENT_KEY.test(filterText.value)) events.look();
  });

  const channels = computed(() => {
    beat.value;
    return reports.all;
  });
  const shown = computed(() => {
    const all = channels.value.filter(({ id }) => !hiddenIds.value.has(id));
    if (filter.value.isEmpty) return all;
    events.found.value;
    return all.filter((report) => filter.value.channel(factsOf(logNow(), report, events.of)));
  });
  const selected = computed(() => channels.value.find(({ id }) => id === selectedId.value) ?? null);
  const summary = computed<Summary>(() => summarise(logNow(), shown.value, range.value));

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
    /** All channels with anything in the chosen range, as they stand. */
    channels,
    /** Those that are neither hidden nor filtered out. */
    shown,
    /** Connections by channel, as of the last beat. */
    get connections() {
      return reports.connections;
    },
    selected,
    selectedId,
    range,
    hiddenIds,
    filterText,
    filterInverted,
    filter,
    /** Names of events, for those who look for them. */
    events,
    summary,
    select: (id: number | null) => {
      selectedId.value = id;
    },
    hide: (id: number) => {
      hiddenIds.value = new Set([...hiddenIds.value, id]);
      if (selectedId.value === id) selectedId.value = null;
    },
    showHidden: () => {
      hiddenIds.value = new Set();
    },
    /** Puts a file in place of the recording, or (null) the recording back. */
    open: (file: OpenedLog | null) => {
      opened.value = file;
      repaint();
    },
    /** What comes is recorded all the same, and shown when the pause ends. */
    pause: (on: boolean) => {
      paused.value = on;
      if (!on) repaint();
    },
  };
}

export type Store = ReturnType<typeof createStore>;
