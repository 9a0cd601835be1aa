import { type Advice, adviseOn } from '../../../src/core/advise/rules.ts';
import type { ChannelFacts, SessionFacts } from '../../../src/core/simulate/facts.ts';

/** The advice of one rule for a channel, null when it gives none. */
export function adviceOf<Rule extends Advice['rule']>(
  rule: Rule,
  channel: ChannelFacts,
  session: SessionFacts,
): Extract<Advice, { rule: Rule }> | null {
  const found = adviseOn(channel, session).find((advice) => advice.rule === rule);
  return (found as Extract<Advice, { rule: Rule }> | undefined) ?? null;
}
