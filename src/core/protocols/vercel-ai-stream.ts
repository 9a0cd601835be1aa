import { DONE } from './openai-stream.ts';
import { type Label, label, MAX_LABELS, type Protocol } from './protocol.ts';
import { type Json, readObject } from './wire/json.ts';

/** https://ai-sdk.dev/docs/ai-sdk-ui/stream-protocol: JSON in server-sent events, or lines `<code>:<JSON>` up to version 4. */
export const vercelAiStream: Protocol = {
  id: 'vercel-ai-stream',
  displayName: 'Vercel AI SDK stream',
  claims: () => false,
  recognises: (payload, direction) => {
    if (direction === 'sent' || typeof payload !== 'string') return false;
    if (payload[0] !== '{') return FIRST_LINE.test(payload.slice(0, 200));
    const part = readObject(payload);
    return part !== null && isCertain(part);
  },
  decode: (payload, direction) => {
    if (direction === 'sent' || typeof payload !== 'string') return [];
    if (payload === DONE) return [label('control', 'done')];
    return payload[0] === '{' ? ofPart(readObject(payload)) : payload.split('\n', MAX_LABELS).flatMap(ofLine);
  },
};

const CONTROL = new Set([
  'start',
  'finish',
  'abort',
  'error',
  'start-step',
  'finish-step',
  'message-metadata',
  'text-start',
  'text-end',
  'reasoning-start',
  'reasoning-end',
]);
const DATA =
  /^(?:(?:text|reasoning|tool-input)-delta|tool-(?:input|output|approval)-[a-z-]+|source-(?:url|document)|file|data-.+)$/;

/** A start that names its message, or text that names its part. */
const isCertain = ({ type, id, delta, messageId }: Json): boolean =>
  (type === 'start' && typeof messageId === 'string') ||
  ((type === 'text-delta' || type === 'reasoning-delta') && typeof id === 'string' && typeof delta === 'string');

function ofPart(part: Json | null): Label[] {
  const type = part?.type;
  if (typeof type !== 'string') return [];
  return CONTROL.has(type) ? [label('control', type)] : DATA.test(type) ? [label('data', type)] : [];
}

/** Codes of the line form. */
const LINES: Record<string, [Label['role'], string]> = {
  '0': ['data', 'text'],
  '2': ['data', 'data'],
  '3': ['control', 'error'],
  '8': ['control', 'annotations'],
  '9': ['data', 'tool-call'],
  a: ['data', 'tool-result'],
  b: ['control', 'tool-call-start'],
  c: ['data', 'tool-call-delta'],
  d: ['control', 'finish'],
  e: ['control', 'finish-step'],
  f: ['control', 'start-step'],
  g: ['data', 'reasoning'],
  h: ['data', 'source'],
  i: ['control', 'redacted-reasoning'],
  j: ['control', 'reasoning-signature'],
  k: ['data', 'file'],
};
/** The step's message id, or text right away. */
const FIRST_LINE = /^(?:f:\{"messageId":"|0:"[^\n]*"\n[0-9a-k]:["[{])/;
const LINE = /^([0-9a-k]):["[{]/;

function ofLine(line: string): Label[] {
  const [role, op] = LINES[LINE.exec(line.slice(0, 3))?.[1] ?? ''] ?? [];
  return role === undefined || op === undefined ? [] : [label(role, op)];
}
