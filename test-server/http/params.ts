import { HttpError } from './errors.ts';

export interface NumberRange {
  default: number;
  min: number;
  max: number;
  integer?: boolean;
}

/** Reads a decimal number from a query. Absent → the default; anything else outside the range → 400 naming the field. */
export function numberParam(params: URLSearchParams, field: string, range: NumberRange): number {
  const text = params.get(field);
  if (text === null) return range.default;
  const value = /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= range.min && value <= range.max) || (range.integer && !Number.isInteger(value))) {
    const kind = range.integer ? 'a whole number' : 'a number';
    throw new HttpError(400, `"${field}" must be ${kind} from ${range.min} to ${range.max}`, field);
  }
  return value;
}

/** Reads one of a few words from a query. Absent → the first; unknown → 400 naming the field and the words. */
export function choiceParam<Word extends string>(
  params: URLSearchParams,
  field: string,
  words: readonly [Word, ...Word[]],
): Word {
  const text = params.get(field);
  if (text === null) return words[0];
  const word = words.find((candidate) => candidate === text);
  if (word === undefined) throw new HttpError(400, `"${field}" must be one of ${words.join(', ')}`, field);
  return word;
}

/** Reads a switch: absent, `0` or `false` → false; `1`, `true` or empty → true; else 400. */
export function flagParam(params: URLSearchParams, field: string): boolean {
  const text = params.get(field);
  if (text === null || text === '0' || text === 'false') return false;
  if (text === '1' || text === 'true' || text === '') return true;
  throw new HttpError(400, `"${field}" must be 1 or 0`, field);
}
