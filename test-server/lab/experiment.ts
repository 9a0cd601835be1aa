import type { TestServer } from '../server.ts';

/** One quantity of an experiment. It agrees when `measured` is within `tolerance` of `expected`. */
export interface Row {
  what: { en: string; ko: string };
  /** As printed in the source. */
  published: string;
  expected: number;
  tolerance: number;
  measured: number;
}

/** Runs real clients against a server of its own and reports what they and its sockets saw. */
export type Experiment = (server: TestServer) => Promise<Row[]>;

export const agrees = ({ measured, expected, tolerance }: Row): boolean => Math.abs(measured - expected) <= tolerance;

/** Up to four digits, as the tables print them. */
export const formatNumber = (value: number): string => String(Number(value.toPrecision(4)));
