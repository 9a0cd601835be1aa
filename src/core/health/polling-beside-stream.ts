import { LINKS } from '../advise/links.ts';
import type { ChannelFacts, SessionFacts } from '../simulate/facts.ts';
import { hostOf } from '../simulate/sends.ts';
import { type FindingOf, isPolling, isStream, isWasted } from './finding.ts';

/** A fallback may go on for a moment after its stream opened. */
const SETTLING_MS = 5000;
const MIN_POLLS = 3;
/** Polls that find this little are asking for what the stream has told. */
const WASTED_SHARE = 0.8;

export type PollingBesideStream = FindingOf<
  'polling-beside-stream',
  { polls: number; wasted: number; besideMs: number; messages: number }
>;

/** A page polls a server from which it already hears over a healthy stream. */
export const pollingBesideStream = (session: SessionFacts): PollingBesideStream[] =>
  session.channels.filter(isPolling).flatMap((poller) => {
    const [beside] = session.channels.flatMap((stream) => overlap(poller, stream, session.now) ?? []);
    if (beside === undefined) return [];
    const { streamId, ...evidence } = beside;
    return {
      check: 'polling-beside-stream',
      severity: evidence.wasted >= WASTED_SHARE * evidence.polls ? 'warning' : 'info',
      channelIds: [poller.id, streamId],
      evidence,
      fixes: ['stop-polling-once-the-stream-is-open'],
      links: [LINKS.eventStream],
    };
  });

/** The polls of one while the other, of the same page and host, stood open and brought something. */
function overlap(poller: ChannelFacts, stream: ChannelFacts, now: number) {
  if (!isStream(stream) || stream.documentKey !== poller.documentKey || hostOf(stream.url) !== hostOf(poller.url))
    return null;
  const open = stream.connections.flatMap(({ openedAt, closedAt }) =>
    openedAt === null ? [] : [{ from: openedAt + SETTLING_MS, to: closedAt ?? now }],
  );
  const within = (at: number) => open.some(({ from, to }) => at >= from && at <= to);
  const polls = poller.exchanges.filter(({ startedAt }) => within(startedAt));
  const messages = stream.messages.filter(
    ({ direction, role, at }) => direction === 'received' && role === 'data' && within(at),
  ).length;
  if (polls.length < MIN_POLLS || messages === 0) return null;
  return {
    streamId: stream.id,
    polls: polls.length,
    wasted: polls.filter(isWasted).length,
    besideMs: polls.at(-1)!.startedAt - polls[0]!.startedAt,
    messages,
  };
}
