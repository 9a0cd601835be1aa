import type { RuleId } from '../../../src/core/advise/rules.ts';
import type { CheckId } from '../../../src/core/health/checks.ts';
import type { SocketIoOptions } from './socket-io.ts';

/** What one frame of the page does, and what is to be said of it. */
export interface Part {
  /** Parameters of a run of its own. */
  run?: Record<string, string | number>;
  /** A Socket.IO server of its own. */
  io?: SocketIoOptions;
  /**
   * `RUN` stands for its run, `ELSEWHERE` for the WebSocket origin of another server, `IO` for the Socket.IO server; what
   * `ways.ts` offers is there, and the library where there is a server for it.
   */
  script: string;
  /** All that is wrong with it; nothing else may be found. */
  wrong?: CheckId[];
  /** Advice that must be given, among others, and advice that just misses it. */
  told?: RuleId[];
  untold?: RuleId[];
}

/** The parts of a table that name a check, or a rule. */
export const partsWith = (parts: Record<string, Part>, list: 'wrong' | 'told' | 'untold', id: string): string[] =>
  Object.keys(parts)
    .filter((name) => (parts[name]![list] as string[] | undefined)?.includes(id))
    .toSorted();

/** All checks that a table shows. */
export const checksIn = (parts: Record<string, Part>): CheckId[] =>
  [...new Set(Object.values(parts).flatMap(({ wrong = [] }) => wrong))].toSorted();

/** All rules that a table shows, or just misses. */
export const rulesOf = (parts: Record<string, Part>): RuleId[] =>
  [...new Set(Object.values(parts).flatMap(({ told = [], untold = [] }) => [...told, ...untold]))].toSorted();
