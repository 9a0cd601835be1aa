import { BLOCK, type Block, type Content, contentOf, joinRows, setRow } from './block.ts';

/** Rows of one segment. Whole segments are dropped, so that adding and dropping cost the same however much is kept. */
export const SEGMENT = 4096;
export const NO_SIZE = 0xffff_ffff;
export const SENT = 1;

/** Messages one after the other, a column for each thing that is known of them. */
export interface Segment {
  at: Float64Array;
  channelId: Uint32Array;
  carrierId: Uint32Array;
  payloadBytes: Uint32Array;
  type: Uint16Array;
  flags: Uint8Array;
  /** Content of whole blocks, and of the rows after them. */
  blocks: Block[];
  open: Content[];
  lastEventId: (string | undefined)[] | null;
  contentBytes: number;
}

export const createSegment = (): Segment => ({
  at: new Float64Array(SEGMENT),
  channelId: new Uint32Array(SEGMENT),
  carrierId: new Uint32Array(SEGMENT),
  payloadBytes: new Uint32Array(SEGMENT),
  type: new Uint16Array(SEGMENT),
  flags: new Uint8Array(SEGMENT),
  blocks: [],
  open: [],
  lastEventId: null,
  contentBytes: 0,
});

export function addContent(segment: Segment, content: Content): void {
  segment.open.push(content);
  if (segment.open.length < BLOCK) return;
  segment.blocks.push(joinRows(segment.open));
  segment.open = [];
}

export function contentAt({ blocks, open }: Segment, row: number): Content {
  const block = blocks[Math.floor(row / BLOCK)];
  return block === undefined ? open[row % BLOCK]! : contentOf(block, row % BLOCK);
}

export function setContentAt({ blocks, open }: Segment, row: number, content: Content): void {
  const block = blocks[Math.floor(row / BLOCK)];
  if (block === undefined) open[row % BLOCK] = content;
  else setRow(block, row % BLOCK, content);
}
