import type { ChannelFacts, ConnectionFacts } from '../simulate/facts.ts';
import type { AdviceOf } from './advice.ts';
import { type AdviceCase, savingFrom } from './case.ts';
import { caveatsFor } from './caveats.ts';
import { LONG_POLLING } from './compare.ts';
import { LINKS } from './links.ts';

const MIN_ATTEMPTS = 3;
/** Some attempts fail on any network; on one that lets no streams through nearly all do. */
const FAILED_SHARE = 0.8;
/** A proxy that does not know the protocol ends a connection about as soon as it is open. */
const SHORT_LIFE_MS = 1000;

export type SwitchToLongPolling = AdviceOf<'switch-to-long-polling', { attempts: number; failed: number }>;

/** Where streams are not let through, long polling looks like ordinary requests: the fallback. */
export function switchToLongPolling(given: AdviceCase): SwitchToLongPolling | null {
  const { channel, present } = given;
  if (present.transport !== 'sse' && present.transport !== 'websocket') return null;
  const attempts = channel.connections.length;
  const failed = channel.connections.filter((connection) => isFailed(connection, channel)).length;
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

/** It never opened, or was closed at once, before it brought anything. */
function isFailed({ id, openedAt, closedAt }: ConnectionFacts, { messages }: ChannelFacts): boolean {
  if (closedAt === null) return false;
  if (openedAt === null) return true;
  const brought = messages.some(({ connectionId, direction }) => connectionId === id && direction === 'received');
  return closedAt - openedAt < SHORT_LIFE_MS && !brought;
}
