import { originOf, questionOf } from './channel-key.ts';
import { bodyLabels, messagesIn, saysNothing } from './channel-protocol.ts';
import { isOneMore } from './classify/consistent.ts';
import { isHold } from './classify/held.ts';
import { type Standing, weigh } from './classify/hysteresis.ts';
import { type Timing, WINDOW } from './classify/timing.ts';
import { certain, classifySeries, type Evidence, type Verdict } from './classify/verdict.ts';
import { countHeaders, type HeaderCosts } from './headers.ts';
import { type Calls, createCalls } from './metrics/calls.ts';
import { addStampedMessage, addStampsOf, createLatencySamples, type LatencySamples } from './metrics/latency.ts';
import { addSample, createSamples, type Samples } from './metrics/samples.ts';
import { type Previous, parseBody, worthOf } from './metrics/waste.ts';
import type { Exchange, NetworkEntry, Transport, Worth } from './model.ts';
import type { Protocol } from './protocols/protocol.ts';
import { bucketAt, type Series } from './series.ts';
import type { KnownExchange } from './state.ts';

/** Bytes of a kind as far as they are known, and of how many exchanges that is. */
export interface Tally {
  bytes: number;
  of: number;
  /** Smallest and largest share: how far an estimate from the mean may be off. */
  min: number;
  max: number;
  /** How far the known ones may be off themselves. */
  plusMinus: number;
}

/** Exchanges or connections doing one ongoing job: a poll series; a socket and its reconnects. */
export interface Channel {
  id: number;
  documentKey: string | null;
  method: string;
  /** Operation of GraphQL or method of JSON-RPC calls, null for all else. */
  operation: string | null;
  /** The URL of its newest exchange. */
  url: string;
  origin: string;
  /** What its newest exchange asks for. */
  question: string;
  startedAt: number;
  lastAt: number;
  exchanges: number;
  ended: number;
  /** Answered by the cache: nothing crossed the wire. */
  cached: number;
  connections: number;
  openConnections: number;
  /** Times a connection opened, and how many were open side by side at most: what exceeds those is a reconnect. */
  opens: number;
  parallel: number;
  /** HTTP exchanges behind it (requests, handshakes), and of how many devtools.network told the header bytes. */
  onWire: number;
  reported: number;
  worth: Record<Worth, number>;
  aborted: number;
  /** Ended without a response head. */
  unanswered: number;
  /** Responses that were streams of messages, not one answer. */
  streamed: number;
  streamedEnded: number;
  /** Streams that took up where the one before ended. */
  resumed: number;
  lastStreamed: Exchange | null;
  messages: { sent: number; received: number };
  /** Those of them that only keep the line alive. */
  heartbeats: { sent: number; received: number };
  /** This one sends up what the page has to say beside that channel, which brings its news down. */
  uplinkOf: number | null;
  /** Application messages that answers brought. */
  newsMessages: number;
  /** Answers that carried anything, and requests that did. */
  answersWithContent: number;
  requestsWithContent: number;
  requestHeader: Tally;
  responseHeader: Tally;
  payloadSent: Tally;
  payloadReceived: Tally;
  framingBytes: number;
  headerCosts: HeaderCosts;
  httpVersion: string | null;
  /** What its messages are written in, once recognised. */
  protocol: Protocol | null;
  /** Payloads that were asked for the protocol's name. */
  payloadsSeen: number;
  subprotocol: string;
  contentType: string | null;
  extensions: string;
  latency: LatencySamples;
  series: Series;
  standing: Standing | null;
  /** The verdict follows from a fact (a WebSocket is a WebSocket) and no rhythm can change it. */
  settled: boolean;
  /** Of the last WINDOW completed requests, in order of start. */
  timings: Timing[];
  previous: Previous | null;
  /** From sending a request to the head of its answer; between two messages received. */
  ttfb: Samples;
  gaps: Samples;
  lastReceivedAt: number | null;
  calls: Calls;
  /** Exchanges that are over, in the order of their ends, until what they brought is judged. */
  unjudged: KnownExchange[];
}

const none = (): Tally => ({ bytes: 0, of: 0, min: Infinity, max: 0, plusMinus: 0 });

