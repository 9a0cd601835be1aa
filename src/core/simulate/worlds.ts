import type { Assumption, AssumptionId } from './assumptions.ts';
import { clientGapOf, sendingOf } from './client.ts';
import { askBytesOf, bodyRatioOf, emptyReplyOf, envelopeOf, eventFieldsOf } from './content.ts';
import { type Estimate, spreadOf } from './estimate.ts';
import type { Inferred } from './events.ts';
import type { ChannelFacts, SessionFacts } from './facts.ts';
import { headsOf } from './heads.ts';
import { type Known, roundTripOf, serviceOf, wayDownOf } from './link.ts';
import { heartbeatOf, outagesOf, resumes } from './rhythm.ts';
import { sendsOf } from './sends.ts';
import type { HeadSizes, HttpVersion, World } from './world.ts';

/** The world as it probably is, and as it is when all that is not known is as cheap and quick, or as dear and slow, as it may be. */
export interface Worlds {
  value: World;
  low: World;
  high: World;
  assumptions: Assumption[];
}

type Corner = 'value' | 'low' | 'high';
const CORNERS: readonly Corner[] = ['value', 'low', 'high'];
/** Of a gap, the longest is the cheapest. */
const DEAREST: Record<Corner, Corner> = { value: 'value', low: 'high', high: 'low' };

const assumed = (value: number, low: number, high: number): Known => ({
  estimate: { value, low, high },
  basis: 'assumed',
});
const measured = (estimate: Estimate | null, otherwise: Known): Known =>
  estimate === null ? otherwise : { estimate, basis: 'measured' };

/**
 * Chromium 156 with DevTools open on two cores, p10, median and p90 of polls and long polls: 2, 4 and 8 ms to send, 5, 8 and 12
 * from arrival to the page's next request. Less where nothing else is busy, more on a telephone.
 */
const SENDING = assumed(4, 0.5, 15);
const CLIENT_GAP = assumed(8, 1, 40);
/** Node.js and Apache wait 5 s for the next request of an idle connection, nginx 75 s. */
const KEEP_ALIVE = assumed(60_000, 5000, 75_000);
/** "every 15 seconds or so", https://html.spec.whatwg.org/multipage/server-sent-events.html#authoring-notes. */
const HEARTBEAT = assumed(15_000, 10_000, 30_000);
/** `{"events":[…],"next":7}` and the like. */
const ENVELOPE = assumed(20, 0, 60);
/** `[]` or `{"events":[]}`. */
const EMPTY_REPLY = assumed(2, 0, 50);
/** `data: ` alone; with an id as in an average server; with a name and a long id. */
const EVENT_FIELDS = assumed(14, 8, 45);

/** @param httpVersion which version of HTTP the requests would go over; a channel's own, or the other to compare. */
export function worldsOf(
  channel: ChannelFacts,
  session: SessionFacts,
  inferred: Inferred,
  httpVersion: HttpVersion,
): Worlds {
  const rtt = roundTripOf(channel);
  const service = serviceOf(channel, rtt.estimate);
  const wayDown = wayDownOf(channel);
  const sending = measured(sendingOf(channel), SENDING);
  const clientGap = measured(clientGapOf(channel), CLIENT_GAP);
  const isStream = channel.connections.length > 0;
  const beats = heartbeatOf(channel);
  const heartbeat = beats === null && isStream ? null : measured(beats, HEARTBEAT);
  const envelope = measured(envelopeOf(channel), ENVELOPE);
  const emptyReply = measured(emptyReplyOf(channel), EMPTY_REPLY);
  const eventFields = measured(eventFieldsOf(channel), EVENT_FIELDS);
  const heads = headsOf(channel, httpVersion);
  const sends = sendsOf(channel, session, inferred);

  const worldAt = (corner: Corner): World => {
    const rttMs = rtt.estimate[corner];
    // Without stamps the round trip is known, not how it divides: all of it may be the way there, or the way back.
    const halfMs = corner === 'value' ? rttMs / 2 : corner === 'low' ? 0 : rttMs;
    const downMs = wayDown?.[corner] ?? halfMs;
    const sizes = Object.fromEntries(
      Object.entries(heads).map(([kind, { request, response }]) => [
        kind,
        { requestBytes: request[corner], responseBytes: response[corner] },
      ]),
    ) as unknown as HeadSizes;
    return {
      horizonMs: inferred.to - inferred.from,
      link: {
        upMs: sending.estimate[corner] + Math.max(rttMs - downMs, 0),
        downMs,
        serviceMs: service.estimate[corner],
        clientGapMs: clientGap.estimate[corner],
      },
      httpVersion,
      heads: sizes,
      askBytes: askBytesOf(channel),
      envelopeBytes: envelope.estimate[corner],
      emptyReplyBytes: emptyReply.estimate[corner],
      bodyRatio: bodyRatioOf(channel),
      eventFieldBytes: eventFields.estimate[corner],
      keepAliveMs: KEEP_ALIVE.estimate[corner],
      heartbeatMs: heartbeat?.estimate[DEAREST[corner]] ?? null,
      outages: outagesOf(channel, inferred),
      replay: resumes(channel),
      sends,
    };
  };
  const [value, low, high] = CORNERS.map(worldAt) as [World, World, World];
  const list: [AssumptionId, Known | null][] = [
    ['rtt', rtt],
    ['service', service],
    ['sending', sending],
    ['client-gap', clientGap],
    ['keep-alive', KEEP_ALIVE],
    ['heartbeat', heartbeat],
    ['poll-request-head', { estimate: heads.poll.request, basis: heads.poll.basis }],
    ['poll-response-head', { estimate: heads.poll.response, basis: heads.poll.basis }],
    ['stream-request-head', { estimate: heads.stream.request, basis: heads.stream.basis }],
    ['stream-response-head', { estimate: heads.stream.response, basis: heads.stream.basis }],
    ['web-socket-request-head', { estimate: heads.webSocket.request, basis: heads.webSocket.basis }],
    ['web-socket-response-head', { estimate: heads.webSocket.response, basis: heads.webSocket.basis }],
    ['envelope', envelope],
    ['empty-reply', emptyReply],
    ['event-fields', eventFields],
    ['event-payload', payloadOf(inferred)],
  ];
  const assumptions = list.flatMap(([id, known]) => (known === null ? [] : [{ id, ...known }]));
  return { value, low, high, assumptions };
}

/** Listed only where payloads had to be taken for like the others. */
function payloadOf({ events, unknownPayloads }: Inferred): Known | null {
  if (unknownPayloads === 0) return null;
  const spread = spreadOf(events.map(({ payloadBytes }) => payloadBytes));
  return spread === null ? null : { estimate: spread, basis: unknownPayloads < events.length ? 'derived' : 'assumed' };
}
