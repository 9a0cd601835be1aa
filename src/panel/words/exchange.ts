import type { Exchange, Worth } from '../../core/model.ts';
import { type Look, lookOf, phasesOf } from '../../core/timeline/phases.ts';
import { duration, UNKNOWN_TEXT } from './numbers.ts';
import { type MessageKey, t } from './t.ts';

const LOOKS: Record<Look, MessageKey> = {
  useful: 'worth_useful',
  wasted: 'wasted',
  plain: 'look_plain',
  failed: 'worth_error',
  aborted: 'aborted',
  pending: 'inFlight',
};
const WASTE: Partial<Record<Worth, MessageKey>> = {
  empty: 'worth_empty',
  identical: 'worth_identical',
  'volatile-only': 'worth_volatileOnly',
  'held-timeout': 'worth_heldTimeout',
};

/** What came of an exchange, in a word or two. */
export function outcomeText(exchange: Exchange, isPoll: boolean): string {
  const look = lookOf(exchange, isPoll);
  const why = look === 'wasted' && exchange.worth !== null ? WASTE[exchange.worth] : undefined;
  if (why !== undefined) return t('wasted_because', t(LOOKS.wasted), t(why));
  return exchange.worth === 'baseline' && look === 'plain' ? t('worth_baseline') : t(LOOKS[look]);
}

/** "GET 200", "POST –" */
export const requestText = ({ method, status }: Exchange): string => `${method} ${status ?? UNKNOWN_TEXT}`;

/** Queued, waiting, receiving: how long each took. */
export function phasesText(exchange: Exchange, now: number): string {
  const { queuedAt, sentAt, respondedAt, endedAt } = phasesOf(exchange, now);
  const waited = t('phase_waiting', duration(respondedAt - sentAt));
  const received = t('phase_receiving', duration(endedAt - respondedAt));
  return [...(sentAt > queuedAt ? [t('phase_queued', duration(sentAt - queuedAt))] : []), waited, received].join(' · ');
}
