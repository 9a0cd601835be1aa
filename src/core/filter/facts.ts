import { gapsOf } from '../classify/timing.ts';
import { median } from '../metrics/statistics.ts';
import type { Connection, Exchange } from '../model.ts';
import { displayName } from '../protocols/protocols.ts';
import type { ChannelReport } from '../session/report.ts';
import { type Log, wasHidden } from '../state.ts';

/** What a filter may ask of a channel. The functions look things up only when asked. */
export interface ChannelFacts {
  report: ChannelReport;
  /** The protocol as its makers write it; null: none was recognised. */
  protocolName: string | null;
  exchanges(): readonly Exchange[];
  connections(): readonly Connection[];
  /** By lower-case name: some response, handshakes included, had it. */
  hasResponseHeader(name: string): boolean;
  /** Of the payloads, in bytes; 0 when there were none. */
  largestPayloadBytes(): number;
  /** Median gap in ms between the starts of its last requests, or between its last messages; null: too few. */
  intervalMs(): number | null;
  /** The page was hidden at that time; null: nobody knows. */
  wasHidden(at: number): boolean | null;
  /** Some message was of this type; asked in lower case. */
  hasEvent(isSought: (name: string) => boolean): boolean;
}

/** Messages whose gaps are looked at. */
const LAST_MESSAGES = 40;

/** `eventsOf`: names of the events of a channel seen so far, when somebody keeps them. */
export function factsOf(
  log: Log,
  report: ChannelReport,
  eventsOf: (channelId: number) => Iterable<string> = () => [],
): ChannelFacts {
  const channel = log.channels.find(({ id }) => id === report.id);
  const lookUp = once(() => log.history.connections.filter(({ channelId }) => channelId === report.id));
  return {
    report,
    protocolName: report.protocol === null ? null : displayName(report.protocol),
    exchanges: () => log.history.exchanges.of(report.id),
    connections: lookUp,
    hasResponseHeader: (name) => (channel?.headerCosts.get(name)?.responseBytes ?? 0) > 0,
    largestPayloadBytes: () => Math.max(channel?.payloadReceived.max ?? 0, channel?.payloadSent.max ?? 0),
    intervalMs: once(() => median(channel === undefined ? [] : gaps(log, channel.id, channel.timings))),
    wasHidden: (at) => wasHidden(log, channel?.documentKey ?? null, at),
    hasEvent: (isSought) => {
      for (const name of eventsOf(report.id)) if (isSought(name)) return true;
      return false;
    },
  };
}

function gaps(log: Log, channelId: number, timings: Parameters<typeof gapsOf>[0]): number[] {
  if (timings.length > 1) return gapsOf(timings).startToStart;
  const messages = log.history.messages.of(channelId);
  const between: number[] = [];
  for (let i = Math.max(messages.length - LAST_MESSAGES, 1); i < messages.length; i++)
    between.push(log.history.messages.timeOf(messages.at(i)) - log.history.messages.timeOf(messages.at(i - 1)));
  return between;
}

function once<T>(read: () => T): () => T {
  let known: { value: T } | null = null;
  return () => {
    known ??= { value: read() };
    return known.value;
  };
}
