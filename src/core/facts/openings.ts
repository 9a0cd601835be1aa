import type { Channel } from '../channels.ts';
import { headerValue } from '../har-entry.ts';
import type { BrowserHeaders } from '../metrics/handshake.ts';
import type { Connection, Exchange, NetworkEntry } from '../model.ts';
import type { ConnectionFacts } from '../simulate/facts.ts';
import type { Log } from '../state.ts';
import { estimatedHead } from './handshakes.ts';

/** One physical connection of a channel, and whose messages came over it. */
export interface Opening {
  facts: ConnectionFacts;
  /** Id of the connection or exchange under which its messages are kept. */
  carrierId: number;
}

/** How late a stream's entry may begin after the page was told that it is open, the clocks of both apart. */
const OPEN_LATE_MS = 50;

/** Every time that a channel's sockets, event streams and streamed responses were opened, or meant to be, in order. */
export function openingsOf(
  log: Log,
  channel: Channel,
  exchanges: readonly Exchange[],
  browserHeaders: BrowserHeaders,
): Opening[] {
  const own = log.history.connections.filter(({ channelId }) => channelId === channel.id);
  const openings = [
    ...own.flatMap((connection) =>
      connection.api === 'event-source'
        ? eventSourceOpenings(log, connection)
        : [socketOpening(log, connection, browserHeaders)],
    ),
    ...exchanges.filter(({ streamed }) => streamed).map(streamOpening),
  ].toSorted((a, b) => a.facts.startedAt - b.facts.startedAt);
  return openings.map(({ facts, carrierId }, i) => ({ facts: { ...facts, id: i + 1 }, carrierId }));
}

const headsOf = (entry: Pick<NetworkEntry, 'requestHeaderBytes' | 'responseHeaderBytes'> | null) => ({
  requestHeaderBytes: entry?.requestHeaderBytes ?? null,
  responseHeaderBytes: entry?.responseHeaderBytes ?? null,
});

function socketOpening(log: Log, connection: Connection, browserHeaders: BrowserHeaders): Opening {
  const { id, startedAt, openedAt, closedAt, closeCode, wasClean, extensions, handshakes, bufferedPeaks } = connection;
  return {
    carrierId: id,
    facts: {
      id: 0,
      startedAt,
      openedAt,
      closedAt,
      closeCode,
      wasClean,
      lastEventId: '',
      retryMs: null,
      extensions,
      ...headsOf(handshakes[0] ?? estimatedHead(log, connection, browserHeaders)),
      bufferedPeaks,
    },
  };
}

/** An EventSource reconnects by itself: one opening for each time it was open, and for each attempt that failed. */
function eventSourceOpenings(log: Log, connection: Connection): Opening[] {
  const { id, startedAt, closedAt, wasClean, spans, handshakes } = connection;
  const waiting = handshakes.toSorted((a, b) => a.startedAt - b.startedAt);
  const facts: ConnectionFacts[] = [];
  for (const { from, to } of spans) {
    const earlier = waiting.filter((entry) => entry.startedAt <= from + OPEN_LATE_MS);
    const handshake = earlier.pop() ?? null;
    waiting.splice(0, earlier.length + (handshake === null ? 0 : 1));
    facts.push(...earlier.map(failedAttempt));
    const before = facts.findLast(({ openedAt }) => openedAt !== null) ?? null;
    const openedFor = facts.length === 0 ? startedAt : Math.min(handshake?.startedAt ?? from, from);
    // It is the browser that comes back, after the time that the stream asked for: where nobody heard that, it shows.
    if (before !== null && before.closedAt !== null) before.retryMs ??= openedFor - before.closedAt;
    facts.push({
      ...NOTHING_KNOWN,
      startedAt: openedFor,
      openedAt: from,
      closedAt: to,
      wasClean: to === null ? null : wasClean,
      // The browser resumes by itself after the last id it was told (HTML §9.2.4).
      lastEventId: headerOf(handshake, 'last-event-id') ?? (before === null ? '' : lastIdBefore(log, connection, from)),
      retryMs: retryIn(handshake),
      ...headsOf(handshake),
    });
  }
  facts.push(...waiting.filter(({ startedAt: at }) => at > (spans.at(-1)?.from ?? -Infinity)).map(failedAttempt));
  if (facts.length === 0) facts.push({ ...NOTHING_KNOWN, startedAt, closedAt });
  return facts.map((one) => ({ carrierId: id, facts: one }));
}

/** A connection of which nothing is known. */
export const NOTHING_KNOWN: ConnectionFacts = {
  id: 0,
  startedAt: 0,
  openedAt: null,
  closedAt: null,
  closeCode: null,
  wasClean: null,
  lastEventId: '',
  retryMs: null,
  extensions: '',
  requestHeaderBytes: null,
  responseHeaderBytes: null,
  bufferedPeaks: [],
};

const failedAttempt = (entry: NetworkEntry): ConnectionFacts => ({
  ...NOTHING_KNOWN,
  startedAt: entry.startedAt,
  closedAt: entry.endedAt,
  lastEventId: headerOf(entry, 'last-event-id') ?? '',
  ...headsOf(entry),
});

function streamOpening({ id, startedAt, respondedAt, endedAt, outcome, network }: Exchange): Opening {
  return {
    carrierId: id,
    facts: {
      ...NOTHING_KNOWN,
      startedAt,
      openedAt: respondedAt,
      closedAt: endedAt,
      wasClean: endedAt === null ? null : outcome === 'done',
      lastEventId: headerOf(network, 'last-event-id') ?? '',
      retryMs: retryIn(network),
      ...headsOf(network),
    },
  };
}

const headerOf = (entry: NetworkEntry | null, name: string): string | null =>
  entry === null ? null : headerValue(entry.requestHeaders, name);

/** Looked for among so many messages before a reconnect: the browser repeats the last id on all that follow. */
const MESSAGES_BACK = 50;

function lastIdBefore({ history: { messages } }: Log, { channelId, id }: Connection, at: number): string {
  const seqs = messages.of(channelId);
  let looked = 0;
  for (let i = seqs.length - 1; i >= 0 && looked < MESSAGES_BACK; i--) {
    const message = messages.get(seqs.at(i));
    if (message === null || message.at >= at || message.carrierId !== id) continue;
    if (message.lastEventId !== '') return message.lastEventId;
    looked++;
  }
  return '';
}

/** `retry: 3000`, as far as the network log kept the stream. */
function retryIn(entry: NetworkEntry | null): number | null {
  const match = /(?:^|\n)retry: ?(\d{1,9})\r?\n/.exec(entry?.body ?? '');
  return match === null ? null : Number(match[1]);
}
