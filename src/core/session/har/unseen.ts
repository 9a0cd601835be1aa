import type { LogInput } from '../../log.ts';
import { type NetworkEntry, NO_HOOKS } from '../../model.ts';
import type { Log } from '../../state.ts';
import { dialectOf } from './dialect.ts';
import { type ReadEntry, readEntry } from './entry.ts';
import { Fields } from './fields.ts';
import { batchOf } from './replay.ts';
import { storyOf } from './stories.ts';

/** The clock of a hook and that of the network log differ by less. */
const TOLERANCE_MS = 5;
const CONNECTIONS = new Set(['websocket', 'eventsource']);

/**
 * What the network log knows of sockets, event streams and documents that go on growing which no hook told of, as the log takes it.
 * `entries`: Chromium's HAR of the tab, those of requests that are under way among them; times are epoch ms, `from` and `until` of the recording.
 */
export function* unseenTraffic(
  log: Log,
  entries: readonly unknown[],
  from: number,
  until: number,
): Generator<LogInput, void> {
  const reads = entries
    .filter((raw) => isUnhooked(raw))
    .map((raw) => readEntry(new Fields(raw, () => 'entry'), CHROMIUM))
    .filter(({ entry }) => entry.startedAt >= from && entry.startedAt <= until && !isKnown(log, entry))
    .sort((a, b) => a.entry.startedAt - b.entry.startedAt);
  for (const [id, read] of reads.entries()) {
    if (read.entry.resourceType === 'document') yield { kind: 'open-stream', entry: read.entry, at: until };
    else yield* toldBy(log, read, id, until);
  }
}

const CHROMIUM = dialectOf('WebInspector');

function isUnhooked(raw: unknown): boolean {
  const type = (raw as { _resourceType?: unknown } | null)?._resourceType;
  return type === 'document' || CONNECTIONS.has(String(type));
}

/** Whether a hook, or the network log at its end, told of it. */
function isKnown(log: Log, { resourceType, url, startedAt }: NetworkEntry): boolean {
  if (resourceType === 'document')
    return log.history.exchanges.all.some(({ network }) => network?.url === url && network.startedAt === startedAt);
  return log.history.connections.some(
    (connection) =>
      connection.url === url &&
      startedAt >= connection.startedAt - TOLERANCE_MS &&
      startedAt <= (connection.closedAt ?? Infinity) + TOLERANCE_MS,
  );
}

/** Its story up to `until`, with its end only if that was reported: the network log tells no end of what is open. */
function* toldBy(log: Log, read: ReadEntry, id: number, until: number): Generator<LogInput, void> {
  const { url, startedAt } = read.entry;
  const isOver = log.strayHandshakes.some((stray) => stray.url === url && stray.startedAt === startedAt);
  for (const step of storyOf(read, NO_HOOKS, id).steps) {
    if (step.kind === 'entry') yield step;
    else if (step.at <= until && (isOver || step.kind !== 'close')) yield batchOf(NO_HOOKS, [step]);
  }
}
