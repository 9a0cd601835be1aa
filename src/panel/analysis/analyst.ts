import { adviseOn } from '../../core/advise/rules.ts';
import { checkHealth } from '../../core/health/checks.ts';
import type { ChannelFacts, SessionFacts } from '../../core/simulate/facts.ts';
import { prepareWhatIf, type WhatIf } from '../../core/simulate/what-if.ts';
import type { Answer, Order, WhatIfSettings, WhatIfTable } from './messages.ts';
import { whatIfTable } from './what-if-table.ts';

export interface Analyst {
  take(order: Order): void;
  /** Does the next piece of work; what-if before advice, because somebody is pulling a slider. False: nothing was left to do. */
  step(answer: (answer: Answer) => void): boolean;
}

/** The worker's mind: the newest session, what is still to be done about it, and what was prepared. */
export function createAnalyst(): Analyst {
  const known = new Map<number, ChannelFacts>();
  let session: SessionFacts | null = null;
  let wanted: Extract<Order, { kind: 'what-if' }> | null = null;
  let tasks: ((answer: (answer: Answer) => void) => void)[] = [];
  let prepared = new Map<string, WhatIf | null>();

  function whatIf(channelId: number, settings: WhatIfSettings): WhatIfTable | null {
    const channel = session?.channels.find(({ id }) => id === channelId);
    if (session === null || channel === undefined) return null;
    const { httpVersion, rateFactor } = settings;
    const key = JSON.stringify([channelId, httpVersion, rateFactor]);
    if (!prepared.has(key)) {
      const options = { rateFactor, ...(httpVersion === null ? {} : { httpVersion }) };
      prepared.set(key, prepareWhatIf(channel, session, options));
    }
    const ready = prepared.get(key) ?? null;
    return ready === null ? null : whatIfTable(channelId, ready, settings);
  }

  function takeSession(facts: SessionFacts): void {
    session = facts;
    prepared = new Map();
    tasks = [
      (answer) => answer({ kind: 'health', findings: checkHealth(facts) }),
      ...facts.channels.map((channel) => (answer: (answer: Answer) => void) => {
        answer({ kind: 'advice', channelId: channel.id, advice: adviseOn(channel, facts) });
      }),
      (answer) => answer({ kind: 'done' }),
    ];
  }

  return {
    take: (order) => {
      if (order.kind === 'channel') known.set(order.facts.id, order.facts);
      else if (order.kind === 'what-if') wanted = order;
      else takeSession({ ...order.about, channels: order.channelIds.flatMap((id) => known.get(id) ?? []) });
    },
    step: (answer) => {
      if (wanted !== null && session !== null) {
        const { channelId, settings } = wanted;
        wanted = null;
        answer({ kind: 'what-if', channelId, table: whatIf(channelId, settings) });
        return true;
      }
      const task = tasks.shift();
      task?.(answer);
      return task !== undefined;
    },
  };
}
