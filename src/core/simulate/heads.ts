import { type Estimate, exactly, shifted } from './estimate.ts';
import type { ChannelFacts, ConnectionFacts, NetworkFacts } from './facts.ts';
import { DATE_BYTES, warmReplyBytes, warmRequestBytes } from './http2.ts';
import type { Basis } from './link.ts';
import type { HeadSizes, HttpVersion } from './world.ts';

export type HeadKind = keyof HeadSizes;

export interface HeadEstimate {
  request: Estimate;
  response: Estimate;
  basis: Basis;
}

/**
 * Heads of Chromium 156 and a plain server on HTTP/1.1, measured on the wire, without the target (path and query), which is
 * taken to be as long as the channel's own. Their differences tell what a kind of request costs more or less than another of
 * the same page; `send` is a poll with Content-Type, Content-Length and Origin, answered 204.
 */
const REFERENCE: Record<HeadKind, { request: number; response: number }> = {
  poll: { request: 503, response: 180 },
  empty: { request: 503, response: 180 },
  notModified: { request: 527, response: 126 },
  stream: { request: 560, response: 190 },
  webSocket: { request: 496, response: 129 },
  send: { request: 588, response: 137 },
};
/** `Last-Event-ID: r1-4711`, which an event stream that reconnects sends besides. */
const RESUME_BYTES = 24;
/** Cookies, CORS and security headers go along or not: how far a head derived from one of another kind may be off. */
const DERIVED_BAND_BYTES = 40;
/** Where nothing of a page's heads is known: from no cookies to several. */
const ASSUMED_SHARE = 0.5;
/** Headers of a request and a response, where only their bytes are known: bytes of one, and of a typical request. */
const BYTES_PER_HEADER = 35;
const TYPICAL_REQUEST_HEADERS = 15;
const TYPICAL_REPLY_HEADERS = 7;
/** `accept`, `cache-control` and the like, said anew on a warm HTTP/2 connection. */
const H2_OTHER_KIND_BYTES = 15;

const KINDS = Object.keys(REFERENCE) as HeadKind[];

/** Heads of every kind of request on this page, over the given version, from those that the channel's own traffic had. */
export function headsOf(channel: ChannelFacts, version: HttpVersion): Record<HeadKind, HeadEstimate> {
  const own = ownHeads(channel);
  const of = (kind: HeadKind): HeadEstimate => {
    // A WebSocket is opened over HTTP/1.1 whatever the page speaks.
    if (kind === 'webSocket' || version === 'http/1.1') return http1Head(kind, isH2(channel) ? {} : own, channel);
    return isH2(channel) ? knownH2Head(kind, own, channel) : h2Head(kind, own, channel);
  };
  return Object.fromEntries(KINDS.map((kind) => [kind, of(kind)])) as Record<HeadKind, HeadEstimate>;
}

export const isH2 = ({ httpVersion }: ChannelFacts): boolean => /^h(ttp\/)?[23]/i.test(httpVersion ?? '');

interface OwnHead {
  request: Estimate;
  response: Estimate;
  count: number;
}

/** Mean heads of the kinds this channel itself sent: a mean makes their sum right, whatever their mixture. */
function ownHeads({ exchanges, connections, transport }: ChannelFacts): Partial<Record<HeadKind, OwnHead>> {
  const samples = new Map<HeadKind, (NetworkFacts | ConnectionFacts)[]>(KINDS.map((kind) => [kind, []]));
  for (const { network, status, worth } of exchanges) {
    if (network === null || network.fromCache) continue;
    const isEmpty = worth === 'empty' || worth === 'held-timeout';
    const kind = status === 304 ? 'notModified' : isEmpty ? 'empty' : worth === 'error' ? null : 'poll';
    if (kind !== null) samples.get(kind)!.push(network);
  }
  samples.get(transport === 'websocket' ? 'webSocket' : 'stream')!.push(...connections);
  const own: Partial<Record<HeadKind, OwnHead>> = {};
  for (const kind of KINDS) {
    const head = meanHead(samples.get(kind)!);
    if (head !== null) own[kind] = head;
  }
  return own;
}

