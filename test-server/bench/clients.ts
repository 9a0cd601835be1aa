import { type Crowd, type CrowdKind, type CrowdReport, createCrowd } from './crowd.ts';

/** Sent by the bench: connect these crowds to a run, or leave and report. */
export type Order = { join: Record<CrowdKind, number>; url: string; run: string } | { leave: true };

/** What the bench prints of one crowd. */
export interface Line extends Omit<CrowdReport, 'delaysMs'> {
  p50Ms: number;
  p95Ms: number;
  p99Ms: number;
  maxMs: number;
}

const crowds = new Map<CrowdKind, Crowd>();

process.on('message', (order: Order) => {
  if ('leave' in order) report();
  else {
    for (const [kind, count] of Object.entries(order.join) as [CrowdKind, number][]) {
      crowds.set(kind, createCrowd(kind, count, new URL(order.url), order.run));
    }
  }
});

function report(): void {
  const lines = [...crowds].map(([kind, crowd]): [CrowdKind, Line] => {
    crowd.leave();
    return [kind, summarise(crowd.report)];
  });
  crowds.clear();
  process.send!(Object.fromEntries(lines));
}

function summarise({ delaysMs, ...counts }: CrowdReport): Line {
  const sorted = Float64Array.from(delaysMs).sort();
  const quantile = (share: number) => sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return { ...counts, p50Ms: quantile(0.5), p95Ms: quantile(0.95), p99Ms: quantile(0.99), maxMs: quantile(1) };
}
