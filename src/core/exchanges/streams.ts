import { countFraming, countMessage, countPayload } from '../channel-counts.ts';
import {
  messageLabels,
  recogniseChannel,
  recognisePayload,
  shortLabels,
  transportByProtocol,
} from '../channel-protocol.ts';
import { settle } from '../channel-verdict.ts';
import type { Channel } from '../channels.ts';
import { isStreaming, PAUSE_MS, wasStreamed } from '../classify/streamed.ts';
import { mediaTypeOf } from '../media-type.ts';
import type { NetworkEntry } from '../model.ts';
import { isHeartbeat, isWithoutData } from '../protocols/labels.ts';
import type { KnownExchange, Log } from '../state.ts';
import { createExchangeStream, type ExchangeStream, isEventStream, isStreamType } from '../stream-of-exchange.ts';
import type { StreamMessage } from '../streams/message.ts';
import { utf8Bytes } from '../utf8.ts';

/** The head of a response came: what its type tells of the channel. */
export function beginStream(known: KnownExchange, at: number): void {
  const { exchange, channel } = known;
  const { contentType } = exchange;
  nameProtocol(channel, contentType);
  if (isEventStream(contentType) || isStreamType(contentType)) {
    const kind = isEventStream(contentType) ? 'sse' : 'http-stream';
    settle(channel, kind, { kind: 'content-type', contentType: mediaTypeOf(contentType) }, at);
    markStreamed(known);
  } else settleByProtocol(channel, at);
  known.isAnswered = true;
}

/** The messages of a response; null before its head came. Made for those that come in pieces only: most come whole. */
function streamOf(log: Log, known: KnownExchange): ExchangeStream | null {
  if (known.stream === null && known.isAnswered)
    known.stream = createExchangeStream(known.exchange.contentType, (message, when) =>
      takeMessage(log, known, message, when),
    );
  return known.stream;
}

/** Content type and URL may name the protocol. */
function nameProtocol(channel: Channel, contentType: string | null): void {
  channel.contentType = contentType;
  const { route } = channel;
  if (channel.protocol === null && route?.unclaimedAs === contentType) return;
  recogniseChannel(channel);
  if (channel.protocol === null && route !== null) route.unclaimedAs = contentType;
}

/** The protocol may tell how it gets its news. */
function settleByProtocol(channel: Channel, at: number): void {
  const transport = transportByProtocol(channel);
  if (transport !== null && !channel.settled)
    settle(channel, transport, { kind: 'protocol', protocol: channel.protocol!.displayName }, at);
}

/**
 * The data of a server-sent event is payload and all around it framing, as it is with an EventSource. The content of any
 * other stream is payload whole: there is no telling its words from its commas.
 */
function takeMessage(log: Log, known: KnownExchange, { type, text, lastEventId }: StreamMessage, at: number): void {
  const { exchange, channel } = known;
  const payloadBytes = utf8Bytes(text);
  const isEvent = isEventStream(exchange.contentType);
  recognisePayload(channel, text, 'received', isEvent ? type : null);
  if (isHeartbeat(shortLabels(channel, text, 'received', type))) channel.heartbeats.received++;
  // Frames by which a transport opens and keeps its line are no messages where the response is not made of events.
  if (isEvent || !isWithoutData(messageLabels(channel, text))) countMessage(channel, 'received', null, text, at);
  if (isEvent) {
    countPayload(channel, 'received', payloadBytes, at);
    countFraming(channel, -payloadBytes, at);
  }
  log.history.messages.add({
    channelId: channel.id,
    carrierId: exchange.id,
    at,
    direction: 'received',
    type,
    payloadBytes,
    content: text,
    lastEventId,
  });
}

/** What a stream's bytes are besides its messages is framing: counted with each piece, and taken back with each message. */
export function markStreamed(known: KnownExchange): void {
  const { exchange, channel } = known;
  if (exchange.streamed) return;
  exchange.streamed = true;
  channel.streamed++;
  const before = channel.lastStreamed;
  // A question of its own, as a language model is asked, resumes nothing.
  const sameQuestion = exchange.method === 'GET' || before?.requestText === exchange.requestText;
  if (before !== null && before.endedAt !== null && sameQuestion) channel.resumed++;
  channel.lastStreamed = exchange;
  countPiece(known, exchange.chunkBytes, exchange.lastChunkAt ?? exchange.startedAt);
}

function countPiece({ exchange, channel }: KnownExchange, bytes: number, at: number): void {
  if (bytes === 0) return;
  if (isEventStream(exchange.contentType)) countFraming(channel, bytes, at);
  else countPayload(channel, 'received', bytes, at);
}

/** What came in pieces with pauses before does so again. */
const isKnownStream = ({ standing }: Channel): boolean =>
  standing?.verdict.transport === 'http-stream' && standing.verdict.evidence.some(({ kind }) => kind === 'streamed');

/** The page read another piece of the response. */
export function takeChunk(log: Log, known: KnownExchange, bytes: number, text: string | null, at: number): void {
  const { exchange, channel } = known;
  const stream = streamOf(log, known);
  exchange.chunks++;
  // It handed the body on, and what that brings only the network log will tell.
  if (bytes === 0) return;
  exchange.responseBodyBytes = (exchange.responseBodyBytes ?? 0) + bytes;
  exchange.chunkBytes += bytes;
  if (exchange.lastChunkAt !== null && at - exchange.lastChunkAt >= PAUSE_MS) exchange.pauses++;
  exchange.lastChunkAt = at;
  if (exchange.streamed) countPiece(known, bytes, at);
  stream?.take(text, at);
  if (!exchange.streamed && (isStreaming(exchange, at) || isKnownStream(channel))) {
    markStreamed(known);
    stream?.open();
    const overMs = at - exchange.respondedAt!;
    if (channel.streamed * 2 > channel.ended)
      settle(channel, 'http-stream', { kind: 'streamed', chunks: exchange.chunks, overMs }, at);
  }
}

/** A stream that the page handed on and that is still open: as far as the network log knows it. */
export function takePiped(known: KnownExchange, entry: NetworkEntry, at: number): void {
  const { exchange, channel } = known;
  const bytes = entry.contentBytes ?? 0;
  if (exchange.chunks === 0 || exchange.chunkBytes > 0 || bytes === 0) return;
  if (exchange.streamed) countPiece(known, bytes, at);
  else if (!wasStreamed(entry)) return;
  else settle(channel, 'http-stream', { kind: 'streamed', chunks: 0, overMs: entry.receiveMs }, at);
  exchange.chunkBytes = bytes;
  markStreamed(known);
}

/** What the hooks saw of a stream is completed by what the network log knows of the whole: text that nobody read in pieces, and the bytes. */
export function finishStream(log: Log, known: KnownExchange): void {
  const { exchange, channel } = known;
  const stream = streamOf(log, known);
  const { network: entry } = exchange;
  const at = exchange.endedAt!;
  channel.streamedEnded++;
  if (stream?.sawText === false && entry?.body) stream.take(entry.body, at);
  stream?.open();
  if (entry === null) return;
  // A stream that the page broke off is reported with its head alone.
  const content = Math.max(entry.contentBytes ?? 0, exchange.chunkBytes);
  countPiece(known, content - exchange.chunkBytes, at);
  const wire = entry.contentEncoding === null ? (entry.responseBodyWireBytes ?? 0) : 0;
  if (wire > content) countFraming(channel, wire - content, at);
}
