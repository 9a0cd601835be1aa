/** Turns the protocol's monotonic seconds into wall time, by the newest reading of both clocks. */
export interface Clock {
  /** Both clocks in one instant, in s. */
  read(wallTime: number, timestamp: number): void;
  /** Epoch ms of a time in s. */
  wall(timestamp: number): number;
  /** The same reading in ms, as batches carry it. */
  readonly pair: { wallAt: number; monoAt: number };
}

export function createClock(): Clock {
  let pair = { wallAt: 0, monoAt: 0 };
  return {
    read(wallTime, timestamp) {
      pair = { wallAt: wallTime * 1000, monoAt: timestamp * 1000 };
    },
    wall: (timestamp) => pair.wallAt - pair.monoAt + timestamp * 1000,
    get pair() {
      return pair;
    },
  };
}
