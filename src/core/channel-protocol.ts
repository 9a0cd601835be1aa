import type { Direction } from '../protocol.ts';
import type { Channel } from './channels.ts';
import type { Exchange, Transport } from './model.ts';
import { dataCount, isHeartbeat, labelsOf } from './protocols/labels.ts';
import type { Hint, Label, Payload } from './protocols/protocol.ts';
import { recogniseByHint, recogniseByPayload } from './protocols/protocols.ts';

/** A channel whose first payloads tell nothing is not asked again. */
const FIRST_PAYLOADS = 5;
/** Heartbeats are short; longer messages are not taken apart to find out. */
const SHORT_CHARS = 256;
const PLAIN_CHARS = 64;

/** What a recogniser may know of a channel's payloads. */
export const hintOf = (
  { url, method, subprotocol, contentType }: Pick<Channel, 'url' | 'method' | 'subprotocol' | 'contentType'>,
  eventName: string | null = null,
): Hint => ({ url, method, subprotocol, contentType, eventName });

/** Looks again whether URL, subprotocol and content type name the protocol. */
export function recogniseChannel(channel: Channel): void {
  channel.protocol ??= recogniseByHint(hintOf(channel));
}

/** Lets one of a channel's first payloads name the protocol, where nothing else did. */
export function recognisePayload(
  channel: Channel,
  payload: Payload,
  direction: Direction,
  eventName: string | null,
  url = channel.url,
): void {
  if (channel.payloadsSeen >= FIRST_PAYLOADS) return;
  channel.payloadsSeen++;
  const hint = { ...hintOf(channel, eventName), url };
  // What is Engine.IO by its URL may turn out to be Socket.IO.
  if (channel.protocol === null || channel.protocol.id === 'engine.io')
    channel.protocol = recogniseByPayload(payload, direction, hint) ?? channel.protocol;
}

/** Labels of a message short enough to be a heartbeat, a call or its answer; [] of any other. */
export function shortLabels(channel: Channel, content: Payload | null, direction: Direction, type: string): Label[] {
  // Without a protocol only the shortest words are taken for one.
  const most = channel.protocol === null ? PLAIN_CHARS : SHORT_CHARS;
  if (content === null || content.length > most) return [];
  return labelsOf(channel.protocol, content, direction, hintOf(channel, isSocketType(type) ? null : type));
}

const isSocketType = (type: string): boolean =>
  type === 'text' || type === 'binary' || type === 'stream' || type === 'datagram';

/** What the packets of one message of a stream are. */
export const messageLabels = (channel: Channel, text: string): Label[] =>
  channel.protocol === null ? [] : labelsOf(channel.protocol, text, 'received', hintOf(channel));

/** What the packets of an HTTP body are; [] where nothing is known. */
export const bodyLabels = (channel: Channel, body: string, direction: Direction, exchange: Exchange): Label[] =>
  labelsOf(channel.protocol, body, direction, {
    url: exchange.url,
    method: exchange.method,
    subprotocol: channel.subprotocol,
    contentType: channel.contentType,
    eventName: null,
  });

/** A body that holds heartbeats and nothing else. */
export const saysNothing = (labels: readonly Label[]): boolean => isHeartbeat(labels);

/** Application messages in a body; one where its packets are not known. */
export const messagesIn = (labels: readonly Label[]): number => (labels.length === 0 ? 1 : dataCount(labels));

/** Protocols whose downlink, where it is made of ordinary requests, is long polling by its own rules. */
const LONG_POLLING = new Set(['engine.io', 'socket.io', 'sockjs', 'signalr', 'bayeux', 'phoenix', 'matrix']);

/** How a protocol's downlink gets its news, where its name says so; null for what is not one. */
export function transportByProtocol(channel: Channel): Transport | null {
  const { protocol, url } = channel;
  if (protocol === null) return null;
  if (protocol.id === 'hls') return 'media';
  if (protocol.side?.(hintOf(channel)) !== 'downlink' || !LONG_POLLING.has(protocol.id)) return null;
  if (/\/(xhr_streaming|htmlfile)(\?|$)/.test(url)) return 'http-stream';
  return /\/eventsource(\?|$)/.test(url) ? 'sse' : 'long-polling';
}
