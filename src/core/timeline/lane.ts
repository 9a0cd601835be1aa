import type { Connection, Exchange } from '../model.ts';
import type { Log } from '../state.ts';
import { type Instants, lowerBound } from './density.ts';
import type { Viewport } from './viewport.ts';

/** What a lane of the timeline is drawn from. Nothing is copied: all of it is the log's own. */
export interface Lane {
  exchanges: readonly Exchange[];
  connections: readonly Connection[];
  /** Of the messages, by position; `seqAt` names them. */
  messages: Instants & { seqAt(i: number): number };
}

export function laneOf(log: Log, channelId: number, connections: readonly Connection[]): Lane {
  const { messages, exchanges } = log.history;
  const sequence = messages.of(channelId);
  return {
    exchanges: exchanges.of(channelId),
    connections,
    messages: {
      get length() {
        return sequence.length;
      },
      timeAt: (i) => messages.timeOf(sequence.at(i)),
      seqAt: (i) => sequence.at(i),
    },
  };
}

/** The connections of all channels at once: they are kept in one list. */
export function connectionsByChannel(log: Log): Map<number, Connection[]> {
  const byChannel = new Map<number, Connection[]>();
  for (const connection of log.history.connections) {
    const own = byChannel.get(connection.channelId);
    if (own === undefined) byChannel.set(connection.channelId, [connection]);
    else own.push(connection);
  }
  return byChannel;
}

/** An exchange that began this many before the first in view may still reach into it. */
const LOOK_BACK = 200;

/** Calls back for the exchanges that were under way in `view`, oldest first. Those are sorted by start, not by end. */
export function eachExchange(all: readonly Exchange[], view: Viewport, visit: (exchange: Exchange) => void): void {
  const starts = { length: all.length, timeAt: (i: number) => all[i]!.startedAt };
  const first = lowerBound(starts, view.from);
  for (let i = Math.max(first - LOOK_BACK, 0); i < all.length; i++) {
    const exchange = all[i]!;
    if (exchange.startedAt > view.to) return;
    if (exchange.endedAt === null || exchange.endedAt >= view.from) visit(exchange);
  }
}

/** When the first and the last thing happened that is kept, and whether something is still under way. */
export function extentOf(log: Log): { first: number; last: number; isUnderWay: boolean } {
  let first = log.now;
  let last = log.startedAt;
  let isUnderWay = false;
  for (const channel of log.channels) {
    first = Math.min(first, channel.startedAt);
    last = Math.max(last, channel.lastAt);
    if (channel.openConnections > 0 || channel.exchanges > channel.ended) isUnderWay = true;
  }
  return { first: Math.min(first, last), last, isUnderWay };
}
