import type { Content } from '../../src/core/store/block.ts';
import type { MessageStore } from '../../src/core/store/messages.ts';
import { utf8Bytes } from '../../src/core/utf8.ts';
import type { PageEvent } from '../../src/protocol.ts';

export type MessageEvent = Extract<PageEvent, { kind: 'message' }>;

/** A received text message of connection `id`, `at` ms after the timeline began; `rest` says what is different. */
export const messageEvent = (
  id: number,
  at: number,
  text: string | null,
  rest: Partial<MessageEvent> = {},
): MessageEvent => ({
  kind: 'message',
  id,
  at,
  direction: 'received',
  type: 'text',
  payloadBytes: text === null ? null : utf8Bytes(text),
  text,
  bytes: null,
  contentId: null,
  lastEventId: '',
  ...rest,
});

/** Puts a message that says just this into a store. */
export function say(messages: MessageStore, content: Content): void {
  const message = {
    channelId: 1,
    carrierId: 2,
    at: 0,
    direction: 'received',
    type: 'text',
    payloadBytes: null,
  } as const;
  messages.add({ ...message, content, lastEventId: '' });
}
