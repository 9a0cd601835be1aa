import type { Direction } from '../../protocol.ts';
import { correlate, type Label, label, MAX_LABELS, type Protocol } from './protocol.ts';
import { isEmptyObject, isObject, type Json, readObject, textOf } from './wire/json.ts';
import { endpointOf, isWebSocketUrl, pathOf } from './wire/url.ts';

/** https://centrifugal.dev/docs/transports/client_protocol: its JSON form; of the Protobuf form the heartbeat alone. */
export const centrifugo: Protocol = {
  id: 'centrifugo',
  displayName: 'Centrifugo',
  claims: ({ url, subprotocol }) => /^centrifuge-(?:json|protobuf)$/.test(subprotocol) || ENDPOINT.test(pathOf(url)),
  recognises: (payload) => {
    if (typeof payload !== 'string') return false;
    const message = readObject(firstLine(payload));
    if (message === null) return false;
    if (isObject(message.push)) return 'pub' in message.push && typeof message.push.channel === 'string';
    return typeof message.id === 'number' && isObject(message.connect) && Object.keys(message).length === 2;
  },
  decode: (payload, direction) => {
    // Protobuf messages are preceded by their length; an empty one is the ping and the pong.
    if (typeof payload !== 'string')
      return payload.length === 1 && payload[0] === 0 ? [label('heartbeat', beat(direction))] : [];
    return lines(payload, direction);
  },
  side: ({ url }) => {
    const path = pathOf(url);
    if (isWebSocketUrl(url)) return null;
    return path.endsWith('/emulation') ? 'uplink' : /(?:http_stream|sse)$/.test(path) ? 'downlink' : null;
  },
  session: ({ url }) => endpointOf(url).replace(ENDPOINT, ''),
};

/** The paths of the server's handlers; all of an installation share the part before. */
const ENDPOINT = /\/(?:connection\/(?:uni_)?(?:websocket|http_stream|sse|sockjs|webtransport|grpc)|emulation)$/;

/** What a command asks for or a reply answers, and what a push brings: role and whether it names a channel. */
const REPLIES: Record<string, Label['role']> = {
  connect: 'control',
  subscribe: 'control',
  unsubscribe: 'control',
  publish: 'control',
  refresh: 'control',
  sub_refresh: 'control',
  presence: 'data',
  presence_stats: 'data',
  history: 'data',
  rpc: 'data',
  error: 'control',
};
const COMMANDS: Record<string, Label['role']> = { ...REPLIES, publish: 'data', send: 'data' };
const PUSHES: Record<string, Label['role']> = {
  pub: 'data',
  message: 'data',
  join: 'data',
  leave: 'data',
  subscribe: 'control',
  unsubscribe: 'control',
  connect: 'control',
  disconnect: 'control',
  refresh: 'control',
};

/** One message a line. Over emulated transports the page posts `{"session":…,"node":…,"data":"<lines>"}`. */
function lines(payload: string, direction: Direction): Label[] {
  return payload.split('\n', MAX_LABELS).flatMap((line) => {
    if (line === '') return [];
    if (line === '{}') return [label('heartbeat', beat(direction))];
    const message = readObject(line);
    if (message === null) return [];
    if (direction === 'received') return ofServer(message);
    return typeof message.session === 'string' && typeof message.data === 'string'
      ? message.data
          .split('\n', MAX_LABELS)
          .flatMap((inner) => (inner === '{}' ? [label('heartbeat', beat('sent'))] : ofPage(readObject(inner))))
      : ofPage(message);
  });
}

function ofPage(command: Json | null): Label[] {
  const op = command === null ? undefined : Object.keys(COMMANDS).find((key) => key in command);
  if (command === null || op === undefined) return [];
  const params = command[op];
  const name = isObject(params) ? (textOf(params.channel) ?? textOf(params.method)) : null;
  return [label(COMMANDS[op]!, op, name, correlate(command.id, 'sent', false))];
}

function ofServer(message: Json): Label[] {
  if (typeof message.id === 'number') {
    const op = Object.keys(REPLIES).find((key) => key in message);
    if (op === undefined) return [];
    const role = recovers(message[op]) ? 'data' : REPLIES[op]!;
    return [label(role, op, null, correlate(message.id, 'received', true))];
  }
  // One-way transports send pushes bare.
  const push = isObject(message.push) ? message.push : message;
  const op = Object.keys(PUSHES).find((key) => key in push);
  if (op === undefined) return isEmptyObject(message) ? [label('heartbeat', 'ping')] : [];
  return [label(PUSHES[op]!, op, textOf(push.channel))];
}

/** Publications missed meanwhile come with the reply to a subscription, or to the connect that has some. */
const recovers = (reply: unknown): boolean =>
  isObject(reply) &&
  (hasPublications(reply) || (isObject(reply.subs) && Object.values(reply.subs).some(hasPublications)));

const hasPublications = (subscription: unknown): boolean =>
  isObject(subscription) && Array.isArray(subscription.publications) && subscription.publications.length > 0;

/** The server asks, the page answers. */
const beat = (direction: Direction): string => (direction === 'received' ? 'ping' : 'pong');

function firstLine(text: string): string {
  const end = text.indexOf('\n');
  return end < 0 ? text : text.slice(0, end);
}
