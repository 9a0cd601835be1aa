import { LINKS } from '../advise/links.ts';
import { median } from '../metrics/statistics.ts';
import type { MessageFacts, SessionFacts } from '../simulate/facts.ts';
import type { FindingOf } from './finding.ts';

const MIN_ANSWERS = 5;
/** A socket on which nearly all that is received answers something sent pushes nothing. */
const ANSWERED_SHARE = 0.9;
/** Without ids, what comes this long after a question is no answer to it. */
const PATIENCE_MS = 5000;

export type WebSocketRequestResponse = FindingOf<
  'web-socket-request-response',
  { sent: number; received: number; answers: number; medianAnswerMs: number; byId: boolean }
>;

/** A WebSocket that carries questions and their answers: what HTTP does, with caches, status codes and retries. */
export const webSocketRequestResponse = (session: SessionFacts): WebSocketRequestResponse[] =>
  session.channels
    .filter(({ transport }) => transport === 'websocket')
    .flatMap(({ id, messages }) => {
      const data = messages.filter(({ role }) => role === 'data');
      const received = data.filter(({ direction }) => direction === 'received').length;
      const byId = data.some(({ correlation }) => correlation !== null);
      const answers = byId ? answersById(data) : answersByTurn(data);
      if (answers.length < MIN_ANSWERS || answers.length < ANSWERED_SHARE * received) return [];
      return {
        check: 'web-socket-request-response',
        severity: 'info',
        channelIds: [id],
        evidence: {
          sent: data.length - received,
          received,
          answers: answers.length,
          medianAnswerMs: median(answers)!,
          byId,
        },
        fixes: ['use-plain-requests'],
        links: [LINKS.webSocket],
      };
    });

/** How long each answer took, where it names its question. */
function answersById(messages: readonly MessageFacts[]): number[] {
  const asked = new Map<string, number>();
  const answers: number[] = [];
  for (const { direction, correlation, at } of messages) {
    if (correlation === null) continue;
    const askedAt = asked.get(correlation);
    if (direction === 'sent') asked.set(correlation, at);
    else if (askedAt !== undefined) {
      answers.push(at - askedAt);
      asked.delete(correlation);
    }
  }
  return answers;
}

/** Likewise where questions and answers take turns, one for one. */
function answersByTurn(messages: readonly MessageFacts[]): number[] {
  const answers: number[] = [];
  for (let i = 1; i < messages.length; i++) {
    const [before, message] = [messages[i - 1]!, messages[i]!];
    const tookMs = message.at - before.at;
    if (before.direction === 'sent' && message.direction === 'received' && tookMs <= PATIENCE_MS) answers.push(tookMs);
  }
  return answers;
}
