import type { Batch, PageEvent } from '../protocol.ts';
import {
  applyConnectionEvent,
  cutConnections,
  forgetConnections,
  joinConnection,
  keepOpenConnections,
} from './connections.ts';
import { applyEntry, applyOpenStream } from './exchanges/entries.ts';
import { applyExchangeEvent } from './exchanges/events.ts';
import { beginOpen, cutExchanges, settleAll, settleLate } from './exchanges/late.ts';
import { type NetworkEntry, type PageDocument, unreachable } from './model.ts';
import { NO_ARRIVALS } from './reactions.ts';
import { createLog, type Log } from './state.ts';

/** Everything the recorder was told. Every input says when it came (`at`, epoch ms): core has no clock of its own. */
export type LogInput =
  | { kind: 'document'; document: PageDocument; at: number }
  /** A checked batch, its URLs absolute. */
  | { kind: 'batch'; documentKey: string; batch: Batch; rejected: number; at: number }
  | { kind: 'entry'; entry: NetworkEntry; at: number }
  /** The document is gone; what it had open was cut. */
  | { kind: 'gone'; documentKey: string; at: number }
  /** What the network log knows so far of a stream that is still open: its head. */
  | { kind: 'open-stream'; entry: NetworkEntry; at: number }
  /** The recording is over and nothing more will come: what waits is settled as it is. */
  | { kind: 'finish'; at: number }
  /** Time passes, so that what waits in vain can be settled. */
  | { kind: 'tick'; at: number };

/** The only way the log changes. Constant work per event, whatever came before. */
export function apply(log: Log, input: LogInput): void {
  log.now = input.at;
  switch (input.kind) {
    case 'document':
      log.documents.set(input.document.key, {
        ...input.document,
        clockOffsetMs: null,
        visibility: [],
        arrivals: { ...NO_ARRIVALS },
      });
      return;
    case 'batch':
      return applyBatch(log, input.documentKey, input.batch, input.rejected);
    case 'entry':
      return applyEntry(log, input.entry);
    case 'open-stream':
      if (!joinConnection(log, input.entry) && !applyOpenStream(log, input.entry)) beginOpen(log, input.entry);
      return;
    case 'finish':
      settleAll(log);
      return;
    case 'gone':
      cutExchanges(log, input.documentKey, input.at);
      cutConnections(log, input.documentKey, input.at);
      return;
    case 'tick':
      settleLate(log);
      forgetConnections(log);
      return;
    default:
      unreachable(input);
  }
}

/** A fresh log of the same documents, from `at` on. What is open stays known; what was counted is gone. */
export function clearLog(log: Log, at: number): Log {
  const cleared = createLog(at);
  cleared.documents = log.documents;
  cleared.stampName = log.stampName;
  cleared.history.messages.limits = log.history.messages.limits;
  cleared.browserHeaders = log.browserHeaders;
  cleared.clocks = log.clocks;
  keepOpenConnections(log, cleared);
  return cleared;
}

function applyBatch(log: Log, documentKey: string, batch: Batch, rejected: number): void {
  log.dropped += batch.dropped;
  log.rejected += rejected;
  const offsetMs = clockOffsetMs(log, documentKey, batch);
  for (const event of batch.events) applyPageEvent(log, documentKey, event, event.at + offsetMs);
}

function applyPageEvent(log: Log, documentKey: string, event: PageEvent, at: number): void {
  switch (event.kind) {
    case 'request':
    case 'response':
    case 'chunk':
    case 'end':
      return applyExchangeEvent(log, documentKey, event, at);
    case 'connect':
    case 'open':
    case 'message':
    case 'content':
    case 'buffered':
    case 'reconnecting':
    case 'close':
      return applyConnectionEvent(log, documentKey, event, at);
    case 'visibility':
      return applyVisibility(log, documentKey, event.state === 'hidden', at);
    default:
      unreachable(event);
  }
}

/** Changes kept of a document. */
const MAX_CHANGES = 1000;

function applyVisibility(log: Log, documentKey: string, hidden: boolean, at: number): void {
  const visibility = log.documents.get(documentKey)?.visibility;
  if (visibility === undefined || visibility.at(-1)?.hidden === hidden) return;
  visibility.push({ at, hidden });
  if (visibility.length > MAX_CHANGES) visibility.shift();
}

/** A clock that jumps further than this was set; less is the rounding of `Date.now()`. */
const CLOCK_STEP_MS = 20;

/**
 * Wall time minus the document's monotonic time. `Date.now()` cuts off up to a millisecond, so of all readings the largest is truest.
 */
function clockOffsetMs(log: Log, documentKey: string, { wallAt, monoAt }: Batch): number {
  const reading = wallAt - monoAt;
  const document = log.documents.get(documentKey);
  if (document === undefined) return reading;
  const known = document.clockOffsetMs;
  document.clockOffsetMs =
    known === null || Math.abs(reading - known) > CLOCK_STEP_MS ? reading : Math.max(known, reading);
  return document.clockOffsetMs;
}
