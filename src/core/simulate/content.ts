import { median } from '../metrics/statistics.ts';
import { type Estimate, exactly, spreadOf } from './estimate.ts';
import type { ChannelFacts } from './facts.ts';
import { pollModeOf } from './present.ts';

/** What surrounds the events of a poll's response, bytes; null where no response was seen. */
export function envelopeOf({ exchanges }: ChannelFacts): Estimate | null {
  const around = exchanges.flatMap(({ worth, payloadBytes, items }) => {
    if (worth !== 'useful' || payloadBytes === null || items === null || items.length === 0) return [];
    return [payloadBytes - items.reduce((sum, item) => sum + item.payloadBytes, 0)];
  });
  if (around.length > 0) return exactly(Math.max(median(around)!, 0));
  // A response in one piece is the event, envelope and all.
  return exchanges.some(({ worth }) => worth === 'useful') ? exactly(0) : null;
}

/** What a response without news contains: next to nothing, or the state as it was. */
export function emptyReplyOf(channel: ChannelFacts): Estimate | null {
  const mode = pollModeOf(channel);
  const wasted = channel.exchanges.filter(({ worth, status }) =>
    mode === 'snapshot'
      ? worth !== null && worth !== 'error' && status !== 304
      : worth === 'empty' || worth === 'held-timeout',
  );
  return spreadOf(wasted.flatMap(({ payloadBytes }) => payloadBytes ?? []));
}

/** Fields around an event of this stream, bytes; null where no stream was seen. */
export function eventFieldsOf({ transport, messages }: ChannelFacts): Estimate | null {
  if (transport !== 'sse' && transport !== 'http-stream') return null;
  const fields = messages.flatMap(({ role, framingBytes }) => (role === 'data' ? (framingBytes ?? []) : []));
  const usual = median(fields);
  return usual === null ? null : exactly(usual);
}

/** Content of a request for news, bytes. */
export function askBytesOf({ exchanges }: ChannelFacts): number {
  const sizes = exchanges.flatMap(({ requestBodyBytes }) => requestBodyBytes ?? []);
  return sizes.length === 0 ? 0 : sizes.reduce((sum, bytes) => sum + bytes, 0) / sizes.length;
}

/** Wire bytes of one byte of content: what compression leaves of it. */
export function bodyRatioOf({ exchanges }: ChannelFacts): number {
  let wire = 0;
  let content = 0;
  for (const { network, payloadBytes, status } of exchanges) {
    if (network?.bodyWireBytes == null || payloadBytes === null || status === 304 || network.fromCache) continue;
    wire += network.bodyWireBytes;
    content += payloadBytes;
  }
  return content === 0 || wire === 0 ? 1 : wire / content;
}
