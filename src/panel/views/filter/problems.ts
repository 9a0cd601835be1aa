import type { Problem } from '../../../core/filter/filter.ts';
import { type MessageKey, t } from '../../words/t.ts';

const TEXTS: Record<Problem['kind'], MessageKey> = {
  'bad-regex': 'filter_problem_badRegex',
  'explosive-regex': 'filter_problem_explosive',
  'long-regex': 'filter_problem_long',
  'bad-value': 'filter_problem_badValue',
};
const MAX_CHARS = 30;

/** Why a part of the filter is taken as text. */
export function problemText({ kind, start, end }: Problem, filter: string): string {
  const part = filter.slice(start, Math.min(end, start + MAX_CHARS));
  return t(TEXTS[kind], part);
}
