export interface Point {
  x: number;
  y: number;
}

export interface DataSet {
  label: string;
  color: string;
  points: Point[];
  /** A line through the points instead of bars or dots; 'dashed' marks a threshold. */
  line?: 'solid' | 'dashed';
}

/** What a chart shows; no type of Chart.js leaves this folder. x of a time axis is in epoch seconds. */
export interface ChartSpec {
  /** `ranked`: bars that lie, one below the other; x is their length, y their place from the top. */
  type: 'stacked-bars' | 'lines' | 'scatter' | 'ranked';
  sets: DataSet[];
  /** A time axis; null for `ranked`, whose names are in `names`. */
  time: { fromX: number; toX: number; ticks: number[]; format: (x: number) => string } | null;
  names: string[];
  /** The smallest range of amounts: a quiet chart does not blow up its noise. */
  minTop: number;
  /** Logarithmic, from this value up; null: linear from 0. */
  logFrom: number | null;
  formatAmount: (amount: number) => string;
  /** Labels of the axis of amounts, where they are not all wanted: '' leaves one out. */
  formatTick?: (amount: number) => string;
}

/** A chart with all that it says in a table: for those who do not see it, and to save. */
export interface Figure {
  spec: ChartSpec;
  /** Made when it is asked for: a chart that is drawn once a second needs none. */
  readonly table: {
    columns: string[];
    /** As they are; null is unknown. The first of a row is what it is about. */
    rows: (string | number | null)[][];
    /** How a number in this column reads. */
    format: (value: string | number | null, column: number) => string;
  };
}
