import { displayTemplate, hostOf, originOf } from '../channel-key.ts';
import { verdictOf } from '../channel-verdict.ts';
import { type Channel, type Tally, wastedOf } from '../channels.ts';
import type { Verdict } from '../classify/verdict.ts';
import { isLoopbackHost, offsetOf } from '../metrics/clock.ts';
import { addFigures, derived, sumFigure } from '../metrics/figures.ts';
import { estimateHandshake } from '../metrics/handshake.ts';
import { type Percentiles, percentiles, relativeErrorOf } from '../metrics/latency.ts';
import { rttMs } from '../metrics/rtt.ts';
import { jitterOf, type Spread, spreadOf } from '../metrics/samples.ts';
import { type Figure, NO_HOOKS, type Transport, UNKNOWN } from '../model.ts';
import type { Log } from '../state.ts';

/** One channel as the panel shows it and the session file keeps it. Bytes; times in ms. */
export interface ChannelReport {
  id: number;
  transport: Transport | null;
  method: string;
  urlTemplate: string;
  sampleUrl: string;
  /** Of GraphQL and JSON-RPC calls. */
  operation: string | null;
  protocol: string | null;
  subprotocol: string | null;
  httpVersion: string | null;
  frame: { frameId: number; url: string } | null;
  source: 'page' | 'network' | 'both';
  startedAt: number;
  lastAt: number;
  /** HTTP requests that crossed the wire: exchanges, and the handshakes of connections. */
  requests: number;
  /** Requests of the page that crossed the wire; what the cache answered is counted apart. */
  exchanges: number;
  cached: number;
  inFlight: number;
  aborted: number;
  /** WebSocket, WebTransport and EventSource connections that were asked for, those of reconnects included. */
  connections: number;
  openConnections: number;
  reconnects: number;
  baseline: number;
  useful: number;
  wasted: { empty: number; identical: number; volatileOnly: number; heldTimeout: number };
  wastedTotal: number;
  errors: number;
  /** Completed exchanges whose body nobody could see. */
  unjudged: number;
  /** Of a connection or stream: its messages. Of polls: answers with news; of long polls: what these brought. Of requests: those, and those answers, that carried anything. */
  messages: { sent: number; received: number };
  /** Those of the messages that only keep the line alive. */
  heartbeats: { sent: number; received: number };
  /** The channel whose news this one answers: together they are one transport with two sides. */
  uplinkOf: number | null;
  /** HTTP exchanges (handshakes included) that devtools.network has reported, of all that are over. */
  reported: { exchanges: number; of: number };
  bytes: {
    requestHeader: Figure;
    responseHeader: Figure;
    framing: Figure;
    payloadSent: Figure;
    payloadReceived: Figure;
    wire: Figure;
  };
  /** (wire − payload) / wire, null while either is unknown. */
  overheadRatio: number | null;
  /** From the stamps in the messages; `clockOffsetMs`: how far the server's clock is ahead, which is taken out. */
  latency: { p50: Figure; p95: Figure; max: Figure; samples: number; clockOffsetMs: number };
  /** In ms. Round trip to the origin; request to response head; call to reply over a connection; between two pieces of news. */
  timing: {
    rttMs: number | null;
    ttfb: Spread;
    reply: Spread;
    interArrival: Spread & { jitterMs: number | null };
  };
  verdict: Verdict & { since: number | null };
}

const UNDECIDED: Verdict = {
  transport: null,
  confidence: 0,
  provisional: true,
  evidence: [{ kind: 'few', gaps: 0, needed: 3 }],
};

/** Reports of channels that were read from a file: what led to them was not saved, so they stand as they are. */
const kept = new WeakMap<Channel, ChannelReport>();

export const keepReport = (channel: Channel, report: ChannelReport): void => void kept.set(channel, report);

export function reportChannel(log: Log, channel: Channel): ChannelReport {
  const saved = kept.get(channel);
  if (saved !== undefined) return saved;
  const { worth, standing } = channel;
  const transport = standing?.verdict.transport ?? null;
  const judged = Object.values(worth).reduce((sum, n) => sum + n, 0);
  const isConnection = channel.connections > 0;
  // Only a poll asks in vain: a one-off request that is answered as before wasted nothing.
  const isPoll = transport === 'polling' || transport === 'long-polling';
  const inFlight = channel.exchanges - channel.ended;
  // A request still held has sent its head, but nothing reports it before it ends.
  const over = channel.onWire - inFlight;
  const bytes = bytesOf(log, channel, over);
  const { wire, payloadSent, payloadReceived } = bytes;
  const payload = (payloadSent.value ?? 0) + (payloadReceived.value ?? 0);
  const document = log.documents.get(channel.documentKey ?? '');
  return {
    id: channel.id,
    transport,
    method: channel.method,
    urlTemplate: displayTemplate(channel.url),
    sampleUrl: channel.url,
    operation: channel.operation,
    protocol: channel.protocol?.id ?? null,
    subprotocol: channel.subprotocol || null,
    httpVersion: channel.httpVersion,
    frame: document ? { frameId: document.frameId, url: document.url } : null,
    source:
      channel.documentKey === null || channel.documentKey === NO_HOOKS
        ? 'network'
        : channel.reported > 0
          ? 'both'
          : 'page',
    startedAt: channel.startedAt,
    lastAt: channel.lastAt,
    requests: channel.onWire,
    exchanges: channel.exchanges - channel.cached,
    cached: channel.cached,
    inFlight,
    aborted: channel.aborted,
    connections: isConnection ? channel.onWire : 0,
    openConnections: channel.openConnections,
    // A new socket of the same job is a reconnect as much as an EventSource that opens again, and so is an attempt that fails.
    reconnects: isConnection ? Math.max(channel.onWire - channel.parallel, 0) : channel.resumed,
    baseline: worth.baseline,
    useful: worth.useful,
    wasted: {
      empty: isPoll ? worth.empty : 0,
      identical: isPoll ? worth.identical : 0,
      volatileOnly: isPoll ? worth['volatile-only'] : 0,
      heldTimeout: isPoll ? worth['held-timeout'] : 0,
    },
    wastedTotal: isPoll ? wastedOf(channel) : 0,
    errors: worth.error,
    unjudged: Math.max(channel.ended - channel.aborted - channel.cached - channel.streamedEnded - judged, 0),
    messages: messagesOf(channel, transport),
    heartbeats: { ...channel.heartbeats },
    uplinkOf: channel.uplinkOf,
    reported: { exchanges: channel.reported, of: over },
    bytes,
    overheadRatio: wire.value === null || wire.value === 0 ? null : Math.max(wire.value - payload, 0) / wire.value,
    latency: latencyFigures(
      log,
      channel.url,
      percentiles(channel.latency),
      channel.latency.count,
      relativeErrorOf(channel.latency),
    ),
    timing: {
      rttMs: rttMs(log.rtt, originOf(channel.url)),
      ttfb: spreadOf(channel.ttfb),
      reply: spreadOf(channel.calls.replies),
      interArrival: { ...spreadOf(channel.gaps), jitterMs: jitterOf(channel.gaps) },
    },
    verdict: {
      ...(verdictOf(channel, rttMs(log.rtt, originOf(channel.url))) ?? UNDECIDED),
      since: standing?.since ?? null,
    },
  };
}

