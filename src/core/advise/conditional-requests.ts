import { bytesOf, estimateOf, perHour } from '../simulate/ensemble.ts';
import { sumOfKnown } from '../simulate/estimate.ts';
import type { AdviceOf } from './advice.ts';
import { type AdviceCase, pollingCase, savingFrom } from './case.ts';
import { caveatsFor } from './caveats.ts';
import { LINKS } from './links.ts';

/** Less of a channel's bytes is not worth a change at both ends. */
const MIN_BYTE_SHARE = 0.1;

export type ConditionalRequests = AdviceOf<
  'conditional-requests',
  {
    repeated: number;
    volatileOnly: number;
    of: number;
    repeatedBytes: number | null;
    hasValidator: boolean;
    noStore: boolean;
  }
>;

/** Answers that repeat what the page has should be a 304 without content. */
export function conditionalRequests(given: AdviceCase): ConditionalRequests | null {
  const polling = pollingCase(given);
  const { exchanges, method } = given.channel;
  if (polling === null || method !== 'GET' || polling.present.conditional) return null;
  const volatile = exchanges.filter(({ worth }) => worth === 'volatile-only');
  const repeated = [...exchanges.filter(({ worth }) => worth === 'identical'), ...volatile];
  if (repeated.length === 0) return null;
  const saving = savingFrom(given, given.whatIf.play({ ...polling.present, conditional: true }));
  const bytesNow = estimateOf(given.now, perHour(bytesOf, given.now.horizonMs))!.value;
  if (saving.bytesPerHour.value < MIN_BYTE_SHARE * bytesNow) return null;
  const told = exchanges.flatMap(({ network }) => network ?? []);
  const hasValidator = told.some((network) => network.hasValidator);
  return {
    rule: 'conditional-requests',
    channelId: given.channel.id,
    transport: 'polling',
    choice: { ...polling.present, conditional: true },
    evidence: {
      repeated: repeated.length,
      volatileOnly: volatile.length,
      of: exchanges.length,
      repeatedBytes: sumOfKnown(repeated.map(({ payloadBytes }) => payloadBytes)),
      hasValidator,
      noStore: told.some(({ cacheControl }) => cacheControl?.includes('no-store') ?? false),
    },
    saving,
    effort: hasValidator ? 'low' : 'medium',
    wouldChangeIf: [{ id: 'server-cannot-be-changed', value: null }],
    caveats: [...(volatile.length > 0 ? (['volatile-fields'] as const) : []), ...caveatsFor(given, 'polling')],
    links: [LINKS.conditional, LINKS.cacheControl],
  };
}
