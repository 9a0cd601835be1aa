import type { Channel, Tally } from './channels.ts';
import { countHeaders } from './headers.ts';
import { addStampedMessage } from './metrics/latency.ts';
import { addSample } from './metrics/samples.ts';
import type { NetworkEntry } from './model.ts';
import { bucketAt } from './series.ts';

/** Adds what devtools.network measured of one HTTP exchange. */
export function countEntry(channel: Channel, entry: NetworkEntry): void {
  if (entry.fromCache) {
    channel.onWire--;
    channel.cached++;
    return;
  }
  if (entry.requestHeaderBytes !== null) channel.reported++;
  // Empty for a request that the page broke off.
  if (entry.httpVersion !== '') channel.httpVersion = entry.httpVersion;
  const bucket = bucketAt(channel.series, entry.endedAt);
  const { requestHeaderBytes, responseHeaderBytes, headerPlusMinus } = entry;
  bucket.headerBytes += (requestHeaderBytes ?? 0) + (responseHeaderBytes ?? 0);
  if (requestHeaderBytes !== null) addTo(channel.requestHeader, requestHeaderBytes, headerPlusMinus);
  if (responseHeaderBytes !== null) addTo(channel.responseHeader, responseHeaderBytes, headerPlusMinus);
  countHeaders(channel.headerCosts, entry, channel.headPlaces);
}

export function countPayload(channel: Channel, direction: 'sent' | 'received', bytes: number | null, at: number): void {
  if (bytes === null) return;
  addTo(direction === 'sent' ? channel.payloadSent : channel.payloadReceived, bytes, 0);
  bucketAt(channel.series, at).payloadBytes += bytes;
}

export function countFraming(channel: Channel, bytes: number, at: number): void {
  channel.framingBytes += bytes;
  bucketAt(channel.series, at).framingBytes += bytes;
}

export function countMessage(
  channel: Channel,
  direction: 'sent' | 'received',
  payloadBytes: number | null,
  text: string | null,
  at: number,
): void {
  channel.messages[direction]++;
  channel.lastAt = at;
  countPayload(channel, direction, payloadBytes, at);
  bucketAt(channel.series, at).messages++;
  if (direction === 'received') noteArrival(channel, at);
  if (direction === 'received' && text !== null) addStampedMessage(channel.latency, text, at);
}

/** Something came in on the channel. */
export function noteArrival(channel: Channel, at: number): void {
  if (channel.lastReceivedAt !== null) addSample(channel.gaps, at - channel.lastReceivedAt);
  channel.lastReceivedAt = at;
}

function addTo(tally: Tally, bytes: number, plusMinus: number): void {
  tally.bytes += bytes;
  tally.of++;
  tally.min = Math.min(tally.min, bytes);
  tally.max = Math.max(tally.max, bytes);
  tally.plusMinus += plusMinus;
}
