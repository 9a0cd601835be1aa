import { LINKS } from '../advise/links.ts';
import type { ChannelFacts, SessionFacts } from '../simulate/facts.ts';
import { hostOf } from '../simulate/sends.ts';
import type { FindingOf } from './finding.ts';

/** Engine.IO tries the upgrade right after its handshake; what has not come by then will not. */
const UPGRADE_MS = 10_000;

export type SocketIoStuckOnPolling = FindingOf<
  'socket-io-stuck-on-polling',
  { pollingForMs: number; requests: number; upgradeTried: boolean }
>;

/** Socket.IO starts with polling and means to upgrade; here it never does. */
export const socketIoStuckOnPolling = (session: SessionFacts): SocketIoStuckOnPolling[] =>
  session.channels
    .filter(({ url, method }) => method === 'GET' && isEngineIo(url) && /[?&]transport=polling\b/.test(url))
    .flatMap((poller) => {
      const { exchanges } = poller;
      const pollingForMs = exchanges.length === 0 ? 0 : exchanges.at(-1)!.startedAt - exchanges[0]!.startedAt;
      if (pollingForMs < UPGRADE_MS) return [];
      const sockets = session.channels.filter((other) => isSocketOf(other, poller));
      if (sockets.some(({ connections }) => connections.some(({ openedAt }) => openedAt !== null))) return [];
      return {
        check: 'socket-io-stuck-on-polling',
        severity: 'warning',
        channelIds: [poller.id, ...sockets.map(({ id }) => id)],
        evidence: { pollingForMs, requests: exchanges.length, upgradeTried: sockets.length > 0 },
        fixes: ['let-upgrades-through', 'enable-sticky-sessions'],
        links: [LINKS.socketIo],
      };
    });

const isEngineIo = (url: string): boolean => /[?&]EIO=\d/.test(url);

const isSocketOf = (other: ChannelFacts, poller: ChannelFacts): boolean =>
  other.transport === 'websocket' &&
  other.documentKey === poller.documentKey &&
  hostOf(other.url) === hostOf(poller.url) &&
  isEngineIo(other.url);
