import type { Estimate } from '../../core/simulate/estimate.ts';
import { UNKNOWN_TEXT } from './numbers.ts';
import { language, t } from './t.ts';

const PREFIXES = ['', 'k', 'M', 'G', 'T', 'P'] as const;

/** Three digits are as many as an estimate deserves: 0.127, 12.7, 1,270. */
export function decimal(n: number): string {
  const digits = Math.abs(n) >= 100 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 };
  return new Intl.NumberFormat(language(), digits).format(n);
}

/** 512 B, 5.3 kB … 8.4 PB: a million clients add up. */
export function scaledBytes(n: number): string {
  const at = n === 0 ? 0 : Math.floor(Math.log10(Math.abs(n)) / 3);
  const power = Math.min(Math.max(at, 0), PREFIXES.length - 1);
  const value = n / 1000 ** power;
  const format = new Intl.NumberFormat(language(), { maximumFractionDigits: Math.abs(value) >= 100 ? 0 : 1 });
  return `${format.format(value)} ${PREFIXES[power]}B`;
}

/** "12 to 15", or null where both ends read the same. */
export function rangeText({ low, high }: Estimate, format: (n: number) => string): string | null {
  const [from, to] = [format(low), format(high)];
  return from === to ? null : t('advice_range', from, to);
}

/** "420 less", "3 more". */
export function changeText(saved: number, format: (n: number) => string): string {
  if (format(Math.abs(saved)) === format(0)) return t('advice_saving_none');
  return saved > 0 ? t('advice_saving_less', format(saved)) : t('advice_saving_more', format(-saved));
}

export const estimateText = (estimate: Estimate | null, format: (n: number) => string): string =>
  estimate === null ? UNKNOWN_TEXT : format(estimate.value);
