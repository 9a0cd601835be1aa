import { originOf, questionOf } from './channel-key.ts';
import type { Standing } from './classify/hysteresis.ts';
import type { Timing } from './classify/timing.ts';
import { createHeadPlaces, type HeaderCosts, type HeadPlaces } from './headers.ts';
import { type Calls, createCalls } from './metrics/calls.ts';
import { createLatencySamples, type LatencySamples } from './metrics/latency.ts';
import { createSamples, type Samples } from './metrics/samples.ts';
import type { Previous } from './metrics/waste.ts';
import type { Exchange, Worth } from './model.ts';
import type { Protocol } from './protocols/protocol.ts';
import type { Route } from './routes.ts';
import type { Series } from './series.ts';
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

/** What a channel begins with. */
export interface ChannelJob {
  documentKey: string | null;
  method: string;
  /** The URL of its newest exchange. */
  url: string;
  /** Operation of GraphQL or method of JSON-RPC calls, null for all else. */
  operation: string | null;
}

/** Exchanges or connections doing one ongoing job: a poll series; a socket and its reconnects. */
export interface Channel extends ChannelJob {
  id: number;
  origin: string;
  /** What its newest exchange asks for. */
  question: string;
  /** Its route, where one is known. */
  route: Route | null;
  startedAt: number;
  lastAt: number;
  exchanges: number;
  ended: number;
  /** Answered by the cache: nothing crossed the wire. */
  cached: number;
  connections: number;
  openConnections: number;
  /** Times a connection opened, and how many were open side by side at most: attempts beyond those are reconnects. */
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
  /** Answers that brought news, and the application messages in them. */
  newsAnswers: number;
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
  headPlaces: HeadPlaces;
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

export function createChannel(id: number, { documentKey, method, url, operation }: ChannelJob, at: number): Channel {
  return {
    id,
    documentKey,
    method,
    operation,
    url,
    origin: originOf(url),
    question: questionOf(url),
    route: null,
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
    newsAnswers: 0,
    newsMessages: 0,
    answersWithContent: 0,
    requestsWithContent: 0,
    requestHeader: none(),
    responseHeader: none(),
    payloadSent: none(),
    payloadReceived: none(),
    framingBytes: 0,
    headerCosts: new Map(),
    headPlaces: createHeadPlaces(),
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
