import type { Channel } from '../channels.ts';
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

/** Requests or messages whose gaps are looked at. */
const LAST = 40;

/**
 * Where there are no running sums, it reads what is kept of the past: a recording that was opened has only that. `eventsOf`: names of the
 * events of a channel seen so far, when somebody keeps them.
 */
export function factsOf(
  log: Log,
  report: ChannelReport,
  eventsOf: (channelId: number) => Iterable<string> = () => [],
): ChannelFacts {
  const channel = log.channels.find(({ id }) => id === report.id);
  const connections = once(() => log.history.connections.filter(({ channelId }) => channelId === report.id));
  const costs = channel?.headerCosts ?? new Map<string, { responseBytes: number }>();
  const exchanges = () => log.history.exchanges.of(report.id);
  const headers = once(() => headerNames([...exchanges(), ...connections()]));
  return {
    report,
    protocolName: report.protocol === null ? null : displayName(report.protocol),
    exchanges,
    connections,
    hasResponseHeader: (name) => (costs.size > 0 ? (costs.get(name)?.responseBytes ?? 0) > 0 : headers().has(name)),
    largestPayloadBytes: once(() => largest(log, report.id, channel)),
    intervalMs: once(() => median(gaps(log, report.id))),
    wasHidden: (at) => wasHidden(log, channel?.documentKey ?? null, at),
    hasEvent: (isSought) => {
      for (const name of eventsOf(report.id)) if (isSought(name)) return true;
      return false;
    },
  };
}

function headerNames(carriers: readonly (Exchange | Connection)[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const carrier of carriers) {
    const entries = 'handshakes' in carrier ? carrier.handshakes : [carrier.network];
    for (const entry of entries) for (const [name] of entry?.responseHeaders ?? []) names.add(name.toLowerCase());
  }
  return names;
}

/** Sums know it at once; without them the messages and requests are gone through. */
function largest({ history }: Log, id: number, channel: Channel | undefined): number {
  const known = Math.max(channel?.payloadReceived.max ?? 0, channel?.payloadSent.max ?? 0);
  if (known > 0) return known;
  let most = 0;
  const own = history.messages.of(id);
  for (let i = 0; i < own.length; i++) most = Math.max(most, history.messages.payloadBytesOf(own.at(i)) ?? 0);
  for (const { requestBodyBytes, responseBodyBytes } of history.exchanges.of(id))
    most = Math.max(most, requestBodyBytes ?? 0, responseBodyBytes ?? 0);
  return most;
}

function gaps({ history: { exchanges, messages } }: Log, id: number): number[] {
  const requests = exchanges.of(id);
  const own = messages.of(id);
  const times =
    requests.length > 1
      ? requests.slice(-LAST).map(({ startedAt }) => startedAt)
      : Array.from({ length: Math.min(own.length, LAST) }, (_, i) =>
          messages.timeOf(own.at(own.length - Math.min(own.length, LAST) + i)),
        );
  return times.slice(1).map((at, i) => at - times[i]!);
}

function once<T>(read: () => T): () => T {
  let known: { value: T } | null = null;
  return () => {
    known ??= { value: read() };
    return known.value;
  };
}
