/** One line of the table: what was measured, what it should be, and the browser's own Network panel under such a load. */
export interface Figure {
  what: string;
  measured: string;
  goal: string;
  native: string;
}

export function printTable(figures: readonly Figure[]): void {
  const heads: Figure = { what: '', measured: 'this panel', goal: 'goal', native: 'Network panel' };
  const rows = [heads, ...figures];
  const width = (column: keyof Figure) => Math.max(...rows.map((row) => row[column].length));
  for (const { what, measured, goal, native } of rows)
    console.log(
      [what.padEnd(width('what')), measured.padEnd(width('measured')), goal.padEnd(width('goal')), native].join('  '),
    );
}
