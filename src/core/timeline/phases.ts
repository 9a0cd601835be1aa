import type { Exchange } from '../model.ts';

/** When each part of an exchange began, epoch ms; what is still under way ends at `now`. */
export interface Phases {
  queuedAt: number;
  /** Sent: from here on the server had it. Equal to `queuedAt` when it did not have to wait for a connection. */
  sentAt: number;
  /** The answer began; equal to `endedAt` when none came. */
  respondedAt: number;
  endedAt: number;
  isOver: boolean;
}

/** Queued, waiting (or held), receiving. Of the queue only the network log knows. */
export function phasesOf(exchange: Exchange, now: number): Phases {
  const { startedAt, network } = exchange;
  const isOver = exchange.endedAt !== null;
  const endedAt = Math.max(exchange.endedAt ?? now, startedAt);
  const sentAt = Math.min(startedAt + (network?.blockedMs ?? 0), endedAt);
  const respondedAt = exchange.respondedAt ?? endedAt;
  return {
    queuedAt: startedAt,
    sentAt,
    respondedAt: Math.min(Math.max(respondedAt, sentAt), endedAt),
    endedAt,
    isOver,
  };
}

/** How an exchange is drawn. */
export type Look = 'useful' | 'wasted' | 'plain' | 'failed' | 'aborted' | 'pending';

/** `isPoll`: only a poll can be wasted; a one-off request that is answered as before wasted nothing. */
export function lookOf({ outcome, worth, status }: Exchange, isPoll: boolean): Look {
  if (outcome === 'pending') return 'pending';
  if (outcome === 'aborted' || outcome === 'cut') return 'aborted';
  if (outcome === 'error' || worth === 'error' || (worth === null && (status ?? 0) >= 400)) return 'failed';
  if (!isPoll || worth === null || worth === 'baseline') return 'plain';
  return worth === 'useful' ? 'useful' : 'wasted';
}
