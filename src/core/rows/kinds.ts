import type { Channel } from '../channels.ts';
import { isWithoutData } from '../protocols/labels.ts';
import type { Label } from '../protocols/protocol.ts';
import type { Message, MessageStore } from '../store/messages.ts';
import { labelsOfMessage } from './hints.ts';
import { createPairs, type Pairs } from './pairs.ts';

/**
 * What reading messages once taught: which of them carry data and which only keep the line (heartbeats, handshakes,
 * subscriptions), and which answer which. One byte a message.
 */
export interface Kinds {
  readonly pairs: Pairs;
  /** The message carries no data; decodes it if nobody has yet. */
  isControl(message: Message, channel: Channel): boolean;
  /** All messages from the first to `next` were read. */
  hasRead(first: number, next: number): boolean;
  /** A channel's protocol was recognised only now: what was read before is read anew. */
  forget(): void;
}

const BLOCK = 65_536;
const DATA = 1;
const CONTROL = 2;

export function createKinds(messages: MessageStore): Kinds {
  let blocks = new Map<number, Uint8Array>();
  const pairs = createPairs();
  /** The one looked at last: messages are read in order. */
  let last: { number: number; block: Uint8Array } = { number: -1, block: new Uint8Array(0) };

  function blockOf(seq: number): Uint8Array {
    const number = Math.floor(seq / BLOCK);
    if (number === last.number) return last.block;
    let block = blocks.get(number);
    if (block === undefined) {
      block = new Uint8Array(BLOCK);
      blocks.set(number, block);
      for (const old of blocks.keys()) if ((old + 1) * BLOCK <= messages.first) blocks.delete(old);
    }
    last = { number, block };
    return block;
  }

  function notePairs(labels: readonly Label[], { direction, at }: Message, channelId: number): void {
    for (const { correlation } of labels) if (correlation !== null) pairs.note(channelId, correlation, direction, at);
  }

  return {
    pairs,
    isControl(message, channel) {
      const block = blockOf(message.seq);
      const at = message.seq % BLOCK;
      if (block[at] === 0) {
        const labels = labelsOfMessage(channel, message);
        notePairs(labels, message, channel.id);
        block[at] = isWithoutData(labels) ? CONTROL : DATA;
      }
      return block[at] === CONTROL;
    },
    hasRead(first, next) {
      for (let seq = first; seq < next; seq = (Math.floor(seq / BLOCK) + 1) * BLOCK) {
        const block = blocks.get(Math.floor(seq / BLOCK));
        if (block === undefined || block.subarray(seq % BLOCK, (seq % BLOCK) + next - seq).includes(0)) return false;
      }
      return true;
    },
    forget() {
      blocks = new Map();
      last = { number: -1, block: new Uint8Array(0) };
    },
  };
}
