import { HttpError } from './http/errors.ts';

/** One piece of news, with its bytes in each form it is sent in, made once for all subscribers. */
export interface ServerEvent {
  id: string;
  seq: number;
  emittedAt: number;
  /** `{"id","seq","at","data"}`: `at` is the server's clock as its events show it, in epoch ms. */
  json: string;
}

/** Payloads beyond this are forgotten, oldest first, whatever the count. */
const MAX_HISTORY_BYTES = 64 * 1024 * 1024;

/** The last events of a run, for replay. Bounded by count and by bytes. */
export class History {
  readonly #events: ServerEvent[] = [];
  readonly #capacity: number;
  #bytes = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get latest(): ServerEvent | null {
    return this.#events.at(-1) ?? null;
  }

  /** The last events, at most `count`, oldest first. */
  latestOf(count: number): ServerEvent[] {
    return this.#events.slice(-count);
  }

  add(event: ServerEvent): void {
    this.#events.push(event);
    this.#bytes += event.json.length;
    while (this.#events.length > this.#capacity || (this.#bytes > MAX_HISTORY_BYTES && this.#events.length > 1)) {
      this.#bytes -= this.#events.shift()!.json.length;
    }
  }

  /**
   * The events with a `seq` above `since`, oldest first.
   * @throws HttpError 410 with `oldestId` when some of them are forgotten; 400 when `since` is in the future.
   */
  after(since: number): ServerEvent[] {
    const oldest = this.#events[0];
    const latest = this.latest?.seq ?? 0;
    if (since > latest) throw new HttpError(400, `"since" is beyond the latest event, ${latest}`, 'since', { latest });
    if (oldest && since < oldest.seq - 1) {
      const message = `events after ${since} are forgotten; the oldest kept is ${oldest.id}`;
      throw new HttpError(410, message, 'since', { oldestId: oldest.id, oldestSeq: oldest.seq });
    }
    return oldest ? this.#events.slice(since - oldest.seq + 1) : [];
  }
}
