import { nowMs } from './clock.ts';
import type { Faults } from './faults.ts';
import { History, type ServerEvent } from './history.ts';
import { Ledger } from './ledger.ts';
import { createRandom } from './random.ts';
import { eventTimes, payloadText, type Scenario } from './scenario.ts';
import type { Delivering } from './techniques.ts';
import type { Truth } from './truth.ts';

type Subscriber = (event: ServerEvent) => void;

/** One playing of a scenario: its schedule, its past, who listens, what goes wrong, and what was counted. */
export class Run {
  readonly ledger = new Ledger();
  readonly history: History;
  readonly random;
  readonly #subscribers = new Set<Subscriber>();
  readonly #awaited: Set<Delivering>;
  #timer: NodeJS.Timeout | null = null;
  #seq = 0;
  /** Epoch ms of the first request, whatever it asks for. */
  firstRequestAt: number | null = null;
  #startedAt: number | null = null;
  #endedAt: number | null = null;

  constructor(
    readonly id: string,
    readonly scenario: Scenario,
    public faults: Faults,
  ) {
    this.history = new History(scenario.historySize);
    this.random = createRandom(scenario.seed ^ 0xfa17);
    this.#awaited = new Set(scenario.startWhen);
    if (this.#awaited.size === 0) this.start();
  }

  get latestSeq(): number {
    return this.#seq;
  }

  /** A client of this technique is connected; the last one awaited starts the schedule. */
  arrived(technique: Delivering): void {
    if (this.#awaited.delete(technique) && this.#awaited.size === 0) this.start();
  }

  start(): void {
    if (this.#startedAt !== null) return;
    this.#startedAt = nowMs();
    this.#playFrom(this.#startedAt, eventTimes(this.scenario));
  }

  #playFrom(startedAt: number, times: Generator<number>): void {
    const { done, value: time } = times.next();
    if (done) {
      const restMs = this.scenario.durationMs === null ? null : startedAt + this.scenario.durationMs - nowMs();
      if (restMs !== null) this.#timer = setTimeout(() => this.stop(), restMs);
      return;
    }
    this.#timer = setTimeout(
      () => {
        this.publish(payloadText(this.#seq + 1, this.scenario.payloadBytes));
        if (this.#endedAt === null) this.#playFrom(startedAt, times);
      },
      startedAt + time - nowMs(),
    );
  }

  /** Emits one event to every subscriber, now. `data` must be JSON. */
  publish(data: unknown): ServerEvent {
    const emittedAt = nowMs();
    const seq = ++this.#seq;
    const id = `${this.id}-${seq}`;
    const event = { id, seq, emittedAt, json: JSON.stringify({ id, seq, at: this.clock(emittedAt), data }) };
    this.history.add(event);
    this.ledger.emitted(id, seq, emittedAt);
    for (const subscriber of this.#subscribers) subscriber(event);
    return event;
  }

  /** The server's clock as its clients see it: wrong by the run's clock error. */
  clock(trueMs: number = nowMs()): number {
    return Math.round((trueMs + this.faults.clockErrorMs) * 1000) / 1000;
  }

  /** Calls back with each event from now on; returns how to stop that. */
  subscribe(subscriber: Subscriber): () => void {
    this.#subscribers.add(subscriber);
    return () => this.#subscribers.delete(subscriber);
  }

  /** Ends the schedule. Clients stay connected, and people may still publish. */
  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#endedAt ??= nowMs();
  }

  truth(): Truth {
    const { techniques, events, eventsUnlisted, exchanges, exchangesUnlisted } = this.ledger;
    return structuredClone({
      schemaVersion: 1,
      run: this.id,
      scenario: this.scenario,
      startedAt: this.#startedAt,
      endedAt: this.#endedAt,
      techniques,
      events,
      eventsUnlisted,
      exchanges,
      exchangesUnlisted,
    });
  }
}
