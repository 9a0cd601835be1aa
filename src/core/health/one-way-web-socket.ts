import { LINKS } from '../advise/links.ts';
import type { SessionFacts } from '../simulate/facts.ts';
import type { FindingOf } from './finding.ts';

/** Enough to tell a page that only listens from one that has not spoken yet. */
const MIN_RECEIVED = 10;
/** To subscribe, once a connection, is not yet to converse. */
const SUBSCRIPTIONS = 1;

export type OneWayWebSocket = FindingOf<'one-way-web-socket', { received: number; sent: number; connections: number }>;

/** A WebSocket over which the page never says anything. */
export const oneWayWebSocket = (session: SessionFacts): OneWayWebSocket[] =>
  session.channels
    .filter(({ transport, messages }) => transport === 'websocket' && !messages.some(({ binary }) => binary))
    .flatMap(({ id, messages, connections }) => {
      const data = messages.filter(({ role }) => role === 'data');
      const received = data.filter(({ direction }) => direction === 'received').length;
      const sent = data.length - received;
      if (received < MIN_RECEIVED || sent > SUBSCRIPTIONS * connections.length) return [];
      return {
        check: 'one-way-web-socket',
        severity: 'info',
        channelIds: [id],
        evidence: { received, sent, connections: connections.length },
        fixes: ['use-an-event-stream'],
        links: [LINKS.eventStream],
      };
    });
