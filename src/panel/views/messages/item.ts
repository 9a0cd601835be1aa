import type { Exchange } from '../../../core/model.ts';
import type { Row } from '../../../core/rows/row-list.ts';
import type { Message } from '../../../core/store/messages.ts';
import type { MessageList } from './list-state.ts';

/** What a row stands for, held so that it can still be read when the recording has dropped it. */
export type Item = { row: Row; message: Message; exchange: null } | { row: Row; message: null; exchange: Exchange };

/** null: dropped before anybody held it. */
export function itemOf({ log }: MessageList, row: Row): Item | null {
  if (typeof row !== 'number') return { row, message: null, exchange: row };
  const message = log.history.messages.get(row);
  return message === null ? null : { row, message, exchange: null };
}

/** The content of a message, or the answer to a request. */
export const payloadOf = ({ message, exchange }: Item): string | Uint8Array | null =>
  message !== null ? message.content : (exchange.network?.body ?? null);

export const startOf = ({ message, exchange }: Item): number => message?.at ?? exchange!.startedAt;
export const channelIdOf = ({ message, exchange }: Item): number => message?.channelId ?? exchange!.channelId;

/** Of the message's payload or the answer's body; null: unknown. */
export const sizeOf = ({ message, exchange }: Item): number | null =>
  message !== null ? message.payloadBytes : exchange.responseBodyBytes;
