import {
  type Batch,
  eventChars,
  isEnvelope,
  MAX_BATCH_CHARS,
  MAX_CONTENT,
  type PageEvent,
  PROTOCOL_VERSION,
  TEXT_CHARS,
  type Unfinished,
} from '../../protocol.ts';

type Check = (x: unknown) => boolean;
type Kind = PageEvent['kind'];

/** The fields of each kind in the order they travel, and what each must be. */
const FIELDS: { [K in Kind]: [name: keyof Extract<PageEvent, { kind: K }>, check: Check][] } = {
  request: [
    ['api', oneOf('fetch', 'xhr', 'beacon')],
    ['method', isString],
    ['url', orNull(isString)],
    ['bodyBytes', orNull(isCount)],
    ['bodyText', orNull(isString)],
    ['stack', orNull(isString)],
  ],
  response: [
    ['status', isCount],
    ['url', isString],
    ['contentType', orNull(isString)],
  ],
  chunk: [
    ['bytes', isCount],
    ['text', (x) => isContent(x) || isCount(x) || x === null],
  ],
  end: [
    ['outcome', oneOf('done', 'error', 'aborted')],
    ['bodyBytes', orNull(isCount)],
  ],
  connect: [
    ['api', oneOf('websocket', 'event-source', 'websocket-stream', 'webtransport')],
    ['url', isString],
    ['stack', orNull(isString)],
  ],
  open: [
    ['protocol', isString],
    ['extensions', isString],
  ],
  message: [
    ['direction', oneOf('sent', 'received')],
    ['type', isString],
    ['payloadBytes', (x) => isCount(x) || x === 'text' || x === null],
    ['text', orNull(isContent)],
    ['bytes', orNull(isCount)],
    ['contentId', orNull(isCount)],
    ['lastEventId', isString],
  ],
  content: [
    ['contentId', isCount],
    ['bytes', isCount],
  ],
  buffered: [['bytes', isCount]],
  reconnecting: [],
  close: [
    ['code', orNull(isCount)],
    ['reason', isString],
    ['wasClean', (x) => typeof x === 'boolean'],
  ],
  visibility: [['state', isString]],
};
/** The field whose number stands for that many of the batch's bytes. */
const STAGED: Partial<Record<Kind, string>> = { chunk: 'text', message: 'bytes', content: 'bytes' };

/**
 * Checks a batch once, at the boundary, and takes what the protocol has of it and nothing else. Malformed events are left out
 * and counted in `rejected`; null when the batch as a whole is not one of ours.
 */
export function readBatch(raw: unknown): { batch: Batch<Unfinished>; rejected: number } | null {
  try {
    if (!isEnvelope(raw)) return null;
    const { wallAt, monoAt, base, dropped, events: wire, bytes } = raw;
    if (!isTime(wallAt) || !isTime(monoAt) || !isCount(dropped) || !isString(base)) return null;
    if ((bytes?.byteLength ?? 0) > MAX_BATCH_CHARS) return null;
    const take = taker(bytes);
    let chars = 0;
    const events: Unfinished[] = [];
    for (const fields of wire as unknown[]) {
      const more = Array.isArray(fields) ? eventChars(fields) : null;
      if (more === null || chars + more > MAX_BATCH_CHARS) continue;
      chars += more;
      const event = readEvent(fields as unknown[], take);
      if (event !== null) events.push(event);
    }
    return {
      batch: { v: PROTOCOL_VERSION, wallAt, monoAt, base, dropped, events },
      rejected: wire.length - events.length,
    };
  } catch {
    // Nothing that was cloned on its way can throw.
    return null;
  }
}

function readEvent(wire: unknown[], take: (count: number) => Uint8Array | null): Unfinished | null {
  const [kind, id, at] = wire;
  if (!isString(kind) || !Object.hasOwn(FIELDS, kind) || !isCount(id) || !isTime(at)) return null;
  const fields = FIELDS[kind as Kind];
  if (wire.length !== HEAD + fields.length) return null;
  const event: Record<string, unknown> = { kind, id, at };
  let isValid = true;
  for (const [i, [name, check]] of fields.entries()) {
    const value = wire[HEAD + i];
    isValid &&= check(value);
    event[name] = value;
    if (STAGED[kind as Kind] === name && typeof value === 'number') {
      // Of an event that is left out, too: the bytes of the next one follow.
      event[name] = take(value);
      isValid &&= event[name] !== null;
    }
  }
  return isValid ? (event as Unfinished) : null;
}

/** Hands out copies of a batch's bytes, in their order; null once there are too few. */
function taker(bytes: Uint8Array | null): (count: number) => Uint8Array | null {
  let from = 0;
  return (count) => {
    if (count === 0) return new Uint8Array(0);
    if (bytes === null || !Number.isInteger(count) || count < 0 || from + count > bytes.byteLength) return null;
    from += count;
    return bytes.slice(from - count, from);
  };
}

/** Kind, id and time stand before the fields. */
const HEAD = 3;
const MAX_STRING = 4 * TEXT_CHARS;
function isString(x: unknown): x is string {
  return typeof x === 'string' && x.length <= MAX_STRING;
}
function isContent(x: unknown): boolean {
  return typeof x === 'string' && x.length <= MAX_CONTENT;
}
function isFiniteNumber(x: unknown): x is number {
  return typeof x === 'number' && Number.isFinite(x);
}
/** The year 2286; sums of what lies further out are no dates any more. */
const MAX_TIME_MS = 1e13;
function isTime(x: unknown): x is number {
  return isFiniteNumber(x) && Math.abs(x) <= MAX_TIME_MS;
}
function isCount(x: unknown): x is number {
  return isFiniteNumber(x) && x >= 0;
}
function orNull(check: Check): Check {
  return (x) => x === null || check(x);
}
function oneOf(...all: string[]): Check {
  return (x) => isString(x) && all.includes(x);
}
