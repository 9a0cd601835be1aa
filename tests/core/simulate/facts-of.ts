import { NOTHING_KNOWN } from '../../../src/core/facts/openings.ts';
import type {
  ChannelFacts,
  ConnectionFacts,
  DocumentFacts,
  ExchangeFacts,
  MessageFacts,
  NetworkFacts,
  SessionFacts,
} from '../../../src/core/simulate/facts.ts';

/** Wall time at which every recording begins; times below are ms after it. */
export const T0 = 1_800_000_000_000;
export const ORIGIN = 'https://app.test';
export const PAGE = 'document-1';

/** Facts in which nothing but what is given stands out. */
export const networkOf = (given: Partial<NetworkFacts> = {}): NetworkFacts => ({
  blockedMs: 0,
  requestHeaderBytes: 527,
  responseHeaderBytes: 180,
  headerPlusMinus: 0,
  requestHeaderCount: 15,
  cookieBytes: 36,
  authorized: false,
  conditional: false,
  bodyWireBytes: null,
  contentEncoding: null,
  cacheControl: 'no-store',
  hasValidator: false,
  fromCache: false,
  ...given,
});

/** A GET sent at `at`, answered after `tookMs`. */
export function exchangeOf(
  at: number,
  given: Partial<Omit<ExchangeFacts, 'network'>> & { tookMs?: number; network?: Partial<NetworkFacts> | null } = {},
): ExchangeFacts {
  const { tookMs = 20, network = {}, ...rest } = given;
  const isEmpty = rest.worth === 'empty';
  return {
    url: `${ORIGIN}/news`,
    startedAt: T0 + at,
    sentAt: T0 + at,
    respondedAt: T0 + at + tookMs,
    endedAt: T0 + at + tookMs,
    waitMs: tookMs,
    outcome: 'done',
    status: 200,
    worth: 'useful',
    hidden: false,
    contentType: 'application/json',
    payloadBytes: isEmpty ? 2 : 100,
    requestBodyBytes: null,
    items: null,
    ...rest,
    network: network === null ? null : networkOf(network),
  };
}

export const messageOf = (at: number, given: Partial<MessageFacts> = {}): MessageFacts => ({
  connectionId: 1,
  at: T0 + at,
  direction: 'received',
  role: 'data',
  binary: false,
  payloadBytes: 100,
  framingBytes: null,
  correlation: null,
  repeats: null,
  items: null,
  text: null,
  ...given,
});

/** A connection started at `at`, open after 50 ms, standing still. */
export const connectionOf = (
  at: number,
  { closedAt = null, openedAt = at + 50, ...given }: Partial<ConnectionFacts> = {},
): ConnectionFacts => ({
  ...NOTHING_KNOWN,
  id: 1,
  startedAt: T0 + at,
  ...given,
  openedAt: openedAt === null ? null : T0 + openedAt,
  closedAt: closedAt === null ? null : T0 + closedAt,
});

export const channelOf = (given: Partial<ChannelFacts>): ChannelFacts => ({
  id: 1,
  transport: 'polling',
  protocol: null,
  method: 'GET',
  url: `${ORIGIN}/news`,
  urlTemplate: '/news',
  documentKey: PAGE,
  httpVersion: 'http/1.1',
  startedAt: T0,
  lastAt: T0,
  rttMs: 20,
  clock: null,
  exchanges: [],
  messages: [],
  connections: [],
  ...given,
});

/** A session that has run for `forMs`. */
export const sessionOf = (
  forMs: number,
  channels: ChannelFacts[],
  documents: DocumentFacts[] = [{ key: PAGE, url: `${ORIGIN}/`, hidden: [] }],
): SessionFacts => ({ startedAt: T0, now: T0 + forMs, documents, channels });

/** `count` exchanges, one every `everyMs`, of which `isUseful(i)` brought news; the first is the baseline. */
export const pollsOf = (
  count: number,
  everyMs: number,
  isUseful: (i: number) => boolean,
  given: Parameters<typeof exchangeOf>[1] = {},
): ExchangeFacts[] =>
  Array.from({ length: count }, (_, i) =>
    exchangeOf(i * everyMs, { worth: i === 0 ? 'baseline' : isUseful(i) ? 'useful' : 'empty', ...given }),
  );