export function createChannel(
  id: number,
  documentKey: string | null,
  method: string,
  url: string,
  operation: string | null,
  at: number,
): Channel {
  return {
    id,
    documentKey,
    method,
    operation,
    url,
    origin: originOf(url),
    question: questionOf(url),
    startedAt: at,
    lastAt: at,
    exchanges: 0,
    ended: 0,
    cached: 0,
    connections: 0,
    openConnections: 0,
    opens: 0,
    parallel: 0,
    onWire: 0,
    reported: 0,
    worth: { baseline: 0, useful: 0, empty: 0, identical: 0, 'volatile-only': 0, 'held-timeout': 0, error: 0 },
    aborted: 0,
    unanswered: 0,
    streamed: 0,
    streamedEnded: 0,
    resumed: 0,
    lastStreamed: null,
    messages: { sent: 0, received: 0 },
    heartbeats: { sent: 0, received: 0 },
    uplinkOf: null,
    newsMessages: 0,
    answersWithContent: 0,
    requestsWithContent: 0,
    requestHeader: none(),
    responseHeader: none(),
    payloadSent: none(),
    payloadReceived: none(),
    framingBytes: 0,
    headerCosts: new Map(),
    httpVersion: null,
    protocol: null,
    payloadsSeen: 0,
    subprotocol: '',
    contentType: null,
    extensions: '',
    latency: createLatencySamples(),
    series: [],
    standing: null,
    settled: false,
    timings: [],
    previous: null,
    ttfb: createSamples(),
    gaps: createSamples(),
    lastReceivedAt: null,
    calls: createCalls(),
    unjudged: [],
  };
}

export const wastedOf = ({ worth }: Channel): number =>
  worth.empty + worth.identical + worth['volatile-only'] + worth['held-timeout'];

/** Gives a channel the verdict that follows from what it is; rhythm no longer matters. */
export function settle(channel: Channel, transport: Transport, evidence: Evidence, at: number): void {
  channel.settled = true;
  channel.standing = weigh(channel.standing, certain(transport, 1, false, evidence), at);
}

/** Counts an exchange that is over, once, and lets its timing speak. */
export function countEnd(channel: Channel, exchange: Exchange, rttMs: number | null): void {
  const { startedAt, respondedAt, outcome, status } = exchange;
  const endedAt = exchange.endedAt!;
  channel.ended++;
  if (status === null) channel.unanswered++;
  channel.lastAt = Math.max(channel.lastAt, endedAt);
  if (outcome === 'aborted' || outcome === 'cut') {
    channel.aborted++;
    return;
  }
  const waitMs = exchange.waitMs ?? (respondedAt ?? endedAt) - startedAt;
  if (respondedAt !== null) addSample(channel.ttfb, waitMs);
  // An error status after a hold is how a long poll says "nothing yet".
  const failed = outcome === 'error' || ((status ?? 0) >= 400 && !isHold(waitMs, rttMs ?? 0));
  insertByStart(channel.timings, {
    startedAt,
    waitMs,
    endedAt,
    failed,
    hidden: exchange.hidden,
    target: exchange.url === channel.url ? channel.question : questionOf(exchange.url),
    requestBytes: exchange.requestBodyBytes ?? 0,
    isReaction: exchange.isReaction,
    exchangeId: exchange.id,
    hasNews: null,
  });
  if (channel.timings.length > WINDOW) channel.timings.shift();
  // Evidence is renewed all the same, once all that it rests on is new.
  if (channel.ended % WINDOW !== 0 && isOneMore(channel.standing, channel.timings)) return;
  reclassify(channel, rttMs, endedAt);
}

/** The standing verdict, with evidence that counts the newest request too. */
export function verdictOf(
  { standing, settled, timings, method, operation }: Channel,
  rttMs: number | null,
): Verdict | null {
  if (standing === null || settled) return standing?.verdict ?? null;
  const reading = classifySeries(timings, { rttMs, method, operation });
  return reading.transport === standing.verdict.transport ? reading : standing.verdict;
}

const LONG_WAIT_MS = 250;

export function reclassify(channel: Channel, rttMs: number | null, at: number): void {
  if (channel.settled) return;
  const { timings, method, operation } = channel;
  channel.standing = weigh(channel.standing, classifySeries(timings, { rttMs, method, operation }), at);
}

