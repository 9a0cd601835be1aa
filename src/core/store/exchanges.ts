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
  /** Bodies kept, in characters. */
  readonly bodySize: number;
  readonly limits: ExchangeLimits;
  add(exchange: Exchange): void;
  /** Its body is known: counts against the limit, and may cost older ones theirs. */
  noteBody(exchange: Exchange): void;
  of(channelId: number): readonly Exchange[];
  /** One channel's exchanges turned out to be another's. */
  move(fromChannelId: number, toChannelId: number): void;
}

/** A channel's, of which the first are dropped already; cut off in one go. */
interface Own {
  exchanges: Exchange[];
  stale: number;
}

function cutStale(own: Own): Exchange[] {
  if (own.stale > 0) own.exchanges.splice(0, own.stale);
  own.stale = 0;
  return own.exchanges;
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
  /** In the order in which they came; those before `oldestBody` have lost theirs, or are dropped altogether. */
  const withBody: Exchange[] = [];
  let oldestBody = 0;
  const byChannel = new Map<number, Own>();

  const sizeOf = ({ network }: Exchange): number => (network?.body?.length ?? 0) + (network?.requestBody?.length ?? 0);

  /** Ids rise with the order of start. */
  let lastDroppedId = -1;
  const isDropped = ({ id }: Exchange): boolean => id <= lastDroppedId;

  function dropBody(exchange: Exchange): void {
    if (isDropped(exchange)) return;
    bodySize -= sizeOf(exchange);
    if (exchange.network !== null) exchange.network = { ...exchange.network, body: null, requestBody: null };
    bodiesDropped++;
  }

  function ownOf(channelId: number): Own {
    let own = byChannel.get(channelId);
    if (own === undefined) {
      own = { exchanges: [], stale: 0 };
      byChannel.set(channelId, own);
    }
    return own;
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
    get bodySize() {
      return bodySize;
    },
    limits,
    add(exchange) {
      all.push(exchange);
      ownOf(exchange.channelId).exchanges.push(exchange);
      if (all.length - stale <= limits.exchanges) return;
      const oldest = all[stale++]!;
      dropped++;
      lastDroppedId = oldest.id;
      const own = ownOf(oldest.channelId);
      own.stale++;
      if (own.stale > own.exchanges.length / 2) cutStale(own);
      bodySize -= sizeOf(oldest);
      if (stale > limits.exchanges / 2) {
        all = all.slice(stale);
        stale = 0;
      }
    },
    noteBody(exchange) {
      const size = sizeOf(exchange);
      if (size === 0) return;
      if (isDropped(exchange)) return;
      withBody.push(exchange);
      bodySize += size;
      while (oldestBody < withBody.length - 1 && (bodySize > limits.bodies || isDropped(withBody[oldestBody]!)))
        dropBody(withBody[oldestBody++]!);
      if (oldestBody > withBody.length / 2) {
        withBody.splice(0, oldestBody);
        oldestBody = 0;
      }
    },
    of(channelId) {
      const own = byChannel.get(channelId);
      return own === undefined ? [] : cutStale(own);
    },
    move(from, to) {
      const moved = cutStale(ownOf(from));
      byChannel.delete(from);
      for (const exchange of moved) exchange.channelId = to;
      const exchanges = [...cutStale(ownOf(to)), ...moved].sort((a, b) => a.startedAt - b.startedAt);
      byChannel.set(to, { exchanges, stale: 0 });
    },
  };
}
