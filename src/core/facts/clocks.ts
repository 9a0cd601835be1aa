import { hostOf } from '../channel-key.ts';
import { boundsOf, type Clock, isLoopbackHost, narrow, offsetOf } from '../metrics/clock.ts';
import type { ClockOffset } from '../simulate/facts.ts';
import type { Log } from '../state.ts';

/** What every server's host says of its clock. A session file does not keep that, but keeps the `Date` headers it came from. */
export function clocksOf({ clocks, history }: Log): Map<string, Clock> {
  if (clocks.size > 0) return clocks;
  const read = new Map<string, Clock>();
  for (const { network } of history.exchanges.all) {
    const reading = network === null ? null : boundsOf(network);
    if (reading === null) continue;
    const host = hostOf(network!.url);
    read.set(host, narrow(read.get(host), reading));
  }
  return read;
}

/** How far a URL's server is ahead of this machine, ms; null where nothing bounds it. */
export function clockOffsetOf(clocks: Map<string, Clock>, url: string): ClockOffset | null {
  const host = hostOf(url);
  const { offsetMs, plusMinusMs } = offsetOf(clocks.get(host), isLoopbackHost(host));
  return plusMinusMs === null ? null : { offsetMs, errorMs: plusMinusMs };
}