/** Counts what a completed exchange brought and how old that was, once its body is known; false while it cannot be judged. */
export function countWorth(channel: Channel, exchange: Exchange, rttMs: number | null): boolean {
  if (exchange.outcome === 'aborted' || exchange.outcome === 'cut') return true;
  const body = exchange.network?.body;
  const endedAt = exchange.endedAt!;
  const labels = body ? bodyLabels(channel, body, 'received', exchange) : [];
  const json = body ? parseBody(body) : undefined;
  addStampsOf(channel.latency, json, endedAt);
  const judged = worthOf(exchange, channel.previous, rttMs, saysNothing(labels), json);
  if (judged === null) return false;
  const { worth, seen } = judged;
  exchange.worth = worth;
  channel.worth[worth]++;
  if (judged.hasContent) channel.answersWithContent++;
  if (worth === 'useful' || (worth === 'baseline' && judged.carries)) channel.newsMessages += messagesIn(labels);
  if (worth !== 'error') channel.previous = seen;
  const bucket = bucketAt(channel.series, endedAt);
  if (worth === 'useful') {
    bucket.useful++;
    noteArrival(channel, endedAt);
  } else if (worth !== 'baseline' && worth !== 'error') bucket.wasted++;
  const timing = channel.timings.findLast(({ exchangeId }) => exchangeId === exchange.id);
  if (timing !== undefined) {
    timing.hasNews = worth === 'useful' || (worth === 'baseline' && judged.carries);
    // Only uploads and holds are judged by what the answers said.
    if (channel.method !== 'GET' || timing.waitMs > LONG_WAIT_MS) reclassify(channel, rttMs, endedAt);
  }
  return true;
}

/** Adds what devtools.network measured of one HTTP exchange. */
export function countEntry(channel: Channel, entry: NetworkEntry): void {
  if (entry.fromCache) {
    channel.onWire--;
    channel.cached++;
    return;
  }
  if (entry.requestHeaderBytes !== null) channel.reported++;
  // Empty for a request that the page broke off.
  if (entry.httpVersion !== '') channel.httpVersion = entry.httpVersion;
  const bucket = bucketAt(channel.series, entry.endedAt);
  const { requestHeaderBytes, responseHeaderBytes, headerPlusMinus } = entry;
  bucket.headerBytes += (requestHeaderBytes ?? 0) + (responseHeaderBytes ?? 0);
  if (requestHeaderBytes !== null) addTo(channel.requestHeader, requestHeaderBytes, headerPlusMinus);
  if (responseHeaderBytes !== null) addTo(channel.responseHeader, responseHeaderBytes, headerPlusMinus);
  countHeaders(channel.headerCosts, entry);
}

export function countPayload(channel: Channel, direction: 'sent' | 'received', bytes: number | null, at: number): void {
  if (bytes === null) return;
  addTo(direction === 'sent' ? channel.payloadSent : channel.payloadReceived, bytes, 0);
  bucketAt(channel.series, at).payloadBytes += bytes;
}

export function countFraming(channel: Channel, bytes: number, at: number): void {
  channel.framingBytes += bytes;
  bucketAt(channel.series, at).framingBytes += bytes;
}

export function countMessage(
  channel: Channel,
  direction: 'sent' | 'received',
  payloadBytes: number | null,
  text: string | null,
  at: number,
): void {
  channel.messages[direction]++;
  channel.lastAt = at;
  countPayload(channel, direction, payloadBytes, at);
  bucketAt(channel.series, at).messages++;
  if (direction === 'received') noteArrival(channel, at);
  if (direction === 'received' && text !== null) addStampedMessage(channel.latency, text, at);
}

function noteArrival(channel: Channel, at: number): void {
  if (channel.lastReceivedAt !== null) addSample(channel.gaps, at - channel.lastReceivedAt);
  channel.lastReceivedAt = at;
}

function addTo(tally: Tally, bytes: number, plusMinus: number): void {
  tally.bytes += bytes;
  tally.of++;
  tally.min = Math.min(tally.min, bytes);
  tally.max = Math.max(tally.max, bytes);
  tally.plusMinus += plusMinus;
}

export function insertByStart(timings: Timing[], timing: Timing): void {
  let i = timings.length;
  while (i > 0 && timings[i - 1]!.startedAt > timing.startedAt) i--;
  if (i === timings.length) timings.push(timing);
  else timings.splice(i, 0, timing);
}
