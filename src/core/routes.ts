import { isSameQuery, lastingQuery, placeOf, questionOf, type UrlTemplate } from './channel-key.ts';
import type { Channel } from './channels.ts';
import { discriminatorOf } from './discriminator.ts';
import { hasTellingParameter } from './protocols/protocols.ts';
import { fitsPattern, patternOf, type QueryPattern } from './query-pattern.ts';
import type { Log } from './state.ts';

/** What decides to which channel a request or connection belongs. */
export interface Job {
  documentKey: string | null;
  method: string;
  url: string;
  /** Head of the request's body. */
  requestText: string | null;
}

/** The way that requests to one place went last; taken again as long as they say the same, it saves most of what finding it costs. */
export interface Route {
  documentKey: string | null;
  method: string;
  /** The URL up to its query; null when it is none. */
  bare: string | null;
  query: UrlTemplate['query'];
  /** The query as it is written, where one like it tells all that this one told; null: each must be taken apart. */
  pattern: QueryPattern | null;
  question: string;
  /** Whatever document does it. */
  job: string;
  channel: Channel;
  /** The content type as which no protocol claims its answers; undefined: none was asked about yet. */
  unclaimedAs: string | null | undefined;
}

/** `isWhole`: no protocol makes one transport of several such requests. */
export function routeOf(
  { documentKey, method, url }: Job,
  query: UrlTemplate['query'],
  job: string,
  channel: Channel,
  isWhole: boolean,
): Route {
  const bare = placeOf(url)?.bare ?? null;
  const pattern = bare !== null && isWhole && !hasTellingParameter(url) ? patternOf(url, bare.length) : null;
  return { documentKey, method, bare, query, pattern, question: questionOf(url), job, channel, unclaimedAs: undefined };
}

/** Places whose route is kept. */
const MAX_ROUTES = 2000;

export function keepRoute({ routes }: Log, route: Route): void {
  if (route.bare === null) return;
  if (routes.size >= MAX_ROUTES) routes.clear();
  routes.set(route.bare, route);
}

function lastRoute(log: Log, { documentKey, method, url }: Job): Route | null {
  const route = log.routes.get(placeOf(url)?.bare ?? '');
  return route === undefined || route.documentKey !== documentKey || route.method !== method ? null : route;
}

/** The route of a request whose URL differs from the last there in nothing that anybody looks at; null for most others. */
export function plainRoute(log: Log, job: Job): Route | null {
  const { url, requestText } = job;
  const route = lastRoute(log, job);
  if (route === null || route.pattern === null || !fitsPattern(url, route.bare!.length, route.pattern)) return null;
  return requestText !== null && discriminatorOf(url, requestText) !== null ? null : route;
}

/** The route of a request that asks for the same as the last there; null where it must be found anew. */
export function knownRoute(log: Log, job: Job): Route | null {
  const { url, requestText } = job;
  const route = lastRoute(log, job);
  if (route === null || !isSameQuery(route.query, lastingQuery(url, placeOf(url)!))) return null;
  return discriminatorOf(url, requestText) === null ? route : null;
}
