import { effect, type ReadonlySignal, type Signal, signal, untracked } from '@preact/signals';
import type { Channel } from '../../../core/channels.ts';
import { factsOf } from '../../../core/filter/facts.ts';
import { createKinds, type Kinds } from '../../../core/rows/kinds.ts';
import type { RowList } from '../../../core/rows/row-list.ts';
import { createScan, type Scan } from '../../../core/rows/scan.ts';
import { reportChannel } from '../../../core/session/report.ts';
import type { Log } from '../../../core/state.ts';
import type { MessageStore } from '../../../core/store/messages.ts';
import { createPump } from '../../pump.ts';
import type { Store } from '../../store.ts';

/** The rows of one message list, found in the log as filter and settings want them. */
export interface MessageList {
  readonly log: Log;
  readonly kinds: Kinds;
  readonly rows: RowList;
  /** Rises when rows were found, dropped or searched anew; at most twenty times a second. */
  readonly changed: ReadonlySignal<number>;
  /** Rises when the search began anew: positions of rows are no longer what they were. */
  readonly era: ReadonlySignal<number>;
  /** Rows of the past still to be looked at, and messages left out because they carry no data. */
  readonly left: number;
  readonly hidden: number;
  readonly hideControl: Signal<boolean>;
  channel(id: number): Channel | undefined;
  dispose(): void;
}

/** Nobody reads rows that change more often. */
const TELL_MS = 50;

/** What was learned of a recording's messages outlives the lists that show them. */
const known = new WeakMap<MessageStore, Kinds>();

function kindsOf({ history: { messages } }: Log): Kinds {
  const kinds = known.get(messages) ?? createKinds(messages);
  known.set(messages, kinds);
  return kinds;
}

/** `channelId` null: of all channels. */
export function createMessageList(store: Store, channelId: number | null): MessageList {
  const hideControl = signal(true);
  const changed = signal(0);
  const era = signal(0);
  let log = store.log;
  let scan: Scan;
  let channels = new Map<number, Channel>();
  let frame = 0;
  let timer = 0;
  let toldAt = -Infinity;

  const pump = createPump((isDue) => {
    const before = scan.left;
    const isChanged = scan.work(isDue) || before > 0;
    // Whoever waits for the end of a search waits no longer for it to be told.
    if (isChanged) tellWithin(before > 0 && scan.left === 0 ? 0 : toldAt + TELL_MS - performance.now());
    return scan.left > 0;
  });
  function tellWithin(ms: number): void {
    if (timer !== 0 && ms > 0) return;
    clearTimeout(timer);
    timer = window.setTimeout(
      () => {
        frame = requestAnimationFrame(tell);
      },
      Math.max(ms, 0),
    );
  }
  function tell(): void {
    clearTimeout(timer);
    cancelAnimationFrame(frame);
    timer = 0;
    toldAt = performance.now();
    changed.value = changed.peek() + 1;
  }

  function restart(): void {
    pump.stop();
    log = store.log;
    channels = new Map();
    const of = log;
    const reports = new Map(store.channels.peek().map((report) => [report.id, report]));
    const hiddenIds = store.hiddenIds.peek();
    scan = createScan({
      log,
      kinds: kindsOf(log),
      channelId,
      filter: store.filter.peek(),
      factsOf: (channel) =>
        hiddenIds.has(channel.id) ? null : factsOf(of, reports.get(channel.id) ?? reportChannel(of, channel)),
      hideControl: hideControl.peek(),
      range: store.range.peek(),
    });
    pump.start();
    era.value = era.peek() + 1;
    tell();
  }

  const stops = [
    effect(() => {
      store.filter.value;
      store.range.value;
      store.hiddenIds.value;
      store.opened.value;
      hideControl.value;
      untracked(restart);
    }),
    effect(() => {
      store.version.value;
      if (store.log !== log) untracked(restart);
      else pump.start();
    }),
    effect(() => {
      store.beat.value;
      if (scan.isStale()) untracked(restart);
    }),
  ];

  return {
    get log() {
      return log;
    },
    get kinds() {
      return kindsOf(log);
    },
    get rows() {
      return scan.rows;
    },
    changed,
    era,
    get left() {
      return scan.left;
    },
    get hidden() {
      return scan.hidden;
    },
    hideControl,
    channel(id) {
      if (!channels.has(id)) channels = new Map(log.channels.map((channel) => [channel.id, channel]));
      return channels.get(id);
    },
    dispose() {
      pump.stop();
      clearTimeout(timer);
      cancelAnimationFrame(frame);
      for (const stop of stops) stop();
    },
  };
}
