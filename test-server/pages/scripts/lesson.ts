import { type Client, httpStream, type News, type StartClient, serverSentEvents, webSocket } from './clients.ts';
import { nowMs } from './lane.ts';
import { longPolling, polling } from './polls.ts';
import { coupleSliders } from './sliders.ts';

const CLIENTS: Record<string, StartClient> = {
  polling,
  'long-polling': longPolling,
  sse: serverSentEvents,
  'http-stream': httpStream,
  websocket: webSocket,
};
const MAX_ROWS = 60;
/** More than any line shows. */
const MAX_TEXT_LENGTH = 200;

const demo = document.querySelector<HTMLElement>('#demo')!;
const log = document.querySelector<HTMLElement>('#log')!;
const config = JSON.parse(demo.dataset.config!);
let client: Client | null = null;

const button = (action: string) => demo.querySelector<HTMLButtonElement>(`[data-do="${action}"]`);

function addRow(kind: string, text: string, delayMs: number | null = null): void {
  log.querySelector('.quiet')?.remove();
  const row = document.createElement('li');
  row.className = kind;
  const label = document.createElement('span');
  label.textContent = text;
  row.append(label);
  if (delayMs !== null) {
    const delay = document.createElement('span');
    delay.className = 'delay';
    delay.textContent = `${delayMs.toFixed(1)} ms`;
    row.append(delay);
  }
  log.prepend(row);
  if (log.childElementCount > MAX_ROWS) log.lastElementChild!.remove();
}

function showNews(news: News[]): void {
  if (news.length === 0) addRow('quiet', `← ${config.nothing}`);
  for (const { at, data } of news) {
    const text = typeof data === 'string' ? data : JSON.stringify(data);
    addRow('news', `← ${text.slice(0, MAX_TEXT_LENGTH)}`, nowMs() - at);
  }
}

const lane = {
  connected() {},
  request: () => addRow('', `→ ${config.request}`),
  received: showNews,
  failed: () => addRow('failed', '✕'),
};

function setRunning(isRunning: boolean): void {
  document.body.dataset.state = isRunning ? 'running' : 'idle';
  button('start')!.disabled = isRunning;
  button('stop')!.disabled = !isRunning;
}

const ACTIONS: Record<string, () => Promise<void> | void> = {
  start() {
    client = CLIENTS[config.lesson]!({ ...config, speaks: true }, lane);
    setRunning(true);
  },
  async stop() {
    await client?.leave();
    client = null;
    setRunning(false);
  },
  async ask() {
    lane.request();
    const response = await fetch(`/ajax?run=${config.run}`);
    if (response.ok) showNews((await response.json()).events);
    else lane.failed();
  },
  report() {
    navigator.sendBeacon(`/beacon?run=${config.run}`, JSON.stringify({ seconds: performance.now() / 1000 }));
    lane.request();
  },
};

for (const action of Object.keys(ACTIONS)) button(action)?.addEventListener('click', () => ACTIONS[action]!());
document.querySelector<HTMLFormElement>('#say')?.addEventListener('submit', (submission) => {
  submission.preventDefault();
  const input = document.querySelector<HTMLInputElement>('#said')!;
  if (!client) ACTIONS.start!();
  else if (input.value) client.say(input.value);
  input.value = '';
});
document.body.dataset.run = config.run;
coupleSliders();
