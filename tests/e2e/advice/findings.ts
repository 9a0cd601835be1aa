import { adviseOn, type RuleId } from '../../../src/core/advise/rules.ts';
import { type CheckId, checkHealth } from '../../../src/core/health/checks.ts';
import type { SessionFacts } from '../../../src/core/simulate/facts.ts';
import { type Part, partsWith } from './parts.ts';

/** The part that a channel belongs to. */
function partOf({ channels, documents }: SessionFacts, channelId: number): string {
  const key = channels.find(({ id }) => id === channelId)?.documentKey;
  return decodeURIComponent(documents.find((document) => document.key === key)?.url.split('?', 2)[1] ?? 'nobody');
}

/** The parts in which a check finds something, by name. */
export const foundIn = (facts: SessionFacts, check: CheckId): string[] =>
  [
    ...new Set(
      checkHealth(facts)
        .filter((finding) => finding.check === check)
        .map(({ channelIds }) => partOf(facts, channelIds[0]!)),
    ),
  ].toSorted();

/** What is advised in a part. */
function rulesIn(facts: SessionFacts, name: string): RuleId[] {
  const own = facts.channels.filter(({ id }) => partOf(facts, id) === name);
  return own.flatMap((channel) => adviseOn(channel, facts).map(({ rule }) => rule));
}

export const isTold = (facts: SessionFacts, name: string, rule: RuleId): boolean => rulesIn(facts, name).includes(rule);

/** Whether the parts that are to be told something are, and of those that are not, something else can be said. */
export const isPlayed = (facts: SessionFacts, parts: Record<string, Part>, rule: RuleId): boolean =>
  partsWith(parts, 'told', rule).every((name) => isTold(facts, name, rule)) &&
  partsWith(parts, 'untold', rule).every((name) => rulesIn(facts, name).length > 0);
