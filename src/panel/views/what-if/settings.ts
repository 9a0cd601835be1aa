import { signal } from '@preact/signals';
import type { WhatIfSettings } from '../../analysis/messages.ts';

export const AS_MEASURED: WhatIfSettings = {
  periodMs: null,
  timer: null,
  conditional: null,
  holdMs: null,
  rttMs: null,
  rateFactor: 1,
  clients: 1000,
  deflate: null,
  httpVersion: null,
};

/** What the sliders say. The number of clients holds for the advice too. */
export const wanted = signal<WhatIfSettings>(AS_MEASURED);

export function want(part: Partial<WhatIfSettings>): void {
  wanted.value = { ...wanted.peek(), ...part };
}

/** Everything as it was measured; the population is the user's own. */
export const resetWanted = (): void => want({ ...AS_MEASURED, clients: wanted.peek().clients });

/** Numbers that a person would choose, from one to the other, `mantissas` in each decade. */
function ladder(from: number, to: number, mantissas: readonly number[]): number[] {
  const values: number[] = [];
  for (let decade = 10 ** Math.floor(Math.log10(from)); decade <= to; decade *= 10)
    values.push(...mantissas.map((m) => Number((m * decade).toPrecision(3))));
  return values.filter((value) => value >= from && value <= to);
}

const FINE = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8] as const;
const COARSE = [1, 2, 5] as const;

export const PERIODS = ladder(100, 600_000, FINE);
export const HOLDS = ladder(1000, 120_000, FINE);
export const ROUND_TRIPS = ladder(1, 2000, COARSE);
export const RATES = ladder(0.1, 10, FINE);
export const CLIENTS = ladder(1, 1_000_000, COARSE);
export const MAX_CLIENTS = 1_000_000;
