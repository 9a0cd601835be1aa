import type { Direction } from '../../protocol.ts';
import {
  correlate,
  type Hint,
  type Label,
  label,
  MAX_LABELS,
  PARSE_LIMIT,
  type Payload,
  type Protocol,
  type Side,
} from './protocol.ts';
import { base64, textOfPayload } from './wire/bytes.ts';
import { plainHeartbeat } from './wire/heartbeat.ts';
import { parseJson, readObject } from './wire/json.ts';
import { unwrapForm, unwrapScript } from './wire/jsonp.ts';
import { endpointOf, isWebSocketUrl, queryOf } from './wire/url.ts';

/** https://github.com/socketio/engine.io-protocol, versions 3 and 4. */
export const engineIo: Protocol = {
  id: 'engine.io',
  displayName: 'Engine.IO',
  parameters: ['EIO', 'transport'],
  claims: ({ url }) => isEngineUrl(url),
  recognises: (payload, _direction, { url }) => typeof payload === 'string' && !isEngineUrl(url) && isOpen(payload),
  decode: (payload, direction, hint) => enginePackets(payload, direction, hint, ofMessage),
  side: engineSide,
  session: ({ url }) => endpointOf(url),
};

const OPS = ['open', 'close', 'ping', 'pong', 'message', 'upgrade', 'noop'];
const SEPARATOR = '\x1e';

/** The handshake packet, in the framing of either version. */
function isOpen(payload: string): boolean {
  const [first = ''] = /^\d{1,4}:/.test(payload) ? lengthPrefixed(payload) : payload.split(SEPARATOR, 1);
  const handshake = first.startsWith('0{') ? readObject(first.slice(1)) : null;
  return handshake !== null && typeof handshake.sid === 'string' && typeof handshake.pingInterval === 'number';
}

export const isEngineUrl = (url: string): boolean =>
  /[?&]EIO=[1-4](?:&|$)/.test(url) && /[?&]transport=(?:polling|websocket|webtransport)(?:&|$)/.test(url);

/** GET without a session id opens it, GET with it waits, POST sends. */
export function engineSide({ url, method }: Hint): Side | null {
  if (isWebSocketUrl(url)) return null;
  if (method === 'POST') return 'uplink';
  return queryOf(url, 'sid') === null ? 'handshake' : 'downlink';
}

/** How the packets of one payload are to be read; `ofMessage` labels what a message packet carries. */
interface Reading {
  url: string;
  direction: Direction;
  ofMessage: (body: Payload, direction: Direction) => Label;
}

const isVersion3 = (url: string): boolean => /[?&]EIO=[1-3](?:&|$)/.test(url);

/** Labels of all packets of a WebSocket message or polling body. */
export function enginePackets(
  payload: Payload,
  direction: Direction,
  { url }: Hint,
  ofMessage: Reading['ofMessage'],
): Label[] {
  const reading = { url, direction, ofMessage };
  const polling = !isWebSocketUrl(url) && !url.includes('transport=websocket');
  if (typeof payload !== 'string') {
    if (polling) return isVersion3(url) ? binaryBody(payload, reading) : [];
    // Version 3 writes the packet type before binary data, version 4 sends it bare.
    return [ofMessage(isVersion3(url) ? payload.subarray(1) : payload, direction)];
  }
  return polling ? textBody(payload, reading) : packet(payload, reading);
}

function textBody(body: string, reading: Reading): Label[] {
  const text = reading.direction === 'sent' ? unwrapForm(body) : unwrapScript(body);
  if (text === 'ok') return reading.direction === 'received' ? [label('control', 'ok')] : [];
  const packets = isVersion3(reading.url) ? lengthPrefixed(text) : text.split(SEPARATOR, MAX_LABELS);
  return packets.flatMap((each) => packet(each, reading));
}

function packet(text: string, { url, direction, ofMessage }: Reading): Label[] {
  if (text[0] === 'b') {
    const bytes = base64(text.slice(isVersion3(url) ? 2 : 1));
    return bytes === null ? [] : [ofMessage(bytes, direction)];
  }
  const op = OPS[text.charCodeAt(0) - 48];
  switch (op) {
    case 'message':
      return [ofMessage(text.slice(1), direction)];
    case 'open':
      return text[1] === '{' ? [label('control', op, null, null, parseJson(text.slice(1)))] : [];
    case 'ping':
    case 'pong':
      if (text.length === 1) return [label('heartbeat', op)];
      if (text.slice(1) !== 'probe') return [];
      return [label('control', 'probe', null, correlate('probe', direction, op === 'pong'))];
    case 'noop':
      return text.length === 1 ? [label('heartbeat', op)] : [];
    default:
      return op !== undefined && text.length === 1 ? [label('control', op)] : [];
  }
}

/** Version 3 bodies: `6:4hello2:4€`, lengths in UTF-16 code units. */
function lengthPrefixed(text: string): string[] {
  const packets: string[] = [];
  for (let at = 0; at < text.length && packets.length < MAX_LABELS; ) {
    const digits = /^\d{1,9}(?=:)/.exec(text.slice(at, at + 10))?.[0];
    if (digits === undefined) break;
    const start = at + digits.length + 1;
    at = start + Number(digits);
    packets.push(text.slice(start, at));
  }
  return packets;
}

/** Version 3 bodies with binary data: 0 (text) or 1 (binary), the length as one digit a byte, 255, the packet. */
function binaryBody(bytes: Uint8Array, reading: Reading): Label[] {
  const labels: Label[] = [];
  for (let at = 0; at < bytes.length && labels.length < MAX_LABELS; ) {
    const isText = bytes[at++] === 0;
    let length = 0;
    for (; at < bytes.length && bytes[at]! < 10 && length < 1e9; at++) length = length * 10 + bytes[at]!;
    if (bytes[at++] !== 255 || length === 0) break;
    const body = bytes.subarray(at, at + length);
    at += length;
    if (isText) labels.push(...packet(textOfPayload(body, PARSE_LIMIT), reading));
    else labels.push(reading.ofMessage(body.subarray(1), reading.direction));
  }
  return labels;
}

const ofMessage = (body: Payload): Label =>
  plainHeartbeat(body) ?? label('data', 'message', null, null, typeof body === 'string' ? body : undefined);
