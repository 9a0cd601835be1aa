import type { Direction } from '../../protocol.ts';
import { correlate, type Label, label, MAX_LABELS, type Protocol } from './protocol.ts';
import { ByteReader } from './wire/bytes.ts';
import { isObject, type Json, nameOf, readJson } from './wire/json.ts';
import { endpointOf, isWebSocketUrl, pathOf, queryOf } from './wire/url.ts';

/** Phoenix channels, serializers 1 and 2: https://hexdocs.pm/phoenix/writing_a_channels_client.html */
export const phoenix: Protocol = {
  id: 'phoenix',
  displayName: 'Phoenix Channels',
  parameters: ['vsn'],
  claims: ({ url }) => /\/(?:websocket|longpoll)$/.test(pathOf(url)) && /[?&]vsn=[12]\./.test(url),
  recognises: (payload) => {
    const message = typeof payload === 'string' ? toMessage(readJson(payload)) : null;
    return (
      message !== null &&
      (message.event.startsWith('phx_') || (message.topic === 'phoenix' && message.event === 'heartbeat'))
    );
  },
  decode: (payload, direction) => {
    if (typeof payload !== 'string') return ofBinary(payload, direction);
    // Long polling posts one message a line.
    const lines = payload.includes('\n') ? payload.split('\n', MAX_LABELS) : [payload];
    return lines.flatMap((line) => ofText(line, direction));
  },
  side: ({ url, method }) => {
    if (isWebSocketUrl(url) || !pathOf(url).endsWith('/longpoll')) return null;
    if (method !== 'GET') return 'uplink';
    return queryOf(url, 'token') === null ? 'handshake' : 'downlink';
  },
  session: ({ url }) => endpointOf(url).replace(/\/(?:websocket|longpoll)$/, ''),
};

interface Message {
  joinRef: unknown;
  ref: unknown;
  topic: string;
  event: string;
}

function ofText(text: string, direction: Direction): Label[] {
  const value = readJson(text);
  const message = toMessage(value);
  if (message !== null) return [ofMessage(message, direction)];
  return direction === 'received' && isObject(value) && typeof value.status === 'number' ? ofPoll(value) : [];
}

/** The array of version 2 or the object of version 1. */
function toMessage(value: unknown): Message | null {
  const [joinRef, ref, topic, event] = Array.isArray(value)
    ? value
    : isObject(value)
      ? [value.join_ref, value.ref, value.topic, value.event]
      : [];
  return typeof topic === 'string' && typeof event === 'string' ? { joinRef, ref, topic, event } : null;
}

function ofMessage({ joinRef, ref, topic, event }: Message, direction: Direction): Label {
  const isReply = event === 'phx_reply';
  const correlation = correlate(ref, direction, isReply);
  if (topic === 'phoenix') return label('heartbeat', isReply ? 'reply' : event, null, correlation);
  // A join has the reference under which the channel is known from then on; other pushes have their own.
  if (isReply) return label(joinRef != null && joinRef === ref ? 'control' : 'data', 'reply', topic, correlation);
  if (event.startsWith('phx_')) return label('control', event.slice(4), topic, correlation);
  return label('data', event, topic, correlation);
}

/** A polling answer: status 204 says that nothing came, 410 opens a session, 200 brings messages or takes them in. */
function ofPoll({ status, messages }: Json): Label[] {
  if (Array.isArray(messages) && messages.length > 0)
    return messages.slice(0, MAX_LABELS).flatMap((each) => {
      const message = toMessage(typeof each === 'string' ? readJson(each) : each);
      return message === null ? [label('data', 'message')] : [ofMessage(message, 'received')];
    });
  return [status === 204 ? label('heartbeat', 'timeout') : label('control', 'status', nameOf(status))];
}

/** Version 2 with binary payloads: kind, lengths, texts. A push of the page has a reference, one of the server has none. */
function ofBinary(bytes: Uint8Array, direction: Direction): Label[] {
  const reader = new ByteReader(bytes);
  const kind = reader.u8();
  const sizes = { joinRef: 0, ref: 0, topic: 0, event: 0 };
  if (kind > 2) return [];
  if (kind < 2) sizes.joinRef = reader.u8();
  if (kind === 1 || (kind === 0 && direction === 'sent')) sizes.ref = reader.u8();
  sizes.topic = reader.u8();
  sizes.event = reader.u8();
  const joinRef = reader.text(sizes.joinRef);
  const ref = reader.text(sizes.ref) || null;
  const topic = reader.text(sizes.topic);
  const event = reader.text(sizes.event);
  if (!reader.ok || topic === '') return [];
  return [ofMessage({ joinRef, ref, topic, event: kind === 1 ? 'phx_reply' : event }, direction)];
}
