import type { Direction } from '../../protocol.ts';
import { correlate, type Label, label, MAX_LABELS, PARSE_LIMIT, type Payload, type Protocol } from './protocol.ts';
import { ByteReader, utf8 } from './wire/bytes.ts';
import { isObject, nameOf, readJson, textOf } from './wire/json.ts';
import { readMsgpack } from './wire/msgpack.ts';

/** https://wamp-proto.org/wamp_latest_ietf.html, JSON and MessagePack, batched or not. */
export const wamp: Protocol = {
  id: 'wamp',
  displayName: 'WAMP',
  claims: ({ subprotocol }) => /^wamp\.2\./.test(subprotocol),
  recognises: (payload, direction) => {
    const [code, session, details] = textMessages(payload)[0] ?? [];
    if (direction === 'sent')
      return code === 1 && typeof session === 'string' && isObject(details) && isObject(details.roles);
    return code === 2 && typeof session === 'number' && isObject(details) && isObject(details.roles);
  },
  decode: (payload, direction, { subprotocol }) =>
    (typeof payload === 'string' || subprotocol.includes('json')
      ? textMessages(payload)
      : subprotocol.includes('batched')
        ? batch(payload)
        : binaryMessages(payload)
    ).flatMap((message) => ofMessage(message, direction)),
};

/** Where a message has its request id and its topic or procedure; reply: it answers. */
interface Shape {
  op: string;
  role: Label['role'];
  id?: number;
  name?: number;
  reply?: true;
}

const SHAPES: Record<number, Shape> = {
  1: { op: 'hello', role: 'control', name: 1 },
  2: { op: 'welcome', role: 'control', reply: true },
  3: { op: 'abort', role: 'control', name: 2 },
  4: { op: 'challenge', role: 'control', name: 1 },
  5: { op: 'authenticate', role: 'control' },
  6: { op: 'goodbye', role: 'control', name: 2 },
  8: { op: 'error', role: 'data', id: 2, name: 4, reply: true },
  16: { op: 'publish', role: 'data', id: 1, name: 3 },
  17: { op: 'published', role: 'control', id: 1, reply: true },
  32: { op: 'subscribe', role: 'control', id: 1, name: 3 },
  33: { op: 'subscribed', role: 'control', id: 1, reply: true },
  34: { op: 'unsubscribe', role: 'control', id: 1 },
  35: { op: 'unsubscribed', role: 'control', id: 1, reply: true },
  36: { op: 'event', role: 'data', name: 1 },
  48: { op: 'call', role: 'data', id: 1, name: 3 },
  49: { op: 'cancel', role: 'control', id: 1 },
  50: { op: 'result', role: 'data', id: 1, reply: true },
  64: { op: 'register', role: 'control', id: 1, name: 3 },
  65: { op: 'registered', role: 'control', id: 1, reply: true },
  66: { op: 'unregister', role: 'control', id: 1 },
  67: { op: 'unregistered', role: 'control', id: 1, reply: true },
  68: { op: 'invocation', role: 'data', id: 1, name: 2 },
  69: { op: 'interrupt', role: 'control', id: 1 },
  70: { op: 'yield', role: 'data', id: 1, reply: true },
};
const EVENT = 36;
/** Ends each message of a JSON batch. */
const SEPARATOR = '\x18';

function ofMessage(message: unknown[], direction: Direction): Label[] {
  const code = message[0] as number;
  const shape = SHAPES[code];
  if (shape === undefined) return [];
  const { op, role, id, name, reply = false } = shape;
  const correlation = id === undefined ? null : correlate(message[id], direction, reply);
  // Subscriptions by pattern say which topic it was; others only the number of the subscription.
  const topic = code === EVENT && isObject(message[3]) ? textOf(message[3].topic) : null;
  return [label(role, op, topic ?? (name === undefined ? null : nameOf(message[name])), correlation)];
}

function textMessages(payload: Payload): unknown[][] {
  const text =
    typeof payload === 'string' ? payload : payload[0] === 0x5b ? utf8(payload.subarray(0, PARSE_LIMIT)) : '';
  const parts = text.includes(SEPARATOR) ? text.split(SEPARATOR, MAX_LABELS) : [text];
  return parts.map(readJson).filter(isMessage);
}

function binaryMessages(bytes: Uint8Array): unknown[][] {
  const message = readMsgpack(new ByteReader(bytes.subarray(0, PARSE_LIMIT)));
  return isMessage(message) ? [message] : [];
}

/** Each message of a binary batch is preceded by its length. */
function batch(bytes: Uint8Array): unknown[][] {
  const messages: unknown[][] = [];
  const reader = new ByteReader(bytes);
  while (reader.left > 4 && messages.length < MAX_LABELS) messages.push(...binaryMessages(reader.take(reader.u32())));
  return messages;
}

const isMessage = (value: unknown): value is unknown[] => Array.isArray(value) && typeof value[0] === 'number';
