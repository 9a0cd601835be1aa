import type { Direction } from '../../protocol.ts';
import { BLOCK, type Block, type Content } from './block.ts';
import { MessageCursor } from './cursor.ts';
import { addContent, createSegment, NO_SIZE, SEGMENT, SENT, type Segment, setContentAt } from './segment.ts';
import { createSequence, type Sequence } from './sequence.ts';

/** One payload as the page's API saw it. Times epoch ms, sizes bytes. */
export interface Message {
  /** Position in the recording, from 0; never reused. */
  seq: number;
  channelId: number;
  /** The connection or, for a stream read through fetch or XMLHttpRequest, the exchange that carried it. */
  carrierId: number;
  at: number;
  direction: Direction;
  /** SSE event name; 'text' or 'binary' of a socket; 'stream' or 'datagram' of WebTransport. */
  type: string;
  payloadBytes: number | null;
  /** Its content, as much of it as was recorded; null where none was. */
  content: Content;
  lastEventId: string;
}

export interface MessageLimits {
  messages: number;
  /** Recorded content, in characters and bytes. */
  content: number;
}

export const DEFAULT_LIMITS: MessageLimits = { messages: 1_000_000, content: 200_000_000 };

/** All messages of a recording in columns (about 35 bytes a message besides its content), oldest first out. */
export interface MessageStore {
  /** `first` to `next - 1` are kept; what is older was dropped, `first` in number. */
  readonly first: number;
  readonly next: number;
  /** Content kept, in characters and bytes. */
  readonly contentSize: number;
  limits: MessageLimits;
  add(message: Omit<Message, 'seq'>): number;
  /** null: dropped, or not there yet. */
  get(seq: number): Message | null;
  /** To look at one message after the other. */
  cursor(): MessageCursor;
  /** Moves a cursor there; false where `get` is null. */
  seek(cursor: MessageCursor, seq: number): boolean;
  /** The joined texts that a message is among, and the first of them; null: not joined yet, or gone. */
  blockOf(seq: number): { block: Block; from: number } | null;
  /** The names that messages have as their type. */
  readonly types: readonly string[];
  /** The time alone, for drawing; NaN when it is gone. */
  timeOf(seq: number): number;
  /** Likewise its direction and its size (null: unknown); false and null when it is gone. */
  isSent(seq: number): boolean;
  payloadBytesOf(seq: number): number | null;
  /** Content that came after its message: a Blob's. */
  setContent(seq: number, content: Uint8Array): void;
  /** The kept messages of one channel, oldest first. */
  of(channelId: number): Sequence;
  /** One channel's messages turned out to be another's. */
  move(fromChannelId: number, toChannelId: number): void;
}

/** `first`: so many were dropped of a recording that is read again. */
export function createMessageStore(limits: MessageLimits = DEFAULT_LIMITS, first = 0): MessageStore {
  const segments: Segment[] = [];
  const types: string[] = [];
  const typeIds = new Map<string, number>();
  const byChannel = new Map<number, Sequence>();
  let next = first;
  let contentSize = 0;

  function typeId(type: string): number {
    let id = typeIds.get(type);
    if (id === undefined) {
      // A page may invent names without end.
      if (types.length === 0xffff) return 0;
      id = types.push(type) - 1;
      typeIds.set(type, id);
    }
    return id;
  }

  const segmentOf = (seq: number): Segment | undefined =>
    seq < first || seq >= next ? undefined : segments[Math.floor((seq - first) / SEGMENT)];

  function dropOldest(): void {
    contentSize -= segments.shift()!.contentBytes;
    first += SEGMENT;
    for (const sequence of byChannel.values()) sequence.dropBefore(first);
  }

  const store: MessageStore = {
    get first() {
      return first;
    },
    get next() {
      return next;
    },
    get contentSize() {
      return contentSize;
    },
    limits,
    add(message) {
      const row = (next - first) % SEGMENT;
      if (row === 0) segments.push(createSegment());
      const segment = segments.at(-1)!;
      segment.at[row] = message.at;
      segment.channelId[row] = message.channelId;
      segment.carrierId[row] = message.carrierId;
      segment.payloadBytes[row] = message.payloadBytes ?? NO_SIZE;
      segment.type[row] = typeId(message.type);
      segment.flags[row] = message.direction === 'sent' ? SENT : 0;
      addContent(segment, message.content);
      if (message.lastEventId !== '') {
        segment.lastEventId ??= [];
        segment.lastEventId[row] = message.lastEventId;
      }
      const size = message.content?.length ?? 0;
      segment.contentBytes += size;
      contentSize += size;
      store.of(message.channelId).push(next);
      const seq = next++;
      while (segments.length > 1 && (next - first > store.limits.messages || contentSize > store.limits.content))
        dropOldest();
      return seq;
    },
    get(seq) {
      const message = store.cursor();
      if (!store.seek(message, seq)) return null;
      const { channelId, carrierId, at, direction, type, payloadBytes, content, lastEventId } = message;
      return { seq, channelId, carrierId, at, direction, type, payloadBytes, content, lastEventId };
    },
    cursor: () => new MessageCursor(types),
    seek(cursor, seq) {
      const segment = segmentOf(seq);
      if (segment === undefined) return false;
      cursor.moveTo(seq, segment, (seq - first) % SEGMENT);
      return true;
    },
    blockOf(seq) {
      const row = (seq - first) % SEGMENT;
      const block = segmentOf(seq)?.blocks[Math.floor(row / BLOCK)];
      return block === undefined ? null : { block, from: seq - (row % BLOCK) };
    },
    types,
    timeOf: (seq) => segmentOf(seq)?.at[(seq - first) % SEGMENT] ?? Number.NaN,
    isSent: (seq) => segmentOf(seq)?.flags[(seq - first) % SEGMENT] === SENT,
    payloadBytesOf(seq) {
      const payloadBytes = segmentOf(seq)?.payloadBytes[(seq - first) % SEGMENT] ?? NO_SIZE;
      return payloadBytes === NO_SIZE ? null : payloadBytes;
    },
    setContent(seq, content) {
      const segment = segmentOf(seq);
      if (segment === undefined) return;
      setContentAt(segment, (seq - first) % SEGMENT, content);
      segment.contentBytes += content.length;
      contentSize += content.length;
    },
    of(channelId) {
      let sequence = byChannel.get(channelId);
      if (sequence === undefined) {
        sequence = createSequence();
        byChannel.set(channelId, sequence);
      }
      return sequence;
    },
    move(from, to) {
      const seqs = [...store.of(from).toArray(), ...store.of(to).toArray()].sort((a, b) => a - b);
      byChannel.delete(from);
      const merged = createSequence();
      for (const seq of seqs) {
        merged.push(seq);
        segmentOf(seq)!.channelId[(seq - first) % SEGMENT] = to;
      }
      byChannel.set(to, merged);
    },
  };
  return store;
}
