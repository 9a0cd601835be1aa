/** An event as the server sends it; `at` is epoch ms of the server's clock. */
export interface News {
  id: string;
  seq: number;
  at: number;
  data: unknown;
}

/** What a client tells whoever shows it. */
export interface Lane {
  /** The first answer or the open connection: this technique is ready for events. */
  connected(): void;
  request(): void;
  /** A response or a message came; `news` is empty for a question in vain. */
  received(news: News[]): void;
  failed(): void;
}

export interface ClientOptions {
  run: string;
  pollIntervalMs: number;
  holdTimeoutMs: number;
  /** The page will speak, too. */
  speaks: boolean;
}

export interface Client {
  /** Sends a line to everyone, by the technique's own way up. */
  say(text: string): void;
  /** Ends the client and resolves once nothing of it is under way. */
  leave(): Promise<void>;
}

/** Starts a technique's client. */
export type StartClient = (options: ClientOptions, lane: Lane) => Client;

/** How a page speaks when its technique only listens: a request of its own. */
export const sayByRequest = (run: string) => (text: string) => {
  void fetch(`/ajax?run=${run}`, { method: 'POST', body: JSON.stringify(text) }).catch(() => {});
};

/** One response that never ends; the browser reconnects by itself. */
export const serverSentEvents: StartClient = ({ run }, lane) => {
  const source = new EventSource(`/sse?run=${run}`);
  lane.request();
  source.onopen = () => lane.connected();
  source.onerror = () => lane.failed();
  source.onmessage = ({ data }) => lane.received([JSON.parse(data)]);
  return { say: sayByRequest(run), leave: async () => source.close() };
};

/** One connection, both ways. */
export const webSocket: StartClient = ({ run, speaks }, lane) => {
  const mode = speaks ? '&mode=publish' : '';
  const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/ws?run=${run}${mode}`);
  lane.request();
  socket.onopen = () => lane.connected();
  socket.onerror = () => lane.failed();
  socket.onmessage = ({ data }) => lane.received([JSON.parse(data)]);
  return {
    say: (text) => socket.send(text),
    leave: () =>
      new Promise((resolve) => {
        socket.onclose = () => resolve();
        if (socket.readyState === WebSocket.CLOSED) resolve();
        else socket.close();
      }),
  };
};

/** A fetch whose body keeps growing: one line of JSON for each event. */
export const httpStream: StartClient = ({ run }, lane) => {
  const leaving = new AbortController();

  async function read(): Promise<void> {
    lane.request();
    const response = await fetch(`/stream?run=${run}`, { signal: leaving.signal });
    if (!response.ok) throw new Error(`status ${response.status}`);
    lane.connected();
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const lines = (rest + value).split('\n');
      rest = lines.pop()!;
      lane.received(lines.map((line) => JSON.parse(line)));
    }
  }

  const ended = read().catch(() => {
    if (!leaving.signal.aborted) lane.failed();
  });
  return {
    say: sayByRequest(run),
    leave: () => {
      leaving.abort();
      return ended;
    },
  };
};
