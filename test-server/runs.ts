import { type Faults, faultsFromParams } from './faults.ts';
import { HttpError } from './http/errors.ts';
import { Run } from './run.ts';
import { type Scenario, scenarioFromParams } from './scenario.ts';

const MAX_RUNS = 200;

/** The run of requests that name none: one event a second from its first client on, for as long as the server lives. */
export const LIVE_RUN = 'live';

/** The runs of one server. The oldest is forgotten when there are too many. */
export class Runs {
  readonly #runs = new Map<string, Run>();
  #count = 0;

  /** A run of the scenario and faults in the query. @throws HttpError 400 */
  fromParams(params: URLSearchParams, overrides: Partial<Scenario> = {}): Run {
    return this.create({ ...scenarioFromParams(params), ...overrides }, faultsFromParams(params));
  }

  create(scenario: Scenario, faults: Faults): Run {
    if (this.#runs.size >= MAX_RUNS) this.#forget(this.#runs.keys().next().value!);
    this.#count += 1;
    return this.#add(new Run(`r${this.#count}-${scenario.seed}`, scenario, faults));
  }

  /** @throws HttpError 404 */
  get(id: string): Run {
    const run = this.#runs.get(id) ?? (id === LIVE_RUN ? this.#createLive() : null);
    if (!run) throw new HttpError(404, `there is no run "${id.slice(0, 40)}"`, 'run');
    return run;
  }

  /** The run a request's query names, or the live one. @throws HttpError 404 */
  ofQuery(params: URLSearchParams): Run {
    return this.get(params.get('run') ?? LIVE_RUN);
  }

  all(): Run[] {
    return [...this.#runs.values()];
  }

  clear(): void {
    for (const id of [...this.#runs.keys()]) this.#forget(id);
  }

  #createLive(): Run {
    const params = new URLSearchParams({ kind: 'regular' });
    return this.#add(new Run(LIVE_RUN, scenarioFromParams(params), faultsFromParams(params)));
  }

  #add(run: Run): Run {
    this.#runs.set(run.id, run);
    return run;
  }

  #forget(id: string): void {
    this.#runs.get(id)?.stop();
    this.#runs.delete(id);
  }
}
