import type { Run } from './run.ts';
import { LIVE_RUN, type Runs } from './runs.ts';
import type { Technique } from './techniques.ts';
import { techniqueOfPath } from './techniques.ts';

/** Ids have no characters that a query would escape. */
const RUN = /[?&]run=([^&#]*)/;

/** The run and technique a request target belongs to; null for pages, control routes and what makes no sense. */
export function locateRun(runs: Runs, target: string): { run: Run; technique: Technique } | null {
  const queryAt = target.indexOf('?');
  const technique = techniqueOfPath(queryAt < 0 ? target : target.slice(0, queryAt));
  if (!technique) return null;
  try {
    return { run: runs.get(RUN.exec(target)?.[1] ?? LIVE_RUN), technique };
  } catch {
    return null;
  }
}
