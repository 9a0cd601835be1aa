import type { Direction } from '../../protocol.ts';
import { correlate, type Label, label, MAX_LABELS, PARSE_LIMIT, type Protocol } from './protocol.ts';
import { ByteReader, utf8 } from './wire/bytes.ts';
import { isHeartbeatWord } from './wire/heartbeat.ts';
import { isObject, type Json, parseJson, readObject, textOf } from './wire/json.ts';
import { readMsgpack } from './wire/msgpack.ts';
import { endpointOf, isWebSocketUrl, pathOf, queryOf } from './wire/url.ts';

/** https://github.com/dotnet/aspnetcore/blob/main/src/SignalR/docs/specs/HubProtocol.md, JSON and MessagePack. */
export const signalR: Protocol = {
  id: 'signalr',
  displayName: 'SignalR',
  parameters: ['negotiateVersion', 'hub'],
  claims: ({ url }) =>
    (queryOf(url, 'negotiateVersion') !== null && pathOf(url).endsWith('/negotiate')) ||
    /\/client\/\?hub=[^&]/.test(url),
  recognises: (payload, direction, { url }) => {
    if (typeof payload !== 'string') return isMsgpackPacket(payload);
    if (payload.endsWith(SEPARATOR)) return payload === ACCEPTED || CERTAIN.test(payload.slice(0, 40));
    return direction === 'received' && pathOf(url).endsWith('/negotiate') && isNegotiation(parseJson(payload));
  },
  decode: (payload, direction) => {
    if (typeof payload === 'string') return texts(payload, direction);
    // The handshake is JSON even where MessagePack follows: a brace and no length with an array behind it.
    return payload[0] === 0x7b && !isArrayHead(payload[1])
      ? texts(utf8(payload), direction)
      : packets(payload, direction);
  },
  side: ({ url, method }) => {
    if (isWebSocketUrl(url)) return null;
    if (pathOf(url).endsWith('/negotiate')) return 'handshake';
    return method === 'GET' ? 'downlink' : 'uplink';
  },
  session: ({ url }) => endpointOf(url).replace(/\/negotiate$/, ''),
};

const SEPARATOR = '\x1e';
/** The server's answer to the handshake. */
const ACCEPTED = `{}${SEPARATOR}`;
const CERTAIN = /^\{(?:"protocol":"(?:json|messagepack)","version":\d|"type":[1-9][,}])/;

/** By message type. */
const OPS = [
  '',
  'invocation',
  'stream-item',
  'completion',
  'stream-invocation',
  'cancel-invocation',
  'ping',
  'close',
  'ack',
  'sequence',
];

function texts(payload: string, direction: Direction): Label[] {
  const labels: Label[] = [];
  for (const text of payload.split(SEPARATOR, MAX_LABELS)) {
    const message = text === '' ? null : readObject(text);
    if (message !== null) labels.push(...ofText(message, direction));
  }
  return labels;
}

function ofText(message: Json, direction: Direction): Label[] {
  const { type, invocationId, target } = message;
  if (typeof type === 'number') return ofType(type, invocationId, target, message.arguments, undefined, direction);
  if ('protocol' in message)
    return [label('control', 'handshake', textOf(message.protocol), correlate('handshake', direction, false))];
  if (isNegotiation(message)) return [label('control', 'negotiate')];
  const isReply = Object.keys(message).length === 0 || 'error' in message;
  return isReply ? [label('control', 'handshake', null, correlate('handshake', direction, true))] : [];
}

/** Each message is preceded by its length; in it, an array that begins with the type. */
function packets(bytes: Uint8Array, direction: Direction): Label[] {
  const labels: Label[] = [];
  for (let at = 0; at < bytes.length && labels.length < MAX_LABELS; ) {
    const frame = new ByteReader(bytes, at);
    const length = frame.varUint();
    if (!frame.ok || !isArrayHead(bytes[frame.at])) break;
    at = frame.at + length;
    const reader = new ByteReader(bytes.subarray(frame.at, Math.min(at, frame.at + PARSE_LIMIT)));
    const message = readMsgpack(reader);
    if (!Array.isArray(message) || typeof message[0] !== 'number') break;
    const [type, , invocationId, target, args] = message;
    labels.push(...ofType(type, invocationId, target, args, reader.ok ? message : undefined, direction));
  }
  return labels;
}

function ofType(
  type: number,
  id: unknown,
  target: unknown,
  args: unknown,
  detail: unknown,
  direction: Direction,
): Label[] {
  const op = OPS[type];
  switch (op) {
    case undefined:
    case '':
      return [];
    case 'ping':
      return [label('heartbeat', op)];
    case 'invocation':
    case 'stream-invocation': {
      const name = textOf(target);
      const beats = name !== null && isHeartbeatWord(name) && (!Array.isArray(args) || args.length === 0);
      return [label(beats ? 'heartbeat' : 'data', op, name, correlate(id, direction, false), detail)];
    }
    case 'stream-item':
    case 'completion':
      return [label('data', op, null, correlate(id, direction, true), detail)];
    default:
      return [label('control', op, null, null, detail)];
  }
}

/** Nothing but length-prefixed arrays that begin with a message type. */
function isMsgpackPacket(bytes: Uint8Array): boolean {
  let at = 0;
  while (at < bytes.length) {
    const frame = new ByteReader(bytes, at);
    const length = frame.varUint();
    const type = bytes[frame.at + 1];
    if (!frame.ok || !isArrayHead(bytes[frame.at]) || type === undefined || type < 1 || type > 9) return false;
    if (length < 2) return false;
    at = frame.at + length;
  }
  return bytes.length > 0 && at === bytes.length;
}

/** MessagePack arrays of one to eight items. */
const isArrayHead = (byte: number | undefined): boolean => byte !== undefined && byte > 0x90 && byte <= 0x98;

const isNegotiation = (value: unknown): boolean =>
  isObject(value) && (Array.isArray(value.availableTransports) || ('url' in value && 'accessToken' in value));
