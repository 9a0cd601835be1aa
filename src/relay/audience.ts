import { type Order, type Wanted, WINDOW_BATCHES, type WireBatch } from '../protocol.ts';

/** One recorder as the relay sees it. */
export interface Listener {
  order(order: Order): void;
  leave(): void;
}

/** Room for what a page sends at its end without waiting for acknowledgements. */
const MOST_BATCHES = 2 * WINDOW_BATCHES;

const NOTHING = { dropped: 0, count: 0, times: new Float64Array(0), fields: new Uint8Array(0), text: '', bytes: null };

interface Member {
  send(batch: WireBatch): void;
  /** Null: it is there, and does not listen. */
  wanted: Wanted | null;
  /** Batches on their way to it. */
  inFlight: number;
  /** Events it was not sent because it fell behind. */
  lost: number;
}

/**
 * The recorders of one document (there is one for each open DevTools). The page goes on at the pace of the fastest: one that
 * stopped taking batches loses events, and is told how many, but holds up nobody.
 * `toPage` takes orders to the page's hooks, which send what the most demanding recorder wants.
 */
export function createAudience(toPage: (order: Order) => void) {
  const members = new Set<Member>();
  /** Batches the page has sent and not got acknowledged. */
  let unacknowledged = 0;
  /** Of the newest batch, for one that only tells of losses. */
  let frame: WireBatch | null = null;
  let isTold = false;

  const listening = () => [...members].filter(({ wanted }) => wanted !== null);

  function tellWanted(): void {
    const all = listening().map(({ wanted }) => wanted!);
    if (all.length === 0) {
      unacknowledged = 0;
      frame = null;
      if (isTold) toPage({ order: 'stop' });
      isTold = false;
      return;
    }
    isTold = true;
    const most = (of: (wanted: Wanted) => number) => Math.max(...all.map(of));
    const wanted: Wanted = {
      textChars: most(({ textChars }) => textChars),
      binaryBytes: most(({ binaryBytes }) => binaryBytes),
      stacks: all.some(({ stacks }) => stacks),
    };
    toPage({ order: 'start', wanted });
    acknowledge();
  }

  function acknowledge(): void {
    const batches = unacknowledged - Math.min(...listening().map(({ inFlight }) => inFlight), unacknowledged);
    if (batches <= 0) return;
    unacknowledged -= batches;
    toPage({ order: 'ack', batches });
  }

  function send(member: Member, batch: WireBatch): void {
    if (member.inFlight >= MOST_BATCHES) {
      member.lost += batch.count + batch.dropped;
      return;
    }
    try {
      member.send(member.lost === 0 ? batch : { ...batch, dropped: batch.dropped + member.lost });
      member.inFlight++;
      member.lost = 0;
    } catch {
      // It is gone, or will be told with the next batch.
      member.lost += batch.count + batch.dropped;
    }
  }

  return {
    /** Takes a batch from the page; null stands for one that is none and goes nowhere. */
    hear(batch: WireBatch | null): void {
      unacknowledged++;
      if (batch !== null) {
        frame = { ...batch, ...NOTHING };
        for (const member of listening()) send(member, batch);
      }
      acknowledge();
    },
    join(send: Member['send']): Listener {
      const member: Member = { send, wanted: null, inFlight: 0, lost: 0 };
      members.add(member);
      return {
        order(order) {
          switch (order.order) {
            case 'start':
              member.wanted = order.wanted;
              return tellWanted();
            case 'stop':
              member.wanted = null;
              return tellWanted();
            case 'ack':
              member.inFlight = Math.max(member.inFlight - order.batches, 0);
              if (member.lost > 0 && frame !== null) report(member, frame);
              return acknowledge();
          }
        },
        leave() {
          members.delete(member);
          tellWanted();
        },
      };
    },
    /** The page's hooks are there now: tells them again. */
    repeat: tellWanted,
  };

  /** What was lost, without waiting for a batch that may never come. */
  function report(member: Member, frame: WireBatch): void {
    send(member, frame);
  }
}
