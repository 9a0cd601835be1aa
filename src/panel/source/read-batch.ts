import {
  BATCH_EVENTS,
  type Batch,
  isBatch,
  MAX_CONTENT,
  type PageEvent,
  PROTOCOL_VERSION,
  TEXT_CHARS,
  type Unfinished,
  WHOLE_TEXT,
  type WireBatch,
} from '../../protocol.ts';
import { createCursor, type Field, isMonotonic, NOT_THERE, type Read } from './cursor.ts';

type Kind = PageEvent['kind'];

/** Half of what a `Date` can hold. */
const MAX_WALL_MS = 4.32e15;
const MAX_STRING = 4 * TEXT_CHARS;
const text: Read = (cursor) => cursor.text(MAX_STRING);
const textOrNull: Read = (cursor) => cursor.textOrNull(MAX_STRING);
const content: Read = (cursor) => cursor.textOrNull(MAX_CONTENT);
const count: Read = (cursor) => cursor.number((n) => n >= 0);
const countOrNull: Read = (cursor) => cursor.numberOrNull((n) => n >= 0);
const size: Read = (cursor) => cursor.numberOrNull((n) => n >= 0 || n === WHOLE_TEXT);
const flag: Read = (cursor) => cursor.flag();
const bytes: Read = (cursor) => cursor.bytes();
const bytesOrNull: Read = (cursor) => cursor.bytesOrNull();
const oneOf =
  (...all: string[]): Read =>
  (cursor) => {
    const value = cursor.text(MAX_STRING);
    return all.includes(value as string) ? value : NOT_THERE;
  };

/** The fields of each kind in the order they travel. */
const FIELDS: { [K in Kind]: Field[] } = {
  request: [
    ['api', oneOf('fetch', 'xhr', 'beacon')],
    ['method', text],
    ['url', textOrNull],
    ['bodyBytes', countOrNull],
    ['bodyText', textOrNull],
    ['stack', textOrNull],
  ],
  response: [
    ['status', count],
    ['url', text],
    ['contentType', textOrNull],
  ],
  chunk: [
    ['bytes', count],
    ['text', content],
    ['textBytes', bytesOrNull],
  ],
  end: [
    ['outcome', oneOf('done', 'error', 'aborted')],
    ['bodyBytes', countOrNull],
  ],
  connect: [
    ['api', oneOf('websocket', 'event-source', 'websocket-stream', 'webtransport')],
    ['url', text],
    ['stack', textOrNull],
  ],
  open: [
    ['protocol', text],
    ['extensions', text],
  ],
  message: [
    ['direction', oneOf('sent', 'received')],
    ['type', text],
    ['payloadBytes', size],
    ['text', content],
    ['bytes', bytesOrNull],
    ['contentId', countOrNull],
    ['lastEventId', text],
  ],
  content: [
    ['contentId', count],
    ['bytes', bytes],
  ],
  buffered: [['bytes', count]],
  reconnecting: [],
  close: [
    ['code', countOrNull],
    ['reason', text],
    ['wasClean', flag],
  ],
  visibility: [['state', text]],
};

/**
 * Checks a batch once, at the boundary, and takes what the protocol has of it and nothing else. Malformed events are left out
 * and counted in `rejected`; null when the batch as a whole is not one of ours. Never throws.
 */
export function readBatch(raw: unknown): { batch: Batch<Unfinished>; rejected: number } | null {
  try {
    return isBatch(raw) ? read(raw) : null;
  } catch {
    // Nothing that was cloned on its way can throw.
    return null;
  }
}

function read(raw: WireBatch): { batch: Batch<Unfinished>; rejected: number } | null {
  const { wallAt, monoAt, base, dropped, count } = raw;
  const isSound = Math.abs(wallAt) <= MAX_WALL_MS && isMonotonic(monoAt) && dropped >= 0 && Number.isFinite(dropped);
  if (!isSound || base.length > MAX_STRING || !Number.isInteger(count) || count < 0 || count > BATCH_EVENTS)
    return null;
  const cursor = createCursor(raw);
  const events: Unfinished[] = [];
  let left = count;
  // An event of no known kind has no known end: what follows it is lost, too.
  for (; left > 0; left--) {
    const kind = cursor.text(MAX_STRING) as string;
    if (!Object.hasOwn(FIELDS, kind)) break;
    const event = cursor.event(kind, FIELDS[kind as Kind]);
    if (event !== null) events.push(finishShape(event));
  }
  return {
    batch: { v: PROTOCOL_VERSION, wallAt, monoAt, base, dropped, events },
    rejected: count - events.length,
  };
}

/** A piece of a stream is text or bytes of text; one field says so. */
function finishShape(event: Record<string, unknown>): Unfinished {
  if (event.kind === 'chunk') {
    event.text ??= event.textBytes;
    delete event.textBytes;
  }
  return event as Unfinished;
}
