import type { ChannelFacts, ExchangeFacts, Item } from '../../../src/core/simulate/facts.ts';
import { channelOf, connectionOf, exchangeOf, messageOf } from './facts-of.ts';

/** What a way through the network does to one message: ms. */
export interface Way {
  up(): number;
  down(): number;
}

export interface Recording {
  way: Way;
  horizonMs: number;
  /** Events carry the server's stamp, whose clock is ahead by this. */
  stamps: { aheadMs: number } | null;
  payloadBytes: number;
}

const NOTHING = { payloadBytes: 2, items: [] };

function bodyOf(times: readonly number[], { stamps, payloadBytes }: Recording) {
  const itemOf = (at: number): Item => ({ stamp: stampOf(at, stamps), payloadBytes });
  return times.length === 0
    ? NOTHING
    : { payloadBytes: 20 + times.length * payloadBytes, items: stamps === null ? null : times.map(itemOf) };
}

const stampOf = (at: number, stamps: Recording['stamps']): number | null =>
  stamps === null ? null : T0_STAMP + at + stamps.aheadMs;
const T0_STAMP = 1_800_000_000_000;

/** A channel that polls every `periodMs` for what happened since, as the page sees it. */
export function recordPolling(events: readonly number[], periodMs: number, recording: Recording): ChannelFacts {
  const { way, horizonMs } = recording;
  const exchanges: ExchangeFacts[] = [];
  let next = 0;
  for (let sent = 0; sent < horizonMs; sent += periodMs) {
    const up = way.up();
    const first = next;
    while (next < events.length && events[next]! <= sent + up) next++;
    const news = events.slice(first, next);
    const worth = exchanges.length === 0 ? 'baseline' : news.length > 0 ? 'useful' : 'empty';
    exchanges.push(exchangeOf(sent, { tookMs: up + way.down(), worth, ...bodyOf(news, recording) }));
  }
  return channelOf({ transport: 'polling', exchanges, rttMs: null });
}

/** A channel that long-polls with holds of up to `timeoutMs`. */
export function recordLongPolling(
  events: readonly number[],
  timeoutMs: number,
  rttMs: number,
  recording: Recording,
): ChannelFacts {
  const { way, horizonMs } = recording;
  const exchanges: ExchangeFacts[] = [];
  let next = 0;
  for (let sent = 0; sent < horizonMs; ) {
    const heard = sent + way.up();
    const answered = Math.min(Math.max(events[next] ?? Infinity, heard), heard + timeoutMs);
    const first = next;
    while (next < events.length && events[next]! <= answered) next++;
    const news = events.slice(first, next);
    const tookMs = answered + way.down() - sent;
    const worth = exchanges.length === 0 ? 'baseline' : news.length > 0 ? 'useful' : 'held-timeout';
    exchanges.push(exchangeOf(sent, { tookMs, worth, ...bodyOf(news, recording) }));
    sent += tookMs + 1;
  }
  return channelOf({ transport: 'long-polling', exchanges, rttMs });
}

/** A channel to which the server pushes each event. */
export function recordStream(
  transport: 'sse' | 'websocket',
  events: readonly number[],
  rttMs: number,
  recording: Recording,
): ChannelFacts {
  let last = 0;
  const messages = events.map((at) => {
    // Messages do not overtake one another.
    last = Math.max(last, at + recording.way.down());
    const { items } = bodyOf([at], recording);
    return messageOf(last, { payloadBytes: recording.payloadBytes, items });
  });
  return channelOf({ transport, connections: [connectionOf(0)], messages, rttMs });
}
