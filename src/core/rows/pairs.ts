import type { Direction } from '../../protocol.ts';

/** Calls remembered; of older ones the reply's latency is no longer known. */
const MAX_CALLS = 100_000;

interface Call {
  /** When it was made, and when it was first answered; null: not seen. Epoch ms. */
  askedAt: number | null;
  answeredAt: number | null;
}

/** Pairs what was asked with its first answer by what the protocol says belongs together. Order of arrival does not matter. */
export interface Pairs {
  note(channelId: number, correlation: string, direction: Direction, at: number): void;
  /** ms from question to answer; null when this is no first answer, or its question was not seen. */
  latencyMs(channelId: number, correlation: string, direction: Direction, at: number): number | null;
}

/** What the server asks of the page begins with `<`, and the page answers; else it is the other way round. */
const isAnswer = (correlation: string, direction: Direction): boolean =>
  (direction === 'received') !== correlation.startsWith('<');

export function createPairs(): Pairs {
  /** Numbers of calls may begin anew after a reconnect, so there may be several under one. */
  const calls = new Map<string, Call[]>();
  let size = 0;

  function add(key: string, call: Call): void {
    const known = calls.get(key);
    if (known === undefined) calls.set(key, [call]);
    else {
      const index = known.findLastIndex(({ askedAt }) => askedAt !== null && askedAt <= call.askedAt!);
      known.splice(index + 1, 0, call);
    }
    if (++size <= MAX_CALLS) return;
    const [oldest, its] = calls.entries().next().value!;
    calls.delete(oldest);
    size -= its.length;
  }

  /** The newest question before `at`. */
  const askedBefore = (key: string, at: number): Call | undefined =>
    calls.get(key)?.findLast(({ askedAt }) => askedAt !== null && askedAt <= at);

  return {
    note(channelId, correlation, direction, at) {
      const key = `${channelId} ${correlation}`;
      if (!isAnswer(correlation, direction)) {
        if (askedBefore(key, at)?.askedAt === at) return;
        const early = calls.get(key)?.find(({ askedAt, answeredAt }) => askedAt === null && answeredAt! >= at);
        if (early === undefined) add(key, { askedAt: at, answeredAt: null });
        else early.askedAt = at;
        return;
      }
      const call = askedBefore(key, at);
      if (call === undefined) {
        const early = calls.get(key)?.find(({ askedAt }) => askedAt === null);
        if (early === undefined) add(key, { askedAt: null, answeredAt: at });
        else early.answeredAt = Math.min(early.answeredAt!, at);
      } else call.answeredAt = Math.min(call.answeredAt ?? at, at);
    },
    latencyMs(channelId, correlation, direction, at) {
      if (!isAnswer(correlation, direction)) return null;
      const call = askedBefore(`${channelId} ${correlation}`, at);
      return call?.answeredAt === at ? at - call.askedAt! : null;
    },
  };
}
