import { apply, clearLog, type LogInput } from '../../core/log.ts';
import { createLog, type Log } from '../../core/state.ts';
import { dialFrames } from './frames.ts';
import { watchNetwork } from './network.ts';

/**
 * Owns the log of one tab from the moment DevTools opens until it closes, whether the panel is shown or not.
 * Lives in the devtools page; panels are views of it, in a window of their own, so it offers a plain `subscribe`.
 */
export interface Recorder {
  readonly log: Log;
  readonly recording: boolean;
  preserveLog: boolean;
  record(on: boolean): void;
  clear(): void;
  /** Calls back after every change; returns how to stop. */
  subscribe(onChange: () => void): () => void;
}

/** What waits for its other half is looked at this often. */
const TICK_MS = 500;

export function createRecorder(tabId: number): Recorder {
  let log = createLog(Date.now());
  let hangUp: (() => void) | null = null;
  /** Older events belong to a page that was left, or were made while nobody was to record. */
  let recordingSince = 0;
  let topKey: string | null = null;
  const listeners = new Set<() => void>();

  function changed(): void {
    for (const onChange of listeners) onChange();
  }
  function take(input: LogInput): void {
    apply(log, input);
    changed();
  }

  function connect(): void {
    const stopFrames = dialFrames(tabId, {
      onDocument(document, at) {
        const isTop = document.frameId === 0;
        // Another page in the tab itself: DevTools' convention is a fresh log.
        if (isTop && topKey !== null && topKey !== document.key && !recorder.preserveLog) {
          log = createLog(at);
          recordingSince = at;
        }
        if (isTop) topKey = document.key;
        take({ kind: 'document', document, at: Date.now() });
      },
      onBatch(documentKey, batch, rejected) {
        // A last word of a page that was left, after its log was.
        if (!log.documents.has(documentKey)) return;
        const toWall = batch.wallAt - batch.monoAt;
        batch.events = batch.events.filter((event) => event.at + toWall >= recordingSince);
        take({ kind: 'batch', documentKey, batch, rejected, at: Date.now() });
      },
      onGone: (documentKey) => take({ kind: 'gone', documentKey, at: Date.now() }),
    });
    const stopNetwork = watchNetwork((entry) => {
      if (entry.startedAt >= recordingSince) take({ kind: 'entry', entry, at: Date.now() });
    });
    const ticking = setInterval(() => take({ kind: 'tick', at: Date.now() }), TICK_MS);
    hangUp = () => {
      stopFrames();
      stopNetwork();
      clearInterval(ticking);
    };
  }

  const recorder: Recorder = {
    get log() {
      return log;
    },
    get recording() {
      return hangUp !== null;
    },
    preserveLog: false,
    record(on) {
      if (on === (hangUp !== null)) return;
      if (on) {
        recordingSince = Date.now();
        connect();
      } else {
        hangUp?.();
        hangUp = null;
      }
      changed();
    },
    clear() {
      recordingSince = Date.now();
      log = clearLog(log, recordingSince);
      changed();
    },
    subscribe(onChange) {
      listeners.add(onChange);
      return () => listeners.delete(onChange);
    },
  };
  connect();
  return recorder;
}
