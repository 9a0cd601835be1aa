import type { AdviceOf } from './advice.ts';
import { type AdviceCase, savingFrom } from './case.ts';
import { caveatsFor } from './caveats.ts';
import { isBinary, SSE } from './compare.ts';
import { LINKS } from './links.ts';

/** Enough to tell a page that only listens from one that has not spoken yet. */
const MIN_RECEIVED = 10;

export type SseInsteadOfOneWayWebSocket = AdviceOf<
  'sse-instead-of-one-way-websocket',
  { received: number; sent: number; reconnects: number; resumes: boolean }
>;

/** A socket over which the page never speaks is an event stream without its reconnects, resumption and plain HTTP. */
export function sseInsteadOfOneWayWebSocket(given: AdviceCase): SseInsteadOfOneWayWebSocket | null {
  const { channel, present } = given;
  if (present.transport !== 'websocket' || isBinary(given)) return null;
  const data = channel.messages.filter(({ role }) => role === 'data');
  const received = data.filter(({ direction }) => direction === 'received').length;
  const sent = data.length - received;
  // Whoever speaks to it once, to subscribe, could say the same in the URL.
  if (received < MIN_RECEIVED || sent > channel.connections.length) return null;
  return {
    rule: 'sse-instead-of-one-way-websocket',
    channelId: channel.id,
    transport: 'sse',
    choice: SSE,
    evidence: {
      received,
      sent,
      reconnects: Math.max(channel.connections.filter(({ openedAt }) => openedAt !== null).length - 1, 0),
      resumes: channel.connections.some(({ lastEventId }) => lastEventId !== ''),
    },
    saving: savingFrom(given, given.whatIf.play(SSE)),
    effort: 'medium',
    wouldChangeIf: [{ id: 'server-cannot-be-changed', value: null }],
    caveats: caveatsFor(given, 'sse'),
    links: [LINKS.eventStream],
  };
}
