import type { Transport } from '../../core/model.ts';
import type { MessageKey } from './t.ts';

/** What is asked of somebody who wants a transport; null: not answered yet. */
export interface GuideAnswers {
  serverCanPush: boolean | null;
  instant: boolean | null;
  pathOpen: boolean | null;
  bothTalk: boolean | null;
  binary: boolean | null;
}

export interface GuideQuestion {
  id: keyof GuideAnswers;
  text: MessageKey;
  yes: MessageKey;
  no: MessageKey;
}

const YES_NO = { yes: 'guide_yes', no: 'guide_no' } as const;

/** In the order in which each may settle the matter. */
const QUESTIONS: readonly GuideQuestion[] = [
  { id: 'serverCanPush', text: 'guide_server', ...YES_NO },
  { id: 'instant', text: 'guide_delay', yes: 'guide_delay_instant', no: 'guide_delay_patient' },
  { id: 'pathOpen', text: 'guide_path', ...YES_NO },
  { id: 'bothTalk', text: 'guide_talks', yes: 'guide_talks_both', no: 'guide_talks_server' },
  { id: 'binary', text: 'guide_binary', ...YES_NO },
];

export interface GuideAdvice {
  transport: Transport;
  why: MessageKey;
}

export const UNANSWERED: GuideAnswers = {
  serverCanPush: null,
  instant: null,
  pathOpen: null,
  bothTalk: null,
  binary: null,
};

/** What the answers given so far lead to; null while another question decides. */
export function guideAdvice({ serverCanPush, instant, pathOpen, bothTalk, binary }: GuideAnswers): GuideAdvice | null {
  if (serverCanPush === false) return { transport: 'polling', why: 'guide_why_polling_server' };
  if (serverCanPush === null) return null;
  if (instant === false) return { transport: 'polling', why: 'guide_why_polling_patient' };
  if (instant === null) return null;
  if (pathOpen === false) return { transport: 'long-polling', why: 'guide_why_longPolling' };
  if (pathOpen === null) return null;
  if (bothTalk === true) return { transport: 'websocket', why: 'guide_why_websocket_both' };
  if (bothTalk === null || binary === null) return null;
  return binary
    ? { transport: 'websocket', why: 'guide_why_websocket_binary' }
    : { transport: 'sse', why: 'guide_why_sse' };
}

/** The questions to show: those that were answered before the matter was settled, and the next. */
export function questionsFor(answers: GuideAnswers): GuideQuestion[] {
  const shown: GuideQuestion[] = [];
  let soFar = UNANSWERED;
  for (const question of QUESTIONS) {
    if (guideAdvice(soFar) !== null) break;
    shown.push(question);
    if (answers[question.id] === null) break;
    soFar = { ...soFar, [question.id]: answers[question.id] };
  }
  return shown;
}
