import type { ExchangeStore } from './exchanges.ts';
import type { MessageStore } from './messages.ts';

/** Of a message besides its content: `npm run bench:core`. */
export const MESSAGE_BYTES = 58;
/** Of an exchange besides its headers and bodies: 20,000 polls with what the network log tells of them, Node 20. */
export const EXCHANGE_BYTES = 700;

/** What a recording takes, in bytes; a character counts as one. Headers are not counted. */
export interface Memory {
  /** Content of messages, and bodies. */
  contentBytes: number;
  /** All that, and the records of messages and exchanges. */
  bytes: number;
  /** What `bytes` may come to before the oldest goes; null: a file, of which everything is kept. */
  limitBytes: number | null;
}

/** Costs the same however much is kept. */
export function memoryOf({ messages, exchanges }: { messages: MessageStore; exchanges: ExchangeStore }): Memory {
  const contentBytes = messages.contentSize + exchanges.bodySize;
  const records = recordBytes(messages.next - messages.first, exchanges.all.length);
  const limitBytes =
    messages.limits.content +
    exchanges.limits.bodies +
    recordBytes(messages.limits.messages, exchanges.limits.exchanges);
  return {
    contentBytes,
    bytes: contentBytes + records,
    limitBytes: Number.isFinite(limitBytes) ? limitBytes : null,
  };
}

const recordBytes = (messages: number, exchanges: number): number =>
  messages * MESSAGE_BYTES + exchanges * EXCHANGE_BYTES;
