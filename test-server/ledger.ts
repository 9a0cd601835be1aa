import { ExchangeTally } from './exchange-tally.ts';
import { DELIVERING, type Delivering, TECHNIQUES, type Technique } from './techniques.ts';
import { type EventTruth, type ExchangeTruth, emptyTechniqueTruth, type TechniqueTruth } from './truth.ts';

/** Rows kept per run; later ones are counted but not listed. */
export const LISTED_EVENTS = 20_000;
export const LISTED_EXCHANGES = 10_000;

/** What one run's sockets carried. Written by the taps; the routes only report clients they cut off. */
export class Ledger {
  readonly techniques = Object.fromEntries(TECHNIQUES.map((name) => [name, emptyTechniqueTruth()])) as Record<
    Technique,
    TechniqueTruth
  >;
  readonly events: EventTruth[] = [];
  readonly exchanges: ExchangeTruth[] = [];
  eventsUnlisted = 0;
  exchangesUnlisted = 0;
  readonly #byId = new Map<string, EventTruth>();

  /** A request head of `headBytes` bytes came in. */
  openExchange(
    about: Pick<ExchangeTruth, 'technique' | 'httpVersion' | 'method' | 'target'>,
    headBytes: number,
    now: number,
  ): ExchangeTally {
    const row: ExchangeTruth = {
      technique: about.technique,
      httpVersion: about.httpVersion,
      method: about.method,
      target: about.target,
      status: null,
      outcome: 'open',
      requestHeadBytes: headBytes,
      requestBodyBytes: 0,
      responseHeadBytes: 0,
      chunkFramingBytes: 0,
      bodyBytes: 0,
      messages: 0,
      startedAt: now,
      endedAt: null,
    };
    if (this.exchanges.length < LISTED_EXCHANGES) this.exchanges.push(row);
    else this.exchangesUnlisted += 1;
    return new ExchangeTally(row, this.techniques[about.technique], this);
  }

  /** A client that did not read was cut off, and `messages` for it were thrown away unsent. */
  cutOff(technique: Technique, messages: number): void {
    this.techniques[technique].cutOff += 1;
    this.techniques[technique].messagesDropped += messages;
  }

  emitted(id: string, seq: number, emittedAt: number): void {
    if (this.events.length >= LISTED_EVENTS) {
      this.eventsUnlisted += 1;
      return;
    }
    const written = Object.fromEntries(DELIVERING.map((name) => [name, null])) as EventTruth['written'];
    const event: EventTruth = { id, seq, emittedAt, written };
    this.events.push(event);
    this.#byId.set(id, event);
  }

  /** An event's bytes were handed to a socket; only the first time per technique is kept. */
  written(id: string, technique: Delivering, now: number): void {
    const written = this.#byId.get(id)?.written;
    if (written) written[technique] ??= now;
  }
}
