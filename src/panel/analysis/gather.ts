import { channelFacts } from '../../core/facts/channel.ts';
import { clocksOf } from '../../core/facts/clocks.ts';
import { factsOf } from '../../core/facts/facts-of.ts';
import { browserHeadersOf } from '../../core/facts/handshakes.ts';
import type { Log } from '../../core/state.ts';
import { channelPrint } from '../fingerprint.ts';
import type { Order } from './messages.ts';

/**
 * Hands over a log's facts, one channel a step: a long recording's at once would hold the panel up. `sent` holds the print of
 * each channel that was handed over before; those that have not changed since are left out.
 */
export function* gather(log: Log, sent: Map<number, string>, order: (it: Order) => void): Generator<void> {
  const clocks = clocksOf(log);
  const browserHeaders = browserHeadersOf(log);
  yield;
  const channels = [...log.channels];
  for (const channel of channels) {
    const print = channelPrint(channel);
    if (sent.get(channel.id) === print) continue;
    order({ kind: 'channel', facts: channelFacts(log, channel, clocks, browserHeaders) });
    sent.set(channel.id, print);
    yield;
  }
  // Last, so that nothing in the channels is later than `now`.
  const { channels: _none, ...about } = factsOf({ ...log, channels: [] });
  order({ kind: 'session', about, channelIds: channels.map(({ id }) => id) });
}
