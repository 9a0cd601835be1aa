import type { Direction } from '../../protocol.ts';
import type { Content } from './block.ts';
import type { Message } from './messages.ts';
import { contentAt, NO_SIZE, SENT, type Segment } from './segment.ts';

/** A message seen where it lies: nothing is copied, for those who look at a million and ask little of each. */
export class MessageCursor implements Message {
  seq = -1;
  private segment!: Segment;
  private row = 0;

  /** `types`: names of the numbers in the column of types. */
  constructor(private readonly types: readonly string[]) {}

  moveTo(seq: number, segment: Segment, row: number): void {
    this.seq = seq;
    this.segment = segment;
    this.row = row;
  }

  get channelId(): number {
    return this.segment.channelId[this.row]!;
  }
  get carrierId(): number {
    return this.segment.carrierId[this.row]!;
  }
  get at(): number {
    return this.segment.at[this.row]!;
  }
  get direction(): Direction {
    return this.segment.flags[this.row] === SENT ? 'sent' : 'received';
  }
  get type(): string {
    return this.types[this.segment.type[this.row]!]!;
  }
  get payloadBytes(): number | null {
    const bytes = this.segment.payloadBytes[this.row]!;
    return bytes === NO_SIZE ? null : bytes;
  }
  get content(): Content {
    return contentAt(this.segment, this.row);
  }
  get lastEventId(): string {
    return this.segment.lastEventId?.[this.row] ?? '';
  }
}
