import type { Exchange } from '../model.ts';
import { textOfPayload } from '../protocols/wire/bytes.ts';
import type { Condition, Labels, RowTest } from './condition.ts';
import type { ChannelFacts } from './facts.ts';
import type { TextTest } from './text-test.ts';

const ALWAYS: RowTest = { message: () => true, exchange: () => true };

/** Plain text is sought in the URL, and in what messages and bodies say. */
export const textCondition = (text: TextTest): Condition => ({
  about: 'rows',
  some: (facts) => isInUrl(facts, text),
  all: (facts) => isInUrl(facts, text),
  of: (facts) => {
    if (isInUrl(facts, text)) return ALWAYS;
    const says = (content: string | Uint8Array | null) =>
      content !== null && text.test(typeof content === 'string' ? content : textOfPayload(content, text.maxChars));
    const isType = forRuns((type) => text.test(type));
    return {
      message: ({ content, type }) => isType(type) || says(content),
      exchange: ({ url, requestText, network }) => text.test(url) || says(requestText) || says(network?.body ?? null),
    };
  },
});

/** Asks once for each run of the same text: nearly all messages of a channel are of one type. */
function forRuns(test: (text: string) => boolean): (text: string) => boolean {
  let last: string | null = null;
  let answer = false;
  return (text) => {
    if (text !== last) {
      answer = test(text);
      last = text;
    }
    return answer;
  };
}

export const urlCondition = (text: TextTest): Condition => ({
  about: 'rows',
  some: (facts) => isInUrl(facts, text),
  all: (facts) => isInUrl(facts, text),
  of: (facts) => {
    const found = isInUrl(facts, text);
    return { message: () => found, exchange: ({ url }) => text.test(url) || found };
  },
});

/** Whether a word is in the URL that all rows of a channel share. */
export const isInUrl = ({ report }: ChannelFacts, text: TextTest): boolean =>
  text.test(report.sampleUrl) ||
  text.test(report.urlTemplate) ||
  (report.operation !== null && text.test(report.operation));

/** Names of server-sent events, and what the protocol's decoder calls a packet. */
export function eventCondition(text: TextTest): Condition {
  const isLabelled = (labels: Labels) =>
    labels().some(({ op, name }) => text.test(op) || (name !== null && text.test(name)));
  return {
    about: 'rows',
    some: (facts) => facts.hasEvent((name) => text.test(name)),
    all: () => false,
    of: () => ({
      message: ({ type }, labels) => text.test(type) || isLabelled(labels),
      exchange: (_exchange, labels) => isLabelled(labels),
    }),
  };
}

/** null: no direction. A request goes up and its answer comes down; what has no content says nothing that way. */
export function directionCondition(value: string): Condition | null {
  if (value !== 'sent' && value !== 'received') return null;
  const other = value === 'sent' ? 'received' : 'sent';
  return {
    about: 'rows',
    some: ({ report }) => report.messages[value] > 0,
    all: ({ report }) => report.messages[other] === 0 && report.exchanges === 0,
    of: () => ({
      message: ({ direction }) => direction === value,
      exchange: (exchange) => sizesOf(exchange)[value] > 0,
    }),
  };
}

export const headerCondition = (name: string): Condition => ({
  about: 'rows',
  some: (facts) => facts.hasResponseHeader(name),
  all: (facts) => facts.exchanges().every((exchange) => hasHeader(exchange, name)) && facts.hasResponseHeader(name),
  of: (facts) => {
    const had = facts.hasResponseHeader(name);
    return { message: () => had, exchange: (exchange) => hasHeader(exchange, name) };
  },
});

const hasHeader = ({ network }: Exchange, name: string): boolean =>
  network?.responseHeaders.some(([known]) => known.toLowerCase() === name) === true;

export const sizeCondition = (bytes: number): Condition => ({
  about: 'rows',
  some: (facts) => facts.largestPayloadBytes() > bytes,
  all: () => false,
  of: () => ({
    message: ({ payloadBytes }) => (payloadBytes ?? 0) > bytes,
    exchange: (exchange) => Math.max(sizesOf(exchange).sent, sizesOf(exchange).received) > bytes,
  }),
});

const sizesOf = ({ requestBodyBytes, responseBodyBytes }: Exchange): { sent: number; received: number } => ({
  sent: requestBodyBytes ?? 0,
  received: responseBodyBytes ?? 0,
});
