import type { Run } from './run.ts';
import type { Runs } from './runs.ts';
import type { Technique } from './techniques.ts';
import { techniqueOfPath } from './techniques.ts';

/** The run and technique a request target belongs to; null for pages, control routes and what makes no sense. */
export function locateRun(runs: Runs, target: string): { run: Run; technique: Technique } | null {
  const [path = '', query = ''] = target.split('?', 2);
  const technique = techniqueOfPath(path);
  if (!technique) return null;
  try {
    return { run: runs.ofQuery(new URLSearchParams(query)), technique };
  } catch {
    return null;
  }
}
