import { aboutChannel, type Condition } from './condition.ts';
import type { ChannelFacts } from './facts.ts';

/** A stream that opened so often without bringing more than one message each time is polling in disguise. */
const DEGENERATE_OPENINGS = 3;

const isRunning = ({ report }: ChannelFacts): boolean => report.inFlight > 0 || report.openConnections > 0;

const CONDITIONS: Record<string, Condition> = {
  running: {
    about: 'rows',
    some: isRunning,
    all: isRunning,
    of: (facts) => {
      const running = isRunning(facts);
      return { message: () => running, exchange: ({ endedAt }) => endedAt === null };
    },
  },
  'from-cache': {
    about: 'rows',
    some: ({ report }) => report.cached > 0,
    all: ({ report }) => report.cached > 0 && report.requests === 0,
    of: () => ({ message: () => false, exchange: ({ network }) => network?.fromCache === true }),
  },
  hidden: {
    about: 'rows',
    some: (facts) =>
      facts.exchanges().some(({ hidden }) => hidden === true) || facts.wasHidden(facts.report.lastAt) === true,
    all: (facts) => facts.report.exchanges > 0 && facts.exchanges().every(({ hidden }) => hidden === true),
    of: ({ wasHidden }) => ({
      message: ({ at }) => wasHidden(at) === true,
      exchange: ({ hidden }) => hidden === true,
    }),
  },
  reconnecting: aboutChannel(
    ({ report, connections }) => report.reconnects > 0 || connections().some(({ state }) => state === 'reconnecting'),
  ),
  degenerate: aboutChannel(({ report, exchanges }) => {
    const streams = report.connections > 0 ? report.connections : exchanges().filter((each) => each.streamed).length;
    const openings = streams === 0 ? 0 : Math.max(streams, report.reconnects + 1);
    return openings >= DEGENERATE_OPENINGS && report.messages.received <= openings;
  }),
};

/** What `is:` may say. */
export const STATES: ReadonlyMap<string, Condition> = new Map(Object.entries(CONDITIONS));
