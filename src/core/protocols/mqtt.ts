import type { Direction } from '../../protocol.ts';
import { correlate, type Label, label, MAX_LABELS, PARSE_LIMIT, type Protocol } from './protocol.ts';
import { ByteReader, utf8 } from './wire/bytes.ts';
import { speaks } from './wire/url.ts';

/** MQTT 3.1, 3.1.1 and 5 (https://docs.oasis-open.org/mqtt/mqtt/v5.0/mqtt-v5.0.html) over WebSocket. */
export const mqtt: Protocol = {
  id: 'mqtt',
  displayName: 'MQTT',
  claims: (hint) => speaks(hint, 'mqtt', 'mqttv3.1'),
  recognises: (payload) => typeof payload !== 'string' && isConnect(payload),
  decode: (payload, direction) => (typeof payload === 'string' ? [] : packets(payload, direction)),
};

/** By packet type. */
const OPS = [
  '',
  'connect',
  'connack',
  'publish',
  'puback',
  'pubrec',
  'pubrel',
  'pubcomp',
  'subscribe',
  'suback',
  'unsubscribe',
  'unsuback',
  'pingreq',
  'pingresp',
  'disconnect',
  'auth',
];
/** Flags in the first byte: PUBLISH has its own, these have 0010, all others 0000; anything else is malformed. */
const FLAGGED = new Set(['pubrel', 'subscribe', 'unsubscribe']);
/** What answers a packet of the other side. */
const REPLIES = new Set(['puback', 'pubrec', 'pubcomp', 'suback', 'unsuback']);

/** A message may hold several packets, or the beginning of one: that is labelled as far as its head tells. */
function packets(bytes: Uint8Array, direction: Direction): Label[] {
  const labels: Label[] = [];
  for (let at = 0; at < bytes.length && labels.length < MAX_LABELS; ) {
    const fixed = new ByteReader(bytes, at);
    const head = fixed.u8();
    const length = fixed.varUint();
    // "The maximum number of bytes in the Variable Byte Integer field is four."
    if (!fixed.ok || fixed.at > at + 5) break;
    at = fixed.at + length;
    const found = packet(head, new ByteReader(bytes.subarray(fixed.at, at)), direction);
    if (found === null) break;
    labels.push(found);
  }
  return labels;
}

function packet(head: number, body: ByteReader, direction: Direction): Label | null {
  const op = OPS[head >> 4]!;
  if (op === '' || (op !== 'publish' && (head & 15) !== (FLAGGED.has(op) ? 2 : 0))) return null;
  switch (op) {
    case 'pingreq':
    case 'pingresp':
      return body.left === 0 ? label('heartbeat', op) : null;
    case 'connect':
      return connect(body, direction);
    case 'connack':
      return label('control', op, null, correlate('connect', direction, true));
    case 'publish':
      return publish(head, body, direction);
    case 'subscribe':
    case 'unsubscribe':
      return subscribe(op, body, direction);
    case 'disconnect':
    case 'auth':
      return label('control', op);
    default:
      return body.left < 2 ? null : label('control', op, null, correlate(body.u16(), direction, REPLIES.has(op)));
  }
}

function connect(body: ByteReader, direction: Direction): Label {
  const protocol = body.text(body.u16());
  const version = body.u8();
  body.u8();
  const keepAliveSeconds = body.u16();
  if (version === 5) body.take(body.varUint());
  const clientId = body.text(body.u16());
  const detail = body.ok ? { protocol, version, keepAliveSeconds, clientId } : undefined;
  return label('control', 'connect', clientId || null, correlate('connect', direction, false), detail);
}

function publish(head: number, body: ByteReader, direction: Direction): Label | null {
  const qos = (head >> 1) & 3;
  const topic = body.text(body.u16());
  const id = qos > 0 ? body.u16() : null;
  if (!body.ok || qos === 3) return null;
  const payload = withoutProperties(body.take(Math.min(body.left, PARSE_LIMIT)));
  const detail = { qos, retain: (head & 1) === 1, duplicate: (head & 8) === 8, payload: utf8(payload) };
  return label('data', 'publish', topic || null, correlate(id, direction, false), detail);
}

function subscribe(op: string, body: ByteReader, direction: Direction): Label | null {
  const id = body.u16();
  const filters = filtersIn(body, op === 'subscribe', false) ?? filtersIn(body, op === 'subscribe', true);
  if (filters === null) return null;
  return label('control', op, filters[0], correlate(id, direction, false), { filters });
}

/** Topic filters behind the packet id; version 5 has properties before them. null: the bytes are not so made. */
function filtersIn({ bytes }: ByteReader, withOptions: boolean, version5: boolean): string[] | null {
  const reader = new ByteReader(bytes, 2);
  if (version5) reader.take(reader.varUint());
  const filters: string[] = [];
  while (reader.ok && reader.left > 0) {
    const length = reader.u16();
    if (length === 0) return null;
    filters.push(reader.text(length));
    if (withOptions) reader.u8();
  }
  return reader.ok && filters.length > 0 ? filters : null;
}

/** Bytes of each property that a PUBLISH of version 5 may have; 0: two lengths of two bytes; -1: one; -2: a variable integer. */
const PROPERTY_BYTES: Record<number, number> = { 1: 1, 2: 4, 3: -1, 8: -1, 9: -1, 11: -2, 35: 2, 38: 0 };

/** Which version is spoken only CONNECT tells: what can be read as properties of version 5 is taken for them. */
function withoutProperties(bytes: Uint8Array): Uint8Array {
  const reader = new ByteReader(bytes);
  const length = reader.varUint();
  const end = reader.at + length;
  while (reader.ok && reader.at < end) {
    const size = PROPERTY_BYTES[reader.u8()];
    if (size === undefined) return bytes;
    if (size === -2) reader.varUint();
    else if (size > 0) reader.take(size);
    else for (let texts = size === 0 ? 2 : 1; texts > 0; texts--) reader.take(reader.u16());
  }
  return reader.ok && reader.at === end ? bytes.subarray(end) : bytes;
}

/** `MQTT` or, in 3.1, `MQIsdp`. */
function isConnect(bytes: Uint8Array): boolean {
  if (bytes[0] !== 0x10) return false;
  const reader = new ByteReader(bytes, 1);
  reader.varUint();
  const protocol = reader.text(reader.u16());
  return reader.ok && (protocol === 'MQTT' || protocol === 'MQIsdp');
}
