/** What happened on a channel in one second. */
export interface Bucket {
  /** Epoch second. */
  second: number;
  useful: number;
  wasted: number;
  headerBytes: number;
  framingBytes: number;
  payloadBytes: number;
  messages: number;
}

/** Seconds kept: the last ten minutes are drawn, older ones only count in the totals. */
const MAX_BUCKETS = 600;

/** Buckets in order of time; seconds in which nothing happened have none. */
export type Series = Bucket[];

/** The bucket of an instant, made if need be. Late facts (a response head learned afterwards) find their old second. */
export function bucketAt(series: Series, atMs: number): Bucket {
  const second = Math.floor(atMs / 1000);
  let i = series.length - 1;
  while (i >= 0 && series[i]!.second > second) i--;
  const found = series[i];
  if (found?.second === second) return found;
  if (series.length < MAX_BUCKETS) return insert(series, i + 1, emptyBucket(second));
  // Older than all that is kept: what it counts is not.
  if (i < 0) return emptyBucket(second);
  // What lives this long is costly to throw away: the oldest is used again.
  return insert(series, i, emptied(series.shift()!, second));
}

function emptied(bucket: Bucket, second: number): Bucket {
  bucket.second = second;
  bucket.useful = 0;
  bucket.wasted = 0;
  bucket.headerBytes = 0;
  bucket.framingBytes = 0;
  bucket.payloadBytes = 0;
  bucket.messages = 0;
  return bucket;
}

const emptyBucket = (second: number): Bucket => ({
  second,
  useful: 0,
  wasted: 0,
  headerBytes: 0,
  framingBytes: 0,
  payloadBytes: 0,
  messages: 0,
});

function insert(series: Series, at: number, bucket: Bucket): Bucket {
  if (at === series.length) series.push(bucket);
  else series.splice(at, 0, bucket);
  return bucket;
}

/** Adds one series to another. */
export function mergeInto(into: Series, from: Series): void {
  for (const { second, ...amounts } of from) {
    const sum = bucketAt(into, second * 1000);
    for (const key of Object.keys(amounts) as (keyof typeof amounts)[]) sum[key] += amounts[key];
  }
}

/** Sums several series, second by second, from `fromSecond` to `toSecond` inclusive; quiet seconds are zeros. */
export function mergeSeries(all: readonly Series[], fromSecond: number, toSecond: number): Series {
  const merged: Series = [];
  for (let second = fromSecond; second <= toSecond; second++) {
    merged.push(emptyBucket(second));
  }
  for (const series of all) {
    for (let i = series.length - 1; i >= 0 && series[i]!.second >= fromSecond; i--) {
      const { second, ...amounts } = series[i]!;
      const sum = merged[second - fromSecond];
      if (sum === undefined) continue;
      for (const key of Object.keys(amounts) as (keyof typeof amounts)[]) sum[key] += amounts[key];
    }
  }
  return merged;
}
