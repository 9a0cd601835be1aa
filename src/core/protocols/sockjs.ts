import type { Direction } from '../../protocol.ts';
import { type Label, label, MAX_LABELS, PARSE_LIMIT, type Protocol, type Side } from './protocol.ts';
import { stomp, stompFrames } from './stomp.ts';
import { textOfPayload } from './wire/bytes.ts';
import { plainHeartbeat } from './wire/heartbeat.ts';
import { isObject, parseJson, readJson } from './wire/json.ts';
import { unwrapForm, unwrapScript } from './wire/jsonp.ts';
import { endpointOf, pathOf } from './wire/url.ts';

/** https://sockjs.github.io/sockjs-protocol/sockjs-protocol-0.3.3.html */
export const sockJs: Protocol = {
  id: 'sockjs',
  displayName: 'SockJS',
  claims: ({ url }) => URL.test(pathOf(url)),
  recognises: (payload, direction, { url }) =>
    direction === 'received' &&
    typeof payload === 'string' &&
    pathOf(url).endsWith('/info') &&
    isInfo(parseJson(payload)),
  decode: (payload, direction) => {
    const text = textOfPayload(payload, MAX_BODY);
    if (direction === 'sent') return sent(text);
    return text.includes('\n') ? text.split('\n', MAX_LABELS).flatMap(received) : received(text);
  },
  side: ({ url }) => SIDES.get(pathOf(url).split('/').pop()!) ?? null,
  canonicalUrl: (url) => (URL.test(pathOf(url)) ? url.replace(SESSION, '/{id}/{id}/$1') : url),
  session: ({ url }) => (URL.test(pathOf(url)) ? endpointOf(url).replace(/\/[^/]+$/, '') : null),
};

/** `/<prefix>/<server>/<session>/<transport>`; transports with everyday names count only behind a three-digit server, as the client makes it. */
const URL =
  /\/(?:[^/.]+\/[^/.]+\/xhr(?:_send|_streaming)?|\d{3}\/[^/.]+\/(?:eventsource|htmlfile|jsonp(?:_send)?|websocket))$/;
/** Server and session, as they stand before the transport at the end of the path. */
const SESSION = /\/[^/]+\/[^/]+\/(\w+)(?=[?#]|$)/;
const SIDES = new Map<string, Side>([
  ['info', 'handshake'],
  ['xhr', 'downlink'],
  ['xhr_streaming', 'downlink'],
  ['eventsource', 'downlink'],
  ['htmlfile', 'downlink'],
  ['jsonp', 'downlink'],
  ['xhr_send', 'uplink'],
  ['jsonp_send', 'uplink'],
]);
/** A streaming response holds 128 kB unless the server is told otherwise. */
const MAX_BODY = 16 * PARSE_LIMIT;

function sent(text: string): Label[] {
  const messages = readJson(unwrapForm(text));
  if (Array.isArray(messages)) return messages.slice(0, MAX_LABELS).flatMap((each) => inner(each, 'sent'));
  return text[0] === '"' ? inner(text.slice(1, -1), 'sent') : [];
}

/** One frame, which a line of a body, a WebSocket message or a server-sent event holds; script transports wrap it in a call. */
function received(line: string): Label[] {
  const frame = unwrapScript(line);
  switch (frame[0]) {
    case 'o':
      return frame.trimEnd() === 'o' ? [label('control', 'open')] : [];
    case 'h':
      if (frame.trimEnd() === 'h') return [label('heartbeat', 'heartbeat')];
      return /^h{2,}\s*$/.test(frame) ? [label('control', 'prelude')] : [];
    case 'a': {
      const messages = readJson(frame.slice(1));
      return Array.isArray(messages) ? messages.slice(0, MAX_LABELS).flatMap((each) => inner(each, 'received')) : [];
    }
    case 'm':
      return frame[1] === '"' ? inner(frame.slice(2, -1), 'received') : [];
    case 'c':
      return frame[1] === '[' ? [label('control', 'close', null, null, parseJson(frame.slice(1)))] : [];
    case '{':
      return isInfo(parseJson(frame)) ? [label('control', 'info')] : [];
    default:
      return [];
  }
}

/** STOMP is what SockJS carries most (Spring), and applications ping through it. */
function inner(message: unknown, direction: Direction): Label[] {
  if (typeof message !== 'string') return [label('data', 'message', null, null, message)];
  if (isUpperCase(message.charCodeAt(0)) && stomp.recognises!(message, direction, NO_HINT))
    return stompFrames(message, direction);
  return [plainHeartbeat(message) ?? label('data', 'message', null, null, message)];
}

const isUpperCase = (code: number): boolean => code >= 65 && code <= 90;

const NO_HINT = { url: '', method: '', subprotocol: '', contentType: null, eventName: null };

const isInfo = (value: unknown): boolean => isObject(value) && 'websocket' in value && 'entropy' in value;
