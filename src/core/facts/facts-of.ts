import type { DocumentFacts, SessionFacts, Span } from '../simulate/facts.ts';
import type { KnownDocument, Log } from '../state.ts';
import { channelFacts } from './channel.ts';
import { clocksOf } from './clocks.ts';
import { browserHeadersOf } from './handshakes.ts';

/**
 * What simulation, advice and health need of a recording, live or read from a file. The work is bounded: of each channel the
 * newest 20,000 exchanges and messages count. Nothing in the log is changed.
 */
export function factsOf(log: Log): SessionFacts {
  const { startedAt, now } = log;
  const clocks = clocksOf(log);
  const browserHeaders = browserHeadersOf(log);
  return {
    startedAt,
    now,
    documents: [...log.documents.values()].map((document) => documentFacts(document, now)),
    channels: log.channels.map((channel) => channelFacts(log, channel, clocks, browserHeaders)),
  };
}

function documentFacts({ key, url, visibility }: KnownDocument, now: number): DocumentFacts {
  const hidden: Span[] = [];
  let since: number | null = null;
  for (const change of visibility) {
    if (change.hidden) since ??= change.at;
    else if (since !== null) {
      hidden.push({ from: since, to: change.at });
      since = null;
    }
  }
  if (since !== null) hidden.push({ from: since, to: now });
  return { key, url, hidden };
}
