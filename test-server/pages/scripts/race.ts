import { type Client, longPolling, type News, polling, serverSentEvents, webSocket } from './clients.ts';

interface Config {
  run: string | null;
  seconds: number;
  pollIntervalMs: number;
  holdTimeoutMs: number;
}

const CLIENTS: Record<string, Client> = {
  polling,
  'long-polling': longPolling,
  sse: serverSentEvents,
  websocket: webSocket,
};

const config: Config = JSON.parse(document.querySelector<HTMLElement>('#race')!.dataset.config!);
if (config.run) race({ ...config, run: config.run });

/** Runs the clients side by side from the moment the last is connected, for the configured time. */
function race(options: Config & { run: string }): void {
  document.body.dataset.state = 'running';
  document.body.dataset.run = options.run;
  const missing = new Set(Object.keys(CLIENTS));
  const stops: (() => Promise<void>)[] = [];

  function connected(name: string): void {
    if (missing.delete(name) && missing.size === 0) setTimeout(finish, options.seconds * 1000);
  }

  async function finish(): Promise<void> {
    await Promise.all(stops.map((stop) => stop()));
    document.body.dataset.state = 'done';
  }

  for (const [name, client] of Object.entries(CLIENTS)) {
    const list = document.createElement('ol');
    list.ariaLabel = name;
    document.querySelector('#lanes')!.append(list);
    stops.push(
      client(options, {
        connected: () => connected(name),
        request: () => {},
        received: (news) => list.append(...news.map(row)),
        failed: () => {},
      }),
    );
  }
}

function row({ seq, at }: News): HTMLElement {
  const item = document.createElement('li');
  item.textContent = `#${seq} ${(performance.timeOrigin + performance.now() - at).toFixed(1)} ms`;
  return item;
}
