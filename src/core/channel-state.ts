import type { Connection } from './model.ts';
import type { ChannelReport } from './session/report.ts';

/** What a channel is doing now. `waiting`: a request is under way; `active`: one was a moment ago; `idle`: none has been for a while. */
export type ChannelState = 'open' | 'connecting' | 'reconnecting' | 'closed' | 'waiting' | 'active' | 'idle';

/** After so long without a request a channel counts as idle: the slowest polls that people still call live are quicker. */
export const IDLE_MS = 10_000;

export function stateOf(
  { connections, openConnections, inFlight, lastAt }: ChannelReport,
  own: readonly Connection[],
  now: number,
): ChannelState {
  if (openConnections > 0) return 'open';
  const newest = own.at(-1);
  if (newest?.state === 'connecting' || newest?.state === 'reconnecting') return newest.state;
  if (inFlight > 0) return 'waiting';
  if (connections > 0) return 'closed';
  return now - lastAt < IDLE_MS ? 'active' : 'idle';
}
