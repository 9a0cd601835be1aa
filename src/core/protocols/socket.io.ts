import type { Direction } from '../../protocol.ts';
import { enginePackets, engineSide, isEngineUrl } from './engine.io.ts';
import { ATTACHMENT, correlate, type Label, label, PARSE_LIMIT, type Payload, type Protocol } from './protocol.ts';
import { ByteReader } from './wire/bytes.ts';
import { isHeartbeatWord } from './wire/heartbeat.ts';
import { isObject, nameOf, parseJson, readJson } from './wire/json.ts';
import { readMsgpack } from './wire/msgpack.ts';
import { endpointOf, pathOf } from './wire/url.ts';

/** https://github.com/socketio/socket.io-protocol, versions 4 and 5, inside Engine.IO 3 and 4. */
export const socketIo: Protocol = {
  id: 'socket.io',
  displayName: 'Socket.IO',
  claims: ({ url }) => isEngineUrl(url) && pathOf(url).includes('/socket.io'),
  recognises: (payload, _direction, { url }) =>
    isEngineUrl(url) && typeof payload === 'string' && CERTAIN.test(payload.slice(0, 300)),
  decode: (payload, direction, hint) => enginePackets(payload, direction, hint, socketPacket),
  side: engineSide,
  session: ({ url }) => endpointOf(url),
};

/** The server lets a client in, or an event, perhaps behind the length of a polling body. */
const CERTAIN = /^(?:\d{1,6}:)?4(?:0(?:\/[^,]{0,100},)?\{"sid":"|2(?:\/[^,]{0,100},)?\d{0,15}\[")/;

/** By packet type; the last two carry attachments. */
const OPS = ['connect', 'disconnect', 'event', 'ack', 'connect_error', 'event', 'ack'];

/** `<type>[<attachments>-][<namespace>,][<ack id>][<JSON>]` */
const HEAD = /^([0-6])(?:\d{1,4}-)?(?:(\/[^,]{0,200})(?:,|$))?(\d{1,15})?/;

/** Label of one Socket.IO packet; `body` is the content of an Engine.IO message. */
export function socketPacket(body: Payload, direction: Direction): Label {
  if (typeof body !== 'string') return binary(body, direction);
  const head = HEAD.exec(body);
  if (head === null) return label('data', 'message', null, null, body);
  const json = body.slice(head[0].length);
  const whole = parseJson(json);
  const detail = whole === undefined ? undefined : { namespace: head[2] ?? '/', data: whole };
  return ofType(Number(head[1]), head[2] ?? '/', head[3] ?? null, whole ?? readJson(json), detail, direction);
}

function ofType(
  type: number,
  namespace: string,
  id: string | null,
  data: unknown,
  detail: unknown,
  direction: Direction,
): Label {
  const op = OPS[type] ?? 'message';
  switch (op) {
    case 'event':
      return event(Array.isArray(data) ? data : [], correlate(id, direction, false), detail);
    case 'ack':
      return label('data', op, null, correlate(id, direction, true), detail);
    default:
      return label('control', op, namespace, null, detail);
  }
}

function event(args: unknown[], correlation: string | null, detail: unknown): Label {
  const name = nameOf(args[0]);
  const beats = name !== null && isHeartbeatWord(name) && args.length <= 2 && !isObject(args[1]);
  return label(beats ? 'heartbeat' : 'data', 'event', name, correlation, detail);
}

/** Binary data of an event before it, or a whole packet of socket.io-msgpack-parser. */
function binary(bytes: Uint8Array, direction: Direction): Label {
  const first = bytes[0] ?? 0;
  if (first < 0x82 || first > 0x85) return label('data', ATTACHMENT);
  const reader = new ByteReader(bytes.subarray(0, PARSE_LIMIT));
  const packet = readMsgpack(reader);
  if (!isObject(packet) || typeof packet.type !== 'number' || typeof packet.nsp !== 'string')
    return label('data', ATTACHMENT);
  const detail = reader.ok ? { namespace: packet.nsp, data: packet.data } : undefined;
  return ofType(packet.type, packet.nsp, nameOf(packet.id), packet.data, detail, direction);
}
