import type { Direction } from '../../protocol.ts';
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
  content: string | Uint8Array | null;
  lastEventId: string;
}

/** Rows of one segment. Whole segments are dropped, so that adding and dropping cost the same however much is kept. */
const SEGMENT = 4096;
const NO_SIZE = 0xffff_ffff;
const SENT = 1;

interface Segment {
  at: Float64Array;
  channelId: Uint32Array;
  carrierId: Uint32Array;
  payloadBytes: Uint32Array;
  type: Uint16Array;
  flags: Uint8Array;
  content: (string | Uint8Array | null)[];
  lastEventId: (string | undefined)[] | null;
  contentBytes: number;
}

export interface MessageLimits {
  messages: number;
  /** Recorded content, in characters and bytes. */
  content: number;
}

export const DEFAULT_LIMITS: MessageLimits = { messages: 1_000_000, content: 200_000_000 };

/** All messages of a recording in columns (about 32 bytes a message besides its content), oldest first out. */
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
  /** The same into an object that is there already, for those who look at a million; false where `get` is null. */
  read(seq: number, into: Message): boolean;
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
      segment.content[row] = message.content;
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
      const message = emptyMessage();
      return store.read(seq, message) ? message : null;
    },
    read(seq, into) {
      const segment = segmentOf(seq);
      if (segment === undefined) return false;
      const row = (seq - first) % SEGMENT;
      const payloadBytes = segment.payloadBytes[row]!;
      into.seq = seq;
      into.channelId = segment.channelId[row]!;
      into.carrierId = segment.carrierId[row]!;
      into.at = segment.at[row]!;
      into.direction = segment.flags[row] === SENT ? 'sent' : 'received';
      into.type = types[segment.type[row]!]!;
      into.payloadBytes = payloadBytes === NO_SIZE ? null : payloadBytes;
      into.content = segment.content[row] ?? null;
      into.lastEventId = segment.lastEventId?.[row] ?? '';
      return true;
    },
    timeOf: (seq) => segmentOf(seq)?.at[(seq - first) % SEGMENT] ?? Number.NaN,
    isSent: (seq) => segmentOf(seq)?.flags[(seq - first) % SEGMENT] === SENT,
    payloadBytesOf(seq) {
      const payloadBytes = segmentOf(seq)?.payloadBytes[(seq - first) % SEGMENT] ?? NO_SIZE;
      return payloadBytes === NO_SIZE ? null : payloadBytes;
    },
    setContent(seq, content) {
      const segment = segmentOf(seq);
      if (segment === undefined) return;
      segment.content[(seq - first) % SEGMENT] = content;
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

/** To be read into. */
export const emptyMessage = (): Message => ({
  seq: 0,
  channelId: 0,
  carrierId: 0,
  at: 0,
  direction: 'received',
  type: '',
  payloadBytes: null,
  content: null,
  lastEventId: '',
});

const createSegment = (): Segment => ({
  at: new Float64Array(SEGMENT),
  channelId: new Uint32Array(SEGMENT),
  carrierId: new Uint32Array(SEGMENT),
  payloadBytes: new Uint32Array(SEGMENT),
  type: new Uint16Array(SEGMENT),
  flags: new Uint8Array(SEGMENT),
  content: [],
  lastEventId: null,
  contentBytes: 0,
});
