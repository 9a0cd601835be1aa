import { type ReadonlySignal, signal } from '@preact/signals';
import { createEventNames, type EventNames } from '../core/rows/event-names.ts';
import type { Log } from '../core/state.ts';
import { createPump } from './pump.ts';

/** The names of events in what is on screen, looked for when somebody asks: it costs reading every message once. */
export interface KnownEvents {
  of(channelId: number): Iterable<string>;
  /** Rises when a name was found. */
  readonly found: ReadonlySignal<number>;
  /** Looks at what was not looked at yet. */
  look(): void;
}

export function createKnownEvents(logNow: () => Log): KnownEvents {
  const found = signal(0);
  let log: Log | null = null;
  let channels = 0;
  let names: EventNames | null = null;
  const pump = createPump((isDue) => {
    if (names?.work(isDue)) found.value = found.peek() + 1;
    return (names?.left ?? 0) > 0;
  });
  return {
    of: (channelId) => names?.of(channelId) ?? [],
    found,
    look() {
      // Another log, or channels that turned out to be one.
      if (log !== logNow() || log.channels.length < channels) {
        log = logNow();
        names = createEventNames(log);
      }
      channels = log.channels.length;
      pump.start();
    },
  };
}
