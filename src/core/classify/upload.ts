import { median } from '../metrics/statistics.ts';
import type { Timing } from './timing.ts';

/** Requests that bring something up rather than ask for something. */
export interface UploadFit {
  method: string;
  medianRequestBytes: number;
  /** No answer said more than "received", as far as the page looked at it. */
  acknowledgedOnly: boolean;
  of: number;
}

/** Methods that change what they name (RFC 9110 §9.3.4, RFC 5789): nobody polls with them. */
const CHANGING = new Set(['PUT', 'PATCH', 'DELETE']);
/** A question fits into less. */
const LARGE_BYTES = 16_384;
const MIN_JUDGED = 3;

/** Null when the requests may be questions. A POST whose answers never say anything is none, unless its body names an operation. */
export function fitUpload(
  timings: readonly Timing[],
  { method, operation }: { method: string; operation: string | null },
): UploadFit | null {
  if (method === 'GET' || method === 'HEAD') return null;
  const medianRequestBytes = median(timings.map(({ requestBytes }) => requestBytes)) ?? 0;
  const judged = timings.filter(({ hasNews, unread }) => hasNews !== null || unread);
  const acknowledgedOnly =
    operation === null && judged.length >= MIN_JUDGED && judged.every(({ hasNews, unread }) => !hasNews || unread);
  const isLarge = medianRequestBytes >= LARGE_BYTES;
  if (!CHANGING.has(method) && !isLarge && !acknowledgedOnly) return null;
  return { method, medianRequestBytes, acknowledgedOnly: acknowledgedOnly && !isLarge, of: timings.length };
}
