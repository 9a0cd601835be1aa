import { failedConnections } from '../simulate/failed.ts';
import type { AdviceOf } from './advice.ts';
import { type AdviceCase, savingFrom } from './case.ts';
import { caveatsFor } from './caveats.ts';
import { LONG_POLLING } from './compare.ts';
import { LINKS } from './links.ts';

const MIN_ATTEMPTS = 3;
/** Some attempts fail on any network; on one that lets no streams through nearly all do. */
const FAILED_SHARE = 0.8;

export type SwitchToLongPolling = AdviceOf<'switch-to-long-polling', { attempts: number; failed: number }>;

/** Where streams are not let through, long polling looks like ordinary requests: the fallback. */
export function switchToLongPolling(given: AdviceCase): SwitchToLongPolling | null {
  const { channel, present } = given;
  if (present.transport !== 'sse' && present.transport !== 'websocket') return null;
  const attempts = channel.connections.length;
  const failed = failedConnections(channel).size;
  if (attempts < MIN_ATTEMPTS || failed < FAILED_SHARE * attempts) return null;
  return {
    rule: 'switch-to-long-polling',
    channelId: channel.id,
    transport: 'long-polling',
    choice: LONG_POLLING,
    evidence: { attempts, failed },
    saving: savingFrom(given, given.whatIf.play(LONG_POLLING)),
    effort: 'medium',
    wouldChangeIf: [{ id: 'path-lets-streams-through', value: null }],
    caveats: caveatsFor(given, 'long-polling'),
    links: [LINKS.longPolling, LINKS.longPollingTimeouts],
  };
}
