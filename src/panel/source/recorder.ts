import { apply, clearLog, type LogInput } from '../../core/log.ts';
import type { NetworkEntry } from '../../core/model.ts';
import { createLog, type Log, pendingUrls } from '../../core/state.ts';
import { DEFAULT_LIMITS, type MessageLimits } from '../../core/store/messages.ts';
import { WANTED_BY_DEFAULT, type Wanted } from '../../protocol.ts';
import { createDeepCapture, type DeepState } from './deep/capture.ts';
import { dialFrames, type FrameListener, type Frames } from './frames.ts';
import { networkLog, unreported, watchNetwork } from './network.ts';

/**
 * Owns the log of one tab from the moment DevTools opens until it closes, whether the panel is shown or not.
 * Lives in the devtools page; panels are views of it, in a window of their own, so it offers a plain `subscribe`.
 */
export interface Recorder {
  readonly log: Log;
  readonly recording: boolean;
  /** False while what was recorded may still be completed: the network log reports a request some time after its end. */
  readonly settled: boolean;
  /** Whether workers are captured by the browser's debugger. */
  readonly deep: DeepState;
  preserveLog: boolean;
  /** How much is asked of pages, how much of it is kept, and where servers write their time stamps. Holds from now on. */
  configure(wanted: Wanted, limits: MessageLimits, stampName: string | null): void;
  record(on: boolean): void;
  /** Switches deep capture on, which lasts until it is switched off, recording stops, DevTools closes or the user cancels it. */
  captureDeep(on: boolean): void;
  clear(): void;
  /** The head of a connection that is still open, from somebody else who watches the tab. */
  addOpen(entry: NetworkEntry): void;
  /** Calls back after every change; returns how to stop. */
  subscribe(onChange: () => void): () => void;
}

/** What waits for its other half is looked at this often. */
const TICK_MS = 500;
/** After the end of a recording its last batches are on their way for so long, its last entries for so long. */
const LAST_BATCHES_MS = 200;
const LAST_ENTRIES_MS = 3000;
/** The network log puts the end of a request a little later than the page does. */
const END_SLACK_MS = 50;

export function createRecorder(tabId: number): Recorder {
  let wanted = WANTED_BY_DEFAULT;
  let limits = DEFAULT_LIMITS;
  let stampName: string | null = null;
  let log = freshLog(Date.now());
  let line: Line | null = null;
  /** Older events belong to a page that was left, or were made while nobody was to record; later ones likewise. */
  let from = 0;
  let until = Infinity;
  let topKey: string | null = null;
  const listeners = new Set<() => void>();

  function freshLog(at: number): Log {
    const fresh = createLog(at);
    fresh.stampName = stampName;
    fresh.history.messages.limits = limits;
    return fresh;
  }
  function changed(): void {
    for (const onChange of listeners) onChange();
  }
  function take(input: LogInput): void {
    apply(log, input);
    changed();
  }

  const listener: FrameListener = {
    onDocument(document, at) {
      if (until !== Infinity) return;
      const isTop = document.frameId === 0;
      // Another page in the tab itself: DevTools' convention is a fresh log.
      if (isTop && topKey !== null && topKey !== document.key && !recorder.preserveLog) {
        log = freshLog(at);
        from = at;
        // Workers may outlive a page, or be told of before it.
        for (const worker of deep.workers) apply(log, { kind: 'document', document: worker, at });
      }
      if (isTop) topKey = document.key;
      take({ kind: 'document', document, at: Date.now() });
    },
    onBatch(documentKey, batch, rejected) {
      // A last word of a page that was left, after its log was.
      if (!log.documents.has(documentKey)) return;
      const toWall = batch.wallAt - batch.monoAt;
      batch.events = batch.events.filter(({ at }) => at + toWall >= from && at + toWall <= until);
      take({ kind: 'batch', documentKey, batch, rejected, at: Date.now() });
    },
    onGone(documentKey) {
      if (until === Infinity) take({ kind: 'gone', documentKey, at: Date.now() });
    },
  };
  const takeOpen = (entry: NetworkEntry): void => take({ kind: 'open-stream', entry, at: Date.now() });
  // What ended later was still under way when the recording did.
  const takeEntry = (entry: NetworkEntry): void => {
    deep.complete(entry);
    if (entry.startedAt >= from && entry.endedAt <= until + END_SLACK_MS)
      take({ kind: 'entry', entry, at: Date.now() });
  };
  const deep = createDeepCapture(tabId, {
    ...listener,
    onEntry: takeEntry,
    onOpen: takeOpen,
    onState: changed,
    wanted: () => wanted,
    documents: () => log.documents.values(),
  });

  /** The connection to the tab: its frames and its network log. */
  interface Line {
    /** Stops once the last words are in. */
    finish(): void;
    hangUp(): void;
    want: Frames['want'];
  }

  function connect(): Line {
    const { hangUp: stopFrames, want } = dialFrames(tabId, listener, wanted);
    const stopNetwork = watchNetwork(takeEntry);
    const ticking = setInterval(() => take({ kind: 'tick', at: Date.now() }), TICK_MS);
    const timers: ReturnType<typeof setTimeout>[] = [];
    const hangUp = () => {
      stopFrames();
      stopNetwork();
      clearInterval(ticking);
      for (const timer of timers) clearTimeout(timer);
      line = null;
    };
    return {
      finish() {
        timers.push(setTimeout(stopFrames, LAST_BATCHES_MS));
        timers.push(
          setTimeout(() => {
            hangUp();
            take({ kind: 'finish', at: Date.now() });
          }, LAST_ENTRIES_MS),
        );
        // Streams that are open are reported when they end; of these the network log can be asked.
        askNetworkLog();
      },
      hangUp,
      want,
    };
  }

  async function askNetworkLog(): Promise<void> {
    const [entries, { unseenTraffic }] = await Promise.all([networkLog(), import('../../core/session/har/unseen.ts')]);
    for (const entry of unreported(entries, pendingUrls(log))) {
      deep.complete(entry);
      if (entry.startedAt >= from) takeOpen(entry);
    }
    for (const input of unseenTraffic(log, entries, from, until)) take(input);
  }

  const recorder: Recorder = {
    get log() {
      return log;
    },
    get recording() {
      return until === Infinity;
    },
    get settled() {
      return line === null;
    },
    get deep() {
      return deep.state;
    },
    preserveLog: false,
    configure(nextWanted, nextLimits, nextStampName) {
      wanted = nextWanted;
      limits = nextLimits;
      stampName = nextStampName;
      log.stampName = stampName;
      log.history.messages.limits = limits;
      line?.want(wanted);
    },
    record(on) {
      if (on === recorder.recording) return;
      if (on) {
        line?.hangUp();
        from = Date.now();
        until = Infinity;
        line = connect();
      } else {
        until = Date.now();
        deep.stop();
        line?.finish();
      }
      changed();
    },
    captureDeep(on) {
      if (on && recorder.recording) deep.start();
      else deep.stop();
    },
    clear() {
      from = Date.now();
      log = clearLog(log, from);
      changed();
    },
    addOpen: (entry) => take({ kind: 'open-stream', entry, at: log.now }),
    subscribe(onChange) {
      listeners.add(onChange);
      return () => listeners.delete(onChange);
    },
  };
  line = connect();
  return recorder;
}
