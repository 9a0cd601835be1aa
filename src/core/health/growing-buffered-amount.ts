import { LINKS } from '../advise/links.ts';
import { sumOfKnown } from '../simulate/estimate.ts';
import type { MessageFacts, SessionFacts, Span } from '../simulate/facts.ts';
import type { FindingOf } from './finding.ts';

/** One large message makes one peak; a network that cannot keep up makes one after another. */
const MIN_PEAKS = 3;
/** And does so for a while: peaks within less are one burst. */
const GROWING_MS = 2000;
/** About what the operating system takes off the page's hands at once. */
const WARNING_BYTES = 64 * 1024;
/** A network that takes more than this of what is sent keeps up: such peaks are hiccups of a busy page, far apart. */
const TAKEN_SHARE = 0.95;
/** What a slow phone (1 Mbit/s up) needs eight seconds for. */
const ERROR_BYTES = 1024 * 1024;

export type GrowingBufferedAmount = FindingOf<
  'growing-buffered-amount',
  { peaks: number; forMs: number; peakBytes: number; bytesPerSecond: number }
>;

/** The page sends faster than the network takes it: what it says now will be heard ever later. */
export const growingBufferedAmount = (session: SessionFacts): GrowingBufferedAmount[] =>
  session.channels.flatMap(({ id, connections, messages }) =>
    connections.flatMap(({ id: connectionId, bufferedPeaks }) => {
      const [first, last] = [bufferedPeaks[0], bufferedPeaks.at(-1)];
      if (first === undefined || last === undefined || bufferedPeaks.length < MIN_PEAKS) return [];
      const forMs = last.at - first.at;
      if (forMs < GROWING_MS || last.bytes < WARNING_BYTES) return [];
      const sentBytes = bytesSent(messages, connectionId, { from: first.at, to: last.at });
      if (last.bytes - first.bytes < (1 - TAKEN_SHARE) * sentBytes) return [];
      return {
        check: 'growing-buffered-amount',
        severity: last.bytes >= ERROR_BYTES ? 'error' : 'warning',
        channelIds: [id],
        evidence: {
          peaks: bufferedPeaks.length,
          forMs,
          peakBytes: last.bytes,
          bytesPerSecond: ((last.bytes - first.bytes) * 1000) / forMs,
        },
        fixes: ['wait-for-the-buffer-to-drain', 'send-less-or-less-often'],
        links: [LINKS.webSocketApi],
      };
    }),
  );

const bytesSent = (messages: readonly MessageFacts[], connectionId: number, { from, to }: Span): number =>
  sumOfKnown(
    messages
      .filter((m) => m.connectionId === connectionId && m.direction === 'sent' && m.at > from && m.at <= to)
      .map(({ payloadBytes }) => payloadBytes),
  ) ?? 0;
