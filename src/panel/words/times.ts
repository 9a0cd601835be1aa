import type { Settings } from '../settings.ts';
import { language, t } from './t.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

function clock(at: number, fraction: 0 | 1 | 2 | 3): string {
  const tag = language();
  const key = `${tag}${fraction}`;
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat(tag, {
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
      ...(fraction === 0 ? {} : { fractionalSecondDigits: fraction }),
    });
    formats.set(key, format);
  }
  return format.format(at);
}

/** An instant (epoch ms) as the settings want it. `originMs`: when the capture began, for relative times. */
export function instant(
  at: number,
  originMs: number,
  style: Settings['timeFormat'],
  fraction: 0 | 1 | 2 | 3 = 3,
): string {
  switch (style) {
    case 'clock':
      return clock(at, fraction);
    case 'relative':
      return relative(at - originMs, fraction);
    case 'iso':
      return new Date(at).toISOString();
  }
}

/** 12.340 s, or 3:05.250 beyond a minute. */
function relative(ms: number, fraction: number): string {
  const sign = ms < 0 ? '−' : '';
  const seconds = Math.abs(ms) / 1000;
  if (seconds < 60) return t('seconds', `${sign}${seconds.toFixed(fraction)}`);
  const rest = (seconds % 60).toFixed(fraction);
  return `${sign}${Math.floor(seconds / 60)}:${rest.padStart(fraction === 0 ? 2 : fraction + 3, '0')}`;
}

/** The label of a tick on a time axis whose ticks are `stepMs` apart: no more digits than tell them apart. */
export function tickLabel(at: number, stepMs: number, originMs: number, style: Settings['timeFormat']): string {
  const fraction = stepMs >= 1000 ? 0 : stepMs >= 100 ? 1 : stepMs >= 10 ? 2 : 3;
  return instant(at, originMs, style === 'iso' ? 'clock' : style, fraction);
}
