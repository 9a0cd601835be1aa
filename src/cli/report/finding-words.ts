import type { CheckId, Finding } from '../../core/health/checks.ts';
import type { FixId, Severity } from '../../core/health/finding.ts';
import { bytes, duration } from '../format/numbers.ts';

type Words = { [C in CheckId]: (evidence: Extract<Finding, { check: C }>['evidence']) => string };

/** What each check looks for, for lists of rules. */
export const CHECK_TITLES: Record<CheckId, string> = {
  'buffering-proxy': 'A proxy collects the stream',
  'duplicate-pollers': 'The same thing is polled twice',
  'growing-buffered-amount': 'The page sends faster than the network takes it',
  'heartbeat-gaps': 'A stream falls silent',
  'instant-long-poll': 'Long polls are answered at once',
  'missing-cache-headers': 'Polled answers say nothing to caches',
  'one-way-web-socket': 'A WebSocket that only listens',
  'oversized-headers': 'Heads are larger than the news',
  'polling-beside-stream': 'Polling beside a healthy stream',
  'polling-faster-than-data': 'Polling faster than the data changes',
  'polling-while-hidden': 'Polling while the page is hidden',
  'reconnect-storm': 'Retries without backing off',
  'six-connections': 'Streams take the connections that all else needs',
  'socket-io-stuck-on-polling': 'Socket.IO never upgrades',
  'sse-closes-each-time': 'An event stream ends again and again',
  'uncompressed-polls': 'Large answers are not compressed',
  'wasteful-messages': 'Messages that bring nothing new',
  'web-socket-request-response': 'A WebSocket used as request and response',
};

const EVIDENCE: Words = {
  'buffering-proxy': (e) =>
    e.kind === 'stamps'
      ? `${e.messages} messages came in ${e.clumps} clumps, held back ${duration(e.medianHeldMs)}.`
      : `${e.clumps} clumps of about ${bytes(e.medianBytes)}: a buffer of ${bytes(e.bufferBytes)} fills up.`,
  'duplicate-pollers': (e) =>
    e.kind === 'documents'
      ? `${e.documents} documents made ${e.polls} polls for the same.`
      : e.kind === 'same-tick'
        ? `${e.doubled} of ${e.polls} polls were made twice in the same moment.`
        : `Two timers of ${duration(e.periodMs)} poll for the same.`,
  'growing-buffered-amount': (e) =>
    `The buffer grew for ${duration(e.forMs)} up to ${bytes(e.peakBytes)}: what is said now is heard ever later.`,
  'heartbeat-gaps': (e) =>
    e.kind === 'missed'
      ? `Silent up to ${duration(e.longestSilenceMs)} although a heartbeat comes every ${duration(e.heartbeatMs)}.`
      : `Cut ${e.cuts} times after ${duration(e.silenceMs)} of silence.`,
  'instant-long-poll': (e) =>
    `${e.instant} of ${e.requests} were answered after ${duration(e.medianWaitMs)}, ${e.wasted} of them with nothing.`,
  'missing-cache-headers': (e) =>
    `${e.withoutCacheControl} of ${e.answers} answers have no Cache-Control, ${e.withoutValidator} no ETag; ${e.repeated} were sent again unchanged.`,
  'one-way-web-socket': (e) => `${e.received} messages came in, ${e.sent} went out.`,
  'oversized-headers': (e) =>
    `A request's head is ${bytes(e.medianBytes)}, ${bytes(e.cookieBytes)} of it cookies: ${bytes(e.bytesPerHour)} an hour.`,
  'polling-beside-stream': (e) =>
    `${e.polls} polls, ${e.wasted} in vain, while a stream brought ${e.messages} messages.`,
  'polling-faster-than-data': (e) =>
    `${e.wasted} of ${e.polls} polls found nothing new${e.meanNewsGapMs === null ? '' : `; news come every ${duration(e.meanNewsGapMs)}`}.`,
  'polling-while-hidden': (e) => `${e.hiddenPolls} of ${e.of} polls were made while nobody could see the page.`,
  'reconnect-storm': (e) =>
    `${e.attempts} ${e.kind === 'connections' ? 'connections' : 'requests'} failed in ${duration(e.forMs)}, one every ${duration(e.medianGapMs)}.`,
  'six-connections': (e) =>
    `${e.held} of ${e.limit} connections to ${e.origin} are held${e.blockedRequests > 0 ? `; ${e.blockedRequests} requests waited up to ${duration(e.longestBlockedMs)}` : ''}.`,
  'socket-io-stuck-on-polling': (e) =>
    `${e.requests} requests in ${duration(e.pollingForMs)}${e.upgradeTried ? ', although an upgrade was tried' : ''}.`,
  'sse-closes-each-time': (e) =>
    e.kind === 'closes'
      ? `${e.closed} streams ended after ${duration(e.medianLifeMs)} each, with ${e.messagesPerConnection.toFixed(1)} messages.`
      : `${e.reconnects} of ${e.of} reconnects came after ${duration(e.medianDelayMs)}, sooner than the ${duration(e.retryMs)} asked for.`,
  'uncompressed-polls': (e) =>
    `${e.answers} of ${e.of} answers are plain text of about ${bytes(e.medianBytes)}: ${bytes(e.bytesPerHour)} an hour.`,
  'wasteful-messages': (e) =>
    `Of ${e.of} messages ${e.identical} repeat the one before, ${e.volatileOnly} but for the time.`,
  'web-socket-request-response': (e) =>
    `${e.answers} of ${e.received} messages answer one of ${e.sent} questions, after ${duration(e.medianAnswerMs)}.`,
};

export function findingWords(finding: Finding): { title: string; evidence: string } {
  const words = EVIDENCE[finding.check] as (evidence: Finding['evidence']) => string;
  return { title: CHECK_TITLES[finding.check], evidence: words(finding.evidence) };
}

export const SEVERITIES: Record<Severity, string> = { error: 'error', warning: 'warning', info: 'note' };

export const FIXES: Record<FixId, string> = {
  'stop-when-hidden': 'stop while the page is hidden',
  'stop-polling-once-the-stream-is-open': 'stop polling once the stream is open',
  'keep-the-response-open': 'keep the response open',
  'send-heartbeats': 'send heartbeats',
  'leave-reconnecting-to-the-browser': 'leave reconnecting to the browser',
  'back-off-exponentially': 'wait longer after each failure',
  'add-jitter': 'add a random delay',
  'switch-off-proxy-buffering': 'switch the proxy’s buffering off',
  'flush-after-each-event': 'flush after each event',
  'hold-until-there-is-news': 'hold the answer until there is news',
  'use-an-event-stream': 'use an event stream',
  'use-plain-requests': 'use plain requests',
  'let-upgrades-through': 'let upgrades through the proxy',
  'enable-sticky-sessions': 'send one client to one server (sticky sessions)',
  'use-http2': 'use HTTP/2',
  'share-one-connection': 'share one connection',
  'share-between-tabs': 'share between tabs',
  'share-between-components': 'share between the parts of the page',
  'watch-for-missed-heartbeats': 'watch for missed heartbeats',
  'wait-for-the-buffer-to-drain': 'wait for bufferedAmount to drain',
  'send-less-or-less-often': 'send less, or less often',
  'move-state-out-of-cookies': 'move state out of cookies',
  'narrow-the-cookie-path': 'narrow the path of cookies',
  'compress-responses': 'compress the answers',
  'send-cache-control': 'send Cache-Control',
  'send-an-etag': 'send an ETag',
  'poll-less-often': 'poll less often',
  'send-changes-only': 'send changes only',
  'leave-volatile-fields-out': 'leave fields out that always change',
};
