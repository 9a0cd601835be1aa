import { displayTemplate, originOf } from '../channel-key.ts';
import { type Channel, type Tally, wastedOf } from '../channels.ts';
import type { Verdict } from '../classify/verdict.ts';
import { addFigures, derived, sumFigure } from '../metrics/figures.ts';
import { percentiles } from '../metrics/latency.ts';
import { type Figure, type Transport, UNKNOWN } from '../model.ts';
import type { Log } from '../state.ts';

/** One channel as the panel shows it and the session file keeps it. Bytes; times in ms. */
export interface ChannelReport {
  id: number;
  transport: Transport | null;
  method: string;
  urlTemplate: string;
  sampleUrl: string;
  protocol: string | null;
  httpVersion: string | null;
  frame: { frameId: number; url: string } | null;
  source: 'page' | 'network' | 'both';
  startedAt: number;
  lastAt: number;
  exchanges: number;
  inFlight: number;
  aborted: number;
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
  messages: { sent: number; received: number };
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
  latency: { p50: Figure; p95: Figure; max: Figure; samples: number };
  verdict: Verdict & { since: number | null };
}

const UNDECIDED: Verdict = {
  transport: null,
  confidence: 0,
  provisional: true,
  evidence: [{ kind: 'few', gaps: 0, needed: 3 }],
};

export function reportChannel(log: Log, channel: Channel): ChannelReport {
  const { worth, standing } = channel;
  const judged = Object.values(worth).reduce((sum, n) => sum + n, 0);
  // A request still held has sent its head, but nothing reports it before it ends.
  const over = channel.onWire - (channel.exchanges - channel.ended);
  const isConnection = channel.connections > 0;
  const alike = isConnection ? alikeTallies(log, channel) : null;
  const requestHeader = sumFigure(channel.requestHeader, over, alike?.request);
  const responseHeader = sumFigure(channel.responseHeader, over - channel.unanswered, alike?.response);
  const payloadSent = sumFigure(channel.payloadSent, channel.payloadSent.of);
  const completed = channel.ended - channel.aborted;
  const payloadReceived = sumFigure(
    channel.payloadReceived,
    Math.max(isConnection ? 0 : completed, channel.payloadReceived.of),
  );
  const framing = derived(channel.framingBytes);
  const wire = addFigures(requestHeader, responseHeader, framing, payloadSent, payloadReceived);
  const payload = (payloadSent.value ?? 0) + (payloadReceived.value ?? 0);
  const document = log.documents.get(channel.documentKey ?? '');
  return {
    id: channel.id,
    transport: standing?.verdict.transport ?? null,
    method: channel.method,
    urlTemplate: displayTemplate(channel.url),
    sampleUrl: channel.url,
    protocol: channel.protocol || null,
    httpVersion: channel.httpVersion,
    frame: document ? { frameId: document.frameId, url: document.url } : null,
    source: channel.documentKey === null ? 'network' : channel.reported > 0 ? 'both' : 'page',
    startedAt: channel.startedAt,
    lastAt: channel.lastAt,
    exchanges: channel.exchanges,
    inFlight: channel.exchanges - channel.ended,
    aborted: channel.aborted,
    connections: channel.connections,
    openConnections: channel.openConnections,
    reconnects: channel.reconnects,
    baseline: worth.baseline,
    useful: worth.useful,
    wasted: {
      empty: worth.empty,
      identical: worth.identical,
      volatileOnly: worth['volatile-only'],
      heldTimeout: worth['held-timeout'],
    },
    wastedTotal: wastedOf(channel),
    errors: worth.error,
    unjudged: Math.max(channel.ended - channel.aborted - judged, 0),
    messages: { ...channel.messages },
    reported: { exchanges: channel.reported, of: over },
    bytes: { requestHeader, responseHeader, framing, payloadSent, payloadReceived, wire },
    overheadRatio: wire.value === null || wire.value === 0 ? null : Math.max(wire.value - payload, 0) / wire.value,
    latency: latencyFigures(channel),
    verdict: { ...(standing?.verdict ?? UNDECIDED), since: standing?.since ?? null },
  };
}

/** Header sizes of other requests to the same host: the best guess for a handshake nobody reported yet. */
function alikeTallies(log: Log, channel: Channel): { request: Tally; response: Tally } | null {
  const host = hostOf(channel.url);
  const other = log.channels.find((c) => c !== channel && c.requestHeader.of > 0 && hostOf(c.url) === host);
  return other === undefined ? null : { request: other.requestHeader, response: other.responseHeader };
}

/** A server's stamp and this machine's clock: exact arithmetic, but the offset between both clocks is not in it. */
function latencyFigures(channel: Channel): ChannelReport['latency'] {
  const { p50, p95, max } = percentiles(channel.latency);
  const figure = (value: number | null): Figure => (value === null ? UNKNOWN : { ...derived(value), plusMinus: null });
  return { p50: figure(p50), p95: figure(p95), max: figure(max), samples: channel.latency.delayMs.length };
}

const hostOf = (url: string): string => originOf(url).replace(/^[a-z]+:/i, '');
