/** An event as the server sends it; `at` is epoch ms of the server's clock. */
export interface News {
  id: string;
  seq: number;
  at: number;
  data: unknown;
}

/** What a client tells its lane. */
export interface Lane {
  /** The first answer or the open connection: this technique is ready for events. */
  connected(): void;
  request(): void;
  /** A response or a message came; `news` is empty for a poll in vain. */
  received(news: News[]): void;
  failed(): void;
}

export interface ClientOptions {
  run: string;
  pollIntervalMs: number;
  holdTimeoutMs: number;
}

/** Starts a technique's client; the returned function ends it and resolves once nothing of it is under way. */
export type Client = (options: ClientOptions, lane: Lane) => () => Promise<void>;

interface PollReply {
  events: News[];
  next: number;
}

/** Asks every `pollIntervalMs`, whatever became of the question before. */
export const polling: Client = ({ run, pollIntervalMs }, lane) => {
  const underway = new Set<Promise<void>>();
  let since = 0;

  async function ask(): Promise<void> {
    lane.request();
    try {
      const response = await fetch(`/poll?run=${run}&since=${since}`);
      const reply: PollReply | [] = response.ok ? await response.json() : [];
      const fresh = 'events' in reply ? reply.events.filter(({ seq }) => seq > since) : [];
      since = fresh.at(-1)?.seq ?? since;
      lane.connected();
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
  return async () => {
    clearInterval(timer);
    await Promise.all(underway);
  };
};

/** Asks again as soon as it has its answer; the server holds the question until there is one. */
export const longPolling: Client = ({ run, holdTimeoutMs }, lane) => {
  const leaving = new AbortController();
  const pauseAfterFailureMs = 1000;
  let since = 0;

  async function ask(): Promise<void> {
    lane.request();
    const response = await fetch(`/long-poll?run=${run}&since=${since}&timeout=${holdTimeoutMs}`, {
      signal: leaving.signal,
    });
    const reply: Partial<PollReply> = response.ok ? await response.json() : {};
    since = reply.next ?? since;
    lane.received(reply.events ?? []);
    if (!response.ok && response.status !== 503) throw new Error(`status ${response.status}`);
  }

  async function loop(): Promise<void> {
    while (!leaving.signal.aborted) {
      try {
        await ask();
      } catch {
        if (leaving.signal.aborted) return;
        lane.failed();
        await new Promise((resolve) => setTimeout(resolve, pauseAfterFailureMs));
      }
    }
  }

  lane.connected();
  const ended = loop();
  return () => {
    leaving.abort();
    return ended;
  };
};

/** One response that never ends; the browser reconnects by itself. */
export const serverSentEvents: Client = ({ run }, lane) => {
  const source = new EventSource(`/sse?run=${run}`);
  lane.request();
  source.onopen = () => lane.connected();
  source.onerror = () => lane.failed();
  source.onmessage = ({ data }) => lane.received([JSON.parse(data)]);
  return async () => source.close();
};

/** One connection, both ways. */
export const webSocket: Client = ({ run }, lane) => {
  const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/ws?run=${run}`);
  lane.request();
  socket.onopen = () => lane.connected();
  socket.onerror = () => lane.failed();
  socket.onmessage = ({ data }) => lane.received([JSON.parse(data)]);
  return () =>
    new Promise((resolve) => {
      socket.onclose = () => resolve();
      if (socket.readyState === WebSocket.CLOSED) resolve();
      else socket.close();
    });
};
