import type { ChannelReport } from '../session/report.ts';

/** One figure of a recording; `lessIsBetter` null: neither is. */
export interface SessionFigure {
  id: 'requestsPerMinute' | 'wastedShare' | 'wireBytesPerMinute' | 'overhead' | 'messagesPerMinute' | 'connections';
  unit: 'count' | 'share' | 'bytes';
  lessIsBetter: boolean | null;
  before: number | null;
  after: number | null;
}

/** A channel of one recording beside the same of the other; null: the other has none like it. */
export interface ChannelPair {
  name: string;
  before: ChannelReport | null;
  after: ChannelReport | null;
}

/** Two recordings side by side: their figures by the minute, as they seldom last equally long, and their channels. */
export function compareSessions(
  before: readonly ChannelReport[],
  after: readonly ChannelReport[],
): { figures: SessionFigure[]; pairs: ChannelPair[] } {
  const [b, a] = [sumsOf(before), sumsOf(after)];
  const figure = (
    id: SessionFigure['id'],
    unit: SessionFigure['unit'],
    lessIsBetter: boolean | null,
  ): SessionFigure => ({
    id,
    unit,
    lessIsBetter,
    before: b[id],
    after: a[id],
  });
  return {
    figures: [
      figure('requestsPerMinute', 'count', true),
      figure('wastedShare', 'share', true),
      figure('wireBytesPerMinute', 'bytes', true),
      figure('overhead', 'share', true),
      figure('messagesPerMinute', 'count', null),
      figure('connections', 'count', null),
    ],
    pairs: pair(before, after),
  };
}

/** Shorter recordings say nothing of a minute. */
const MIN_STRETCH_MS = 1000;

function sumsOf(channels: readonly ChannelReport[]): Record<SessionFigure['id'], number | null> {
  const sum = (of: (channel: ChannelReport) => number) => channels.reduce((total, channel) => total + of(channel), 0);
  const from = Math.min(...channels.map(({ startedAt }) => startedAt));
  const to = Math.max(...channels.map(({ lastAt }) => lastAt));
  const minutes = to - from < MIN_STRETCH_MS ? null : (to - from) / 60_000;
  const perMinute = (amount: number) => (minutes === null ? null : amount / minutes);
  const judged = sum((c) => c.useful + c.wastedTotal);
  const wire = sum((c) => c.bytes.wire.value ?? 0);
  const payload = sum((c) => (c.bytes.payloadSent.value ?? 0) + (c.bytes.payloadReceived.value ?? 0));
  return {
    requestsPerMinute: perMinute(sum((c) => c.requests)),
    wastedShare: judged === 0 ? null : sum((c) => c.wastedTotal) / judged,
    wireBytesPerMinute: perMinute(wire),
    overhead: wire === 0 ? null : Math.max(wire - payload, 0) / wire,
    messagesPerMinute: perMinute(sum((c) => c.messages.sent + c.messages.received)),
    connections: sum((c) => c.connections),
  };
}

/** Method and address without origin: a build under test seldom has the origin of the one before. */
const nameOf = ({ method, urlTemplate, operation }: ChannelReport): string =>
  `${method} ${urlTemplate.replace(/^[a-z+.-]+:\/\/[^/?#]*/i, '').split(/[?#]/, 1)[0]}${operation === null ? '' : ` ${operation}`}`;

/** In the order of the one before; several of one name pair up in their order. */
function pair(before: readonly ChannelReport[], after: readonly ChannelReport[]): ChannelPair[] {
  const left = [...after];
  const pairs: ChannelPair[] = before.map((channel) => {
    const i = left.findIndex((other) => nameOf(other) === nameOf(channel));
    return { name: nameOf(channel), before: channel, after: i < 0 ? null : left.splice(i, 1)[0]! };
  });
  return [...pairs, ...left.map((channel) => ({ name: nameOf(channel), before: null, after: channel }))];
}
