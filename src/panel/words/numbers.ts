import type { Figure } from '../../core/model.ts';
import { language, t } from './t.ts';

/** Shown where nothing is known: never 0. */
export const UNKNOWN_TEXT = '–';

const formats = new Map<string, Intl.NumberFormat>();
function format(value: number, options: Intl.NumberFormatOptions): string {
  const tag = language();
  const key = tag + JSON.stringify(options);
  const known = formats.get(key) ?? new Intl.NumberFormat(tag, options);
  formats.set(key, known);
  return known.format(value);
}

export const count = (n: number): string => format(n, { maximumFractionDigits: 0 });

/** 512 B, 5.3 kB, 1.2 MB: SI units, as DevTools writes them. */
export function bytes(n: number | null): string {
  if (n === null) return UNKNOWN_TEXT;
  const [value, unit] = n < 1000 ? [n, 'B'] : n < 1e6 ? [n / 1e3, 'kB'] : [n / 1e6, 'MB'];
  const digits = unit === 'B' || value >= 100 ? 0 : 1;
  return `${format(value, { minimumFractionDigits: digits, maximumFractionDigits: digits })} ${unit}`;
}

/** 4 ms, 850 ms, 4.1 s. */
export function duration(ms: number | null): string {
  if (ms === null) return UNKNOWN_TEXT;
  if (Math.abs(ms) < 1000) return `${format(ms, { maximumFractionDigits: Math.abs(ms) < 10 ? 1 : 0 })} ms`;
  return `${format(ms / 1000, { maximumFractionDigits: Math.abs(ms) < 10_000 ? 1 : 0 })} s`;
}

export const percent = (share: number | null): string =>
  share === null ? UNKNOWN_TEXT : format(share, { style: 'percent', maximumFractionDigits: 0 });

/** A probability short of certainty never reads as 100 %. */
export const confidence = (p: number): string => (p < 1 && p > 0.99 ? `> ${percent(0.99)}` : percent(p));

/** An estimate wears its mark; what is known exactly needs none. */
export const figureBytes = ({ value, provenance }: Figure): string =>
  value !== null && provenance === 'estimated' ? `≈ ${bytes(value)}` : bytes(value);

/** "5,312 bytes, measured" / "5,312 ± 40 bytes, estimated": the tooltip of a figure. */
export function figureTitle({ value, provenance, plusMinus }: Figure): string {
  if (value === null) return t('provenance_unknown');
  const exact = plusMinus ? `${count(value)} ± ${count(plusMinus)}` : count(value);
  return t('figureTitle', exact, t(`provenance_${provenance}`));
}
