import type { PageEvent } from '../../protocol.ts';
import { countEnd, settle } from '../channel-verdict.ts';
import { channelOf } from '../jobs.ts';
import { awaitJudgement, judge } from '../judging.ts';
import { addWait, rttMs } from '../metrics/rtt.ts';
import { type Outcome, unreachable } from '../model.ts';
import { isReaction, noteArrival } from '../reactions.ts';
import { remembered } from '../remembered.ts';
import { type KnownExchange, type Log, pageKey, wasHidden } from '../state.ts';
import { join } from './join.ts';
import { countRequest, createExchange, knownAs } from './start.ts';
import { beginStream, takeChunk } from './streams.ts';

type ExchangeEvent = Extract<PageEvent, { kind: 'request' | 'response' | 'chunk' | 'end' }>;

export function applyExchangeEvent(log: Log, documentKey: string, event: ExchangeEvent, at: number): void {
  const key = pageKey(log, documentKey, event.id);
  if (event.kind === 'request') {
    begin(log, key, documentKey, event, at);
    return;
  }
  const known = log.exchanges.get(key);
  if (known === undefined) return;
  const { exchange } = known;
  switch (event.kind) {
    case 'response':
      exchange.respondedAt = at;
      exchange.status = event.status;
      exchange.contentType = event.contentType;
      beginStream(known, at);
      return;
    case 'chunk':
      takeChunk(log, known, event.bytes, event.text, at);
      return;
    case 'end':
      if (exchange.endedAt !== null && !known.isUnread) return;
      if (event.bodyBytes !== null) exchange.responseBodyBytes = event.bodyBytes;
      if (known.isUnread) {
        if (event.outcome === 'done') endLater(log, key, known, at);
      } else end(log, key, known, event.outcome, at);
      return;
    default:
      unreachable(event);
  }
}

/** Few methods are used again and again. */
const inCapitals = remembered((method) => method.toUpperCase());

function begin(
  log: Log,
  key: number,
  documentKey: string,
  event: Extract<PageEvent, { kind: 'request' }>,
  at: number,
): void {
  const method = inCapitals(event.method);
  const url = event.url ?? '';
  const channel = channelOf(log, { documentKey, method, url, requestText: event.bodyText }, at);
  const exchange = createExchange(log, channel, documentKey, method, url, at);
  exchange.api = event.api;
  exchange.page = true;
  exchange.requestBodyBytes = event.bodyBytes;
  exchange.requestText = event.bodyText;
  exchange.stack = event.stack;
  exchange.hidden = wasHidden(log, documentKey, at);
  exchange.isReaction = isReaction(log, documentKey, channel.id, at);
  countRequest(channel, exchange, at);
  log.sources.pageOnly++;
  log.exchanges.set(key, knownAs(exchange, channel));
  if (event.api === 'beacon') settle(channel, 'telemetry', { kind: 'beacon' }, at);
  const entry = log.joiner.addExchange(exchange, key);
  if (entry !== null) join(log, key, entry);
}

/** An exchange is over; it is judged once its entry came as well. `unread`: the page took no look at the answer. */
export function end(log: Log, key: number, known: KnownExchange, outcome: Outcome, at: number, unread = false): void {
  const { exchange, channel } = known;
  exchange.endedAt = at;
  exchange.outcome = outcome;
  known.isUnread = unread;
  noteArrival(log, exchange.documentKey, channel.id, at);
  const { origin } = channel;
  if (exchange.respondedAt !== null)
    addWait(log.rtt, origin, exchange.waitMs ?? exchange.respondedAt - exchange.startedAt);
  countEnd(channel, exchange, rttMs(log.rtt, origin), unread);
  awaitJudgement(known);
  if (exchange.network !== null) judge(log, key, known);
}

/** The page had been waiting for the whole of an answer whose head came long before: that is when it ended. */
function endLater(log: Log, key: number, known: KnownExchange, at: number): void {
  const { exchange, channel } = known;
  known.isUnread = false;
  exchange.endedAt = at;
  channel.lastAt = Math.max(channel.lastAt, at);
  const timing = channel.timings.find(({ exchangeId }) => exchangeId === exchange.id);
  if (timing !== undefined) Object.assign(timing, { endedAt: at, unread: false });
  if (exchange.worth !== null) return;
  // It was judged without its body, or is yet to be.
  known.isReady = false;
  if (!channel.unjudged.includes(known)) awaitJudgement(known);
  if (exchange.network !== null) judge(log, key, known);
}
