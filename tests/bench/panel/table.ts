/** One line of the table: what was measured, what it should be, and the browser's own Network panel under such a load. */
interface Line {
  what: string;
  measured: string;
  goal: string;
  /** ✓ or ✗; empty where there is no goal. */
  met: string;
  native: string;
}

export interface Goal {
  is: string;
  met: boolean;
}

/** What was measured so far. */
export interface Table {
  /** A goal of null: good to know. */
  tell(what: string, measured: string, goal: Goal | null, native?: string): void;
  print(): void;
}

export function createTable(): Table {
  const lines: Line[] = [{ what: '', measured: 'this panel', goal: 'goal', met: ' ', native: 'Network panel' }];
  const width = (column: keyof Line) => Math.max(...lines.map((line) => line[column].length));
  return {
    tell(what, measured, goal, native = '–') {
      lines.push({ what, measured, goal: goal?.is ?? '–', met: goal === null ? ' ' : goal.met ? '✓' : '✗', native });
    },
    print() {
      const columns = (['what', 'measured', 'met', 'goal'] as const).map((column) => ({ column, to: width(column) }));
      for (const line of lines)
        console.log([...columns.map(({ column, to }) => line[column].padEnd(to)), line.native].join('  '));
    },
  };
}

export const ms = (value: number): string => `${value.toFixed(value < 100 ? 1 : 0)} ms`;

/** At most so many ms, as exactly as they are printed. */
export const atMost = (measuredMs: number, limitMs: number, about = ''): Goal => ({
  is: `${about}≤ ${limitMs} ms`,
  met: Math.round(measuredMs * 10) / 10 <= limitMs,
});
