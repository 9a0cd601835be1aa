import { type BrowserTold, toldBy } from './metrics/handshake.ts';
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

/** What the header at each place of a head was called last, and where it counted: a head has the same order each time. */
interface Places {
  names: string[];
  costs: HeaderCost[];
}

export interface HeadPlaces {
  request: Places;
  response: Places;
}

export const createHeadPlaces = (): HeadPlaces => ({
  request: { names: [], costs: [] },
  response: { names: [], costs: [] },
});

/** `places`: of the entry counted before; they go with these `costs`, and spare most of them from being looked up. */
export function countHeaders(
  costs: HeaderCosts,
  { requestHeaders, responseHeaders }: NetworkEntry,
  places: HeadPlaces = createHeadPlaces(),
): void {
  for (let i = 0; i < requestHeaders.length; i++) {
    const header = requestHeaders[i]!;
    const cost = costAt(costs, places.request, i, header[0]);
    if (cost !== undefined) cost.requestBytes += header[0].length + header[1].length + SEPARATORS;
  }
  for (let i = 0; i < responseHeaders.length; i++) {
    const header = responseHeaders[i]!;
    const cost = costAt(costs, places.response, i, header[0]);
    if (cost !== undefined) cost.responseBytes += header[0].length + header[1].length + SEPARATORS;
  }
}

function costAt(all: HeaderCosts, { names, costs }: Places, i: number, name: string): HeaderCost | undefined {
  if (names[i] === name) return costs[i];
  const cost = costOf(all, name);
  if (cost === undefined || i > names.length || i >= MAX_HEADER_NAMES) return cost;
  names[i] = name;
  costs[i] = cost;
  return cost;
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
  /** What the request's say of the browser. */
  told: BrowserTold;
}

export const createRepeated = (): RepeatedHeaders => ({ request: [], response: [], told: toldBy([]) });

/**
 * What an entry repeats of the one before it is kept once: most requests to one place say the same in nearly all headers, and
 * those take more memory, and garbage collection more time, than all else that is known of them.
 */
export function shareHeaders(last: RepeatedHeaders, entry: NetworkEntry): void {
  const request = repeated(last.request, entry.requestHeaders as Header[]);
  if (request !== last.request) last.told = toldBy(request);
  last.request = request;
  last.response = repeated(last.response, entry.responseHeaders as Header[]);
  entry.requestHeaders = last.request;
  entry.responseHeaders = last.response;
}

/** Looks at each header once: reading them is most of what a head costs. Those that are the same are put in place of their likes. */
function repeated(before: readonly Header[], headers: Header[]): readonly Header[] {
  let same = 0;
  for (let i = 0; i < headers.length; i++) {
    if (!isSame(headers[i]!, before[i])) continue;
    headers[i] = before[i]!;
    same++;
  }
  return same === headers.length && same === before.length ? before : headers;
}

const isSame = (a: Header, b: Header | undefined): boolean => b !== undefined && a[1] === b[1] && a[0] === b[0];
