import { LINKS } from '../advise/links.ts';
import { ascending, median, robustVariation } from '../metrics/statistics.ts';
import { sumOfKnown } from '../simulate/estimate.ts';
import type { ChannelFacts, MessageFacts, SessionFacts } from '../simulate/facts.ts';
import type { FindingOf } from './finding.ts';

/** Messages this close arrived in one go. */
const TOGETHER_MS = 20;
const MIN_IN_CLUMP = 3;
const MIN_CLUMPS = 2;
/** A proxy holds back all that passes it; a page that is busy for a second now and then, little. */
const HELD_SHARE = 0.5;
/** Stamps that lie further apart than this in one clump: somebody held the first of them back. */
const HELD_BACK_MS = 1000;
/** Without stamps only clumps that fill a proxy's buffer give it away: 4 KiB and its doubles, to within what one event may add. */
const SMALLEST_BUFFER = 4096;
const BUFFER_TOLERANCE = 0.1;
const STEADY = 0.1;
const MIN_FULL_BUFFERS = 3;

export type BufferingProxy = FindingOf<
  'buffering-proxy',
  | { kind: 'stamps'; clumps: number; messages: number; medianHeldMs: number }
  | { kind: 'full-buffers'; clumps: number; messages: number; medianBytes: number; bufferBytes: number }
>;

/** What the server sends one by one arrives in clumps: something on the way collects it. */
export const bufferingProxy = (session: SessionFacts): BufferingProxy[] =>
  session.channels
    .filter(({ transport }) => transport === 'sse' || transport === 'http-stream')
    .flatMap((channel) => {
      const evidence = heldBack(channel) ?? fullBuffers(channel);
      if (evidence === null) return [];
      return {
        check: 'buffering-proxy',
        severity: evidence.kind === 'stamps' ? 'error' : 'warning',
        channelIds: [channel.id],
        evidence,
        fixes: ['switch-off-proxy-buffering', 'flush-after-each-event'],
        links: [LINKS.proxyBuffering, LINKS.eventStream],
      };
    });

function clumpsOf({ messages, connections }: ChannelFacts): MessageFacts[][] {
  const clumps: MessageFacts[][] = [];
  let last = -Infinity;
  for (const message of messages) {
    if (message.direction !== 'received') continue;
    if (message.at - last > TOGETHER_MS) clumps.push([]);
    clumps.at(-1)!.push(message);
    last = message.at;
  }
  // What a server resends when a connection opens comes together for a good reason.
  const opens = connections.flatMap(({ openedAt }) => openedAt ?? []);
  const isReplay = (at: number) => opens.some((openedAt) => at >= openedAt && at - openedAt < HELD_BACK_MS);
  return clumps.filter((clump) => clump.length >= MIN_IN_CLUMP && !isReplay(clump[0]!.at));
}

function heldBack(channel: ChannelFacts): BufferingProxy['evidence'] | null {
  const held = clumpsOf(channel).flatMap((clump) => {
    const stamps = clump.flatMap(({ items }) => (items ?? []).flatMap(({ stamp }) => stamp ?? []));
    const sorted = ascending(stamps);
    const spanMs = (sorted.at(-1) ?? 0) - (sorted[0] ?? 0);
    return stamps.length >= MIN_IN_CLUMP && spanMs >= HELD_BACK_MS ? [{ clump, spanMs }] : [];
  });
  const messages = held.reduce((sum, { clump }) => sum + clump.length, 0);
  const received = channel.messages.filter(({ direction, role }) => direction === 'received' && role === 'data').length;
  if (held.length < MIN_CLUMPS || messages < HELD_SHARE * received) return null;
  return {
    kind: 'stamps',
    clumps: held.length,
    messages,
    medianHeldMs: median(held.map(({ spanMs }) => spanMs))!,
  };
}

function fullBuffers(channel: ChannelFacts): BufferingProxy['evidence'] | null {
  const clumps = clumpsOf(channel);
  if (
    clumps.flat().some(({ items, payloadBytes }) => payloadBytes === null || items?.some(({ stamp }) => stamp !== null))
  )
    return null;
  const sizes = clumps.map((clump) => sumOfKnown(clump.flatMap((m) => [m.payloadBytes, m.framingBytes])) ?? 0);
  const medianBytes = median(sizes);
  const variation = robustVariation(sizes);
  if (medianBytes === null || variation === null || sizes.length < MIN_FULL_BUFFERS || variation > STEADY) return null;
  const bufferBytes = SMALLEST_BUFFER * 2 ** Math.max(Math.round(Math.log2(medianBytes / SMALLEST_BUFFER)), 0);
  if (Math.abs(medianBytes / bufferBytes - 1) > BUFFER_TOLERANCE) return null;
  const messages = clumps.reduce((sum, clump) => sum + clump.length, 0);
  return { kind: 'full-buffers', clumps: clumps.length, messages, medianBytes, bufferBytes };
}
