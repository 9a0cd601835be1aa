import type { Verdict } from './verdict.ts';

/** Updates in a row that must contradict a lasting verdict before it changes: one odd request proves nothing. */
const UPDATES = 2;

export interface Standing {
  verdict: Verdict;
  /** Wall ms at which the transport became what it is. */
  since: number;
  contradictions: number;
}

/** Takes a new reading into account: undecided readings never overturn a lasting one, and a contrary one must repeat. */
export function weigh(standing: Standing | null, reading: Verdict, atMs: number): Standing {
  if (standing === null) return { verdict: reading, since: atMs, contradictions: 0 };
  const { verdict, since, contradictions } = standing;
  if (reading.transport === verdict.transport) return { verdict: reading, since, contradictions: 0 };
  const settled = verdict.transport !== null && !verdict.provisional;
  if (reading.transport === null && settled) return standing;
  if (settled && contradictions + 1 < UPDATES) return { ...standing, contradictions: contradictions + 1 };
  return { verdict: reading, since: atMs, contradictions: 0 };
}
