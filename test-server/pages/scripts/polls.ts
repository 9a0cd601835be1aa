import { type News, type StartClient, sayByRequest } from './clients.ts';

interface PollReply {
  events: News[];
  next: number;
}

const PAUSE_AFTER_FAILURE_MS = 1000;

/** Asks every `pollIntervalMs`, whatever became of the question before. */
export const polling: StartClient = ({ run, pollIntervalMs }, lane) => {
  const underway = new Set<Promise<void>>();
  let since = 0;

  async function ask(): Promise<void> {
    lane.request();
    try {
      const response = await fetch(`/poll?run=${run}&since=${since}`);
      lane.connected();
      if (!response.ok) throw new Error(`status ${response.status}`);
      const reply: PollReply | [] = await response.json();
      const fresh = 'events' in reply ? reply.events.filter(({ seq }) => seq > since) : [];
      since = fresh.at(-1)?.seq ?? since;
      lane.received(fresh);
    } catch {
      lane.failed();
    }
  }

  const tick = (): void => {
    const question = ask().finally(() => underway.delete(question));
    underway.add(question);
  };
  const timer = setInterval(tick, pollIntervalMs);
  tick();
  return {
    say: sayByRequest(run),
    async leave() {
      clearInterval(timer);
      await Promise.all(underway);
    },
  };
};

/** Asks again as soon as it has its answer; the server holds the question until there is one. */
export const longPolling: StartClient = ({ run, holdTimeoutMs }, lane) => {
  const leaving = new AbortController();
  let since = 0;

  async function ask(): Promise<void> {
    lane.request();
    const url = `/long-poll?run=${run}&since=${since}&timeout=${holdTimeoutMs}`;
    const response = await fetch(url, { signal: leaving.signal });
    if (!response.ok && response.status !== 503) throw new Error(`status ${response.status}`);
    const reply: Partial<PollReply> = await response.json();
    since = reply.next ?? since;
    lane.received(reply.events ?? []);
  }

  async function loop(): Promise<void> {
    while (!leaving.signal.aborted) {
      try {
        await ask();
      } catch {
        if (leaving.signal.aborted) return;
        lane.failed();
        await new Promise((resolve) => setTimeout(resolve, PAUSE_AFTER_FAILURE_MS));
      }
    }
  }

  // Held from the start: there is no first answer to wait for.
  lane.connected();
  const ended = loop();
  return {
    say: sayByRequest(run),
    leave() {
      leaving.abort();
      return ended;
    },
  };
};
