import { checkHealth, type Finding } from '../../../src/core/health/checks.ts';
import type { ChannelFacts, SessionFacts } from '../../../src/core/simulate/facts.ts';
import { sessionOf } from '../simulate/facts-of.ts';

export const HOUR_MS = 3_600_000;

/** What one check finds in an hour of these channels. */
export function findingsOf<Check extends Finding['check']>(
  check: Check,
  channels: ChannelFacts | ChannelFacts[],
  session: SessionFacts = sessionOf(HOUR_MS, [channels].flat()),
): Extract<Finding, { check: Check }>[] {
  return checkHealth(session).filter(
    (finding): finding is Extract<Finding, { check: Check }> => finding.check === check,
  );
}