function meanHead(samples: readonly (NetworkFacts | ConnectionFacts)[]): OwnHead | null {
  const known = samples.filter((s) => s.requestHeaderBytes !== null && s.responseHeaderBytes !== null);
  if (known.length === 0) return null;
  const mean = (f: (s: NetworkFacts | ConnectionFacts) => number) =>
    known.reduce((sum, s) => sum + f(s), 0) / known.length;
  const plusMinus = mean((s) => ('headerPlusMinus' in s ? s.headerPlusMinus : 0));
  return {
    request: shifted(exactly(mean((s) => s.requestHeaderBytes!)), 0, plusMinus),
    response: shifted(exactly(mean((s) => s.responseHeaderBytes!)), 0, plusMinus),
    count: known.length,
  };
}

function http1Head(kind: HeadKind, own: Partial<Record<HeadKind, OwnHead>>, channel: ChannelFacts): HeadEstimate {
  const { request, response } = REFERENCE[kind];
  const same = own[kind];
  if (same !== undefined) return { request: same.request, response: same.response, basis: 'measured' };
  const like = nearest(own);
  if (like === null)
    return {
      request: about(request + pathOf(channel.url).length, ASSUMED_SHARE),
      response: about(response, ASSUMED_SHARE),
      basis: 'assumed',
    };
  const reference = REFERENCE[like];
  const resuming = resumingBytes(kind, channel) - resumingBytes(like, channel);
  return {
    request: shifted(own[like]!.request, request - reference.request + resuming, DERIVED_BAND_BYTES),
    response: shifted(own[like]!.response, response - reference.response, DERIVED_BAND_BYTES),
    basis: 'derived',
  };
}

/** What saying where to resume adds to the mean head of a kind: the first opening of an event stream says nothing. */
const resumingBytes = (kind: HeadKind, { connections }: ChannelFacts): number =>
  kind === 'stream' && connections.length > 1 ? (RESUME_BYTES * (connections.length - 1)) / connections.length : 0;

/** On a channel that speaks HTTP/2 already, other kinds differ by a few headers said anew. */
function knownH2Head(kind: HeadKind, own: Partial<Record<HeadKind, OwnHead>>, channel: ChannelFacts): HeadEstimate {
  const same = own[kind];
  if (same !== undefined) return { request: same.request, response: same.response, basis: 'measured' };
  const like = nearest(own);
  if (like === null) return h2Head(kind, own, channel);
  const anew = (head: Estimate) => shifted(head, 0, H2_OTHER_KIND_BYTES);
  return { request: anew(own[like]!.request), response: anew(own[like]!.response), basis: 'derived' };
}

/** What a warm HTTP/2 connection would make of these heads; `Date` changes with most of them. */
function h2Head(kind: HeadKind, own: Partial<Record<HeadKind, OwnHead>>, channel: ChannelFacts): HeadEstimate {
  const http1 = http1Head(kind, isH2(channel) ? {} : own, channel);
  const counts = channel.exchanges.flatMap(({ network }) => network?.requestHeaderCount ?? []);
  const headers = counts.at(-1) ?? (Math.round(http1.request.value / BYTES_PER_HEADER) || TYPICAL_REQUEST_HEADERS);
  const replyHeaders = Math.round(http1.response.value / BYTES_PER_HEADER) || TYPICAL_REPLY_HEADERS;
  const request = warmRequestBytes(headers, pathOf(channel.url));
  const response = warmReplyBytes(replyHeaders) + DATE_BYTES / 2;
  return {
    request: shifted(exactly(request), 0, H2_OTHER_KIND_BYTES),
    response: shifted(exactly(response), 0, DATE_BYTES / 2 + H2_OTHER_KIND_BYTES),
    basis: 'derived',
  };
}

/** The kind of its own that a channel sent most of. */
function nearest(own: Partial<Record<HeadKind, OwnHead>>): HeadKind | null {
  const known = KINDS.filter((kind) => own[kind] !== undefined);
  return known.toSorted((a, b) => own[b]!.count - own[a]!.count)[0] ?? null;
}

const about = (value: number, share: number): Estimate => ({
  value,
  low: value * (1 - share),
  high: value * (1 + share),
});

const pathOf = (url: string): string => /^[a-z]+:\/\/[^/]*(\/[^#]*)/i.exec(url)?.[1] ?? '/';
