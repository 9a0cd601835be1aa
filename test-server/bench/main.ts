import { fork } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createTestServer } from '../server.ts';
import type { Line, Order } from './clients.ts';
import type { CrowdKind } from './crowd.ts';
import { createMemoryWatch } from './memory.ts';
import { printCrowds, printMemory, printSchedule } from './table.ts';

/** The crowd of the published table; `--seconds` shortens the run. */
const CROWD = { sse: 1000, websocket: 1000, 'long-polling': 500 };
const SMALL_CROWD = { sse: 10, websocket: 10, 'long-polling': 5 };
const EVENTS_PER_SECOND = 10;
/** Time for the last long polls to bring the last event. */
const SETTLE_MS = 1000;
/** The second part sends this, which no kernel buffers for a client that does not read. */
const FLOOD = { rate: 400, payload: 16_384, seconds: 5 };

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '30' } } });
const seconds = Number(values.seconds);
if (!(seconds >= 1 && seconds <= 600)) {
  console.error('--seconds must be a number from 1 to 600.');
  process.exit(2);
}

const server = await createTestServer();
const clients = fork(fileURLToPath(new URL('clients.ts', import.meta.url)));
clients.once('exit', () => {
  console.error('The clients ended early; their error is above.');
  process.exit(1);
});
const order = (what: Order) => clients.send(what);
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function play(
  join: Record<CrowdKind, number>,
  scenario: Record<string, string | number>,
  alongside?: (run: string) => void,
) {
  const startWhen = { startWhen: 'http-stream' };
  const run = server.createRun({ ...scenario, ...startWhen });
  order({ join, url: server.url, run });
  const total = Object.values(join).reduce((sum, count) => sum + count);
  const connected = () => {
    const { sse, websocket, 'long-polling': longPolling } = server.truth(run).techniques;
    return sse.open + websocket.open + longPolling.requests;
  };
  while (connected() < total) await pause(100);
  alongside?.(run);
  const memory = createMemoryWatch();
  const cpuBefore = process.cpuUsage();
  await fetch(`${server.url}/runs/${run}/start`, { method: 'POST' });
  await pause(Number(scenario.seconds) * 1000);
  // Rarely: the answer is a copy of all rows, and making it takes time from the run.
  while (server.truth(run).endedAt === null) await pause(1000);
  await pause(SETTLE_MS);
  const used = memory.stop();
  const { user, system } = process.cpuUsage(cpuBefore);
  order({ leave: true });
  const [lines] = (await once(clients, 'message')) as [Record<CrowdKind, Line>];
  return { lines, used, cpuMs: (user + system) / 1000, truth: server.truth(run) };
}

/** Connects a client that asks and then never reads. */
function joinSleeper(target: string, upgrade = ''): void {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  socket.pause();
  socket.on('error', () => {});
  socket.write(`GET ${target} HTTP/1.1\r\nHost: bench\r\n${upgrade}\r\n`);
}

const UPGRADE =
  'Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n';

const crowd = await play(CROWD, { kind: 'regular', rate: EVENTS_PER_SECOND, seconds });
printCrowds(`${EVENTS_PER_SECOND} events/s for ${seconds} s`, crowd.lines, crowd.truth.events.length);
printSchedule(crowd.truth, 1000 / EVENTS_PER_SECOND, crowd.cpuMs);
printMemory(crowd.used);

const flood = await play(SMALL_CROWD, { kind: 'regular', ...FLOOD }, (run) => {
  joinSleeper(`/sse?run=${run}`);
  joinSleeper(`/ws?run=${run}`, UPGRADE);
});
const { sse, websocket } = flood.truth.techniques;
printCrowds(
  `${FLOOD.rate} events/s of 16 kB beside two clients that do not read`,
  flood.lines,
  flood.truth.events.length,
);
console.log(
  `Cut off: SSE ${sse.cutOff} (${sse.messagesDropped} messages dropped), WebSocket ${websocket.cutOff} (${websocket.messagesDropped})`,
);

clients.removeAllListeners('exit').kill();
await server.close();
process.exit(0);
