import { LINKS } from '../advise/links.ts';
import { median } from '../metrics/statistics.ts';
import type { ExchangeFacts, SessionFacts } from '../simulate/facts.ts';
import { anHour, type FindingOf } from './finding.ts';

const MIN_ANSWERS = 5;
/** What fits one packet arrives no sooner for being smaller. */
const ONE_PACKET_BYTES = 1400;
const LARGE_SHARE = 0.5;
const TEXT = /\b(json|text|xml|javascript|csv|graphql)\b/i;

export type UncompressedPolls = FindingOf<
  'uncompressed-polls',
  { answers: number; of: number; medianBytes: number; bytesPerHour: number }
>;

/** Long texts are fetched again and again as they are; compressed they would be a third or less. */
export const uncompressedPolls = (session: SessionFacts): UncompressedPolls[] =>
  session.channels
    .filter(({ transport }) => transport === 'polling' || transport === 'long-polling')
    .flatMap((channel) => {
      const answered = channel.exchanges.filter(
        ({ network, status }) => network?.fromCache === false && status === 200,
      );
      const sizes = answered.filter(isPlainText).flatMap(({ payloadBytes }) => payloadBytes ?? []);
      const large = sizes.filter((bytes) => bytes >= ONE_PACKET_BYTES);
      if (large.length < MIN_ANSWERS || large.length < LARGE_SHARE * answered.length) return [];
      const bytes = large.reduce((sum, b) => sum + b, 0);
      return {
        check: 'uncompressed-polls',
        severity: 'warning',
        channelIds: [channel.id],
        evidence: {
          answers: large.length,
          of: answered.length,
          medianBytes: median(large)!,
          bytesPerHour: anHour(bytes, channel, session),
        },
        fixes: ['compress-responses'],
        links: [LINKS.compression],
      };
    });

const isPlainText = ({ contentType, network }: ExchangeFacts): boolean =>
  TEXT.test(contentType ?? '') && (network?.contentEncoding ?? 'identity') === 'identity';
