import type { Exchange } from '../model.ts';

export interface ExchangeLimits {
  exchanges: number;
  /** Characters of bodies. */
  bodies: number;
}

export const DEFAULT_EXCHANGE_LIMITS: ExchangeLimits = { exchanges: 50_000, bodies: 64_000_000 };

/** The newest exchanges of a recording, in order of start; the oldest go first and are counted. */
export interface ExchangeStore {
  readonly all: readonly Exchange[];
  readonly dropped: number;
  /** Exchanges that are kept but whose bodies had to go. */
  readonly bodiesDropped: number;
  add(exchange: Exchange): void;
  /** Its body is known: counts against the limit, and may cost older ones theirs. */
  noteBody(exchange: Exchange): void;
  of(channelId: number): readonly Exchange[];
  /** One channel's exchanges turned out to be another's. */
  move(fromChannelId: number, toChannelId: number): void;
}

/** `before`: what was dropped of a recording that is read again. */
export function createExchangeStore(
  limits: ExchangeLimits = DEFAULT_EXCHANGE_LIMITS,
  before = { exchanges: 0, bodies: 0 },
): ExchangeStore {
  let all: Exchange[] = [];
  /** Those before this index in `all` are dropped already; cut off in one go, so that dropping costs a constant each. */
  let stale = 0;
  let dropped = before.exchanges;
  let bodiesDropped = before.bodies;
  let bodySize = 0;
  const withBody: Exchange[] = [];
  let oldestBody = 0;
  const byChannel = new Map<number, Exchange[]>();

  const sizeOf = ({ network }: Exchange): number => (network?.body?.length ?? 0) + (network?.requestBody?.length ?? 0);

  function dropBody(exchange: Exchange): void {
    bodySize -= sizeOf(exchange);
    if (exchange.network !== null) exchange.network = { ...exchange.network, body: null, requestBody: null };
  }

  return {
    get all() {
      if (stale > 0) {
        all = all.slice(stale);
        stale = 0;
      }
      return all;
    },
    get dropped() {
      return dropped;
    },
    get bodiesDropped() {
      return bodiesDropped;
    },
    add(exchange) {
      all.push(exchange);
      const own = byChannel.get(exchange.channelId) ?? [];
      own.push(exchange);
      byChannel.set(exchange.channelId, own);
      if (all.length - stale <= limits.exchanges) return;
      const oldest = all[stale++]!;
      dropped++;
      byChannel.get(oldest.channelId)?.shift();
      if (stale > limits.exchanges / 2) {
        all = all.slice(stale);
        stale = 0;
      }
    },
    noteBody(exchange) {
      const size = sizeOf(exchange);
      if (size === 0) return;
      withBody.push(exchange);
      bodySize += size;
      while (bodySize > limits.bodies && oldestBody < withBody.length - 1) {
        dropBody(withBody[oldestBody++]!);
        bodiesDropped++;
      }
      if (oldestBody > 1000) {
        withBody.splice(0, oldestBody);
        oldestBody = 0;
      }
    },
    of: (channelId) => byChannel.get(channelId) ?? [],
    move(from, to) {
      const moved = byChannel.get(from) ?? [];
      byChannel.delete(from);
      for (const exchange of moved) exchange.channelId = to;
      const own = [...(byChannel.get(to) ?? []), ...moved];
      byChannel.set(
        to,
        own.sort((a, b) => a.startedAt - b.startedAt),
      );
    },
  };
}
