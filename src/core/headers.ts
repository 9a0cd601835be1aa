import type { Header, NetworkEntry } from './model.ts';

export interface HeaderCost {
  requestBytes: number;
  responseBytes: number;
}

/** Bytes of each header, by lower-case name. */
export type HeaderCosts = Map<string, HeaderCost>;

/** Names a server makes up do not end: beyond this only those already known are counted. */
const MAX_HEADER_NAMES = 200;
const SEPARATORS = ': \r\n'.length;

export function countHeaders(costs: HeaderCosts, { requestHeaders, responseHeaders }: NetworkEntry): void {
  for (const header of requestHeaders) {
    const cost = costOf(costs, header[0]);
    if (cost !== undefined) cost.requestBytes += header[0].length + header[1].length + SEPARATORS;
  }
  for (const header of responseHeaders) {
    const cost = costOf(costs, header[0]);
    if (cost !== undefined) cost.responseBytes += header[0].length + header[1].length + SEPARATORS;
  }
}

function costOf(costs: HeaderCosts, name: string): HeaderCost | undefined {
  // Most are written in lower case, and known.
  const known = costs.get(name) ?? costs.get(name.toLowerCase());
  if (known !== undefined || costs.size === MAX_HEADER_NAMES) return known;
  const cost = { requestBytes: 0, responseBytes: 0 };
  costs.set(name.toLowerCase(), cost);
  return cost;
}

/** The headers of the newest entry of one place. */
export interface RepeatedHeaders {
  request: readonly Header[];
  response: readonly Header[];
}

export const createRepeated = (): RepeatedHeaders => ({ request: [], response: [] });

/**
 * What an entry repeats of the one before it is kept once: most requests to one place say the same in nearly all headers, and
 * those take more memory, and garbage collection more time, than all else that is known of them.
 */
export function shareHeaders(last: RepeatedHeaders, entry: NetworkEntry): void {
  last.request = repeated(last.request, entry.requestHeaders);
  last.response = repeated(last.response, entry.responseHeaders);
  entry.requestHeaders = last.request;
  entry.responseHeaders = last.response;
}

function repeated(before: readonly Header[], headers: readonly Header[]): readonly Header[] {
  let same = 0;
  while (same < headers.length && isSame(headers[same]!, before[same])) same++;
  if (same === headers.length && same === before.length) return before;
  return headers.map((header, i) => (isSame(header, before[i]) ? before[i]! : header));
}

const isSame = (a: Header, b: Header | undefined): boolean => b !== undefined && a[1] === b[1] && a[0] === b[0];
