import { type Label, label, type Protocol } from './protocol.ts';
import { isObject, type Json, readObject, textOf } from './wire/json.ts';
import { isEventStream, pathOf } from './wire/url.ts';

/** Token streams of https://platform.openai.com/docs/api-reference/chat-streaming and /responses-streaming, and of the many that copy them. */
export const openAiStream: Protocol = {
  id: 'openai-stream',
  displayName: 'OpenAI stream',
  claims: (hint) => isEventStream(hint) && /\/(?:chat\/)?completions$/.test(pathOf(hint.url)),
  recognises: (payload, direction) => {
    const event = direction === 'received' && typeof payload === 'string' ? readObject(payload) : null;
    return (
      event !== null &&
      (isChunk(event) || (RESPONSE.test(String(event.type)) && ('response' in event || 'item_id' in event)))
    );
  },
  decode: (payload, direction) => {
    if (typeof payload !== 'string' || direction === 'sent') return [];
    if (payload === DONE) return [label('control', 'done')];
    const event = readObject(payload);
    return event === null ? [] : ofEvent(event);
  },
};

/** Ends the stream, also those of others. */
export const DONE = '[DONE]';
const RESPONSE = /^response\.[a-z_.]+$/;

const isChunk = ({ object, choices }: Json): boolean =>
  (object === 'chat.completion.chunk' || object === 'text_completion') && Array.isArray(choices);

function ofEvent(event: Json): Label[] {
  const type = textOf(event.type);
  if (type !== null) return [label(/\.delta$/.test(type) ? 'data' : 'control', type)];
  if ('error' in event) return [label('control', 'error')];
  if (!Array.isArray(event.choices)) return [];
  const [choice] = event.choices;
  if (!isObject(choice)) return [label('control', 'usage')];
  if (bringsTokens(choice)) return [label('data', 'delta')];
  const reason = textOf(choice.finish_reason);
  return [reason === null ? label('control', 'start') : label('control', 'finish', reason)];
}

/** Some text, reasoning or part of a tool call; the first chunk names the role alone, the last the reason to stop. */
function bringsTokens({ delta, text }: Json): boolean {
  if (typeof text === 'string') return text !== '';
  return (
    isObject(delta) && Object.entries(delta).some(([key, value]) => key !== 'role' && value !== null && value !== '')
  );
}
