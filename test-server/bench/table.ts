import type { Truth } from '../truth.ts';
import type { Line } from './clients.ts';
import type { CrowdKind } from './crowd.ts';
import type { MemoryUse } from './memory.ts';

const COLUMNS = ['technique', 'clients', 'delivered', 'lost', 'twice', 'p50 ms', 'p95 ms', 'p99 ms', 'max ms'];

const row = (cells: (string | number)[]): string => `| ${cells.join(' | ')} |`;

/** Prints what each crowd got of `events` events, as a Markdown table. A client that got fewer counts as having lost them. */
export function printCrowds(title: string, lines: Record<CrowdKind, Line>, events: number): void {
  console.log(`\n${title}, ${events} events\n`);
  console.log(row(COLUMNS));
  console.log(row(COLUMNS.map((_, index) => (index === 0 ? '---' : '---:'))));
  for (const [kind, { clients, received, twice, p50Ms, p95Ms, p99Ms, maxMs }] of Object.entries(lines)) {
    const expected = clients * events;
    const delays = [p50Ms, p95Ms, p99Ms, maxMs].map((delay) => delay.toFixed(1));
    console.log(row([kind, clients, received, expected - received, twice, ...delays]));
  }
}

export function printMemory({ earlyMb, lateMb, peakMb }: MemoryUse): void {
  const change = ((lateMb / earlyMb - 1) * 100).toFixed(0);
  console.log(
    `\nServer memory: ${earlyMb.toFixed(0)} MB early, ${lateMb.toFixed(0)} MB late (${change} %), peak ${peakMb.toFixed(0)} MB`,
  );
}

/** Whether the server kept up: how late the last event was emitted, and how much of a period one event takes of one core. */
export function printSchedule({ startedAt, events }: Truth, periodMs: number, cpuMs: number): void {
  const last = events.at(-1)!;
  const lateMs = last.emittedAt - startedAt! - last.seq * periodMs;
  console.log(`\nThe last event was emitted ${lateMs.toFixed(0)} ms after its time`);
  console.log(`Server CPU: ${(cpuMs / events.length).toFixed(0)} ms per event, of ${periodMs} ms`);
}
