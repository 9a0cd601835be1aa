import {
  BATCH_EVENTS,
  type Batch,
  isBatch,
  MAX_CONTENT,
  type PageEvent,
  PROTOCOL_VERSION,
  TEXT_CHARS,
  type Unfinished,
  type WireBatch,
} from '../../protocol.ts';
import { type Cursor, createCursor, isMonotonic } from './cursor.ts';

type Kind = PageEvent['kind'];
type ReadKind = (cursor: Cursor, id: number, at: number) => Unfinished;

/** Half of what a `Date` can hold. */
const MAX_WALL_MS = 4.32e15;
const MAX_STRING = 4 * TEXT_CHARS;
const REQUEST_APIS = ['fetch', 'xhr', 'beacon'] as const;
const CONNECTION_APIS = ['websocket', 'event-source', 'websocket-stream', 'webtransport'] as const;
const OUTCOMES = ['done', 'error', 'aborted'] as const;
const DIRECTIONS = ['sent', 'received'] as const;

/** How each kind is read: its fields stand in the order they travel. */
const READ: Record<Kind, ReadKind> = {
  request: (cursor, id, at) => ({
    kind: 'request',
    id,
    at,
    api: cursor.oneOf(REQUEST_APIS),
    method: cursor.text(MAX_STRING),
    url: cursor.textOrNull(MAX_STRING),
    bodyBytes: cursor.countOrNull(),
    bodyText: cursor.textOrNull(MAX_STRING),
    stack: cursor.textOrNull(MAX_STRING),
  }),
  response: (cursor, id, at) => ({
    kind: 'response',
    id,
    at,
    status: cursor.count(),
    url: cursor.text(MAX_STRING),
    contentType: cursor.textOrNull(MAX_STRING),
  }),
  chunk(cursor, id, at) {
    const bytes = cursor.count();
    const text = cursor.textOrNull(MAX_CONTENT);
    // A piece of a stream is text or bytes of text.
    const textBytes = cursor.bytesOrNull();
    return { kind: 'chunk', id, at, bytes, text: text ?? textBytes };
  },
  end: (cursor, id, at) => ({
    kind: 'end',
    id,
    at,
    outcome: cursor.oneOf(OUTCOMES),
    bodyBytes: cursor.countOrNull(),
  }),
  connect: (cursor, id, at) => ({
    kind: 'connect',
    id,
    at,
    api: cursor.oneOf(CONNECTION_APIS),
    url: cursor.text(MAX_STRING),
    stack: cursor.textOrNull(MAX_STRING),
  }),
  open: (cursor, id, at) => ({
    kind: 'open',
    id,
    at,
    protocol: cursor.text(MAX_STRING),
    extensions: cursor.text(MAX_STRING),
  }),
  message: (cursor, id, at) => ({
    kind: 'message',
    id,
    at,
    direction: cursor.oneOf(DIRECTIONS),
    type: cursor.text(MAX_STRING),
    payloadBytes: cursor.sizeOrNull(),
    text: cursor.textOrNull(MAX_CONTENT),
    bytes: cursor.bytesOrNull(),
    contentId: cursor.countOrNull(),
    lastEventId: cursor.text(MAX_STRING),
  }),
  content: (cursor, id, at) => ({
    kind: 'content',
    id,
    at,
    contentId: cursor.count(),
    bytes: cursor.bytes(),
  }),
  buffered: (cursor, id, at) => ({ kind: 'buffered', id, at, bytes: cursor.count() }),
  reconnecting: (_cursor, id, at) => ({ kind: 'reconnecting', id, at }),
  close: (cursor, id, at) => ({
    kind: 'close',
    id,
    at,
    code: cursor.countOrNull(),
    reason: cursor.text(MAX_STRING),
    wasClean: cursor.flag(),
  }),
  visibility: (cursor, id, at) => ({ kind: 'visibility', id, at, state: cursor.text(MAX_STRING) }),
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
  // An event of no known kind has no known end: what follows it is lost, too.
  for (let left = count; left > 0; left--) {
    cursor.isValid = true;
    const kind = cursor.text(MAX_STRING);
    if (!Object.hasOwn(READ, kind)) break;
    const event = READ[kind as Kind](cursor, cursor.count(), cursor.at());
    if (cursor.isValid) events.push(event);
  }
  return {
    batch: { v: PROTOCOL_VERSION, wallAt, monoAt, base, dropped, events },
    rejected: count - events.length,
  };
}