function messagesOf(channel: Channel, transport: Transport | null): ChannelReport['messages'] {
  if (channel.connections > 0 || channel.streamed > 0) return { ...channel.messages };
  if (channel.uplinkOf !== null) return { sent: channel.messages.sent, received: channel.answersWithContent };
  const sent = channel.operation === null ? channel.requestsWithContent : 0;
  switch (transport) {
    case 'polling':
      return { sent: channel.messages.sent, received: channel.newsAnswers };
    case 'long-polling':
      return { sent: channel.messages.sent, received: channel.newsMessages };
    case 'telemetry':
      return { sent: Math.max(sent, channel.exchanges - channel.cached), received: 0 };
    default:
      return { sent, received: channel.answersWithContent };
  }
}

function bytesOf(log: Log, channel: Channel, over: number): ChannelReport['bytes'] {
  const isConnection = channel.connections > 0;
  const alike = isConnection ? alikeTallies(log, channel) : null;
  // What is in flight has sent its head: until it is reported, others like it stand for it.
  const requestHeader = sumFigure(channel.requestHeader, channel.onWire, alike?.request);
  const responseHeader = sumFigure(channel.responseHeader, over - channel.unanswered, alike?.response);
  const payloadSent = sumFigure(channel.payloadSent, channel.payloadSent.of);
  const whole = channel.ended - channel.aborted - channel.cached - channel.streamedEnded;
  const payloadReceived = sumFigure(
    channel.payloadReceived,
    Math.max(isConnection ? 0 : whole, channel.payloadReceived.of),
  );
  const framing = derived(channel.framingBytes);
  const wire = addFigures(requestHeader, responseHeader, framing, payloadSent, payloadReceived);
  return { requestHeader, responseHeader, framing, payloadSent, payloadReceived, wire };
}

/** What a handshake nobody reported yet is best judged by: the lines of a WebSocket's, or other requests to the same host. */
function alikeTallies(log: Log, channel: Channel): { request: Tally; response: Tally } | null {
  if (channel.standing?.verdict.transport === 'websocket') {
    const page = log.documents.get(channel.documentKey ?? '')?.url ?? channel.url;
    const { url, subprotocol: protocol, extensions } = channel;
    const head = estimateHandshake(log.browserHeaders, { url, pageOrigin: originOf(page), protocol, extensions });
    if (head === null) return null;
    return {
      request: one(head.request, head.requestPlusMinus),
      response: one(head.response, head.responsePlusMinus),
    };
  }
  const host = hostOf(channel.url);
  const other = log.channels.find((c) => c !== channel && c.requestHeader.of > 0 && hostOf(c.url) === host);
  return other === undefined ? null : { request: other.requestHeader, response: other.responseHeader };
}

/** One head of this size, give or take. */
const one = (bytes: number, plusMinus: number): Tally => ({
  bytes,
  of: 1,
  min: bytes - plusMinus,
  max: bytes + plusMinus,
  plusMinus: 0,
});

const approximate = (figure: Figure, error: number): Figure =>
  error === 0
    ? figure
    : { ...figure, provenance: 'estimated', plusMinus: figure.plusMinus === null ? null : figure.plusMinus + error };

/** A server's stamp and this machine's clock: exact arithmetic on both, and as good as what is known of the offset between them. */
export function latencyFigures(
  log: Log,
  url: string,
  { p50, p95, max }: Percentiles,
  samples: number,
  relativeError = 0,
): ChannelReport['latency'] {
  const host = hostOf(url);
  const { offsetMs, plusMinusMs } = offsetOf(log.clocks.get(host), isLoopbackHost(host));
  const figure = (value: number | null): Figure =>
    value === null ? UNKNOWN : { ...derived(value + offsetMs), plusMinus: plusMinusMs };
  const quantile = (value: number | null): Figure => approximate(figure(value), Math.abs(value ?? 0) * relativeError);
  return { p50: quantile(p50), p95: quantile(p95), max: figure(max), samples, clockOffsetMs: offsetMs };
}
