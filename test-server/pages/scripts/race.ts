import {
  type Client,
  type ClientOptions,
  type Lane,
  type News,
  type StartClient,
  serverSentEvents,
  webSocket,
} from './clients.ts';
import { addLane, type LaneTexts, nowMs } from './lane.ts';
import { longPolling, polling } from './polls.ts';
import { coupleSliders } from './sliders.ts';

const CLIENTS = { polling, 'long-polling': longPolling, sse: serverSentEvents, websocket: webSocket } as const;
type Name = keyof typeof CLIENTS;

interface Config extends Omit<ClientOptions, 'run' | 'speaks'> {
  /** Null until someone starts the race. */
  run: string | null;
  seconds: number;
  /** When the page speaks, in ms from the start; empty except for a chat. */
  sendsMs: number[];
  texts: LaneTexts & {
    names: Record<Name, string>;
    raceConnecting: string;
    raceRunning: string;
    raceDone: string;
  };
}

const root = document.querySelector<HTMLElement>('#race')!;
const status = document.querySelector<HTMLElement>('#state')!;
const config: Config = JSON.parse(root.dataset.config!);
const names = Object.keys(CLIENTS) as Name[];
const lanes = names.map((name) => {
  const countsVain = name === 'polling' || name === 'long-polling';
  return addLane(root, config.texts.names[name], config.seconds, countsVain, config.texts);
});

coupleSliders();
if (config.run) race(config.run);

/** Runs the clients side by side from the moment the last is connected, for the configured time. */
function race(run: string): void {
  const { seconds, sendsMs, texts } = config;
  const missing = new Set(names);
  const clients: Client[] = [];
  const timers: number[] = [];

  function connected(name: Name): void {
    if (!missing.delete(name) || missing.size > 0) return;
    show('running', texts.raceRunning);
    const startedAt = nowMs();
    for (const lane of lanes) lane.begin(startedAt);
    for (const [index, sendMs] of sendsMs.entries()) {
      timers.push(window.setTimeout(() => clients[index % clients.length]!.say(`#${index + 1}`), sendMs));
    }
    window.setTimeout(finish, seconds * 1000);
  }

  async function finish(): Promise<void> {
    for (const timer of timers) clearTimeout(timer);
    await Promise.all(clients.map((client) => client.leave()));
    document.querySelector<HTMLAnchorElement>('#truth')!.href = `/truth/${run}`;
    document.querySelector<HTMLElement>('#after')!.hidden = false;
    show('done', texts.raceDone);
  }

  document.body.dataset.run = run;
  show('running', texts.raceConnecting);
  for (const [index, name] of names.entries()) {
    const start: StartClient = CLIENTS[name];
    const options = { ...config, run, speaks: sendsMs.length > 0 };
    clients.push(start(options, { ...heard(name, lanes[index]!), connected: () => connected(name) }));
  }
}

/** The page's own record of each delivery, in the browser's performance timeline: detail `{technique, id, delayMs}`. */
function heard<L extends Pick<Lane, 'received'>>(technique: Name, lane: L): L {
  return {
    ...lane,
    received(news: News[]) {
      const now = nowMs();
      for (const { id, at } of news) performance.mark('delivery', { detail: { technique, id, delayMs: now - at } });
      lane.received(news);
    },
  };
}

function show(state: 'running' | 'done', text: string): void {
  document.body.dataset.state = state;
  status.textContent = text;
}
