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
  content: (string | Uint8Array | null)[];
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
  content: [],
  lastEventId: null,
  contentBytes: 0,
});
