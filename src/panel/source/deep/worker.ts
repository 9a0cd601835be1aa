import type { NetworkEntry } from '../../../core/model.ts';
import { type Batch, PROTOCOL_VERSION, type Unfinished, type Wanted } from '../../../protocol.ts';
import { createFinisher } from '../finish.ts';
import { type Clock, createClock } from './clock.ts';
import { readEventSources } from './event-sources.ts';
import type { CdpEvents, Handlers } from './events.ts';
import { readRequests } from './requests.ts';
import { readResponses } from './responses.ts';
import { readSockets } from './sockets.ts';

/** Where what a worker does is told: in the words of the page hooks, and of the network log. */
export interface WorkerListener {
  onBatch(batch: Batch): void;
  onEntry(entry: NetworkEntry): void;
  /** The head of a connection that is still open. */
  onOpen(entry: NetworkEntry): void;
}

/** What the readers of a worker's events work with. */
export interface WorkerTools extends Pick<WorkerListener, 'onEntry' | 'onOpen'> {
  clock: Clock;
  wanted(): Wanted;
  /** Asks the browser for more. Rejects when it has no more. */
  command(method: string, params: object): Promise<unknown>;
  /** Ids count up within a worker, as in a document. */
  nextId(): number;
  emit(...events: Unfinished[]): void;
}

/**
 * Reads the protocol's events of one worker. `isUnlogged`: DevTools' own network log does not know its requests, so that
 * they are told here.
 */
export function createWorkerReader(
  isUnlogged: boolean,
  listener: WorkerListener,
  { wanted, command }: Pick<WorkerTools, 'wanted' | 'command'>,
): (method: string, event: unknown) => void {
  const clock = createClock();
  const finish = createFinisher();
  let lastId = 0;
  const tools: WorkerTools = {
    clock,
    wanted,
    command,
    onEntry: listener.onEntry,
    onOpen: listener.onOpen,
    nextId: () => ++lastId,
    emit: (...events) => listener.onBatch(finish({ v: PROTOCOL_VERSION, ...clock.pair, base: '', dropped: 0, events })),
  };
  const readers: Handlers[] = [readRequests(tools), readEventSources(tools), readSockets(tools)];
  if (isUnlogged) readers.push(readResponses(tools));
  return (method, event) => {
    readTime(clock, event as Partial<CdpEvents['Network.requestWillBeSent']>);
    for (const reader of readers) reader[method as keyof CdpEvents]?.(event as never);
  };
}

function readTime(clock: Clock, { wallTime, timestamp }: { wallTime?: number; timestamp?: number }): void {
  if (wallTime !== undefined && timestamp !== undefined) clock.read(wallTime, timestamp);
}
